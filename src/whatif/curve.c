/* A stretch is looked at in two places inside it: they tell the straight line of every node, as long as nothing changes over in between. straight.c says whether something does, and where first: there the stretch is cut, and both halves are looked at anew. */
#include "whatif/curve.h"
#include "base/mem.h"
#include "core/limits.h"
#include "whatif/straight.h"

enum {
    DEPTH_MAX = 400,   /* of cuts, one inside the other */
    PIECES_MAX = 4096, /* of one walk; the rest is one piece that may bend */
    HALVINGS_MAX = 7,  /* of what bends between any two values, one inside the other */
    DOUBLINGS_MAX = 40 /* of a stretch without an end */
};

struct walk {
    struct levers *levers;
    size_t lever;
    enum curve_way way;
    const struct ir_node *const *nodes;
    size_t count, pieces, depth; /* of cuts, one inside the other */
    struct value *low, *high;    /* [node]: of the piece at hand */
    struct straight *straight;
    curve_visitor *see;
    void *data;
    bool stop;
};

/* ---- which values a lever can take */

static bool has_steps(const struct hole *hole)
{
    return hole->domain.range.whole || (hole->limits && (hole->limits->stepped || hole->limits->legal));
}

static struct num step_of(const struct hole *hole)
{
    return hole->limits && hole->limits->stepped ? hole->limits->step : num_int(1);
}

static struct num base_of(const struct hole *hole)
{
    return hole->limits && hole->limits->stepped ? limits_base(hole->limits) : num_int(0);
}

struct value curve_point(const struct levers *levers, size_t lever, struct num at)
{
    struct value value = value_number(at);
    value.kind = lever_hole(levers, lever)->domain.kind;
    return value;
}

bool curve_takes(const struct levers *levers, size_t lever, struct num at)
{
    const struct hole *hole = lever_hole(levers, lever);
    if (!range_holds(hole->domain.range, at))
        return false;
    if (hole->limits && hole->limits->legal)
        return limits_are_legal(hole->limits, at);
    return !has_steps(hole) || num_is_int(num_div(num_sub(at, base_of(hole)), step_of(hole)));
}

/* The legal value nearest to `at` on its far side. */
static bool next_legal(const struct limits *limits, struct num at, bool included, enum curve_way way,
                       struct num *next)
{
    bool found = false;
    for (size_t i = 0; i < limits->legal_count; i++) {
        int order = num_compare(limits->legal[i], at) * (way == CURVE_UP ? 1 : -1);
        if (order < 0 || (order == 0 && !included))
            continue;
        int nearer = found ? num_compare(limits->legal[i], *next) * (way == CURVE_UP ? 1 : -1) : -1;
        if (nearer < 0)
            *next = limits->legal[i];
        found = true;
    }
    return found;
}

bool curve_next(const struct levers *levers, size_t lever, struct num at, bool included, enum curve_way way,
                struct num *next)
{
    const struct hole *hole = lever_hole(levers, lever);
    if (!has_steps(hole))
        return false;
    if (hole->limits && hole->limits->legal)
        return next_legal(hole->limits, at, included, way, next);
    struct num base = base_of(hole), step = step_of(hole), from = num_sub(at, base);
    struct num on = num_round(from, step, way == CURVE_UP ? NUM_UP : NUM_DOWN);
    if (!included && num_equal(on, from))
        on = way == CURVE_UP ? num_add(on, step) : num_sub(on, step);
    *next = num_add(base, on);
    return true;
}

struct range curve_range(const struct levers *levers, size_t lever)
{
    return hole_allowed(levers->search->holes, levers->search->run, levers->list.items[lever].hole);
}

/* ---- looking */

static bool look(struct walk *walk, struct cut low, struct cut high)
{
    struct value value = value_range((struct range){low, high, false});
    bool single = cut_compare(low, high) == 0;
    value.range.whole = single && !low.side && !low.infinite && num_is_int(low.at);
    value.kind = lever_hole(walk->levers, walk->lever)->domain.kind;
    lever_move(walk->levers, walk->lever, value);
    return levers_pass(walk->levers);
}

