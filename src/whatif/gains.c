/* A condition that does not hold so far needs something below it to move: what, its form tells; how many levers, what they can add to the numbers
 * that it compares. */
#include "whatif/gains.h"
#include <stdlib.h>
#include "base/mem.h"
#include "whatif/cover.h"

struct gains {
    struct levers *levers;
    struct effects *effects;
    struct cover *cover;
    const struct gains_state *state; /* of the question at hand */
    size_t visits;
    bool alike; /* every lever costs the same */
};

enum { VISITS_MAX = 400 };

struct gains *gains_find(struct levers *levers, const struct gains *before)
{
    struct gains *gains = MEM_NEW(struct gains);
    gains->levers = levers;
    gains->alike = true;
    for (size_t i = 1; i < levers->list.count; i++)
        gains->alike &= num_equal(levers->list.items[i].cost, levers->list.items[0].cost);
    gains->effects = effects_find(levers);
    gains->cover = cover_new(levers, gains->effects, before ? before->cover : NULL);
    return gains;
}

struct cut gains_reach(const struct gains *gains, size_t lever, const struct ir_node *node)
{
    const struct effect *change = effects_of(gains->effects, lever, node);
    if (!change)
        return cut_at(num_int(0), 0);
    return change->wild ? cut_infinite(1) : change->by.high;
}

/* ---- the least that it costs */

enum target_kind { TARGET_YES, TARGET_NO, TARGET_AT_LEAST, TARGET_AT_MOST };

struct target {
    enum target_kind kind;
    struct num at;
    bool strict; /* the number itself is not enough */
};

/* A cost, or that nothing does. */
struct least {
    bool never;
    struct num cost;
};

static struct least costs(struct num cost)
{
    return (struct least){.cost = cost};
}

static const struct least impossible = {.never = true};

static struct least cheaper(struct least a, struct least b)
{
    if (a.never || b.never)
        return a.never ? b : a;
    return costs(num_min(a.cost, b.cost));
}

static struct least dearer(struct least a, struct least b)
{
    if (a.never || b.never)
        return impossible;
    return costs(num_max(a.cost, b.cost));
}

static bool may_still_move(const struct gains *gains, size_t lever)
{
    return !gains->state->taken[lever] && gains->state->place[lever] >= gains->state->first;
}

/* Something that the node reads must move. */
static struct least any_reader(const struct gains *gains, const struct ir_node *node)
{
    const struct search *search = gains->levers->search;
    const uint64_t *on = depend_on(search->depend, gains->levers->context, node);
    struct least least = impossible;
    if (!set_meets(on, gains->state->free, search->depend->words))
        return impossible;
    if (gains->alike)
        return costs(gains->levers->list.items[0].cost);
    for (size_t i = 0; i < gains->levers->list.count; i++) {
        const struct lever *lever = &gains->levers->list.items[i];
        if (may_still_move(gains, i) && lever_is_in(lever, on))
            least = cheaper(least, costs(lever->cost));
    }
    return least;
}

static struct least closing(struct gains *gains, const struct ir_node *up, const struct ir_node *down,
                            struct lack lack)
{
    struct num cost;
    return cover_least(gains->cover, up, down, lack, &cost) ? costs(cost) : impossible;
}

static struct least least_of(struct gains *gains, const struct ir_node *node, struct target target);

static const struct value *now_of(const struct gains *gains, const struct ir_node *node)
{
    return levers_value(gains->levers, node);
}

static bool can_be(const struct value *value, struct target target)
{
    if (value->fault || value->nothing_else)
        return false;
    switch (target.kind) {
    case TARGET_YES: return value->kind == VALUE_TRUTH && value->truth & TRUTH_YES;
    case TARGET_NO: return value->kind == VALUE_TRUTH && value->truth & TRUTH_NO;
    case TARGET_AT_LEAST:
        return value_has_range(value) &&
               cut_compare(value->range.high, cut_at(target.at, 0)) >= target.strict;
    case TARGET_AT_MOST:
        return value_has_range(value) && cut_compare(cut_at(target.at, 0), value->range.low) >= target.strict;
    }
    return true;
}

