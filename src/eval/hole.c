/* A list or table whose rows are counted has a hole for each open cell; one of unknown length is one hole. */
#include "eval/hole.h"
#include "base/mem.h"
#include "eval/cells.h"

enum {
    CELLS_MAX = 64,   /* a list or table with more open cells is one hole */
    NARROW_ROUNDS = 8 /* limits from fact to fact are followed so far */
};

/* ---- limits between facts */

static const struct field *field_of(const struct run *run, size_t slot)
{
    return &run->standard->facts.items[slot]->field;
}

static struct range in_unit(struct range range, const struct field *from_field, const struct field *to_field)
{
    const struct measure *from = from_field->type.unit, *to = to_field->type.unit;
    if (from == to || !measure_alike(from, to))
        return range;
    struct range scaled = range_mul(range, range_point(measure_factor(from, to)));
    return range_of(scaled.low, scaled.high, false);
}

/* `other` in the unit of `field`. */
static struct range converted(const struct run *run, const struct field *field, size_t column, size_t other)
{
    return in_unit(run->facts[column][other].range, field_of(run, other), field);
}

static bool limits_numbers(const struct value *value)
{
    return value->kind == VALUE_NUMBER && !value->na;
}

static const struct field *limited_field(const struct run *run, const struct fact_limit *limit)
{
    const struct field *field = field_of(run, limit->slot);
    return limit->cell < 0 ? field : &field->type.columns[limit->cell];
}

/* Of the cells of a column the ends that bind: the highest low one and the lowest high one. */
static bool held_in_cells(const struct sequence *rows, size_t cell, struct range *range)
{
    *range = range_all();
    for (size_t i = cell; i < rows->count * rows->width; i += rows->width) {
        const struct value *value = &rows->cells[i];
        if (!limits_numbers(value))
            continue;
        range->low = cut_max(range->low, value->range.low);
        range->high = cut_min(range->high, value->range.high);
    }
    return true;
}

/* The numbers that a limit holds. False: there are none, or perhaps none. */
static bool held(const struct run *run, const struct fact_limit *limit, struct range *range)
{
    const struct value *value = &run->facts[limit->column][limit->slot];
    if (limit->cell >= 0)
        return value->kind == VALUE_SEQUENCE && !value->na && !value->sequence->open &&
               held_in_cells(value->sequence, (size_t)limit->cell, range);
    *range = value->range;
    return limits_numbers(value);
}

/* Holds a number within a range, and to the steps and legal values in it; what is left where no number can be is n/a, if it may be that. */
static struct value held_within(const struct field *field, struct value value, struct range range)
{
    struct cut low = cut_max(value.range.low, range.low), high = cut_min(value.range.high, range.high);
    struct hole hole = {.limits = &field->limits, .domain = value};
    struct value part;
    if (cut_compare(low, value.range.low) == 0 && cut_compare(high, value.range.high) == 0)
        return value;
    if (cells_between(&hole, low, high, &part))
        value.range = part.range;
    else if (value.na)
        value = value_na();
    return value;
}

/* Holds a number between what two other facts can be; -1: no such fact. */
static struct value held_between(const struct run *run, const struct field *field, size_t column,
                                 struct value value, int low, int high)
{
    if (value.kind != VALUE_NUMBER)
        return value;
    struct range all = range_all();
    if (low >= 0 && limits_numbers(&run->facts[column][low]))
        all.low = converted(run, field, column, (size_t)low).low;
    if (high >= 0 && limits_numbers(&run->facts[column][high]))
        all.high = converted(run, field, column, (size_t)high).high;
    return held_within(field, value, all);
}

static bool is_open(const struct run *run, size_t column, size_t slot)
{
    return !value_is_known(&run->unit->facts[column][slot].value);
}

/* Between `low` and `high`, if it is open itself. */
static bool narrow(const struct run *run, size_t column, size_t slot, int low, int high)
{
    struct value *value = &run->facts[column][slot];
    if (!is_open(run, column, slot))
        return false;
    struct value before = *value;
    *value = held_between(run, field_of(run, slot), column, before, low, high);
    return !value_equal(value, &before);
}

