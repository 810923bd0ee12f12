/* Figures of the cohort. What the other units come to is an input of its own; the unit's own value is put
 * to it here. */
#include "base/mem.h"
#include "sema/expr.h"
#include "sema/types.h"

/* One figure in the making. */
struct making {
    struct sema *sema;
    struct ir *ir;
    struct span span;
    size_t operand;
    struct ir_node *own;
};

static enum cohort_fold fold_of(const struct ast_e_aggregate *ast)
{
    static const enum cohort_fold FOLDS[] = {
        [FOLD_COUNT] = COHORT_COUNT,     [FOLD_SUM] = COHORT_SUM,       [FOLD_MEAN] = COHORT_MEAN,
        [FOLD_HIGHEST] = COHORT_HIGHEST, [FOLD_LOWEST] = COHORT_LOWEST, [FOLD_RANK] = COHORT_RANK};
    return FOLDS[ast->fold];
}

/* ---- what of the others comes in */

static struct range from_on(int64_t low, bool whole)
{
    return range_of(cut_at(num_int(low), 0), cut_infinite(1), whole);
}

/* A mix of whole numbers need not be one. */
static struct value bounds_of_own(const struct making *making)
{
    struct value bounds = making->own->bounds;
    if (bounds.kind == VALUE_NUMBER && making->sema->standard->mixed)
        bounds.range.whole = false;
    return bounds;
}

static struct range bounds_of_sum(const struct making *making)
{
    struct value own = bounds_of_own(making);
    if (own.kind != VALUE_NUMBER)
        return range_all();
    struct range range = own.range, sum = range_all();
    if (!range.low.infinite && num_sign(range.low.at) >= 0)
        sum.low = cut_at(num_int(0), 0);
    if (!range.high.infinite && num_sign(range.high.at) <= 0)
        sum.high = cut_at(num_int(0), 0);
    return range_of(sum.low, sum.high, range.whole);
}

static struct value bounds_of_input(const struct making *making, enum cohort_fold fold)
{
    switch (fold) {
    case COHORT_COUNT: return value_range(from_on(0, true));
    case COHORT_SUM: return value_range(bounds_of_sum(making));
    case COHORT_RANK: return value_range(from_on(1, true));
    case COHORT_HIGHEST:
    case COHORT_LOWEST:
    case COHORT_MEAN: break;
    }
    return value_or_na(bounds_of_own(making));
}

/* The same of the others is the same input, wherever it is asked for. */
static struct ir_node *input(const struct making *making, enum cohort_fold fold, struct type type)
{
    struct cohort_reads *reads = &making->sema->standard->cohort;
    for (size_t i = 0; i < reads->inputs.count; i++) {
        const struct cohort_input *old = &reads->inputs.items[i];
        if (old->fold == fold && old->operand == making->operand)
            return making->ir->nodes.items[old->node->id];
    }
    struct ir_node *node = ir_input(making->ir, IR_COHORT, (long)reads->inputs.count, type,
                                    bounds_of_input(making, fold), making->span);
    vec_push(&reads->inputs, (struct cohort_input){fold, making->operand, node});
    return node;
}

/* ---- the unit's own value put to it */

static struct ir_node *own_is_na(const struct making *making)
{
    return ir_unary(making->ir, IR_IS_NA, TYPE_OF_TRUTH, making->own, making->span);
}

static struct ir_node *whole(const struct making *making, int number)
{
    return ir_const(making->ir, TYPE_OF_WHOLE, value_int(number), making->span);
}

static struct ir_node *count(const struct making *making)
{
    struct ir_node *args[] = {own_is_na(making), whole(making, 0), whole(making, 1)};
    struct ir_node *own = ir_apply(making->ir, IR_IF, TYPE_OF_WHOLE, 3, args, making->span);
    return ir_binary(making->ir, IR_ADD, TYPE_OF_WHOLE, own, input(making, COHORT_COUNT, TYPE_OF_WHOLE),
                     making->span);
}

