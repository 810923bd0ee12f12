#include "sema/forms/bands.h"
#include "base/mem.h"
#include "sema/cover.h"
#include "sema/misread.h"
#include "sema/names.h"
#include "sema/types.h"
#include "syntax/keywords.h"

/* ---- one band */

static struct cut end_of(const struct ir_node *end, int side, bool *constant)
{
    if (!ir_is_const(end) || end->bounds.kind != VALUE_NUMBER) {
        *constant = false;
        return cut_below_all();
    }
    return cut_at(value_point(&end->bounds), side);
}

/* The end point as the comparison sees it: in the value's own unit. */
static const struct ir_node *end_node(const struct ir_node *test, const struct ir_node *value)
{
    const struct ir_node *compared = test->op == IR_NOT ? test->args[0] : test;
    return compared->args[0] == value ? compared->args[1] : compared->args[0];
}

static struct range set_of(enum compare_op op, const struct ir_node *end, bool *constant)
{
    struct cut low = cut_below_all(), high = cut_above_all();
    switch (op) {
    case CMP_GE: low = end_of(end, 0, constant); break;
    case CMP_GT: low = end_of(end, 1, constant); break;
    case CMP_LE: high = end_of(end, 0, constant); break;
    case CMP_LT: high = end_of(end, -1, constant); break;
    case CMP_EQ:
    case CMP_NE: low = high = end_of(end, 0, constant); break;
    }
    return (struct range){low, high, false};
}

static struct ir_node *one_bound(const struct scope *scope, struct ir_node *value,
                                 const struct ast *value_ast, enum compare_op op, const struct ast *end,
                                 struct span span, struct range *set, bool *constant)
{
    struct ir_node *test =
        expr_compare(scope, op, value, value_ast, expr_lower(scope, end, &value->type), end, span);
    if (test)
        *set = set_of(op, end_node(test, value), constant);
    return test;
}

struct ir_node *band_test(const struct scope *scope, struct ir_node *value, const struct ast *value_ast,
                          const struct ast *bound, struct range *set, bool *constant)
{
    if (bound->kind == AST_bound)
        return one_bound(scope, value, value_ast, (enum compare_op)AST(bound, bound)->op,
                         AST(bound, bound)->value, bound->span, set, constant);
    const struct ast_between *between = AST(between, bound);
    struct range low, high;
    struct ir_node *tests[] = {
        one_bound(scope, value, value_ast, between->above ? CMP_GT : CMP_GE, between->from, bound->span, &low,
                  constant),
        one_bound(scope, value, value_ast, between->below ? CMP_LT : CMP_LE, between->to, bound->span, &high,
                  constant),
    };
    if (!tests[0] || !tests[1])
        return NULL;
    *set = (struct range){low.low, high.high, false};
    return expr_and(scope->sema, 2, tests, bound->span);
}

/* ---- all bands of one statement */

struct bands {
    const struct place *place;
    const struct ast_list *list;
    struct ir_node *value;
    const struct ast *value_ast;
    struct span word;                  /* `bands`, or the ladder's name */
    struct span whole;                 /* up to the end of the last band */
    struct range *sets;                /* [band]; otherwise: everything */
    struct ir_node **tests, **results; /* [band]; a test is NULL for otherwise */
    bool constant;
    struct check *cases; /* [band]: what the line says of it */
    bool *used;          /* [band] of a ladder: some use reaches it; NULL for bands of a statement */
};

static const struct ast_band *band_at(const struct bands *bands, size_t index)
{
    return AST(band, bands->list->items[index]);
}

static bool lower_band(struct bands *bands, size_t index, struct line *line)
{
    const struct ast_band *band = band_at(bands, index);
    bands->sets[index] = range_all();
    if (band->bound) {
        bands->tests[index] = band_test(&bands->place->scope, bands->value, bands->value_ast, band->bound,
                                        &bands->sets[index], &bands->constant);
        if (!bands->tests[index])
            return false;
    }
    bands->results[index] = form_result(bands->place, band->result, line);
    if (!bands->results[index])
        return false;
    vec_push(&line->cases,
             (struct check){form_result_label(band->result), band->node.span, bands->tests[index], false});
    return true;
}

static bool otherwise_is_last(const struct bands *bands)
{
    for (size_t i = 0; i + 1 < bands->list->count; i++)
        if (!band_at(bands, i)->bound) {
            sema_error(bands->place->scope.sema, DIAG_OTHERWISE_NOT_LAST,
                       span_first_word(band_at(bands, i)->node.span), NULL, NULL);
            return false;
        }
    return true;
}

