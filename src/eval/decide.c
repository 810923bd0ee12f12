/* The swing of a fact is looked for among the other facts' assignments: all of them where they are few; else it starts from those that reach
 * the ends of what is shown and is widened by changing one of the others at a time. */
#include "eval/decide.h"
#include <stdlib.h>
#include "base/mem.h"
#include "eval/interplay.h"

enum {
    ROUNDS = 2,
    MANY_POINTS = 4,
    WHOLE_GROUP = 100,  /* so many assignments of a group's holes are all tried */
    LEAST_PASSES = 200, /* for each group, however many there are */
    MOST_PASSES = 6000
};

/* All holes of one fact, setting or criterion. */
struct group {
    struct deciding what;
    VEC(size_t) holes;
    const struct value *points; /* of a single hole: those that are tried */
    size_t point_count;
    unsigned char *telling; /* [point]: it gave an end of the total, or another result */
};

struct decider {
    struct search *search;
    size_t context;
    VEC(const struct ir_node *) outcomes; /* total first, where there is one */
    bool has_total;
    VEC(struct group) groups;
    struct interplay *interplay; /* on the total */
    uint64_t *reached;           /* holes on which an outcome depends */
    size_t until;
};

/* What moving a group came to so far. */
struct spread {
    bool any, differs;
    struct cut low, high; /* of the total */
    struct value *first;  /* what the outcomes came to the first time */
};

/* ---- what counts as a result */

static void add_outcome(struct decider *decider, const struct ir_node *node)
{
    const struct depend *depend = decider->search->depend;
    if (!node)
        return;
    vec_push(&decider->outcomes, node);
    set_join(decider->reached, depend_on(depend, decider->context, node), depend->words);
}

static void find_outcomes(struct decider *decider)
{
    const struct standard *standard = decider->search->run->standard;
    decider->has_total = standard->total_node != NULL;
    decider->reached = mem_alloc_plain(decider->search->depend->words * sizeof(uint64_t));
    add_outcome(decider, standard->total_node);
    add_outcome(decider, standard->grade);
    add_outcome(decider, standard->eligible);
    for (size_t i = 0; i < standard->outcomes.count; i++)
        if (standard->outcomes.items[i]->kind == OUTCOME_QUALIFIES)
            add_outcome(decider, standard->outcomes.items[i]->holds);
}

/* ---- groups */

static size_t first_of_criterion(const struct standard *standard, size_t slot)
{
    size_t first = 0;
    while (standard->judged.items[first]->criterion != standard->judged.items[slot]->criterion)
        first++;
    return first;
}

static struct deciding what_of(const struct standard *standard, const struct hole *hole)
{
    switch (hole->kind) {
    case HOLE_SETTING: return (struct deciding){.kind = DECIDES_SETTING, .slot = hole->slot};
    case HOLE_SCORE:
        return (struct deciding){.kind = DECIDES_SCORE, .slot = first_of_criterion(standard, hole->slot)};
    case HOLE_FACT:
    case HOLE_COHORT: break;
    }
    return (struct deciding){.kind = DECIDES_FACT, .slot = hole->slot};
}

static struct group *group_get(struct decider *decider, struct deciding what)
{
    for (size_t i = 0; i < decider->groups.count; i++) {
        struct group *group = &decider->groups.items[i];
        if (group->what.kind == what.kind && group->what.slot == what.slot)
            return group;
    }
    vec_push(&decider->groups, (struct group){.what = what});
    return &vec_last(&decider->groups);
}

static void find_groups(struct decider *decider)
{
    for (size_t i = 0; i < search_holes(decider->search); i++) {
        const struct hole *hole = search_hole(decider->search, i);
        if (hole->kind == HOLE_COHORT || !set_has(decider->reached, i))
            continue;
        struct group *group = group_get(decider, what_of(decider->search->run->standard, hole));
        vec_push(&group->holes, i);
    }
}

/* ---- moving a group while the others stay */

static const struct value *outcome(const struct decider *decider, size_t i)
{
    return &decider->search->run->values[decider->context][decider->outcomes.items[i]->id];
}

static void note_total(struct spread *spread, const struct value *total)
{
    if (total->kind != VALUE_NUMBER || total->fault || !value_is_single(total))
        return;
    struct cut at = total->range.low;
    at.side = 0;
    spread->low = cut_min(spread->low, at);
    spread->high = cut_max(spread->high, at);
}

