/* Arithmetic on what is held: scales are brought together, and quotients kept as two numbers of which both ends are pairs. */
#include <stdlib.h>
#include "base/date.h"
#include "batch/can.h"
#include "batch/operand.h"

static struct held too_large(struct lowering *lowering)
{
    return held_misfit(lowering, "@batch_too_large");
}

/* ---- quotients */

/* Both as a top and a whole that they have in common. */
struct over {
    struct operand tops[2], whole;
    bool endless;
};

static struct operand top_of(const struct held *held)
{
    return (struct operand){.reg = held->reg, .extent = held->extent};
}

static struct operand whole_of(const struct held *held)
{
    return (struct operand){.reg = held->whole, .extent = held->whole_extent};
}

static struct held quotient_of(struct operand top, struct operand whole)
{
    return (struct held){.form = HELD_QUOTIENT,
                         .reg = top.reg,
                         .extent = top.extent,
                         .whole = whole.reg,
                         .whole_extent = whole.extent,
                         .can = NO_REG,
                         .can_be = CAN_BE_ELSE};
}

/* The whole times the number, both at the same end, as pairs are: a constant below 0 would exchange the ends. */
static bool times_whole(struct lowering *lowering, struct operand whole, struct operand number,
                        struct operand *product)
{
    if (number.reg == NO_REG && number.k < 0)
        operand_into_register(lowering, &number);
    return operand_operate(lowering, COLUMN_MUL, whole, number, product);
}

/* A quotient beside a number y = k ÷ s: tops n × s and k × d, over d × s. */
static bool beside_number(struct lowering *lowering, const struct held *quotient, const struct held *number,
                          struct operand *top, struct operand *other, struct operand *whole)
{
    int64_t scale;
    *top = top_of(quotient);
    *whole = whole_of(quotient);
    struct operand held;
    if (extent_is_endless(number->extent))
        lowering_close(lowering);
    return held_scale(number, &scale) && operand_of(lowering, number, scale, &held) &&
           times_whole(lowering, *whole, held, other) && operand_scale(lowering, top, scale) &&
           operand_scale(lowering, whole, scale);
}

static bool bring_together(struct lowering *lowering, const struct held *a, const struct held *b,
                           struct over *over)
{
    if (a->form == HELD_NUMBER)
        return beside_number(lowering, b, a, &over->tops[1], &over->tops[0], &over->whole);
    if (b->form == HELD_NUMBER)
        return beside_number(lowering, a, b, &over->tops[0], &over->tops[1], &over->whole);
    if (a->whole == b->whole) {
        over->tops[0] = top_of(a);
        over->tops[1] = top_of(b);
        over->whole = whole_of(a);
        return true;
    }
    return operand_operate(lowering, COLUMN_MUL, top_of(a), whole_of(b), &over->tops[0]) &&
           operand_operate(lowering, COLUMN_MUL, top_of(b), whole_of(a), &over->tops[1]) &&
           operand_operate(lowering, COLUMN_MUL, whole_of(a), whole_of(b), &over->whole);
}

/* Pairs stand for ends: what takes one number at its other end is for numbers that are known. */
static struct held on_quotients(struct lowering *lowering, enum column_op op, struct held a, struct held b)
{
    struct over over;
    struct operand top;
    if (op == COLUMN_SUB && held_is_constant(&b))
        return on_quotients(lowering, COLUMN_ADD, a, held_number(num_neg(b.number)));
    if (op == COLUMN_SUB)
        lowering_close(lowering);
    if (!bring_together(lowering, &a, &b, &over) ||
        !operand_operate(lowering, op, over.tops[0], over.tops[1], &top))
        return too_large(lowering);
    return quotient_of(top, over.whole);
}

static struct held quotient_times(struct lowering *lowering, struct held a, struct held b)
{
    int64_t scale = 1;
    struct operand by, top, whole = whole_of(&a);
    bool fits = true;
    if (b.form == HELD_QUOTIENT) {
        by = top_of(&b);
        fits = operand_operate(lowering, COLUMN_MUL, whole, whole_of(&b), &whole);
    } else
        fits = held_scale(&b, &scale) && operand_of(lowering, &b, scale, &by) &&
               operand_scale(lowering, &whole, scale);
    if (!fits || !operand_operate(lowering, COLUMN_MUL, top_of(&a), by, &top))
        return too_large(lowering);
    if (by.extent.low < 0 || a.extent.low < 0)
        lowering_close(lowering);
    return quotient_of(top, whole);
}

/* ---- arithmetic */