static bool touches(struct range set, const struct axis *axis)
{
    for (size_t atom = 0; atom < axis->atoms.count; atom++)
        if (!range_is_empty(range_meet(set, axis->atoms.items[atom])))
            return true;
    return false;
}

/* Where it is taken out, nothing else changes. */
static void report_otherwise(struct sema *sema, const struct ast_band *band)
{
    struct span whole = band->node.span;
    while (whole.start > 0 && whole.source->text[whole.start - 1] == ' ')
        whole.start--;
    struct span word = span_first_word(band->node.span);
    diag_mend(sema_error(sema, DIAG_OTHERWISE_UNREACHED, word, NULL, NULL), whole, "");
}

/* A band that is never the first to fit: earlier ones take all its values, or the value never comes there. */
static void report_hidden(const struct bands *bands, const struct cover *cover, size_t row)
{
    struct sema *sema = bands->place->scope.sema;
    const struct ast_band *band = band_at(bands, row);
    if (!band->bound)
        report_otherwise(sema, band);
    else if (touches(cover->tests[row], &cover->axes[0]))
        sema_error(sema, DIAG_BAND_HIDDEN, band->bound->span, span_text(band->bound->span), NULL);
    else
        sema_error(sema, DIAG_BAND_UNREACHABLE, band->bound->span, span_text(band->bound->span),
                   span_text(bands->value_ast->span));
}

/* `to 90%` → `to below 90%`, `at most 90%` → `below 90%`: the band without its end point, which an earlier
 * one has. */
static void leave_out_end(struct diag *diag, const struct ast *bound, bool upper)
{
    enum lang lang = span_tongue(bound->span);
    const char *word = keyword_in(upper ? "below" : "above", lang);
    const struct ast_between *between = bound->kind == AST_between ? AST(between, bound) : NULL;
    const struct ast *end = !between ? AST(bound, bound)->value : upper ? between->to : between->from;
    if (end->kind != AST_number && end->kind != AST_percent && end->kind != AST_quantity)
        return;
    struct span before = {end->span.source, between ? end->span.start : bound->span.start, end->span.start};
    diag_mend(diag, before, str_print("%s ", word));
}

/* Two bands that have one end point in common and nothing else: the earlier one wins. */
static void warn_of_shared_ends(const struct bands *bands, const struct axis *axis)
{
    for (size_t i = 0; i < bands->list->count; i++)
        for (size_t k = i + 1; k < bands->list->count; k++) {
            struct range common = range_meet(bands->sets[i], bands->sets[k]);
            if (!band_at(bands, i)->bound || !band_at(bands, k)->bound || !range_is_point(common))
                continue;
            if (range_is_point(bands->sets[i]) || range_is_point(bands->sets[k]))
                continue;
            struct diag *diag =
                sema_error(bands->place->scope.sema, DIAG_BANDS_SHARE_END, band_at(bands, k)->bound->span,
                           axis_number_text(axis, common.low.at), span_text(band_at(bands, i)->bound->span));
            diag_other(diag, band_at(bands, i)->bound->span, "@this_one_counts");
            leave_out_end(diag, band_at(bands, k)->bound, cut_compare(bands->sets[k].high, common.high) == 0);
        }
}

/* Where a gap is shown: at the later standing of its two neighbours, past the last band at the word. */
static struct span gap_place(const struct bands *bands, const struct cover *cover)
{
    size_t gap = cover->missed[0], later = 0;
    const struct axis *axis = &cover->axes[0];
    bool left = false, right = false;
    for (size_t row = 0; row < cover->row_count; row++) {
        bool before = gap > 0 && !range_is_empty(range_meet(cover->tests[row], axis->atoms.items[gap - 1]));
        bool after = false;
        for (size_t atom = gap + 1; atom < axis->atoms.count && !after; atom++)
            after = !range_is_empty(range_meet(cover->tests[row], axis->atoms.items[atom]));
        left |= before;
        right |= after && !before;
        if (before || after)
            later = row;
    }
    return left && right ? band_at(bands, later)->bound->span : bands->word;
}

/* Where nothing can be told of its bands, a ladder has none to complain of. */
static void reach_all(struct bands *bands)
{
    for (size_t i = 0; bands->used && i < bands->list->count; i++)
        bands->used[i] = true;
}

