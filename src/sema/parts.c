/* Scores: criterion (statements, zero, cap, grid) → section (sum, cap, zero) → subtotal → bonuses and
 * penalties → limits → step of the total. */
#include "sema/parts.h"
#include "base/mem.h"
#include "sema/expr.h"
#include "sema/forms/form.h"
#include "sema/misread.h"
#include "sema/names.h"
#include "sema/types.h"

static struct ir_node *plus(struct ir *ir, enum ir_op op, struct ir_node *a, struct ir_node *b,
                            struct span span)
{
    if (!a || !b)
        return a ? a : b;
    return ir_binary(ir, op, TYPE_OF_NUMBER, a, b, span);
}

static struct ir_node *zero(struct ir *ir, struct span span)
{
    return ir_number(ir, num_int(0), span);
}

/* Under a mix of columns a part shows the mix. */
static struct ir_node *mixed(struct sema *sema, struct ir_node *node)
{
    return sema->standard->mixed ? ir_unary(sema->ir, IR_MIX, node->type, node, node->origin) : node;
}

/* ---- scopes: what a part's expressions see */

static bool bind_pattern(struct sema *sema, struct part_info *info);

static bool scope_of(struct sema *sema, struct part_info *info, struct scope *scope)
{
    if (!bind_pattern(sema, info))
        return false;
    *scope = (struct scope){.sema = sema, .part = info, .locals = info->locals};
    return true;
}

static bool bind_pattern(struct sema *sema, struct part_info *info)
{
    struct scope around;
    if (info->bound || !info->parent)
        return true;
    if (!scope_of(sema, info->parent, &around))
        return false;
    info->locals = info->parent->locals;
    if (info->pattern) {
        size_t wanted = info->pattern->params.count, given = info->like->args.count;
        if (wanted != given) {
            struct diag *diag = sema_error(sema, DIAG_ARGUMENT_COUNT, info->like->node.span,
                                           ast_text(info->like->pattern), str_print("%zu", wanted));
            diag->args[2] = str_print("%zu", given);
            return false;
        }
        if (!expr_bind(&around, &info->pattern->params, &info->like->args, &info->locals))
            return false;
    }
    return info->bound = true;
}

/* ---- losses: zero when, skip when */

struct losses {
    struct ir_node *zero, *skip;
};

static bool add_loss(const struct scope *scope, const struct ast_s_loss *ast, struct losses *losses)
{
    struct line *line = MEM_NEW(struct line);
    struct place place = {.scope = *scope, .info = scope->part};
    struct ir_node *when = form_when(&place, ast->when, line);
    line->kind = ast->skip ? LINE_SKIP : LINE_ZERO;
    line->label = ast_text(ast->label);
    line->span = ast->node.span;
    if (!when)
        return false;
    line->when = when = expr_deciding(scope->sema, when, ast->when);
    vec_push(&scope->part->part->lines, line);
    struct ir_node **sum = ast->skip ? &losses->skip : &losses->zero;
    *sum = *sum ? expr_or(scope->sema, 2, (struct ir_node *[]){*sum, when}, ast->node.span) : when;
    return true;
}

/* What does not apply to a section does not apply to what is inside. */
static bool outer_skip(struct sema *sema, struct part_info *info, struct losses *losses)
{
    if (!info->parent || info->parent->part->kind == PART_STANDARD)
        return true;
    if (!parts_skip(sema, info->parent))
        return false;
    struct ir_node *outer = info->parent->skip;
    if (!outer)
        return true;
    losses->skip =
        losses->skip ? expr_or(sema, 2, (struct ir_node *[]){outer, losses->skip}, info->part->span) : outer;
    return true;
}

/* ---- criteria */

struct statements {
    struct ir_node *start, *earned, *deducted;
};

