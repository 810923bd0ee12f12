/* Sums, differences and multiples of forms are forms; of two that are compared, their difference tells
 * which is the lesser one. */
#include "eval/linear.h"
#include "base/mem.h"
#include "eval/linear_bag.h"

const struct form *linear_form(const struct run *run, size_t context, const struct ir_node *node)
{
    return &run->linear->forms[context][node->id];
}

/* ---- arithmetic */

struct form linear_loose(const struct linear *linear, struct range rest)
{
    struct form form = {.is = true, .rest = rest};
    for (size_t i = 0; i < linear->count; i++)
        form.slopes[i] = num_int(0);
    return form;
}

static struct form constant(const struct linear *linear, struct num at)
{
    return linear_loose(linear, range_point(at));
}

bool linear_is_exact(const struct form *form)
{
    return form->is && range_is_point(form->rest);
}

static struct form none(void)
{
    return (struct form){.is = false};
}

struct form linear_sum(const struct linear *linear, const struct form *a, const struct form *b,
                       struct num factor)
{
    if (!a->is || !b->is)
        return none();
    struct form form = {.is = true, .rest = a->rest};
    form.rest = range_add(form.rest, range_mul(b->rest, range_point(factor)));
    bool valid = num_valid(form.rest.low.at) && num_valid(form.rest.high.at);
    for (size_t i = 0; i < linear->count; i++) {
        form.slopes[i] = num_add(a->slopes[i], num_mul(factor, b->slopes[i]));
        valid &= num_valid(form.slopes[i]);
    }
    *linear->effort += 2 * linear->count;
    return valid ? form : none();
}

struct form linear_less(const struct linear *linear, const struct form *a, const struct form *b)
{
    return linear_sum(linear, a, b, num_int(-1));
}

struct form linear_times(const struct linear *linear, const struct form *a, struct num factor)
{
    if (!a->is)
        return none();
    struct form form = {.is = true, .rest = range_mul(a->rest, range_point(factor))};
    bool valid = num_valid(form.rest.low.at) && num_valid(form.rest.high.at);
    for (size_t i = 0; i < linear->count; i++) {
        form.slopes[i] = num_mul(a->slopes[i], factor);
        valid &= num_valid(form.slopes[i]);
    }
    *linear->effort += 2 * linear->count;
    return valid ? form : none();
}

/* ---- lines */

/* How many times as steep `a` is as `b`, whose lines run alongside; 0: they do not. */
static struct num times_as_steep(const struct linear *linear, const struct form *a, const struct form *b)
{
    struct num times = num_int(0);
    for (size_t i = 0; i < linear->count; i++) {
        if (num_sign(a->slopes[i]) != num_sign(b->slopes[i]))
            return num_int(0);
        if (!num_sign(a->slopes[i]))
            continue;
        struct num here = num_div(a->slopes[i], b->slopes[i]);
        if (num_sign(times) && !num_equal(here, times))
            return num_int(0);
        times = here;
    }
    return times;
}

/* Of two lines that run alongside the one further in leaves nothing to the other. */
void linear_add_line(const struct linear *linear, struct lines *lines, struct linear_line line)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct linear_line *old = &lines->items[i];
        struct num times = times_as_steep(linear, &old->form, &line.form);
        if (num_sign(times) <= 0 || !linear_is_exact(&old->form))
            continue;
        int order = num_compare(num_mul(line.form.rest.low.at, times), old->form.rest.low.at);
        if (order < 0 || (order == 0 && line.above))
            *old = line;
        return;
    }
    lines->items[lines->count++] = line;
}

/* ---- what a form can be */

static struct range range_of_chosen(const struct linear *linear, size_t i)
{
    return linear->holes->list.items[linear->chosen[i]].now.range;
}

static struct range range_in_box(const struct linear *linear, const struct form *form)
{
    struct range range = form->rest;
    for (size_t i = 0; i < linear->count; i++)
        if (num_sign(form->slopes[i]))
            range = range_add(range, range_mul(range_of_chosen(linear, i), range_point(form->slopes[i])));
    *linear->effort += 2 * linear->count;
    return range;
}