static struct held product(struct lowering *lowering, struct held a, struct held b)
{
    int64_t scale_a, scale_b, scale;
    struct operand x, y, result;
    if (!held_scale(&a, &scale_a) || !held_scale(&b, &scale_b) || !product_fits(scale_a, scale_b, &scale) ||
        !operand_of(lowering, &a, scale_a, &x) || !operand_of(lowering, &b, scale_b, &y))
        return too_large(lowering);
    if (x.reg == NO_REG) {
        struct operand swapped = x;
        x = y;
        y = swapped;
    }
    for (int64_t by = 2; y.reg == NO_REG && by < 11; by++) /* 100 ÷ 100 and the like */
        while (y.k % by == 0 && scale % by == 0 && y.k) {
            y = operand_constant(y.k / by);
            scale /= by;
        }
    bool negative = x.extent.low < 0 || y.extent.low < 0;
    if (y.reg != NO_REG && (negative || extent_is_endless(x.extent) || extent_is_endless(y.extent)))
        lowering_close(lowering);
    return operand_operate(lowering, COLUMN_MUL, x, y, &result) ? held_of(result, scale)
                                                                : too_large(lowering);
}

struct held held_binary(struct lowering *lowering, enum column_op op, struct held a, struct held b)
{
    int64_t scale;
    struct operand x, y, result;
    if (a.form == HELD_NOTHING || b.form == HELD_NOTHING)
        return (struct held){0};
    bool quotients = a.form == HELD_QUOTIENT || b.form == HELD_QUOTIENT;
    if (op == COLUMN_MUL && quotients)
        return a.form == HELD_QUOTIENT ? quotient_times(lowering, a, b) : quotient_times(lowering, b, a);
    if (quotients)
        return on_quotients(lowering, op, a, b);
    if (op == COLUMN_MUL)
        return product(lowering, a, b);
    bool fits = held_common_scale(&a, &b, &scale) && operand_of(lowering, &a, scale, &x) &&
                operand_of(lowering, &b, scale, &y) && operand_operate(lowering, op, x, y, &result);
    return fits ? held_of(result, scale) : too_large(lowering);
}

struct held held_abs(struct lowering *lowering, struct held of)
{
    if (of.form != HELD_NUMBER)
        return of.form == HELD_NOTHING ? of : held_misfit(lowering, "@batch_fraction");
    lowering_close(lowering);
    struct operand operand = {.reg = of.reg, .extent = of.extent};
    operand_into_register(lowering, &operand);
    enum reg_width width = operand_width(lowering, &operand);
    struct instr instr = {.op = COLUMN_ABS, .a = operand.reg, .b = NO_REG, .c = NO_REG};
    operand.reg = lowering_emit(lowering, width, instr);
    operand.extent =
        (struct extent){.low = 0, .high = -of.extent.low > of.extent.high ? -of.extent.low : of.extent.high};
    return held_of(operand, of.scale);
}

/* Where a whole is not above 0 there is no quotient, or a fault; whatever takes its place must not be over 0. */
static struct operand above_zero(struct lowering *lowering, struct operand whole)
{
    struct operand raised = whole;
    if (whole.extent.low < 1)
        operand_operate(lowering, COLUMN_MAX, whole, operand_constant(1), &raised);
    return raised;
}

/* x ÷ y, of numbers: the low end of one over the high end of the other. */
static struct held new_quotient(struct lowering *lowering, const struct held *top, const struct held *bottom)
{
    int64_t over, under;
    struct operand x, y;
    if (!held_scale(top, &over) || !held_scale(bottom, &under) || !operand_of(lowering, top, over, &x) ||
        !operand_of(lowering, bottom, under, &y) || !operand_scale(lowering, &x, under) ||
        !operand_scale(lowering, &y, over))
        return too_large(lowering);
    operand_into_register(lowering, &x);
    operand_into_register(lowering, &y);
    if (x.extent.low < 0 || extent_is_endless(x.extent) || extent_is_endless(y.extent))
        lowering_close(lowering);
    y = above_zero(lowering, y);
    enum reg_width width = operand_width(lowering, &y);
    struct instr flip = {.op = COLUMN_FLIP, .a = y.reg, .b = NO_REG, .c = NO_REG};
    y.reg = lowering_emit(lowering, width, flip);
    return quotient_of(x, y);
}

/* By a quotient: times the whole, over the top. */
static struct held by_quotient(struct lowering *lowering, struct held top, const struct held *bottom)
{
    struct held turned = quotient_of(whole_of(bottom), above_zero(lowering, top_of(bottom)));
    lowering_close(lowering);
    return quotient_times(lowering, turned, top);
}

