#include "sema/types.h"
#include "base/utf8.h"
#include "base/date.h"
#include "base/mem.h"
#include "facts/value.h"
#include "sema/measures.h"
#include "sema/misread.h"
#include "sema/movement.h"
#include "sema/names.h"
#include "syntax/keywords.h"

const struct type TYPE_OF_TRUTH = {.kind = TYPE_YESNO};
const struct type TYPE_OF_NUMBER = {.kind = TYPE_NUMBER};
const struct type TYPE_OF_WHOLE = {.kind = TYPE_NUMBER, .whole = true};
const struct type TYPE_OF_DATE = {.kind = TYPE_DATE};
const struct type TYPE_OF_TEXT = {.kind = TYPE_TEXT};

const char *types_word(const struct type *type)
{
    switch (type->kind) {
    case TYPE_YESNO: return "@yesno";
    case TYPE_NUMBER: return type->share ? "@share" : "@number";
    case TYPE_DATE: return "@date";
    case TYPE_TEXT: return "@text";
    case TYPE_CHOICE: return type->choice->ordered ? "@scale" : "@choice";
    case TYPE_MONTHS: return "@months";
    case TYPE_LIST: return "@list";
    case TYPE_TABLE: return "@table";
    case TYPE_DOCUMENT: return "@document";
    }
    return "";
}

const char *types_word_beside(const struct type *type, const struct type *first)
{
    bool alike = type->kind == TYPE_CHOICE && first->kind == TYPE_CHOICE &&
                 type->choice->ordered == first->choice->ordered;
    if (!alike || type->choice == first->choice)
        return types_word(type);
    return type->choice->ordered ? "@another_scale" : "@another_choice";
}

/* ---- choices and scales */

static const struct choice *choice_of(struct sema *sema, const char *name, const struct ast_list *values,
                                      bool ordered)
{
    struct map seen = {0};
    struct symbol *symbols = MEM_ARRAY(struct symbol, values->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < values->count; i++) {
        const struct ast_labelled *value = AST(labelled, values->items[i]);
        const char *text = ast_text(value->name);
        if (names_declare(sema, &seen, text, value->name->span, &symbols[count]))
            symbols[count++] = (struct symbol){text, ast_text(value->label)};
    }
    struct choice *choice = MEM_NEW(struct choice);
    *choice = (struct choice){name, symbols, count, ordered};
    return choice;
}

void types_collect_scales(struct sema *sema)
{
    for (size_t i = 0; i < sema->decls.count; i++) {
        if (sema->decls.items[i]->kind != AST_scale)
            continue;
        const struct ast_scale *scale = AST(scale, sema->decls.items[i]);
        const char *name = ast_text(scale->name);
        const struct choice *choice = choice_of(sema, name, &scale->steps, true);
        names_declare(sema, &sema->scales, name, scale->name->span, (void *)(uintptr_t)choice);
    }
}

/* ---- types as written */

static void plain_type(enum plain_type plain, struct field *field)
{
    static const enum type_kind KINDS[] = {
        [PLAIN_YESNO] = TYPE_YESNO, [PLAIN_SHARE] = TYPE_NUMBER,  [PLAIN_DATE] = TYPE_DATE,
        [PLAIN_TEXT] = TYPE_TEXT,   [PLAIN_MONTHS] = TYPE_MONTHS, [PLAIN_DOCUMENT] = TYPE_DOCUMENT};
    field->type.kind = KINDS[plain];
    field->type.share = plain == PLAIN_SHARE;
    if (plain == PLAIN_SHARE)
        field->limits.range = range_between(num_int(0), num_int(1));
    if (plain == PLAIN_DATE)
        field->limits.range = range_calendar();
}

static void numeric_type(struct sema *sema, const struct ast_t_numeric *ast, struct field *field)
{
    field->type.kind = TYPE_NUMBER;
    field->type.whole = ast->type == NUMERIC_COUNT;
    field->limits.range = ast->type == NUMERIC_COUNT    ? range_counting()
                          : ast->type == NUMERIC_AMOUNT ? range_from(num_int(0))
                                                        : range_all();
    if (ast->unit)
        field->type.unit = measure_get(&sema->standard->measures, ast_text(ast->unit));
}

