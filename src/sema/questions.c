#include "sema/questions.h"
#include "diag/suggest.h"
#include "sema/expr.h"
#include "sema/names.h"
#include "sema/types.h"

/* ---- goals that a name stands for */

/* Names go before labels. -1: none. */
static long grade_named(const struct choice *grades, const char *name)
{
    for (int label = 0; grades && label < 2; label++)
        for (size_t i = 0; i < grades->count; i++)
            if (str_equal(label ? grades->symbols[i].label : grades->symbols[i].name, name))
                return (long)i;
    return -1;
}

static struct entity *qualifies_at(const struct sema *sema, size_t place)
{
    return names_find(&sema->qualifies, sema->qualifies.entries[place].key);
}

static struct entity *qualifies_named(const struct sema *sema, const char *name)
{
    struct entity *entity = names_find(&sema->qualifies, name);
    for (size_t i = 0; !entity && i < sema->qualifies.count; i++) {
        struct entity *other = qualifies_at(sema, i);
        if (str_equal(ast_text(AST(qualifies, other->ast)->label), name))
            entity = other;
    }
    return entity;
}

static struct ir_node *at_least(struct sema *sema, long rung, struct span span)
{
    struct ir_node *grade = expr_entity(sema, &sema->grade, span);
    if (!grade)
        return NULL;
    struct ir_node *least = ir_const(sema->ir, grade->type, value_int(rung), span);
    return ir_binary(sema->ir, IR_LESS_EQUAL, TYPE_OF_TRUTH, least, grade, span);
}

static void offer(struct suggest *suggest, const char *name, const char *label)
{
    suggest_list(suggest, name);
    if (label)
        suggest_offer(suggest, label);
}

/* Goals that have a name: the nearest to this one, and all of them. */
static struct suggest named_goals(const struct sema *sema, const char *name)
{
    const struct choice *grades = sema->standard->grades;
    struct suggest suggest;
    suggest_start(&suggest, name);
    for (size_t i = 0; grades && i < grades->count; i++)
        offer(&suggest, grades->symbols[i].name, grades->symbols[i].label);
    suggest_list(&suggest, "eligible");
    for (size_t i = 0; i < sema->qualifies.count; i++) {
        const struct entity *entity = qualifies_at(sema, i);
        offer(&suggest, entity->name, ast_text(AST(qualifies, entity->ast)->label));
    }
    return suggest;
}

static struct diag *not_a_goal(struct sema *sema, const struct ast *ast, const struct type *type)
{
    return sema_error(sema, DIAG_NOT_A_GOAL, ast->span, span_text(ast->span), types_word(type));
}

/* A text that is no label, or a name that stands for nothing. */
static void report_unnamed(const struct scope *scope, const char *name, const struct ast *ast)
{
    struct suggest goals = named_goals(scope->sema, name);
    const char *near = suggest_best(&goals);
    struct diag *diag = ast->kind == AST_string ? not_a_goal(scope->sema, ast, &TYPE_OF_TEXT)
                                                : names_report_unknown(scope, name, ast->span, NULL);
    if (diag->code == DIAG_ASKED_UNKNOWN) {
        diag->code = DIAG_GOAL_UNKNOWN;
        diag->args[1] = suggest_listed(&goals, "");
    }
    if (near && diag->code != DIAG_KEYWORD_HIDDEN)
        diag_suggest(diag, near);
}

static struct ir_node *named_goal(const struct scope *scope, const char *name, const struct ast *ast)
{
    struct sema *sema = scope->sema;
    long rung = grade_named(sema->standard->grades, name);
    if (rung >= 0)
        return at_least(sema, rung, ast->span);
    struct entity *entity = qualifies_named(sema, name);
    if (entity)
        return expr_entity(sema, entity, ast->span);
    report_unnamed(scope, name, ast);
    return NULL;
}

/* The name or label that is all of the goal and stands for no value; NULL: it is an expression. */
static const char *name_alone(const struct scope *scope, const struct ast *ast)
{
    if (ast->kind == AST_string)
        return ast_text(ast);
    bool bare = ast->kind == AST_path && AST(path, ast)->names.count == 1 && !expr_names_value(scope, ast);
    return bare ? ast_path_text(ast) : NULL;
}

/* ---- one question */

static struct ir_node *goal(const struct scope *scope, const struct ast *ast)
{
    while (ast->kind == AST_e_group)
        ast = AST(e_group, ast)->of;
    const char *name = name_alone(scope, ast);
    if (name)
        return expr_na_as_no(scope->sema, named_goal(scope, name, ast));
    struct ir_node *node = expr_lower(scope, ast, &TYPE_OF_TRUTH);
    if (!node || node->type.kind == TYPE_YESNO)
        return expr_na_as_no(scope->sema, node);
    not_a_goal(scope->sema, ast, &node->type);
    return NULL;
}

static struct ir_node *lower(struct sema *sema, const struct compile_question *question)
{
    const struct scope top = {.sema = sema};
    const struct ast *ast = question->ast;
    if (ast->kind == AST_repl_set)
        return sema_fail(sema, DIAG_SET_IS_NO_QUESTION, ast->span, span_text(ast->span), NULL);
    return question->goal ? goal(&top, ast) : expr_lower(&top, ast, NULL);
}

/* ---- leaving nothing behind */

struct kept questions_keep(const struct sema *sema)
{
    const struct cohort_reads *cohort = &sema->standard->cohort;
    return (struct kept){.nodes = sema->ir->nodes.count,
                         .of_standard = sema->ir->blocks.items[0]->nodes.count,
                         .blocks = sema->ir->blocks.count,
                         .operands = cohort->operands.count,
                         .inputs = cohort->inputs.count,
                         .figures = cohort->figures.count};
}

/* What was begun stands behind all that is kept. */
void questions_forget(struct sema *sema, struct kept kept)
{
    struct cohort_reads *cohort = &sema->standard->cohort;
    sema->ir->nodes.count = kept.nodes;
    sema->ir->blocks.items[0]->nodes.count = kept.of_standard;
    sema->ir->blocks.count = kept.blocks;
    cohort->operands.count = kept.operands;
    cohort->inputs.count = kept.inputs;
    cohort->figures.count = kept.figures;
}

/* The limits of size hold for each question anew. What could be read in part only is not asked. */
static const struct ir_node *ask(struct sema *sema, const struct compile_question *question)
{
    struct kept kept = questions_keep(sema);
    if (!question->ast || question->diags->errors)
        return NULL;
    sema->diags = question->diags;
    sema->visits = sema->depth = 0;
    sema->limit_passed = false;
    sema->asking = true;
    const struct ir_node *node = lower(sema, question);
    sema->asking = false;
    diag_sort(question->diags);
    if (node && !question->diags->errors)
        return node;
    questions_forget(sema, kept);
    return NULL;
}

void questions_lower(struct sema *sema)
{
    struct diags *diags = sema->diags;
    for (size_t i = 0; i < sema->options->question_count; i++)
        vec_push(&sema->standard->questions, ask(sema, &sema->options->questions[i]));
    sema->diags = diags;
    if (sema->options->question_count)
        cohort_find_levels(&sema->standard->cohort, sema->ir);
}
