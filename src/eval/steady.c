/* A slope is all that (f(y) − f(x)) / (y − x) comes to where x and y differ in one hole alone. */
#include "eval/steady.h"
#include "base/mem.h"

struct steep {
    bool is;
    struct range slopes[LINEAR_HOLES];
};

struct walk {
    const struct bend *bend;
    struct steep **found; /* [context][node id] */
    size_t context;
    const struct ir_node *node;
};

static const struct value *value_of(const struct walk *walk, size_t context, const struct ir_node *node)
{
    return &walk->bend->search->run->values[context][node->id];
}

static struct steep steep_of(const struct walk *walk, size_t context, const struct ir_node *node)
{
    const struct run *run = walk->bend->search->run;
    const struct form *form = linear_form(run, context, node);
    struct steep steep = {.is = true};
    if (!linear_is_exact(form))
        return walk->found[run->first[context]][node->id];
    for (size_t i = 0; i < walk->bend->count; i++)
        steep.slopes[i] = range_point(form->slopes[i]);
    return steep;
}

static struct steep of_arg(const struct walk *walk, size_t i)
{
    return steep_of(walk, walk->context, walk->node->args[i]);
}

static struct range arg_range(const struct walk *walk, size_t i)
{
    return value_of(walk, walk->context, walk->node->args[i])->range;
}

/* ---- operations: `a` and `b` are what they are of */

/* by × a + with × b */
static struct steep weighed(const struct walk *walk, struct steep a, struct range by, struct steep b,
                            struct range with)
{
    a.is &= b.is;
    for (size_t i = 0; i < walk->bend->count && a.is; i++)
        a.slopes[i] = range_add(range_mul(a.slopes[i], by), range_mul(b.slopes[i], with));
    return a;
}

static struct steep either(const struct walk *walk, struct steep a, struct steep b)
{
    a.is &= b.is;
    for (size_t i = 0; i < walk->bend->count && a.is; i++)
        a.slopes[i] = range_join(a.slopes[i], b.slopes[i]);
    return a;
}

static struct steep times(const struct walk *walk, struct steep a, struct range by)
{
    return weighed(walk, a, by, a, range_point(num_int(0)));
}

static struct steep quotient(const struct walk *walk)
{
    struct range by = arg_range(walk, 1), all = value_of(walk, walk->context, walk->node)->range;
    struct range one = range_point(num_int(1));
    if (range_holds(by, num_int(0)))
        return (struct steep){.is = false};
    struct steep top = weighed(walk, of_arg(walk, 0), one, of_arg(walk, 1), range_neg(all));
    return times(walk, top, range_div(one, by));
}

static struct steep absolute(const struct walk *walk)
{
    struct range of = arg_range(walk, 0), zero = range_point(num_int(0));
    struct steep steep = of_arg(walk, 0), turned = times(walk, steep, range_point(num_int(-1)));
    if (range_less_equal(zero, of) == TRUTH_YES)
        return steep;
    return range_less_equal(of, zero) == TRUTH_YES ? turned : either(walk, steep, turned);
}

static struct steep chosen(const struct walk *walk)
{
    const struct value *when = value_of(walk, walk->context, walk->node->args[0]);
    if (value_is_yes(when))
        return of_arg(walk, 1);
    return value_is_no(when) ? of_arg(walk, 2) : (struct steep){.is = false};
}

/* The best of alternatives that all apply. */
static struct steep extreme(const struct walk *walk)
{
    const struct ir_node *bag = walk->node->args[0];
    struct steep steep = {.is = false};
    for (size_t i = 0; bag->op == IR_BAG && i < bag->arg_count; i += 2) {
        struct steep row = steep_of(walk, walk->context, bag->args[i + 1]);
        row.is &= value_is_yes(value_of(walk, walk->context, bag->args[i]));
        steep = i ? either(walk, steep, row) : row;
    }
    return steep;
}

