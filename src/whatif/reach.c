/* Branch and bound over sets of levers. A branch has taken some levers and left others; those from a place in the order on are undecided. What it
 * must still cost at least (gains.c) orders the branches, so that the first way found is a cheapest one.
 * What is open is supposed to be as unfavourable as can be found: a way must do in that world too. Whether it does in all is asked of each way
 * (solve.c). */
#include "whatif/reach.h"
#include <stdlib.h>
#include "base/mem.h"
#include "eval/probe.h"
#include "whatif/windows.h"
#include "whatif/gains.h"
#include "whatif/marks.h"
#include "whatif/worlds.h"

enum {
    LEAST_EFFORT = 1500000, /* however small a standard is */
    EFFORT_EACH = 32,       /* for each lever and each node: a wider search than that seldom finds anything */
    GATHER = 4,             /* so many times the ways wanted are gathered before the smallest are chosen */
    GATHER_EFFORT = 100000, /* for each way wanted, and four more: then what was found has to do */
    CHOICE_EFFORT = 100000, /* once there are as many as were wanted */
    DECIDED_MAX = 4         /* of so many levers it is decided first whether they move to n/a */
};

/* What a world comes to with some levers taken, and what those from a place in the order on must still cost there: the same for all places from
 * `from` to before `until`. */
struct outlook {
    bool known;
    bool possible; /* with what is taken alone */
    bool never;    /* whatever is taken besides */
    size_t from, until;
    struct num least;
};

struct branch {
    const size_t *taken; /* levers, in the order of the search */
    size_t count, next;
    struct outlook *outlooks; /* [world]: shared by the branches that have taken the same */
    struct num cost, bound;
    unsigned
        na; /* of the levers of which that is decided first: these are taken, and move to n/a; the others do not */
    bool tried;      /* of what is taken alone it is known that it does not do */
    bool possible;   /* it may do, in the worlds looked at */
    uint32_t worlds; /* … these: a set */
    size_t age;
};

/* What levers can add, in one world and those that do not differ in what counts for it. */
struct view {
    unsigned na;
    size_t world;
    struct gains *gains;
};

struct searching {
    struct levers *levers;
    const struct aim *aim;
    struct reach_limits limits;
    size_t decided[DECIDED_MAX];
    size_t decided_count;
    VEC(struct view) views;
    size_t *order, *place; /* levers in the order of the search; [lever]: its place in it */
    bool *needed;          /* [lever]: it is part of every way */
    bool *taken;           /* [lever]: of the branch at hand */
    uint64_t *free;        /* the holes of levers that the branch at hand has not decided on: a set */
    struct reach *reach;
    VEC(struct branch) heap;
    size_t ages;
};

/* ---- the heap: the least bound on top, of equal ones the deepest, then the eldest */

static bool goes_before(const struct branch *a, const struct branch *b)
{
    int order = num_compare(a->bound, b->bound);
    if (order != 0)
        return order < 0;
    return a->count != b->count ? a->count > b->count : a->age < b->age;
}

static void swap(struct branch *a, struct branch *b)
{
    struct branch kept = *a;
    *a = *b;
    *b = kept;
}

static void push(struct searching *searching, struct branch branch)
{
    branch.age = searching->ages++;
    vec_push(&searching->heap, branch);
    struct branch *items = searching->heap.items;
    for (size_t i = searching->heap.count - 1; i > 0 && goes_before(&items[i], &items[(i - 1) / 2]);
         i = (i - 1) / 2)
        swap(&items[i], &items[(i - 1) / 2]);
}

static struct branch pop(struct searching *searching)
{
    struct branch *items = searching->heap.items, top = items[0];
    size_t count = --searching->heap.count;
    items[0] = items[count];
    for (size_t i = 0, child; (child = 2 * i + 1) < count; i = child) {
        if (child + 1 < count && goes_before(&items[child + 1], &items[child]))
            child++;
        if (!goes_before(&items[child], &items[i]))
            break;
        swap(&items[child], &items[i]);
    }
    return top;
}

/* ---- what is decided of n/a */