/* What a fact is limited by narrows it, and it narrows what limits it. */
static bool narrow_fact(const struct run *run, size_t column, size_t slot)
{
    const struct limits *limits = &field_of(run, slot)->limits;
    bool changed = narrow(run, column, slot, limits->low_fact, limits->high_fact);
    if (limits->low_fact >= 0)
        changed |= narrow(run, column, (size_t)limits->low_fact, -1, (int)slot);
    if (limits->high_fact >= 0)
        changed |= narrow(run, column, (size_t)limits->high_fact, (int)slot, -1);
    return changed;
}

/* A fact that cells may be at most, or at least, is so much itself. */
static bool narrow_by_cells(const struct run *run, struct fact_limit limit, int other)
{
    struct range range;
    if (other < 0 || !is_open(run, limit.column, (size_t)other) || !held(run, &limit, &range))
        return false;
    struct value *value = &run->facts[limit.column][other], before = *value;
    if (value->kind != VALUE_NUMBER)
        return false;
    const struct field *field = field_of(run, (size_t)other);
    range = in_unit(range, limited_field(run, &limit), field);
    if (limit.low)
        range.low = cut_below_all();
    else
        range.high = cut_above_all();
    *value = held_within(field, before, range);
    return !value_equal(value, &before);
}

static bool narrow_by_table(const struct run *run, size_t column, size_t slot)
{
    const struct type *type = &field_of(run, slot)->type;
    bool changed = false;
    for (size_t i = 0; type->kind == TYPE_TABLE && i < type->column_count; i++) {
        const struct limits *limits = &type->columns[i].limits;
        struct fact_limit limit = {.column = column, .slot = slot, .cell = (int)i};
        changed |= narrow_by_cells(run, limit, limits->high_fact);
        limit.low = true;
        changed |= narrow_by_cells(run, limit, limits->low_fact);
    }
    return changed;
}

static bool narrow_facts(const struct run *run, size_t column)
{
    bool changed = false;
    for (size_t i = 0; i < run->standard->facts.count; i++) {
        changed |= narrow_fact(run, column, i);
        changed |= narrow_by_table(run, column, i);
    }
    return changed;
}

static void narrow_cells(const struct run *run, size_t column, size_t slot)
{
    const struct type *type = &field_of(run, slot)->type;
    struct value *value = &run->facts[column][slot];
    if (type->kind != TYPE_TABLE || value->kind != VALUE_SEQUENCE || !is_open(run, column, slot))
        return;
    const struct sequence *rows = value->sequence;
    struct value *cells = MEM_ARRAY(struct value, rows->count * rows->width);
    for (size_t i = 0; i < rows->count * rows->width; i++) {
        const struct field *field = &type->columns[i % rows->width];
        const struct limits *limits = &field->limits;
        cells[i] = rows->cells[i];
        if (!value_is_known(&cells[i]))
            cells[i] = held_between(run, field, column, cells[i], limits->low_fact, limits->high_fact);
    }
    if (!rows->open)
        value->sequence = value_sequence(rows->width, rows->count, cells).sequence;
}

/* One entry that stands in two columns holds to the limits of both. */
static bool narrow_both(const struct run *run, size_t a, size_t b, size_t slot)
{
    struct value *one = &run->facts[a][slot], *other = &run->facts[b][slot];
    const struct given *given = &run->unit->facts[a][slot], *taken = &run->unit->facts[b][slot];
    bool same = given->column == taken->column && given->state == taken->state;
    if (!same || value_equal(one, other) || !is_open(run, a, slot))
        return false;
    struct value both = value_na();
    if (!one->nothing_else && !other->nothing_else) {
        if (one->kind != VALUE_NUMBER || other->kind != VALUE_NUMBER)
            return false;
        both = held_within(field_of(run, slot), *one, other->range);
        if (!both.nothing_else && range_is_empty(range_meet(both.range, other->range)))
            return false;
    }
    *one = *other = both;
    return true;
}

static bool narrow_columns(const struct run *run)
{
    bool changed = false;
    for (size_t c = 0; c < run->columns; c++)
        changed |= narrow_facts(run, c);
    for (size_t c = 1; c < run->columns; c++)
        for (size_t i = 0; i < run->standard->facts.count; i++)
            changed |= narrow_both(run, c - 1, c, i);
    return changed;
}

