/* Sums, differences and multiples of forms are forms; of two that are compared, their difference tells which is the lesser one. */
#include "eval/linear.h"
#include "base/mem.h"

const struct form *linear_form(const struct run *run, size_t context, const struct ir_node *node)
{
    return &run->linear->forms[context][node->id];
}

/* ---- arithmetic */

static struct form loose(const struct linear *linear, struct range rest)
{
    struct form form = {.is = true, .rest = rest};
    for (size_t i = 0; i < linear->count; i++)
        form.slopes[i] = num_int(0);
    return form;
}

static struct form constant(const struct linear *linear, struct num at)
{
    return loose(linear, range_point(at));
}

bool linear_is_exact(const struct form *form)
{
    return form->is && range_is_point(form->rest);
}

static struct form none(void)
{
    return (struct form){.is = false};
}

/* a + factor × b */
static struct form sum(const struct linear *linear, const struct form *a, const struct form *b, struct num factor)
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
    return valid ? form : none();
}

struct form linear_less(const struct linear *linear, const struct form *a, const struct form *b)
{
    return sum(linear, a, b, num_int(-1));
}

static struct form times(const struct linear *linear, const struct form *a, struct num factor)
{
    struct form zero = constant(linear, num_int(0));
    return sum(linear, &zero, a, factor);
}

struct range linear_range(const struct linear *linear, const struct form *form)
{
    struct range range = form->rest;
    for (size_t i = 0; i < linear->count; i++) {
        const struct value *now = &linear->holes->list.items[linear->chosen[i]].now;
        if (num_sign(form->slopes[i]))
            range = range_add(range, range_mul(now->range, range_point(form->slopes[i])));
    }
    return range;
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

struct linear *linear_new(const struct run *run, const struct holes *holes, const size_t *chosen_holes, size_t count)
{
    struct linear *linear = MEM_NEW(struct linear);
    *linear = (struct linear){.holes = holes, .count = count};
    for (size_t i = 0; i < count; i++)
        linear->chosen[i] = chosen_holes[i];
    linear->forms = MEM_ARRAY(struct form *, run->contexts);
    for (size_t c = 0; c < run->contexts; c++) {
        bool own = run->first[c] == c;
        linear->forms[c] = own ? MEM_ARRAY(struct form, run->nodes) : linear->forms[run->first[c]];
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

static bool fills(const struct reader *reader, const struct hole *hole, enum hole_kind kind)
{
    size_t column = kind == HOLE_COHORT ? reader->context : run_column(reader->run, reader->context);
    return hole->kind == kind && hole->part == HOLE_WHOLE && hole->slot == (size_t)reader->node->index &&
           (kind == HOLE_SETTING || hole->columns[column]);
}

static struct form of_hole(const struct reader *reader, enum hole_kind kind)
{
    for (size_t i = 0; i < reader->linear->count; i++)
        if (fills(reader, &reader->linear->holes->list.items[reader->linear->chosen[i]], kind)) {
            struct form form = constant(reader->linear, num_int(0));
            form.slopes[i] = num_int(1);
            return form;
        }
    return none();
}

static bool is_constant(const struct linear *linear, const struct form *form)
{
    for (size_t i = 0; i < linear->count && form->is; i++)
        if (num_sign(form->slopes[i]))
            return false;
    return linear_is_exact(form);
}

static struct form product(const struct reader *reader)
{
    const struct form *a = of_arg(reader, 0), *b = of_arg(reader, 1);
    if (is_constant(reader->linear, a))
        return times(reader->linear, b, a->rest.low.at);
    return is_constant(reader->linear, b) ? times(reader->linear, a, b->rest.low.at) : none();
}

static struct form quotient(const struct reader *reader)
{
    const struct form *by = of_arg(reader, 1);
    if (!is_constant(reader->linear, by) || !num_sign(by->rest.low.at))
        return none();
    return times(reader->linear, of_arg(reader, 0), num_div(num_int(1), by->rest.low.at));
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
    return range_less_equal(*range, zero) == TRUTH_YES ? times(reader->linear, of_arg(reader, 0), num_int(-1))
                                                       : none();
}

/* How far rounding takes a number. */
static struct range shift_of(const struct ir_node *node)
{
    struct num zero = num_int(0), half = num_div(node->step, num_int(2));
    switch (node->rounding) {
    case NUM_UP: return range_between(zero, node->step);
    case NUM_DOWN: return range_between(num_neg(node->step), zero);
    case NUM_HALF_UP:
    case NUM_HALF_EVEN: break;
    }
    return range_between(num_neg(half), half);
}

/* Whole numbers rounded to steps that divide 1 stay as they are. */
static struct form rounded(const struct reader *reader)
{
    struct form form = *of_arg(reader, 0);
    bool stays = arg_value(reader, 0)->range.whole && num_is_int(num_div(num_int(1), reader->node->step));
    if (form.is && !stays)
        form.rest = range_add(form.rest, shift_of(reader->node));
    return form;
}

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
        form = sum(reader->linear, &form, &reader->linear->forms[i][id], weight);
        weights = num_add(weights, weight);
    }
    return num_sign(weights) ? times(reader->linear, &form, num_div(num_int(1), weights)) : none();
}

/* Of a row's or bag's values, which are there for sure, the one that beats each other one. */
static struct form extreme(const struct reader *reader, bool highest)
{
    const struct ir_node *bag = reader->node->args[0];
    const struct form *best = NULL;
    struct range zero = range_point(num_int(0));
    if (bag->op != IR_BAG)
        return none();
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < bag->arg_count; i += 2) {
            const struct value *there = &reader->run->values[reader->context][bag->args[i]->id];
            const struct form *one = linear_form(reader->run, reader->context, bag->args[i + 1]);
            if (value_is_no(there))
                continue;
            if (!value_is_yes(there) || !one->is)
                return none();
            const struct form *most = highest ? one : best, *least = highest ? best : one;
            struct form lead = best ? linear_less(reader->linear, most, least) : *one;
            if (!lead.is)
                return none();
            bool behind = best && range_less_equal(linear_range(reader->linear, &lead), zero) == TRUTH_YES;
            if (!behind && round)
                return none();
            best = behind ? best : one;
        }
    return best ? *best : none();
}

