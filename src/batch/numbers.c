/* Arithmetic on what is held: scales are brought together, widths chosen, and quotients kept as two numbers of which both ends are pairs. */
#include <stdlib.h>
#include "base/date.h"
#include "batch/can.h"
#include "batch/held.h"

/* Room is left in each width for the two infinite ends. */
#define MOST_8 ((int64_t)1 << 62)
enum { MOST_4 = INT32_MAX - 1 };

/* What an operation reads: a register, or `k`. */
struct operand {
    unsigned reg;
    int64_t k;
    struct extent extent;
};

/* ---- extents */

static bool times(int64_t a, int64_t b, int64_t *product)
{
    return !__builtin_mul_overflow(a, b, product) && *product<MOST_8 && * product> - MOST_8;
}

static bool plus(int64_t a, int64_t b, int64_t *sum)
{
    return !__builtin_add_overflow(a, b, sum) && *sum<MOST_8 && * sum> - MOST_8;
}

static struct extent just(int64_t k)
{
    return (struct extent){.low = k, .high = k};
}

static bool fits_4(struct extent extent)
{
    return extent.low >= -MOST_4 && extent.high <= MOST_4;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static bool extent_times(struct extent of, int64_t k, struct extent *scaled)
{
    int64_t one, other;
    if (!times(of.low, k, &one) || !times(of.high, k, &other))
        return false;
    *scaled = k >= 0 ? (struct extent){one, other, of.low_infinite, of.high_infinite}
                     : (struct extent){other, one, of.high_infinite, of.low_infinite};
    return true;
}

static bool extent_product(struct extent a, struct extent b, struct extent *product)
{
    int64_t ends[4];
    if (!times(a.low, b.low, &ends[0]) || !times(a.low, b.high, &ends[1]) ||
        !times(a.high, b.low, &ends[2]) || !times(a.high, b.high, &ends[3]))
        return false;
    *product = (struct extent){ends[0], ends[0], a.low_infinite || b.low_infinite,
                               a.high_infinite || b.high_infinite};
    for (size_t i = 1; i < 4; i++) {
        product->low = least(product->low, ends[i]);
        product->high = most(product->high, ends[i]);
    }
    return true;
}

static bool extent_of(enum column_op op, struct extent a, struct extent b, struct extent *result)
{
    *result = (struct extent){0};
    switch ((int)op) {
    case COLUMN_ADD:
        result->low_infinite = a.low_infinite || b.low_infinite;
        result->high_infinite = a.high_infinite || b.high_infinite;
        return plus(a.low, b.low, &result->low) && plus(a.high, b.high, &result->high);
    case COLUMN_SUB:
        result->low_infinite = a.low_infinite || b.high_infinite;
        result->high_infinite = a.high_infinite || b.low_infinite;
        return plus(a.low, -b.high, &result->low) && plus(a.high, -b.low, &result->high);
    case COLUMN_MIN:
        *result = (struct extent){least(a.low, b.low), least(a.high, b.high),
                                  a.low_infinite || b.low_infinite, a.high_infinite && b.high_infinite};
        return true;
    case COLUMN_MAX:
        *result = (struct extent){most(a.low, b.low), most(a.high, b.high), a.low_infinite && b.low_infinite,
                                  a.high_infinite || b.high_infinite};
        return true;
    case COLUMN_MUL: return extent_product(a, b, result);
    }
    abort();
}

static struct extent either(struct extent a, struct extent b)
{
    return (struct extent){least(a.low, b.low), most(a.high, b.high), a.low_infinite || b.low_infinite,
                           a.high_infinite || b.high_infinite};
}

static bool is_endless(struct extent extent)
{
    return extent.low_infinite || extent.high_infinite;
}

/* ---- operands */

static enum reg_width width_of(const struct lowering *lowering, const struct operand *operand)
{
    return operand->reg == NO_REG ? (fits_4(operand->extent) ? REG_4 : REG_8)
                                  : lowering->program->regs.items[operand->reg].width;
}

static struct operand constant(int64_t k)
{
    return (struct operand){.reg = NO_REG, .k = k, .extent = just(k)};
}

/* In 8 bytes. */
static struct operand widened(struct lowering *lowering, struct operand operand)
{
    if (width_of(lowering, &operand) == REG_4 && operand.reg != NO_REG)
        operand.reg = lowering_emit(lowering, REG_8,
                                    (struct instr){.op = COLUMN_WIDEN,
                                                   .a = operand.reg,
                                                   .b = NO_REG,
                                                   .c = NO_REG,
                                                   .k = 1,
                                                   .endless = is_endless(operand.extent)});
    return operand;
}

/* False: it does not fit. */
static bool scaled(struct lowering *lowering, struct operand *operand, int64_t k)
{
    struct extent extent;
    if (!extent_times(operand->extent, k, &extent))
        return false;
    if (operand->reg == NO_REG)
        operand->k *= k;
    else if (k != 1) {
        bool narrow = width_of(lowering, operand) == REG_4, stays = fits_4(extent);
        enum column_op op = narrow && !stays ? COLUMN_WIDEN : COLUMN_SCALE;
        struct instr instr = {.op = op,
                              .a = operand->reg,
                              .b = NO_REG,
                              .c = NO_REG,
                              .k = k,
                              .endless = is_endless(operand->extent)};
        operand->reg = lowering_emit(lowering, narrow && stays ? REG_4 : REG_8, instr);
    }
    operand->extent = extent;
    return true;
}

/* In a register, whatever it is. */
static void into_register(struct lowering *lowering, struct operand *operand)
{
    if (operand->reg == NO_REG)
        operand->reg = lowering_emit(
            lowering, width_of(lowering, operand),
            (struct instr){.op = COLUMN_CONSTANT, .a = NO_REG, .b = NO_REG, .c = NO_REG, .k = operand->k});
}

/* A limit that is never passed. */
static bool changes_nothing(enum column_op op, struct operand a, struct operand b)
{
    if (b.reg != NO_REG)
        return false;
    return (op == COLUMN_MIN && !a.extent.high_infinite && a.extent.high <= b.k) ||
           (op == COLUMN_MAX && !a.extent.low_infinite && a.extent.low >= b.k);
}

static bool operate(struct lowering *lowering, enum column_op op, struct operand a, struct operand b,
                    struct operand *result)
{
    if (!extent_of(op, a.extent, b.extent, &result->extent))
        return false;
    if (op == COLUMN_SUB && b.reg == NO_REG)
        return operate(lowering, COLUMN_ADD, a, constant(-b.k), result);
    if (op == COLUMN_MUL && b.reg == NO_REG) {
        *result = a;
        return scaled(lowering, result, b.k);
    }
    if (op == COLUMN_SUB && a.reg == NO_REG)
        into_register(lowering, &a);
    if (a.reg == NO_REG)
        return operate(lowering, op, b, a, result);
    if (changes_nothing(op, a, b)) {
        *result = a;
        return true;
    }
    bool narrow =
        width_of(lowering, &a) == REG_4 && width_of(lowering, &b) == REG_4 && fits_4(result->extent);
    if (!narrow) {
        a = widened(lowering, a);
        b = widened(lowering, b);
    }
    struct instr instr = {.op = op,
                          .a = a.reg,
                          .b = b.reg,
                          .c = NO_REG,
                          .k = b.k,
                          .endless = is_endless(a.extent) || is_endless(b.extent)};
    result->reg = lowering_emit(lowering, narrow ? REG_4 : REG_8, instr);
    return true;
}

/* ---- numbers as operands */

static bool scale_of(const struct held *held, int64_t *scale)
{
    *scale = held->reg == NO_REG ? held->number.bottom : held->scale;
    return held->reg != NO_REG || !held->number.big;
}

static bool common_scale(const struct held *a, const struct held *b, int64_t *scale)
{
    int64_t one, other;
    if (!scale_of(a, &one) || !scale_of(b, &other))
        return false;
    int64_t x = one, y = other;
    while (y) {
        int64_t rest = x % y;
        x = y;
        y = rest;
    }
    return times(one / x, other, scale);
}

/* The number times `scale`, which is a multiple of its own. */
static bool operand_at(struct lowering *lowering, const struct held *held, int64_t scale,
                       struct operand *operand)
{
    int64_t k;
    if (held->reg == NO_REG) {
        if (held->number.big || !times(held->number.top, scale / held->number.bottom, &k))
            return false;
        *operand = constant(k);
        return true;
    }
    *operand = (struct operand){.reg = held->reg, .extent = held->extent};
    return scaled(lowering, operand, scale / held->scale);
}

static struct held number_of(struct operand operand, int64_t scale)
{
    return (struct held){.form = HELD_NUMBER,
                         .reg = operand.reg,
                         .number = operand.reg == NO_REG ? num_ratio(operand.k, scale) : num_int(0),
                         .scale = scale,
                         .extent = operand.extent,
                         .can = NO_REG,
                         .can_be = CAN_BE_ELSE};
}

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
        into_register(lowering, &number);
    return operate(lowering, COLUMN_MUL, whole, number, product);
}

