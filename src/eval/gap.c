/* Comparisons say by how much they miss. What a claim asks of several adds up; of alternatives the nearest counts. */
#include "eval/gap.h"
#include "base/mem.h"

enum {
    ROUNDS_MAX = 4,
    CONDITIONS_MAX =
        500 /* that one claim is taken apart into: definitions may stand in each other many times over */
};

struct gap {
    size_t missing;    /* conditions that are otherwise, and say no more */
    struct num amount; /* by which numbers miss */
    size_t edges;      /* … which meet where they must not */
    struct num
        spread; /* by which two that are to differ lie apart in what they compare: room, where only edges are left */
};

/* ---- how far */

static const struct gap none = {0, {0, 1, NULL}, 0, {0, 1, NULL}};
static const struct gap missing = {1, {0, 1, NULL}, 0, {0, 1, NULL}};

static struct gap sum(struct gap a, struct gap b)
{
    return (struct gap){a.missing + b.missing, num_add(a.amount, b.amount), a.edges + b.edges,
                        num_add(a.spread, b.spread)};
}

static bool is_less(struct gap a, struct gap b)
{
    int order = num_compare(a.amount, b.amount);
    if (a.missing != b.missing)
        return a.missing < b.missing;
    if (order || a.edges != b.edges)
        return order ? order < 0 : a.edges < b.edges;
    return a.edges && num_compare(a.spread, b.spread) > 0;
}

static struct gap lesser(struct gap a, struct gap b)
{
    return is_less(b, a) ? b : a;
}

static bool is_closed(struct gap gap)
{
    return !gap.missing && !num_sign(gap.amount) && !gap.edges;
}

struct reading {
    const struct value *values; /* [node id] */
    size_t left;                /* conditions */
};

static struct gap gap_of(struct reading *reading, const struct ir_node *node, bool yes);

/* `a` is to be less than `b`, or may be the same. */
static struct gap below(const struct value *a, const struct value *b, bool strictly)
{
    struct num over = num_sub(a->range.low.at, b->range.low.at);
    if (num_sign(over) < 0)
        return none;
    return (struct gap){0, over, strictly && !num_sign(over), num_int(0)};
}

static bool is_single_number(const struct value *value)
{
    return value_has_range(value) && !value->fault && value_is_single(value) && !value->range.low.infinite;
}

static struct gap of_comparison(struct reading *reading, const struct ir_node *node, bool yes)
{
    const struct value *a = &reading->values[node->args[0]->id], *b = &reading->values[node->args[1]->id];
    if (!is_single_number(a) || !is_single_number(b))
        return missing;
    if (node->op != IR_EQUAL)
        return yes ? below(a, b, node->op == IR_LESS) : below(b, a, node->op == IR_LESS_EQUAL);
    struct num apart = num_abs(num_sub(a->range.low.at, b->range.low.at));
    return yes ? (struct gap){0, apart, 0, num_int(0)}
               : (struct gap){0, num_int(0), !num_sign(apart), num_int(0)};
}

static bool is_comparison(const struct ir_node *node)
{
    return node->op == IR_EQUAL || node->op == IR_LESS || node->op == IR_LESS_EQUAL;
}

static struct num margin(struct reading *reading, const struct ir_node *node)
{
    const struct value *a = &reading->values[node->args[0]->id], *b = &reading->values[node->args[1]->id];
    bool both = is_single_number(a) && is_single_number(b);
    return both ? num_sub(a->range.low.at, b->range.low.at) : num_int(0);
}

/* Of two conditions that are built alike. */
static struct num spread(struct reading *reading, const struct ir_node *a, const struct ir_node *b)
{
    struct num all = num_int(0);
    if (a == b || a->op != b->op || a->arg_count != b->arg_count || !reading->left)
        return all;
    reading->left--;
    if (is_comparison(a))
        return num_abs(num_sub(margin(reading, a), margin(reading, b)));
    if (a->op == IR_AND || a->op == IR_OR || a->op == IR_NOT || a->op == IR_NA_AS)
        for (size_t i = 0; i < a->arg_count; i++)
            all = num_add(all, spread(reading, a->args[i], b->args[i]));
    return all;
}

/* Two truths that are to be the same, or are not to be. */
static struct gap of_truths(struct reading *reading, const struct ir_node *node, bool same)
{
    const struct ir_node *a = node->args[0], *b = node->args[1];
    struct gap gap = lesser(sum(gap_of(reading, a, true), gap_of(reading, b, same)),
                            sum(gap_of(reading, a, false), gap_of(reading, b, !same)));
    if (!same)
        gap.spread = num_add(gap.spread, spread(reading, a, b));
    return gap;
}

static struct gap of_parts(struct reading *reading, const struct ir_node *node, bool yes)
{
    bool all = yes == (node->op == IR_AND);
    struct gap gap = gap_of(reading, node->args[0], yes);
    for (size_t i = 1; i < node->arg_count; i++) {
        struct gap part = gap_of(reading, node->args[i], yes);
        gap = all ? sum(gap, part) : lesser(gap, part);
    }
    return gap;
}

static struct gap of_itself(const struct value *value, bool yes)
{
    return !value->fault && (yes ? value_is_yes(value) : value_is_no(value)) ? none : missing;
}

static struct gap gap_of(struct reading *reading, const struct ir_node *node, bool yes)
{
    const struct value *value = &reading->values[node->id];
    bool apart = reading->left > 0;
    reading->left -= apart;
    switch (apart ? (int)node->op : IR_CONST) {
    case IR_AND:
    case IR_OR: return node->arg_count ? of_parts(reading, node, yes) : of_itself(value, yes);
    case IR_NOT: return gap_of(reading, node->args[0], !yes);
    case IR_NA_AS: return gap_of(reading, node->args[0], yes);
    case IR_EQUAL:
        if (reading->values[node->args[0]->id].kind == VALUE_TRUTH)
            return of_truths(reading, node, yes);
        return of_comparison(reading, node, yes);
    case IR_LESS:
    case IR_LESS_EQUAL: return of_comparison(reading, node, yes);
    }
    return of_itself(value, yes);
}