/* A form and what it is at the most. */
struct top {
    struct form form;
    struct cut high;
    bool above; /* than what it was made from: `high` is not reached */
};

/* What the form and `factor` > 0 times that of a line are at the most. */
static struct cut high_with(const struct linear *linear, const struct top *top,
                            const struct linear_line *line, struct num factor)
{
    struct cut high = range_high_with(top->form.rest.high, line->form.rest, factor);
    for (size_t i = 0; i < linear->count && !high.infinite; i++) {
        struct num slope = num_add(top->form.slopes[i], num_mul(factor, line->form.slopes[i]));
        if (!num_valid(slope))
            return cut_above_all();
        if (num_sign(slope))
            high = range_high_with(high, range_of_chosen(linear, i), slope);
    }
    *linear->effort += 2 * linear->count;
    if ((top->above || line->above) && !high.infinite && !high.side)
        high.side = -1;
    return high;
}

/* What is added here is never below 0, so that the sum is no lower: best where one hole falls out of it. */
static bool raise(const struct linear *linear, struct top *top, const struct linear_line *line)
{
    struct num best = num_int(0);
    for (size_t i = 0; i < linear->count; i++) {
        if (num_sign(top->form.slopes[i]) * num_sign(line->form.slopes[i]) >= 0)
            continue;
        struct num factor = num_neg(num_div(top->form.slopes[i], line->form.slopes[i]));
        struct cut high = high_with(linear, top, line, factor);
        if (!num_valid(high.at) || cut_compare(high, top->high) >= 0)
            continue;
        top->high = high;
        best = factor;
    }
    if (!num_sign(best))
        return false;
    top->form = linear_sum(linear, &top->form, &line->form, best);
    top->above |= line->above;
    return top->form.is;
}

static struct cut high_end(const struct linear *linear, const struct form *form)
{
    struct top top = {*form, range_in_box(linear, form).high, false};
    bool raised = true;
    for (int round = 0; round < 2 && raised; round++) {
        raised = false;
        for (size_t i = 0; i < linear->lines->count && top.form.is; i++)
            raised |= raise(linear, &top, &linear->lines->items[i]);
    }
    return top.high;
}

struct range linear_range(const struct linear *linear, const struct form *form)
{
    struct range range = range_in_box(linear, form);
    if (!linear->lines || range_is_point(range))
        return range;
    struct form turned = linear_times(linear, form, num_int(-1));
    range.high = high_end(linear, form);
    if (turned.is)
        range.low = range_neg((struct range){range.low, high_end(linear, &turned), false}).low;
    return range_of(range.low, range.high, range.whole);
}

static bool same(const struct linear *linear, const struct form *a, const struct form *b)
{
    if (!a->is || !b->is)
        return a->is == b->is;
    bool equal = range_equal(a->rest, b->rest);
    for (size_t i = 0; i < linear->count && equal; i++)
        equal = num_equal(a->slopes[i], b->slopes[i]);
    return equal;
}

/* ---- setting up */

/* What no hole reaches is never worked out again. */
static void note_fixed(const struct linear *linear, const struct run *run, size_t context)
{
    for (size_t i = 0; i < run->nodes; i++) {
        const struct value *value = &run->values[context][i];
        if (value_is_point(value))
            linear->forms[context][i] = constant(linear, value_point(value));
    }
}

struct linear *linear_new(struct run *run, const struct holes *holes, const size_t *chosen_holes,
                          size_t count)
{
    struct linear *linear = MEM_NEW(struct linear);
    *linear = (struct linear){.effort = &run->effort, .holes = holes, .count = count};
    run->effort += run->contexts * run->nodes;
    for (size_t i = 0; i < count; i++)
        linear->chosen[i] = chosen_holes[i];
    linear->forms = MEM_ARRAY(struct form *, run->contexts);
    linear->bags = MEM_ARRAY(struct bag_form *, run->contexts);
    for (size_t c = 0; c < run->contexts; c++) {
        bool own = run->first[c] == c;
        linear->forms[c] = own ? MEM_ARRAY(struct form, run->nodes) : linear->forms[run->first[c]];
        linear->bags[c] = own ? MEM_ARRAY(struct bag_form, run->nodes) : linear->bags[run->first[c]];
        if (own)
            note_fixed(linear, run, c);
    }
    return linear;
}

