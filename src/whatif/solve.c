/* Boxes of cells are halved, the half nearer to what is so now first, until one surely does or none can. Then each move in turn is made as small
 * as the others allow (smallest.c). */
#include "whatif/solve.h"
#include "base/mem.h"
#include "eval/probe.h"
#include "whatif/rows.h"
#include "whatif/smallest.h"
#include "whatif/worlds.h"

enum {
    PASSES_MAX = 3000, /* of one set */
    PROBES_MAX = 12,   /* where other facts are open and hang together with what is moved */
    HALVINGS_MAX = 6,  /* of a cell in which ends do not tell */
    APPLYING_MAX = 5   /* things that may apply or not, looked at both ways */
};

struct box {
    size_t *first, *last; /* [of the set]: cells */
    struct value *inside; /* [of the set]: a part of a cell, where that was halved */
    bool *halved;
};

/* Do these moves do, whatever is open? */
struct proof {
    const struct move *moves; /* NULL: nobody has asked */
    bool sure;
    const struct evaluation *after; /* what is told with them, where that came with it */
};

struct solver {
    struct levers *levers;
    const struct aim *aim;
    const size_t *set;
    size_t count, passes, probes;
    bool *moved;        /* [lever]: of the set */
    bool exact;         /* what the goal comes to with the rest open is exactly what it can be */
    struct value *to;   /* [of the set] */
    struct proof proof; /* the latest */
};

/* ---- looking */

static bool pass(struct solver *solver)
{
    solver->passes++;
    return levers_pass(solver->levers);
}

/* What is open and does not move, in one of the worlds. */
static void fill_world(const struct solver *solver, const struct value *world)
{
    struct levers *levers = solver->levers;
    for (size_t i = 0; i < levers->list.count; i++)
        if (levers->list.items[i].open && !solver->moved[i])
            lever_move(levers, i, world[levers->list.items[i].hole]);
    for (size_t i = 0; i < levers->fixed.count; i++)
        search_fill(levers->search, levers->fixed.items[i], world[levers->fixed.items[i]]);
}

static void open_rest(const struct solver *solver)
{
    struct levers *levers = solver->levers;
    for (size_t i = 0; i < levers->list.count; i++)
        if (levers->list.items[i].open && !solver->moved[i])
            lever_open(levers, i);
    for (size_t i = 0; i < levers->fixed.count; i++) {
        size_t hole = levers->fixed.items[i];
        search_fill(levers->search, hole, search_hole(levers->search, hole)->domain);
    }
}

static const struct value *goal_value(const struct solver *solver)
{
    return levers_value(solver->levers, solver->aim->goal);
}

static bool is_possible_in(struct solver *solver, size_t world)
{
    fill_world(solver, solver->levers->worlds.items[world]);
    return pass(solver) && aim_is_possible(solver->aim, goal_value(solver));
}

/* In every world known so far. */
static bool is_possible(struct solver *solver)
{
    for (size_t i = 0; i < solver->levers->held; i++)
        if (!is_possible_in(solver, solver->levers->strictest[i])) {
            worlds_put_first(solver->levers, i);
            return false;
        }
    return true;
}

/* What is open, does not move, and may turn out n/a: points are spread otherwise then. */
struct undecided {
    size_t holes[APPLYING_MAX], count;
};

static void add_undecided(const struct solver *solver, struct undecided *undecided, size_t index)
{
    const struct hole *hole = search_hole(solver->levers->search, index);
    if ((hole->domain.na || hole->part == HOLE_GIVEN) && undecided->count < APPLYING_MAX)
        undecided->holes[undecided->count++] = index;
}

static struct undecided find_undecided(const struct solver *solver)
{
    const struct levers *levers = solver->levers;
    struct undecided undecided = {.count = 0};
    for (size_t i = 0; i < levers->list.count; i++)
        if (levers->list.items[i].open && !solver->moved[i] && !levers->list.items[i].others.count)
            add_undecided(solver, &undecided, levers->list.items[i].hole);
    for (size_t i = 0; i < levers->fixed.count; i++)
        add_undecided(solver, &undecided, levers->fixed.items[i]);
    return undecided;
}

