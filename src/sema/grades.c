/* Grades: rungs tried in order, then ceilings, floors and notches as written, held inside the ladder. */
#include "base/mem.h"
#include "sema/cover.h"
#include "sema/expr.h"
#include "sema/forms/table.h"
#include "sema/outcomes.h"

/* ---- the ladder, known before anything is lowered */

static void add_rung(struct symbol *best_first, size_t *count, const char *name, const char *label)
{
    for (size_t i = 0; i < *count; i++)
        if (str_equal(best_first[i].name, name))
            return;
    best_first[(*count)++] = (struct symbol){name, label};
}

static const char *grade_name(const struct ast *grade)
{
    return grade->kind == AST_path ? ast_path_text(grade) : ast_text(grade);
}

static void rungs_of_table(const struct ast_grades_by *ast, struct symbol *best_first, size_t *count)
{
    for (size_t i = 0; i < ast->rows.count; i++) {
        const struct ast *result = AST(row_of, ast->rows.items[i])->result;
        add_rung(best_first, count, grade_name(AST(result, result)->value),
                 ast_text(AST(result, result)->label));
    }
}

static void rungs_of_ladder(const struct ast_grades *ast, struct symbol *best_first, size_t *count)
{
    for (size_t i = 0; i < ast->rungs.count; i++) {
        const struct ast_rung *rung = AST(rung, ast->rungs.items[i]);
        add_rung(best_first, count, grade_name(rung->grade), ast_text(rung->label));
    }
}

void outcomes_collect(struct sema *sema)
{
    for (size_t i = 0; i < sema->decls.count; i++) {
        const struct ast *decl = sema->decls.items[i];
        if (decl->kind != AST_grades && decl->kind != AST_grades_by)
            continue;
        if (sema->grades) {
            diag_other(sema_error(sema, DIAG_GRADES_TWICE, span_first_word(decl->span), NULL, NULL),
                       span_first_word(sema->grades->span), "@first_here");
            continue;
        }
        size_t rungs = decl->kind == AST_grades ? AST(grades, decl)->rungs.count
                                                : AST(grades_by, decl)->rows.count,
               count = 0;
        struct symbol *best_first = MEM_ARRAY(struct symbol, rungs + 1),
                      *symbols = MEM_ARRAY(struct symbol, rungs + 1);
        if (decl->kind == AST_grades)
            rungs_of_ladder(AST(grades, decl), best_first, &count);
        else
            rungs_of_table(AST(grades_by, decl), best_first, &count);
        for (size_t k = 0; k < count; k++)
            symbols[k] = best_first[count - 1 - k];
        struct choice *choice = MEM_NEW(struct choice);
        *choice = (struct choice){"grade", symbols, count, true};
        sema->grades = decl;
        sema->standard->grades = choice;
    }
}

/* ---- lowering */

struct ladder {
    struct sema *sema;
    struct scope scope;
    struct type type;
};

static struct ir_node *grade_value(const struct ladder *ladder, const struct ast *grade)
{
    const char *name = grade_name(grade);
    const struct choice *choice = ladder->type.choice;
    for (size_t i = 0; i < choice->count; i++)
        if (str_equal(choice->symbols[i].name, name))
            return ir_const(ladder->sema->ir, ladder->type, value_int((long long)i), grade->span);
    sema_error(ladder->sema, DIAG_UNKNOWN_GRADE, grade->span, name, NULL);
    return NULL;
}

static void note_rule(const struct ladder *ladder, enum grade_step kind, const struct ast *grade,
                      const struct ast *label, struct span span, struct ir_node *when)
{
    struct grade_rule rule = {.kind = kind,
                              .grade = grade ? grade_name(grade) : NULL,
                              .label = ast_text(label),
                              .span = span,
                              .grade_span = grade ? grade->span : SPAN_NONE,
                              .when = when};
    vec_push(&ladder->sema->standard->grade_rules, rule);
}

/* Somewhere in the condition n/a counts as yes or no: `eligible` reads its gates so. `seen`: [node id]. */
static bool counts_na(const struct ir_node *when, bool *seen)
{
    if (when->op == IR_NA_AS)
        return true;
    bool counts = false;
    seen[when->id] = true;
    for (size_t i = 0; i < when->arg_count && !counts; i++) {
        const struct ir_node *arg = when->args[i];
        counts = arg->type.kind == TYPE_YESNO && !seen[arg->id] && counts_na(arg, seen);
    }
    return counts;
}

/* Some condition holds for each unit. Where one may be n/a there is a case that is not looked at. */
static bool leave_nobody_out(struct sema *sema, struct ir_node *const *when, size_t count)
{
    const char *missed = NULL;
    bool *seen = mem_alloc_plain(sema->ir->nodes.count);
    for (size_t i = 0; i < count; i++)
        if (!when[i] || counts_na(when[i], seen))
            return false;
    return cover_cases(sema, count, when, &missed) && !missed;
}