static bool type_of(struct sema *sema, const struct ast *ast, struct field *field);
static bool field_or_column(struct sema *sema, const struct ast_fact *ast, struct field *field);

static struct field new_field(void)
{
    return (struct field){.limits = {.range = range_all(),
                                     .count = range_counting(),
                                     .low_fact = -1,
                                     .high_fact = -1,
                                     .key_column = -1}};
}

static bool list_type(struct sema *sema, const struct ast_t_list *ast, struct field *field)
{
    struct field *element = MEM_NEW(struct field);
    *element = new_field();
    element->name = field->name;
    element->span = field->span;
    field->type.kind = TYPE_LIST;
    field->type.element = element;
    if (!type_of(sema, ast->of, element))
        return false;
    if (element->type.kind != TYPE_LIST && element->type.kind != TYPE_TABLE)
        return true;
    sema_error(sema, DIAG_LIST_OF_LISTS, ast->of->span, NULL, NULL);
    return false;
}

static bool table_type(struct sema *sema, const struct ast_t_table *ast, struct field *field)
{
    struct map seen = {0};
    struct field *columns = MEM_ARRAY(struct field, ast->columns.count + 1);
    bool right = true;
    for (size_t i = 0; i < ast->columns.count; i++) {
        const struct ast_fact *column = AST(fact, ast->columns.items[i]);
        right &= field_or_column(sema, column, &columns[i]) && movement_of_column(sema, &column->quals);
        right &= names_declare(sema, &seen, columns[i].name, columns[i].span, &columns[i]);
        if (columns[i].type.kind != TYPE_LIST && columns[i].type.kind != TYPE_TABLE)
            continue;
        sema_error(sema, DIAG_LIST_OF_LISTS, column->type->span, NULL, NULL);
        right = false;
    }
    field->type.kind = TYPE_TABLE;
    field->type.columns = columns;
    field->type.column_count = ast->columns.count;
    field->type.rows_from = ast_text(ast->from);
    if (ast->from)
        field->type.rows_span = ast->from->span;
    return right;
}

/* Words that people write for the types, and the types in English. */
static const char *type_meant(const char *name)
{
    static const char *const WORDS[][2] = {
#define TYPE(text, type) {text, type},
#include "grammar/meant.def"
    };
    const char *folded = utf8_casefold(name);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (str_equal(WORDS[i][0], folded))
            return keyword_in(WORDS[i][1], (name[0] & 0x80) != 0 ? LANG_ZH : LANG_EN);
    return NULL;
}

/* A word that is neither; the types are keywords, and may be what was meant. */
static void report_unknown_type(struct sema *sema, const char *name, struct span span)
{
    const char *meant = type_meant(name);
    if (meant) {
        struct diag *diag = sema_error(sema, DIAG_UNKNOWN_TYPE, span, name, NULL);
        diag_suggest(diag, meant);
        diag_mend(diag, span, meant);
        return;
    }
    static const char *const TYPES[] = {"yesno", "count",  "amount", "number", "share",   "date",
                                        "text",  "months", "choice", "table",  "document"};
    struct map words = {0};
    for (size_t i = 0; i < sema->scales.count; i++)
        map_put(&words, sema->scales.entries[i].key, sema);
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        map_put(&words, keyword_in(TYPES[i], LANG_EN), sema);
        map_put(&words, keyword_in(TYPES[i], LANG_ZH), sema);
    }
    names_report_missing(sema, DIAG_UNKNOWN_TYPE, &words, name, span);
}

static bool named_type(struct sema *sema, const struct ast_t_named *ast, struct field *field)
{
    const char *name = ast_text(ast->name);
    field->type.kind = TYPE_CHOICE;
    field->type.choice = names_find(&sema->scales, name);
    if (field->type.choice)
        return true;
    report_unknown_type(sema, name, ast->name->span);
    return false;
}

