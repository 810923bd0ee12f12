/* The swing of a fact is looked for among the other facts' assignments: it starts from those that reach the ends of what is shown and is then
 * widened by changing one of the others at a time. */
#include "eval/decide.h"
#include <stdlib.h>
#include "base/mem.h"

enum { ROUNDS = 2 };

/* All holes of one fact, setting or criterion. */
struct group {
    struct deciding what;
    VEC(size_t) holes;
};

struct decider {
    struct search *search;
    size_t context;
    VEC(const struct ir_node *) outcomes;                       /* total first, where there is one */
    bool has_total;
    VEC(struct group) groups;
    uint64_t *reached;                                          /* holes on which an outcome depends */
    size_t until;
};

/* What moving a group came to so far. */
struct spread {
    bool any, differs;
    struct cut low, high;                                       /* of the total */
    struct value *first;                                        /* what the outcomes came to the first time */
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
    case HOLE_SCORE: return (struct deciding){.kind = DECIDES_SCORE, .slot = first_of_criterion(standard, hole->slot)};
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
    for (size_t i = 0; i < hole->first_point[hole->cell_count]; i++) {
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

static void move_group(const struct decider *decider, const struct group *group, struct spread *spread)
{
    const struct search *search = decider->search;
    struct value *before = MEM_ARRAY(struct value, group->holes.count);
    bool several = group->holes.count > 1;
    for (size_t i = 0; i < group->holes.count; i++)
        before[i] = search_hole(search, group->holes.items[i])->now;
    for (int pass = 0; pass < (several ? 2 * ROUNDS : 1); pass++) {
        for (size_t i = 0; i < group->holes.count; i++)
            move_hole(decider, spread, group->holes.items[i], pass < ROUNDS);
        if (pass + 1 == ROUNDS || !several)
            for (size_t i = 0; i < group->holes.count; i++)
                search_fill(decider->search, group->holes.items[i], before[i]);
    }
    for (size_t i = 0; i < group->holes.count; i++)
        search_fill(decider->search, group->holes.items[i], before[i]);
}

static struct cut width_of(const struct spread *spread)
{
    if (cut_compare(spread->low, spread->high) > 0)
        return cut_at(num_int(0), 0);
    if (spread->low.infinite || spread->high.infinite)
        return spread->low.infinite == spread->high.infinite ? cut_at(num_int(0), 0) : cut_infinite(1);
    return cut_at(num_sub(spread->high.at, spread->low.at), 0);
}

/* How far the group moves the total in the world at hand; notes in `group` whether it changes any result. */
static struct cut spread_of(const struct decider *decider, const struct group *group, bool *differs)
{
    struct spread spread = {.low = cut_infinite(1), .high = cut_infinite(-1)};
    spread.first = MEM_ARRAY(struct value, decider->outcomes.count + 1);
    move_group(decider, group, &spread);
    *differs |= spread.differs;
    return width_of(&spread);
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
static bool widen_by(const struct decider *decider, const struct group *group, size_t index, struct cut *widest,
                     bool *differs)
{
    struct search *search = decider->search;
    const struct hole *hole = search_hole(search, index);
    struct value kept = hole->now;
    bool wider = false;
    for (size_t i = 0; i < hole->first_point[hole->cell_count] && !is_spent(decider); i++) {
        search_fill(search, index, hole->points[i]);
        struct cut width = spread_of(decider, group, differs);
        if (cut_compare(width, *widest) <= 0)
            continue;
        *widest = width;
        kept = hole->points[i];
        wider = true;
    }
    search_fill(search, index, kept);
    return wider;
}

static void widen(const struct decider *decider, const struct group *group, struct cut *widest, bool *differs)
{
    bool wider = true;
    for (int round = 0; wider && round < ROUNDS && !is_spent(decider); round++) {
        wider = false;
        for (size_t i = 0; i < search_holes(decider->search); i++)
            if (set_has(decider->reached, i) && !in_group(group, i))
                wider |= widen_by(decider, group, i, widest, differs);
    }
}

/* From each witness; then on from the widest. */
static void swing_of(struct decider *decider, struct group *group, bool *counts)
{
    struct search *search = decider->search;
    struct cut widest = cut_at(num_int(0), 0);
    const struct value *start = search->reference;
    *counts = false;
    for (size_t i = 0; i <= search->witnesses.count && !is_spent(decider); i++) {
        const struct value *fill = i ? search->witnesses.items[i - 1].fill : search->reference;
        search_refill(search, fill);
        struct cut width = spread_of(decider, group, counts);
        if (cut_compare(width, widest) <= 0)
            continue;
        widest = width;
        start = fill;
    }
    search_refill(search, start);
    widen(decider, group, &widest, counts);
    *counts |= widest.infinite || num_sign(widest.at) > 0;
    group->what.swing = range_of(cut_at(num_int(0), 0), widest, false);
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

struct decisions decide(struct search *search, size_t context)
{
    struct decider decider = {.search = search, .context = context};
    struct decisions decisions = {0};
    if (!search || !search->reference)
        return decisions;
    find_outcomes(&decider);
    find_groups(&decider);
    struct deciding *items = MEM_ARRAY(struct deciding, decider.groups.count + 1);
    for (size_t i = 0; i < decider.groups.count; i++) {
        bool counts;
        decider.until = search->passes + DECIDE_PASSES / decider.groups.count;
        swing_of(&decider, &decider.groups.items[i], &counts);
        if (counts)
            items[decisions.count++] = decider.groups.items[i].what;
    }
    qsort(items, decisions.count, sizeof *items, by_swing);
    decisions.items = items;
    return decisions;
}
