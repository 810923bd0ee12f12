/* A number is walked along from what it is now, up and down, to the first value that does; other kinds try what they can be in order of how far
 * that is. Where a value is open, what has to be shown is the end of the range that does. */
#include "whatif/smallest.h"
#include "base/mem.h"
#include "whatif/curve.h"
#include "whatif/rows.h"

enum { ROUNDS = 2 }; /* and one for each move */

/* ---- numbers without steps: one that is easily written */

static struct num beyond(struct num edge, struct cut far, enum curve_way way)
{
    struct num open = way == CURVE_UP ? num_add(edge, num_int(2)) : num_sub(edge, num_int(2));
    return num_plain_between(edge, far.infinite ? open : far.at);
}

/* ---- walking */

struct finding {
    struct levers *levers;
    const struct aim *aim;
    size_t lever;
    enum curve_way way;
    bool wanted; /* the first that does; else the first that does not */
    bool found, proved;
    struct move move;
};

static bool does(const struct finding *finding, const struct curve_piece *piece, const struct value *value)
{
    return piece->possible && aim_is_sure(finding->aim, value);
}

static void take_point(struct finding *finding, struct num at)
{
    finding->move.to = curve_point(finding->levers, finding->lever, at);
    finding->move.beyond = false;
    finding->found = true;
}

static void take_stretch(struct finding *finding, const struct curve_piece *piece)
{
    struct cut near = finding->way == CURVE_UP ? piece->from : piece->to,
               far = finding->way == CURVE_UP ? piece->to : piece->from;
    struct num at;
    if (curve_next(finding->levers, finding->lever, near.infinite ? num_int(0) : near.at, false, finding->way,
                   &at)) {
        take_point(finding, at);
        return;
    }
    finding->move.edge = near.at;
    take_point(finding, beyond(near.at, far, finding->way));
    finding->move.beyond = true;
}

/* A piece that may bend counts as one that does not do, and leaves the rest unproved. */
static bool look_at(const struct curve_piece *piece, void *data)
{
    struct finding *finding = data;
    bool sure =
        does(finding, piece, &piece->low[0]) && (piece->straight || does(finding, piece, &piece->high[0]));
    if (!piece->straight) {
        finding->proved = false;
        sure = false;
    }
    if (sure != finding->wanted)
        return true;
    if (piece->point)
        take_point(finding, piece->from.at);
    else
        take_stretch(finding, piece);
    return false;
}

static struct finding walk(struct levers *levers, const struct aim *aim, size_t lever, struct range over,
                           enum curve_way way, bool wanted)
{
    struct finding finding = {
        .levers = levers, .aim = aim, .lever = lever, .way = way, .wanted = wanted, .proved = true};
    finding.move.lever = lever;
    curve_walk(levers, lever, over, way, &aim->goal, 1, look_at, &finding);
    return finding;
}

/* ---- a number that is known */

static struct num distance(const struct levers *levers, const struct move *move)
{
    struct num now = value_point(&levers->list.items[move->lever].now);
    return num_abs(num_sub(move->beyond ? move->edge : value_point(&move->to), now));
}

static bool nearest(struct levers *levers, const struct aim *aim, struct move *move)
{
    struct cut now = cut_at(levers->list.items[move->lever].now.range.low.at, 0);
    struct range above = {cut_at(now.at, 1), cut_infinite(1), false},
                 below = {cut_infinite(-1), cut_at(now.at, -1), false};
    struct finding up = walk(levers, aim, move->lever, above, CURVE_UP, true);
    struct finding down = walk(levers, aim, move->lever, below, CURVE_DOWN, true);
    bool choose_down = down.found && (!up.found || num_compare(distance(levers, &down.move),
                                                               distance(levers, &up.move)) < 0);
    if (up.found || down.found)
        *move = choose_down ? down.move : up.move;
    return up.proved && down.proved && (up.found || down.found);
}

/* ---- a number that is not known */

static struct range everything(void)
{
    return range_all();
}

/* Anything from `to` on to the far end: does all of it? */
static bool rest_does(struct levers *levers, const struct aim *aim, const struct move *move,
                      enum curve_way way)
{
    struct cut at = cut_at(value_point(&move->to), 0);
    struct range rest = way == CURVE_UP ? (struct range){at, cut_infinite(1), false}
                                        : (struct range){cut_infinite(-1), at, false};
    struct finding gap = walk(levers, aim, move->lever, rest, way, false);
    return !gap.found && gap.proved;
}

static bool least_shown(struct levers *levers, const struct aim *aim, struct move *move)
{
    struct finding up = walk(levers, aim, move->lever, everything(), CURVE_UP, true);
    if (!up.found)
        return false;
    struct finding down = walk(levers, aim, move->lever, everything(), CURVE_DOWN, true);
    if (!down.found)
        return false;
    if (rest_does(levers, aim, &up.move, CURVE_UP)) {
        *move = up.move;
        move->bound = MOVE_AT_LEAST;
    } else if (rest_does(levers, aim, &down.move, CURVE_DOWN)) {
        *move = down.move;
        move->bound = MOVE_AT_MOST;
    } else {
        *move = up.move;
    }
    return up.proved && down.proved;
}

