#include "sema/figure.h"
#include "base/mem.h"
#include "base/str.h"
#include "sema/names.h"

/* ---- where it is written */

static bool is_written_as(const struct ast *value, const struct ir_node *node)
{
    bool literal = value && (value->kind == AST_number || value->kind == AST_percent);
    return literal && node->op == IR_CONST && value_is_point(&node->bounds) &&
           num_equal(value_point(&node->bounds),
                     value->kind == AST_number ? AST(number, value)->value : AST(percent, value)->value);
}

static const struct entity *entity_of_name(const struct sema *sema, const struct ast *ast)
{
    const struct ast_list *names = ast->kind == AST_path ? &AST(path, ast)->names : NULL;
    return names && names->count == 1 ? names_entity(sema, ast_text(names->items[0])) : NULL;
}

/* Where the number of a threshold or definition of this name is written, in the call or in the rules; else the expression itself. */
static const struct ast *written_number(struct sema *sema, const struct ast *ast, const struct ir_node *node)
{
    const struct entity *entity = entity_of_name(sema, ast);
    const struct ast *value = !entity                             ? NULL
                              : entity->set                       ? entity->set
                              : entity->kind == ENTITY_THRESHOLD  ? AST(threshold, entity->ast)->value
                              : entity->kind == ENTITY_DEFINITION ? AST(define, entity->ast)->value
                                                                  : NULL;
    return is_written_as(value, node) ? value : ast;
}

/* The values of a threshold with dates, unless the call sets one. */
static struct ast_list dated_values(const struct sema *sema, const struct ast *ast,
                                    const struct ir_node *node)
{
    const struct entity *entity = ir_is_const(node) ? NULL : entity_of_name(sema, ast);
    bool threshold = entity && entity->kind == ENTITY_THRESHOLD;
    return threshold ? AST(threshold, entity->ast)->dated : (struct ast_list){0};
}

/* ---- beside shares and counts */

/* More than all, or a bare 1, was meant as a percentage. */
static bool right_constant(struct sema *sema, struct num number, const struct ast *written,
                           const struct ast *ast)
{
    int order = num_compare(number, num_int(1));
    if (order < 0 || (order == 0 && ast->kind != AST_number))
        return true;
    struct diag *diag = sema_error(sema, DIAG_SHARE_ABOVE_ALL, written->span, span_text(written->span), NULL);
    if (written != ast)
        diag_other(diag, ast->span, "@compared_here");
    /* 1.2 can be meant in many ways, 95 in one. */
    if (written->kind == AST_number && num_is_int(number) && num_compare(number, num_int(100)) <= 0) {
        const char *percent = str_print("%s%%", num_text(order == 0 ? num_int(100) : number));
        diag_suggest(diag, percent);
        diag_mend(diag, written->span, percent);
    }
    return false;
}

/* The constant that a share or rate is compared with; of a threshold with dates each of its values. */
bool figure_right(struct sema *sema, const struct ir_node *share, const struct ir_node *other,
                  const struct ast *ast)
{
    if (!share->type.share)
        return true;
    if (other->op == IR_CONST && value_is_point(&other->bounds))
        return right_constant(sema, value_point(&other->bounds), written_number(sema, ast, other), ast);
    struct ast_list dated = dated_values(sema, ast, other);
    bool right = true;
    for (size_t i = 0; i < dated.count; i++) {
        const struct ast *value = AST(dated, dated.items[i])->value;
        if (value->kind == AST_number)
            right &= right_constant(sema, AST(number, value)->value, value, ast);
        else if (value->kind == AST_percent)
            right &= right_constant(sema, AST(percent, value)->value, value, ast);
    }
    return right;
}

/* Can it come to much more than all of something, or does it count? */
static bool is_no_part(const struct ir_node *node)
{
    enum { MUCH_MORE_THAN_ALL = 2 };
    struct range past = range_from(num_int(MUCH_MORE_THAN_ALL));
    if (node->type.share || node->type.kind != TYPE_NUMBER || node->bounds.kind != VALUE_NUMBER)
        return false;
    bool ends = !node->bounds.range.high.infinite && !range_is_empty(range_meet(node->bounds.range, past));
    return node->op != IR_SETTING && (node->type.whole || node->type.unit || ends);
}

/* `visits >= 95%`: 0.95 visits are meant by nobody. */
static void warn_of_percentage(struct sema *sema, const struct ir_node *of, const struct ast *of_ast,
                               const struct ir_node *other, const struct ast *ast)
{
    const struct ast *written = written_number(sema, ast, other);
    struct ast_list dated = dated_values(sema, ast, other);
    for (size_t i = 0; i < dated.count && written == ast; i++)
        if (AST(dated, dated.items[i])->value->kind == AST_percent)
            written = AST(dated, dated.items[i])->value;
    if (written->kind != AST_percent || !is_no_part(of))
        return;
    const struct entity *entity = entity_of_name(sema, ast);
    bool set = entity && entity->set; /* by the call, which is then what to look at */
    struct diag *diag = diag_add(sema->diags, DIAG_NUMBER_AND_PERCENT, set ? written->span : ast->span,
                                 span_text(of_ast->span), span_text(written->span),
                                 num_text(AST(percent, written)->value), NULL);
    if (written != ast)
        diag_other(diag, set ? ast->span : written->span, set ? "@compared_here" : "@declared_here");
}

/* ---- more than a score can come to */

static bool is_score(const struct sema *sema, const struct ir_node *node)
{
    bool score = node == sema->total.node || node == sema->subtotal.node;
    for (size_t i = 0; i < sema->parts.count; i++)
        score |= node == sema->parts.items[i]->entity.node;
    return score && !ir_is_const(node) && node->bounds.kind == VALUE_NUMBER;
}

static void note_beyond(struct sema *sema, const struct ir_node *of, const struct ast *of_ast,
                        struct num number, const struct ast *written, const struct ast *ast)
{
    const struct cut most = of->bounds.range.high;
    if (most.infinite || num_compare(number, most.at) <= 0)
        return;
    struct diag *diag = diag_add(sema->diags, DIAG_SCORE_BEYOND, written->span, span_text(of_ast->span),
                                 num_text(number), num_text(most.at), NULL);
    if (written != ast)
        diag_other(diag, ast->span, "@compared_here");
    vec_push(&sema->standard->beyond, ast->span);
}

/* `total >= 120` of 100; of a threshold with dates each of its values. */
static void warn_of_beyond(struct sema *sema, const struct ir_node *of, const struct ast *of_ast,
                           const struct ir_node *other, const struct ast *ast)
{
    if (!is_score(sema, of))
        return;
    if (other->op == IR_CONST && value_is_point(&other->bounds))
        note_beyond(sema, of, of_ast, value_point(&other->bounds), written_number(sema, ast, other), ast);
    struct ast_list dated = dated_values(sema, ast, other);
    for (size_t i = 0; i < dated.count; i++)
        if (AST(dated, dated.items[i])->value->kind == AST_number) {
            const struct ast *value = AST(dated, dated.items[i])->value;
            note_beyond(sema, of, of_ast, AST(number, value)->value, value, ast);
        }
}

void figure_remark(struct sema *sema, const struct ir_node *of, const struct ast *of_ast,
                   const struct ir_node *other, const struct ast *ast)
{
    warn_of_percentage(sema, of, of_ast, other, ast);
    warn_of_beyond(sema, of, of_ast, other, ast);
}