static void find_decided(struct searching *searching)
{
    const struct levers *levers = searching->levers;
    for (size_t i = 0; i < levers->list.count && searching->decided_count < DECIDED_MAX; i++)
        if (levers->list.items[i].open && lever_hole(levers, i)->domain.na)
            searching->decided[searching->decided_count++] = i;
}

static void decide(const struct searching *searching, unsigned na)
{
    for (size_t i = 0; i < searching->decided_count; i++)
        searching->levers->list.items[searching->decided[i]].applying = na >> i & 1 ? APPLIES_NOT : APPLIES;
}

static void leave_undecided(const struct searching *searching)
{
    for (size_t i = 0; i < searching->decided_count; i++)
        searching->levers->list.items[searching->decided[i]].applying = APPLIES_PERHAPS;
}

/* Is it taken from the beginning? */
static bool is_decided(const struct searching *searching, unsigned na, size_t lever)
{
    for (size_t i = 0; i < searching->decided_count; i++)
        if (searching->decided[i] == lever && na >> i & 1)
            return true;
    return searching->needed[lever];
}

/* Two worlds in which a lever adds the same: what cannot move is the same, and what applies. */
static bool is_alike(const struct searching *searching, size_t a, size_t b)
{
    const struct levers *levers = searching->levers;
    const struct value *one = levers->worlds.items[a], *other = levers->worlds.items[b];
    for (size_t i = 0; i < levers->fixed.count; i++)
        if (!value_equal(&one[levers->fixed.items[i]], &other[levers->fixed.items[i]]))
            return false;
    for (size_t i = 0; i < searching->decided_count; i++) {
        size_t hole = levers->list.items[searching->decided[i]].hole;
        if (one[hole].nothing_else != other[hole].nothing_else)
            return false;
    }
    return true;
}

/* Leaves the levers at rest in that world where it was not asked about before. */
static struct gains *gains_in(struct searching *searching, unsigned na, size_t world)
{
    for (size_t i = 0; i < searching->views.count; i++) {
        const struct view *view = &searching->views.items[i];
        if (view->na == na && is_alike(searching, view->world, world))
            return view->gains;
    }
    levers_suppose(searching->levers, world);
    decide(searching, na);
    struct gains *before = searching->views.count ? searching->views.items[0].gains : NULL;
    struct view view = {na, world, gains_find(searching->levers, before)};
    leave_undecided(searching);
    vec_push(&searching->views, view);
    return view.gains;
}

static void find_needed(struct searching *searching)
{
    struct levers *levers = searching->levers;
    const struct windows *windows = windows_find(levers, searching->aim);
    searching->needed = mem_alloc_plain(levers->list.count + 1);
    levers->hopeless |= windows_shut(windows);
    for (size_t i = 0; i < levers->list.count && !levers->hopeless; i++)
        searching->needed[i] = windows_need(windows, i);
}

/* ---- which levers first */

struct ranked {
    size_t lever;
    struct cut gain;
    struct num cost;
};

static int by_gain(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    int order = num_compare(a->cost, b->cost);
    if (order == 0)
        order = -cut_compare(a->gain, b->gain);
    return order ? order : (a->lever > b->lever) - (a->lever < b->lever);
}

static void order_levers(struct searching *searching)
{
    const struct levers *levers = searching->levers;
    const struct gains *gains = gains_in(searching, 0, 0);
    size_t count = levers->list.count;
    struct ranked *ranked = MEM_ARRAY(struct ranked, count + 1);
    for (size_t i = 0; i < count; i++) {
        ranked[i] = (struct ranked){i, cut_at(num_int(0), 0), levers->list.items[i].cost};
        if (levers->standard->total_node)
            ranked[i].gain = gains_reach(gains, i, levers->standard->total_node);
    }
    if (count)
        qsort(ranked, count, sizeof *ranked, by_gain);
    searching->order = mem_alloc_plain((count + 1) * sizeof *searching->order);
    searching->place = mem_alloc_plain((count + 1) * sizeof *searching->place);
    searching->taken = mem_alloc_plain(count + 1);
    searching->free = mem_alloc_plain(levers->search->depend->words * sizeof *searching->free);
    for (size_t i = 0; i < count; i++) {
        searching->order[i] = ranked[i].lever;
        searching->place[ranked[i].lever] = i;
    }
}

