/* In the beginning all ways to fill a group are tried; then only those that made a difference. */
#include "eval/group.h"
#include "base/mem.h"

enum {
    FEW_WAYS = 12,     /* all of them stay */
    FEW_MOVES = 12,    /* worlds looked at, however much that takes */
    WHOLE_GROUP = 400, /* so many are all tried in the beginning */
    ROUNDS = 2         /* … else one hole after the other, so often upwards and so often downwards */
};

/* One spread in the making. */
struct mover {
    struct search *search;
    const struct results *results;
    struct group *group;
    struct spread spread;
    size_t until; /* effort */
    unsigned moves;
    struct value *first;                  /* what the results came to the first time */
    const struct value *lowest, *highest; /* the ways that gave the ends */
};

/* ---- ways */

size_t ways_count(const struct search *search, const size_t *holes, size_t count, size_t most)
{
    size_t ways = 1;
    for (size_t i = 0; i < count && ways <= most; i++)
        ways *= cells_points(search_hole(search, holes[i])) ? cells_points(search_hole(search, holes[i])) : 1;
    return ways;
}

void ways_fill(struct search *search, const size_t *holes, size_t count, size_t way)
{
    for (size_t i = 0; i < count; i++) {
        const struct hole *hole = search_hole(search, holes[i]);
        if (!cells_points(hole))
            continue;
        search_fill(search, holes[i], hole->points[way % cells_points(hole)]);
        way /= cells_points(hole);
    }
}

static const struct value *way_at_hand(const struct search *search, const struct group *group)
{
    struct value *way = MEM_ARRAY(struct value, group->holes.count);
    for (size_t i = 0; i < group->holes.count; i++)
        way[i] = search_hole(search, group->holes.items[i])->now;
    return way;
}

static void fill(struct search *search, const struct group *group, const struct value *way)
{
    for (size_t i = 0; i < group->holes.count; i++)
        search_fill(search, group->holes.items[i], way[i]);
}

static bool same_way(const struct group *group, const struct value *a, const struct value *b)
{
    for (size_t i = 0; i < group->holes.count; i++)
        if (!value_equal(&a[i], &b[i]))
            return false;
    return true;
}

static void keep_way(struct group *group, const struct value *way)
{
    if (!way)
        return;
    for (size_t i = 0; i < group->ways.count; i++)
        if (same_way(group, group->ways.items[i], way))
            return;
    vec_push(&group->ways, way);
}

/* ---- results */

static const struct value *result(const struct mover *mover, size_t i)
{
    return &mover->search->run->values[mover->results->context][mover->results->nodes.items[i]->id];
}

static void note_total(struct mover *mover, const struct value *total)
{
    if (total->kind != VALUE_NUMBER || !value_is_single(total))
        return;
    struct spread *spread = &mover->spread;
    struct cut at = total->range.low;
    at.side = 0;
    bool lower = cut_compare(at, spread->low)<0, higher = cut_compare(at, spread->high)> 0;
    bool keeps = !mover->group->settled && (lower || higher);
    const struct value *way = keeps ? way_at_hand(mover->search, mover->group) : NULL;
    spread->low = lower ? at : spread->low;
    spread->high = higher ? at : spread->high;
    mover->lowest = lower ? way : mover->lowest;
    mover->highest = higher ? way : mover->highest;
}

static bool is_other(const struct value *a, const struct value *b)
{
    return !value_equal(a, b) && value_is_single(a) && value_is_single(b);
}

static void note_world(struct mover *mover)
{
    bool differed = mover->spread.differs;
    for (size_t i = 0; i < mover->results->nodes.count; i++) {
        const struct value *now = result(mover, i);
        bool is_total = i == 0 && mover->results->has_total;
        if (is_total)
            note_total(mover, now);
        if (!mover->spread.any)
            mover->first[i] = *now;
        else if (is_total)
            mover->spread.differs |= now->nothing_else != mover->first[i].nothing_else;
        else
            mover->spread.differs |= is_other(&mover->first[i], now);
    }
    mover->spread.any = true;
    if (mover->spread.differs && !differed && !mover->group->settled)
        keep_way(mover->group, way_at_hand(mover->search, mover->group));
}

/* ---- moving */

static bool is_over(const struct mover *mover)
{
    return mover->moves >= FEW_MOVES && mover->search->run->effort >= mover->until;
}

static void try_known(struct mover *mover)
{
    for (size_t i = 0; i < mover->group->ways.count; i++) {
        fill(mover->search, mover->group, mover->group->ways.items[i]);
        if (search_pass(mover->search))
            note_world(mover);
    }
}

static void try_all(struct mover *mover, size_t ways)
{
    for (size_t way = 0; way < ways && !is_over(mover); way++) {
        mover->moves++;
        ways_fill(mover->search, mover->group->holes.items, mover->group->holes.count, way);
        if (search_pass(mover->search))
            note_world(mover);
    }
}

/* Every point of one hole, which is left where the total is highest, or lowest. */
static void try_hole(struct mover *mover, size_t index, bool up)
{
    const struct hole *hole = search_hole(mover->search, index);
    struct value kept = hole->now;
    for (size_t i = 0; i < cells_points(hole) && !is_over(mover); i++) {
        struct cut low = mover->spread.low, high = mover->spread.high;
        mover->moves++;
        search_fill(mover->search, index, hole->points[i]);
        if (!search_pass(mover->search))
            continue;
        note_world(mover);
        bool further =
            up ? cut_compare(mover->spread.high, high) > 0 : cut_compare(mover->spread.low, low) < 0;
        kept = further ? hole->points[i] : kept;
    }
    search_fill(mover->search, index, kept);
}

static void try_in_turn(struct mover *mover, const struct value *before)
{
    const struct group *group = mover->group;
    for (int round = 0; round < 2 * ROUNDS; round++) {
        if (round == ROUNDS)
            fill(mover->search, group, before);
        for (size_t i = 0; i < group->holes.count; i++)
            try_hole(mover, group->holes.items[i], round < ROUNDS);
    }
}

struct spread group_spread(struct search *search, const struct results *results, struct group *group,
                           size_t until)
{
    struct mover mover = {.search = search, .results = results, .group = group, .until = until};
    mover.spread = (struct spread){.low = cut_above_all(), .high = cut_below_all()};
    mover.first = MEM_ARRAY(struct value, results->nodes.count);
    const struct value *before = way_at_hand(search, group);
    size_t ways = ways_count(search, group->holes.items, group->holes.count, WHOLE_GROUP);
    if (group->settled)
        try_known(&mover);
    else if (ways <= WHOLE_GROUP)
        try_all(&mover, ways);
    else
        try_in_turn(&mover, before);
    fill(search, group, before);
    if (!group->settled) {
        keep_way(group, mover.lowest);
        keep_way(group, mover.highest);
    }
    return mover.spread;
}

void group_settle(struct search *search, struct group *group)
{
    size_t ways = ways_count(search, group->holes.items, group->holes.count, FEW_WAYS);
    for (size_t way = 0; way < ways && ways <= FEW_WAYS; way++) {
        ways_fill(search, group->holes.items, group->holes.count, way);
        keep_way(group, way_at_hand(search, group));
    }
    group->settled = true;
}