static bool same_outcome(const struct value *a, const struct value *b)
{
    return value_equal(a, b) || !value_is_single(a) || !value_is_single(b);
}

static void note_world(const struct decider *decider, struct spread *spread)
{
    for (size_t i = 0; i < decider->outcomes.count; i++) {
        const struct value *now = outcome(decider, i);
        bool is_total = i == 0 && decider->has_total;
        if (is_total)
            note_total(spread, now);
        if (!spread->any)
            spread->first[i] = *now;
        else if (is_total)
            spread->differs |= now->nothing_else != spread->first[i].nothing_else;
        else
            spread->differs |= !same_outcome(&spread->first[i], now);
    }
    spread->any = true;
}

/* Every point of one hole of the group; the hole is left where the total is highest, or lowest. */
static void move_hole(const struct decider *decider, struct spread *spread, size_t index, bool up)
{
    struct search *search = decider->search;
    const struct hole *hole = search_hole(search, index);
    struct value kept = hole->now;
    for (size_t i = 0; i < cells_points(hole); i++) {
        struct cut low = spread->low, high = spread->high;
        search_fill(search, index, hole->points[i]);
        if (!search_pass(search))
            continue;
        note_world(decider, spread);
        if (up ? cut_compare(spread->high, high) > 0 : cut_compare(spread->low, low) < 0)
            kept = hole->points[i];
    }
    search_fill(search, index, kept);
}

/* In how many ways holes can be filled, up to `most`. */
static size_t ways_of(const struct search *search, const size_t *holes, size_t count, size_t most)
{
    size_t ways = 1;
    for (size_t i = 0; i < count && ways <= most; i++)
        ways *= cells_points(search_hole(search, holes[i])) ? cells_points(search_hole(search, holes[i])) : 1;
    return ways;
}

static void fill_way(struct search *search, const size_t *holes, size_t count, size_t way)
{
    for (size_t i = 0; i < count; i++) {
        const struct hole *hole = search_hole(search, holes[i]);
        if (!cells_points(hole))
            continue;
        search_fill(search, holes[i], hole->points[way % cells_points(hole)]);
        way /= cells_points(hole);
    }
}

static void try_ways(const struct decider *decider, const struct group *group, struct spread *spread,
                     size_t ways)
{
    for (size_t way = 0; way < ways; way++) {
        fill_way(decider->search, group->holes.items, group->holes.count, way);
        if (search_pass(decider->search))
            note_world(decider, spread);
    }
}

/* The points of a group's only hole; those that tell are marked. */
static void try_points(const struct decider *decider, const struct group *group, struct spread *spread)
{
    size_t lowest = 0, highest = 0;
    for (size_t i = 0; i < group->point_count; i++) {
        struct spread before = *spread;
        search_fill(decider->search, group->holes.items[0], group->points[i]);
        if (!search_pass(decider->search))
            continue;
        note_world(decider, spread);
        if (cut_compare(spread->low, before.low) < 0)
            lowest = i;
        if (cut_compare(spread->high, before.high) > 0)
            highest = i;
        group->telling[i] |= spread->differs && !before.differs;
    }
    if (group->point_count)
        group->telling[lowest] = group->telling[highest] = 1;
}

/* Of a hole with many points only those go on that told something so far. */
static void forget_points(struct group *group)
{
    if (group->point_count <= MANY_POINTS)
        return;
    struct value *kept = MEM_ARRAY(struct value, group->point_count);
    size_t count = 0;
    for (size_t i = 0; i < group->point_count; i++)
        if (group->telling[i])
            kept[count++] = group->points[i];
    group->points = kept;
    group->point_count = count;
}

static size_t group_ways(const struct decider *decider, const struct group *group)
{
    if (group->holes.count == 1)
        return group->point_count ? group->point_count : 1;
    return ways_of(decider->search, group->holes.items, group->holes.count, WHOLE_GROUP);
}

static void refill(struct search *search, const struct group *group, const struct value *fill)
{
    for (size_t i = 0; i < group->holes.count; i++)
        search_fill(search, group->holes.items[i], fill[i]);
}