static bool type_of(struct sema *sema, const struct ast *ast, struct field *field)
{
    switch ((int)ast->kind) {
    case AST_t_plain: plain_type((enum plain_type)AST(t_plain, ast)->type, field); return true;
    case AST_t_numeric: numeric_type(sema, AST(t_numeric, ast), field); return true;
    case AST_t_choice:
        field->type.kind = TYPE_CHOICE;
        field->type.choice = choice_of(sema, field->name, &AST(t_choice, ast)->values, false);
        return true;
    case AST_t_list: return list_type(sema, AST(t_list, ast), field);
    case AST_t_table: return table_type(sema, AST(t_table, ast), field);
    case AST_t_named: return named_type(sema, AST(t_named, ast), field);
    }
    return false;
}

/* ---- qualifiers */

/* What `within`, `one of`, `in steps of` narrow: a list's elements, else the field itself. */
static struct field *narrowed(struct field *field)
{
    return field->type.kind == TYPE_LIST ? (struct field *)(uintptr_t)field->type.element : field;
}

static bool counts(const struct field *field)
{
    return field->type.kind == TYPE_LIST || field->type.kind == TYPE_TABLE ||
           field->type.kind == TYPE_MONTHS || field->type.kind == TYPE_DOCUMENT ||
           field->type.kind == TYPE_TEXT;
}

static bool misplaced(struct sema *sema, struct span span, const struct field *field)
{
    sema_error(sema, DIAG_QUALIFIER_MISPLACED, span, span_text(span), types_word(&field->type));
    return false;
}

/* A number, date or quantity of a qualifier, in the field's own unit. */
static bool limit_number(struct sema *sema, const struct ast *ast, const struct field *field,
                         struct num *number)
{
    bool date = ast->kind == AST_date, dated = field->type.kind == TYPE_DATE;
    if (date != dated || (!dated && field->type.kind != TYPE_NUMBER))
        return misplaced(sema, ast->span, field);
    if (date)
        return *number = num_int(AST(date, ast)->day), true;
    struct value value;
    struct field free = *field;
    free.limits = new_field().limits;
    free.type.whole = free.type.share = false;
    if (!facts_value(ast, &free, &sema->standard->measures, sema->diags, &value) || !value_is_point(&value))
        return false;
    return *number = value_point(&value), true;
}

static bool within(struct sema *sema, const struct ast_q_within *ast, struct field *field)
{
    struct num low, high;
    if (field->type.kind != TYPE_NUMBER && field->type.kind != TYPE_DATE)
        return misplaced(sema, ast->node.span, field);
    if (!limit_number(sema, ast->low, field, &low) || !limit_number(sema, ast->high, field, &high))
        return false;
    if (num_compare(low, high) > 0)
        return sema_refuse(sema, DIAG_LIMITS_CROSS, ast->node.span, span_text(ast->low->span),
                           span_text(ast->high->span));
    field->limits.range =
        range_meet(field->limits.range, range_of(cut_at(low, 0), cut_at(high, 0), field->limits.range.whole));
    return true;
}

static bool steps(struct sema *sema, const struct ast_q_steps *ast, struct field *field)
{
    if (field->type.kind != TYPE_NUMBER)
        return misplaced(sema, ast->node.span, field);
    if (!limit_number(sema, ast->step, field, &field->limits.step))
        return false;
    if (num_sign(field->limits.step) <= 0)
        return sema_refuse(sema, DIAG_STEP_NOT_POSITIVE, ast->step->span, NULL, NULL);
    return field->limits.stepped = true;
}

static bool legal_values(struct sema *sema, const struct ast_q_one_of *ast, struct field *field)
{
    struct num *legal = MEM_ARRAY(struct num, ast->values.count + 1);
    if (field->type.kind != TYPE_NUMBER)
        return misplaced(sema, ast->node.span, field);
    for (size_t i = 0; i < ast->values.count; i++)
        if (!limit_number(sema, ast->values.items[i], field, &legal[i]))
            return false;
    struct range hull = range_point(legal[0]);
    for (size_t i = 1; i < ast->values.count; i++)
        hull = range_join(hull, range_point(legal[i]));
    field->limits.legal = legal;
    field->limits.legal_count = ast->values.count;
    field->limits.range = range_meet(field->limits.range, hull);
    return true;
}

