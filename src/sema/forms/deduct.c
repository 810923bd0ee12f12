/* `start at P`, `deduct P when C`, `deduct P per E`. The points are what is taken away, not below 0. */
#include "sema/forms/form.h"

struct ir_node *form_s_start(const struct place *place, const struct ast *ast, struct line *line)
{
    (void)line;
    return form_points(place, AST(s_start, ast)->points);
}

struct ir_node *form_s_deduct(const struct place *place, const struct ast *ast, struct line *line)
{
    const struct ast_s_deduct *deduct = AST(s_deduct, ast);
    line->label = ast_text(deduct->label);
    struct ir_node *points = form_not_below_zero(place, form_points(place, deduct->points));
    return form_if(place, form_when(place, deduct->when, line), points, ast->span);
}

struct ir_node *form_s_deduct_per(const struct place *place, const struct ast *ast, struct line *line)
{
    const struct ast_s_deduct_per *deduct = AST(s_deduct_per, ast);
    line->label = ast_text(deduct->label);
    return form_each(place, deduct->points, deduct->per, deduct->or_part, deduct->up_to, ast->span);
}
