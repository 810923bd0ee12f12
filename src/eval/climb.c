/* Greedy filling, then one hole at a time; where filling fails, from the reference. */
#include "eval/climb.h"
#include "base/mem.h"

enum { CLIMB_ROUNDS = 8 };

/* ---- filling hole after hole */

static bool has_as_many_rows(const struct sequence *point, const struct sequence *now)
{
    struct range rows = range_point(num_int((int64_t)now->count));
    if (now->open)
        rows = range_add(rows, now->extra);
    return range_holds(rows, num_int((int64_t)point->count));
}

/* Is a single value among those that may fill a hole now? */
static bool lies_in(const struct value *point, const struct value *now)
{
    if (point->nothing_else)
        return now->na;
    if (now->nothing_else)
        return false;
    switch (point->kind) {
    case VALUE_TRUTH: return now->truth & point->truth;
    case VALUE_NUMBER:
    case VALUE_DOCUMENT:
        return cut_compare(now->range.low, point->range.low) <= 0 &&
               cut_compare(point->range.high, now->range.high) <= 0;
    case VALUE_TEXT: return !now->text || value_equal(point, now);
    case VALUE_MONTHS:
        return !(now->months.sure & ~point->months.sure) && !(point->months.possible & ~now->months.possible);
    case VALUE_SEQUENCE: return has_as_many_rows(point->sequence, now->sequence);
    case VALUE_NONE: break;
    }
    return true;
}

/* How good the world at hand is for a claim: what it can still reach, then what it has already. */
struct merit {
    struct cut can, has;
};

static struct merit merit_of(const struct search *search, const struct claim *claim)
{
    const struct value *value = search_value(search, claim);
    struct merit merit = {claim_bound(claim->kind, value), cut_below_all()};
    if (claim->kind == CLAIM_HIGH && value->kind == VALUE_NUMBER && !value->na)
        merit.has = value->range.low;
    if (claim->kind == CLAIM_LOW && value->kind == VALUE_NUMBER && !value->na)
        merit.has = range_neg(value->range).low;
    return merit;
}

static bool is_better(struct merit a, struct merit b)
{
    int order = cut_compare_places(a.can, b.can);
    return order > 0 || (order == 0 && cut_compare(a.has, b.has) > 0);
}

/* The point of a hole at which the claim fares best. False: each makes the world impossible. */
static bool fill_best(struct search *search, size_t index, const struct claim *claim)
{
    const struct hole *hole = search_hole(search, index);
    struct value within = hole->now, best = within;
    struct merit most;
    bool found = false;
    for (size_t i = 0; i < cells_points(hole); i++) {
        if (!lies_in(&hole->points[i], &within))
            continue;
        search_fill(search, index, hole->points[i]);
        if (!search_pass(search))
            continue;
        struct merit merit = merit_of(search, claim);
        if (!found || is_better(merit, most)) {
            most = merit;
            best = hole->points[i];
        }
        found = true;
    }
    search_fill(search, index, best);
    return found || !cells_points(hole);
}

/* What is left to fill, holes that the claim reads along several ways first: they are the ones that clash. */
static bool fill_all(struct search *search, const struct claim *claim)
{
    const uint64_t *on = depend_on(search->depend, claim->context, claim->node);
    const uint64_t *shared = depend_shared(search->depend, claim->context, claim->node);
    for (int second = 0; second < 2; second++)
        for (size_t i = 0; i < search_holes(search); i++) {
            bool now = set_has(on, i) && set_has(shared, i) == !second;
            if (now && !value_is_single(&search_hole(search, i)->now) && !fill_best(search, i, claim))
                return false;
            if (search_spent(search))
                return false;
        }
    return true;
}

static bool is_rest(const struct search *search, const struct claim *claim, size_t hole)
{
    return !set_has(depend_on(search->depend, claim->context, claim->node), hole);
}

/* Between other facts there may be room for none of the points, but for what lies between them. */
static bool fill_between(struct search *search, size_t index)
{
    const struct hole *hole = search_hole(search, index);
    struct value part;
    if (hole->domain.kind != VALUE_NUMBER || !set_has(search->bound, index))
        return false;
    struct range allowed = hole_allowed(search->holes, search->run, index);
    if (!cells_between(hole, allowed.low, allowed.high, &part))
        return false;
    struct cut ends[] = {part.range.low, part.range.high};
    for (int i = 0; i < 2; i++) {
        if (ends[i].infinite || ends[i].side)
            continue;
        search_fill(search, index, value_number(ends[i].at));
        if (search_pass(search))
            return true;
    }
    return false;
}