static bool add_statement(struct place *place, const struct ast *ast, struct statements *sums,
                          enum line_kind kind)
{
    struct ir *ir = place->scope.sema->ir;
    struct line *line = MEM_NEW(struct line);
    line->kind = kind;
    line->span = ast->span;
    struct ir_node *points = form_lower(place, ast, line);
    line->points = points;
    if (!points)
        return false;
    vec_push(&place->info->part->lines, line);
    if (kind == LINE_BASE)
        sums->start = place->start = points;
    if (kind == LINE_EARN)
        sums->earned = plus(ir, IR_ADD, sums->earned, points, ast->span);
    if (kind == LINE_DEDUCT)
        sums->deducted = plus(ir, IR_ADD, sums->deducted, points, ast->span);
    return true;
}

static enum line_kind kind_of(const struct ast *ast, bool *form)
{
    enum { EARN = LINE_EARN, DEDUCT = LINE_DEDUCT, BASE = LINE_BASE };
    *form = true;
    switch ((int)ast->kind) {
#define FORM(kind, what) \
    case AST_##kind:     \
        return (enum line_kind)what;
#include "sema/forms/forms.def"
#undef FORM
    }
    *form = false;
    return LINE_EARN;
}

static bool lower_statements(struct place *place, enum line_kind wanted, struct statements *sums)
{
    bool right = true, form;
    for (size_t i = 0; i < place->info->body->count; i++) {
        const struct ast *rule = place->info->body->items[i];
        if (kind_of(rule, &form) == wanted && form)
            right &= add_statement(place, rule, sums, wanted);
    }
    return right;
}

static bool lower_losses(const struct scope *scope, struct losses *losses)
{
    bool right = true;
    const struct part_info *info = scope->part;
    for (size_t i = 0; info->body && i < info->body->count; i++)
        if (info->body->items[i]->kind == AST_s_loss)
            right &= add_loss(scope, AST(s_loss, info->body->items[i]), losses);
    for (size_t i = 0; i < info->losses.count; i++)
        right &= add_loss(scope, info->losses.items[i], losses);
    return right;
}

/* A criterion that nothing earns starts full: it only deducts. */
static struct ir_node *raw_score(const struct place *place, const struct statements *sums)
{
    struct ir *ir = place->scope.sema->ir;
    struct span span = place->info->part->span;
    struct ir_node *score = plus(ir, IR_ADD, sums->start, sums->earned, span);
    if (!score)
        score = ir_number(ir, place->cap, span);
    return sums->deducted ? ir_binary(ir, IR_SUB, TYPE_OF_NUMBER, score, sums->deducted, span) : score;
}

static struct ir_node *unless(struct ir *ir, struct ir_node *when, struct ir_node *instead,
                              struct ir_node *score, struct span span)
{
    return when ? ir_if(ir, when, instead, score, span) : score;
}

static struct ir_node *na(struct ir *ir, struct span span)
{
    return ir_const(ir, TYPE_OF_NUMBER, value_na(), span);
}

/* Where it is skipped nothing is due; of a mix such a column takes no part in what is due, as it takes
 * none in the score. */
static struct ir_node *due_of(struct sema *sema, struct ir_node *skipped, struct ir_node *due,
                              struct span span)
{
    struct ir *ir = sema->ir;
    bool mixes = sema->standard->mixed;
    due = mixed(sema, ir_if(ir, skipped, mixes ? na(ir, span) : zero(ir, span), due, span));
    return mixes ? ir_binary(ir, IR_NA_AS, TYPE_OF_NUMBER, due, zero(ir, span), span) : due;
}