/* ---- the form of a node */

struct reader {
    const struct run *run;
    const struct linear *linear;
    size_t context;
    const struct ir_node *node;
};

static const struct form *of_arg(const struct reader *reader, size_t i)
{
    return linear_form(reader->run, reader->context, reader->node->args[i]);
}

static const struct value *arg_value(const struct reader *reader, size_t i)
{
    return &reader->run->values[reader->context][reader->node->args[i]->id];
}

/* What a node reads of what the unit says. */
struct input {
    enum hole_kind kind;
    enum hole_part part;
    size_t slot, place;
};

static bool fills(const struct reader *reader, const struct hole *hole, struct input input)
{
    size_t column = input.kind == HOLE_COHORT ? reader->context : run_column(reader->run, reader->context);
    bool same = hole->kind == input.kind && hole->part == input.part && hole->slot == input.slot;
    return same && hole->place == input.place && (input.kind == HOLE_SETTING || hole->columns[column]);
}

static struct form of_input(const struct reader *reader, struct input input)
{
    for (size_t i = 0; i < reader->linear->count; i++)
        if (fills(reader, &reader->linear->holes->list.items[reader->linear->chosen[i]], input)) {
            struct form form = constant(reader->linear, num_int(0));
            form.slopes[i] = num_int(1);
            return form;
        }
    return none();
}

static struct form of_hole(const struct reader *reader, enum hole_kind kind)
{
    return of_input(reader, (struct input){.kind = kind, .slot = (size_t)reader->node->index});
}

/* The cell of the row at hand. */
static struct form of_cell(const struct reader *reader)
{
    const struct ir_node *node = reader->node, *rows = node->block->sequence;
    const struct value *all = &reader->run->values[reader->context][rows->id];
    const struct value *position = &reader->run->frames[node->block->id].position;
    int64_t row;
    if (rows->op != IR_FACT || all->kind != VALUE_SEQUENCE || !value_is_point(position) ||
        !num_to_int(value_point(position), &row))
        return none();
    size_t place = (size_t)(row - 1) * all->sequence->width + (size_t)node->index;
    return of_input(reader, (struct input){HOLE_FACT, HOLE_CELL, (size_t)rows->index, place});
}

static bool is_constant(const struct linear *linear, const struct form *form)
{
    for (size_t i = 0; i < linear->count && form->is; i++)
        if (num_sign(form->slopes[i]))
            return false;
    return linear_is_exact(form);
}

/* Dates are whole days: what is added to one counts as far as that. */
static struct form added(const struct reader *reader, int sign)
{
    struct form form = linear_sum(reader->linear, of_arg(reader, 0), of_arg(reader, 1), num_int(sign));
    bool whole = arg_value(reader, 0)->range.whole && arg_value(reader, 1)->range.whole;
    if (form.is && reader->node->type.kind == TYPE_DATE && !whole)
        form.rest = range_add(form.rest, range_between(num_int(-1), num_int(0)));
    return form;
}

static struct form product(const struct reader *reader)
{
    const struct form *a = of_arg(reader, 0), *b = of_arg(reader, 1);
    if (is_constant(reader->linear, a))
        return linear_times(reader->linear, b, a->rest.low.at);
    return is_constant(reader->linear, b) ? linear_times(reader->linear, a, b->rest.low.at) : none();
}

static struct form quotient(const struct reader *reader)
{
    const struct form *by = of_arg(reader, 1);
    if (!is_constant(reader->linear, by) || !num_sign(by->rest.low.at))
        return none();
    return linear_times(reader->linear, of_arg(reader, 0), num_div(num_int(1), by->rest.low.at));
}