static struct target truth(bool yes)
{
    return (struct target){.kind = yes ? TARGET_YES : TARGET_NO};
}

/* What several needs cost together: those that no lever serves in common add up. */
struct share {
    uint64_t *levers; /* a set: that may serve it */
    struct num cost;
};

struct shares {
    struct share *items;
    size_t count;
    bool never; /* one of the needs nothing serves */
};

static uint64_t *serving(const struct gains *gains, struct ir_node *const *nodes, size_t count)
{
    const struct levers *levers = gains->levers;
    uint64_t *serving = mem_alloc_plain((levers->list.count / 64 + 1) * sizeof *serving);
    for (size_t n = 0; n < count; n++)
        for (size_t i = 0; i < levers->list.count; i++)
            if (may_still_move(gains, i) && levers_depends(levers, i, nodes[n]))
                set_add(serving, i);
    return serving;
}

/* Shares that meet the new one become one with it, which costs what they do together or what the new one does. */
static void add_share(struct shares *shares, struct share new, size_t words)
{
    struct num together = num_int(0);
    size_t kept = 0;
    for (size_t i = 0; i < shares->count; i++) {
        struct share *old = &shares->items[i];
        if (!set_meets(old->levers, new.levers, words)) {
            shares->items[kept++] = *old;
            continue;
        }
        together = num_add(together, old->cost);
        for (size_t k = 0; k < words; k++)
            new.levers[k] |= old->levers[k];
    }
    new.cost = num_max(new.cost, together);
    shares->items[kept++] = new;
    shares->count = kept;
}

/* What some nodes need. */
static void add_need(struct gains *gains, struct shares *shares, struct ir_node *const *nodes, size_t count,
                     struct least least)
{
    shares->never |= least.never;
    if (!least.never && num_sign(least.cost))
        add_share(shares, (struct share){serving(gains, nodes, count), least.cost},
                  gains->levers->list.count / 64 + 1);
}

static struct least sum_of(const struct shares *shares)
{
    struct num sum = num_int(0);
    if (shares->never)
        return impossible;
    for (size_t i = 0; i < shares->count; i++)
        sum = num_add(sum, shares->items[i].cost);
    return costs(sum);
}

static struct least of_all(struct gains *gains, const struct ir_node *node, struct target target)
{
    struct shares shares = {.items = MEM_ARRAY(struct share, node->arg_count)};
    for (size_t i = 0; i < node->arg_count && !shares.never; i++)
        add_need(gains, &shares, &node->args[i], 1, least_of(gains, node->args[i], target));
    return sum_of(&shares);
}

static struct least of_any(struct gains *gains, const struct ir_node *node, struct target target)
{
    struct least least = impossible;
    for (size_t i = 0; i < node->arg_count && (least.never || num_sign(least.cost)); i++)
        least = cheaper(least, least_of(gains, node->args[i], target));
    return least;
}

static int by_cost(const void *left, const void *right)
{
    const struct least *a = left, *b = right;
    if (a->never || b->never)
        return (int)a->never - (int)b->never;
    return num_compare(a->cost, b->cost);
}

/* The dearest of the cheapest that are enough. */
static struct least of_some(struct gains *gains, const struct ir_node *node, size_t enough)
{
    struct least *each = MEM_ARRAY(struct least, node->arg_count + 1);
    for (size_t i = 0; i < node->arg_count; i++)
        each[i] = least_of(gains, node->args[i], truth(true));
    if (enough == 0 || enough > node->arg_count)
        return enough == 0 ? costs(num_int(0)) : impossible;
    qsort(each, node->arg_count, sizeof *each, by_cost);
    return each[enough - 1];
}