static struct steep mixed(const struct walk *walk)
{
    const struct run *run = walk->bend->search->run;
    const struct ir_node *of = walk->node->args[0];
    struct steep steep = {.is = false};
    struct num weights = num_int(0);
    if (!run_is_mix(run, walk->context))
        return of_arg(walk, 0);
    for (size_t c = 0; c < run->columns; c++) {
        struct num weight = run->standard->columns.items[c].weight;
        struct steep column = steep_of(walk, c, of);
        struct range zero = range_point(num_int(0));
        if (!num_sign(weight))
            continue;
        column.is &= !value_of(walk, c, of)->na;
        steep = num_sign(weights) ? weighed(walk, steep, range_point(num_int(1)), column, range_point(weight))
                                  : weighed(walk, column, range_point(weight), column, zero);
        weights = num_add(weights, weight);
    }
    return steep.is ? times(walk, steep, range_point(num_div(num_int(1), weights))) : steep;
}

static struct steep of_node(const struct walk *walk)
{
    struct range one = range_point(num_int(1));
    bool added = walk->node->type.kind != TYPE_DATE; /* a date counts whole days alone */
    switch ((int)walk->node->op) {
    case IR_ADD:
        if (added)
            return weighed(walk, of_arg(walk, 0), one, of_arg(walk, 1), one);
        break;
    case IR_SUB:
        if (added)
            return weighed(walk, of_arg(walk, 0), one, of_arg(walk, 1), range_neg(one));
        break;
    case IR_MUL:
        return weighed(walk, of_arg(walk, 0), arg_range(walk, 1), of_arg(walk, 1), arg_range(walk, 0));
    case IR_DIV: return quotient(walk);
    case IR_MIN:
    case IR_MAX: return either(walk, of_arg(walk, 0), of_arg(walk, 1));
    case IR_ABS: return absolute(walk);
    case IR_ROUND: return times(walk, of_arg(walk, 0), range_from(num_int(0)));
    case IR_IF: return chosen(walk);
    case IR_NA_AS:
        return of_arg(walk, value_of(walk, walk->context, walk->node->args[0])->nothing_else ? 1 : 0);
    case IR_HIGHEST:
    case IR_LOWEST: return extreme(walk);
    case IR_MIX: return mixed(walk);
    }
    return (struct steep){.is = false};
}

/* ---- all that the claim hangs on */

static bool all_valid(const struct walk *walk, const struct steep *steep)
{
    for (size_t i = 0; i < walk->bend->count; i++) {
        const struct range *slope = &steep->slopes[i];
        bool low = slope->low.infinite || num_valid(slope->low.at);
        bool high = slope->high.infinite || num_valid(slope->high.at);
        if (!low || !high)
            return false;
    }
    return true;
}

static void walk_node(struct walk *walk, size_t context, const struct ir_node *node)
{
    const struct value *value = value_of(walk, context, node);
    struct steep *steep = &walk->found[context][node->id];
    if (value->kind != VALUE_NUMBER || value->na || value->fault)
        return;
    walk->context = context;
    walk->node = node;
    *steep = of_node(walk);
    steep->is = steep->is && all_valid(walk, steep);
}

bool steady_find(const struct bend *bend, struct range slopes[LINEAR_HOLES])
{
    struct run *run = bend->search->run;
    run->effort += run->contexts * run->nodes;
    struct walk walk = {.bend = bend, .found = MEM_ARRAY(struct steep *, run->contexts)};
    for (size_t c = 0; c < run->contexts; c++)
        walk.found[c] =
            run->first[c] == c ? MEM_ARRAY(struct steep, run->nodes + 1) : walk.found[run->first[c]];
    for (size_t c = 0; c < run->contexts; c++)
        for (size_t i = 0; i < run->live[c].count; i++)
            if (run->first[c] == c && bend->asked[c][run->live[c].items[i]->id])
                walk_node(&walk, c, run->live[c].items[i]);
    struct steep claim = steep_of(&walk, bend->claim->context, bend->claim->node);
    for (size_t i = 0; i < bend->count; i++)
        slopes[i] = claim.slopes[i];
    return claim.is;
}
