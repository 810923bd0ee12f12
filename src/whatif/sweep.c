#include "whatif/sweep.h"
#include "base/mem.h"

/* Any branch of a criterion stands for its score. */
static bool is_at(const struct levers *levers, const struct lever *lever, size_t slot)
{
    const struct standard *standard = levers->standard;
    return lever->slot == slot ||
           (lever->kind == HOLE_SCORE &&
            standard->judged.items[lever->slot]->criterion == standard->judged.items[slot]->criterion);
}

bool levers_find(const struct levers *levers, enum hole_kind kind, size_t slot, size_t *lever)
{
    bool found = false;
    for (size_t i = 0; i < levers->list.count; i++)
        if (levers->list.items[i].kind == kind && is_at(levers, &levers->list.items[i], slot)) {
            *lever = i;
            found = true;
        }
    return found;
}

/* ---- lines */

static struct value closed(struct value value)
{
    if (value_has_range(&value))
        value.range.low.side = value.range.high.side = 0;
    return value;
}

/* That a value is known to be whole is no difference. */
static bool same(const struct value *a, const struct value *b)
{
    struct value left = closed(*a), right = closed(*b);
    if (value_has_range(&left) && value_has_range(&right))
        left.range.whole = right.range.whole;
    return value_equal(&left, &right);
}

static bool same_all(const struct value *a, const struct value *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i].fault || b[i].fault || !same(&a[i], &b[i]))
            return false;
    return true;
}

static struct cut between(struct cut low, struct cut high, struct num part)
{
    if (low.infinite || high.infinite || num_equal(low.at, high.at))
        return low;
    return cut_at(num_add(low.at, num_mul(part, num_sub(high.at, low.at))), 0);
}

struct value sweep_value(const struct sweep_run *run, size_t node, struct num at)
{
    struct value value = closed(run->low[node]);
    const struct value *high = &run->high[node];
    if (!value_has_range(&value) || !value_has_range(high) || run->from.infinite || run->to.infinite ||
        num_equal(run->from.at, run->to.at))
        return value;
    struct num part = num_div(num_sub(at, run->from.at), num_sub(run->to.at, run->from.at));
    value.range.low = between(value.range.low, high->range.low, part);
    value.range.high = between(value.range.high, high->range.high, part);
    return value;
}

/* A value with steps that lies at an end or inside; an end that is infinite stays. */
static struct cut on_step(const struct sweep *sweep, struct cut end, enum curve_way way)
{
    struct num at;
    bool steps = !end.infinite && curve_next(sweep->levers, sweep->lever, end.at, end.side == 0, way, &at);
    return steps ? cut_at(at, 0) : end;
}

bool sweep_ends(const struct sweep *sweep, const struct sweep_run *run, struct sweep_ends *ends)
{
    ends->from = on_step(sweep, run->from, CURVE_UP);
    ends->to = on_step(sweep, run->to, CURVE_DOWN);
    return cut_compare(ends->from, ends->to) <= 0;
}

/* ---- joining pieces */

struct gathering {
    struct sweep *sweep;
    size_t count;
};

static const struct value *copy(const struct value *values, size_t count)
{
    struct value *kept = MEM_ARRAY(struct value, count + 1);
    for (size_t i = 0; i < count; i++)
        kept[i] = values[i];
    return kept;
}

static bool is_single(const struct sweep_run *run)
{
    return !run->from.infinite && !run->to.infinite && num_equal(run->from.at, run->to.at);
}

/* Is the piece's far end where the run's line leads? */
static bool on_one_line(const struct sweep_run *run, const struct curve_piece *piece, size_t count)
{
    if (is_single(run) || piece->point)
        return true;
    bool endless = run->from.infinite || piece->to.infinite;
    for (size_t i = 0; i < count; i++) {
        struct value there = endless ? closed(run->low[i]) : sweep_value(run, i, piece->to.at);
        if (!same(&there, &piece->high[i]))
            return false;
    }
    return true;
}

static bool continues(const struct sweep_run *run, const struct curve_piece *piece, size_t count)
{
    bool sound = run->possible && piece->possible && run->straight && piece->straight;
    return (!run->possible && !piece->possible) ||
           (sound && same_all(run->high, piece->low, count) && on_one_line(run, piece, count));
}

/* A stretch does not hold its ends. */
static struct cut opened(struct cut end, bool point, int side)
{
    if (!end.infinite && !point)
        end.side = (signed char)side;
    return end;
}

static bool gather(const struct curve_piece *piece, void *data)
{
    struct gathering *gathering = data;
    struct sweep *sweep = gathering->sweep;
    size_t count = gathering->count;
    struct cut from = opened(piece->from, piece->point, 1), to = opened(piece->to, piece->point, -1);
    if (sweep->runs.count && continues(&vec_last(&sweep->runs), piece, count)) {
        struct sweep_run *run = &vec_last(&sweep->runs);
        run->to = to;
        run->high = copy(piece->high, count);
        return true;
    }
    struct sweep_run run = {.from = from, .to = to, .possible = piece->possible, .straight = piece->straight};
    run.low = copy(piece->low, count);
    run.high = copy(piece->high, count);
    vec_push(&sweep->runs, run);
    return true;
}

/* ---- what is no number */

static void try_points(struct sweep *sweep, const struct ir_node *const *nodes, size_t count)
{
    const struct hole *hole = lever_hole(sweep->levers, sweep->lever);
    struct value *values = MEM_ARRAY(struct value, count + 1);
    for (size_t i = 0; i < cells_points(hole); i++) {
        lever_move(sweep->levers, sweep->lever, hole->points[i]);
        struct sweep_run run = {
            .at = hole->points[i], .possible = levers_pass(sweep->levers), .straight = true};
        for (size_t k = 0; k < count; k++)
            values[k] = *levers_value(sweep->levers, nodes[k]);
        run.low = run.high = copy(values, count);
        vec_push(&sweep->runs, run);
    }
}

bool sweep_make(struct levers *levers, enum hole_kind kind, size_t slot, struct range over,
                const struct ir_node *const *nodes, size_t count, struct sweep *sweep)
{
    size_t lever;
    if (!levers->search || !levers_find(levers, kind, slot, &lever))
        return false;
    sweep_over(levers, lever, over, nodes, count, sweep);
    return true;
}

void sweep_over(struct levers *levers, size_t lever, struct range over, const struct ir_node *const *nodes,
                size_t count, struct sweep *sweep)
{
    *sweep = (struct sweep){.levers = levers, .lever = lever, .numeric = lever_is_numeric(levers, lever)};
    for (size_t i = 0; i < count; i++)
        sweep->outer |= !levers_tell_all(levers, nodes[i], &lever, 1);
    struct gathering gathering = {sweep, count};
    levers_as_is(levers);
    if (sweep->numeric) {
        sweep->range = range_meet(over, curve_range(levers, lever));
        curve_walk(levers, lever, over, CURVE_UP, nodes, count, gather, &gathering);
    } else {
        try_points(sweep, nodes, count);
    }
    lever_move(levers, lever, levers->list.items[lever].now);
}
