#include "prove/witness.h"
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "eval/run.h"
#include "facts/facts.h"
#include "facts/write.h"
#include "smt/known.h"

/* ---- from the solver */

static struct value text_at(const struct smt *smt, struct num place)
{
    int64_t at = 0;
    bool listed = num_to_int(place, &at) && at >= 0 && (size_t)at < smt->texts.count;
    return value_text(listed ? smt->texts.items[at] : "…");
}

static struct value months_so_many(struct num count)
{
    int64_t months = 0;
    num_to_int(count, &months);
    unsigned first = (1u << months) - 1;
    return value_months(first, first);
}

static struct value value_of_number(const struct smt *smt, const struct type *type, struct num number)
{
    switch (type->kind) {
    case TYPE_TEXT: return text_at(smt, number);
    case TYPE_MONTHS: return months_so_many(number);
    case TYPE_DOCUMENT: return value_document(range_point(number));
    case TYPE_YESNO:
    case TYPE_NUMBER:
    case TYPE_DATE:
    case TYPE_CHOICE:
    case TYPE_LIST:
    case TYPE_TABLE: break;
    }
    return value_number(number);
}

static void note_decimal(struct prove *prove, const struct type *type, const struct smt_term *term,
                         const struct value *value)
{
    bool written = write_can(type, value), free = type->kind == TYPE_NUMBER && !type->share && !type->whole;
    if (free || !written)
        vec_push(&prove->decimals, term->value);
    prove->unstated |= !written;
}

/* False: it is not told, or is nothing that evaluation knows. */
static bool read_value(struct prove *prove, const struct type *type, const struct smt_term *term,
                       struct value *value)
{
    bool truth = false;
    struct num number = num_int(0);
    *value = value_na();
    if (term->na && !smt_solver_truth(prove->solver, prove->smt, term->na, &truth))
        return false;
    if (truth)
        return true;
    if (!term->value) {
        *value = (struct value){.kind = VALUE_NONE}; /* rows, which are read by themselves */
        return true;
    }
    if (type->kind == TYPE_YESNO) {
        if (!smt_solver_truth(prove->solver, prove->smt, term->value, &truth))
            return false;
        *value = value_truth(truth ? TRUTH_YES : TRUTH_NO);
        return true;
    }
    if (!smt_solver_number(prove->solver, prove->smt, term->value, &number))
        return false;
    *value = value_of_number(prove->smt, type, number);
    note_decimal(prove, type, term, value);
    return true;
}

static bool read_input(struct prove *prove, const struct smt_input *input, struct value *value)
{
    const struct smt_term term = {.value = input->value, .na = input->na};
    return read_value(prove, &input->node->type, &term, value);
}

/* ---- a unit of which nothing is known */

static struct given **nothing(const struct standard *standard, size_t count, bool facts)
{
    struct given **columns = MEM_ARRAY(struct given *, standard->columns.count + 1);
    for (size_t c = 0; c < standard->columns.count; c++) {
        columns[c] = MEM_ARRAY(struct given, count + 1);
        for (size_t i = 0; i < count; i++)
            columns[c][i] = (struct given){.value = facts ? ir_field_bounds(&standard->facts.items[i]->field)
                                                          : standard->judged.items[i]->node->bounds};
    }
    return columns;
}

static void start(struct found_unit *found, struct prove *prove)
{
    const struct standard *standard = prove->standard;
    *found = (struct found_unit){.prove = prove};
    found->facts = nothing(standard, standard->facts.count, true);
    found->scores = nothing(standard, standard->judged.count, false);
    found->settings = MEM_ARRAY(struct value, standard->settings.count + 1);
}

static void copy(struct found_unit *found, const struct found_unit *base)
{
    const struct standard *standard = base->prove->standard;
    *found = *base;
    found->facts = unit_copy_columns((const struct given *const *)base->facts, standard->columns.count,
                                     standard->facts.count + 1);
    found->scores = unit_copy_columns((const struct given *const *)base->scores, standard->columns.count,
                                      standard->judged.count + 1);
    found->settings = MEM_ARRAY(struct value, standard->settings.count + 1);
    memcpy(found->settings, base->settings, standard->settings.count * sizeof *base->settings);
}