static struct range bounded(enum compare_op op, struct num bound, bool whole)
{
    return op == CMP_GE ? range_of(cut_at(bound, 0), cut_infinite(1), whole)
                        : range_of(cut_infinite(-1), cut_at(bound, 0), whole);
}

static bool count_of(const struct ast *ast, struct num *count)
{
    switch ((int)ast->kind) {
    case AST_number: *count = AST(number, ast)->value; return true;
    case AST_chars: *count = AST(chars, ast)->value; return true;
    case AST_rows: *count = AST(rows, ast)->value; return true;
    }
    return false;
}

/* `at most OTHER`: the slot is filled in once all facts are known. */
static bool limit_by_fact(struct sema *sema, const struct ast_q_limit *ast, struct field *field)
{
    const struct ast_path *path = AST(path, ast->bound);
    const char *name = ast_text(path->names.items[0]);
    const struct entity *other = path->names.count == 1 ? names_entity(sema, name) : NULL;
    if (!other || other->kind != ENTITY_FACT) {
        names_report_kind(sema, DIAG_LIMIT_NOT_A_FACT, ENTITY_FACT, ast_path_text(ast->bound),
                          ast->bound->span);
        return false;
    }
    if (ast->op == CMP_GE)
        field->limits.low_fact = (int)other->fact->slot;
    else
        field->limits.high_fact = (int)other->fact->slot;
    return true;
}

static bool limit(struct sema *sema, const struct ast_q_limit *ast, struct field *field)
{
    struct num bound;
    enum compare_op op = (enum compare_op)ast->op;
    if (counts(field)) {
        if (!count_of(ast->bound, &bound))
            return misplaced(sema, ast->node.span, field);
        field->limits.count = range_meet(field->limits.count, bounded(op, bound, true));
        if (range_is_empty(field->limits.count))
            return sema_refuse(sema, DIAG_NO_VALUE_LEFT, ast->node.span, field->name, NULL);
        return true;
    }
    if (ast->bound->kind == AST_path)
        return limit_by_fact(sema, ast, field);
    if (!limit_number(sema, ast->bound, field, &bound))
        return false;
    field->limits.range = range_meet(field->limits.range, bounded(op, bound, field->limits.range.whole));
    if (!range_is_empty(field->limits.range))
        return true;
    return sema_refuse(sema, DIAG_NO_VALUE_LEFT, ast->node.span, field->name, NULL);
}

static bool exactly(struct sema *sema, const struct ast_q_exactly *ast, struct field *field)
{
    struct num count;
    if (!counts(field) || !count_of(ast->count, &count))
        return misplaced(sema, ast->node.span, field);
    field->limits.count = range_point(count);
    return true;
}

static bool key(struct sema *sema, const struct ast_q_key *ast, struct field *field)
{
    if (field->type.kind != TYPE_TABLE)
        return misplaced(sema, ast->node.span, field);
    for (size_t i = 0; i < field->type.column_count; i++)
        if (str_equal(field->type.columns[i].name, ast_text(ast->column)))
            return field->limits.key_column = (int)i, true;
    return sema_refuse(sema, DIAG_NO_SUCH_COLUMN, ast->column->span, ast_text(ast->column), field->name);
}

static bool given_value(struct sema *sema, const struct ast *ast, const struct field *field,
                        const struct value **to)
{
    struct value *value = MEM_NEW(struct value);
    *to = value;
    return facts_value(ast, field, &sema->standard->measures, sema->diags, value);
}

