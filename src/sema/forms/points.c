/* `full when C`, `P when C`, `prorata E`, `earn E`, `P per E`: the plain earning statements. */
#include "sema/forms/form.h"
#include "sema/types.h"

struct ir_node *form_s_full(const struct place *place, const struct ast *ast, struct line *line)
{
    const struct ast_s_full *full = AST(s_full, ast);
    line->label = ast_text(full->label);
    return form_if(place, form_when(place, full->when, line),
                   ir_number(place->scope.sema->ir, place->cap, ast->span), ast->span);
}

struct ir_node *form_s_points(const struct place *place, const struct ast *ast, struct line *line)
{
    const struct ast_s_points *points = AST(s_points, ast);
    line->label = ast_text(points->label);
    return form_if(place, form_when(place, points->when, line), form_points(place, points->points),
                   ast->span);
}

struct ir_node *form_s_per(const struct place *place, const struct ast *ast, struct line *line)
{
    const struct ast_s_per *per = AST(s_per, ast);
    line->label = ast_text(per->label);
    return form_each(place, per->points, per->per, per->or_part, per->up_to, ast->span);
}

struct ir_node *form_s_prorata(const struct place *place, const struct ast *ast, struct line *line)
{
    struct ir *ir = place->scope.sema->ir;
    const struct ast_s_prorata *prorata = AST(s_prorata, ast);
    line->label = ast_text(prorata->label);
    struct ir_node *share = form_not_below_zero(place, expr_plain(&place->scope, prorata->value));
    struct ir_node *held = form_least(place, share, ir_number(ir, num_int(1), ast->span), ast->span);
    return held ? ir_binary(ir, IR_MUL, TYPE_OF_NUMBER, ir_number(ir, place->cap, ast->span), held, ast->span)
                : NULL;
}

struct ir_node *form_s_earn(const struct place *place, const struct ast *ast, struct line *line)
{
    line->label = ast_text(AST(s_earn, ast)->label);
    return expr_number(&place->scope, AST(s_earn, ast)->value);
}
