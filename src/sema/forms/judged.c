/* `judged from A to B in steps of S by AUTHORITY`: a score that an assessor enters. */
#include "base/mem.h"
#include "sema/forms/form.h"
#include "sema/procedure.h"
#include "sema/types.h"

static bool literal(const struct ast *ast, struct num cap, struct num *number)
{
    switch ((int)ast->kind) {
    case AST_number: *number = AST(number, ast)->value; return true;
    case AST_percent: *number = num_mul(AST(percent, ast)->value, cap); return true;
    case AST_quantity: *number = AST(quantity, ast)->value; return true;
    }
    return false;
}

static bool legal_scores(const struct place *place, const struct ast_list *values, struct limits *limits)
{
    struct num *legal = MEM_ARRAY(struct num, values->count);
    for (size_t i = 0; i < values->count; i++) {
        if (!literal(values->items[i], place->cap, &legal[i]))
            return false;
        struct range point = range_point(legal[i]);
        limits->range = i ? range_join(limits->range, point) : point;
    }
    limits->legal = legal;
    limits->legal_count = values->count;
    return true;
}

static bool range_of_scores(const struct place *place, const struct ast *ast, struct limits *limits)
{
    struct num low = num_int(0), high = place->cap;
    if (ast && ast->kind == AST_j_one_of)
        return legal_scores(place, &AST(j_one_of, ast)->values, limits);
    if (ast && (!literal(AST(j_range, ast)->from, place->cap, &low) ||
                !literal(AST(j_range, ast)->to, place->cap, &high)))
        return false;
    if (num_compare(low, high) > 0) {
        sema_error(place->scope.sema, DIAG_LIMITS_CROSS, ast->span, num_text(low), num_text(high));
        return false;
    }
    limits->range = range_between(low, high);
    return true;
}

/* Without steps of its own a score lies on the standard's grid. */
static void steps_of_scores(const struct place *place, const struct ast *step, struct limits *limits)
{
    limits->stepped = step || place->scope.sema->on_grid;
    if (limits->stepped)
        limits->step = step ? AST(number, step)->value : place->scope.sema->grid;
}

static bool inside_cap(const struct place *place, const struct ast *ast, const struct limits *limits)
{
    struct range allowed = range_between(num_int(0), place->cap);
    if (range_equal(range_meet(limits->range, allowed), limits->range))
        return true;
    const struct ast_s_judged *judged = AST(s_judged, ast);
    sema_error(place->scope.sema, DIAG_JUDGED_PAST_CAP, judged->range ? judged->range->span : ast->span,
               span_text(judged->range ? judged->range->span : ast->span), num_text(place->cap));
    return false;
}

struct ir_node *form_s_judged(const struct place *place, const struct ast *ast, struct line *line)
{
    struct sema *sema = place->scope.sema;
    const struct ast_s_judged *judged = AST(s_judged, ast);
    struct judged *slot = MEM_NEW(struct judged);
    *slot = (struct judged){
        .criterion = place->info->part, .guidance = ast_text(judged->label), .span = ast->span};
    slot->bounded = judged->range != NULL;
    slot->limits = (struct limits){.low_fact = -1, .high_fact = -1, .key_column = -1};
    slot->authority = ast_text(judged->by);
    line->label = slot->guidance;
    size_t by;
    if (judged->by && !procedure_authority(sema, judged->by, &by))
        return NULL;
    if (!range_of_scores(place, judged->range, &slot->limits))
        return NULL;
    if (judged->step && num_sign(AST(number, judged->step)->value) <= 0)
        return sema_fail(sema, DIAG_STEP_NOT_POSITIVE, judged->step->span, NULL, NULL);
    steps_of_scores(place, judged->step, &slot->limits);
    if (!inside_cap(place, ast, &slot->limits))
        return NULL;
    struct ir_node *node = ir_input(sema->ir, IR_JUDGED, (long)sema->standard->judged.count, TYPE_OF_NUMBER,
                                    value_range(slot->limits.range), ast->span);
    slot->node = node;
    vec_push(&sema->standard->judged, slot);
    return node;
}