static bool fill_first_possible(struct search *search, size_t index)
{
    const struct hole *hole = search_hole(search, index);
    for (size_t i = 0; i < cells_points(hole); i++) {
        search_fill(search, index, hole->points[i]);
        if (search_pass(search))
            return true;
    }
    if (!cells_points(hole))
        return true;
    search_fill(search, index, hole->domain);
    search_pass(search);
    return fill_between(search, index);
}

/* What the claim does not depend on is as in the reference, unless a limit between facts forbids it. */
static bool fill_rest(struct search *search, const struct claim *claim)
{
    for (size_t i = 0; i < search_holes(search); i++)
        if (is_rest(search, claim, i))
            search_fill(search, i, search->reference[i]);
    if (search_pass(search))
        return true;
    for (size_t i = 0; i < search_holes(search); i++)
        if (is_rest(search, claim, i))
            search_fill(search, i, search_hole(search, i)->domain);
    for (size_t i = 0; i < search_holes(search); i++)
        if (is_rest(search, claim, i) && (search_spent(search) || !fill_first_possible(search, i)))
            return false;
    return search_pass(search);
}

/* ---- improving */

static struct cut reached(const struct search *search, const struct claim *claim)
{
    const struct value *value = search_value(search, claim);
    return value_is_single(value) ? claim_bound(claim->kind, value) : cut_below_all();
}

static bool improve_hole(struct search *search, size_t index, const struct claim *claim, struct cut *best)
{
    const struct hole *hole = search_hole(search, index);
    struct value kept = hole->now;
    bool better = false;
    for (size_t i = 0; i < cells_points(hole) && !search_spent(search); i++) {
        search_fill(search, index, hole->points[i]);
        struct cut now = search_pass(search) ? reached(search, claim) : cut_below_all();
        if (claim_reaches(*best, now))
            continue;
        *best = now;
        kept = hole->points[i];
        better = true;
    }
    search_fill(search, index, kept);
    return better;
}

static struct cut improve(struct search *search, const struct claim *claim, struct cut best, struct cut goal)
{
    const uint64_t *on = depend_on(search->depend, claim->context, claim->node);
    bool better = true;
    for (int round = 0; better && round < CLIMB_ROUNDS; round++) {
        better = false;
        for (size_t i = 0; i < search_holes(search) && !claim_reaches(best, goal); i++)
            if (set_has(on, i))
                better |= improve_hole(search, i, claim, &best);
    }
    return best;
}

/* Fills what is open. False: that made the world impossible. */
static bool fill_up(struct search *search, const struct claim *claim)
{
    return fill_all(search, claim) && fill_rest(search, claim);
}

struct cut climb_to(struct search *search, const struct claim *claim)
{
    search_pass(search);
    struct cut goal = claim_bound(claim->kind, search_value(search, claim));
    if (!search->reference)
        return cut_below_all();
    if (!fill_up(search, claim)) {
        search_refill(search, search->reference);
        search_pass(search);
    }
    struct cut best = improve(search, claim, reached(search, claim), goal);
    if (!search_pass(search))
        return cut_below_all();
    search_take(search);
    search->latest = search_fills(search);
    return best;
}

/* ---- the reference */

/* Nothing that fills it makes a world impossible. */
static bool is_free(const struct search *search, size_t index)
{
    return !set_has(search->bound, index) && !search->run->call->narrowing_count;
}

/* The next point, from `*next` on, with which the world is possible. */
static bool fill_possible(struct search *search, size_t index, size_t *next)
{
    const struct hole *hole = search_hole(search, index);
    if (!cells_points(hole))
        return (*next)++ == 0;
    if (is_free(search, index)) {
        search_fill(search, index, hole->points[0]);
        return (*next)++ == 0;
    }
    while (*next < cells_points(hole)) {
        search_fill(search, index, hole->points[(*next)++]);
        if (search_pass(search))
            return true;
    }
    return false;
}

/* Hole after hole, and back where none fits. */
static bool fill_somehow(struct search *search)
{
    size_t count = search_holes(search), until = search_until(search, START_EFFORT);
    size_t *next = mem_alloc_plain(count * sizeof *next);
    size_t i = 0;
    while (i < count && !search_past(search, until)) {
        if (fill_possible(search, i, &next[i])) {
            i++;
            continue;
        }
        search_fill(search, i, search_hole(search, i)->domain);
        if (i == 0)
            return false;
        next[i--] = 0;
    }
    return i == count && search_pass(search);
}

bool climb_reference(struct search *search)
{
    search_open(search);
    if (!fill_somehow(search))
        return false;
    search->reference = search_fills(search);
    search_take(search);
    return true;
}