void hole_narrow(struct run *run)
{
    for (int round = 0; round < NARROW_ROUNDS && narrow_columns(run); round++)
        continue;
    for (size_t c = 0; c < run->columns; c++)
        for (size_t i = 0; i < run->standard->facts.count; i++)
            narrow_cells(run, c, i);
}

/* ---- finding */

static struct hole *add_hole(struct holes *holes, const struct run *run, enum hole_kind kind, size_t slot,
                             struct value domain)
{
    struct hole hole = {.kind = kind, .slot = slot, .domain = domain, .now = domain};
    hole.columns = mem_alloc_plain(run->contexts);
    vec_push(&holes->list, hole);
    return &vec_last(&holes->list);
}

static size_t count_open(const struct sequence *rows)
{
    size_t open = 0;
    for (size_t i = 0; i < rows->count * rows->width; i++)
        open += !value_is_known(&rows->cells[i]);
    return open;
}

static bool has_cells(const struct value *value)
{
    return value->kind == VALUE_SEQUENCE && !value->sequence->open &&
           count_open(value->sequence) <= CELLS_MAX;
}

/* Another column has the same hole if it takes over the entry and knows as little of it. */
static bool same_entry(const struct run *run, size_t a, size_t b, size_t slot)
{
    const struct given *one = &run->unit->facts[a][slot], *other = &run->unit->facts[b][slot];
    return one->column == other->column && one->state == other->state &&
           !value_is_known(&run->facts[b][slot]);
}

static bool is_first(const struct run *run, size_t column, size_t slot)
{
    for (size_t i = 0; i < column; i++)
        if (same_entry(run, column, i, slot))
            return false;
    return true;
}

static void share(const struct run *run, struct hole *hole, size_t column)
{
    hole->first_column = column;
    for (size_t i = column; i < run->columns; i++)
        hole->columns[i] = i == column || same_entry(run, column, i, hole->slot);
}

static const struct field *field_of_cell(const struct field *field, size_t column)
{
    return field->type.kind == TYPE_LIST ? field->type.element : &field->type.columns[column];
}

static void add_cell(struct holes *holes, const struct run *run, size_t column, size_t slot, size_t place)
{
    const struct sequence *rows = run->facts[column][slot].sequence;
    struct hole *hole = add_hole(holes, run, HOLE_FACT, slot, rows->cells[place]);
    hole->part = HOLE_CELL;
    hole->place = place;
    hole->field = field_of_cell(field_of(run, slot), place % rows->width);
    hole->limits = &hole->field->limits;
    share(run, hole, column);
}

static void add_rows_in_work(struct holes *holes, const struct run *run, size_t column, size_t slot)
{
    const struct value *value = &run->facts[column][slot];
    struct rows_in_work rows = {.column = column, .slot = slot, .width = value->sequence->width};
    rows.count = value->sequence->count;
    rows.given = value->na ? TRUTH_UNKNOWN : TRUTH_YES;
    rows.cells = MEM_ARRAY(struct value, rows.count * rows.width);
    for (size_t i = 0; i < rows.count * rows.width; i++)
        rows.cells[i] = value->sequence->cells[i];
    vec_push(&holes->rows, rows);
}

static void add_rows(struct holes *holes, const struct run *run, size_t column, size_t slot)
{
    const struct value *value = &run->facts[column][slot];
    if (value->na) {
        struct hole *hole = add_hole(holes, run, HOLE_FACT, slot, value_truth(TRUTH_UNKNOWN));
        hole->part = HOLE_GIVEN;
        share(run, hole, column);
    }
    for (size_t i = 0; i < value->sequence->count * value->sequence->width; i++)
        if (!value_is_known(&value->sequence->cells[i]))
            add_cell(holes, run, column, slot, i);
}

/* Of a share whose whole is known, the parts. What is not proven may be any other. */
static const struct limits *limits_in_parts(const struct given *given, const struct limits *limits)
{
    bool counted = given->has_parts && given->state != GIVEN_UNPROVEN && num_sign(given->whole) > 0 &&
                   num_is_int(given->whole);
    if (!counted || limits->stepped || limits->legal)
        return limits;
    struct limits *steps = MEM_NEW(struct limits);
    *steps = *limits;
    steps->range = range_between(num_int(0), num_int(1)); /* what steps are counted from */
    steps->stepped = true;
    steps->step = num_div(num_int(1), given->whole);
    return steps;
}