/* All at once where that is not too much; else one after the other, upwards and then downwards. */
static void move_group(const struct decider *decider, const struct group *group, struct spread *spread)
{
    struct search *search = decider->search;
    struct value *before = MEM_ARRAY(struct value, group->holes.count);
    for (size_t i = 0; i < group->holes.count; i++)
        before[i] = search_hole(search, group->holes.items[i])->now;
    size_t ways = group_ways(decider, group);
    bool single = group->holes.count == 1;
    if (single)
        try_points(decider, group, spread);
    else if (ways <= WHOLE_GROUP)
        try_ways(decider, group, spread, ways);
    for (int round = 0; round < 2 * ROUNDS && ways > WHOLE_GROUP && !single; round++) {
        if (round == ROUNDS)
            refill(search, group, before);
        for (size_t i = 0; i < group->holes.count; i++)
            move_hole(decider, spread, group->holes.items[i], round < ROUNDS);
    }
    refill(search, group, before);
}

static struct cut width_of(const struct spread *spread)
{
    if (cut_compare(spread->low, spread->high) > 0)
        return cut_at(num_int(0), 0);
    if (spread->low.infinite || spread->high.infinite)
        return spread->low.infinite == spread->high.infinite ? cut_at(num_int(0), 0) : cut_infinite(1);
    return cut_at(num_sub(spread->high.at, spread->low.at), 0);
}

/* What is known of a group so far. */
struct swing {
    struct cut widest;
    bool counts;               /* it changes some result */
    const struct value *start; /* the assignment in which it is widest */
};

/* How far the group moves the total in the world at hand, which is `fill`. True: further than before. */
static bool note_swing(const struct decider *decider, const struct group *group, struct swing *swing,
                       const struct value *fill)
{
    struct spread spread = {.low = cut_infinite(1), .high = cut_infinite(-1)};
    spread.first = MEM_ARRAY(struct value, decider->outcomes.count + 1);
    move_group(decider, group, &spread);
    swing->counts |= spread.differs;
    struct cut width = width_of(&spread);
    if (cut_compare(width, swing->widest) <= 0)
        return false;
    swing->widest = width;
    swing->start = fill ? fill : search_fills(decider->search);
    return true;
}

/* ---- the worlds in which it is moved */

static bool in_group(const struct group *group, size_t hole)
{
    for (size_t i = 0; i < group->holes.count; i++)
        if (group->holes.items[i] == hole)
            return true;
    return false;
}

static bool is_spent(const struct decider *decider)
{
    return decider->search->passes >= decider->until;
}

/* Another hole goes where the group moves the total the most. */
static bool widen_by(const struct decider *decider, const struct group *group, size_t index,
                     struct swing *swing)
{
    struct search *search = decider->search;
    const struct hole *hole = search_hole(search, index);
    struct value kept = hole->now;
    bool wider = false;
    for (size_t i = 0; i < cells_points(hole) && !is_spent(decider); i++) {
        search_fill(search, index, hole->points[i]);
        if (!note_swing(decider, group, swing, NULL))
            continue;
        kept = hole->points[i];
        wider = true;
    }
    search_fill(search, index, kept);
    return wider;
}

/* The holes outside the group that change how far it moves the total. */
static size_t find_others(const struct decider *decider, const struct group *group, uint64_t **sets,
                          size_t *others)
{
    size_t count = 0;
    for (size_t i = 0; i < search_holes(decider->search); i++) {
        bool meets = false;
        for (size_t k = 0; k < group->holes.count; k++)
            meets |= set_has(sets[group->holes.items[k]], i);
        if (meets && !in_group(group, i))
            others[count++] = i;
    }
    return count;
}

static void widen(const struct decider *decider, const struct group *group, struct swing *swing,
                  const size_t *others, size_t count)
{
    bool wider = true;
    for (int round = 0; wider && round < ROUNDS && !is_spent(decider); round++) {
        wider = false;
        for (size_t i = 0; i < count; i++)
            wider |= widen_by(decider, group, others[i], swing);
    }
}

/* Every way to fill the others, if there is time for all. */
static bool try_others(const struct decider *decider, const struct group *group, struct swing *swing,
                       const size_t *others, size_t count)
{
    struct search *search = decider->search;
    size_t left = decider->until > search->passes ? decider->until - search->passes : 0;
    size_t each = group_ways(decider, group);
    size_t ways = ways_of(search, others, count, left / each);
    if (ways > left / each)
        return false;
    for (size_t way = 0; way < ways; way++) {
        fill_way(search, others, count, way);
        note_swing(decider, group, swing, NULL);
    }
    return true;
}

