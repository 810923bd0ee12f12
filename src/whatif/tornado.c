#include "whatif/tornado.h"
#include <stdlib.h>
#include "base/mem.h"
#include "eval/probe.h"

struct making {
    struct gust *gust;
    const struct lever *lever;
    bool any, moves;    /* some total was offered; not all of them were the same */
    struct range first; /* … as this one */
};

static bool is_number(const struct value *value)
{
    return value->kind == VALUE_NUMBER && !value->nothing_else && !value->fault;
}

static struct num far_from(const struct value *value, const struct lever *lever)
{
    if ((value->kind == VALUE_NUMBER || value->kind == VALUE_DOCUMENT) && value->range.low.infinite)
        return num_int(INT64_MAX);
    bool numbers = (value->kind == VALUE_NUMBER || value->kind == VALUE_DOCUMENT) &&
                   value->kind == lever->now.kind && !lever->now.nothing_else && !value->range.low.infinite &&
                   !lever->now.range.low.infinite;
    if (!numbers)
        return num_int(value_equal(value, &lever->now) ? 0 : 1);
    return num_abs(num_sub(value->range.low.at, lever->now.range.low.at));
}

/* Further out, or as far and nearer to what is so now. */
static void offer(const struct making *making, struct swing_end *end, bool high, struct swing_end offered)
{
    struct cut now = end->total, other = offered.total;
    now.side = other.side = 0;
    int order = making->any ? cut_compare(other, now) * (high ? 1 : -1) : 1;
    bool sooner = num_compare(far_from(&offered.at, making->lever), far_from(&end->at, making->lever)) < 0;
    bool nearer = order == 0 && (offered.beyond ? end->beyond && sooner : end->beyond || sooner);
    if (order > 0 || nearer)
        *end = offered;
}

static bool is_alike(struct range a, struct range b)
{
    a.low.side = a.high.side = b.low.side = b.high.side = 0;
    return cut_compare(a.low, b.low) == 0 && cut_compare(a.high, b.high) == 0;
}

static void offer_value(struct making *making, const struct value *total, struct value at, int beyond)
{
    if (!is_number(total))
        return;
    if (!making->any)
        making->first = total->range;
    making->moves |= !is_alike(total->range, making->first);
    offer(making, &making->gust->high, true, (struct swing_end){total->range.high, at, beyond});
    offer(making, &making->gust->low, false, (struct swing_end){total->range.low, at, beyond});
    making->any = true;
}

static struct value at_cut(const struct sweep *sweep, struct cut cut)
{
    struct value value =
        value_range((struct range){cut, cut, !cut.infinite && !cut.side && num_is_int(cut.at)});
    value.kind = lever_hole(sweep->levers, sweep->lever)->domain.kind;
    value.range.low.side = value.range.high.side = 0;
    return value;
}

static bool is_flat(const struct sweep_run *run)
{
    struct value low = run->low[0], high = run->high[0];
    return is_number(&low) && is_number(&high) && cut_compare(low.range.low, high.range.low) == 0 &&
           cut_compare(low.range.high, high.range.high) == 0;
}

static bool holds(const struct sweep_run *run, struct num at)
{
    struct range range = {run->from, run->to, false};
    return range_holds(range, at);
}

/* Where the fact can be at the end itself, what the line comes to there. */
static void offer_end(struct making *making, const struct sweep *sweep, const struct sweep_run *run,
                      struct cut end, const struct value *limit)
{
    struct value total = !end.infinite && run->straight ? sweep_value(run, 0, end.at) : *limit;
    offer_value(making, &total, at_cut(sweep, end), end.infinite ? end.infinite : end.side);
}

/* Both ends, and where it is level what lies inside and is nearest. */
static void offer_run(struct making *making, const struct sweep *sweep, const struct sweep_run *run)
{
    const struct value *now = &making->lever->now;
    struct sweep_ends ends;
    if (!run->possible || (sweep->numeric && !sweep_ends(sweep, run, &ends)))
        return;
    if (!sweep->numeric) {
        offer_value(making, &run->low[0], run->at, 0);
        return;
    }
    bool known = !making->lever->open && value_has_range(now) && !now->na;
    if (known && is_flat(run) && holds(run, now->range.low.at))
        offer_value(making, &run->low[0], *now, 0);
    offer_end(making, sweep, run, ends.from, &run->low[0]);
    offer_end(making, sweep, run, ends.to, &run->high[0]);
}

static int by_swing(const void *left, const void *right)
{
    const struct gust *a = left, *b = right;
    struct range one = {a->low.total, a->high.total, false}, other = {b->low.total, b->high.total, false};
    struct cut first = range_sub(one, one).high, second = range_sub(other, other).high;
    int order = -cut_compare(first, second);
    return order ? order : (a->lever > b->lever) - (a->lever < b->lever);
}

const struct tornado *tornado_find(const struct standard *standard, const struct unit *unit,
                                   const struct call *call, const struct lever_rules *rules,
                                   struct patience patience)
{
    struct tornado *tornado = MEM_NEW(struct tornado);
    const struct ir_node *total = standard->total_node;
    struct levers *levers = levers_open(standard, unit, call, rules, total);
    levers->patience = patience;
    if (levers->search)
        levers_ask_only(levers, &total, 1);
    tornado->levers = levers;
    struct probe probe = probe_nodes(standard, unit, call, &total, 1);
    tornado->now = probe.values[levers->final].value;
    for (size_t i = 0; i < levers->list.count; i++) {
        if (levers_spent(levers)) {
            tornado->left = levers->list.count - i;
            break;
        }
        const struct lever *lever = &levers->list.items[i];
        struct sweep sweep;
        struct gust gust = {.lever = i, .exact = true};
        struct making making = {.gust = &gust, .lever = lever};
        sweep_over(levers, i, range_all(), &total, 1, &sweep);
        if (levers_interrupted(levers)) {
            tornado->left = levers->list.count - i;
            break;
        }
        gust.exact = !sweep.outer;
        for (size_t k = 0; k < sweep.runs.count; k++) {
            offer_run(&making, &sweep, &sweep.runs.items[k]);
            gust.exact &= sweep.runs.items[k].straight;
        }
        if (making.moves ||
            (making.any && sweep.outer)) /* where ranges may be narrower, it may move them all the same */
            vec_push(&tornado->gusts, gust);
    }
    if (tornado->gusts.count)
        qsort(tornado->gusts.items, tornado->gusts.count, sizeof *tornado->gusts.items, by_swing);
    return tornado;
}