static void take(const struct walk *walk, struct value *values)
{
    for (size_t i = 0; i < walk->count; i++)
        values[i] = *levers_value(walk->levers, walk->nodes[i]);
}

static void show(struct walk *walk, struct curve_piece piece)
{
    piece.low = walk->low;
    piece.high = walk->high;
    walk->pieces++;
    walk->stop = !walk->see(&piece, walk->data) || levers_interrupted(walk->levers);
}

static void show_point(struct walk *walk, struct num at)
{
    if (walk->stop || !curve_takes(walk->levers, walk->lever, at))
        return;
    struct cut here = cut_at(at, 0);
    bool possible = look(walk, here, here);
    take(walk, walk->low);
    take(walk, walk->high);
    show(walk, (struct curve_piece){
                   .point = true, .from = here, .to = here, .possible = possible, .straight = true});
}

/* ---- cutting */

static struct cut just_above(struct cut end)
{
    return end.infinite ? end : cut_at(end.at, 1);
}

static struct cut just_below(struct cut end)
{
    return end.infinite ? end : cut_at(end.at, -1);
}

/* The first value with steps inside a stretch; false: there is none. */
static bool first_inside(const struct walk *walk, struct cut from, struct cut to, enum curve_way way,
                         struct num *first)
{
    struct cut start = way == CURVE_UP ? from : to, end = way == CURVE_UP ? to : from;
    if (start.infinite)
        return *first = num_int(0), true;
    if (!curve_next(walk->levers, walk->lever, start.at, false, way, first))
        return false;
    int order = end.infinite ? -1 : num_compare(*first, end.at) * (way == CURVE_UP ? 1 : -1);
    return order < 0;
}

static bool steps(const struct walk *walk)
{
    return has_steps(lever_hole(walk->levers, walk->lever));
}

static void cut(struct walk *walk, struct cut from, struct cut to, struct num at, int halvings);

static struct num middle_of(const struct walk *walk, struct cut from, struct cut to)
{
    struct num middle = num_div(num_add(from.at, to.at), num_int(2)), on;
    bool on_step = steps(walk) && curve_next(walk->levers, walk->lever, middle, true, CURVE_DOWN, &on) &&
                   num_compare(on, from.at) > 0;
    return on_step ? on : middle;
}

/* Further out than anything so far. */
static struct num far_out(struct cut from, struct cut to)
{
    struct num known = num_abs(from.infinite ? to.infinite ? num_int(0) : to.at : from.at);
    struct num out = num_add(num_mul(known, num_int(2)), num_int(8));
    return from.infinite ? num_neg(out) : out;
}

static bool is_far(struct cut end)
{
    return !end.infinite && num_compare(num_abs(end.at), num_int((int64_t)1 << DOUBLINGS_MAX)) > 0;
}

/* A quarter of the way from either end; where one is missing, somewhere. */
static struct num place_inside(struct cut from, struct cut to, bool high)
{
    if (from.infinite && to.infinite)
        return num_int(high);
    if (from.infinite || to.infinite)
        return from.infinite ? num_sub(to.at, num_int(high ? 1 : 2))
                             : num_add(from.at, num_int(high ? 2 : 1));
    return num_add(from.at, num_mul(num_sub(to.at, from.at), num_ratio(high ? 3 : 1, 4)));
}

static bool look_inside(struct walk *walk, struct cut from, struct cut to, bool high)
{
    struct cut here = cut_at(place_inside(from, to, high), 0);
    return look(walk, here, here);
}

static void take_ends(const struct walk *walk)
{
    for (size_t i = 0; i < walk->count; i++) {
        walk->low[i] = straight_end(walk->straight, walk->nodes[i], false);
        walk->high[i] = straight_end(walk->straight, walk->nodes[i], true);
    }
}