static struct ir_node *sum(const struct making *making)
{
    struct type type = making->own->type;
    type.share = false;
    struct ir_node *own = ir_binary(making->ir, IR_NA_AS, type, making->own,
                                    ir_const(making->ir, type, value_int(0), making->span), making->span);
    return ir_binary(making->ir, IR_ADD, type, own, input(making, COHORT_SUM, type), making->span);
}

/* A mean lies where the values do, however little is known of the sum and the count. */
static struct ir_node *held(const struct making *making, struct ir_node *mean)
{
    struct range bounds = making->own->bounds.range;
    struct type type = mean->type;
    if (making->own->bounds.kind != VALUE_NUMBER)
        return mean;
    if (!bounds.low.infinite)
        mean = ir_binary(making->ir, IR_MAX, type, mean,
                         ir_const(making->ir, type, value_number(bounds.low.at), making->span), making->span);
    if (!bounds.high.infinite)
        mean =
            ir_binary(making->ir, IR_MIN, type, mean,
                      ir_const(making->ir, type, value_number(bounds.high.at), making->span), making->span);
    return mean;
}

/* Over nothing it is n/a. */
static struct ir_node *mean(const struct making *making)
{
    struct ir *ir = making->ir;
    struct type type = making->own->type;
    type.whole = false;
    struct ir_node *units = count(making);
    struct ir_node *all = ir_binary(ir, IR_DIV, type, sum(making), units, making->span);
    if (making->own->bounds.na) {
        struct ir_node *none = ir_binary(ir, IR_EQUAL, TYPE_OF_TRUTH, units, whole(making, 0), making->span);
        struct ir_node *na = ir_const(ir, type, value_na(), making->span);
        all = ir_apply(ir, IR_IF, type, 3, (struct ir_node *[]){none, na, all}, making->span);
    }
    return held(making, all);
}

/* What is n/a, the own value or that of all the others, gives way. */
static struct ir_node *extreme(const struct making *making, enum cohort_fold fold)
{
    struct ir *ir = making->ir;
    struct type type = making->own->type;
    struct ir_node *others = input(making, fold, type);
    struct ir_node *own = making->own->bounds.na
                              ? ir_binary(ir, IR_NA_AS, type, making->own, others, making->span)
                              : making->own;
    struct ir_node *rest = ir_binary(ir, IR_NA_AS, type, others, making->own, making->span);
    return ir_binary(ir, fold == COHORT_HIGHEST ? IR_MAX : IR_MIN, type, own, rest, making->span);
}

/* What has no value has no place. */
static struct ir_node *rank(const struct making *making)
{
    struct ir_node *na = ir_const(making->ir, TYPE_OF_WHOLE, value_na(), making->span);
    struct ir_node *args[] = {own_is_na(making), na, input(making, COHORT_RANK, TYPE_OF_WHOLE)};
    return ir_apply(making->ir, IR_IF, TYPE_OF_WHOLE, 3, args, making->span);
}

static struct ir_node *make(const struct making *making, enum cohort_fold fold)
{
    switch (fold) {
    case COHORT_COUNT: return count(making);
    case COHORT_SUM: return sum(making);
    case COHORT_MEAN: return mean(making);
    case COHORT_HIGHEST:
    case COHORT_LOWEST: return extreme(making, fold);
    case COHORT_RANK: break;
    }
    return rank(making);
}

/* ---- what is compared */

static bool is_open(const struct ir_block *open, const struct ir_block *block)
{
    for (; open; open = open->outer)
        if (open == block)
            return true;
    return false;
}

static void mark(bool *under, const struct ir_node *node)
{
    if (node)
        under[node->id] = true;
}