static struct form form_of(const struct reader *reader)
{
    const struct linear *linear = reader->linear;
    switch ((int)reader->node->op) {
    case IR_FACT: return of_hole(reader, HOLE_FACT);
    case IR_SETTING: return of_hole(reader, HOLE_SETTING);
    case IR_JUDGED: return of_hole(reader, HOLE_SCORE);
    case IR_COHORT: return of_hole(reader, HOLE_COHORT);
    case IR_ADD: return sum(linear, of_arg(reader, 0), of_arg(reader, 1), num_int(1));
    case IR_SUB: return sum(linear, of_arg(reader, 0), of_arg(reader, 1), num_int(-1));
    case IR_MUL: return product(reader);
    case IR_DIV: return quotient(reader);
    case IR_MIN: return lesser(reader, 0);
    case IR_MAX: return lesser(reader, 1);
    case IR_ABS: return absolute(reader);
    case IR_ROUND: return rounded(reader);
    case IR_IF: return chosen(reader);
    case IR_NA_AS: return *of_arg(reader, arg_value(reader, 0)->nothing_else ? 1 : 0);
    case IR_MIX: return mixed(reader);
    case IR_HIGHEST: return extreme(reader, true);
    case IR_LOWEST: return extreme(reader, false);
    }
    return none();
}

/* ---- what a form says of a value */

static void compare(const struct reader *reader, struct value *value)
{
    struct range range, zero = range_point(num_int(0));
    if (value->na || value->truth != TRUTH_UNKNOWN || !difference(reader, &range))
        return;
    switch ((int)reader->node->op) {
    case IR_LESS: value->truth = range_less(range, zero); break;
    case IR_LESS_EQUAL: value->truth = range_less_equal(range, zero); break;
    case IR_EQUAL: value->truth = range_same(range, zero); break;
    }
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
    if (value->kind == VALUE_TRUTH && node->arg_count == 2)
        compare(&reader, value);
    if (value->kind == VALUE_NUMBER && !value->na) {
        now = value_is_point(value) ? constant(linear, value_point(value)) : form_of(&reader);
        now = now.is ? now : loose(linear, value->range);
    }
    if (now.is && !value_is_point(value))
        narrow(linear, &now, value);
    bool moved = !same(linear, place, &now);
    *place = now;
    return moved;
}