/* ---- branches */

static void find_free(struct searching *searching, size_t next)
{
    const struct levers *levers = searching->levers;
    for (size_t i = 0; i < levers->search->depend->words; i++)
        searching->free[i] = 0;
    for (size_t i = next; i < levers->list.count; i++) {
        const struct lever *lever = &levers->list.items[searching->order[i]];
        if (searching->taken[searching->order[i]])
            continue;
        set_add(searching->free, lever->hole);
        for (size_t k = 0; k < lever->others.count; k++)
            set_add(searching->free, lever->others.items[k]);
    }
}

/* After a pass. False: the levers from a place in the order on cannot make up for what is missing. */
static bool least_from(struct searching *searching, struct gains *gains, size_t world, size_t next,
                       struct num *least)
{
    const struct aim *aim = searching->aim;
    find_free(searching, next);
    struct gains_state state = {world, searching->place, next, searching->taken, searching->free};
    return gains_least(gains, aim->goal, aim->holds, &state, least);
}

/* The pass costs more than the question how much is missing: that is asked for the branches to come, too, which leave the next levers. */
static void look_ahead(struct searching *searching, struct gains *gains, struct outlook *outlook,
                       size_t world)
{
    size_t count = searching->levers->list.count;
    struct num least;
    for (size_t stride = 1; outlook->until < count; stride *= 2) {
        size_t next = outlook->until + stride - 1;
        next = next < count ? next : count - 1;
        if (!least_from(searching, gains, world, next, &least) || !num_equal(least, outlook->least))
            return;
        outlook->until = next + 1;
    }
}

/* In one world: what is taken is open, all else at rest. */
static void look_decided(struct searching *searching, const struct branch *branch, size_t world)
{
    struct levers *levers = searching->levers;
    struct outlook *outlook = &branch->outlooks[world];
    struct gains *gains = gains_in(searching, branch->na, world);
    decide(searching, branch->na);
    *outlook = (struct outlook){.known = true, .from = branch->next, .until = SIZE_MAX, .least = num_int(0)};
    levers_suppose(levers, world);
    levers_rest(levers);
    levers_spend(levers, levers->list.count);
    for (size_t i = 0; i < branch->count; i++)
        lever_open_as_decided(levers, branch->taken[i]);
    if (!levers_pass(levers))
        return; /* as long as nothing else is moved with it */
    outlook->possible = aim_is_possible(searching->aim, levers_value(levers, searching->aim->goal));
    if (outlook->possible)
        return;
    outlook->never = !least_from(searching, gains, world, branch->next, &outlook->least);
    if (outlook->never)
        return;
    outlook->until = branch->next + 1;
    look_ahead(searching, gains, outlook, world);
}

static void look(struct searching *searching, const struct branch *branch, size_t world)
{
    look_decided(searching, branch, world);
    leave_undecided(searching);
}

/* False: the undecided levers cannot make up for what is missing in a world. */
static bool bound_in(struct searching *searching, struct branch *branch, size_t world)
{
    const struct outlook *outlook = &branch->outlooks[world];
    if (!outlook->known || branch->next < outlook->from || branch->next >= outlook->until)
        look(searching, branch, world);
    branch->worlds |= (uint32_t)1 << world;
    branch->possible &= outlook->possible;
    branch->bound = num_max(branch->bound, num_add(branch->cost, outlook->least));
    return !outlook->never;
}

/* Looks at more worlds, until the bound rises. False: one of them cannot be made good. */
static bool look_further(struct searching *searching, struct branch *branch)
{
    struct levers *levers = searching->levers;
    struct num before = branch->bound;
    bool reachable = true;
    for (size_t i = 0; i < branch->count; i++)
        searching->taken[branch->taken[i]] = true;
    for (size_t i = 0; i < levers->held && reachable && num_equal(branch->bound, before); i++) {
        if (branch->worlds >> levers->strictest[i] & 1)
            continue;
        reachable = bound_in(searching, branch, levers->strictest[i]);
        if (!reachable || !num_equal(branch->bound, before))
            worlds_put_first(levers, i);
    }
    for (size_t i = 0; i < branch->count; i++)
        searching->taken[branch->taken[i]] = false;
    return reachable;
}