/* The nodes that every part has: skipped, due, rate. */
static void finish(struct sema *sema, struct part_info *info, struct ir_node *score, struct ir_node *due)
{
    struct ir *ir = sema->ir;
    struct part *part = info->part;
    struct span span = part->span;
    struct ir_node *skipped = ir_unary(ir, IR_IS_NA, TYPE_OF_TRUTH, score, span);
    struct ir_node *shown = mixed(sema, score);
    struct ir_node *shown_due = score->bounds.na ? due_of(sema, skipped, due, span) : mixed(sema, due);
    struct type rate = {.kind = TYPE_NUMBER, .share = true};
    bool nothing_due = ir_is_const(shown_due) && num_sign(value_point(&shown_due->bounds)) == 0;
    part->score = shown;
    part->due = shown_due;
    part->skipped = ir_unary(ir, IR_IS_NA, TYPE_OF_TRUTH, shown, span);
    part->rate = nothing_due ? ir_const(ir, rate, value_na(), span)
                             : ir_binary(ir, IR_DIV, rate, shown, shown_due, span);
}

static bool is_extra(const struct part_info *info)
{
    for (; info->parent; info = info->parent)
        if (info->part->kind == PART_BONUS || info->part->kind == PART_PENALTY)
            return true;
    return false;
}

static struct ir_node *on_grid(struct sema *sema, struct ir_node *score, struct span span)
{
    return sema->on_grid ? ir_round(sema->ir, score, sema->grid, sema->grid_rounding, span) : score;
}

static struct ir_node *lower_criterion(struct sema *sema, struct part_info *info)
{
    struct ir *ir = sema->ir;
    struct part *part = info->part;
    struct span span = part->span;
    struct place place = {.info = info, .cap = part->cap};
    struct statements sums = {0};
    struct losses losses = {0};
    if (!scope_of(sema, info, &place.scope))
        return NULL;
    bool right = lower_statements(&place, LINE_BASE, &sums);
    right &= lower_statements(&place, LINE_EARN, &sums);
    right &= lower_statements(&place, LINE_DEDUCT, &sums);
    right &= lower_losses(&place.scope, &losses) && outer_skip(sema, info, &losses);
    if (!right)
        return NULL;
    if (!part->lines.count && misread_in(sema, info->ast->span))
        return NULL;
    if (!part->lines.count)
        return sema_fail(sema, DIAG_NOTHING_EARNS, part->span, part->path, NULL);
    info->skip = losses.skip;
    part->raw = raw_score(&place, &sums);
    struct ir_node *left = unless(ir, losses.zero, zero(ir, span), ir->nodes.items[part->raw->id], span);
    struct ir_node *floor = ir_binary(ir, IR_MAX, TYPE_OF_NUMBER, left, zero(ir, span), span);
    struct ir_node *held = ir_binary(ir, IR_MIN, TYPE_OF_NUMBER, floor, ir_number(ir, part->cap, span), span);
    part->held = held;
    struct ir_node *score = unless(ir, losses.skip, na(ir, span), on_grid(sema, held, span), span);
    finish(sema, info, score, is_extra(info) ? zero(ir, span) : ir_number(ir, part->cap, span));
    return ir->nodes.items[part->score->id];
}

/* ---- sections, bonuses, penalties, the standard */

/* What the parts inside come to: got and due, bonuses and penalties apart. */
struct sums {
    struct ir_node *got, *due, *bonus, *penalty, *all_skipped;
    bool right;
};

/* A weighted part adds rate × weight × what its parent is worth. */
static struct ir_node *weighted(struct sema *sema, const struct part_info *child, struct num worth)
{
    struct ir *ir = sema->ir;
    struct ir_node *rate = ir->nodes.items[child->part->rate->id];
    return ir_binary(ir, IR_MUL, TYPE_OF_NUMBER, rate,
                     ir_number(ir, num_mul(child->part->weight, worth), child->part->span),
                     child->part->span);
}