/* All of it at once: what the ends come to, and whether it is straight. */
static enum shape shape_of(struct walk *walk, struct cut from, struct cut to, bool *possible, struct num *at)
{
    straight_start(walk->straight, from, to, walk->way == CURVE_UP);
    bool first = look_inside(walk, from, to, false);
    straight_low(walk->straight);
    take(walk, walk->low);
    bool last = look_inside(walk, from, to, true);
    straight_high(walk->straight);
    take(walk, walk->high);
    look(walk, just_above(from), just_below(to));
    straight_all(walk->straight);
    *possible = first || last;
    enum shape shape = straight_shape(walk->straight, walk->nodes, walk->count, at);
    if (shape == SHAPE_STRAIGHT && first != last)
        return SHAPE_BENDS;
    if (shape == SHAPE_STRAIGHT)
        take_ends(walk);
    return shape;
}

static void stretch(struct walk *walk, struct cut from, struct cut to, int halvings)
{
    struct num at, last;
    bool possible;
    if (walk->stop)
        return;
    if (steps(walk)) {
        if (!first_inside(walk, from, to, CURVE_UP, &at))
            return;
        if (!from.infinite && !to.infinite && first_inside(walk, from, to, CURVE_DOWN, &last) &&
            num_equal(at, last)) {
            show_point(walk, at);
            return;
        }
    }
    enum shape shape = shape_of(walk, from, to, &possible, &at);
    bool endless = from.infinite || to.infinite;
    bool far = endless && (is_far(from) || is_far(to));
    bool split = shape != SHAPE_STRAIGHT && walk->pieces < PIECES_MAX && !far && walk->depth < DEPTH_MAX &&
                 (shape == SHAPE_CHANGES || endless || steps(walk) || halvings < HALVINGS_MAX);
    if (!split) {
        show(walk, (struct curve_piece){
                       .from = from, .to = to, .possible = possible, .straight = shape == SHAPE_STRAIGHT});
        return;
    }
    if (endless)
        cut(walk, from, to, far_out(from, to), halvings);
    else if (shape == SHAPE_CHANGES)
        cut(walk, from, to, at, halvings);
    else
        cut(walk, from, to, middle_of(walk, from, to), halvings + 1);
}

static void cut(struct walk *walk, struct cut from, struct cut to, struct num at, int halvings)
{
    struct cut here = cut_at(at, 0);
    bool up = walk->way == CURVE_UP;
    walk->depth++;
    stretch(walk, up ? from : here, up ? here : to, halvings);
    show_point(walk, at);
    stretch(walk, up ? here : from, up ? to : here, halvings);
    walk->depth--;
}

/* ---- the walk */

static bool is_closed(struct cut end)
{
    return !end.infinite && !end.side;
}

static struct cut plain(struct cut end)
{
    end.side = 0;
    return end;
}

void curve_walk(struct levers *levers, size_t lever, struct range over, enum curve_way way,
                const struct ir_node *const *nodes, size_t count, curve_visitor *see, void *data)
{
    struct walk walk = {.levers = levers,
                        .lever = lever,
                        .way = way,
                        .nodes = nodes,
                        .count = count,
                        .see = see,
                        .data = data};
    struct range within = range_meet(over, curve_range(levers, lever));
    within.whole = false;
    if (range_is_empty(within))
        return;
    walk.low = MEM_ARRAY(struct value, count + 1);
    walk.high = MEM_ARRAY(struct value, count + 1);
    walk.straight = straight_of(levers, lever);
    struct cut low = plain(within.low), high = plain(within.high);
    bool up = way == CURVE_UP, single = cut_compare(low, high) == 0;
    struct cut first = up ? within.low : within.high, last = up ? within.high : within.low;
    if (is_closed(first))
        show_point(&walk, first.at);
    if (single)
        return;
    stretch(&walk, low, high, 0);
    if (is_closed(last))
        show_point(&walk, last.at);
}
