#include "batch/operand.h"
#include <stdlib.h>
#include "batch/can.h"

enum { MOST_4 = INT32_MAX - 1 };

/* ---- extents */

bool product_fits(int64_t a, int64_t b, int64_t *product)
{
    return !__builtin_mul_overflow(a, b, product) && *product<MOST_8 && * product> - MOST_8;
}

static bool plus(int64_t a, int64_t b, int64_t *sum)
{
    return !__builtin_add_overflow(a, b, sum) && *sum<MOST_8 && * sum> - MOST_8;
}

struct extent extent_just(int64_t k)
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

bool extent_times(struct extent of, int64_t k, struct extent *scaled)
{
    int64_t one, other;
    if (!product_fits(of.low, k, &one) || !product_fits(of.high, k, &other))
        return false;
    *scaled = k >= 0 ? (struct extent){one, other, of.low_infinite, of.high_infinite}
                     : (struct extent){other, one, of.high_infinite, of.low_infinite};
    return true;
}

static bool extent_product(struct extent a, struct extent b, struct extent *product)
{
    int64_t ends[4];
    if (!product_fits(a.low, b.low, &ends[0]) || !product_fits(a.low, b.high, &ends[1]) ||
        !product_fits(a.high, b.low, &ends[2]) || !product_fits(a.high, b.high, &ends[3]))
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

struct extent extent_either(struct extent a, struct extent b)
{
    return (struct extent){least(a.low, b.low), most(a.high, b.high), a.low_infinite || b.low_infinite,
                           a.high_infinite || b.high_infinite};
}

bool extent_is_endless(struct extent extent)
{
    return extent.low_infinite || extent.high_infinite;
}

/* ---- operands */

enum reg_width operand_width(const struct lowering *lowering, const struct operand *operand)
{
    return operand->reg == NO_REG ? (fits_4(operand->extent) ? REG_4 : REG_8)
                                  : lowering->program->regs.items[operand->reg].width;
}

struct operand operand_constant(int64_t k)
{
    return (struct operand){.reg = NO_REG, .k = k, .extent = extent_just(k)};
}

struct operand operand_widened(struct lowering *lowering, struct operand operand)
{
    if (operand_width(lowering, &operand) == REG_4 && operand.reg != NO_REG)
        operand.reg = lowering_emit(lowering, REG_8,
                                    (struct instr){.op = COLUMN_WIDEN,
                                                   .a = operand.reg,
                                                   .b = NO_REG,
                                                   .c = NO_REG,
                                                   .k = 1,
                                                   .endless = extent_is_endless(operand.extent)});
    return operand;
}

bool operand_scale(struct lowering *lowering, struct operand *operand, int64_t k)
{
    struct extent extent;
    if (!extent_times(operand->extent, k, &extent))
        return false;
    if (operand->reg == NO_REG)
        operand->k *= k;
    else if (k != 1) {
        bool narrow = operand_width(lowering, operand) == REG_4, stays = fits_4(extent);
        enum column_op op = narrow && !stays ? COLUMN_WIDEN : COLUMN_SCALE;
        struct instr instr = {.op = op,
                              .a = operand->reg,
                              .b = NO_REG,
                              .c = NO_REG,
                              .k = k,
                              .endless = extent_is_endless(operand->extent)};
        operand->reg = lowering_emit(lowering, narrow && stays ? REG_4 : REG_8, instr);
    }
    operand->extent = extent;
    return true;
}

void operand_into_register(struct lowering *lowering, struct operand *operand)
{
    if (operand->reg == NO_REG)
        operand->reg = lowering_emit(
            lowering, operand_width(lowering, operand),
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

bool operand_operate(struct lowering *lowering, enum column_op op, struct operand a, struct operand b,
                     struct operand *result)
{
    if (!extent_of(op, a.extent, b.extent, &result->extent))
        return false;
    if (op == COLUMN_SUB && b.reg == NO_REG)
        return operand_operate(lowering, COLUMN_ADD, a, operand_constant(-b.k), result);
    if (op == COLUMN_MUL && b.reg == NO_REG) {
        *result = a;
        return operand_scale(lowering, result, b.k);
    }
    if (op == COLUMN_SUB && a.reg == NO_REG)
        operand_into_register(lowering, &a);
    if (a.reg == NO_REG)
        return operand_operate(lowering, op, b, a, result);
    if (changes_nothing(op, a, b)) {
        *result = a;
        return true;
    }
    bool narrow = operand_width(lowering, &a) == REG_4 && operand_width(lowering, &b) == REG_4 &&
                  fits_4(result->extent);
    if (!narrow) {
        a = operand_widened(lowering, a);
        b = operand_widened(lowering, b);
    }
    struct instr instr = {.op = op,
                          .a = a.reg,
                          .b = b.reg,
                          .c = NO_REG,
                          .k = b.k,
                          .endless = extent_is_endless(a.extent) || extent_is_endless(b.extent)};
    result->reg = lowering_emit(lowering, narrow ? REG_4 : REG_8, instr);
    return true;
}

/* ---- numbers as operands */

bool held_scale(const struct held *held, int64_t *scale)
{
    *scale = held->reg == NO_REG ? held->number.bottom : held->scale;
    return held->reg != NO_REG || !held->number.big;
}

bool held_common_scale(const struct held *a, const struct held *b, int64_t *scale)
{
    int64_t one, other;
    if (!held_scale(a, &one) || !held_scale(b, &other))
        return false;
    int64_t x = one, y = other;
    while (y) {
        int64_t rest = x % y;
        x = y;
        y = rest;
    }
    return product_fits(one / x, other, scale);
}

bool operand_of(struct lowering *lowering, const struct held *held, int64_t scale, struct operand *operand)
{
    int64_t k;
    if (held->reg == NO_REG) {
        if (held->number.big || !product_fits(held->number.top, scale / held->number.bottom, &k))
            return false;
        *operand = operand_constant(k);
        return true;
    }
    *operand = (struct operand){.reg = held->reg, .extent = held->extent};
    return operand_scale(lowering, operand, scale / held->scale);
}

struct held held_of(struct operand operand, int64_t scale)
{
    return (struct held){.form = HELD_NUMBER,
                         .reg = operand.reg,
                         .number = operand.reg == NO_REG ? num_ratio(operand.k, scale) : num_int(0),
                         .scale = scale,
                         .extent = operand.extent,
                         .can = NO_REG,
                         .can_be = CAN_BE_ELSE};
}
