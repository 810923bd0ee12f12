#include "whatif/worlds.h"
#include "base/mem.h"
#include "eval/climb.h"

/* How good a world is: whether the aim can be reached there; of two alike in that, what the total can come to, high or low. */
struct merit {
    bool possible;
    struct cut total;
};

struct wish {
    const struct aim *aim;
    bool high; /* … total is good for it */
};

static struct cut total_for(const struct levers *levers, bool high)
{
    const struct ir_node *total = levers->standard->total_node;
    const struct value *value = total ? levers_value(levers, total) : NULL;
    if (!value || value->kind != VALUE_NUMBER || value->nothing_else || value->fault)
        return cut_infinite(1);
    return high ? value->range.high : range_neg(value->range).high;
}

static struct merit merit(const struct levers *levers, struct wish wish)
{
    return (struct merit){aim_is_possible(wish.aim, levers_value(levers, wish.aim->goal)),
                          total_for(levers, wish.high)};
}

static bool is_worse(struct merit a, struct merit b)
{
    return a.possible != b.possible ? b.possible : cut_compare(a.total, b.total) < 0;
}

/* The point of a hole that is worst, the others as they are. */
static void fill_worst(struct levers *levers, struct wish wish, size_t index)
{
    const struct hole *hole = search_hole(levers->search, index);
    struct value worst = hole->now;
    struct merit least = {.possible = true, .total = cut_infinite(1)};
    bool found = false;
    for (size_t i = 0; i < cells_points(hole); i++) {
        search_fill(levers->search, index, hole->points[i]);
        if (!levers_pass(levers))
            continue;
        struct merit now = merit(levers, wish);
        if (found && !is_worse(now, least))
            continue;
        found = true;
        least = now;
        worst = hole->points[i];
    }
    search_fill(levers->search, index, worst);
}

static bool is_open_now(const struct levers *levers, size_t hole)
{
    return !value_is_single(&search_hole(levers->search, hole)->now);
}

static void fill_fixed(struct levers *levers, struct wish wish)
{
    for (size_t i = 0; i < levers->fixed.count; i++)
        if (is_open_now(levers, levers->fixed.items[i]))
            fill_worst(levers, wish, levers->fixed.items[i]);
}

/* Whether one thing applies is bad or good is seen best where the others do. */
static void let_apply(struct levers *levers)
{
    for (size_t i = 0; i < levers->list.count; i++)
        if (levers->list.items[i].open && is_open_now(levers, levers->list.items[i].hole))
            lever_move(levers, i, value_without_na(lever_hole(levers, i)->domain));
}

static void fill_open(struct levers *levers, struct wish wish)
{
    let_apply(levers);
    for (size_t i = 0; i < levers->list.count; i++)
        if (levers->list.items[i].open && is_open_now(levers, levers->list.items[i].hole))
            fill_worst(levers, wish, levers->list.items[i].hole);
    fill_fixed(levers, wish);
}

void worlds_put_first(struct levers *levers, size_t place)
{
    size_t world = levers->strictest[place];
    for (; place > 0; place--)
        levers->strictest[place] = levers->strictest[place - 1];
    levers->strictest[0] = world;
}

/* Even if every lever may move, whichever way. */
static bool is_hopeless(struct levers *levers, const struct aim *aim)
{
    const struct value *before = search_fills(levers->search);
    for (size_t i = 0; i < levers->list.count; i++)
        lever_open(levers, i);
    bool hopeless = levers_pass(levers) && !aim_is_possible(aim, levers_value(levers, aim->goal));
    search_refill(levers->search, before);
    return hopeless;
}

static bool same_in(const struct levers *levers, const struct value *world, size_t hole)
{
    const struct value *now = &search_hole(levers->search, hole)->now;
    return value_equal(&world[hole], now);
}

/* Its number, or that of a new one. */
static size_t number_of_world(const struct levers *levers)
{
    for (size_t w = 0; w < levers->worlds.count; w++) {
        bool same = true;
        for (size_t i = 0; i < levers->list.count && same; i++)
            same = !levers->list.items[i].open ||
                   same_in(levers, levers->worlds.items[w], levers->list.items[i].hole);
        for (size_t i = 0; i < levers->fixed.count && same; i++)
            same = same_in(levers, levers->worlds.items[w], levers->fixed.items[i]);
        if (same)
            return w;
    }
    return levers->worlds.count;
}

