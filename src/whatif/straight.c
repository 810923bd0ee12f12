/* One walk over the nodes that read the lever, arguments before their uses. Ends of ranges are lines of their own: what is not known of other
 * facts makes a node a band between two lines. */
#include "whatif/straight.h"
#include "base/mem.h"

enum state { FLAT, LINE, LOST };

struct straight {
    struct levers *levers;
    const struct lever *lever;
    size_t
        first_context; /* contexts from here on matter: the one that decides, and before a mix the columns */
    struct cut from, to;
    bool upwards, bounded;
    struct value **low, **high,
        **all;             /* [context][node id]: at the two places inside, anywhere between the ends */
    unsigned char **state; /* [context][node id]: enum state; of what does not read the lever FLAT */
    bool found;
    struct num at;
};

static struct nodes readers(const struct straight *straight, size_t context)
{
    return straight->lever->readers[context];
}

static size_t contexts_end(const struct straight *straight)
{
    return straight->levers->context + 1;
}

static bool is_first(const struct straight *straight, size_t context)
{
    return straight->levers->search->run->first[context] == context;
}

static struct straight *make(struct levers *levers)
{
    struct straight *straight = MEM_NEW(struct straight);
    const struct run *run = levers->search->run;
    straight->levers = levers;
    straight->first_context = run_is_mix(run, levers->context) ? 0 : levers->context;
    straight->low = MEM_ARRAY(struct value *, run->contexts);
    straight->high = MEM_ARRAY(struct value *, run->contexts);
    straight->all = MEM_ARRAY(struct value *, run->contexts);
    straight->state = MEM_ARRAY(unsigned char *, run->contexts);
    for (size_t c = straight->first_context; c < contexts_end(straight); c++) {
        size_t first = run->first[c];
        bool own = first == c;
        straight->low[c] = own ? MEM_ARRAY(struct value, run->nodes + 1) : straight->low[first];
        straight->high[c] = own ? MEM_ARRAY(struct value, run->nodes + 1) : straight->high[first];
        straight->all[c] = own ? MEM_ARRAY(struct value, run->nodes + 1) : straight->all[first];
        straight->state[c] = own ? mem_alloc_plain(run->nodes + 1) : straight->state[first];
    }
    return straight;
}

struct straight *straight_of(struct levers *levers, size_t lever)
{
    if (!levers->straight)
        levers->straight = make(levers);
    levers->straight->lever = &levers->list.items[lever];
    return levers->straight;
}

void straight_start(struct straight *straight, struct cut from, struct cut to, bool upwards)
{
    straight->from = from;
    straight->to = to;
    straight->upwards = upwards;
    straight->bounded = !from.infinite && !to.infinite;
    straight->found = false;
}

static void take(const struct straight *straight, struct value **into)
{
    for (size_t c = straight->first_context; c < contexts_end(straight); c++) {
        const struct value *values = straight->levers->search->run->values[c];
        struct nodes nodes = readers(straight, c);
        for (size_t i = 0; i < nodes.count && is_first(straight, c); i++)
            into[c][nodes.items[i]->id] = values[nodes.items[i]->id];
    }
}

void straight_low(struct straight *straight)
{
    take(straight, straight->low);
}

void straight_high(struct straight *straight)
{
    take(straight, straight->high);
}

void straight_all(struct straight *straight)
{
    take(straight, straight->all);
}

/* ---- lines */

/* What one end of a node's range comes to at both ends of the stretch: the places inside are a quarter of the way from either, so that each end
 * lies half of what is between them beyond. */
struct segment {
    struct cut low, high;
};

/* A node as it is read. */
struct view {
    const struct value *low, *high;
    enum state state;
};

static bool reads_lever(const struct straight *straight, size_t context, const struct ir_node *node)
{
    return lever_is_in(straight->lever, depend_on(straight->levers->search->depend, context, node));
}