static bool is_sure_both_ways(struct solver *solver, const struct undecided *undecided, size_t from)
{
    struct search *search = solver->levers->search;
    if (pass(solver) && aim_is_sure(solver->aim, goal_value(solver)))
        return true;
    if (from == undecided->count)
        return false;
    size_t index = undecided->holes[from];
    struct value domain = search_hole(search, index)->domain;
    bool given = search_hole(search, index)->part == HOLE_GIVEN;
    search_fill(search, index, given ? value_truth(TRUTH_YES) : value_without_na(domain));
    bool sure = is_sure_both_ways(solver, undecided, from + 1);
    search_fill(search, index, given ? value_truth(TRUTH_NO) : value_na());
    sure = sure && is_sure_both_ways(solver, undecided, from + 1);
    search_fill(search, index, domain);
    return sure;
}

/* Whatever is open. */
static bool is_sure(struct solver *solver)
{
    open_rest(solver);
    struct undecided undecided = find_undecided(solver);
    return is_sure_both_ways(solver, &undecided, 0);
}

static bool is_spent(const struct solver *solver)
{
    return solver->passes > PASSES_MAX || levers_spent(solver->levers);
}

static const struct unit *unit_with(const struct levers *levers, const struct move *moves, size_t count)
{
    size_t *moved = mem_alloc_plain((count + 1) * sizeof *moved);
    struct value *to = MEM_ARRAY(struct value, count + 1);
    for (size_t i = 0; i < count; i++) {
        moved[i] = moves[i].lever;
        to[i] = moves[i].to;
    }
    return levers_unit(levers, moved, to, count);
}

static struct call bare_call(const struct levers *levers)
{
    struct call call = *levers->call;
    call.without_deciding = call.bare = true;
    return call;
}

/* One world in which they do not do is enough. */
static void doubt(struct call *call, const struct aim *aim)
{
    call->doubted = aim->goal;
    call->doubts = aim->holds ? TRUTH_NO : TRUTH_YES;
    call->doubts_na = aim->holds;
}

static const struct evaluation *told_with(const struct levers *levers, const struct aim *aim,
                                          const struct move *moves, size_t count, bool doubted)
{
    const struct ir_node **told = MEM_ARRAY(const struct ir_node *, levers->told_count + 1);
    for (size_t i = 0; i < levers->told_count; i++)
        told[i] = levers->told[i];
    told[levers->told_count] = aim->goal;
    struct call call = bare_call(levers);
    if (doubted)
        doubt(&call, aim);
    call.only = told;
    call.only_count = levers->told_count + 1;
    return evaluate(levers->standard, unit_with(levers, moves, count), &call);
}

const struct evaluation *solve_after(const struct levers *levers, const struct aim *aim,
                                     const struct move *moves, size_t count)
{
    return told_with(levers, aim, moves, count, false);
}

/* What moves makes no world impossible that was not: it is tied to nothing, and nothing faults that hangs on it. */
static bool is_harmless(const struct levers *levers, const struct move *moves, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (lever_is_in(&levers->list.items[moves[i].lever], levers->search->bound))
            return false;
    return true;
}

static bool is_sure_at_sight(const struct levers *levers, const struct aim *aim, const struct unit *unit)
{
    const struct value *value = probe_glance(levers->standard, unit, levers->call, aim->goal);
    return value && aim_is_sure(aim, value);
}

/* What proves a way is worth what it takes. */
static bool spend_unless(struct levers *levers, bool sure, size_t steps)
{
    if (!sure)
        levers_spend(levers, steps);
    return sure;
}

static bool probe_goal(struct levers *levers, const struct aim *aim, const struct unit *unit)
{
    struct call call = bare_call(levers);
    doubt(&call, aim);
    struct probe probe = probe_nodes(levers->standard, unit, &call, &aim->goal, 1);
    bool sure = !probe.refused && aim_is_sure(aim, &probe.values[levers->final].value);
    return spend_unless(levers, sure, probe.steps);
}