/* A row stands against what is said of each of them, unless it is left out: absent, or n/a. */
static struct least of_row(struct gains *gains, struct ir_node *const *row, struct target target)
{
    struct least least = cheaper(least_of(gains, row[0], truth(false)), least_of(gains, row[1], target));
    for (size_t i = 0; i < 2; i++) {
        if (now_of(gains, row[i])->na)
            return costs(num_int(0));
        if (effects_open(gains->effects, row[i])->na)
            least = cheaper(least, any_reader(gains, row[i]));
    }
    return least;
}

/* Of rows that are written down one by one, in pairs of presence and value. */
static struct least of_every_row(struct gains *gains, const struct ir_node *bag, struct target target)
{
    struct shares shares = {.items = MEM_ARRAY(struct share, bag->arg_count)};
    for (size_t i = 0; i < bag->arg_count && !shares.never; i += 2)
        add_need(gains, &shares, &bag->args[i], 2, of_row(gains, &bag->args[i], target));
    return sum_of(&shares);
}

static struct least of_some_row(struct gains *gains, const struct ir_node *bag, struct target target)
{
    struct least least = impossible;
    for (size_t i = 0; i < bag->arg_count; i += 2)
        least = cheaper(least, dearer(least_of(gains, bag->args[i], truth(true)),
                                      least_of(gains, bag->args[i + 1], target)));
    return least;
}

static struct least of_rows(struct gains *gains, const struct ir_node *node, bool yes)
{
    const struct ir_node *bag = node->args[0];
    if (bag->op != IR_BAG)
        return costs(num_int(0));
    return yes == (node->op == IR_EVERY) ? of_every_row(gains, bag, truth(yes))
                                         : of_some_row(gains, bag, truth(yes));
}

static struct least of_branch(struct gains *gains, const struct ir_node *node, bool then,
                              struct target target)
{
    struct least least = least_of(gains, node->args[0], truth(then));
    return least.never ? least : dearer(least, least_of(gains, node->args[then ? 1 : 2], target));
}

/* Either branch, if its condition can be brought about. */
static struct least of_branches(struct gains *gains, const struct ir_node *node, struct target target)
{
    return cheaper(of_branch(gains, node, true, target), of_branch(gains, node, false, target));
}

/* a at most b, or less than it. */
static struct least of_order(struct gains *gains, const struct ir_node *a, const struct ir_node *b,
                             bool strict)
{
    const struct value *left = now_of(gains, a), *right = now_of(gains, b);
    struct least least = costs(num_int(0));
    if (!value_has_range(left) || !value_has_range(right))
        return least;
    struct cut missing = range_sub(left->range, right->range).low, nothing = cut_at(num_int(0), 0);
    bool lacking = cut_compare(missing, nothing) > -(int)strict && missing.infinite >= 0;
    bool just =
        !strict && !missing.infinite && num_sign(missing.at) == 0; /* less than any gain is counted at */
    if (lacking && !just && !ir_is_const(a) && !ir_is_const(b))
        least = closing(gains, b, a, (struct lack){missing.infinite > 0, missing.at, strict});
    if (ir_is_const(a))
        least = dearer(least,
                       least_of(gains, b, (struct target){TARGET_AT_LEAST, value_point(&a->bounds), strict}));
    if (ir_is_const(b))
        least = dearer(least,
                       least_of(gains, a, (struct target){TARGET_AT_MOST, value_point(&b->bounds), strict}));
    return least;
}

static struct least of_comparison(struct gains *gains, const struct ir_node *node, bool yes)
{
    const struct ir_node *a = node->args[0], *b = node->args[1];
    if (node->op == IR_EQUAL)
        return yes && value_has_range(&a->bounds) && value_has_range(&b->bounds)
                   ? dearer(of_order(gains, a, b, false), of_order(gains, b, a, false))
                   : costs(num_int(0));
    return yes ? of_order(gains, a, b, node->op == IR_LESS)
               : of_order(gains, b, a, node->op == IR_LESS_EQUAL);
}

