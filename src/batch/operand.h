/* Arithmetic of one instruction: registers and constants, each with what it can be at most. Widths are chosen here, so that nothing overflows.
 * For this folder alone. */
#ifndef RUBRIC_BATCH_OPERAND_H
#define RUBRIC_BATCH_OPERAND_H
#include "batch/held.h"

/* Room is left in 8 bytes for the two infinite ends. */
#define MOST_8 ((int64_t)1 << 62)

/* What an operation reads: a register, or `k`. */
struct operand {
    unsigned reg;
    int64_t k;
    struct extent extent;
};

/* What returns bool returns false where something does not fit. */
bool product_fits(int64_t a, int64_t b, int64_t *product);

struct extent extent_just(int64_t k);
bool extent_times(struct extent of, int64_t k, struct extent *scaled);
struct extent extent_either(struct extent a, struct extent b);
bool extent_is_endless(struct extent extent);

struct operand operand_constant(int64_t k);
enum reg_width operand_width(const struct lowering *lowering, const struct operand *operand);
struct operand operand_widened(struct lowering *lowering, struct operand operand); /* in 8 bytes */
void operand_into_register(struct lowering *lowering, struct operand *operand);    /* whatever it is */
/* Times a constant. */
bool operand_scale(struct lowering *lowering, struct operand *operand, int64_t k);
/* ADD, SUB, MIN, MAX, MUL. */
bool operand_operate(struct lowering *lowering, enum column_op op, struct operand a, struct operand b,
                     struct operand *result);

/* Of numbers, not of quotients. The scale of a constant is what it is over. */
bool held_scale(const struct held *held, int64_t *scale);
bool held_common_scale(const struct held *a, const struct held *b, int64_t *scale);
/* The number times `scale`, which is a multiple of its own. */
bool operand_of(struct lowering *lowering, const struct held *held, int64_t scale, struct operand *operand);
/* The number that is the operand over `scale`. */
struct held held_of(struct operand operand, int64_t scale);
#endif
