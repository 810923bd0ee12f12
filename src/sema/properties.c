#include "sema/properties.h"
#include "base/mem.h"
#include "sema/expr.h"
#include "sema/questions.h"
#include "sema/types.h"

/* ---- what rises */

/* The score that is entered for a criterion, and has no other name; else the node itself. */
static const struct ir_node *entered(const struct sema *sema, const struct ir_node *node)
{
    const struct standard *standard = sema->standard;
    for (size_t i = 0; i < standard->judged.count; i++)
        if (standard->judged.items[i]->criterion->score == node)
            return standard->judged.items[i]->node;
    return node;
}

static bool is_entered(const struct ir_node *node)
{
    return node->op == IR_FACT || node->op == IR_JUDGED || node->op == IR_SETTING;
}

static const struct ir_node *with_order(struct sema *sema, const struct ast *ast, const struct ir_node *node)
{
    if (!node || type_has_order(&node->type))
        return node;
    return sema_fail(sema, DIAG_NO_MORE_OR_LESS, ast->span, span_text(ast->span), types_word(&node->type));
}

static const struct ir_node *raised(struct sema *sema, const struct ast *ast)
{
    const struct scope top = {.sema = sema};
    const struct ir_node *node = expr_lower(&top, ast, NULL);
    if (node)
        node = entered(sema, node);
    if (node && !is_entered(node))
        return sema_fail(sema, DIAG_NOT_REPORTED, ast->span, span_text(ast->span), NULL);
    return with_order(sema, ast, node);
}

/* ---- one property */

static bool lower_monotone(struct sema *sema, const struct ast_monotone *ast, struct property *property)
{
    const struct scope top = {.sema = sema};
    property->kind = PROPERTY_MONOTONE;
    property->raised = raised(sema, ast->fact);
    property->result = with_order(sema, ast->result, expr_lower(&top, ast->result, NULL));
    property->raised_words = span_text(ast->fact->span);
    property->result_words = span_text(ast->result->span);
    return property->raised && property->result;
}

static bool lower_law(struct sema *sema, const struct ast_law *ast, struct property *property)
{
    const struct scope top = {.sema = sema};
    property->kind = ast->which == LAW_NEVER ? PROPERTY_NEVER : PROPERTY_ALWAYS;
    property->when = expr_condition_or_no(&top, ast->when);
    return property->when;
}

static void lower(struct sema *sema, const struct ast_property *ast)
{
    struct property property = {
        .label = ast_text(ast->label), .cite = ast_text(ast->cite), .span = ast->label->span};
    bool right = ast->law->kind == AST_law ? lower_law(sema, AST(law, ast->law), &property)
                                           : lower_monotone(sema, AST(monotone, ast->law), &property);
    if (right)
        vec_push(&sema->standard->properties, property);
}

void properties_lower(struct sema *sema)
{
    const struct compile_options *options = sema->options;
    struct kept kept = questions_keep(sema);
    for (size_t i = 0; i < sema->decls.count && (options->checked || options->properties); i++)
        if (sema->decls.items[i]->kind == AST_property)
            lower(sema, AST(property, sema->decls.items[i]));
    if (!options->properties)
        questions_forget(sema, kept);
}
