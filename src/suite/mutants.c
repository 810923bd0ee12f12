#include "suite/mutants.h"
#include <string.h>
#include "base/date.h"
#include "base/mem.h"

/* ---------------------------------------------------------------- adding */

static void add(struct mutants *mutants, struct span span, const char *text, struct span shown,
                const char *instead)
{
    vec_push(&mutants->list, (struct mutant){span, text, shown, instead});
}

static void replace(struct mutants *mutants, const struct ast *ast, const char *text)
{
    add(mutants, ast->span, text, ast->span, text);
}

/* ---------------------------------------------------------------- figures */

static const char *percent_text(struct num share)
{
    return str_print("%s%%", num_text(num_mul(share, num_int(100))));
}

/* One more; of a percentage one percent, less where there is no more. */
static void figure(struct mutants *mutants, const struct ast *ast)
{
    const struct num percent = num_ratio(1, 100);
    if (ast->kind == AST_number) {
        replace(mutants, ast, num_text(num_add(AST(number, ast)->value, num_int(1))));
    } else if (ast->kind == AST_percent) {
        struct num share = AST(percent, ast)->value;
        bool full = num_compare(share, num_int(1)) >= 0;
        replace(mutants, ast, percent_text(full ? num_sub(share, percent) : num_add(share, percent)));
    } else if (ast->kind == AST_quantity) {
        const struct ast_quantity *quantity = AST(quantity, ast);
        const char *more = num_text(num_add(quantity->value, num_int(1)));
        replace(mutants, ast, str_print("%s%s", more, span_text(quantity->unit->span)));
    } else if (ast->kind == AST_date) {
        replace(mutants, ast, date_text(AST(date, ast)->day + 1));
    }
}

/* ---------------------------------------------------------------- comparisons */

/* At the figure it is otherwise. */
static const char *other_symbol(enum compare_op op)
{
    switch (op) {
    case CMP_EQ: return "is not";
    case CMP_NE: return "=";
    case CMP_GE: return ">";
    case CMP_GT: return ">=";
    case CMP_LE: return "<";
    case CMP_LT: return "<=";
    }
    return "=";
}

static void comparison(struct mutants *mutants, const struct ast *ast)
{
    const struct ast_e_compare *compare = AST(e_compare, ast);
    struct span sign = {ast->span.source, compare->left->span.end, compare->right->span.start};
    const char *other = other_symbol((enum compare_op)compare->op);
    const char *instead =
        str_print("%s %s %s", span_text(compare->left->span), other, span_text(compare->right->span));
    add(mutants, sign, str_print(" %s ", other), ast->span, instead);
}

static void bound(struct mutants *mutants, const struct ast *ast)
{
    static const char *const others[] = {[CMP_EQ] = NULL,       [CMP_NE] = NULL,    [CMP_GE] = "above",
                                         [CMP_GT] = "at least", [CMP_LE] = "below", [CMP_LT] = "at most"};
    const struct ast_bound *of = AST(bound, ast);
    const char *other = others[of->op];
    struct span words = {ast->span.source, ast->span.start, of->value->span.start};
    if (other)
        add(mutants, words, str_print("%s ", other), ast->span,
            str_print("%s %s", other, span_text(of->value->span)));
}

/* ---------------------------------------------------------------- what is taken out */

/* One of several, with what parts it from the one before or behind it. */
static void take_out_each(struct mutants *mutants, const struct ast_list *list)
{
    for (size_t i = 0; list->count > 1 && i < list->count; i++) {
        struct span own = list->items[i]->span, whole = own;
        if (i > 0)
            whole.start = list->items[i - 1]->span.end;
        else
            whole.end = list->items[1]->span.start;
        add(mutants, whole, "", own, "");
    }
}

static bool is_remark(const struct ast *ast)
{
    return ast->kind == AST_s_remark || ast->kind == AST_s_judged;
}

/* Statements of a criterion that has others. */
static void statements(struct mutants *mutants, const struct ast_list *rules)
{
    size_t count = 0;
    for (size_t i = 0; i < rules->count; i++)
        count += !is_remark(rules->items[i]);
    for (size_t i = 0; count > 1 && i < rules->count; i++)
        if (!is_remark(rules->items[i]))
            replace(mutants, rules->items[i], "");
}

static void losses(struct mutants *mutants, const struct ast_list *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->items[i]->kind == AST_s_loss)
            replace(mutants, parts->items[i], "");
}

/* ---------------------------------------------------------------- the walk */

static bool visit(const struct ast *ast, void *data)
{
    struct mutants *mutants = data;
    if (ast->kind == AST_e_compare)
        comparison(mutants, ast);
    else if (ast->kind == AST_bound)
        bound(mutants, ast);
    else if (ast->kind == AST_e_and)
        take_out_each(mutants, &AST(e_and, ast)->terms);
    else if (ast->kind == AST_e_or)
        take_out_each(mutants, &AST(e_or, ast)->terms);
    else if (ast->kind == AST_e_of)
        take_out_each(mutants, &AST(e_of, ast)->conds);
    else if (ast->kind == AST_criterion)
        statements(mutants, &AST(criterion, ast)->rules);
    else if (ast->kind == AST_section)
        losses(mutants, &AST(section, ast)->parts);
    else if (ast->kind == AST_notch)
        replace(mutants, ast, "");
    else
        figure(mutants, ast);
    return true;
}

/* What a score or an outcome is made of. Stages have days and spans, which the course of decisions shows and no test. */
static void declaration(struct mutants *mutants, const struct ast *decl)
{
    switch ((int)decl->kind) {
    case AST_require:
    case AST_veto:
        replace(mutants, decl, "");
        ast_walk(decl, visit, mutants);
        return;
    case AST_threshold:
    case AST_define:
    case AST_show:
    case AST_ladder:
    case AST_pattern:
    case AST_section:
    case AST_extra:
    case AST_criterion:
    case AST_qualifies:
    case AST_grades:
    case AST_grades_by: ast_walk(decl, visit, mutants); return;
    }
}

void mutants_of(const struct ast *file, struct mutants *mutants)
{
    const struct ast_list *decls = &AST(rubric_file, file)->decls;
    for (size_t i = 0; i < decls->count; i++)
        declaration(mutants, decls->items[i]);
}

const struct source *mutant_source(const struct mutant *mutant)
{
    const struct source *source = mutant->span.source;
    struct str text = {0};
    str_add_bytes(&text, source->text, mutant->span.start);
    str_add(&text, mutant->text);
    str_add_bytes(&text, source->text + mutant->span.end, source->length - mutant->span.end);
    return source_new(source->name, str_text(&text), text.length);
}
