#include "facts/unit_row.h"
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "facts/cell.h"
#include "facts/decision_cell.h"
#include "facts/plain.h"

enum {
    READ_MAX = 256, /* texts of a column whose values are remembered */
    WORD_MAX = 16   /* bytes of a text that may be a word such as `unknown` */
};

/* A unit in the making. */
struct making {
    struct unit_rows *rows;
    const struct csv_row *row;
    struct reader *reader;
    struct unit *unit;
    struct given *facts, *scores;
    struct decisions *decisions;
    size_t errors; /* before it */
};

/* ---------------------------------------------------------------- values that were read before */

/* What a text of the column came to; NULL: it is to be read. */
static const void *read_before(const struct making *making, const struct head *head, const char *text)
{
    return making->rows->slow ? NULL : map_find(&head->read, text);
}

/* A text that was read without a message means the same in every row. */
static void remember(struct head *head, const char *text, void *kept)
{
    if (head->read.count < READ_MAX)
        map_put(&head->read, mem_text(text, strlen(text)), kept);
}

static struct given *kept_given(const struct given *given)
{
    struct given *kept = MEM_NEW(struct given);
    *kept = *given;
    return kept;
}

static struct given as_in(const struct given *known, const struct csv_cell *cell, const char *text)
{
    struct given given = *known;
    given.span = cell->span;
    given.shown = text;
    return given;
}

/* ---------------------------------------------------------------- facts */

/* In a column of texts `unknown` and `n/a` alone are no texts. */
static const struct ast *word_or_text(const struct making *making, const struct csv_cell *cell,
                                      const char *text)
{
    static const struct field any = {.type.kind = TYPE_NUMBER};
    struct diags unused = {0};
    struct reader reader = *making->reader;
    reader.diags = &unused;
    const struct ast *word = cell->length <= WORD_MAX ? cell_ast(&reader, &any, cell) : NULL;
    bool is_word = word && (reader_is_word(word, WORD_UNKNOWN) || reader_is_word(word, WORD_NA));
    return is_word ? word : ast_string(text, cell->span);
}

static const struct ast *ast_of(const struct making *making, const struct field *field,
                                const struct csv_cell *cell, const char *text)
{
    return field->type.kind == TYPE_TEXT ? word_or_text(making, cell, text)
                                         : cell_ast(making->reader, field, cell);
}

/* By the parser of facts files. False: reported. */
static bool read_parsed(const struct making *making, const struct field *field, const struct ast *ast,
                        struct given *given)
{
    struct reader *reader = making->reader;
    reader->fact = field;
    if (!read_value(reader, field, ast, &given->value))
        return false;
    given->state = assembly_state(ast, &given->value);
    given->has_parts = field->type.share && reader->has_parts;
    given->part = reader->part;
    given->whole = reader->whole;
    return true;
}

static bool read_slowly(const struct making *making, struct head *head, const struct csv_cell *cell,
                        struct given *given)
{
    const struct field *field = &head->fact->field;
    struct reader *reader = making->reader;
    const struct given *before = read_before(making, head, given->shown);
    if (before) {
        *given = as_in(before, cell, given->shown);
        return true;
    }
    size_t messages = reader->diags->list.count;
    reader->cell = cell->span;
    bool right = read_parsed(making, field, ast_of(making, field, cell, given->shown), given);
    reader->cell = SPAN_NONE;
    if (right && reader->diags->list.count == messages && field->type.kind != TYPE_DOCUMENT)
        remember(head, given->shown, kept_given(given));
    return right;
}

static void take_plain(struct given *given, const struct plain *plain)
{
    given->state = GIVEN_VALUE;
    given->value = plain->value;
    given->has_parts = plain->has_parts;
    given->part = plain->part;
    given->whole = plain->whole;
}

static void read_fact(const struct making *making, struct head *head, const struct csv_cell *cell)
{
    const char *text = cell_trimmed(cell);
    struct given given = {.span = cell->span, .shown = text};
    struct plain plain = {0};
    bool fast = !making->rows->slow && plain_read(&head->fact->field, text, strlen(text), &plain);
    if (fast)
        take_plain(&given, &plain);
    if (fast || read_slowly(making, head, cell, &given))
        making->facts[head->fact->slot] = given;
}

/* ---------------------------------------------------------------- shares in two columns */