static void give(struct given **columns, const struct standard *standard, size_t slot, struct value value)
{
    for (size_t c = 0; c < standard->columns.count; c++)
        columns[c][slot] = (struct given){.state = GIVEN_VALUE, .value = value};
}

/* It stays as it was at the start. */
static void leave_open(struct given **columns, const struct standard *standard, size_t slot)
{
    for (size_t c = 0; c < standard->columns.count; c++)
        columns[c][slot].state = GIVEN_UNKNOWN;
}

static void enter(struct found_unit *found, const struct smt_input *input, struct value value)
{
    const struct standard *standard = found->prove->standard;
    switch (input->kind) {
    case SMT_FACT: give(found->facts, standard, input->slot, value); break;
    case SMT_SCORE: give(found->scores, standard, input->slot, value); break;
    case SMT_SETTING: found->settings[input->slot] = value; break;
    case SMT_DAY:
        found->has_day = true;
        num_to_int(value_point(&value), &found->day);
        break;
    }
}

/* Where it is asked whether it is known, and in this world it is not. */
static bool is_left_open(struct found_unit *found, const struct smt_input *input, const unsigned char *below)
{
    struct prove *prove = found->prove;
    const char *known = smt_input_known(prove->smt, input, below);
    bool truth = true;
    if (!known || !smt_solver_truth(prove->solver, prove->smt, known, &truth) || truth)
        return false;
    if (input->kind == SMT_FACT)
        leave_open(found->facts, prove->standard, input->slot);
    if (input->kind == SMT_SCORE)
        leave_open(found->scores, prove->standard, input->slot);
    return true;
}

/* ---- tables and lists */

static const struct smt_table *table_of(const struct prove *prove, size_t slot)
{
    for (size_t i = 0; i < prove->smt->tables.count; i++) {
        const struct smt_table *table = prove->smt->tables.items[i];
        if (table->world == prove->world && table->context == smt_final(prove->smt) && table->slot == slot)
            return table;
    }
    return NULL;
}

/* A cell that nothing reads stays open. */
static bool read_row(struct prove *prove, const struct smt_table *table, const struct field *field,
                     size_t row, struct value *cells)
{
    for (size_t i = 0; i < table->width; i++) {
        const struct field *of =
            field->type.kind == TYPE_TABLE ? &field->type.columns[i] : field->type.element;
        const struct smt_term *term = &table->cells[row * table->width + i];
        cells[i] = ir_field_bounds(of);
        if ((term->value || term->na) && !read_value(prove, &of->type, term, &cells[i]))
            return false;
    }
    return true;
}

static bool read_table(struct found_unit *found, size_t slot)
{
    struct prove *prove = found->prove;
    const struct field *field = &prove->standard->facts.items[slot]->field;
    const struct smt_table *table = table_of(prove, slot);
    size_t width = field->type.kind == TYPE_TABLE ? field->type.column_count : 1, count = 0;
    struct value *cells = MEM_ARRAY(struct value, SMT_ROWS * width + 1);
    bool there = true, more = false;
    if (table && (!smt_solver_truth(prove->solver, prove->smt, table->more, &more) || more))
        return false;
    for (size_t i = 0; table && i < SMT_ROWS; i++) {
        if (!smt_solver_truth(prove->solver, prove->smt, table->there[i], &there))
            return false;
        if (there && !read_row(prove, table, field, count, cells + count * width))
            return false;
        count += there;
    }
    give(found->facts, prove->standard, slot, value_sequence(width, count, cells));
    return true;
}

/* Those that the claim hangs on. */
static bool read_tables(struct found_unit *found, const unsigned char *below)
{
    const struct standard *standard = found->prove->standard;
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct fact_declaration *fact = standard->facts.items[i];
        bool rows = fact->field.type.kind == TYPE_TABLE || fact->field.type.kind == TYPE_LIST;
        bool none = value_is_na(&found->facts[0][i].value) || found->facts[0][i].state == GIVEN_UNKNOWN;
        if (rows && !none && fact->node && below[fact->node->id] && !read_table(found, i))
            return false;
    }
    return true;
}

static bool is_marked(const struct standard *standard, const unsigned char *below, size_t slot)
{
    const struct ir_node *fact = standard->facts.items[slot]->node;
    return fact && below[fact->id];
}

