#include "whatif/grid.h"
#include "base/mem.h"
#include "core/limits.h"

struct num grid_common(struct num a, struct num b)
{
    while (num_sign(b)) {
        struct num rest = num_sub(a, num_mul(num_floor(num_div(a, b)), b));
        a = b;
        b = rest;
    }
    return num_abs(a);
}

static struct grid_of steps(struct num step, struct num base)
{
    return (struct grid_of){num_valid(step) && num_valid(base), step, base};
}

static struct grid_of point(struct num at)
{
    return steps(num_int(0), at);
}

static const struct grid_of unknown = {.known = false};

static struct grid_of plus(struct grid_of a, struct grid_of b)
{
    if (!a.known || !b.known)
        return unknown;
    return steps(grid_common(a.step, b.step), num_add(a.base, b.base));
}

static struct grid_of times(struct grid_of a, struct num by)
{
    return a.known ? steps(num_abs(num_mul(a.step, by)), num_mul(a.base, by)) : unknown;
}

struct grid_of grid_minus(struct grid_of a, struct grid_of b)
{
    return plus(a, times(b, num_int(-1)));
}

static struct grid_of either(struct grid_of a, struct grid_of b)
{
    if (!a.known || !b.known)
        return unknown;
    return steps(grid_common(grid_common(a.step, b.step), num_sub(a.base, b.base)), a.base);
}

/* What was found is kept: a node is read in many places. */
struct finder {
    const struct levers *levers;
    struct grid_of *found; /* [node id] */
    bool *asked;
};

static struct grid_of find(struct finder *finder, const struct ir_node *node);

static struct grid_of of_arg(struct finder *finder, const struct ir_node *node, size_t arg)
{
    return find(finder, node->args[arg]);
}

static struct grid_of of_sum(struct finder *finder, const struct ir_node *bag)
{
    struct grid_of sum = point(num_int(0));
    if (bag->op != IR_BAG)
        return unknown;
    for (size_t i = 0; i + 1 < bag->arg_count; i += 2) {
        const struct value *there = levers_value(finder->levers, bag->args[i]);
        if (value_is_no(there))
            continue;
        struct grid_of row = find(finder, bag->args[i + 1]);
        sum = plus(sum, value_is_yes(there) ? row : either(row, point(num_int(0))));
    }
    return sum;
}

static struct grid_of of_choice(struct finder *finder, const struct ir_node *node)
{
    const struct value *when = levers_value(finder->levers, node->args[0]);
    if (!when->fault && (value_is_yes(when) || value_is_no(when)))
        return of_arg(finder, node, value_is_yes(when) ? 1 : 2);
    return either(of_arg(finder, node, 1), of_arg(finder, node, 2));
}

static struct grid_of scaled(struct finder *finder, const struct ir_node *node)
{
    const struct value *by = levers_value(finder->levers, node->args[1]);
    if (node->op == IR_MUL && value_is_point(levers_value(finder->levers, node->args[0])))
        return times(of_arg(finder, node, 1), value_point(levers_value(finder->levers, node->args[0])));
    if (!value_is_point(by) || num_sign(value_point(by)) == 0)
        return unknown;
    struct num factor = node->op == IR_MUL ? value_point(by) : num_div(num_int(1), value_point(by));
    return times(of_arg(finder, node, 0), factor);
}

static struct grid_of entered(const struct finder *finder, const struct ir_node *node)
{
    const struct limits *limits = &finder->levers->standard->judged.items[node->index]->limits;
    return limits->stepped && !limits->legal ? steps(limits->step, limits_base(limits)) : unknown;
}

static struct grid_of computed(struct finder *finder, const struct ir_node *node)
{
    switch ((int)node->op) {
    case IR_JUDGED: return entered(finder, node);
    case IR_ADD: return plus(of_arg(finder, node, 0), of_arg(finder, node, 1));
    case IR_SUB: return grid_minus(of_arg(finder, node, 0), of_arg(finder, node, 1));
    case IR_MUL:
    case IR_DIV: return scaled(finder, node);
    case IR_MIN:
    case IR_MAX:
    case IR_NA_AS: return either(of_arg(finder, node, 0), of_arg(finder, node, 1));
    case IR_IF: return of_choice(finder, node);
    case IR_ROUND: return steps(node->step, num_int(0));
    case IR_SUM: return of_sum(finder, node->args[0]);
    }
    return unknown;
}

static struct grid_of find(struct finder *finder, const struct ir_node *node)
{
    const struct value *value = levers_value(finder->levers, node);
    if (finder->asked[node->id])
        return finder->found[node->id];
    finder->asked[node->id] = true;
    bool number = value->kind == VALUE_NUMBER && !value->fault;
    struct grid_of grid = number ? computed(finder, node) : value_is_na(value) ? point(num_int(0)) : unknown;
    if (number && range_is_point(value->range))
        grid = point(value->range.low.at);
    else if (number && !grid.known && value->range.whole)
        grid = steps(num_int(1), num_int(0));
    return finder->found[node->id] = grid;
}

struct grid_of grid_find(const struct levers *levers, const struct ir_node *node)
{
    size_t nodes = levers->search->run->nodes;
    struct finder finder = {levers, MEM_ARRAY(struct grid_of, nodes + 1), mem_alloc_plain(nodes + 1)};
    return find(&finder, node);
}

bool grid_meets(struct grid_of grid, struct range range)
{
    if (range_is_empty(range))
        return false;
    if (!grid.known || range.low.infinite || range.high.infinite)
        return true;
    if (!num_sign(grid.step))
        return range_holds(range, grid.base);
    struct num first = num_ceil(num_div(num_sub(range.low.at, grid.base), grid.step));
    struct num at = num_add(grid.base, num_mul(first, grid.step));
    if (!num_valid(at))
        return true;
    return range_holds(range, at) || range_holds(range, num_add(at, grid.step));
}
