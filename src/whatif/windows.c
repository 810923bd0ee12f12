/* Three proofs that nothing does. The ends may leave nothing between them (at least 70 and less than 61). Nothing that the number comes to may lie between them (43.8 where
 * all points are halves). And in two worlds, of what nobody can move, the number may differ by more than lies between them, wherever all else
 * stands: then it cannot do in both. Where one open
 * fact makes such worlds, it has to move. */
#include "whatif/windows.h"
#include "base/mem.h"
#include "whatif/effects.h"
#include "whatif/grid.h"

struct window {
    const struct ir_node *node, *less; /* the one number less the other; NULL: the one alone */
    struct range between;
};

struct windows {
    struct levers *levers;
    struct effects *apart;
    VEC(struct window) list;
    bool shut;
    bool compare; /* two worlds can be */
};

/* ---- gathering */

static bool is_number(const struct windows *windows, const struct ir_node *node)
{
    const struct value *value = levers_value(windows->levers, node);
    return value->kind == VALUE_NUMBER && !value->na && !value->nothing_else && !value->fault;
}

static void add(struct windows *windows, const struct ir_node *node, const struct ir_node *less,
                struct range between)
{
    for (size_t i = 0; i < windows->list.count; i++) {
        struct window *window = &windows->list.items[i];
        if (window->node == node && window->less == less) {
            window->between = range_meet(window->between, between);
            return;
        }
    }
    struct window window = {node, less, between};
    vec_push(&windows->list, window);
}

/* `a` less `b` is to lie in a range. */
static void keep_within(struct windows *windows, const struct ir_node *a, const struct ir_node *b,
                        struct range between)
{
    if (!is_number(windows, a) || !is_number(windows, b))
        return;
    if (ir_is_const(b))
        add(windows, a, NULL, range_add(between, range_point(value_point(&b->bounds))));
    else if (ir_is_const(a))
        add(windows, b, NULL, range_sub(range_point(value_point(&a->bounds)), between));
    else
        add(windows, a, b, between);
}

static void compared(struct windows *windows, const struct ir_node *node, bool yes)
{
    struct cut nothing = cut_at(num_int(0), 0), none = cut_infinite(-1), any = cut_infinite(1);
    struct range between = range_point(num_int(0));
    if (node->op == IR_EQUAL && !yes)
        return;
    if (node->op != IR_EQUAL && yes)
        between = range_of(none, node->op == IR_LESS ? cut_below(num_int(0)) : nothing, false);
    else if (node->op != IR_EQUAL)
        between = range_of(node->op == IR_LESS ? nothing : cut_above(num_int(0)), any, false);
    keep_within(windows, node->args[0], node->args[1], between);
}

/* Whatever else holds, this must: `node` is to be yes, or no. Of what may be n/a nothing is said: it might not decide. */
static void gather(struct windows *windows, const struct ir_node *node, bool yes)
{
    switch ((int)node->op) {
    case IR_NOT: gather(windows, node->args[0], !yes); break;
    case IR_NA_AS: /* else no; so only the first can be yes */
        if (yes && value_is_no(levers_value(windows->levers, node->args[1])))
            gather(windows, node->args[0], yes);
        break;
    case IR_AND:
    case IR_OR:
        for (size_t i = 0; i < node->arg_count && yes == (node->op == IR_AND); i++)
            gather(windows, node->args[i], yes);
        break;
    case IR_LESS:
    case IR_LESS_EQUAL:
    case IR_EQUAL: compared(windows, node, yes); break;
    }
}

/* ---- proofs */

static struct range range_of_it(const struct windows *windows, const struct window *window)
{
    struct range range = levers_value(windows->levers, window->node)->range;
    if (window->less)
        range = range_sub(range, levers_value(windows->levers, window->less)->range);
    range.whole = false;
    return range;
}

static struct grid_of grid_of_it(const struct windows *windows, const struct window *window)
{
    struct grid_of grid = grid_find(windows->levers, window->node);
    return window->less ? grid_minus(grid, grid_find(windows->levers, window->less)) : grid;
}

static bool has_nothing_between(const struct windows *windows, const struct window *window)
{
    return !grid_meets(grid_of_it(windows, window),
                       range_meet(window->between, range_of_it(windows, window)));
}

static bool differs_too_much(const struct effects *apart, const struct window *window)
{
    struct effect change = effects_apart(apart, window->node);
    struct effect less = {.by = range_point(num_int(0))};
    if (window->less)
        less = effects_apart(apart, window->less);
    if (change.wild || less.wild)
        return false;
    struct range room = range_sub(window->between, window->between);
    return range_is_empty(range_meet(range_sub(change.by, less.by), room));
}

static bool some_differs_too_much(const struct windows *windows)
{
    for (size_t i = 0; i < windows->list.count; i++)
        if (differs_too_much(windows->apart, &windows->list.items[i]))
            return true;
    return false;
}

/* Where a limit or a fault hangs on what differs, levers that stand alike may be possible in one of the worlds only. */
static bool can_differ(const struct levers *levers, size_t hole)
{
    return !set_has(levers->search->bound, hole);
}

static bool fixed_can_differ(const struct levers *levers, size_t world, size_t other)
{
    const struct value *one = levers->worlds.items[world], *two = levers->worlds.items[other];
    bool differ = false;
    for (size_t i = 0; i < levers->fixed.count; i++) {
        size_t hole = levers->fixed.items[i];
        if (value_equal(&one[hole], &two[hole]))
            continue;
        if (!can_differ(levers, hole))
            return false;
        differ = true;
    }
    return differ;
}

/* ---- asked */

const struct windows *windows_find(struct levers *levers, const struct aim *aim)
{
    struct windows *windows = MEM_NEW(struct windows);
    *windows = (struct windows){.levers = levers, .apart = effects_apart_begin(levers)};
    if (aim->holds || !levers_value(levers, aim->goal)->na)
        gather(windows, aim->goal, aim->holds);
    for (size_t i = 0; i < windows->list.count; i++)
        windows->shut |= has_nothing_between(windows, &windows->list.items[i]);
    windows->compare = windows->list.count > 0 && !run_is_mix(levers->search->run, levers->context) &&
                       !levers->call->narrowing_count;
    if (windows->compare && levers->worlds.count > 1 && fixed_can_differ(levers, 0, 1)) {
        effects_apart_worlds(windows->apart, 0, 1);
        windows->shut |= some_differs_too_much(windows);
    }
    return windows;
}

bool windows_shut(const struct windows *windows)
{
    return windows->shut;
}

/* The first and the last that it can be. */
static bool find_ends(const struct hole *hole, struct value *low, struct value *high)
{
    bool found = false;
    for (size_t i = 0; i < cells_points(hole); i++) {
        const struct value *point = &hole->points[i];
        if (point->nothing_else || !value_is_single(point))
            continue;
        if (!found)
            *low = *point;
        *high = *point;
        found = true;
    }
    return found;
}

bool windows_need(const struct windows *windows, size_t lever)
{
    struct levers *levers = windows->levers;
    const struct lever *at = &levers->list.items[lever];
    struct value low, high;
    if (!windows->compare || !at->open || at->others.count || !can_differ(levers, at->hole) ||
        !find_ends(lever_hole(levers, lever), &low, &high))
        return false;
    effects_apart_lever(windows->apart, lever, low, high);
    return some_differs_too_much(windows);
}