/* That the divisor is above 0 is for the caller to see to. */
struct held held_divide(struct lowering *lowering, struct held top, struct held bottom)
{
    if (top.form == HELD_NOTHING || bottom.form == HELD_NOTHING)
        return (struct held){0};
    if (held_is_constant(&bottom))
        return held_binary(lowering, COLUMN_MUL, top, held_number(num_div(num_int(1), bottom.number)));
    if (bottom.form == HELD_QUOTIENT)
        return by_quotient(lowering, top, &bottom);
    if (top.form == HELD_NUMBER)
        return new_quotient(lowering, &top, &bottom);
    struct held one = held_number(num_int(1));
    lowering_close(lowering);
    return quotient_times(lowering, top, new_quotient(lowering, &one, &bottom));
}

/* ---- rounding */

/* In steps of p ÷ q a number n ÷ s is n × q ÷ (s × p) of them. */
static struct held steps_of(struct lowering *lowering, struct operand steps, struct num step)
{
    return operand_scale(lowering, &steps, step.top) ? held_of(steps, step.bottom) : too_large(lowering);
}

static struct held round_quotient(struct lowering *lowering, const struct held *of, struct num step,
                                  enum num_rounding how)
{
    struct operand top = top_of(of), whole = whole_of(of), result = {0};
    struct extent unused;
    if (!extent_times(top.extent, 4 * step.bottom, &unused) ||
        !extent_times(whole.extent, 4 * step.top, &unused))
        return too_large(lowering);
    top = operand_widened(lowering, top);
    whole = operand_widened(lowering, whole);
    struct instr instr = {.op = COLUMN_QUOTIENT,
                          .a = top.reg,
                          .b = whole.reg,
                          .c = NO_REG,
                          .k = step.bottom,
                          .k2 = step.top,
                          .k3 = how};
    result.reg = lowering_emit(lowering, REG_8, instr);
    /* The whole is at least 1: between 0 and that many steps of 1. */
    extent_times(top.extent, step.bottom, &result.extent);
    result.extent = extent_either(result.extent, extent_just(0));
    result.extent.low--;
    result.extent.high++;
    return steps_of(lowering, result, step);
}

static struct held round_number(struct lowering *lowering, const struct held *of, struct num step,
                                enum num_rounding how)
{
    struct operand operand = {.reg = of->reg, .extent = of->extent};
    struct extent unused;
    int64_t by;
    if (!product_fits(of->scale, step.top, &by) || by > MOST_8 / 4 ||
        !extent_times(of->extent, 4 * step.bottom, &unused))
        return too_large(lowering);
    if (step.bottom % by == 0)
        return *of;
    operand = operand_widened(lowering, operand);
    struct instr instr = {.op = COLUMN_ROUND,
                          .a = operand.reg,
                          .b = NO_REG,
                          .c = NO_REG,
                          .k = step.bottom,
                          .k2 = by,
                          .k3 = how,
                          .endless = extent_is_endless(operand.extent)};
    operand.reg = lowering_emit(lowering, REG_8, instr);
    operand.extent.low = operand.extent.low * step.bottom / by - 1;
    operand.extent.high = operand.extent.high * step.bottom / by + 1;
    return steps_of(lowering, operand, step);
}

struct held held_round(struct lowering *lowering, struct held of, struct num step, enum num_rounding how)
{
    if (of.form == HELD_NOTHING)
        return of;
    if (step.big)
        return too_large(lowering);
    if (held_is_constant(&of))
        return held_number(num_round(of.number, step, how));
    return of.form == HELD_QUOTIENT ? round_quotient(lowering, &of, step, how)
                                    : round_number(lowering, &of, step, how);
}

/* ---- days */

static struct held not_days(struct lowering *lowering, const struct held *held)
{
    return held->form == HELD_NOTHING ? *held : held_misfit(lowering, "@batch_operation");
}

/* In 4 bytes, which hold all days. */
static bool day_operand(struct lowering *lowering, const struct held *held, struct operand *operand)
{
    if (held->form != HELD_NUMBER || !operand_of(lowering, held, 1, operand) ||
        extent_is_endless(operand->extent))
        return false;
    operand_into_register(lowering, operand);
    return operand_width(lowering, operand) == REG_4;
}

static struct extent extent_of_days(enum column_op op)
{
    enum { MONTHS_MOST = 120000 };
    switch ((int)op) {
    case COLUMN_YEAR: return (struct extent){.low = 1, .high = 9999};
    case COLUMN_MONTH: return (struct extent){.low = 1, .high = 12};
    case COLUMN_MONTHS: return (struct extent){.low = -MONTHS_MOST, .high = MONTHS_MOST};
    }
    return (struct extent){.low = DATE_MIN, .high = DATE_MAX};
}

