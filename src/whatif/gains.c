/* The change of a node between two worlds that differ in one lever lies in a range that holds whatever the other levers are; going from one world
 * to another lever by lever adds such changes up. So a number that lacks some amount needs levers whose changes together reach it. */
#include "whatif/gains.h"
#include <stdlib.h>
#include "base/mem.h"

/* What moving a lever can add to a node. */
struct change {
    unsigned id;
    bool wild; /* it may turn to n/a or from it, or is no number: nothing is said */
    struct range by;
};

/* In the order of the nodes. */
struct changes {
    struct change *items;
    size_t count;
};

struct offer {
    size_t lever;
    struct cut gain;
    struct num cost;
};

/* What levers offer to bring two numbers nearer, the best for their cost first. */
struct offers {
    const struct ir_node *up, *down; /* either may be NULL */
    struct offer *items;
    size_t count;
    bool alike; /* all cost the same */
};

struct gains {
    struct levers *levers;
    size_t first_context;
    struct value **open;      /* [context][node id]: with every lever open */
    struct changes **changes; /* [lever][context] */
    VEC(struct offers) offers; /* as far as they were needed */
    size_t visits;            /* of one question */
    const size_t *order;
    size_t first;
    size_t *place; /* [lever]: in the order */
};

enum { VISITS_MAX = 400 };

/* ---- what each lever does to each node */

static const struct changes *changes_of(const struct gains *gains, size_t lever, size_t context)
{
    return &gains->changes[lever][gains->levers->search->run->first[context]];
}