/* A number that counts, or a word that stands for the whole fact. NULL: reported. */
static const struct ast *read_count(const struct making *making, struct head *head,
                                    const struct csv_cell *cell, struct num *number)
{
    struct reader *reader = making->reader;
    struct value value;
    reader->fact = &head->counted;
    reader->cell = cell->span;
    const struct ast *ast = cell_ast(reader, &head->counted, cell);
    bool word = reader_is_word(ast, WORD_UNKNOWN) || reader_is_word(ast, WORD_NA);
    bool right = word || read_value(reader, &head->counted, ast, &value);
    reader->cell = SPAN_NONE;
    if (right && !word)
        *number = value_point(&value);
    return right ? ast : NULL;
}

static void read_two_counts(const struct making *making, struct head *head, const struct csv_cell *part,
                            const struct csv_cell *whole, struct given *given)
{
    struct num numbers[2];
    const struct ast *first = read_count(making, head, part, &numbers[0]);
    const struct ast *second =
        read_count(making, &making->rows->heads.items[head->other], whole, &numbers[1]);
    if (!first || !second)
        return;
    const struct ast *word = first->kind == AST_word ? first : second->kind == AST_word ? second : NULL;
    const struct ast *share = word ? word : ast_v_share(numbers[0], numbers[1], given->span);
    making->reader->cell = given->span;
    if (read_parsed(making, &head->fact->field, share, given))
        making->facts[head->fact->slot] = *given;
    making->reader->cell = SPAN_NONE;
}

static bool plain_count(const struct csv_cell *cell, struct num *number)
{
    const char *text = cell_trimmed(cell);
    return plain_number(text, strlen(text), number);
}

static void read_parts(const struct making *making, struct head *head, const struct csv_cell *part,
                       const struct csv_cell *whole)
{
    struct num numbers[2];
    struct plain plain;
    struct given given = {.span = part->span};
    if (cell_is_empty(part) || cell_is_empty(whole)) {
        bool no_part = cell_is_empty(part);
        diag_add(making->reader->diags, DIAG_SHARE_HALF_GIVEN, no_part ? whole->span : part->span,
                 head->fact->field.name, no_part ? head->text : making->rows->heads.items[head->other].text,
                 NULL);
        return;
    }
    given.shown = str_print("%s/%s", cell_trimmed(part), cell_trimmed(whole));
    bool fast = !making->rows->slow && plain_count(part, &numbers[0]) && plain_count(whole, &numbers[1]) &&
                plain_parts(&head->fact->field, numbers[0], numbers[1], &plain);
    if (!fast) {
        read_two_counts(making, head, part, whole, &given);
        return;
    }
    take_plain(&given, &plain);
    making->facts[head->fact->slot] = given;
}

/* ---------------------------------------------------------------- judged scores */

static bool read_points(const struct making *making, const struct head *head, const struct csv_cell *cell,
                        struct given *given)
{
    struct num number;
    struct reader *reader = making->reader;
    static const struct field any = {.type.kind = TYPE_NUMBER};
    given->state = GIVEN_VALUE;
    if (!making->rows->slow && plain_number(given->shown, strlen(given->shown), &number)) {
        given->value = value_number(number);
        return true;
    }
    reader->cell = cell->span;
    const struct ast *ast = cell_ast(reader, &any, cell);
    reader->cell = SPAN_NONE;
    if (reader_is_word(ast, WORD_UNKNOWN))
        given->state = GIVEN_UNKNOWN;
    else if (ast->kind == AST_number)
        given->value = value_number(AST(number, ast)->value);
    else
        diag_add(reader->diags, DIAG_SCORE_NOT_NUMBER, cell->span, given->shown, head->criterion->path, NULL);
    return given->state == GIVEN_UNKNOWN || ast->kind == AST_number;
}

/* Into every place where the criterion is judged: an unknown score is what that place allows. */
static void read_score(const struct making *making, const struct head *head, const struct csv_cell *cell)
{
    const struct standard *standard = making->rows->assembly.standard;
    struct given given = {.span = cell->span, .shown = cell_trimmed(cell)};
    if (!read_points(making, head, cell, &given))
        return;
    for (size_t i = 0; i < standard->judged.count; i++) {
        const struct judged *judged = standard->judged.items[i];
        if (judged->criterion != head->criterion)
            continue;
        making->scores[i] = given;
        if (given.state == GIVEN_UNKNOWN)
            making->scores[i].value = judged->node->bounds;
    }
}

/* ---------------------------------------------------------------- decisions */

static const struct decisions *decisions_in(const struct making *making, struct head *head,
                                            const struct csv_cell *cell, const char *text)
{
    const struct decisions *before = read_before(making, head, text);
    if (before)
        return before;
    struct decisions *decisions = MEM_NEW(struct decisions);
    struct diags *diags = making->reader->diags;
    size_t messages = diags->list.count;
    const struct assembly *assembly = &making->rows->assembly;
    decision_cell_read(head->stage, cell, assembly->standard, assembly->also, diags, decisions);
    if (diags->list.count == messages)
        remember(head, text, decisions);
    return decisions;
}