static void start_from(const struct decider *decider, const struct group *group, struct swing *swing)
{
    struct search *search = decider->search;
    swing->start = search->reference;
    for (size_t i = 0; i <= search->witnesses.count && !is_spent(decider); i++) {
        const struct value *fill = i ? search->witnesses.items[i - 1].fill : search->reference;
        search_refill(search, fill);
        note_swing(decider, group, swing, fill);
    }
    search_refill(search, swing->start);
}

static void widen_from(const struct decider *decider, const struct group *group, struct swing *swing,
                       const struct value *fill, const size_t *others, size_t count)
{
    struct swing own = {.widest = cut_at(num_int(0), 0), .start = fill};
    search_refill(decider->search, fill);
    note_swing(decider, group, &own, fill);
    widen(decider, group, &own, others, count);
    swing->counts |= own.counts;
    if (cut_compare(own.widest, swing->widest) <= 0)
        return;
    swing->widest = own.widest;
    swing->start = own.start;
}

/* From where it is widest, and from the ends of the total. */
static void widen_well(const struct decider *decider, const struct group *group, struct swing *swing,
                       const size_t *others, size_t count)
{
    const struct search *search = decider->search;
    widen_from(decider, group, swing, swing->start, others, count);
    for (size_t i = 0; i < search->witnesses.count; i++)
        if (search->witnesses.items[i].of_total)
            widen_from(decider, group, swing, search->witnesses.items[i].fill, others, count);
}

static void take_points(const struct decider *decider, struct group *group)
{
    const struct hole *first = search_hole(decider->search, group->holes.items[0]);
    group->points = first->points;
    group->point_count = cells_points(first);
    group->telling = mem_alloc_plain(group->point_count + 1);
}

static void swing_of(struct decider *decider, struct group *group, struct swing *swing)
{
    size_t *others = mem_alloc_plain((search_holes(decider->search) + 1) * sizeof *others);
    take_points(decider, group);
    start_from(decider, group, swing);
    forget_points(group);
    size_t strong = find_others(decider, group, decider->interplay->strong, others);
    if (!try_others(decider, group, swing, others, strong))
        widen_well(decider, group, swing, others, strong);
    size_t weak = find_others(decider, group, decider->interplay->weak, others);
    search_refill(decider->search, swing->start);
    if (!try_others(decider, group, swing, others, weak))
        widen_from(decider, group, swing, swing->start, others, weak);
    swing->counts |= swing->widest.infinite || num_sign(swing->widest.at) > 0;
    group->what.swing = range_of(cut_at(num_int(0), 0), swing->widest, false);
}

/* ---- in order */

static int by_swing(const void *a, const void *b)
{
    const struct deciding *one = a, *other = b;
    int order = cut_compare(other->swing.high, one->swing.high);
    if (order)
        return order;
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    return (one->slot > other->slot) - (one->slot < other->slot);
}

/* A group may take more than its share as long as enough is left for the others. */
static size_t allowance(size_t taken, size_t groups)
{
    size_t left = taken < DECIDE_PASSES ? DECIDE_PASSES - taken : 0, reserve = LEAST_PASSES * (groups - 1);
    size_t extra = left > reserve ? left - reserve : 0, most = extra < MOST_PASSES ? extra : MOST_PASSES;
    return most > LEAST_PASSES ? most : LEAST_PASSES;
}

struct decisions decide(struct search *search, size_t context)
{
    struct decider decider = {.search = search, .context = context};
    struct decisions decisions = {0};
    if (!search || !search->reference)
        return decisions;
    find_outcomes(&decider);
    find_groups(&decider);
    search_open(search);
    search_pass(search);
    decider.interplay = interplay_find(search, context, search->run->standard->total_node);
    struct deciding *items = MEM_ARRAY(struct deciding, decider.groups.count + 1);
    size_t start = search->passes;
    for (size_t i = 0; i < decider.groups.count; i++) {
        struct swing swing = {.widest = cut_at(num_int(0), 0)};
        decider.until = search->passes + allowance(search->passes - start, decider.groups.count - i);
        swing_of(&decider, &decider.groups.items[i], &swing);
        if (swing.counts)
            items[decisions.count++] = decider.groups.items[i].what;
    }
    qsort(items, decisions.count, sizeof *items, by_swing);
    decisions.items = items;
    return decisions;
}