/* a − b, where both are forms. */
static bool difference(const struct reader *reader, struct range *range)
{
    struct form form = linear_less(reader->linear, of_arg(reader, 0), of_arg(reader, 1));
    if (form.is)
        *range = linear_range(reader->linear, &form);
    return form.is;
}

static struct form lesser(const struct reader *reader, size_t first)
{
    struct range range, zero = range_point(num_int(0));
    if (!difference(reader, &range))
        return none();
    if (range_less_equal(range, zero) == TRUTH_YES)
        return *of_arg(reader, first);
    return range_less_equal(zero, range) == TRUTH_YES ? *of_arg(reader, 1 - first) : none();
}

static struct form absolute(const struct reader *reader)
{
    const struct range *range = &arg_value(reader, 0)->range;
    struct range zero = range_point(num_int(0));
    if (range_less_equal(zero, *range) == TRUTH_YES)
        return *of_arg(reader, 0);
    if (range_less_equal(*range, zero) == TRUTH_YES)
        return linear_times(reader->linear, of_arg(reader, 0), num_int(-1));
    return none();
}

/* ---- rounding */

static struct num remainder_of(struct num a, struct num by)
{
    return num_sub(a, num_round(a, by, NUM_DOWN));
}

/* The numbers that a form comes to lie in steps of this and of the rounding apart; 0: they may lie
 * anywhere. */
static struct num spacing(const struct linear *linear, const struct form *form, struct num step)
{
    for (size_t i = 0; i < linear->count; i++) {
        struct num slope = num_abs(form->slopes[i]);
        bool whole = linear->holes->list.items[linear->chosen[i]].now.range.whole;
        if (num_sign(slope) && !whole)
            return num_int(0);
        while (num_sign(slope)) {
            struct num rest = remainder_of(step, slope);
            step = slope;
            slope = rest;
        }
    }
    return linear_is_exact(form) && num_valid(step) ? step : num_int(0);
}

/* How far rounding takes the numbers of a form: all of them leave the same remainder by their spacing. */
static struct range shift_of(const struct linear *linear, const struct form *form, const struct ir_node *node)
{
    struct num step = node->step, half = num_div(step, num_int(2)), every = spacing(linear, form, step);
    bool halves = node->rounding == NUM_HALF_UP || node->rounding == NUM_HALF_EVEN;
    struct num from = halves ? num_add(form->rest.low.at, half) : form->rest.low.at;
    struct num left = num_sign(every) ? remainder_of(from, every) : num_int(0);
    struct range down = range_between(num_sub(num_sub(every, step), left), num_neg(left));
    switch (node->rounding) {
    case NUM_DOWN: return down;
    case NUM_UP:
        return num_sign(left) ? range_add(down, range_point(step))
                              : range_between(num_int(0), num_sub(step, every));
    case NUM_HALF_EVEN:
        if (!num_sign(left))
            break;
        return range_add(down, range_point(half));
    case NUM_HALF_UP: return range_add(down, range_point(half));
    }
    return range_between(num_neg(half), half);
}

/* Whole numbers rounded to steps that divide 1 stay as they are. */
static struct form rounded(const struct reader *reader)
{
    struct form form = *of_arg(reader, 0);
    bool stays = arg_value(reader, 0)->range.whole && num_is_int(num_div(num_int(1), reader->node->step));
    if (form.is && !stays)
        form.rest = range_add(form.rest, shift_of(reader->linear, &form, reader->node));
    return form;
}

/* ---- the other operations */

static struct form chosen(const struct reader *reader)
{
    const struct value *when = arg_value(reader, 0);
    if (value_is_yes(when))
        return *of_arg(reader, 1);
    return value_is_no(when) ? *of_arg(reader, 2) : none();
}