static bool is_held(const struct levers *levers, size_t world)
{
    for (size_t i = 0; i < levers->held; i++)
        if (levers->strictest[i] == world)
            return true;
    return false;
}

/* The world at hand is held against the ways from now on. */
static void hold(struct levers *levers, const struct aim *aim)
{
    size_t world = number_of_world(levers);
    if (is_held(levers, world) || world == WORLDS_MAX)
        return;
    if (world == levers->worlds.count) {
        vec_push(&levers->worlds, search_fills(levers->search));
        levers->hopeless |= is_hopeless(levers, aim);
    }
    levers->strictest[levers->held] = world;
    worlds_put_first(levers, levers->held++);
}

static void start(struct levers *levers, struct wish wish)
{
    levers_as_is(levers);
    for (size_t i = 0; i < levers->list.count; i++)
        lever_open(levers, i);
    fill_fixed(levers, wish); /* what is worst even when all levers may move */
    for (size_t i = 0; i < levers->list.count; i++)
        lever_move(levers, i, levers->list.items[i].now);
    if (!levers_pass(levers)) /* but not where what is so now rules it out */
        levers_as_is(levers);
    fill_open(levers, wish);
    hold(levers, wish.aim);
}

static struct wish ordinary(const struct levers *levers, const struct aim *aim)
{
    return (struct wish){aim, aim->holds != levers->standard->better_lower};
}

static struct wish turned(struct wish wish)
{
    wish.high = !wish.high;
    return wish;
}

void worlds_start(struct levers *levers, const struct aim *aim)
{
    if (levers->any_open && !levers->search->reference)
        climb_reference(levers->search);
    start(levers, ordinary(levers, aim));
    start(levers, turned(ordinary(levers, aim)));
    levers_suppose(levers, 0);
    levers_rest(levers);
    levers_pass(levers);
}

void worlds_hold_only(struct levers *levers, size_t world)
{
    levers->strictest[0] = world;
    levers->held = 1;
}

/* ---- against a way that fails */

static bool fails_now(struct levers *levers, const struct aim *aim)
{
    return levers_pass(levers) && !aim_is_possible(aim, levers_value(levers, aim->goal));
}

/* The engine's search takes every hole for open: what is known, or has been moved, goes back to where it was. */
static void put_back_single(struct levers *levers, const struct value *before)
{
    for (size_t i = 0; i < search_holes(levers->search); i++)
        if (value_is_single(&before[i]))
            search_fill(levers->search, i, before[i]);
}

/* The worst at first sight; else the engine's own search for a witness. */
static bool find_failing(struct levers *levers, const struct aim *aim, const struct value *before)
{
    struct claim claim = {levers->context, aim->goal, aim->holds ? CLAIM_NO : CLAIM_YES};
    struct wish wish = ordinary(levers, aim);
    fill_open(levers, wish);
    if (fails_now(levers, aim))
        return true;
    search_refill(levers->search, before);
    fill_open(levers, turned(wish));
    if (fails_now(levers, aim))
        return true;
    search_refill(levers->search, before);
    levers_pass(levers);
    climb_to(levers->search, &claim);
    put_back_single(levers, before);
    return fails_now(levers, aim);
}

/* With nothing moved: a limit may tie what is open to what has been. */
static bool is_possible_unmoved(struct levers *levers, const struct value *before)
{
    const struct value *found = search_fills(levers->search);
    for (size_t i = 0; i < levers->list.count; i++) {
        if (!levers->list.items[i].open)
            lever_move(levers, i, levers->list.items[i].now);
        else if (value_is_single(&before[levers->list.items[i].hole]))
            lever_open(levers, i);
    }
    bool possible = levers_pass(levers);
    search_refill(levers->search, found);
    return possible;
}

bool worlds_add_against(struct levers *levers, const struct aim *aim)
{
    const struct value *before = search_fills(levers->search);
    bool found = find_failing(levers, aim, before);
    if (found && is_possible_unmoved(levers, before))
        hold(levers, aim);
    search_refill(levers->search, before);
    return found;
}