static void add_fact(struct holes *holes, const struct run *run, size_t column, size_t slot)
{
    const struct value *value = &run->facts[column][slot];
    if (value_is_known(value))
        return;
    if (has_cells(value))
        add_rows_in_work(holes, run, column, slot);
    if (!is_first(run, column, slot))
        return;
    if (has_cells(value)) {
        add_rows(holes, run, column, slot);
        return;
    }
    struct hole *hole = add_hole(holes, run, HOLE_FACT, slot, *value);
    hole->field = field_of(run, slot);
    hole->limits = limits_in_parts(&run->unit->facts[column][slot], &hole->field->limits);
    share(run, hole, column);
}

static bool same_score(const struct run *run, size_t a, size_t b, size_t slot)
{
    const struct given *one = &run->unit->scores[a][slot], *other = &run->unit->scores[b][slot];
    return one->column == other->column && !value_is_known(&run->scores[b][slot]);
}

static void add_score(struct holes *holes, const struct run *run, size_t column, size_t slot)
{
    if (value_is_known(&run->scores[column][slot]))
        return;
    for (size_t i = 0; i < column; i++)
        if (same_score(run, column, i, slot) && !value_is_known(&run->scores[i][slot]))
            return;
    struct hole *hole = add_hole(holes, run, HOLE_SCORE, slot, run->scores[column][slot]);
    hole->limits = &run->standard->judged.items[slot]->limits;
    hole->first_column = column;
    for (size_t i = column; i < run->columns; i++)
        hole->columns[i] = i == column || same_score(run, column, i, slot);
}

static void add_shared(struct holes *holes, const struct run *run)
{
    for (size_t i = 0; i < run->standard->settings.count; i++)
        if (run->settings[i].kind != VALUE_NONE && !value_is_known(&run->settings[i]))
            add_hole(holes, run, HOLE_SETTING, i, run->settings[i]);
}

/* ---- the other units */

/* The best of its kind has no better one, however many there are. */
static bool is_best(const struct run *run, size_t context, const struct ir_node *operand)
{
    const struct value *own = &run->values[context][operand->id];
    if (own->kind != VALUE_NUMBER)
        return false;
    return run->standard->better_lower ? cut_compare(own->range.low, operand->bounds.range.low) <= 0
                                       : cut_compare(own->range.high, operand->bounds.range.high) >= 0;
}

/* Of units that nobody has named: what a fact can be, any of them can report; what is worked out may have narrower ends than its bounds. */
static enum tie tie_alone(const struct run *run, size_t context, const struct cohort_input *input)
{
    const struct ir_node *operand = run->standard->cohort.operands.items[input->operand].node;
    if (input->fold == COHORT_COUNT)
        return TIE_NONE;
    if (operand->op != IR_FACT)
        return TIE_LOOSE;
    if (input->fold == COHORT_RANK)
        return is_best(run, context, operand) ? TIE_LOOSE : TIE_OWN;
    return input->fold == COHORT_SUM ? TIE_ENDS : TIE_NONE;
}

static enum tie tie_of(const struct run *run, size_t context, size_t input)
{
    const struct cohort_reads *reads = &run->standard->cohort;
    return run->others ? (enum tie)run->others->ties[context * reads->inputs.count + input]
                       : tie_alone(run, context, &reads->inputs.items[input]);
}

static bool same_others(const struct run *run, size_t a, size_t b, size_t input)
{
    return run_others_alike(run) && value_equal(&run->cohort[a][input], &run->cohort[b][input]);
}

static void add_input(struct holes *holes, const struct run *run, size_t context, size_t input)
{
    const struct value *value = &run->cohort[context][input];
    if (value_is_known(value) || value->fault)
        return;
    for (size_t c = 0; c < context; c++)
        if (same_others(run, c, context, input))
            return;
    struct hole *hole = add_hole(holes, run, HOLE_COHORT, input, *value);
    hole->tie = tie_of(run, context, input);
    for (size_t c = context; c < run->contexts; c++)
        hole->columns[c] = c == context || same_others(run, c, context, input);
}