/* Decisions stand where their row does. */
static void read_decisions(const struct making *making, struct head *head, const struct csv_cell *cell)
{
    const struct decisions *found = decisions_in(making, head, cell, cell_trimmed(cell));
    for (size_t i = 0; i < found->list.count; i++) {
        struct decision decision = found->list.items[i];
        decision.span = making->row->span;
        vec_push(&making->decisions->list, decision);
    }
}

/* ---------------------------------------------------------------- the other cells */

static void read_as_of(const struct making *making, const struct csv_cell *cell)
{
    static const struct field day = {.type.kind = TYPE_DATE};
    struct unit *unit = making->unit;
    const char *text = cell_trimmed(cell);
    unit->has_as_of = true;
    if (date_parse(text, &unit->as_of))
        return;
    making->reader->cell = cell->span;
    const struct ast *ast = cell_ast(making->reader, &day, cell);
    making->reader->cell = SPAN_NONE;
    if (ast->kind == AST_date)
        unit->as_of = AST(date, ast)->day;
    else
        diag_add(making->reader->diags, DIAG_AS_OF_NOT_DATE, cell->span, text, NULL);
}

static void read_evidence(const struct making *making, const struct head *head, const struct csv_cell *cell)
{
    struct given *given = &making->facts[head->fact->slot];
    if (given->shown)
        given->evidence = cell_trimmed(cell);
}

static void read_cell(const struct making *making, size_t at)
{
    const struct csv_cell *cells = making->row->cells.items;
    struct head *head = &making->rows->heads.items[at];
    switch (head->kind) {
    case HEAD_FACT: read_fact(making, head, &cells[at]); return;
    case HEAD_PART: read_parts(making, head, &cells[at], &cells[head->other]); return;
    case HEAD_SCORE: read_score(making, head, &cells[at]); return;
    case HEAD_DECISION: read_decisions(making, head, &cells[at]); return;
    case HEAD_AS_OF: read_as_of(making, &cells[at]); return;
    case HEAD_CARRIED:
    case HEAD_EVIDENCE:
    case HEAD_UNIT:
    case HEAD_LABEL:
    case HEAD_WHOLE: return;
    }
}

/* What an empty cell leaves is what stands there already. Of a share in two columns the first tells for both. */
static bool says_nothing(const struct making *making, size_t at)
{
    const struct head *head = &making->rows->heads.items[at];
    const struct csv_cell *cells = making->row->cells.items;
    return cell_is_empty(&cells[at]) && (head->kind != HEAD_PART || cell_is_empty(&cells[head->other]));
}

static void read_cells(const struct making *making)
{
    const struct heads *heads = &making->rows->heads;
    for (size_t i = 0; i < heads->count; i++)
        if (!says_nothing(making, i))
            read_cell(making, i);
    for (size_t i = 0; i < heads->count; i++)
        if (heads->items[i].kind == HEAD_EVIDENCE && !says_nothing(making, i))
            read_evidence(making, &heads->items[i], &making->row->cells.items[i]);
}

/* ---------------------------------------------------------------- a row */

static struct given *copy_of(const struct given *given, size_t count)
{
    struct given *copy = MEM_ARRAY(struct given, count + 1);
    memcpy(copy, given, count * sizeof *given);
    return copy;
}

/* Is there anything that the evidence missing from it makes unknown? */
static bool lacks_evidence(const struct making *making)
{
    const struct standard *standard = making->rows->assembly.standard;
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct given *given = &making->facts[i];
        bool claims = given->state == GIVEN_VALUE || given->state == GIVEN_UNKNOWN;
        if (claims && standard->facts.items[i]->field.limits.evidence && !given->evidence)
            return true;
    }
    return false;
}

/* A row fills the first column, and the others say the same; where a column decides, evidence is asked for. */
static void fill_columns(struct making *making)
{
    struct assembly *assembly = &making->rows->assembly;
    const struct standard *standard = assembly->standard;
    size_t count = standard->columns.count, facts = standard->facts.count;
    struct given **all = MEM_ARRAY(struct given *, count + 1),
                 **scores = MEM_ARRAY(struct given *, count + 1);
    struct given *proved = NULL;
    bool lacks = lacks_evidence(making);
    assembly->facts = all;
    for (size_t k = 0; k < count; k++) {
        bool ask = lacks && assembly_decides(standard, k);
        scores[k] = making->scores;
        all[k] = !ask ? making->facts : proved ? proved : copy_of(making->facts, facts);
        if (ask && !proved)
            assembly_prove(assembly, k);
        proved = ask ? all[k] : proved;
    }
    making->unit->facts = (const struct given *const *)all;
    making->unit->scores = (const struct given *const *)scores;
}