/* Does it read the row at hand of a block that is still open? Other units have other rows. */
static bool reads_row(const struct ir *ir, const struct ir_block *open, const struct ir_node *operand)
{
    bool *under = mem_alloc_plain(ir->nodes.count * sizeof *under);
    under[operand->id] = true;
    for (size_t id = operand->id + 1u; id-- > 0;) {
        const struct ir_node *node = ir->nodes.items[id];
        if (!under[id])
            continue;
        if ((node->op == IR_ELEMENT || node->op == IR_POSITION) && is_open(open, node->block))
            return true;
        for (size_t i = 0; i < node->arg_count; i++)
            mark(under, node->args[i]);
        if (node->op == IR_BAG_OF) {
            mark(under, node->block->presence);
            mark(under, node->block->value);
            mark(under, node->block->key);
        }
    }
    return false;
}

/* A stop on the way of whatever needs itself, so that a circle names the cohort through which it goes. */
static struct ir_node *lower_operand(const struct scope *scope, const struct ast_e_aggregate *ast)
{
    struct sema *sema = scope->sema;
    struct entity stop = {.name = span_text(ast->node.span)};
    if (!sema_enter(sema, &stop, ast->node.span))
        return NULL;
    struct ir_node *own =
        ast->fold == FOLD_COUNT ? expr_lower(scope, ast->of, NULL) : expr_number(scope, ast->of);
    sema_leave(sema, &stop, own);
    return own;
}

/* 2% and 0.02 are one number, in other words. */
static bool is_told_alike(const struct type *a, const struct type *b)
{
    return a->kind == b->kind && a->unit == b->unit && a->share == b->share && a->choice == b->choice;
}

static size_t operand_number(struct cohort_reads *reads, const struct ir_node *node)
{
    for (size_t i = 0; i < reads->operands.count; i++) {
        const struct ir_node *other = reads->operands.items[i].node;
        if (is_told_alike(&other->type, &node->type) && ir_same(other, node))
            return i;
    }
    vec_push(&reads->operands, (struct cohort_operand){.node = node});
    return reads->operands.count - 1;
}

/* ---- the whole */

/* NULL: so far nobody asked for it. */
static struct ir_node *figure_made(const struct making *making, enum cohort_fold fold)
{
    const struct cohort_reads *reads = &making->sema->standard->cohort;
    for (size_t i = 0; i < reads->figures.count; i++) {
        const struct cohort_figure *figure = &reads->figures.items[i];
        if (figure->fold == fold && figure->operand == making->operand)
            return making->ir->nodes.items[figure->node->id];
    }
    return NULL;
}

static struct ir_node *figure(struct making *making, enum cohort_fold fold)
{
    struct cohort_reads *reads = &making->sema->standard->cohort;
    making->operand = operand_number(reads, making->own);
    making->own = making->ir->nodes.items[reads->operands.items[making->operand].node->id];
    struct ir_node *node = figure_made(making, fold);
    if (node)
        return node;
    node = make(making, fold);
    vec_push(&reads->figures, (struct cohort_figure){fold, making->operand, node});
    return node;
}

/* It is the same for every row: its nodes stand outside. */
struct ir_node *expr_cohort(const struct scope *scope, const struct ast_e_aggregate *ast)
{
    struct sema *sema = scope->sema;
    struct ir *ir = sema->ir;
    struct ir_block *open = ir->open;
    struct making making = {.sema = sema, .ir = ir, .span = ast->node.span};
    if (ast->where || ast->best_per || ast->drop)
        return sema_fail(sema, DIAG_COHORT_NARROWED, ast->node.span, NULL, NULL);
    ir->open = ir->blocks.items[0];
    struct ir_node *node = NULL;
    making.own = lower_operand(scope, ast);
    if (making.own && open->outer && reads_row(ir, open, making.own))
        sema_error(sema, DIAG_COHORT_OF_ROW, ast->of->span, span_text(ast->of->span), NULL);
    else if (making.own)
        node = figure(&making, fold_of(ast));
    ir->open = open;
    return node;
}