static bool is_looked_at(const struct searching *searching, const struct branch *branch)
{
    for (size_t i = 0; i < searching->levers->held; i++)
        if (!(branch->worlds >> searching->levers->strictest[i] & 1))
            return false;
    return true;
}

static bool holds_all(const struct branch *branch, const struct way *way)
{
    for (size_t i = 0; i < way->count; i++) {
        bool found = false;
        for (size_t k = 0; k < branch->count; k++)
            found |= branch->taken[k] == way->moves[i].lever;
        if (!found)
            return false;
    }
    return true;
}

static bool holds_a_way(const struct searching *searching, const struct branch *branch)
{
    for (size_t i = 0; i < searching->reach->ways.count; i++)
        if (holds_all(branch, &searching->reach->ways.items[i]))
            return true;
    return false;
}

static void push_if_open(struct searching *searching, struct branch branch)
{
    branch.worlds = 0;
    branch.possible = true;
    if (look_further(searching, &branch))
        push(searching, branch);
}

static void take_next(struct searching *searching, const struct branch *branch)
{
    size_t lever = searching->order[branch->next],
           *taken = mem_alloc_plain((branch->count + 1) * sizeof *taken);
    for (size_t i = 0; i < branch->count; i++)
        taken[i] = branch->taken[i];
    taken[branch->count] = lever;
    struct branch with = {.taken = taken,
                          .count = branch->count + 1,
                          .next = branch->next + 1,
                          .na = branch->na,
                          .bound = branch->bound};
    with.outlooks = MEM_ARRAY(struct outlook, WORLDS_MAX);
    with.cost = num_add(branch->cost, searching->levers->list.items[lever].cost);
    with.bound = num_max(with.bound, with.cost);
    if (!holds_a_way(searching, &with))
        push_if_open(searching, with);
}

/* Something more has to be taken: at least the cheapest of what is left. */
static void leave_next(struct searching *searching, const struct branch *branch)
{
    struct branch without = *branch;
    without.next++;
    without.tried = true;
    if (without.next >= searching->levers->list.count)
        return;
    struct num cheapest = searching->levers->list.items[searching->order[without.next]].cost;
    without.bound = num_max(without.bound, num_add(without.cost, cheapest));
    push_if_open(searching, without);
}

/* ---- ways */

static struct num share_of(struct num part, struct num a, struct num b)
{
    struct num larger = num_max(num_abs(a), num_abs(b));
    return num_sign(larger) ? num_div(part, larger) : num_int(0);
}

static struct num size_of(const struct levers *levers, const struct move *move)
{
    const struct lever *lever = &levers->list.items[move->lever];
    const struct value *now = &lever->now, *to = &move->to;
    if (lever->open || now->kind != to->kind || to->nothing_else)
        return num_int(1);
    if (now->kind == VALUE_MONTHS)
        return num_ratio(__builtin_popcount(now->months.sure ^ to->months.sure), 12);
    if ((now->kind == VALUE_NUMBER || now->kind == VALUE_DOCUMENT) && range_is_point(now->range) &&
        range_is_point(to->range)) {
        struct num a = now->range.low.at, b = to->range.low.at;
        return share_of(num_abs(num_sub(a, b)), a, b);
    }
    return num_int(1);
}

static void add_way(struct searching *searching, const struct branch *branch, const struct solution *solution)
{
    struct way way = {.moves = solution->moves,
                      .count = branch->count,
                      .cost = branch->cost,
                      .least = solution->least,
                      .after = solution->after,
                      .size = num_int(0)};
    for (size_t i = 0; i < way.count; i++)
        way.size = num_add(way.size, size_of(searching->levers, &way.moves[i]));
    vec_push(&searching->reach->ways, way);
}

static int by_index(const void *a, const void *b)
{
    size_t left = *(const size_t *)a, right = *(const size_t *)b;
    return (left > right) - (left < right);
}