static void add_others(struct holes *holes, const struct run *run)
{
    for (size_t i = 0; i < run->standard->cohort.inputs.count; i++)
        for (size_t c = 0; c < run->contexts; c++)
            if (run->first[c] == c)
                add_input(holes, run, c, i);
}

/* ---- limits between facts, while holes are filled */

static void add_limit(struct holes *holes, const struct run *run, struct fact_limit limit, int other)
{
    limit.other = (size_t)other;
    if (other >= 0 && (is_open(run, limit.column, limit.slot) || is_open(run, limit.column, limit.other)))
        vec_push(&holes->limits, limit);
}

static void add_limits_of(struct holes *holes, const struct run *run, struct fact_limit limit)
{
    const struct limits *limits = &limited_field(run, &limit)->limits;
    add_limit(holes, run, limit, limits->high_fact);
    limit.low = true;
    add_limit(holes, run, limit, limits->low_fact);
}

static void add_limits(struct holes *holes, const struct run *run)
{
    for (size_t c = 0; c < run->columns; c++)
        for (size_t i = 0; i < run->standard->facts.count; i++) {
            const struct type *type = &field_of(run, i)->type;
            add_limits_of(holes, run, (struct fact_limit){.column = c, .slot = i, .cell = -1});
            for (size_t k = 0; type->kind == TYPE_TABLE && k < type->column_count; k++)
                add_limits_of(holes, run, (struct fact_limit){.column = c, .slot = i, .cell = (int)k});
        }
}

struct holes *holes_find(const struct run *run)
{
    struct holes *holes = MEM_NEW(struct holes);
    add_limits(holes, run);
    holes->ends = MEM_ARRAY(struct range, run->columns * run->standard->facts.count);
    for (size_t i = 0; i < run->standard->facts.count; i++)
        for (size_t c = 0; c < run->columns; c++)
            add_fact(holes, run, c, i);
    for (size_t i = 0; i < run->standard->judged.count; i++)
        for (size_t c = 0; c < run->columns; c++)
            add_score(holes, run, c, i);
    add_shared(holes, run);
    add_others(holes, run);
    return holes;
}

/* ---- filling */

static void fill_rows(struct holes *holes, const struct hole *hole)
{
    for (size_t i = 0; i < holes->rows.count; i++) {
        struct rows_in_work *rows = &holes->rows.items[i];
        if (rows->slot != hole->slot || !hole->columns[rows->column])
            continue;
        if (hole->part == HOLE_GIVEN)
            rows->given = hole->now.truth;
        else
            rows->cells[hole->place] = hole->now;
        rows->stale = true;
    }
}

static void fill_column(struct run *run, const struct hole *hole, size_t column)
{
    if (hole->kind == HOLE_COHORT)
        run_set_cohort(run, column, hole->slot, hole->now);
    else if (hole->kind == HOLE_SCORE)
        run_set_score(run, column, hole->slot, hole->now);
    else
        run_set_fact(run, column, hole->slot, hole->now);
}

bool hole_fill(struct holes *holes, struct run *run, size_t index, struct value value)
{
    struct hole *hole = &holes->list.items[index];
    if (value_equal(&hole->now, &value))
        return false;
    hole->now = value;
    if (hole->kind == HOLE_SETTING)
        run_set_setting(run, hole->slot, value);
    else if (hole->part != HOLE_WHOLE)
        fill_rows(holes, hole);
    for (size_t c = 0; c < run->contexts && hole->part == HOLE_WHOLE; c++)
        if (hole->columns[c])
            fill_column(run, hole, c);
    return true;
}

static struct value put_together(const struct rows_in_work *rows)
{
    if (rows->given == TRUTH_NO)
        return value_na();
    size_t count = rows->count * rows->width;
    struct value *cells = MEM_ARRAY(struct value, count);
    for (size_t i = 0; i < count; i++)
        cells[i] = rows->cells[i];
    struct value value = value_sequence(rows->width, rows->count, cells);
    return rows->given == TRUTH_YES ? value : value_or_na(value);
}