/* ---- what is no number */

static bool suits(struct levers *levers, const struct aim *aim, size_t lever, struct value to)
{
    lever_move(levers, lever, to);
    return levers_pass(levers) && aim_is_sure(aim, levers_value(levers, aim->goal));
}

static int months_apart(const struct value *a, const struct value *b)
{
    return __builtin_popcount(a->months.sure ^ b->months.sure);
}

static int steps_apart(const struct value *a, const struct value *b)
{
    if (a->kind == VALUE_SEQUENCE && b->kind == VALUE_SEQUENCE && !b->sequence->open)
        return (int)a->sequence->count - (int)b->sequence->count;
    bool months = a->kind == VALUE_MONTHS && b->kind == VALUE_MONTHS;
    return months ? months_apart(a, b) : value_equal(a, b) ? 0 : 1;
}

static bool is_one(const struct value *value)
{
    return value->kind == VALUE_SEQUENCE ? rows_are_told(value) : value_is_single(value);
}

static bool nearest_point(struct levers *levers, const struct aim *aim, struct move *move)
{
    const struct hole *hole = lever_hole(levers, move->lever);
    const struct value *now = &levers->list.items[move->lever].now;
    int best = -1;
    for (size_t i = 0; i < cells_points(hole); i++) {
        int far = steps_apart(&hole->points[i], now);
        if ((best >= 0 && far >= best) || !is_one(&hole->points[i]) ||
            !suits(levers, aim, move->lever, hole->points[i]))
            continue;
        best = far;
        move->to = hole->points[i];
    }
    if (best >= 0 && move->to.kind == VALUE_SEQUENCE)
        rows_make_smaller(levers, aim, move);
    return best >= 0;
}

/* ---- all of them */

static bool make_smaller(struct levers *levers, const struct aim *aim, struct move *move)
{
    const struct lever *lever = &levers->list.items[move->lever];
    if (!lever_is_numeric(levers, move->lever) || move->to.nothing_else)
        return nearest_point(levers, aim, move);
    return lever->open ? least_shown(levers, aim, move) : nearest(levers, aim, move);
}

/* A later move used up what room an earlier one left beyond its end: the end is told anew, with the others as they are now. */
static void tell_ends(struct levers *levers, const struct aim *aim, struct move *moves, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++) {
        struct move again = moves[i];
        if (!moves[i].beyond)
            continue;
        make_smaller(levers, aim, &again);
        if (again.beyond)
            moves[i].edge = again.edge;
        else
            moves[i] = again;
        lever_move(levers, moves[i].lever, moves[i].to);
    }
}

static bool is_same(const struct value *a, const struct value *b)
{
    bool rows = a->kind == VALUE_SEQUENCE && b->kind == VALUE_SEQUENCE;
    return rows ? a->sequence->count == b->sequence->count : value_equal(a, b);
}

/* Past the same edge as before, and as near as one likes: it need not go nearer still, which could go on for ever. */
static bool is_past_same(const struct move *a, const struct move *b)
{
    return a->beyond && b->beyond && num_equal(a->edge, b->edge);
}

/* False: nothing has become smaller. */
static bool one_round(struct levers *levers, const struct aim *aim, struct move *moves, size_t count,
                      bool *proved)
{
    bool changed = false;
    *proved = true;
    for (size_t i = 0; i < count; i++) {
        struct move before = moves[i];
        *proved &= make_smaller(levers, aim, &moves[i]);
        if (is_past_same(&before, &moves[i]))
            moves[i] = before;
        lever_move(levers, moves[i].lever, moves[i].to);
        changed |= !is_same(&before.to, &moves[i].to);
    }
    return changed;
}

/* What one move no longer needs may let another one be smaller. */
bool smallest_moves(struct levers *levers, const struct aim *aim, struct move *moves, size_t count)
{
    bool proved = false, changed = true;
    levers_as_is(levers);
    for (size_t i = 0; i < count; i++)
        lever_move(levers, moves[i].lever, moves[i].to);
    for (size_t round = 0; changed && round < count + ROUNDS; round++)
        changed = one_round(levers, aim, moves, count, &proved) && count > 1;
    tell_ends(levers, aim, moves, count);
    return proved && !changed;
}

enum solved smallest_alone(struct levers *levers, const struct aim *aim, struct move *move)
{
    struct finding up = walk(levers, aim, move->lever, range_all(), CURVE_UP, true);
    if (up.found) {
        *move = up.move;
        return SOLVED;
    }
    return up.proved ? SOLVED_NOT : SOLVED_UNSURE;
}