static void add_child(struct sema *sema, struct part_info *child, struct num worth, struct sums *sums)
{
    struct ir *ir = sema->ir;
    struct part *part = child->part;
    struct span span = part->span;
    struct ir_node *score = parts_score(sema, child, span);
    if (!score) {
        sums->right = false;
        return;
    }
    struct num full = part->has_weight ? num_mul(part->weight, worth) : part->cap;
    struct ir_node *got = part->has_weight ? weighted(sema, child, worth) : score;
    struct ir_node *due = part->has_weight ? ir_number(ir, full, span) : ir->nodes.items[part->due->id];
    struct ir_node *skipped = ir->nodes.items[part->skipped->id];
    if (score->bounds.na) {
        bool rescale = sema->skipped == SKIP_RESCALE;
        got = ir_binary(ir, IR_NA_AS, TYPE_OF_NUMBER, got,
                        sema->skipped == SKIP_FULL ? ir_number(ir, full, span) : zero(ir, span), span);
        due = ir_if(ir, skipped, rescale ? zero(ir, span) : ir_number(ir, full, span), due, span);
    }
    sums->got = plus(ir, IR_ADD, sums->got, got, span);
    sums->due = plus(ir, IR_ADD, sums->due, due, span);
    sums->all_skipped = sums->all_skipped
                            ? expr_and(sema, 2, (struct ir_node *[]){sums->all_skipped, skipped}, span)
                            : skipped;
}

static void add_extra(struct sema *sema, struct part_info *child, struct sums *sums)
{
    struct ir *ir = sema->ir;
    struct ir_node *score = parts_score(sema, child, child->part->span);
    struct ir_node **sum = child->part->kind == PART_BONUS ? &sums->bonus : &sums->penalty;
    if (!score) {
        sums->right = false;
        return;
    }
    struct ir_node *counted = score->bounds.na ? ir_binary(ir, IR_NA_AS, TYPE_OF_NUMBER, score,
                                                           zero(ir, score->origin), score->origin)
                                               : score;
    *sum = plus(ir, IR_ADD, *sum, counted, score->origin);
}

static bool is_bonus_or_penalty(const struct part_info *info)
{
    return info->part->kind == PART_BONUS || info->part->kind == PART_PENALTY;
}

static struct sums add_up(struct sema *sema, struct part_info *info, struct num worth)
{
    struct sums sums = {.right = true};
    for (size_t i = 0; i < info->parts.count; i++)
        if (!is_bonus_or_penalty(info->parts.items[i]))
            add_child(sema, info->parts.items[i], worth, &sums);
    return sums;
}

/* Apart, since a bonus may depend on what the other parts come to. */
static void add_extras(struct sema *sema, struct part_info *info, struct sums *sums)
{
    for (size_t i = 0; i < info->parts.count; i++)
        if (is_bonus_or_penalty(info->parts.items[i]))
            add_extra(sema, info->parts.items[i], sums);
}

/* Skips are lowered before the parts inside are, which inherit them. */
bool parts_skip(struct sema *sema, struct part_info *info)
{
    struct scope scope;
    struct losses losses = {0};
    if (info->losses_lowered || info->part->kind == PART_CRITERION)
        return true;
    info->losses_lowered = true;
    if (!scope_of(sema, info, &scope) || !lower_losses(&scope, &losses) || !outer_skip(sema, info, &losses))
        return info->losses_wrong = true, false;
    info->skip = losses.skip;
    info->zero = losses.zero;
    return true;
}

static struct ir_node *nothing_inside(struct sema *sema, const struct part_info *info)
{
    if (!info->incomplete)
        sema_error(sema, DIAG_NOTHING_INSIDE, info->part->span, info->part->path, NULL);
    return NULL;
}