/* With one way found, the others are worth what is left of an ordinary search, and little where that took long; so are more than were wanted. */
static void hurry(struct searching *searching)
{
    struct levers *levers = searching->levers;
    size_t found = searching->reach->ways.count, wanted = searching->limits.ways;
    size_t last = levers_effort(levers) + CHOICE_EFFORT;
    if (found == 1 && last < GATHER_EFFORT * (wanted + 4))
        last = GATHER_EFFORT * (wanted + 4);
    if ((found == 1 || found == wanted) && levers->patience.effort > last)
        levers->patience.effort = last;
}

static enum solved try_taken(struct searching *searching, const struct branch *branch)
{
    size_t *set = mem_alloc_plain((branch->count + 1) * sizeof *set);
    struct solution solution;
    for (size_t i = 0; i < branch->count; i++)
        set[i] = branch->taken[i];
    qsort(set, branch->count, sizeof *set, by_index);
    decide(searching, branch->na);
    enum solved solved = solve(searching->levers, searching->aim, set, branch->count, &solution);
    leave_undecided(searching);
    if (solved == SOLVED) {
        add_way(searching, branch, &solution);
        hurry(searching);
    }
    if (solved == SOLVED_UNSURE && !levers_spent(searching->levers)) {
        struct reach *reach = searching->reach;
        reach->unsure_from = reach->unsure++ ? num_min(reach->unsure_from, branch->cost) : branch->cost;
    }
    return solved;
}

static void skip_decided(const struct searching *searching, struct branch *branch)
{
    while (branch->next < searching->levers->list.count &&
           is_decided(searching, branch->na, searching->order[branch->next]))
        branch->next++;
}

static void look_at(struct searching *searching, struct branch *branch)
{
    struct num before = branch->bound;
    if (holds_a_way(searching, branch) || !look_further(searching, branch))
        return;
    if (num_compare(branch->bound, before) > 0 || !is_looked_at(searching, branch)) {
        push(searching, *branch);
        return;
    }
    if (branch->count && !branch->tried && branch->possible) {
        enum solved solved = try_taken(searching, branch);
        if (solved != SOLVED && levers_spent(searching->levers))
            push(searching, *branch); /* stays to be done */
        if (solved == SOLVED || levers_spent(searching->levers))
            return;
    }
    skip_decided(searching, branch);
    if (branch->next >= searching->levers->list.count)
        return;
    take_next(searching, branch);
    leave_next(searching, branch);
}

/* ---- the course */

static bool costs_more(const struct outlook *a, const struct outlook *b)
{
    return a->never || b->never ? !b->never : num_compare(a->least, b->least) > 0;
}

/* Of the worlds to begin with, that in which the aim costs more. */
static void keep_harder(struct searching *searching, const struct branch *root)
{
    struct levers *levers = searching->levers;
    size_t harder = 0;
    for (size_t i = 0; i < levers->worlds.count; i++) {
        look(searching, root, i);
        if (costs_more(&root->outlooks[i], &root->outlooks[harder]))
            harder = i;
    }
    worlds_hold_only(levers, harder);
}

/* One for each that may be decided of n/a. */
static void push_roots(struct searching *searching)
{
    for (unsigned na = 0; na >> searching->decided_count == 0; na++) {
        size_t *taken = mem_alloc_plain((searching->levers->list.count + 1) * sizeof *taken);
        struct branch root = {.taken = taken, .na = na, .cost = num_int(0)};
        root.outlooks = MEM_ARRAY(struct outlook, WORLDS_MAX);
        for (size_t i = 0; i < searching->levers->list.count; i++) {
            if (!is_decided(searching, na, i))
                continue;
            taken[root.count++] = i;
            root.cost = num_add(root.cost, searching->levers->list.items[i].cost);
        }
        root.bound = root.cost;
        push_if_open(searching, root);
    }
}

/* Enough are gathered, and the next would cost more. */
static bool is_enough(const struct searching *searching)
{
    const struct reach *reach = searching->reach;
    size_t count = reach->ways.count, wanted = searching->limits.ways;
    if (count < wanted)
        return false;
    bool dearer = num_compare(searching->heap.items[0].bound, reach->ways.items[count - 1].cost) > 0;
    return dearer || count >= wanted * GATHER;
}