/* Where the goal hangs on the total, what is told is known with it. */
static struct proof prove(struct levers *levers, const struct aim *aim, const struct move *moves,
                          size_t count)
{
    struct proof proof = {.moves = moves};
    const struct unit *unit = unit_with(levers, moves, count);
    if (is_harmless(levers, moves, count) && is_sure_at_sight(levers, aim, unit)) {
        proof.sure = true;
    } else if (!levers->tells_total) {
        proof.sure = probe_goal(levers, aim, unit);
    } else {
        proof.after = told_with(levers, aim, moves, count, true);
        const struct value *goal = evaluation_value(proof.after, proof.after->final, aim->goal);
        bool sure = !proof.after->refused && aim_is_sure(aim, goal);
        proof.sure = spend_unless(levers, sure, proof.after->steps);
    }
    return proof;
}

static bool is_same(const struct proof *proof, const struct move *moves, size_t count)
{
    bool same = proof->moves != NULL;
    for (size_t i = 0; i < count && same; i++)
        same = value_equal(&proof->moves[i].to, &moves[i].to);
    return same;
}

/* For the unit with these moves, exactly: looked at anew. */
static bool is_sure_for(struct levers *levers, const struct aim *aim, const struct move *moves, size_t count,
                        struct proof *proof)
{
    for (size_t i = 0; i < count; i++)
        if (!rows_can_be_written(&moves[i]))
            return false;
    if (!is_same(proof, moves, count))
        *proof = prove(levers, aim, moves, count);
    return proof->sure;
}

/* ---- points of a box in which nothing is left to halve */

static const struct hole *hole_of(const struct solver *solver, size_t i)
{
    return lever_hole(solver->levers, solver->set[i]);
}

static struct num distance(const struct value *a, const struct value *b)
{
    if ((a->kind != VALUE_NUMBER && a->kind != VALUE_DOCUMENT) || a->kind != b->kind || a->nothing_else ||
        b->nothing_else)
        return num_int(0);
    if (a->range.low.infinite || b->range.low.infinite)
        return num_int(INT64_MAX);
    return num_abs(num_sub(a->range.low.at, b->range.low.at));
}

/* The number of a point of a cell; nearer ones come first. */
static size_t nth_point(const struct solver *solver, size_t i, const struct hole *hole, size_t cell,
                        size_t nth)
{
    size_t first = hole->first_point[cell], count = hole->first_point[cell + 1] - first;
    const struct value *now = &solver->levers->list.items[solver->set[i]].now;
    bool turn = count == 2 &&
                num_compare(distance(&hole->points[first], now), distance(&hole->points[first + 1], now)) > 0;
    return first + (turn ? 1 - nth : nth);
}

static bool probe_says_sure(struct solver *solver)
{
    struct move *moves = MEM_ARRAY(struct move, solver->count + 1);
    for (size_t i = 0; i < solver->count; i++) {
        if (!value_is_known(&solver->to[i]) && solver->to[i].kind != VALUE_DOCUMENT)
            return false;
        moves[i] = (struct move){.lever = solver->set[i], .to = solver->to[i]};
    }
    solver->probes++;
    return is_sure_for(solver->levers, solver->aim, moves, solver->count, &solver->proof);
}

static enum solved at_points(struct solver *solver, const struct box *box, size_t i);

static enum solved at_point(struct solver *solver, const struct box *box, size_t i, struct value point)
{
    solver->to[i] = point;
    lever_move(solver->levers, solver->set[i], point);
    if (!is_possible(solver))
        return SOLVED_NOT;
    return at_points(solver, box, i + 1);
}

/* All of them are single, and do in the worlds known so far. Where they fail, a world tells of it for the next. */
static enum solved at_leaf(struct solver *solver)
{
    if (is_sure(solver))
        return SOLVED;
    if (worlds_add_against(solver->levers, solver->aim) || solver->exact)
        return SOLVED_NOT;
    return solver->probes < PROBES_MAX && probe_says_sure(solver) ? SOLVED : SOLVED_UNSURE;
}

static struct value at_end(const struct value *range, bool high)
{
    struct value value = *range;
    struct cut end = high ? range->range.high : range->range.low;
    value.range = (struct range){end, end, !end.side && !end.infinite && num_is_int(end.at)};
    return value;
}