struct held held_days(struct lowering *lowering, enum column_op op, struct held a, struct held b, int64_t k)
{
    struct operand x, y = {.reg = NO_REG};
    bool two = op == COLUMN_MONTHS || op == COLUMN_ADD_MONTHS;
    if (op == COLUMN_MONTH)
        lowering_close(lowering);
    if (!day_operand(lowering, &a, &x) || (two && !day_operand(lowering, &b, &y)))
        return not_days(lowering, a.form == HELD_NOTHING ? &a : &b);
    struct instr instr = {.op = op, .a = x.reg, .b = y.reg, .c = NO_REG, .k = k};
    x.reg = lowering_emit(lowering, REG_4, instr);
    x.extent = extent_of_days(op);
    return held_of(x, 1);
}

/* ---- comparing */

static struct held compare_operands(struct lowering *lowering, enum column_op op, struct operand a,
                                    struct operand b)
{
    if (a.reg == NO_REG && b.reg == NO_REG)
        operand_into_register(lowering, &a);
    if (operand_width(lowering, &a) != REG_4 || operand_width(lowering, &b) != REG_4) {
        a = operand_widened(lowering, a);
        b = operand_widened(lowering, b);
    }
    struct instr instr = {.op = op, .a = a.reg, .b = b.reg, .c = NO_REG, .k = a.reg == NO_REG ? a.k : b.k};
    return held_truth_in(lowering_emit(lowering, REG_BYTES, instr), false);
}

static struct held negated(struct lowering *lowering, struct held truth)
{
    struct instr instr = {.op = COLUMN_NOT, .a = truth.reg, .b = NO_REG, .c = NO_REG};
    return held_truth_in(lowering_emit(lowering, REG_BYTES, instr), false);
}

/* Pairs are compared at the same end, so the quotient comes first: k < x is not x ≤ k. */
static struct held compare_quotients(struct lowering *lowering, enum column_op op, const struct held *a,
                                     const struct held *b)
{
    struct over over;
    if (op == COLUMN_EQUAL || (!held_is_constant(a) && !held_is_constant(b)))
        lowering_close(lowering);
    if (!bring_together(lowering, a, b, &over))
        return too_large(lowering);
    if (op == COLUMN_EQUAL)
        return compare_operands(lowering, op, over.tops[0], over.tops[1]);
    bool strict = op == COLUMN_LESS;
    if (a->form == HELD_QUOTIENT)
        return compare_operands(lowering, strict ? COLUMN_LESS_AT : COLUMN_LESS_EQUAL_AT, over.tops[0],
                                over.tops[1]);
    return negated(lowering, compare_operands(lowering, strict ? COLUMN_LESS_EQUAL_AT : COLUMN_LESS_AT,
                                              over.tops[1], over.tops[0]));
}

struct held held_compare(struct lowering *lowering, enum column_op op, struct held a, struct held b)
{
    int64_t scale;
    struct operand x, y;
    if (a.form == HELD_NOTHING || b.form == HELD_NOTHING)
        return (struct held){0};
    if (a.form == HELD_QUOTIENT || b.form == HELD_QUOTIENT)
        return compare_quotients(lowering, op, &a, &b);
    if (!held_common_scale(&a, &b, &scale) || !operand_of(lowering, &a, scale, &x) ||
        !operand_of(lowering, &b, scale, &y))
        return too_large(lowering);
    return compare_operands(lowering, op, x, y);
}

/* ---- choosing */

static bool choose_operands(struct lowering *lowering, unsigned when, struct operand yes, struct operand no,
                            struct operand *result)
{
    bool narrow = operand_width(lowering, &yes) == REG_4 && operand_width(lowering, &no) == REG_4;
    if (!narrow) {
        yes = operand_widened(lowering, yes);
        no = operand_widened(lowering, no);
    }
    struct instr instr = {.op = COLUMN_IF, .a = yes.reg, .b = no.reg, .c = when, .k = yes.k, .k2 = no.k};
    result->reg = lowering_emit(lowering, narrow ? REG_4 : REG_8, instr);
    result->extent = extent_either(yes.extent, no.extent);
    return true;
}

struct held held_choose(struct lowering *lowering, unsigned when, struct held yes, struct held no)
{
    int64_t scale;
    struct operand x, y, result;
    struct over over;
    if (yes.form == HELD_NOTHING || no.form == HELD_NOTHING)
        return (struct held){0};
    if (yes.form == HELD_QUOTIENT || no.form == HELD_QUOTIENT) {
        if (!bring_together(lowering, &yes, &no, &over) ||
            !choose_operands(lowering, when, over.tops[0], over.tops[1], &result))
            return too_large(lowering);
        return quotient_of(result, over.whole);
    }
    if (!held_common_scale(&yes, &no, &scale) || !operand_of(lowering, &yes, scale, &x) ||
        !operand_of(lowering, &no, scale, &y) || !choose_operands(lowering, when, x, y, &result))
        return too_large(lowering);
    return held_of(result, scale);
}