static struct view view_of(const struct straight *straight, size_t context, const struct ir_node *node)
{
    const struct value *now = &straight->levers->search->run->values[context][node->id];
    if (!reads_lever(straight, context, node))
        return (struct view){now, now, FLAT};
    return (struct view){&straight->low[context][node->id], &straight->high[context][node->id],
                         (enum state)straight->state[context][node->id]};
}

static bool is_numeric(const struct view *view)
{
    return value_has_range(view->low) && value_has_range(view->high);
}

static struct segment extended(struct cut low, struct cut high)
{
    if (low.infinite || high.infinite)
        return (struct segment){low, high};
    struct num half = num_div(num_sub(high.at, low.at), num_int(2));
    return (struct segment){cut_at(num_sub(low.at, half), 0), cut_at(num_add(high.at, half), 0)};
}

static struct segment lower(const struct view *view)
{
    return extended(view->low->range.low, view->high->range.low);
}

static struct segment upper(const struct view *view)
{
    return extended(view->low->range.high, view->high->range.high);
}

static struct segment level(struct num at)
{
    return (struct segment){cut_at(at, 0), cut_at(at, 0)};
}

static bool is_finite(struct segment line)
{
    return !line.low.infinite && !line.high.infinite;
}

static void note(struct straight *straight, struct num at)
{
    bool nearer = !straight->found ||
                  (straight->upwards ? num_compare(at, straight->at) < 0 : num_compare(at, straight->at) > 0);
    if (nearer)
        straight->at = at;
    straight->found = true;
}

/* Where a line that has `low` at one end and `high` at the other is 0. */
static void note_zero(struct straight *straight, struct num low, struct num high)
{
    struct num width = num_sub(straight->to.at, straight->from.at);
    note(straight, num_add(straight->from.at, num_div(num_mul(width, low), num_sub(low, high))));
}

/* Do two lines meet in between? A line without an end meets none; whether one may turn into the other is then lost. */
static enum state meet(struct straight *straight, struct segment a, struct segment b)
{
    if (!is_finite(a) || !is_finite(b)) {
        bool same = a.low.infinite == a.high.infinite && b.low.infinite == b.high.infinite;
        return same ? LINE : LOST;
    }
    if (!straight->bounded)
        return LOST;
    struct num low = num_sub(a.low.at, b.low.at), high = num_sub(a.high.at, b.high.at);
    if (num_sign(low) * num_sign(high) >= 0)
        return LINE;
    note_zero(straight, low, high);
    return LOST;
}

static enum state worse(enum state a, enum state b)
{
    return a > b ? a : b;
}

/* ---- one operation */

static bool is_point(const struct view *view)
{
    return view->state == FLAT && value_is_point(view->low);
}

static enum state product(const struct view *a, const struct view *b)
{
    return is_point(a) || is_point(b) ? LINE : LOST;
}

static enum state quotient(struct straight *straight, const struct view *a, const struct view *b)
{
    (void)a;
    if (is_point(b))
        return LINE;
    if (b->state == LINE && is_numeric(b))
        meet(straight, lower(b), level(num_int(0)));
    return LOST;
}

/* Which of two is the smaller, at either end of their ranges. */
static enum state lesser(struct straight *straight, const struct view *a, const struct view *b)
{
    return worse(meet(straight, lower(a), lower(b)), meet(straight, upper(a), upper(b)));
}

static enum state comparison(struct straight *straight, const struct view *a, const struct view *b)
{
    enum state state = worse(meet(straight, lower(a), upper(b)), meet(straight, upper(a), lower(b)));
    return state == LINE ? FLAT : LOST;
}

/* The next place beyond `at` where rounding goes over to another step. */
static struct num edge_beyond(const struct ir_node *node, struct num at, bool upwards)
{
    bool half = node->rounding == NUM_HALF_UP || node->rounding == NUM_HALF_EVEN;
    struct num shift = half ? num_div(node->step, num_int(2)) : num_int(0), step = node->step,
               from = num_sub(at, shift);
    struct num on = num_round(from, step, upwards ? NUM_DOWN : NUM_UP);
    return num_add(shift, upwards ? num_add(on, step) : num_sub(on, step));
}