static const struct change *change_of(const struct gains *gains, size_t lever, size_t context, const struct ir_node *node)
{
    const struct changes *changes = changes_of(gains, lever, context);
    size_t low = 0, high = changes->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (changes->items[middle].id < node->id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < changes->count && changes->items[low].id == node->id ? &changes->items[low] : NULL;
}

static struct range nothing(void)
{
    return range_point(num_int(0));
}

static bool is_number(const struct value *value)
{
    return (value->kind == VALUE_NUMBER || value->kind == VALUE_DOCUMENT) && !value->nothing_else && !value->fault;
}

/* Anywhere in its range before, anywhere after. */
static struct range any_change(struct range range)
{
    range.whole = false;
    return range_sub(range, range);
}

static struct change wild(unsigned id)
{
    return (struct change){.id = id, .wild = true, .by = nothing()};
}

struct making {
    const struct gains *gains;
    size_t lever, context;
};

static const struct value *open_value(const struct making *it, const struct ir_node *node)
{
    const struct gains *gains = it->gains;
    return &gains->open[gains->levers->search->run->first[it->context]][node->id];
}

/* Of an argument: one that does not read the lever does not change. */
static struct change arg_change(const struct making *it, const struct ir_node *node)
{
    const struct change *change = change_of(it->gains, it->lever, it->context, node);
    return change ? *change : (struct change){.id = node->id, .by = nothing()};
}

static bool changes_at_all(const struct making *it, const struct ir_node *node)
{
    return change_of(it->gains, it->lever, it->context, node) != NULL;
}

static struct change unbound(const struct making *it, const struct ir_node *node)
{
    const struct value *value = open_value(it, node);
    if (!is_number(value) || value->na)
        return wild(node->id);
    return (struct change){.id = node->id, .by = any_change(value->range)};
}

static struct change by(const struct ir_node *node, struct range range)
{
    range.whole = false;
    return (struct change){.id = node->id, .by = range};
}

static struct range between(struct range a, struct range b)
{
    return range_of(cut_min(a.low, b.low), cut_max(a.high, b.high), false);
}

static struct change product(const struct making *it, const struct ir_node *node, struct change a, struct change b)
{
    bool first = changes_at_all(it, node->args[0]), second = changes_at_all(it, node->args[1]);
    if (first && second)
        return unbound(it, node);
    struct range other = open_value(it, node->args[first ? 1 : 0])->range;
    return by(node, range_mul(first ? a.by : b.by, other));
}

static struct change quotient(const struct making *it, const struct ir_node *node, struct change a)
{
    struct range divisor = open_value(it, node->args[1])->range;
    if (changes_at_all(it, node->args[1]) || range_holds(divisor, num_int(0)))
        return unbound(it, node);
    return by(node, range_div(a.by, divisor));
}

/* To a multiple of the step, no further than the argument goes. */
static struct change rounded(const struct ir_node *node, struct change a)
{
    struct range range = a.by;
    if (!range.low.infinite)
        range.low = cut_at(num_round(range.low.at, node->step, NUM_DOWN), 0);
    if (!range.high.infinite)
        range.high = cut_at(num_round(range.high.at, node->step, NUM_UP), 0);
    return by(node, range);
}

static struct change list_sum(const struct making *it, const struct ir_node *node)
{
    const struct ir_node *bag = node->args[0];
    struct range sum = nothing();
    if (bag->op != IR_BAG)
        return unbound(it, node);
    for (size_t i = 0; i + 1 < bag->arg_count; i += 2) {
        const struct ir_node *there = bag->args[i], *value = bag->args[i + 1];
        struct change change = arg_change(it, value);
        const struct value *open = open_value(it, value);
        if (changes_at_all(it, there)) {
            if (!is_number(open))
                return unbound(it, node);
            struct range all = range_join(open->range, nothing());
            sum = range_add(sum, any_change(all));
        } else if (change.wild) {
            return unbound(it, node);
        } else if (!value_is_no(open_value(it, there))) {
            sum = range_add(sum, between(change.by, nothing()));
        }
    }
    return by(node, sum);
}

static struct change chosen(const struct making *it, const struct ir_node *node)
{
    struct change a = arg_change(it, node->args[1]), b = arg_change(it, node->args[2]);
    if (changes_at_all(it, node->args[0]) || a.wild || b.wild)
        return unbound(it, node);
    return by(node, between(a.by, b.by));
}

static struct change mixed(const struct making *it, const struct ir_node *node)
{
    const struct run *run = it->gains->levers->search->run;
    struct range sum = nothing();
    struct num weights = num_int(0);
    for (size_t c = 0; c < run->columns; c++) {
        struct making column = {it->gains, it->lever, c};
        struct num weight = run->standard->columns.items[c].weight;
        struct change change = arg_change(&column, node->args[0]);
        const struct value *open = open_value(&column, node->args[0]);
        if (!num_sign(weight))
            continue;
        if (change.wild || open->na || !is_number(open))
            return unbound(it, node);
        sum = range_add(sum, range_mul(change.by, range_point(weight)));
        weights = num_add(weights, weight);
    }
    return num_sign(weights) ? by(node, range_div(sum, range_point(weights))) : unbound(it, node);
}

static struct change moved(const struct making *it, const struct ir_node *node)
{
    const struct lever *lever = &it->gains->levers->list.items[it->lever];
    const struct value *open = open_value(it, node);
    if (!is_number(open) || open->na || !is_number(&lever->now))
        return wild(node->id);
    struct range now = lever->now.range, all = open->range;
    now.whole = all.whole = false;
    return by(node, range_sub(all, now));
}

static bool any_wild(const struct making *it, const struct ir_node *node)
{
    for (size_t i = 0; i < node->arg_count; i++)
        if (arg_change(it, node->args[i]).wild)
            return true;
    return false;
}

/* None of whose arguments is wild. */
static struct change applied(const struct making *it, const struct ir_node *node)
{
    struct change a = arg_change(it, node->args[0]);
    struct change b = node->arg_count > 1 ? arg_change(it, node->args[1]) : a;
    if (node->type.kind == TYPE_DATE)
        return unbound(it, node);
    switch ((int)node->op) {
    case IR_ADD: return by(node, range_add(a.by, b.by));
    case IR_SUB: return by(node, range_sub(a.by, b.by));
    case IR_MUL: return product(it, node, a, b);
    case IR_DIV: return quotient(it, node, a);
    case IR_MIN:
    case IR_MAX: return by(node, between(a.by, b.by));
    case IR_ROUND: return rounded(node, a);
    case IR_LENGTH: return a;
    }
    return unbound(it, node);
}

static struct change computed(const struct making *it, const struct ir_node *node)
{
    switch ((int)node->op) {
    case IR_FACT:
    case IR_JUDGED: return moved(it, node);
    case IR_SUM: return list_sum(it, node);
    case IR_IF: return chosen(it, node);
    case IR_MIX:
        if (run_is_mix(it->gains->levers->search->run, it->context))
            return mixed(it, node);
        return arg_change(it, node->args[0]);
    }
    return node->arg_count == 0 || any_wild(it, node) ? unbound(it, node) : applied(it, node);
}

/* No further than from one end of what it can be to the other. */
static struct change change_made(const struct making *it, const struct ir_node *node)
{
    struct change change = computed(it, node), most = unbound(it, node);
    change.id = node->id;
    if (!change.wild && !most.wild) {
        struct range met = range_meet(change.by, most.by);
        change.by = range_is_empty(met) ? change.by : met;
    }
    return change;
}

static void find_changes(struct gains *gains, size_t lever)
{
    const struct search *search = gains->levers->search;
    const struct run *run = search->run;
    gains->changes[lever] = MEM_ARRAY(struct changes, run->contexts);
    for (size_t c = gains->first_context; c <= gains->levers->context; c++) {
        if (run->first[c] != c)
            continue;
        struct nodes nodes = search->readers[gains->levers->list.items[lever].hole][c];
        struct changes *changes = &gains->changes[lever][c];
        changes->items = MEM_ARRAY(struct change, nodes.count + 1);
        struct making making = {gains, lever, c};
        for (size_t i = 0; i < nodes.count; i++) {
            struct change change = change_made(&making, nodes.items[i]);
            changes->items[changes->count++] = change;
        }
    }
}

static void keep_open(struct gains *gains)
{
    const struct run *run = gains->levers->search->run;
    gains->open = MEM_ARRAY(struct value *, run->contexts);
    for (size_t c = gains->first_context; c <= gains->levers->context; c++) {
        if (run->first[c] != c)
            continue;
        gains->open[c] = MEM_ARRAY(struct value, run->nodes + 1);
        for (size_t i = 0; i < run->nodes; i++)
            gains->open[c][i] = run->values[c][i];
    }
}

struct gains *gains_find(struct levers *levers)
{
    struct gains *gains = MEM_NEW(struct gains);
    const struct run *run = levers->search->run;
    gains->levers = levers;
    gains->first_context = run_is_mix(run, levers->context) ? 0 : levers->context;
    for (size_t i = 0; i < levers->list.count; i++)
        lever_open(levers, i);
    levers_pass(levers);
    keep_open(gains);
    levers_rest(levers);
    levers_pass(levers);
    gains->changes = MEM_ARRAY(struct changes *, levers->list.count + 1);
    for (size_t i = 0; i < levers->list.count; i++)
        find_changes(gains, i);
    return gains;
}

struct cut gains_reach(const struct gains *gains, size_t lever, const struct ir_node *node)
{
    const struct change *change = change_of(gains, lever, gains->levers->context, node);
    if (!change)
        return cut_at(num_int(0), 0);
    return change->wild ? cut_infinite(1) : change->by.high;
}

/* ---- the least that it costs */

enum target_kind { TARGET_YES, TARGET_NO, TARGET_AT_LEAST, TARGET_AT_MOST };

struct target {
    enum target_kind kind;
    struct num at;
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

/* Something that the node reads must move. */
static struct least any_reader(const struct gains *gains, const struct ir_node *node)
{
    const struct search *search = gains->levers->search;
    const uint64_t *on = depend_on(search->depend, gains->levers->context, node);
    struct least least = impossible;
    for (size_t i = gains->first; i < gains->levers->list.count; i++) {
        const struct lever *lever = &gains->levers->list.items[gains->order[i]];
        if (set_has(on, lever->hole))
            least = cheaper(least, costs(lever->cost));
    }
    return least;
}

/* More for the same first; what is boundless before all. */
static int by_worth(const void *left, const void *right)
{
    const struct offer *a = left, *b = right;
    if (a->gain.infinite || b->gain.infinite)
        return a->gain.infinite && b->gain.infinite ? num_compare(a->cost, b->cost) : a->gain.infinite ? -1 : 1;
    return -num_compare(num_mul(a->gain.at, b->cost), num_mul(b->gain.at, a->cost));
}

static struct cut gain_of(const struct gains *gains, size_t lever, const struct ir_node *up, const struct ir_node *down)
{
    size_t context = gains->levers->context;
    const struct change *rise = up ? change_of(gains, lever, context, up) : NULL;
    const struct change *fall = down ? change_of(gains, lever, context, down) : NULL;
    struct range gain = nothing();
    if ((rise && rise->wild) || (fall && fall->wild))
        return cut_infinite(1);
    if (rise)
        gain = range_add(gain, rise->by);
    if (fall)
        gain = range_sub(gain, fall->by);
    return gain.high;
}

static struct offers offers_made(const struct gains *gains, const struct ir_node *up, const struct ir_node *down)
{
    size_t count = gains->levers->list.count;
    struct offers offers = {up, down, MEM_ARRAY(struct offer, count + 1), 0, true};
    for (size_t i = 0; i < count; i++) {
        struct cut gain = gain_of(gains, i, up, down);
        if (gain.infinite < 0 || (!gain.infinite && num_sign(gain.at) <= 0))
            continue;
        offers.items[offers.count++] = (struct offer){i, gain, gains->levers->list.items[i].cost};
        offers.alike &= num_equal(offers.items[offers.count - 1].cost, offers.items[0].cost);
    }
    if (offers.count)
        qsort(offers.items, offers.count, sizeof *offers.items, by_worth);
    return offers;
}

static const struct offers *offers_of(struct gains *gains, const struct ir_node *up, const struct ir_node *down)
{
    for (size_t i = 0; i < gains->offers.count; i++)
        if (gains->offers.items[i].up == up && gains->offers.items[i].down == down)
            return &gains->offers.items[i];
    vec_push(&gains->offers, offers_made(gains, up, down));
    return &vec_last(&gains->offers);
}

/* `up` must rise, or `down` fall, by what is missing between them. Offers are taken, the best for their cost first, the last in part, until they make
 * up for it; where all cost the same, a part of one is one. What a boundless one costs is not counted: it may do alone. */
static struct least closing(struct gains *gains, const struct ir_node *up, const struct ir_node *down, struct cut most)
{
    const struct offers *offers = offers_of(gains, up, down);
    struct num cost = num_int(0), missing = most.at;
    for (size_t i = 0; i < offers->count; i++) {
        const struct offer *offer = &offers->items[i];
        if (gains->place[offer->lever] < gains->first)
            continue;
        if (offer->gain.infinite)
            return costs(num_int(0));
        if (!most.infinite && num_compare(offer->gain.at, missing) >= 0) {
            struct num part = offers->alike ? offer->cost : num_div(num_mul(offer->cost, missing), offer->gain.at);
            return costs(num_add(cost, part));
        }
        cost = num_add(cost, offer->cost);
        missing = num_sub(missing, offer->gain.at);
    }
    return impossible;
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
    case TARGET_AT_LEAST: return is_number(value) && cut_compare(value->range.high, cut_at(target.at, 0)) >= 0;
    case TARGET_AT_MOST: return is_number(value) && cut_compare(value->range.low, cut_at(target.at, 0)) <= 0;
    }
    return true;
}

static struct target truth(bool yes)
{
    return (struct target){.kind = yes ? TARGET_YES : TARGET_NO};
}

static struct least of_all(struct gains *gains, const struct ir_node *node, struct target target)
{
    struct least least = costs(num_int(0));
    for (size_t i = 0; i < node->arg_count; i++)
        least = dearer(least, least_of(gains, node->args[i], target));
    return least;
}

static struct least of_any(struct gains *gains, const struct ir_node *node, struct target target)
{
    struct least least = impossible;
    for (size_t i = 0; i < node->arg_count; i++)
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

/* Either branch, if its condition can be brought about. */
static struct least of_branches(struct gains *gains, const struct ir_node *node, struct target target)
{
    struct least then = dearer(least_of(gains, node->args[0], truth(true)), least_of(gains, node->args[1], target));
    struct least otherwise = dearer(least_of(gains, node->args[0], truth(false)), least_of(gains, node->args[2], target));
    return cheaper(then, otherwise);
}

/* a at most b. */
static struct least of_order(struct gains *gains, const struct ir_node *a, const struct ir_node *b)
{
    const struct value *left = now_of(gains, a), *right = now_of(gains, b);
    struct least least = costs(num_int(0));
    if (!is_number(left) || !is_number(right))
        return least;
    struct range missing = range_sub(left->range, right->range);
    if (missing.low.infinite > 0 || (!missing.low.infinite && num_sign(missing.low.at) > 0))
        least = closing(gains, b, a, missing.low);
    if (ir_is_const(a))
        least = dearer(least, least_of(gains, b, (struct target){TARGET_AT_LEAST, value_point(&a->bounds)}));
    if (ir_is_const(b))
        least = dearer(least, least_of(gains, a, (struct target){TARGET_AT_MOST, value_point(&b->bounds)}));
    return least;
}

static struct least of_comparison(struct gains *gains, const struct ir_node *node, bool yes)
{
    const struct ir_node *a = node->args[0], *b = node->args[1];
    if (node->op == IR_EQUAL)
        return yes && is_number(&a->bounds) && is_number(&b->bounds) ? dearer(of_order(gains, a, b), of_order(gains, b, a))
                                                                       : costs(num_int(0));
    return yes ? of_order(gains, a, b) : of_order(gains, b, a);
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
    case IR_LESS:
    case IR_LESS_EQUAL:
    case IR_EQUAL: return of_comparison(gains, node, yes);
    }
    return costs(num_int(0));
}

static struct least of_number(struct gains *gains, const struct ir_node *node, struct target target)
{
    bool up = target.kind == TARGET_AT_LEAST;
    const struct value *now = now_of(gains, node);
    struct least least = costs(num_int(0));
    if (is_number(now)) {
        struct cut end = up ? now->range.high : now->range.low;
        struct num missing = end.infinite ? num_int(0) : up ? num_sub(target.at, end.at) : num_sub(end.at, target.at);
        if (num_sign(missing) > 0)
            least = up ? closing(gains, node, NULL, cut_at(missing, 0)) : closing(gains, NULL, node, cut_at(missing, 0));
    }
    switch ((int)node->op) {
    case IR_IF: return dearer(least, of_branches(gains, node, target));
    case IR_NA_AS: return dearer(least, of_any(gains, node, target));
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

static void place_levers(struct gains *gains, const size_t *order)
{
    size_t count = gains->levers->list.count;
    gains->order = order;
    gains->place = mem_alloc_plain((count + 1) * sizeof *gains->place);
    for (size_t i = 0; i < count; i++)
        gains->place[order[i]] = i;
}

bool gains_least(struct gains *gains, const struct ir_node *goal, bool holds, const size_t *order, size_t first,
                 struct num *least)
{
    gains->visits = 0;
    gains->first = first;
    if (gains->order != order)
        place_levers(gains, order);
    bool may_be_na = gains->open[gains->levers->context][goal->id].na;
    struct least found = !holds && may_be_na ? any_reader(gains, goal) : least_of(gains, goal, truth(holds));
    *least = found.cost;
    return !found.never;
}