static struct ir_node *lower_section(struct sema *sema, struct part_info *info)
{
    struct ir *ir = sema->ir;
    struct part *part = info->part;
    struct span span = part->span;
    if (!parts_skip(sema, info) || info->losses_wrong)
        return NULL;
    struct sums sums = add_up(sema, info, part->cap);
    add_extras(sema, info, &sums);
    if (!sums.right)
        return NULL;
    if (!sums.got)
        return nothing_inside(sema, info);
    struct ir_node *cap = ir_number(ir, part->cap, span);
    part->raw = sums.got;
    struct ir_node *held = ir_binary(ir, IR_MIN, TYPE_OF_NUMBER, sums.got, cap, span);
    part->held = held;
    struct ir_node *score = sums.bonus ? ir_binary(ir, IR_ADD, TYPE_OF_NUMBER, held, sums.bonus, span) : held;
    if (sums.penalty)
        score = ir_binary(ir, IR_SUB, TYPE_OF_NUMBER, score, sums.penalty, span);
    score = unless(ir, info->zero, zero(ir, span), score, span);
    bool can_be_empty = sums.all_skipped->bounds.truth & TRUTH_YES;
    if (can_be_empty)
        score = unless(ir, sums.all_skipped, na(ir, span), score, span);
    score = unless(ir, info->skip, na(ir, span), score, span);
    finish(sema, info, score, ir_binary(ir, IR_MIN, TYPE_OF_NUMBER, sums.due, cap, span));
    return ir->nodes.items[part->score->id];
}

/* The criteria of a bonus may offer more than its cap; what is skipped in it adds nothing. */
static struct ir_node *lower_extra(struct sema *sema, struct part_info *info)
{
    struct ir *ir = sema->ir;
    struct part *part = info->part;
    struct span span = part->span;
    struct scope scope;
    if (!parts_skip(sema, info) || info->losses_wrong || !scope_of(sema, info->parent, &scope))
        return NULL;
    struct ir_node *when = info->when_ast ? expr_condition_or_no(&scope, info->when_ast) : NULL;
    struct sums sums = {.right = true};
    for (size_t i = 0; i < info->parts.count; i++) {
        struct ir_node *score = parts_score(sema, info->parts.items[i], span);
        sums.right &= score != NULL;
        if (score && score->bounds.na)
            score = ir_binary(ir, IR_NA_AS, TYPE_OF_NUMBER, score, zero(ir, span), span);
        sums.got = plus(ir, IR_ADD, sums.got, score, span);
    }
    part->when = when;
    if (!sums.right || (info->when_ast && !when))
        return NULL;
    if (!sums.got)
        return nothing_inside(sema, info);
    part->raw = sums.got;
    struct ir_node *held =
        part->has_cap ? ir_binary(ir, IR_MIN, TYPE_OF_NUMBER, sums.got, ir_number(ir, part->cap, span), span)
                      : sums.got;
    part->held = held;
    struct ir_node *score = unless(ir, info->zero, zero(ir, span), held, span);
    if (when)
        score = ir_if(ir, when, score, zero(ir, span), span);
    score = unless(ir, info->skip, na(ir, span), score, span);
    finish(sema, info, score, zero(ir, span));
    return ir->nodes.items[part->score->id];
}

struct ir_node *parts_lower_score(struct sema *sema, struct part_info *info)
{
    switch (info->part->kind) {
    case PART_CRITERION: return lower_criterion(sema, info);
    case PART_SECTION: return lower_section(sema, info);
    case PART_BONUS:
    case PART_PENALTY: return lower_extra(sema, info);
    case PART_STANDARD: break;
    }
    return NULL;
}

struct ir_node *parts_score(struct sema *sema, struct part_info *info, struct span use)
{
    return expr_entity(sema, &info->entity, use);
}

/* ---- subtotal and total */

/* Σ got ÷ Σ due × T; nothing due is n/a. Where nothing can be skipped the division is by S. */
static struct ir_node *rescaled(struct sema *sema, const struct sums *sums, struct span span)
{
    struct ir *ir = sema->ir;
    struct num total = sema->standard->total;
    if (ir_is_const(sums->due) && num_equal(value_point(&sums->due->bounds), total))
        return sums->got;
    struct ir_node *scaled =
        ir_binary(ir, IR_MUL, TYPE_OF_NUMBER, sums->got, ir_number(ir, total, span), span);
    struct ir_node *share = ir_binary(ir, IR_DIV, TYPE_OF_NUMBER, scaled, sums->due, span);
    if (ir_is_const(sums->due))
        return share;
    struct ir_node *nothing = ir_binary(ir, IR_EQUAL, TYPE_OF_TRUTH, sums->due, zero(ir, span), span);
    return ir_if(ir, nothing, na(ir, span), share, span);
}