/* The step that is gone over first, seen from where the walk comes from. */
static enum state rounding(struct straight *straight, const struct ir_node *node, struct segment line)
{
    if (!is_finite(line))
        return line.low.infinite == line.high.infinite ? FLAT : LOST;
    struct num start = straight->upwards ? line.low.at : line.high.at,
               end = straight->upwards ? line.high.at : line.low.at;
    int way = num_compare(end, start);
    if (way == 0)
        return FLAT;
    struct num edge = edge_beyond(node, start, way > 0);
    if (num_compare(end, edge) * way <= 0)
        return FLAT;
    if (straight->bounded)
        note_zero(straight, num_sub(line.low.at, edge), num_sub(line.high.at, edge));
    return LOST;
}

/* What of two may be either. */
static enum state joined(struct straight *straight, const struct view *a, const struct view *b)
{
    if (a->state == FLAT && b->state == FLAT)
        return FLAT;
    if (a->state == LOST || b->state == LOST || !is_numeric(a) || !is_numeric(b))
        return LOST;
    return lesser(straight, a, b);
}

static enum state choice(struct straight *straight, const struct view *when, const struct view *then,
                         const struct view *otherwise)
{
    if (when->state == LOST)
        return LOST;
    if (value_is_yes(when->low))
        return then->state;
    if (value_is_no(when->low))
        return otherwise->state;
    if (value_is_na(when->low))
        return FLAT;
    return joined(straight, then, otherwise);
}

static enum state instead_of_na(struct straight *straight, const struct view *of, const struct view *other)
{
    if (of->state == LOST || !of->low->na)
        return of->state;
    return of->low->nothing_else ? other->state : joined(straight, of, other);
}

/* A sum of what is surely there is as straight as what is added. */
static enum state list_of(struct straight *straight, size_t context, const struct ir_node *node)
{
    enum state state = FLAT;
    for (size_t i = 0; i < node->arg_count; i++) {
        struct view view = view_of(straight, context, node->args[i]);
        if (view.state == LOST || (i % 2 == 0 && view.state != FLAT))
            return LOST;
        state = worse(state, view.state);
    }
    return state;
}

/* The highest and the lowest of several, as long as none overtakes another. */
static enum state highest_of(struct straight *straight, size_t context, const struct ir_node *node)
{
    const struct ir_node *bag = node->args[0];
    enum state state = LINE;
    if (bag->op != IR_BAG)
        return LOST;
    for (size_t i = 1; i < bag->arg_count; i += 2)
        for (size_t k = 1; k < i; k += 2) {
            struct view a = view_of(straight, context, bag->args[i]),
                        b = view_of(straight, context, bag->args[k]);
            if (!is_numeric(&a) || !is_numeric(&b))
                return LOST;
            state = worse(state, lesser(straight, &a, &b));
        }
    return state;
}

static enum state mixed(struct straight *straight, const struct ir_node *node)
{
    enum state state = FLAT;
    for (size_t c = 0; c < straight->levers->search->run->columns; c++)
        state = worse(state, view_of(straight, c, node->args[0]).state);
    return state;
}

/* Of a node whose arguments are none of them lost. */
static enum state applied(struct straight *straight, size_t context, const struct ir_node *node,
                          const struct view *args)
{
    const struct view *a = &args[0], *b = &args[1];
    bool number = node->type.kind != TYPE_DATE && is_numeric(a) && (node->arg_count < 2 || is_numeric(b));
    switch ((int)node->op) {
    case IR_ADD:
    case IR_SUB: return number ? LINE : LOST;
    case IR_MUL: return number ? product(a, b) : LOST;
    case IR_DIV: return number ? quotient(straight, a, b) : LOST;
    case IR_MIN:
    case IR_MAX: return number ? lesser(straight, a, b) : LOST;
    case IR_ABS:
        return number ? worse(meet(straight, lower(a), level(num_int(0))),
                              meet(straight, upper(a), level(num_int(0))))
                      : LOST;
    case IR_ROUND:
        return number ? worse(rounding(straight, node, lower(a)), rounding(straight, node, upper(a))) : LOST;
    case IR_LESS:
    case IR_LESS_EQUAL:
    case IR_EQUAL: return number ? comparison(straight, a, b) : LOST;
    case IR_LENGTH: return LINE;
    case IR_SUM:
    case IR_MEAN: return node->args[0]->op == IR_BAG ? LINE : LOST;
    case IR_COUNT: return node->args[0]->op == IR_BAG ? FLAT : LOST;
    case IR_HIGHEST:
    case IR_LOWEST: return highest_of(straight, context, node);
    case IR_IS_NA: return FLAT;
    }
    return LOST;
}