static int by_cost(const void *left, const void *right)
{
    const struct way *a = left, *b = right;
    int order = num_compare(a->cost, b->cost);
    if (order == 0)
        order = num_compare(a->size, b->size);
    for (size_t i = 0; order == 0 && i < a->count && i < b->count; i++)
        order = (a->moves[i].lever > b->moves[i].lever) - (a->moves[i].lever < b->moves[i].lever);
    return order;
}

/* Every branch that is left, and what was left undecided. */
static void rule_out(struct searching *searching)
{
    searching->heap.count = 0;
    searching->reach->unsure = 0;
}

/* What was gathered beyond the number wanted counts as not listed. */
static void choose(struct searching *searching)
{
    struct reach *reach = searching->reach;
    reach->more = searching->heap.count > 0;
    if (reach->more)
        reach->from = searching->heap.items[0].bound;
    if (reach->ways.count)
        qsort(reach->ways.items, reach->ways.count, sizeof *reach->ways.items, by_cost);
    if (reach->ways.count <= searching->limits.ways)
        return;
    reach->ways.count = searching->limits.ways;
    struct num next = reach->ways.items[reach->ways.count].cost;
    reach->from = reach->more ? num_min(reach->from, next) : next;
    reach->more = true;
}

/* What is asked of a small standard is answered at once, or is told to have no end in sight. */
static void limit_patience(struct levers *levers)
{
    size_t nodes = levers->search->run->live[levers->context].count;
    size_t effort = nodes * levers->list.count * EFFORT_EACH;
    effort = effort > LEAST_EFFORT ? effort : LEAST_EFFORT;
    if (levers->patience.effort > effort)
        levers->patience.effort = effort;
}

static struct value value_now(const struct levers *levers, const struct aim *aim)
{
    struct call call = *levers->call;
    call.bare = true;
    struct probe probe = probe_nodes(levers->standard, levers->unit, &call, &aim->goal, 1);
    return probe.values[levers->final].value;
}

static bool reads_total(const struct standard *standard, const struct aim *aim)
{
    const struct ir_node *total = standard->total_node;
    return total && marks_of(standard, &aim->goal, 1).nodes[total->id];
}

/* Of those that are listed. */
static void find_afters(const struct searching *searching)
{
    struct reach *reach = searching->reach;
    for (size_t i = 0; i < reach->ways.count; i++) {
        struct way *way = &reach->ways.items[i];
        if (!way->after)
            way->after = solve_after(searching->levers, searching->aim, way->moves, way->count);
    }
}

const struct reach *reach_find(const struct standard *standard, const struct unit *unit,
                               const struct call *call, const struct lever_rules *rules,
                               const struct aim *aim, struct reach_told told, struct reach_limits limits)
{
    struct reach *reach = MEM_NEW(struct reach);
    struct levers *levers = levers_open(standard, unit, call, rules, aim->goal);
    struct searching searching = {.levers = levers, .aim = aim, .limits = limits, .reach = reach};
    levers->patience = limits.patience;
    reach->levers = levers;
    levers->told = told.nodes;
    levers->told_count = told.count;
    levers->tells_total = reads_total(standard, aim);
    reach->now = told.now ? *told.now : value_now(levers, aim);
    reach->done = aim_is_sure(aim, &reach->now);
    if (reach->done || !levers->search)
        return reach;
    levers_ask_only(levers, (const struct ir_node *const[]){aim->goal, standard->total_node},
                    standard->total_node ? 2 : 1);
    limit_patience(levers);
    worlds_start(levers, aim);
    find_needed(&searching);
    find_decided(&searching);
    order_levers(&searching);
    struct branch root = {
        .outlooks = MEM_ARRAY(struct outlook, WORLDS_MAX), .cost = num_int(0), .bound = num_int(0)};
    keep_harder(&searching, &root);
    push_roots(&searching);
    while (searching.heap.count && !levers->hopeless && !is_enough(&searching)) {
        if (levers_spent(levers)) {
            reach->spent = true;
            break;
        }
        struct branch branch = pop(&searching);
        look_at(&searching, &branch);
    }
    if (levers->hopeless)
        rule_out(&searching);
    choose(&searching);
    find_afters(&searching);
    return reach;
}