/* A quotient beside a number y = k ÷ s: tops n × s and k × d, over d × s. */
static bool beside_number(struct lowering *lowering, const struct held *quotient, const struct held *number,
                          struct operand *top, struct operand *other, struct operand *whole)
{
    int64_t scale;
    *top = top_of(quotient);
    *whole = whole_of(quotient);
    struct operand held;
    if (is_endless(number->extent))
        lowering_close(lowering);
    return scale_of(number, &scale) && operand_at(lowering, number, scale, &held) &&
           times_whole(lowering, *whole, held, other) && scaled(lowering, top, scale) &&
           scaled(lowering, whole, scale);
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
    return operate(lowering, COLUMN_MUL, top_of(a), whole_of(b), &over->tops[0]) &&
           operate(lowering, COLUMN_MUL, top_of(b), whole_of(a), &over->tops[1]) &&
           operate(lowering, COLUMN_MUL, whole_of(a), whole_of(b), &over->whole);
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
    if (!bring_together(lowering, &a, &b, &over) || !operate(lowering, op, over.tops[0], over.tops[1], &top))
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
        fits = operate(lowering, COLUMN_MUL, whole, whole_of(&b), &whole);
    } else
        fits =
            scale_of(&b, &scale) && operand_at(lowering, &b, scale, &by) && scaled(lowering, &whole, scale);
    if (!fits || !operate(lowering, COLUMN_MUL, top_of(&a), by, &top))
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
    if (!scale_of(&a, &scale_a) || !scale_of(&b, &scale_b) || !times(scale_a, scale_b, &scale) ||
        !operand_at(lowering, &a, scale_a, &x) || !operand_at(lowering, &b, scale_b, &y))
        return too_large(lowering);
    if (x.reg == NO_REG) {
        struct operand swapped = x;
        x = y;
        y = swapped;
    }
    for (int64_t by = 2; y.reg == NO_REG && by < 11; by++) /* 100 ÷ 100 and the like */
        while (y.k % by == 0 && scale % by == 0 && y.k) {
            y = constant(y.k / by);
            scale /= by;
        }
    bool negative = x.extent.low < 0 || y.extent.low < 0;
    if (y.reg != NO_REG && (negative || is_endless(x.extent) || is_endless(y.extent)))
        lowering_close(lowering);
    return operate(lowering, COLUMN_MUL, x, y, &result) ? number_of(result, scale) : too_large(lowering);
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
    bool fits = common_scale(&a, &b, &scale) && operand_at(lowering, &a, scale, &x) &&
                operand_at(lowering, &b, scale, &y) && operate(lowering, op, x, y, &result);
    return fits ? number_of(result, scale) : too_large(lowering);
}