struct ir_node *parts_subtotal(struct sema *sema)
{
    struct ir *ir = sema->ir;
    struct standard *standard = sema->standard;
    struct span span = sema->total_rule.span;
    if (!standard->scored)
        return sema_fail(sema, DIAG_NO_TOTAL_TO_READ, sema->subtotal.span, NULL, NULL);
    struct sums sums = add_up(sema, &sema->root, standard->offered);
    if (!sums.right)
        return NULL;
    if (!sums.got) {
        if (!sema->root.incomplete)
            sema_error(sema, DIAG_NOTHING_TO_SCORE, span, NULL, NULL);
        return NULL;
    }
    struct ir_node *subtotal = rescaled(sema, &sums, span);
    struct ir_node *offered = ir_number(ir, standard->offered, span);
    standard->subtotal = mixed(sema, subtotal);
    standard->skipped_points = mixed(sema, ir_binary(ir, IR_SUB, TYPE_OF_NUMBER, offered, sums.due, span));
    return ir->nodes.items[standard->subtotal->id];
}

/* `at least 5 at most 2` leaves no total. */
static bool limits_cross(struct sema *sema, const struct ir_node *low, const struct ir_node *high,
                         struct span span)
{
    if (!low || !high || !ir_is_const(low) || !ir_is_const(high) ||
        num_compare(value_point(&low->bounds), value_point(&high->bounds)) <= 0)
        return false;
    sema_error(sema, DIAG_LIMITS_CROSS, span, num_text(value_point(&low->bounds)),
               num_text(value_point(&high->bounds)));
    return true;
}

static struct ir_node *held_total(struct sema *sema, struct ir_node *total)
{
    const struct ir_node *low = NULL, *high = NULL;
    for (size_t i = 0; i < sema->total_rule.limits.count; i++) {
        const struct ast_q_limit *limit = sema->total_rule.limits.items[i];
        struct ir_node *bound = expr_plain(&(struct scope){.sema = sema}, limit->bound);
        *(limit->op == CMP_GE ? &low : &high) = bound;
        if (!bound || limits_cross(sema, low, high, limit->bound->span))
            return NULL;
        total = ir_binary(sema->ir, limit->op == CMP_GE ? IR_MAX : IR_MIN, TYPE_OF_NUMBER, total, bound,
                          limit->node.span);
    }
    return total;
}

struct ir_node *parts_total(struct sema *sema)
{
    struct ir *ir = sema->ir;
    struct span span = sema->total_rule.span;
    if (!sema->standard->scored)
        return sema_fail(sema, DIAG_NO_TOTAL_TO_READ, sema->total.span, NULL, NULL);
    struct ir_node *total = expr_entity(sema, &sema->subtotal, span);
    struct sums extras = {.right = true};
    add_extras(sema, &sema->root, &extras);
    if (!total || !extras.right)
        return NULL;
    if (extras.bonus)
        total = ir_binary(ir, IR_ADD, TYPE_OF_NUMBER, total, extras.bonus, span);
    if (extras.penalty)
        total = ir_binary(ir, IR_SUB, TYPE_OF_NUMBER, total, extras.penalty, span);
    total = held_total(sema, total);
    if (!total)
        return NULL;
    total = mixed(sema, total);
    if (sema->total_rule.stepped)
        total = ir_round(ir, total, sema->total_rule.step, sema->total_rule.rounding, span);
    sema->standard->total_node = total;
    return total;
}

void parts_lower(struct sema *sema)
{
    for (size_t i = 0; i < sema->parts.count; i++)
        parts_score(sema, sema->parts.items[i], sema->parts.items[i]->part->span);
    if (sema->standard->scored)
        expr_entity(sema, &sema->total, sema->total_rule.span);
}