static bool mark_fact(const struct standard *standard, unsigned char *below, size_t slot)
{
    const struct ir_node *fact = standard->facts.items[slot]->node;
    if (!fact || below[fact->id])
        return false;
    below[fact->id] = 1;
    return true;
}

/* What limits a fact is stated with it; and a fact of which something is assumed, with what limits it: else what is assumed might forbid what
 * is stated. */
static bool mark_limit(const struct standard *standard, unsigned char *below, size_t slot,
                       const struct limits *limits, int limit)
{
    if (limit < 0)
        return false;
    const struct limits *other = &standard->facts.items[limit]->field.limits;
    if (is_marked(standard, below, slot))
        return mark_fact(standard, below, (size_t)limit);
    return limits->otherwise && (other->otherwise || is_marked(standard, below, (size_t)limit)) &&
           mark_fact(standard, below, slot);
}

static bool mark_limits(const struct standard *standard, unsigned char *below, size_t slot,
                        const struct limits *limits)
{
    bool low = mark_limit(standard, below, slot, limits, limits->low_fact);
    return mark_limit(standard, below, slot, limits, limits->high_fact) || low;
}

static bool mark_all_limits(const struct standard *standard, unsigned char *below)
{
    bool more = false;
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct field *field = &standard->facts.items[i]->field;
        more |= mark_limits(standard, below, i, &field->limits);
        for (size_t k = 0; k < field->type.column_count; k++)
            more |= mark_limits(standard, below, i, &field->type.columns[k].limits);
    }
    return more;
}

static const unsigned char *marks_below(const struct prove *prove, const struct ir_node *about)
{
    unsigned char *below = ir_below(prove->standard->ir, about);
    while (mark_all_limits(prove->standard, below)) {
    }
    return below;
}

/* A criterion that is judged in several branches has one score, and the solver knows one for each. */
static bool one_score_each(const struct found_unit *found)
{
    const struct standard *standard = found->prove->standard;
    const struct given *scores = found->scores[0];
    for (size_t i = 0; i < standard->judged.count; i++)
        for (size_t k = 0; k < i; k++)
            if (standard->judged.items[i]->criterion == standard->judged.items[k]->criterion &&
                (scores[i].state != scores[k].state || !value_equal(&scores[i].value, &scores[k].value)))
                return false;
    return true;
}

bool found_unit_read(struct found_unit *found, struct prove *prove, size_t world,
                     const struct found_unit *base, const struct ir_node *about)
{
    const unsigned char *below = marks_below(prove, about);
    if (base)
        copy(found, base);
    else
        start(found, prove);
    for (size_t i = 0; i < prove->smt->inputs.count; i++) {
        const struct smt_input *input = &prove->smt->inputs.items[i];
        struct value value;
        if (input->world != world || !below[input->node->id] || is_left_open(found, input, below) ||
            (!input->value && !input->na))
            continue;
        if (!read_input(prove, input, &value))
            return false;
        if (value.kind != VALUE_NONE || value.na)
            enter(found, input, value);
    }
    return read_tables(found, below) && one_score_each(found);
}

/* ---- lines of a facts file */

static const char *line_of_fact(const struct found_unit *found, size_t slot)
{
    const struct field *field = &found->prove->standard->facts.items[slot]->field;
    const struct value *value = &found->facts[0][slot].value;
    bool none =
        field->type.kind == TYPE_TABLE && value->kind == VALUE_SEQUENCE && value->sequence->count == 0;
    return str_print(
        "%s = %s%s", write_name(field->name), none ? "none" : write_value(field, value),
        field->limits.evidence && found->facts[0][slot].state == GIVEN_VALUE ? "  evidence \"…\"" : "");
}

static const char *line_of_score(const struct found_unit *found, size_t slot)
{
    const struct value *value = &found->scores[0][slot].value;
    return str_print("score %s = %s", write_path(found->prove->standard->judged.items[slot]->criterion->path),
                     value_is_point(value) ? num_text(value_point(value))
                     : value_is_na(value)  ? "n/a"
                                           : "unknown");
}

static const char *line_of_setting(const struct found_unit *found, const struct ir_node *node)
{
    const struct field field = {.type = node->type};
    size_t slot = (size_t)node->index;
    return str_print("%s=%s", found->prove->standard->settings.items[slot].name,
                     write_value(&field, &found->settings[slot]));
}