static void check_bands(struct bands *bands)
{
    struct axis axis = axis_of(bands->place->scope.sema, bands->value);
    if (!bands->constant || bands->value->bounds.kind != VALUE_NUMBER) {
        reach_all(bands);
        return;
    }
    for (size_t i = 0; i < bands->list->count; i++)
        axis_break(&axis, bands->sets[i]);
    axis_cut(&axis);
    struct cover cover = {
        .axes = &axis, .axis_count = 1, .row_count = bands->list->count, .tests = bands->sets};
    if (!cover_check(&cover))
        return;
    for (size_t i = 0; i < bands->list->count; i++) {
        if (bands->used)
            bands->used[i] |= cover.reached[i];
        else if (!cover.reached[i]) {
            report_hidden(bands, &cover, i);
            bands->cases[i].told = true;
        }
    }
    if (!bands->used)
        warn_of_shared_ends(bands, &axis);
    if (!cover.complete && !misread_in(bands->place->scope.sema, bands->whole))
        sema_error(bands->place->scope.sema, DIAG_BANDS_GAP, gap_place(bands, &cover),
                   axis_text(&axis, cover.missed[0]), span_text(bands->value_ast->span));
}

static struct ir_node *chain(const struct bands *bands, struct span span)
{
    struct ir *ir = bands->place->scope.sema->ir;
    struct ir_node *node = NULL;
    for (size_t i = bands->list->count; i-- > 0;) {
        if (!bands->tests[i])
            node = bands->results[i];
        else
            node = ir_if(ir, bands->tests[i], bands->results[i],
                         node ? node : ir_number(ir, num_int(0), span), span);
    }
    return node;
}

static struct ir_node *lower_bands(struct bands *bands, struct span span, struct line *line)
{
    bool right = otherwise_is_last(bands);
    bands->constant = true;
    bands->sets = MEM_ARRAY(struct range, bands->list->count);
    bands->tests = MEM_ARRAY(struct ir_node *, bands->list->count);
    bands->results = MEM_ARRAY(struct ir_node *, bands->list->count);
    for (size_t i = 0; i < bands->list->count; i++)
        right &= lower_band(bands, i, line);
    if (!right) {
        reach_all(bands);
        return NULL;
    }
    if (bands->list->count)
        bands->cases = &line->cases.items[line->cases.count - bands->list->count];
    check_bands(bands);
    return chain(bands, span);
}

/* ---- ladders: one set of bands, several uses */

struct ladder_use {
    const struct ast_ladder *ladder;
    bool *used;
};

static bool *ladder_used(struct sema *sema, const struct ast_ladder *ladder)
{
    for (size_t i = 0; i < sema->ladders.count; i++)
        if (sema->ladders.items[i]->ladder == ladder)
            return sema->ladders.items[i]->used;
    struct ladder_use *use = MEM_NEW(struct ladder_use);
    *use = (struct ladder_use){ladder, MEM_ARRAY(bool, ladder->bands.count)};
    vec_push(&sema->ladders, use);
    return use->used;
}

void ladders_check(struct sema *sema)
{
    for (size_t i = 0; i < sema->ladders.count; i++) {
        const struct ladder_use *use = sema->ladders.items[i];
        for (size_t k = 0; k < use->ladder->bands.count; k++) {
            const struct ast_band *band = AST(band, use->ladder->bands.items[k]);
            if (use->used[k])
                continue;
            if (!band->bound)
                report_otherwise(sema, band);
            else
                sema_error(sema, DIAG_BAND_HIDDEN, band->bound->span, span_text(band->bound->span), NULL);
        }
    }
}

static const struct ast_ladder *find_ladder(struct sema *sema, const struct ast *name)
{
    struct entity *entity = names_entity(sema, ast_text(name));
    if (entity && entity->kind == ENTITY_LADDER)
        return entity->used = true, AST(ladder, entity->ast);
    names_report_kind(sema, DIAG_UNKNOWN_LADDER, ENTITY_LADDER, ast_text(name), name->span);
    return NULL;
}

struct ir_node *form_s_bands(const struct place *place, const struct ast *ast, struct line *line)
{
    const struct ast_s_bands *statement = AST(s_bands, ast);
    struct ir_node *value = expr_lower(&place->scope, statement->value, NULL);
    struct bands bands = {.place = place,
                          .list = &statement->bands,
                          .value = value,
                          .value_ast = statement->value,
                          .word = span_first_word(ast->span),
                          .whole = ast->span};
    if (!value)
        return NULL;
    if (statement->ladder) {
        const struct ast_ladder *ladder = find_ladder(place->scope.sema, statement->ladder);
        if (!ladder)
            return NULL;
        bands.list = &ladder->bands;
        bands.used = ladder_used(place->scope.sema, ladder);
        bands.word = span_first_word(ladder->node.span);
        bands.whole = ladder->node.span;
    }
    return lower_bands(&bands, ast->span, line);
}