static bool flag(struct sema *sema, const struct ast_q_flag *ast, struct field *field)
{
    switch ((enum fact_flag)ast->which) {
    case FLAG_EVIDENCE_REQUIRED: field->limits.evidence = true; break;
    case FLAG_OR_NA: field->limits.or_na = true; break;
    case FLAG_NONE_IS_NA:
        if (!field->type.share)
            return misplaced(sema, ast->node.span, field);
        field->limits.none_is_na = true;
        break;
    case FLAG_SETTLED:
    case FLAG_CAN_ONLY_GROW:
    case FLAG_CAN_ONLY_FALL: break; /* movement.c: one rules out the others */
    }
    return true;
}

static bool none_counts(struct sema *sema, const struct ast_q_none_counts *ast, struct field *field)
{
    if (!field->type.share)
        return misplaced(sema, ast->node.span, field);
    return given_value(sema, ast->value, field, &field->limits.none_counts);
}

static bool dated(struct sema *sema, const struct ast_q_dated *ast, struct field *field)
{
    if (field->type.kind != TYPE_DOCUMENT)
        return misplaced(sema, ast->node.span, field);
    field->is_dated = !misread_in(sema, ast->date->span);
    field->dated = AST(date, ast->date)->day;
    field->dated_span = ast->node.span;
    return true;
}

/* A paper that comes with the standard bears a day on which the standard was not there yet. */
static void warn_of_early_date(struct sema *sema, const struct field *field)
{
    const struct standard *standard = sema->standard;
    if (!field->is_dated || !standard->has_issued || field->dated >= standard->issued)
        return;
    struct diag *diag = diag_add(sema->diags, DIAG_DATED_BEFORE_NOTICE, field->dated_span,
                                 field->label ? field->label : field->name, date_text(field->dated),
                                 date_text(standard->issued),
                                 str_print("%lld", (long long)(standard->issued - field->dated)), NULL);
    diag_clause(diag, field->cite);
}

static bool qualifier(struct sema *sema, const struct ast *ast, struct field *field)
{
    switch ((int)ast->kind) {
    case AST_q_flag: return flag(sema, AST(q_flag, ast), field);
    case AST_q_within: return within(sema, AST(q_within, ast), narrowed(field));
    case AST_q_steps: return steps(sema, AST(q_steps, ast), narrowed(field));
    case AST_q_one_of: return legal_values(sema, AST(q_one_of, ast), narrowed(field));
    case AST_q_limit: return limit(sema, AST(q_limit, ast), field);
    case AST_q_exactly: return exactly(sema, AST(q_exactly, ast), field);
    case AST_q_key: return key(sema, AST(q_key, ast), field);
    case AST_q_none_counts: return none_counts(sema, AST(q_none_counts, ast), field);
    case AST_q_otherwise: return true; /* read last: it must keep the other qualifiers */
    case AST_q_dated: return dated(sema, AST(q_dated, ast), field);
    case AST_q_cite: field->cite = ast_text(AST(q_cite, ast)->text); return true;
    }
    return true;
}

static bool field_or_column(struct sema *sema, const struct ast_fact *ast, struct field *field)
{
    *field = new_field();
    field->name = ast_text(ast->name);
    field->label = ast_text(ast->label);
    field->span = ast->name->span;
    bool right = type_of(sema, ast->type, field);
    for (size_t i = 0; right && i < ast->quals.count; i++)
        right &= qualifier(sema, ast->quals.items[i], field);
    for (size_t i = 0; right && i < ast->quals.count; i++)
        if (ast->quals.items[i]->kind == AST_q_otherwise)
            right &= given_value(sema, AST(q_otherwise, ast->quals.items[i])->value, field,
                                 &field->limits.otherwise);
    warn_of_early_date(sema, field);
    return right;
}

bool types_field(struct sema *sema, const struct ast_fact *ast, struct field *field)
{
    return field_or_column(sema, ast, field) && movement_read(sema, &ast->quals, field);
}

bool types_param(struct sema *sema, const struct ast_param *ast, struct field *field)
{
    *field = new_field();
    field->name = ast_text(ast->name);
    field->span = ast->name->span;
    return type_of(sema, ast->type, field);
}
