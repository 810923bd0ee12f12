#include "whatif/worlds.h"
#include "base/mem.h"
#include "eval/climb.h"

/* How good a world is: whether the aim can be reached there; of two alike in that, how much room is left to what it compares; then what the
 * total can come to, high or low. */
struct merit {
    bool possible;
    struct cut room, total;
};

struct wish {
    const struct aim *aim;
    bool high;   /* … total is good for it */
    bool rooms;  /* it tells of the room, too: what it compares is more than the total with a number */
    bool turned; /* of what is to be equal, the other side counts */
};

/* Conditions that one goal is taken apart into: definitions may stand in each other many times over. */
enum { CONDITIONS_MAX = 2000 };

/* ---- how much room a goal has */

static bool has_number(const struct value *value)
{
    return value_has_range(value) && !value->nothing_else && !value->fault;
}

/* How far `a` can be below `b`, at best. */
static struct cut room_below(const struct levers *levers, const struct ir_node *a, const struct ir_node *b)
{
    const struct value *one = levers_value(levers, a), *other = levers_value(levers, b);
    return has_number(one) && has_number(other) ? range_sub(other->range, one->range).high : cut_infinite(1);
}

static struct cut room_of(const struct levers *levers, struct wish wish, size_t *left,
                          const struct ir_node *node, bool yes);

/* The least of them where all count, else the most. */
static struct cut room_of_parts(const struct levers *levers, struct wish wish, size_t *left,
                                const struct ir_node *node, bool yes)
{
    bool all = yes == (node->op == IR_AND);
    struct cut room = cut_infinite(all ? 1 : -1);
    for (size_t i = 0; i < node->arg_count; i++) {
        struct cut part = room_of(levers, wish, left, node->args[i], yes);
        room = all ? cut_min(room, part) : cut_max(room, part);
    }
    return room;
}

static struct cut room_of(const struct levers *levers, struct wish wish, size_t *left,
                          const struct ir_node *node, bool yes)
{
    struct aim part = {.goal = node, .holds = yes};
    bool apart = *left > 0;
    *left -= apart;
    switch (apart ? (int)node->op : IR_CONST) {
    case IR_AND:
    case IR_OR: return room_of_parts(levers, wish, left, node, yes);
    case IR_NOT: return room_of(levers, wish, left, node->args[0], !yes);
    case IR_NA_AS: return room_of(levers, wish, left, node->args[0], yes);
    case IR_LESS:
    case IR_LESS_EQUAL: return room_below(levers, node->args[yes ? 0 : 1], node->args[yes ? 1 : 0]);
    case IR_EQUAL:
        if (yes)
            return room_below(levers, node->args[wish.turned ? 1 : 0], node->args[wish.turned ? 0 : 1]);
        break;
    }
    return cut_infinite(aim_is_possible(&part, levers_value(levers, node)) ? 1 : -1);
}

static bool is_of_total(const struct levers *levers, const struct ir_node *node)
{
    const struct ir_node *total = levers->standard->total_node;
    return (node->args[0] == total && ir_is_const(node->args[1])) ||
           (node->args[1] == total && ir_is_const(node->args[0]));
}

/* Does it compare anything but the total with a number? Perhaps, where it has more conditions than are looked at. */
static bool has_more(const struct levers *levers, const struct ir_node *node, size_t *left)
{
    bool more = *left == 0;
    *left -= !more;
    switch ((int)node->op) {
    case IR_AND:
    case IR_OR:
    case IR_NOT:
    case IR_NA_AS:
        for (size_t i = 0; i < node->arg_count && !more; i++)
            more = has_more(levers, node->args[i], left);
        return more;
    case IR_LESS:
    case IR_LESS_EQUAL:
    case IR_EQUAL: return value_has_range(levers_value(levers, node->args[0])) && !is_of_total(levers, node);
    }
    return more;
}

static bool compares_more(const struct levers *levers, const struct ir_node *node)
{
    size_t left = CONDITIONS_MAX;
    return has_more(levers, node, &left);
}

/* ---- the worst */

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
    size_t left = CONDITIONS_MAX;
    return (struct merit){
        aim_is_possible(wish.aim, levers_value(levers, wish.aim->goal)),
        wish.rooms ? room_of(levers, wish, &left, wish.aim->goal, wish.aim->holds) : cut_infinite(1),
        total_for(levers, wish.high)};
}

static bool is_worse(struct merit a, struct merit b)
{
    int order = a.possible != b.possible ? (a.possible ? 1 : -1) : cut_compare(a.room, b.room);
    return (order ? order : cut_compare(a.total, b.total)) < 0;
}

/* The point of a hole that is worst, the others as they are. */
static void fill_worst(struct levers *levers, struct wish wish, size_t index)
{
    const struct hole *hole = search_hole(levers->search, index);
    struct value worst = hole->now;
    struct merit least = {.possible = true};
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
    return (struct wish){.aim = aim, .high = aim->holds != levers->standard->better_lower};
}

static struct wish turned(struct wish wish)
{
    wish.high = !wish.high;
    wish.turned = !wish.turned;
    return wish;
}

static struct wish with_room(struct wish wish)
{
    wish.rooms = true;
    return wish;
}

void worlds_start(struct levers *levers, const struct aim *aim)
{
    if (levers->any_open && !levers->search->reference)
        climb_reference(levers->search);
    start(levers, ordinary(levers, aim));
    start(levers, turned(ordinary(levers, aim)));
    if (levers->any_open && compares_more(levers, aim->goal)) {
        start(levers, with_room(ordinary(levers, aim)));
        start(levers, with_room(turned(ordinary(levers, aim))));
    }
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

/* ---- … sought in several ways */

typedef bool finder(struct levers *levers, const struct aim *aim, const struct value *before);

static bool find_by(struct levers *levers, struct wish wish)
{
    fill_open(levers, wish);
    return fails_now(levers, wish.aim);
}

static bool find_at_first_sight(struct levers *levers, const struct aim *aim, const struct value *before)
{
    (void)before;
    return find_by(levers, ordinary(levers, aim));
}

static bool find_turned(struct levers *levers, const struct aim *aim, const struct value *before)
{
    (void)before;
    return find_by(levers, turned(ordinary(levers, aim)));
}

static bool find_with_room(struct levers *levers, const struct aim *aim, const struct value *before)
{
    (void)before;
    return compares_more(levers, aim->goal) && find_by(levers, with_room(ordinary(levers, aim)));
}

/* The engine's own search for a witness. */
static bool find_by_climbing(struct levers *levers, const struct aim *aim, const struct value *before)
{
    struct claim claim = {levers->context, aim->goal, aim->holds ? CLAIM_NO : CLAIM_YES};
    levers_pass(levers);
    search_allow(levers->search, CLAIM_EFFORT);
    climb_to(levers->search, &claim);
    put_back_single(levers, before);
    return fails_now(levers, aim);
}

/* What found a world last is asked first: ways that fail are much alike. */
static bool find_failing(struct levers *levers, const struct aim *aim, const struct value *before)
{
    static finder *const finders[] = {find_at_first_sight, find_turned, find_with_room, find_by_climbing};
    size_t count = sizeof finders / sizeof *finders, last = levers->found_by;
    for (size_t i = 0; i <= count; i++) {
        size_t which = i == 0 ? last : i - 1;
        if (i > 0 && which == last)
            continue;
        search_refill(levers->search, before);
        if (finders[which](levers, aim, before)) {
            levers->found_by = which;
            return true;
        }
    }
    return false;
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
