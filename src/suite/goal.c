#include "suite/goal.h"
#include "base/mem.h"

static const struct type TRUTH = {.kind = TYPE_YESNO};

struct making {
    const struct coverage_point *point;
    struct ir *ir;
    struct span span;
};

static struct ir_node *node_of(const struct ir_node *node)
{
    return (struct ir_node *)node;
}

static struct ir_node * not(struct making * it, const struct ir_node *of)
{
    return ir_unary(it->ir, IR_NOT, TRUTH, node_of(of), it->span);
}

static struct ir_node *compare(struct making *it, enum ir_op op, struct ir_node *a, struct ir_node *b)
{
    return ir_binary(it->ir, op, TRUTH, a, b, it->span);
}

static struct ir_node *both(struct making *it, struct ir_node *a, struct ir_node *b)
{
    struct ir_node *args[] = {a, b};
    return ir_apply(it->ir, IR_AND, TRUTH, 2, args, it->span);
}

static struct ir_node *figure_of(struct making *it)
{
    const struct coverage_point *point = it->point;
    return point->figure ? node_of(point->figure)
                         : ir_const(it->ir, point->node->type, value_number(point->limit), it->span);
}

/* The figure, `step` further. */
static struct ir_node *beside(struct making *it, struct ir_node *figure, struct num step)
{
    if (value_is_point(&figure->bounds))
        return ir_const(it->ir, figure->type, value_number(num_add(value_point(&figure->bounds), step)),
                        it->span);
    struct ir_node *by = ir_const(it->ir, figure->type, value_number(step), it->span);
    return ir_binary(it->ir, IR_ADD, figure->type, figure, by, it->span);
}

static struct ir_node *taken(struct making *it)
{
    struct ir_node *all = it->point->node ? node_of(it->point->node) : NULL;
    for (size_t i = 0; i < it->point->before.count; i++) {
        struct ir_node *fails = not(it, it->point->before.items[i]);
        all = all ? both(it, fails, all) : fails;
    }
    return all ? all : ir_truth(it->ir, true, it->span);
}

static struct ir_node *condition(struct making *it, struct num step)
{
    struct ir_node *node = node_of(it->point->node), *figure = NULL;
    switch (it->point->kind) {
    case POINT_HOLDS: return node;
    case POINT_FAILS: return not(it, node);
    case POINT_TAKEN: return taken(it);
    case POINT_AT: return compare(it, IR_EQUAL, node, figure_of(it));
    case POINT_BINDS: return compare(it, IR_LESS, figure_of(it), node);
    case POINT_FREE: return compare(it, IR_LESS, node, figure_of(it));
    case POINT_BELOW:
        figure = figure_of(it);
        return both(it, compare(it, IR_LESS, node, figure),
                    compare(it, IR_LESS_EQUAL, beside(it, figure, num_neg(step)), node));
    case POINT_ABOVE:
        figure = figure_of(it);
        return both(it, compare(it, IR_LESS, figure, node),
                    compare(it, IR_LESS_EQUAL, node, beside(it, figure, step)));
    case POINT_OPEN: break;
    }
    return ir_truth(it->ir, false, it->span);
}

const struct ir_node *goal_in(struct ir *ir, const struct coverage_point *point)
{
    struct making it = {.point = point, .ir = ir, .span = point->span};
    return condition(&it, num_int(0));
}

struct goal goal_of(const struct coverage_point *point, const struct evaluation *like)
{
    struct goal goal = {.standard = *like->standard};
    goal.standard.ir = ir_fork(like->standard->ir);
    struct making it = {.point = point, .ir = goal.standard.ir, .span = point->span};
    bool beside = point->kind == POINT_BELOW || point->kind == POINT_ABOVE;
    goal.node = condition(&it, beside ? coverage_step(point, like) : num_int(0));
    return goal;
}
