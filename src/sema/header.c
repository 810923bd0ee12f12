#include "sema/header.h"
#include "facts/period.h"
#include "sema/misread.h"
#include "sema/names.h"
#include "syntax/build.h"

/* ---- total, grid */

static bool grid(struct sema *sema, const struct ast_grid *ast, struct num *step, enum num_rounding *how)
{
    *step = AST(number, ast->step)->value;
    *how = (enum num_rounding)ast->rounding;
    if (num_sign(*step) > 0)
        return true;
    sema_error(sema, DIAG_STEP_NOT_POSITIVE, ast->step->span, NULL, NULL);
    return false;
}

static void total(struct sema *sema, const struct ast_h_total *ast)
{
    struct standard *standard = sema->standard;
    struct total_rule *rule = &sema->total_rule;
    standard->scored = true;
    standard->total = AST(number, ast->total)->value;
    standard->offered = ast->of ? AST(number, ast->of)->value : standard->total;
    rule->span = ast->node.span;
    if (num_sign(standard->total) <= 0 || num_sign(standard->offered) <= 0)
        sema_error(sema, DIAG_TOTAL_NOT_POSITIVE, ast->node.span, NULL, NULL);
    if (ast->grid)
        rule->stepped = grid(sema, AST(grid, ast->grid), &rule->step, &rule->rounding);
    for (size_t i = 0; i < ast->limits.count; i++)
        vec_push(&rule->limits, AST(q_limit, ast->limits.items[i]));
}

/* ---- columns */

/* How far a judged score may lie from the one of the column before. */
static void apart(struct sema *sema, const struct ast_h_columns *ast)
{
    const struct ast *most = ast->apart;
    if (!most)
        return;
    struct apart_rule rule = {true, most->kind == AST_percent, number_value(most), most->span};
    if (ast->columns.count == 1)
        sema_error(sema, DIAG_APART_ONE_COLUMN, ast->node.span,
                   ast_text(AST(labelled, ast->columns.items[0])->name), NULL);
    if (rule.of_cap && num_compare(rule.most, num_int(1)) > 0)
        sema_error(sema, DIAG_APART_PAST_CAP, most->span, span_text(most->span), NULL);
    sema->standard->apart = rule;
}

static void columns(struct sema *sema, const struct ast_h_columns *ast)
{
    apart(sema, ast);
    for (size_t i = 0; i < ast->columns.count; i++) {
        const struct ast_labelled *column = AST(labelled, ast->columns.items[i]);
        const char *name = ast_text(column->name);
        if (names_declare(sema, &sema->columns, name, column->name->span, &sema->columns))
            vec_push(&sema->standard->columns,
                     (struct column){.name = name, .label = ast_text(column->label), .weight = num_int(0)});
    }
}

static struct column *find_column(struct sema *sema, const struct ast *name)
{
    for (size_t i = 0; i < sema->standard->columns.count; i++)
        if (str_equal(sema->standard->columns.items[i].name, ast_text(name)))
            return &sema->standard->columns.items[i];
    names_report_missing(sema, DIAG_UNKNOWN_COLUMN, &sema->columns, ast_text(name), name->span);
    return NULL;
}

/* Which columns are n/a is looked at in every combination. */
enum { MIX_MAX = 12 };

static void mix(struct sema *sema, const struct ast_h_final *ast)
{
    struct num sum = num_int(0);
    for (size_t i = 0; i < ast->mix.count; i++) {
        const struct ast_mix *share = AST(mix, ast->mix.items[i]);
        struct column *column = find_column(sema, share->name);
        if (!column)
            return;
        column->weight = num_add(column->weight, AST(percent, share->share)->value);
        sum = num_add(sum, AST(percent, share->share)->value);
    }
    sema->standard->mixed = true;
    if (sema->standard->columns.count > MIX_MAX)
        sema_error(sema, DIAG_MIX_TOO_WIDE, ast->node.span, str_print("%d", MIX_MAX), NULL);
    if (!num_equal(sum, num_int(1)))
        sema_error(sema, DIAG_MIX_SUM, ast->node.span, num_text(num_mul(sum, num_int(100))), NULL);
}

static void final(struct sema *sema, const struct ast_h_final *ast)
{
    if (!ast->name) {
        mix(sema, ast);
        return;
    }
    const struct column *column = find_column(sema, ast->name);
    if (column)
        sema->standard->final_column = (size_t)(column - sema->standard->columns.items);
}

/* ---- lines */

static void text(struct standard *standard, const struct ast_h_text *ast)
{
    if (ast->which == HEADER_EDITION)
        standard->edition = ast_text(ast->text);
    if (ast->which == HEADER_ISSUER)
        standard->issuer = ast_text(ast->text);
}

static void line(struct sema *sema, const struct ast *ast)
{
    switch ((int)ast->kind) {
    case AST_h_text: text(sema->standard, AST(h_text, ast)); break;
    case AST_h_issued:
        sema->standard->has_issued = !misread_in(sema, ast->span);
        sema->standard->issued = AST(date, AST(h_issued, ast)->date)->day;
        break;
    case AST_h_period:
        period_read(AST(h_period, ast)->from, AST(h_period, ast)->to, sema->diags, &sema->standard->period);
        break;
    case AST_h_total: total(sema, AST(h_total, ast)); break;
    case AST_h_scores:
        sema->on_grid = grid(sema, AST(grid, AST(h_scores, ast)->grid), &sema->grid, &sema->grid_rounding);
        break;
    case AST_h_skipped: sema->skipped = (enum skip_policy)AST(h_skipped, ast)->policy; break;
    case AST_h_better_lower: sema->standard->better_lower = true; break;
    case AST_h_columns: columns(sema, AST(h_columns, ast)); break;
    }
}

/* A line may stand once, `cite` and `note` excepted. */
static bool stands_again(const struct ast_list *headers, size_t index)
{
    const struct ast *ast = headers->items[index];
    for (size_t i = 0; i < index; i++) {
        const struct ast *other = headers->items[i];
        if (other->kind != ast->kind)
            continue;
        if (ast->kind != AST_h_text)
            return true;
        long which = AST(h_text, ast)->which;
        if (which == AST(h_text, other)->which && which != HEADER_CITE && which != HEADER_NOTE)
            return true;
    }
    return false;
}

static void lines(struct sema *sema, const struct ast_list *headers)
{
    for (size_t i = 0; i < headers->count; i++) {
        if (stands_again(headers, i))
            sema_error(sema, DIAG_HEADER_TWICE, headers->items[i]->span, span_text(headers->items[i]->span),
                       NULL);
        else
            line(sema, headers->items[i]);
    }
    if (!sema->standard->columns.count)
        vec_push(&sema->standard->columns, (struct column){.name = "score", .weight = num_int(0)});
    sema->standard->final_column = sema->standard->columns.count - 1;
    for (size_t i = 0; i < headers->count; i++)
        if (headers->items[i]->kind == AST_h_final)
            final(sema, AST(h_final, headers->items[i]));
}

void header_read(struct sema *sema)
{
    struct standard *standard = sema->standard;
    const struct ast_standard *ast = sema->header;
    static const struct ast_list NONE;
    if (ast) {
        standard->name = ast_text(ast->name);
        standard->label = ast_text(ast->label);
    }
    lines(sema, ast ? &ast->headers : &NONE);
}

void header_check(struct sema *sema)
{
    const struct standard *standard = sema->standard;
    if (standard->apart.declared && !standard->judged.count && !sema->diags->errors)
        sema_error(sema, DIAG_APART_NOT_JUDGED, standard->apart.span, NULL, NULL);
}
