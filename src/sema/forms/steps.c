/* `steps E from BASE { P per STEP above  P per STEP below } up to M down to N`: whole steps off a base. M
 * and N hold the points together with what `start at` gives at the base. */
#include "sema/forms/form.h"
#include "sema/measures.h"
#include "sema/types.h"

/* The whole steps that `high` lies above `low`, times the points. */
static struct ir_node *rung(const struct place *place, const struct ast_step *step, struct ir_node *high,
                            struct ir_node *low)
{
    struct sema *sema = place->scope.sema;
    struct ir *ir = sema->ir;
    struct ir_node *size = expr_number(&place->scope, step->per), *points = form_points(place, step->points);
    if (!size || !points)
        return NULL;
    size = measures_convert(sema, size, high->type.unit ? high->type.unit : low->type.unit, step->per->span);
    if (!size)
        return NULL;
    if (size->bounds.kind == VALUE_NUMBER && value_is_point(&size->bounds) &&
        num_sign(value_point(&size->bounds)) <= 0) {
        sema_error(sema, DIAG_STEP_NOT_POSITIVE, step->per->span, NULL, NULL);
        return NULL;
    }
    struct ir_node *none = ir_binary(ir, IR_LESS_EQUAL, TYPE_OF_TRUTH, size,
                                     ir_number(ir, num_int(0), step->node.span), step->node.span);
    struct ir_node *fault =
        ir_input(ir, IR_FAULT, FAULT_STEP, size->type, value_fault(FAULT_STEP, NULL), step->per->span);
    if (!ir_is_const(size))
        size = ir_if(ir, none, fault, size, step->per->span);
    struct ir_node *away =
        form_not_below_zero(place, ir_binary(ir, IR_SUB, TYPE_OF_NUMBER, high, low, step->node.span));
    struct ir_node *steps = ir_round(ir, ir_binary(ir, IR_DIV, TYPE_OF_NUMBER, away, size, step->node.span),
                                     num_int(1), NUM_DOWN, step->node.span);
    return ir_binary(ir, IR_MUL, TYPE_OF_NUMBER, points, steps, step->node.span);
}

static struct ir_node *held(const struct place *place, struct ir_node *sum, const struct ast_s_steps *ast)
{
    struct ir *ir = place->scope.sema->ir;
    struct ir_node *start = place->start ? place->start : ir_number(ir, num_int(0), ast->node.span);
    struct ir_node *all = ir_binary(ir, IR_ADD, TYPE_OF_NUMBER, start, sum, ast->node.span);
    if (ast->up_to)
        all = form_least(place, all, form_points(place, ast->up_to), ast->up_to->span);
    struct ir_node *low = ast->down_to ? form_points(place, ast->down_to) : NULL;
    if (!all || (ast->down_to && !low))
        return NULL;
    if (low)
        all = ir_binary(ir, IR_MAX, TYPE_OF_NUMBER, all, low, ast->down_to->span);
    return ir_binary(ir, IR_SUB, TYPE_OF_NUMBER, all, start, ast->node.span);
}

static struct ir_node *joined(const struct place *place, enum ir_op op, struct ir_node *sum,
                              struct ir_node *points, struct span span)
{
    return points ? ir_binary(place->scope.sema->ir, op, TYPE_OF_NUMBER, sum, points, span) : NULL;
}

/* Apart, not added: of a sum whose terms move together, nobody could tell where it turns over. */
static struct ir_node *either(const struct place *place, struct ir_node *value, struct ir_node *base,
                              struct ir_node *above, struct ir_node *below, struct span span)
{
    struct ir *ir = place->scope.sema->ir;
    if (ir_is_const(above) || ir_is_const(below))
        return ir_binary(ir, IR_ADD, TYPE_OF_NUMBER, above, below, span);
    struct ir_node *reached = ir_binary(ir, IR_LESS_EQUAL, TYPE_OF_TRUTH, base, value, span);
    return ir_if(ir, reached, above, below, span);
}

struct ir_node *form_s_steps(const struct place *place, const struct ast *ast, struct line *line)
{
    struct sema *sema = place->scope.sema;
    const struct ast_s_steps *steps = AST(s_steps, ast);
    struct ir_node *value = expr_number(&place->scope, steps->value),
                   *base = expr_number(&place->scope, steps->from);
    (void)line;
    if (!value || !base)
        return NULL;
    base = measures_convert(sema, base, value->type.unit ? value->type.unit : base->type.unit,
                            steps->from->span);
    struct ir_node *zero = ir_number(sema->ir, num_int(0), ast->span);
    struct ir_node *above = zero, *below = zero;
    for (size_t i = 0; base && above && below && i < steps->steps.count; i++) {
        const struct ast_step *step = AST(step, steps->steps.items[i]);
        if (step->above)
            above = joined(place, IR_ADD, above, rung(place, step, value, base), step->node.span);
        else
            below = joined(place, IR_SUB, below, rung(place, step, base, value), step->node.span);
    }
    struct ir_node *sum = base && above && below ? either(place, value, base, above, below, ast->span) : NULL;
    return sum && (steps->up_to || steps->down_to) ? held(place, sum, steps) : sum;
}