static struct ir_node *lower_rungs(const struct ladder *ladder, const struct ast_grades *ast)
{
    struct ir *ir = ladder->sema->ir;
    size_t count = ast->rungs.count;
    struct ir_node **when = MEM_ARRAY(struct ir_node *, count + 1), *grade = NULL;
    if (!count)
        return NULL; /* the grammar has said so */
    bool right = true;
    for (size_t i = 0; i < count; i++) {
        const struct ast_rung *rung = AST(rung, ast->rungs.items[i]);
        when[i] = rung->when ? expr_outcome(&ladder->scope, rung->when) : NULL;
        right &= when[i] || !rung->when;
        note_rule(ladder, rung->when ? GRADE_RUNG : GRADE_OTHERWISE, rung->grade, rung->label,
                  rung->node.span, when[i]);
    }
    if (!right)
        return NULL;
    if (when[count - 1] && !leave_nobody_out(ladder->sema, when, count)) {
        ladder->sema->standard->open_grades = span_first_word(ast->node.span);
        grade = ir_const(ir, ladder->type, value_na(), ast->node.span);
    }
    for (size_t i = count; i-- > 0;) {
        const struct ast_rung *rung = AST(rung, ast->rungs.items[i]);
        struct ir_node *value = grade_value(ladder, rung->grade);
        grade = grade ? ir_if(ir, when[i], value, grade, rung->node.span) : value;
    }
    return grade;
}

static struct ir_node *notched(const struct ladder *ladder, const struct ast_notch *ast,
                               struct ir_node *grade)
{
    struct ir *ir = ladder->sema->ir;
    struct span span = ast->node.span;
    struct ir_node *top =
        ir_const(ir, ladder->type, value_int((long long)ladder->type.choice->count - 1), span);
    struct ir_node *bottom = ir_const(ir, ladder->type, value_int(0), span);
    struct ir_node *steps = ast->steps ? ir_number(ir, AST(number, ast->steps)->value, span) : NULL;
    struct ir_node *bound = ast->grade ? grade_value(ladder, ast->grade) : NULL;
    if (ast->grade && !bound)
        return NULL;
    if (steps && !num_is_int(AST(number, ast->steps)->value))
        return sema_fail(ladder->sema, DIAG_NOTCH_NOT_WHOLE, ast->steps->span, NULL, NULL);
    switch ((enum notch_kind)ast->which) {
    case NOTCH_CEILING: return ir_binary(ir, IR_MIN, ladder->type, grade, bound, span);
    case NOTCH_FLOOR: return ir_binary(ir, IR_MAX, ladder->type, grade, bound, span);
    case NOTCH_LOWER:
        return ir_binary(ir, IR_MAX, ladder->type, ir_binary(ir, IR_SUB, ladder->type, grade, steps, span),
                         bottom, span);
    case NOTCH_RAISE:
        return ir_binary(ir, IR_MIN, ladder->type, ir_binary(ir, IR_ADD, ladder->type, grade, steps, span),
                         top, span);
    }
    return NULL;
}

static struct ir_node *lower_notches(const struct ladder *ladder, const struct ast_list *notches,
                                     struct ir_node *grade)
{
    static const enum grade_step STEPS[] = {[NOTCH_CEILING] = GRADE_CEILING,
                                            [NOTCH_FLOOR] = GRADE_FLOOR,
                                            [NOTCH_LOWER] = GRADE_LOWER,
                                            [NOTCH_RAISE] = GRADE_RAISE};
    for (size_t i = 0; grade && i < notches->count; i++) {
        const struct ast_notch *notch = AST(notch, notches->items[i]);
        struct ir_node *when = expr_outcome(&ladder->scope, notch->when),
                       *moved = notched(ladder, notch, grade);
        if (!when || !moved)
            return NULL;
        note_rule(ladder, STEPS[notch->which], notch->grade, notch->label, notch->node.span, when);
        grade = ir_if(ladder->sema->ir, when, moved, grade, notch->node.span);
    }
    return grade;
}

static struct ir_node *row_grade(const void *data, const struct ast *result)
{
    return grade_value(data, AST(result, result)->value);
}

struct ir_node *grades_lower(struct sema *sema)
{
    struct ladder ladder = {.sema = sema,
                            .scope = {.sema = sema},
                            .type = {.kind = TYPE_CHOICE, .choice = sema->standard->grades}};
    if (!sema->grades)
        return sema_fail(sema, DIAG_NO_GRADES_TO_READ, sema->grade.span, NULL, NULL);
    struct ir_node *grade;
    if (sema->grades->kind == AST_grades) {
        const struct ast_grades *ast = AST(grades, sema->grades);
        grade = lower_notches(&ladder, &ast->notches, lower_rungs(&ladder, ast));
    } else {
        const struct ast_grades_by *ast = AST(grades_by, sema->grades);
        grade =
            table_lower(&ladder.scope, &ast->inputs, &ast->rows, ast->node.span, row_grade, &ladder, NULL);
        grade = lower_notches(&ladder, &ast->notches, grade);
    }
    sema->standard->grade = grade;
    return grade;
}
