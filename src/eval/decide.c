/* The swing of a fact is looked for among the other facts' assignments: all of them where they are few; else it starts from those that reach
 * the ends of what is shown and is widened by changing one of the others at a time. */
#include "eval/decide.h"
#include <stdlib.h>
#include "base/mem.h"
#include "eval/group.h"
#include "eval/interplay.h"
#include "eval/split.h"

enum { ROUNDS = 2 };

struct decider {
    struct search *search;
    struct results results;
    VEC(struct group) groups;
    struct interplay *interplay; /* on the total */
    uint64_t *reached;           /* holes on which a result depends */
    size_t until;                /* effort */
};

/* What is known of a group so far. */
struct swing {
    struct group *group;
    struct cut widest;
    bool counts;               /* it changes some result */
    const struct value *start; /* the assignment in which it is widest */
};

/* ---- what counts as a result */

static void add_result(struct decider *decider, const struct ir_node *node)
{
    const struct depend *depend = decider->search->depend;
    if (!node)
        return;
    vec_push(&decider->results.nodes, node);
    set_join(decider->reached, depend_on(depend, decider->results.context, node), depend->words);
}

static void find_results(struct decider *decider)
{
    const struct standard *standard = decider->search->run->standard;
    decider->results.has_total = standard->total_node != NULL;
    decider->reached = mem_alloc_plain(decider->search->depend->words * sizeof(uint64_t));
    add_result(decider, standard->total_node);
    add_result(decider, standard->grade);
    add_result(decider, standard->eligible);
    for (size_t i = 0; i < standard->outcomes.count; i++)
        if (standard->outcomes.items[i]->kind == OUTCOME_QUALIFIES)
            add_result(decider, standard->outcomes.items[i]->holds);
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
    struct deciding what = {.kind = DECIDES_FACT, .slot = hole->slot};
    if (hole->kind == HOLE_SETTING)
        what.kind = DECIDES_SETTING;
    if (hole->kind == HOLE_SCORE) {
        what.kind = DECIDES_SCORE;
        what.slot = first_of_criterion(standard, hole->slot);
    }
    return what;
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

static bool in_group(const struct group *group, size_t hole)
{
    for (size_t i = 0; i < group->holes.count; i++)
        if (group->holes.items[i] == hole)
            return true;
    return false;
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

/* ---- one world */

static struct cut width_of(const struct spread *spread)
{
    if (cut_compare(spread->low, spread->high) > 0)
        return cut_at(num_int(0), 0);
    if (spread->low.infinite || spread->high.infinite)
        return spread->low.infinite == spread->high.infinite ? cut_at(num_int(0), 0) : cut_above_all();
    return cut_at(num_sub(spread->high.at, spread->low.at), 0);
}

/* How far the group moves the total in the world at hand. True: further than before. */
static bool note_swing(const struct decider *decider, struct swing *swing)
{
    struct spread spread = group_spread(decider->search, &decider->results, swing->group, decider->until);
    struct cut width = width_of(&spread);
    swing->counts |= spread.differs;
    if (cut_compare(width, swing->widest) <= 0)
        return false;
    swing->widest = width;
    swing->start = search_fills(decider->search);
    return true;
}

static bool is_spent(const struct decider *decider)
{
    return decider->search->run->effort >= decider->until;
}

/* ---- many worlds */

/* Another hole goes where the group moves the total the most. */
static bool widen_by(const struct decider *decider, struct swing *swing, size_t index)
{
    struct search *search = decider->search;
    const struct hole *hole = search_hole(search, index);
    struct value kept = hole->now;
    bool wider = false;
    for (size_t i = 0; i < cells_points(hole) && !is_spent(decider); i++) {
        search_fill(search, index, hole->points[i]);
        if (!note_swing(decider, swing))
            continue;
        kept = hole->points[i];
        wider = true;
    }
    search_fill(search, index, kept);
    return wider;
}

static void widen(const struct decider *decider, struct swing *swing, const size_t *others, size_t count)
{
    bool wider = true;
    for (int round = 0; wider && round < ROUNDS && !is_spent(decider); round++) {
        wider = false;
        for (size_t i = 0; i < count; i++)
            wider |= widen_by(decider, swing, others[i]);
    }
}

static void widen_from(const struct decider *decider, struct swing *swing, const struct value *fill,
                       const size_t *others, size_t count)
{
    struct swing own = {.group = swing->group, .widest = cut_at(num_int(0), 0), .start = fill};
    search_refill(decider->search, fill);
    note_swing(decider, &own);
    widen(decider, &own, others, count);
    swing->counts |= own.counts;
    if (cut_compare(own.widest, swing->widest) <= 0)
        return;
    swing->widest = own.widest;
    swing->start = own.start;
}

/* From where it is widest, and from the ends of the total. */
static void widen_well(const struct decider *decider, struct swing *swing, const size_t *others, size_t count)
{
    const struct search *search = decider->search;
    widen_from(decider, swing, swing->start, others, count);
    for (size_t i = 0; i < search->witnesses.count && !is_spent(decider); i++)
        if (search->witnesses.items[i].of_total)
            widen_from(decider, swing, search->witnesses.items[i].fill, others, count);
}

/* Every way to fill the others, if there is time for all. */
static bool try_others(const struct decider *decider, struct swing *swing, const size_t *others, size_t count)
{
    struct search *search = decider->search;
    size_t before = search->run->effort, most = 0;
    if (!count)
        return true;
    search_refill(search, swing->start);
    note_swing(decider, swing);
    if (!is_spent(decider))
        most = (decider->until - search->run->effort) / (search->run->effort - before + 1);
    size_t ways = ways_count(search, others, count, most);
    for (size_t way = 0; way < ways && ways <= most; way++) {
        ways_fill(search, others, count, way);
        note_swing(decider, swing);
    }
    return ways <= most;
}

static void start_from_witnesses(const struct decider *decider, struct swing *swing)
{
    struct search *search = decider->search;
    swing->start = search->reference;
    search_refill(search, search->reference);
    note_swing(decider, swing);
    for (size_t i = 0; i < search->witnesses.count && !is_spent(decider); i++) {
        search_refill(search, search->witnesses.items[i].fill);
        note_swing(decider, swing);
    }
    group_settle(search, swing->group);
}

static struct swing swing_of(const struct decider *decider, struct group *group)
{
    struct swing swing = {.group = group, .widest = cut_at(num_int(0), 0)};
    size_t *others = mem_alloc_plain(search_holes(decider->search) * sizeof *others);
    start_from_witnesses(decider, &swing);
    size_t count = find_others(decider, group, decider->interplay->strong, others);
    if (!try_others(decider, &swing, others, count))
        widen_well(decider, &swing, others, count);
    count = find_others(decider, group, decider->interplay->weak, others);
    if (!try_others(decider, &swing, others, count))
        widen_from(decider, &swing, swing.start, others, count);
    swing.counts |= swing.widest.infinite || num_sign(swing.widest.at) > 0;
    return swing;
}

/* ---- in order */

static int by_swing(const void *a, const void *b)
{
    const struct deciding *one = a, *other = b;
    int order = cut_compare(other->swing.high, one->swing.high);
    if (order)
        return order;
    if (one->kind != other->kind)
        return (int)one->kind - (int)other->kind;
    return (one->slot > other->slot) - (one->slot < other->slot);
}

/* A group may take more than its share as long as enough is left for the others. */
static size_t allowance(size_t taken, size_t groups)
{
    size_t left = taken < DECIDE_EFFORT ? DECIDE_EFFORT - taken : 0, reserve = DECIDE_LEAST * (groups - 1);
    size_t extra = left > reserve ? left - reserve : 0, most = extra < DECIDE_MOST ? extra : DECIDE_MOST;
    return most > DECIDE_LEAST ? most : DECIDE_LEAST;
}

static struct decisions decide_groups(struct decider *decider)
{
    struct deciding *items = MEM_ARRAY(struct deciding, decider->groups.count);
    size_t count = 0, start = decider->search->run->effort;
    for (size_t i = 0; i < decider->groups.count; i++) {
        size_t taken = decider->search->run->effort - start;
        decider->until = search_until(decider->search, allowance(taken, decider->groups.count - i));
        struct swing swing = swing_of(decider, &decider->groups.items[i]);
        if (!swing.counts)
            continue;
        items[count] = decider->groups.items[i].what;
        items[count++].swing = range_of(cut_at(num_int(0), 0), swing.widest, false);
    }
    qsort(items, count, sizeof *items, by_swing);
    return (struct decisions){items, count};
}

struct decisions decide(struct search *search, size_t context)
{
    struct decider decider = {.search = search, .results = {.context = context}};
    if (!search || !search->reference)
        return (struct decisions){0};
    find_results(&decider);
    find_groups(&decider);
    split_ask_only(search,
                   split_wanted(search->run, decider.results.nodes.items, decider.results.nodes.count));
    search_open(search);
    search_pass(search);
    decider.interplay = interplay_find(search, context, search->run->standard->total_node);
    return decide_groups(&decider);
}