const char *found_unit_line(const struct found_unit *found, const struct ir_node *input)
{
    size_t slot = (size_t)input->index;
    return input->op == IR_FACT     ? line_of_fact(found, slot)
           : input->op == IR_JUDGED ? line_of_score(found, slot)
                                    : line_of_setting(found, input);
}

static void add_settings(const struct found_unit *found, struct diag_example *example)
{
    const struct ir *ir = found->prove->standard->ir;
    bool *told = MEM_ARRAY(bool, found->prove->standard->settings.count + 1);
    for (size_t i = 0; i < ir->nodes.count; i++) {
        const struct ir_node *node = ir->nodes.items[i];
        if (node->op != IR_SETTING || told[node->index] || found->settings[node->index].kind == VALUE_NONE)
            continue;
        told[node->index] = true;
        vec_push(&example->settings, line_of_setting(found, node));
    }
}

const struct diag_example *found_unit_example(const struct found_unit *found)
{
    const struct standard *standard = found->prove->standard;
    struct diag_example *example = MEM_NEW(struct diag_example);
    if (found->has_day)
        vec_push(&example->facts, str_print("as of %s", date_text(found->day)));
    for (size_t i = 0; i < standard->facts.count; i++)
        if (found->facts[0][i].state != GIVEN_NOTHING)
            vec_push(&example->facts, line_of_fact(found, i));
    for (size_t i = 0; i < standard->judged.count; i++)
        if (found->scores[0][i].state != GIVEN_NOTHING && unit_is_first_score(standard, i))
            vec_push(&example->facts, line_of_score(found, i));
    add_settings(found, example);
    return example;
}

/* ---- what it comes to */

static const struct unit *as_unit(const struct found_unit *found)
{
    const struct standard *standard = found->prove->standard;
    struct unit *unit = MEM_NEW(struct unit);
    *unit = (struct unit){.id = "?",
                          .label = "?",
                          .period = standard->period,
                          .has_as_of = found->has_day,
                          .as_of = found->day,
                          .columns = standard->columns.count,
                          .facts = (const struct given *const *)found->facts,
                          .scores = (const struct given *const *)found->scores};
    unit->reviews = MEM_ARRAY(struct review, standard->columns.count + 1);
    return unit;
}

/* The unit as `eval` would read it; NULL: it is refused. */
static const struct unit *read_back(const struct standard *standard, const struct diag_example *example)
{
    struct str text = {0};
    struct diags unheard = {0};
    str_add(&text, "unit w \"w\"\n");
    for (size_t i = 0; i < example->facts.count; i++)
        str_format(&text, "%s\n", example->facts.items[i]);
    const struct source *source = source_new("w.facts", str_text(&text), text.length);
    return facts_read(facts_open_text(source, &unheard), standard, &unheard);
}

/* `settings` by slot; NULL: none is set. */
static struct value value_in(const struct standard *standard, const struct unit *unit,
                             const struct value *settings, const struct ir_node *node)
{
    const struct call call = {0};
    struct run *run = run_new(standard, unit, &call);
    for (size_t i = 0; settings && i < standard->settings.count; i++)
        if (settings[i].kind != VALUE_NONE)
            run_set_setting(run, i, settings[i]);
    run_pass(run);
    struct value value = run->values[run->first[run_final(run)]][node->id];
    return value.fault || !value_is_known(&value) ? (struct value){.kind = VALUE_NONE} : value;
}

struct value found_unit_value(const struct found_unit *found, const struct ir_node *node)
{
    struct prove *prove = found->prove;
    const struct unit *unit =
        prove->raw ? as_unit(found) : read_back(prove->standard, found_unit_example(found));
    prove->unstated |= !unit;
    return unit ? value_in(prove->standard, unit, found->settings, node) : (struct value){.kind = VALUE_NONE};
}

/* With thresholds to be set only whether it can be read. */
bool example_stands(const struct prove *prove, const struct diag_example *example,
                    const struct ir_node *claim)
{
    if (prove->raw)
        return true;
    const struct unit *unit = read_back(prove->standard, example);
    if (!unit || example->settings.count)
        return unit;
    struct value value = value_in(prove->standard, unit, NULL, claim);
    return value.kind == VALUE_TRUTH && value_is_yes(&value);
}