static enum solved at_points(struct solver *solver, const struct box *box, size_t i)
{
    if (i == solver->count)
        return at_leaf(solver);
    const struct hole *hole = hole_of(solver, i);
    size_t points =
        box->halved[i] ? 2 : hole->first_point[box->first[i] + 1] - hole->first_point[box->first[i]];
    enum solved worst = SOLVED_NOT;
    for (size_t k = 0; k < points; k++) {
        if (is_spent(solver))
            return SOLVED_UNSURE;
        struct value point = box->halved[i] ? at_end(&box->inside[i], k == 1)
                                            : hole->points[nth_point(solver, i, hole, box->first[i], k)];
        enum solved solved = at_point(solver, box, i, point);
        if (solved == SOLVED)
            return SOLVED;
        if (solved == SOLVED_UNSURE)
            worst = solved;
    }
    for (size_t k = i; k < solver->count; k++)
        lever_move(solver->levers, solver->set[k],
                   box->halved[k] ? box->inside[k] : hole_of(solver, k)->cells[box->first[k]]);
    return worst;
}

/* ---- boxes */

static struct box copy(const struct solver *solver, const struct box *from)
{
    struct box box = {mem_alloc_plain((solver->count + 1) * sizeof(size_t)),
                      mem_alloc_plain((solver->count + 1) * sizeof(size_t)),
                      MEM_ARRAY(struct value, solver->count + 1), mem_alloc_plain(solver->count + 1)};
    for (size_t i = 0; from && i < solver->count; i++) {
        box.first[i] = from->first[i];
        box.last[i] = from->last[i];
        box.inside[i] = from->inside[i];
        box.halved[i] = from->halved[i];
    }
    return box;
}

static void fill(const struct solver *solver, const struct box *box)
{
    for (size_t i = 0; i < solver->count; i++) {
        struct value value =
            box->halved[i] ? box->inside[i] : cells_join(hole_of(solver, i), box->first[i], box->last[i]);
        lever_move(solver->levers, solver->set[i], value);
        levers_spend(solver->levers, box->last[i] - box->first[i] + 1);
    }
}

static bool widest(const struct solver *solver, const struct box *box, size_t *which)
{
    size_t most = 0;
    for (size_t i = 0; i < solver->count; i++)
        if (box->last[i] - box->first[i] > most) {
            most = box->last[i] - box->first[i];
            *which = i;
        }
    return most > 0;
}

/* Does the upper half of the cells lie nearer to what is so now? */
static bool upper_is_nearer(const struct solver *solver, const struct box *box, size_t i, size_t middle)
{
    const struct hole *hole = hole_of(solver, i);
    const struct value *now = &solver->levers->list.items[solver->set[i]].now;
    const struct value *below = &hole->points[hole->first_point[box->first[i]]],
                       *above = &hole->points[hole->first_point[middle]];
    return num_compare(distance(above, now), distance(below, now)) < 0;
}

static enum solved search_box(struct solver *solver, const struct box *box, int halvings);

static enum solved search_both(struct solver *solver, const struct box *one, const struct box *other,
                               int halvings)
{
    enum solved first = search_box(solver, one, halvings);
    if (first == SOLVED)
        return SOLVED;
    enum solved second = search_box(solver, other, halvings);
    return second == SOLVED || first == SOLVED_NOT ? second : first;
}

static enum solved split(struct solver *solver, const struct box *box, size_t i)
{
    struct box low = copy(solver, box), high = copy(solver, box);
    size_t middle = (box->first[i] + box->last[i] + 1) / 2;
    low.last[i] = middle - 1;
    high.first[i] = middle;
    bool up = upper_is_nearer(solver, box, i, middle);
    return search_both(solver, up ? &high : &low, up ? &low : &high, 0);
}

static bool can_halve(const struct solver *solver, const struct box *box, size_t i)
{
    struct value value = box->halved[i] ? box->inside[i] : hole_of(solver, i)->cells[box->first[i]];
    return (value.kind == VALUE_NUMBER || value.kind == VALUE_DOCUMENT) && !value.range.low.infinite &&
           !value.range.high.infinite && num_compare(value.range.low.at, value.range.high.at) < 0;
}