void hole_flush(struct holes *holes, struct run *run)
{
    for (size_t i = 0; i < holes->rows.count; i++) {
        struct rows_in_work *rows = &holes->rows.items[i];
        if (rows->stale)
            run_set_fact(run, rows->column, rows->slot, put_together(rows));
        rows->stale = false;
    }
}

/* Does a limit hold what fills the hole itself? */
static bool is_held(const struct hole *hole, const struct run *run, const struct fact_limit *limit)
{
    if (limit->slot != hole->slot || (limit->cell >= 0) != (hole->part == HOLE_CELL))
        return false;
    return limit->cell < 0 ||
           (size_t)limit->cell == hole->place % field_of(run, hole->slot)->type.column_count;
}

/* What a limit allows the hole, by what stands on its other side. */
static bool allowed_by(const struct hole *hole, const struct run *run, const struct fact_limit *limit,
                       bool own, struct range *range)
{
    if (own && !limits_numbers(&run->facts[limit->column][limit->other]))
        return false;
    if (own)
        *range = converted(run, hole->field, limit->column, limit->other);
    else if (held(run, limit, range))
        *range = in_unit(*range, limited_field(run, limit), hole->field);
    else
        return false;
    return true;
}

struct range hole_allowed(const struct holes *holes, const struct run *run, size_t index)
{
    const struct hole *hole = &holes->list.items[index];
    struct range allowed = hole->domain.range, other;
    for (size_t i = 0; i < holes->limits.count && hole->kind == HOLE_FACT; i++) {
        const struct fact_limit *limit = &holes->limits.items[i];
        bool own = is_held(hole, run, limit);
        bool either = own || (limit->other == hole->slot && hole->part == HOLE_WHOLE);
        if (limit->column != hole->first_column || !either || !allowed_by(hole, run, limit, own, &other))
            continue;
        if (limit->low == own)
            allowed.low = cut_max(allowed.low, other.low);
        else
            allowed.high = cut_min(allowed.high, other.high);
    }
    return allowed;
}

/* Brings the ends of what a limit binds closer, as they stand in `ends`. False: nothing is left of one. */
static bool bring_closer(const struct run *run, const struct fact_limit *limit, struct range *ends,
                         bool *closer)
{
    struct range *other = &ends[limit->column * run->standard->facts.count + limit->other], own;
    const struct field *field = limited_field(run, limit), *other_field = field_of(run, limit->other);
    struct range *whole =
        limit->cell < 0 ? &ends[limit->column * run->standard->facts.count + limit->slot] : NULL;
    if (!limits_numbers(&run->facts[limit->column][limit->other]) || !held(run, limit, &own))
        return true;
    if (whole)
        own = *whole;
    struct range before = *other, back = in_unit(own, field, other_field),
                 there = in_unit(before, other_field, field);
    if (limit->low) {
        other->high = cut_min(other->high, back.high);
        own.low = cut_max(own.low, there.low);
    } else {
        other->low = cut_max(other->low, back.low);
        own.high = cut_min(own.high, there.high);
    }
    *closer |= cut_compare(before.low, other->low) != 0 || cut_compare(before.high, other->high) != 0;
    if (!whole)
        return cut_compare(other->low, other->high) <= 0;
    *closer |= cut_compare(own.low, whole->low) != 0 || cut_compare(own.high, whole->high) != 0;
    *whole = own;
    return cut_compare(own.low, own.high) <= 0 && cut_compare(other->low, other->high) <= 0;
}

/* A fact may stand between two others that have no room for it. */
bool hole_possible(const struct holes *holes, const struct run *run)
{
    size_t facts = run->standard->facts.count;
    for (size_t i = 0; i < holes->limits.count; i++) {
        const struct fact_limit *limit = &holes->limits.items[i];
        const struct value *values = run->facts[limit->column];
        holes->ends[limit->column * facts + limit->slot] = values[limit->slot].range;
        holes->ends[limit->column * facts + limit->other] = values[limit->other].range;
    }
    bool closer = holes->limits.count > 0;
    for (int round = 0; closer && round < NARROW_ROUNDS; round++) {
        closer = false;
        for (size_t i = 0; i < holes->limits.count; i++)
            if (!bring_closer(run, &holes->limits.items[i], holes->ends, &closer))
                return false;
    }
    return true;
}