static struct least of_truth(struct gains *gains, const struct ir_node *node, struct target target)
{
    bool yes = target.kind == TARGET_YES;
    switch ((int)node->op) {
    case IR_AND: return yes ? of_all(gains, node, target) : of_any(gains, node, target);
    case IR_OR: return yes ? of_any(gains, node, target) : of_all(gains, node, target);
    case IR_NOT: return least_of(gains, node->args[0], truth(!yes));
    case IR_AT_LEAST:
        if (yes)
            return of_some(gains, node, (size_t)node->index);
        break;
    case IR_IF: return of_branches(gains, node, target);
    case IR_NA_AS: return of_any(gains, node, target);
    case IR_EVERY:
    case IR_SOME: return of_rows(gains, node, yes);
    case IR_LESS:
    case IR_LESS_EQUAL:
    case IR_EQUAL: return of_comparison(gains, node, yes);
    }
    return costs(num_int(0));
}

/* What a number must at least be for its rounding to reach a target. */
static struct target before_rounding(const struct ir_node *node, struct target target)
{
    bool up = target.kind == TARGET_AT_LEAST,
         half = node->rounding == NUM_HALF_UP || node->rounding == NUM_HALF_EVEN;
    bool away = node->rounding == (up ? NUM_UP : NUM_DOWN);
    struct num on = num_round(target.at, node->step, up ? NUM_UP : NUM_DOWN);
    struct num slack = half ? num_div(node->step, num_int(2)) : away ? node->step : num_int(0);
    target.at = up ? num_sub(on, slack) : num_add(on, slack);
    target.strict = false;
    return target;
}

static struct least of_number(struct gains *gains, const struct ir_node *node, struct target target)
{
    bool up = target.kind == TARGET_AT_LEAST;
    const struct value *now = now_of(gains, node);
    struct least least = costs(num_int(0));
    if (value_has_range(now) && node->op != IR_IF && node->op != IR_ROUND && node->op != IR_MIN &&
        node->op != IR_MAX) {
        struct cut end = up ? now->range.high : now->range.low;
        struct num missing = end.infinite ? num_int(0)
                             : up         ? num_sub(target.at, end.at)
                                          : num_sub(end.at, target.at);
        /* What rests just short of it lacks less than any gain is counted at: then any lever may do. */
        if (!end.infinite && num_sign(missing) >= !target.strict)
            least = closing(gains, up ? node : NULL, up ? NULL : node,
                            (struct lack){false, missing, target.strict});
    }
    switch ((int)node->op) {
    case IR_IF: return dearer(least, of_branches(gains, node, target));
    case IR_NA_AS: return dearer(least, of_any(gains, node, target));
    case IR_ROUND: return dearer(least, least_of(gains, node->args[0], before_rounding(node, target)));
    case IR_MIN: return dearer(least, up ? of_all(gains, node, target) : of_any(gains, node, target));
    case IR_MAX: return dearer(least, up ? of_any(gains, node, target) : of_all(gains, node, target));
    }
    return least;
}

/* The world at hand does not do, so something below must move; what exactly, its form tells. */
static struct least least_of(struct gains *gains, const struct ir_node *node, struct target target)
{
    if (can_be(now_of(gains, node), target))
        return costs(num_int(0));
    struct least least = any_reader(gains, node);
    if (least.never || gains->visits++ > VISITS_MAX)
        return least;
    bool is_truth = target.kind == TARGET_YES || target.kind == TARGET_NO;
    return dearer(least, is_truth ? of_truth(gains, node, target) : of_number(gains, node, target));
}

bool gains_least(struct gains *gains, const struct ir_node *goal, bool holds, const struct gains_state *state,
                 struct num *least)
{
    gains->visits = 0;
    gains->state = state;
    cover_begin(gains->cover, state);
    bool may_be_na = effects_open(gains->effects, goal)->na;
    struct least found = !holds && may_be_na ? any_reader(gains, goal) : least_of(gains, goal, truth(holds));
    *least = found.cost;
    return !found.never;
}