static enum solved halve(struct solver *solver, const struct box *box, int halvings)
{
    for (size_t i = 0; i < solver->count && halvings < HALVINGS_MAX; i++) {
        if (!can_halve(solver, box, i))
            continue;
        struct box low = copy(solver, box), high = copy(solver, box);
        struct value all = box->halved[i] ? box->inside[i] : hole_of(solver, i)->cells[box->first[i]];
        struct num middle = num_div(num_add(all.range.low.at, all.range.high.at), num_int(2));
        low.inside[i] = high.inside[i] = all;
        low.halved[i] = high.halved[i] = true;
        low.inside[i].range = range_of(all.range.low, cut_at(middle, 0), all.range.whole);
        high.inside[i].range = range_of(cut_at(middle, 0), all.range.high, all.range.whole);
        return search_both(solver, &low, &high, halvings + 1);
    }
    return SOLVED_UNSURE;
}

static bool is_single_everywhere(const struct solver *solver, const struct box *box)
{
    for (size_t i = 0; i < solver->count; i++)
        if (box->halved[i] || !value_is_single(&hole_of(solver, i)->cells[box->first[i]]))
            return false;
    return true;
}

static enum solved search_box(struct solver *solver, const struct box *box, int halvings)
{
    size_t which = 0;
    if (is_spent(solver))
        return SOLVED_UNSURE;
    fill(solver, box);
    if (!is_possible(solver))
        return SOLVED_NOT;
    if (widest(solver, box, &which))
        return split(solver, box, which);
    enum solved solved = at_points(solver, box, 0);
    if (solved == SOLVED || is_single_everywhere(solver, box))
        return solved;
    return halve(solver, box, halvings);
}

/* Of a single number, with nothing open that hangs together, walking along it tells; else boxes do. */
static enum solved solve_alone(struct solver *solver)
{
    struct move move = {.lever = solver->set[0]};
    if (solver->count != 1 || !lever_is_numeric(solver->levers, solver->set[0]) ||
        lever_hole(solver->levers, solver->set[0])->domain.na)
        return SOLVED_UNSURE;
    enum solved solved = smallest_alone(solver->levers, solver->aim, &move);
    solver->to[0] = move.to;
    return solved == SOLVED_NOT && !solver->exact ? SOLVED_UNSURE : solved;
}

/* All of them, or what is decided of n/a, which is the last one. */
static void begin_with_cells(const struct solver *solver, struct box *box, size_t i)
{
    const struct hole *hole = hole_of(solver, i);
    size_t last = hole->cell_count - 1;
    enum applying applying = solver->levers->list.items[solver->set[i]].applying;
    bool split = last > 0 && hole->cells[last].nothing_else;
    box->first[i] = split && applying == APPLIES_NOT ? last : 0;
    box->last[i] = split && applying == APPLIES ? last - 1 : last;
}

enum solved solve(struct levers *levers, const struct aim *aim, const size_t *set, size_t count,
                  struct solution *solution)
{
    struct solver solver = {.levers = levers, .aim = aim, .set = set, .count = count};
    solver.to = MEM_ARRAY(struct value, count + 1);
    solver.moved = mem_alloc_plain(levers->list.count + 1);
    solver.exact = levers_tell_all(levers, aim->goal, set, count);
    struct box box = copy(&solver, NULL);
    for (size_t i = 0; i < count; i++)
        solver.moved[set[i]] = true;
    for (size_t i = 0; i < count; i++)
        begin_with_cells(&solver, &box, i);
    levers_as_is(levers);
    enum solved solved = solve_alone(&solver);
    levers_as_is(levers);
    if (solved == SOLVED_UNSURE)
        solved = search_box(&solver, &box, 0);
    if (solved != SOLVED)
        return solved;
    solution->moves = MEM_ARRAY(struct move, count + 1);
    for (size_t i = 0; i < count; i++)
        solution->moves[i] = (struct move){.lever = set[i], .to = solver.to[i]};
    solution->least = smallest_moves(levers, aim, solution->moves, count) && solver.exact;
    bool sure = is_sure_for(levers, aim, solution->moves, count, &solver.proof);
    solution->after = solver.proof.after;
    return sure ? SOLVED : SOLVED_UNSURE;
}