struct held held_abs(struct lowering *lowering, struct held of)
{
    if (of.form != HELD_NUMBER)
        return of.form == HELD_NOTHING ? of : held_misfit(lowering, "@batch_fraction");
    lowering_close(lowering);
    struct operand operand = {.reg = of.reg, .extent = of.extent};
    into_register(lowering, &operand);
    enum reg_width width = width_of(lowering, &operand);
    struct instr instr = {.op = COLUMN_ABS, .a = operand.reg, .b = NO_REG, .c = NO_REG};
    operand.reg = lowering_emit(lowering, width, instr);
    operand.extent = (struct extent){.low = 0, .high = most(-of.extent.low, of.extent.high)};
    return number_of(operand, of.scale);
}

/* Where a whole is not above 0 there is no quotient, or a fault; whatever takes its place must not be over 0. */
static struct operand above_zero(struct lowering *lowering, struct operand whole)
{
    struct operand raised = whole;
    if (whole.extent.low < 1)
        operate(lowering, COLUMN_MAX, whole, constant(1), &raised);
    return raised;
}

/* x ÷ y, of numbers: the low end of one over the high end of the other. */
static struct held new_quotient(struct lowering *lowering, const struct held *top, const struct held *bottom)
{
    int64_t over, under;
    struct operand x, y;
    if (!scale_of(top, &over) || !scale_of(bottom, &under) || !operand_at(lowering, top, over, &x) ||
        !operand_at(lowering, bottom, under, &y) || !scaled(lowering, &x, under) ||
        !scaled(lowering, &y, over))
        return too_large(lowering);
    into_register(lowering, &x);
    into_register(lowering, &y);
    if (x.extent.low < 0 || is_endless(x.extent) || is_endless(y.extent))
        lowering_close(lowering);
    y = above_zero(lowering, y);
    enum reg_width width = width_of(lowering, &y);
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
    return scaled(lowering, &steps, step.top) ? number_of(steps, step.bottom) : too_large(lowering);
}