static void compare_facts(struct making *making)
{
    making->rows->assembly.facts = &making->facts;
    assembly_compare(&making->rows->assembly, 0);
}

static struct unit *new_unit(const struct unit_rows *rows, const struct csv_row *row)
{
    const struct standard *standard = rows->assembly.standard;
    struct unit *unit = MEM_NEW(struct unit);
    unit->source = row->span.source;
    unit->period = standard->period;
    unit->columns = standard->columns.count;
    unit->reviews = rows->reviews;
    return unit;
}

static struct making start_unit(struct unit_rows *rows, const struct csv_row *row, struct diags *diags)
{
    const struct standard *standard = rows->assembly.standard;
    struct making making = {
        .rows = rows, .row = row, .reader = &rows->assembly.reader, .unit = new_unit(rows, row)};
    making.facts = copy_of(rows->no_facts, standard->facts.count);
    making.scores = copy_of(rows->no_scores, standard->judged.count);
    making.errors = diags->errors;
    making.reader->diags = diags;
    return making;
}

static void take_beside(const struct making *making, const struct given *beside)
{
    for (size_t i = 0; beside && i < making->rows->assembly.standard->facts.count; i++)
        if (beside[i].state != GIVEN_NOTHING)
            making->facts[i] = beside[i];
}

static bool check_width(const struct unit_rows *rows, const struct csv_row *row, struct diags *diags)
{
    if (row->cells.count == rows->heads.count)
        return true;
    diag_add(diags, DIAG_UNIT_ROW_WIDTH, row->span, str_print("%zu", row->cells.count),
             str_print("%zu", rows->heads.count), NULL);
    return false;
}

bool unit_rows_name(const struct unit_rows *rows, const struct csv_row *row, struct units_row *made,
                    struct diags *diags)
{
    if (!check_width(rows, row, diags))
        return false;
    const struct csv_cell *cells = row->cells.items, *id = &cells[rows->heads.unit];
    size_t label = rows->heads.label;
    if (cell_is_empty(id)) {
        diag_add(diags, DIAG_UNIT_NAMELESS, row->span, NULL);
        return false;
    }
    made->id = made->label = cell_trimmed(id);
    if (label < rows->heads.count && !cell_is_empty(&cells[label]))
        made->label = cell_trimmed(&cells[label]);
    return true;
}

void unit_rows_read(struct unit_rows *rows, const struct csv_row *row, const struct given *beside,
                    struct units_row *made, struct diags *diags)
{
    struct making making = start_unit(rows, row, diags);
    struct decisions decisions = {0};
    making.decisions = &decisions;
    making.unit->id = made->id;
    making.unit->label = made->label;
    take_beside(&making, beside);
    read_cells(&making);
    decisions_settle(&decisions, making.unit);
    compare_facts(&making);
    fill_columns(&making);
    made->unit = diags->errors == making.errors ? making.unit : NULL;
}

/* ---------------------------------------------------------------- the head */

/* The facts and scores of a unit of which nothing is given. */
static void start_assembly(struct unit_rows *rows, const char *home)
{
    struct assembly *assembly = &rows->assembly;
    struct given **columns = MEM_ARRAY(struct given *, 2);
    assembly->reader.measures = (struct map *)&assembly->standard->measures; /* cells may name more units */
    assembly->reader.home = home;
    assembly->facts = &columns[0];
    assembly->scores = &columns[1];
    assembly_start(assembly, 0);
    rows->no_facts = columns[0];
    rows->no_scores = columns[1];
    rows->reviews = MEM_ARRAY(struct review, assembly->standard->columns.count + 1);
}

bool unit_rows_start(struct unit_rows *rows, const struct standard *standard, const struct standard *also,
                     const struct csv_row *head, const struct carried *carried, struct diags *diags)
{
    size_t errors = diags->errors;
    *rows = (struct unit_rows){0};
    rows->assembly.standard = standard;
    rows->assembly.also = also;
    rows->assembly.reader.diags = diags;
    if (!heads_read(&rows->heads, &rows->assembly, head, carried))
        return false;
    start_assembly(rows, head->span.source->name);
    return diags->errors == errors;
}