/* ---- all of them */

static bool is_flat_all_along(const struct straight *straight, size_t context, const struct ir_node *node)
{
    const struct value *all = &straight->all[context][node->id];
    return !all->fault && value_is_single(all) && all->kind != VALUE_SEQUENCE && all->kind != VALUE_NONE;
}

static enum state from_args(struct straight *straight, size_t context, const struct ir_node *node)
{
    enum { ARGS = 3 };
    struct view args[ARGS];
    enum state state = FLAT;
    for (size_t i = 0; i < node->arg_count; i++) {
        struct view view = view_of(straight, context, node->args[i]);
        state = worse(state, view.state);
        if (i < ARGS)
            args[i] = view;
    }
    if (node->op == IR_IF)
        return choice(straight, &args[0], &args[1], &args[2]);
    if (node->op == IR_NA_AS)
        return instead_of_na(straight, &args[0], &args[1]);
    if (state == LOST || (state == FLAT && node->arg_count > 0))
        return state;
    return applied(straight, context, node, args);
}

static enum state state_of(struct straight *straight, size_t context, const struct ir_node *node)
{
    if (is_flat_all_along(straight, context, node))
        return FLAT;
    switch ((int)node->op) {
    case IR_FACT:
    case IR_JUDGED: return value_has_range(&straight->low[context][node->id]) ? LINE : LOST;
    case IR_BAG: return list_of(straight, context, node);
    case IR_BAG_OF: return LOST;
    case IR_MIX:
        if (run_is_mix(straight->levers->search->run, context))
            return mixed(straight, node);
        return view_of(straight, context, node->args[0]).state;
    }
    return from_args(straight, context, node);
}

static void classify(struct straight *straight)
{
    for (size_t c = straight->first_context; c < contexts_end(straight); c++) {
        struct nodes nodes = readers(straight, c);
        for (size_t i = 0; i < nodes.count && is_first(straight, c); i++)
            straight->state[c][nodes.items[i]->id] = (unsigned char)state_of(straight, c, nodes.items[i]);
    }
}

/* What a truth is, whether there is a fault or n/a, has to be the same at both places. */
static bool places_agree(const struct view *view)
{
    const struct value *low = view->low, *high = view->high;
    if (!low->fault != !high->fault || low->na != high->na || low->nothing_else != high->nothing_else)
        return false;
    return low->kind != VALUE_TRUTH || high->kind != VALUE_TRUTH || low->truth == high->truth;
}

enum shape straight_shape(struct straight *straight, const struct ir_node *const *nodes, size_t count,
                          struct num *at)
{
    enum state state = FLAT;
    classify(straight);
    for (size_t i = 0; i < count; i++) {
        struct view view = view_of(straight, straight->levers->context, nodes[i]);
        state = worse(state, places_agree(&view) ? view.state : LOST);
    }
    *at = straight->at;
    if (state == FLAT || (state == LINE && straight->bounded))
        return SHAPE_STRAIGHT;
    return straight->found ? SHAPE_CHANGES : SHAPE_BENDS;
}

struct value straight_end(const struct straight *straight, const struct ir_node *node, bool high)
{
    struct view view = view_of(straight, straight->levers->context, node);
    struct value value = *view.low;
    if (view.state != LINE || !is_numeric(&view))
        return value;
    struct segment low = lower(&view), top = upper(&view);
    value.range = (struct range){high ? low.high : low.low, high ? top.high : top.low, false};
    return value;
}