static struct held round_quotient(struct lowering *lowering, const struct held *of, struct num step,
                                  enum num_rounding how)
{
    struct operand top = top_of(of), whole = whole_of(of), result = {0};
    struct extent unused;
    if (!extent_times(top.extent, 4 * step.bottom, &unused) ||
        !extent_times(whole.extent, 4 * step.top, &unused))
        return too_large(lowering);
    top = widened(lowering, top);
    whole = widened(lowering, whole);
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
    result.extent.low = least(result.extent.low, 0) - 1;
    result.extent.high = most(result.extent.high, 0) + 1;
    return steps_of(lowering, result, step);
}

static struct held round_number(struct lowering *lowering, const struct held *of, struct num step,
                                enum num_rounding how)
{
    struct operand operand = {.reg = of->reg, .extent = of->extent};
    struct extent unused;
    int64_t by;
    if (!times(of->scale, step.top, &by) || by > MOST_8 / 4 ||
        !extent_times(of->extent, 4 * step.bottom, &unused))
        return too_large(lowering);
    if (step.bottom % by == 0)
        return *of;
    operand = widened(lowering, operand);
    struct instr instr = {.op = COLUMN_ROUND,
                          .a = operand.reg,
                          .b = NO_REG,
                          .c = NO_REG,
                          .k = step.bottom,
                          .k2 = by,
                          .k3 = how,
                          .endless = is_endless(operand.extent)};
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
    if (held->form != HELD_NUMBER || !operand_at(lowering, held, 1, operand) || is_endless(operand->extent))
        return false;
    into_register(lowering, operand);
    return width_of(lowering, operand) == REG_4;
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
    return number_of(x, 1);
}

/* ---- comparing */

static struct held truth_in(unsigned reg)
{
    return (struct held){.form = HELD_TRUTH, .reg = reg, .can = NO_REG};
}

static struct held compare_operands(struct lowering *lowering, enum column_op op, struct operand a,
                                    struct operand b)
{
    if (a.reg == NO_REG && b.reg == NO_REG)
        into_register(lowering, &a);
    if (width_of(lowering, &a) != REG_4 || width_of(lowering, &b) != REG_4) {
        a = widened(lowering, a);
        b = widened(lowering, b);
    }
    struct instr instr = {.op = op, .a = a.reg, .b = b.reg, .c = NO_REG, .k = a.reg == NO_REG ? a.k : b.k};
    return truth_in(lowering_emit(lowering, REG_BYTES, instr));
}

static struct held negated(struct lowering *lowering, struct held truth)
{
    struct instr instr = {.op = COLUMN_NOT, .a = truth.reg, .b = NO_REG, .c = NO_REG};
    return truth_in(lowering_emit(lowering, REG_BYTES, instr));
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
    if (!common_scale(&a, &b, &scale) || !operand_at(lowering, &a, scale, &x) ||
        !operand_at(lowering, &b, scale, &y))
        return too_large(lowering);
    return compare_operands(lowering, op, x, y);
}

/* ---- choosing */

static bool choose_operands(struct lowering *lowering, unsigned when, struct operand yes, struct operand no,
                            struct operand *result)
{
    bool narrow = width_of(lowering, &yes) == REG_4 && width_of(lowering, &no) == REG_4;
    if (!narrow) {
        yes = widened(lowering, yes);
        no = widened(lowering, no);
    }
    struct instr instr = {.op = COLUMN_IF, .a = yes.reg, .b = no.reg, .c = when, .k = yes.k, .k2 = no.k};
    result->reg = lowering_emit(lowering, narrow ? REG_4 : REG_8, instr);
    result->extent = either(yes.extent, no.extent);
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
    if (!common_scale(&yes, &no, &scale) || !operand_at(lowering, &yes, scale, &x) ||
        !operand_at(lowering, &no, scale, &y) || !choose_operands(lowering, when, x, y, &result))
        return too_large(lowering);
    return number_of(result, scale);
}
