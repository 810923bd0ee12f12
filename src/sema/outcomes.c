#include "sema/outcomes.h"
#include "base/mem.h"
#include "sema/expr.h"
#include "sema/names.h"
#include "sema/types.h"

static struct outcome *add_outcome(struct sema *sema, enum outcome_kind kind, const struct ast *name,
                                   const struct ast *label, struct span span)
{
    struct outcome *outcome = MEM_NEW(struct outcome);
    outcome->kind = kind;
    outcome->name = ast_text(name);
    outcome->label = ast_text(label);
    outcome->span = span;
    vec_push(&sema->standard->outcomes, outcome);
    return outcome;
}

static void add_gate(struct sema *sema, enum outcome_kind kind, const struct ast *ast, const struct ast *name,
                     const struct ast *label, const struct ast *when, const struct ast *cite)
{
    struct scope scope = {.sema = sema};
    struct outcome *outcome = add_outcome(sema, kind, name, label,
                                          name    ? name->span
                                          : label ? label->span
                                                  : ast->span);
    outcome->cite = ast_text(cite);
    outcome->when = outcome->holds = expr_outcome(&scope, when);
}

/* A section below its minimum; one that is skipped misses none. */
static void add_minimum(struct sema *sema, struct part_info *info)
{
    struct part *part = info->part;
    struct outcome *outcome = add_outcome(sema, OUTCOME_MINIMUM, NULL, NULL, part->minimum_span);
    outcome->part = part;
    outcome->name = part->path;
    outcome->label = part->label;
    struct ir_node *rate = expr_part_value(sema, info, "rate", part->minimum_span);
    if (!rate)
        return;
    struct ir_node *minimum = ir_number(sema->ir, part->minimum, part->minimum_span);
    struct ir_node *below = ir_binary(sema->ir, IR_LESS, TYPE_OF_TRUTH, rate, minimum, part->minimum_span);
    outcome->when = below;
    outcome->holds = expr_na_as_no(sema, below);
}

static void collect_gates(struct sema *sema)
{
    if (sema->gates_collected)
        return;
    sema->gates_collected = true;
    for (size_t i = 0; i < sema->decls.count; i++) {
        const struct ast *decl = sema->decls.items[i];
        if (decl->kind == AST_require) {
            const struct ast_require *ast = AST(require, decl);
            add_gate(sema, OUTCOME_REQUIRE, decl, ast->name, ast->label, ast->when, ast->cite);
        } else if (decl->kind == AST_veto) {
            const struct ast_veto *ast = AST(veto, decl);
            add_gate(sema, OUTCOME_VETO, decl, ast->name, ast->label, ast->when, ast->cite);
        }
    }
    for (size_t i = 0; i < sema->parts.count; i++)
        if (sema->parts.items[i]->part->has_minimum)
            add_minimum(sema, sema->parts.items[i]);
}

struct ir_node *outcomes_eligible(struct sema *sema)
{
    collect_gates(sema);
    const struct standard *standard = sema->standard;
    struct ir_node **terms = MEM_ARRAY(struct ir_node *, standard->outcomes.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (outcome->kind == OUTCOME_QUALIFIES)
            continue;
        if (!outcome->holds)
            return NULL;
        struct ir_node *holds = sema->ir->nodes.items[outcome->holds->id];
        terms[count++] = outcome->kind == OUTCOME_REQUIRE ? holds : expr_not(sema, holds);
    }
    struct ir_node *eligible = ir_apply(sema->ir, IR_AND, TYPE_OF_TRUTH, count, terms, sema->eligible.span);
    sema->standard->eligible = eligible;
    return eligible;
}

struct ir_node *outcomes_qualifies(struct sema *sema, struct entity *entity)
{
    const struct ast_qualifies *ast = AST(qualifies, entity->ast);
    struct scope scope = {.sema = sema};
    struct outcome *outcome = add_outcome(sema, OUTCOME_QUALIFIES, ast->name, ast->label, ast->name->span);
    outcome->cite = ast_text(ast->cite);
    struct ir_node *holds = expr_outcome(&scope, ast->when);
    outcome->when = outcome->holds = holds;
    return holds;
}

static void lower_show(struct sema *sema, const struct ast_show *ast)
{
    struct scope scope = {.sema = sema};
    struct ir_node *value = expr_lower(&scope, ast->value, NULL);
    struct show show = {.name = ast_text(ast->name),
                        .label = ast_text(ast->label),
                        .cite = ast_text(ast->cite),
                        .span = ast->name->span,
                        .written = ast->value->span,
                        .value = value};
    if (!value)
        return;
    if (value->type.kind == TYPE_LIST || value->type.kind == TYPE_TABLE)
        sema_error(sema, DIAG_NOT_A_VALUE, ast->value->span, span_text(ast->value->span), NULL);
    else if (names_declare(sema, &sema->shows, show.name, show.span, &sema->shows))
        vec_push(&sema->standard->shows, show);
}

void outcomes_lower(struct sema *sema)
{
    expr_entity(sema, &sema->eligible, sema->eligible.span);
    for (size_t i = 0; i < sema->qualifies.count; i++) {
        struct entity *entity = names_find(&sema->qualifies, sema->qualifies.entries[i].key);
        expr_entity(sema, entity, entity->span);
    }
    if (sema->grades)
        expr_entity(sema, &sema->grade, sema->grades->span);
    for (size_t i = 0; i < sema->decls.count; i++)
        if (sema->decls.items[i]->kind == AST_show)
            lower_show(sema, AST(show, sema->decls.items[i]));
}