/* ---- the walk */

struct walk {
    struct search *search;
    const struct claim *claim;
    struct gap gap;       /* of the nearest world, which holes are filled with but for the one at hand */
    struct value nearest; /* … with which that one was filled */
    size_t until;         /* effort */
};

static bool look(const struct walk *walk, struct gap *gap)
{
    const struct claim *claim = walk->claim;
    if (!search_pass(walk->search))
        return false;
    struct reading reading = {walk->search->run->values[claim->context], CONDITIONS_MAX};
    *gap = gap_of(&reading, claim->node, claim->kind == CLAIM_YES);
    return true;
}

static bool is_over(const struct walk *walk)
{
    return is_closed(walk->gap) || search_past(walk->search, walk->until);
}

/* With a hole filled so. True: that is nearer. */
static bool try(struct walk *walk, size_t hole, struct value value, struct gap *gap)
{
    search_fill(walk->search, hole, value);
    if (!look(walk, gap) || !is_less(*gap, walk->gap))
        return false;
    walk->gap = *gap;
    walk->nearest = value;
    return true;
}

/* Inside a cell of numbers what lies nearest to a place, on either side. */
static bool try_near(struct walk *walk, size_t index, struct range cell, struct num place)
{
    struct cut at = cut_at(place, 0);
    struct value part;
    for (int up = 0; up < 2; up++) {
        struct cut low = up ? at : cell.low, high = up ? cell.high : at;
        if (cut_compare(low, high) >= 0 || !cells_between(search_hole(walk->search, index), low, high, &part))
            continue;
        struct cut end = up ? part.range.low : part.range.high;
        part.range = range_of(end, end, part.range.whole);
        struct gap gap;
        if (!end.side && !end.infinite && try(walk, index, part, &gap))
            return true;
    }
    return false;
}

/* From an end: as far as the gap there, if it lessens by as much as the hole moves, and past where two sides meet. */
static bool try_from(struct walk *walk, size_t index, struct range cell, bool high, const struct gap *gap)
{
    struct num end = high ? cell.high.at : cell.low.at;
    struct num past = num_add(gap->amount, num_div(gap->spread, num_int(2)));
    struct num places[] = {gap->amount, past};
    bool nearer = false;
    for (size_t i = 0; i < 2 && num_sign(places[i]) && !is_closed(walk->gap); i++)
        nearer |= try_near(walk, index, cell, high ? num_sub(end, places[i]) : num_add(end, places[i]));
    return nearer;
}

/* Where it lessens evenly from both ends. */
static bool try_between(struct walk *walk, size_t index, struct range cell, const struct gap *gaps)
{
    struct num all = num_add(gaps[0].amount, gaps[1].amount), low = cell.low.at, high = cell.high.at;
    if (!num_sign(gaps[0].amount) || !num_sign(gaps[1].amount))
        return false;
    struct num way = num_div(num_mul(num_sub(high, low), gaps[0].amount), all);
    return try_near(walk, index, cell, num_add(low, way));
}

/* What reads a hole changes steadily inside a cell: `gaps` are those at its ends. */
static bool try_inside(struct walk *walk, size_t index, size_t cell, const struct gap *gaps)
{
    const struct value *value = &search_hole(walk->search, index)->cells[cell];
    if (value->kind != VALUE_NUMBER || value_is_single(value))
        return false;
    struct range range = value->range;
    bool from_low = !range.low.infinite, from_high = !range.high.infinite;
    bool nearer = from_low && from_high && try_between(walk, index, range, gaps);
    if (from_low && !is_closed(walk->gap))
        nearer |= try_from(walk, index, range, false, &gaps[0]);
    if (from_high && !is_closed(walk->gap))
        nearer |= try_from(walk, index, range, true, &gaps[1]);
    return nearer;
}

/* Where a hole is best filled with. False: as it is. */
static bool move(struct walk *walk, size_t index)
{
    const struct hole *hole = search_hole(walk->search, index);
    struct value best = hole->now;
    bool nearer = false;
    for (size_t cell = 0; cell < hole->cell_count && !is_over(walk); cell++) {
        struct gap gaps[2] = {missing, missing};
        size_t first = hole->first_point[cell], count = hole->first_point[cell + 1] - first;
        bool here = false;
        for (size_t k = 0; k < count && !is_closed(walk->gap); k++)
            here |= try(walk, index, hole->points[first + k], &gaps[k & 1]);
        if (!is_closed(walk->gap))
            here |= try_inside(walk, index, cell, gaps);
        if (here)
            best = walk->nearest;
        nearer |= here;
    }
    search_fill(walk->search, index, best);
    return nearer;
}

bool gap_close(struct search *search, const struct claim *claim)
{
    const uint64_t *on = depend_on(search->depend, claim->context, claim->node);
    struct walk walk = {.search = search, .claim = claim, .until = search_until(search, GAP_EFFORT)};
    bool nearer = look(&walk, &walk.gap) && !is_closed(walk.gap);
    for (int round = 0; nearer && round < ROUNDS_MAX; round++) {
        nearer = false;
        for (size_t i = 0; i < search_holes(search) && !is_over(&walk); i++)
            if (set_has(on, i))
                nearer |= move(&walk, i);
        nearer = nearer && !is_over(&walk);
    }
    return is_closed(walk.gap) && search_pass(search);
}
