#include "sema/forms/form.h"
#include "sema/types.h"

struct ir_node *form_lower(const struct place *place, const struct ast *ast, struct line *line)
{
    switch ((int)ast->kind) {
#define FORM(kind, what) \
    case AST_##kind:     \
        return form_##kind(place, ast, line);
#include "sema/forms/forms.def"
#undef FORM
    }
    return NULL;
}

struct ir_node *form_points(const struct place *place, const struct ast *ast)
{
    struct ir *ir = place->scope.sema->ir;
    if (ast->kind == AST_percent)
        return ir_number(ir, num_mul(AST(percent, ast)->value, place->cap), ast->span);
    return expr_number(&place->scope, ast);
}

struct ir_node *form_if(const struct place *place, struct ir_node *when, struct ir_node *points,
                        struct span span)
{
    if (!when || !points)
        return NULL;
    struct ir *ir = place->scope.sema->ir;
    return ir_if(ir, when, points, ir_number(ir, num_int(0), span), span);
}

/* The conditions of `all of { … }` are lowered once more, each alone, so that a report can tell which one
 * failed. */
static void note_checks(const struct place *place, const struct ast_list *conds, struct line *line)
{
    for (size_t i = 0; i < conds->count; i++) {
        const struct ast *ast = conds->items[i];
        bool labelled = ast->kind == AST_cond;
        const struct ast *when = labelled ? AST(cond, ast)->when : ast;
        struct ir_node *node = expr_condition(&place->scope, when);
        const char *label = labelled ? ast_text(AST(cond, ast)->label) : NULL;
        if (node)
            vec_push(&line->checks, (struct check){label, when->span, node, false});
    }
}

struct ir_node *form_when(const struct place *place, const struct ast *when, struct line *line)
{
    struct ir_node *node = expr_condition(&place->scope, when);
    line->when = node;
    if (node && when->kind == AST_e_of)
        note_checks(place, &AST(e_of, when)->conds, line);
    if (node && when->kind == AST_e_and)
        note_checks(place, &AST(e_and, when)->terms, line);
    return node;
}

/* Inside a result stands an expression, or a `judged` or `bands` with a label of its own. */
static const struct ast *inner_statement(const struct ast *result)
{
    const struct ast *inner = result->kind == AST_result ? AST(result, result)->value : result;
    return inner->kind == AST_s_judged || inner->kind == AST_s_bands ? inner : NULL;
}

const char *form_result_label(const struct ast *result)
{
    const struct ast *inner = inner_statement(result);
    if (inner)
        return inner->kind == AST_s_judged ? ast_text(AST(s_judged, inner)->label) : NULL;
    return ast_text(AST(result, result)->label);
}

struct ir_node *form_result(const struct place *place, const struct ast *result, struct line *line)
{
    struct line inner = {.kind = line->kind};
    const struct ast *statement = inner_statement(result);
    return statement ? form_lower(place, statement, &inner) : form_points(place, AST(result, result)->value);
}

struct ir_node *form_least(const struct place *place, struct ir_node *a, struct ir_node *b, struct span span)
{
    return a && b ? ir_binary(place->scope.sema->ir, IR_MIN, TYPE_OF_NUMBER, a, b, span) : NULL;
}

struct ir_node *form_not_below_zero(const struct place *place, struct ir_node *of)
{
    struct ir *ir = place->scope.sema->ir;
    return of ? ir_binary(ir, IR_MAX, of->type, of, ir_number(ir, num_int(0), of->origin), of->origin) : NULL;
}

struct ir_node *form_each(const struct place *place, const struct ast *points, const struct ast *per,
                          bool or_part, const struct ast *up_to, struct span span)
{
    struct ir *ir = place->scope.sema->ir;
    struct ir_node *each = form_points(place, points),
                   *amount = form_not_below_zero(place, expr_number(&place->scope, per));
    if (!each || !amount)
        return NULL;
    struct ir_node *times = ir_round(ir, amount, num_int(1), or_part ? NUM_UP : NUM_DOWN, span);
    struct ir_node *sum = ir_binary(ir, IR_MUL, TYPE_OF_NUMBER, each, times, span);
    return up_to ? form_least(place, sum, form_points(place, up_to), span) : sum;
}