static struct form mixed(const struct reader *reader)
{
    const struct run *run = reader->run;
    unsigned id = reader->node->args[0]->id;
    struct num weights = num_int(0);
    struct form form = constant(reader->linear, num_int(0));
    if (!run_is_mix(run, reader->context))
        return *of_arg(reader, 0);
    for (size_t i = 0; i < run->columns; i++) {
        struct num weight = run->standard->columns.items[i].weight;
        const struct value *value = &run->values[i][id];
        if (value->nothing_else || !num_sign(weight))
            continue;
        if (value->na || value->fault)
            return none();
        form = linear_sum(reader->linear, &form, &reader->linear->forms[i][id], weight);
        weights = num_add(weights, weight);
    }
    return num_sign(weights) ? linear_times(reader->linear, &form, num_div(num_int(1), weights)) : none();
}

static const struct bag_form *bag_of(const struct reader *reader)
{
    return linear_bag(reader->run, reader->context, reader->node->args[0]);
}

static struct form form_of(const struct reader *reader)
{
    const struct linear *linear = reader->linear;
    switch ((int)reader->node->op) {
    case IR_FACT: return of_hole(reader, HOLE_FACT);
    case IR_SETTING: return of_hole(reader, HOLE_SETTING);
    case IR_JUDGED: return of_hole(reader, HOLE_SCORE);
    case IR_COHORT: return of_hole(reader, HOLE_COHORT);
    case IR_ELEMENT: return of_cell(reader);
    case IR_ADD: return added(reader, 1);
    case IR_SUB: return added(reader, -1);
    case IR_MUL: return product(reader);
    case IR_DIV: return quotient(reader);
    case IR_MIN: return lesser(reader, 0);
    case IR_MAX: return lesser(reader, 1);
    case IR_ABS: return absolute(reader);
    case IR_ROUND: return rounded(reader);
    case IR_IF: return chosen(reader);
    case IR_NA_AS: return *of_arg(reader, arg_value(reader, 0)->nothing_else ? 1 : 0);
    case IR_MIX: return mixed(reader);
    case IR_SUM: return linear_total(linear, bag_of(reader));
    case IR_MEAN: return linear_mean(linear, bag_of(reader));
    case IR_HIGHEST: return linear_extreme(linear, bag_of(reader), 1);
    case IR_LOWEST: return linear_extreme(linear, bag_of(reader), -1);
    }
    return none();
}

/* ---- what a form says of a value */

static void compare(const struct reader *reader, struct value *value)
{
    struct range range, zero = range_point(num_int(0));
    if (value->na || value->truth != TRUTH_UNKNOWN || !difference(reader, &range))
        return;
    unsigned truth = TRUTH_UNKNOWN;
    switch ((int)reader->node->op) {
    case IR_LESS: truth = range_less(range, zero); break;
    case IR_LESS_EQUAL: truth = range_less_equal(range, zero); break;
    case IR_EQUAL: truth = range_same(range, zero); break;
    }
    if (truth && !range_is_empty(range))
        value->truth = truth;
}

static void narrow(const struct linear *linear, const struct form *form, struct value *value)
{
    struct range meet = range_meet(value->range, linear_range(linear, form));
    if (!range_is_empty(meet))
        value->range = meet;
}

bool linear_note(struct run *run, size_t context, const struct ir_node *node, struct value *value)
{
    struct linear *linear = run->linear;
    struct reader reader = {run, linear, context, node};
    struct form *place = &linear->forms[context][node->id], now = none();
    if (node->op == IR_BAG || node->op == IR_BAG_OF || node->op == IR_DROP || node->op == IR_BEST_PER)
        linear_note_bag(run, context, node, value);
    if (value->kind == VALUE_TRUTH && node->arg_count == 2)
        compare(&reader, value);
    if (value->kind == VALUE_NUMBER && !value->na) {
        now = value_is_point(value) ? constant(linear, value_point(value)) : form_of(&reader);
        now = now.is ? now : linear_loose(linear, value->range);
    }
    if (now.is && !value_is_point(value))
        narrow(linear, &now, value);
    bool moved = !same(linear, place, &now);
    *place = now;
    return moved;
}
