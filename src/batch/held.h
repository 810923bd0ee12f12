/* How a node's value is held in columns, while a program is made: a whole number times a scale, a quotient of two, a truth. With each what it
 * can be at most, so that nothing that fits its column overflows. For this folder alone. */
#ifndef RUBRIC_BATCH_HELD_H
#define RUBRIC_BATCH_HELD_H
#include "batch/ways.h"

enum held_form {
    HELD_NOTHING, /* not worked out */
    HELD_NUMBER,
    HELD_QUOTIENT, /* `reg` over `whole`, which is above 0 wherever there is no fault */
    HELD_TRUTH
};

struct extent {
    int64_t low, high;                /* of what is known */
    bool low_infinite, high_infinite; /* what is open can go on */
};

struct held {
    enum held_form form;
    unsigned reg; /* NO_REG: `number`, or the truth `constant` */
    struct num number;
    unsigned constant;
    int64_t scale; /* of a number; a quotient is what its numbers say */
    struct extent extent, whole_extent;
    unsigned whole;
    unsigned
        can; /* of numbers and quotients: bytes that tell what it can be; NO_REG: `can_be` in every row */
    unsigned can_be;
    bool odd; /* a truth that can be n/a or a fault */
};

struct lowering {
    struct program *program;
    const struct batch_question *question;
    struct ways ways;
    const bool *can_fault;      /* [node id] */
    bool *is_asked_known;       /* [input] */
    struct held *held;          /* [node id] */
    const struct ir_node *node; /* at hand */
    struct misfit *misfit;
};

/* held.c. Where something does not fit, HELD_NOTHING is returned here and below, and `misfit` says what. */
struct held held_misfit(struct lowering *lowering, const char *why);
static inline bool held_fits(const struct held *held)
{
    return held->form != HELD_NOTHING;
}
struct held held_number(struct num number);
struct held held_truth(unsigned can_be);
struct held held_truth_in(unsigned reg, bool odd);
bool held_is_constant(const struct held *held);
bool held_is_plain(const struct held *held); /* a number in every row */

unsigned lowering_reg(struct lowering *lowering, enum reg_width width);
unsigned lowering_emit(struct lowering *lowering, enum reg_width width, struct instr instr);
/* What the node at hand hangs on must be known: its operation does not work on ranges. */
void lowering_close(struct lowering *lowering);

/* The same of bytes; `k`, `k2` stand in the place of `a`, `b`. */
unsigned lowering_bytes(struct lowering *lowering, enum column_op op, unsigned a, unsigned b, unsigned c,
                        int64_t k, int64_t k2);
unsigned lowering_fill(struct lowering *lowering, unsigned can_be); /* bytes that are the same in all rows */
/* Bytes that tell what it can be in each row. */
unsigned lowering_can(struct lowering *lowering, const struct held *held);
/* Two truths: do both hold, or else one of them. */
struct held held_join(struct lowering *lowering, struct held a, struct held b, bool both);
/* The truth, its n/a made CAN_BE_YES, CAN_BE_NO or nothing. */
struct held held_na_counts_as(struct lowering *lowering, const struct held *truth, unsigned na_counts_as);
/* The one number or the other, with what each can be besides. `odd`: the truth in register `when` can be n/a or a fault. */
struct held lowering_choose(struct lowering *lowering, unsigned when, const struct held *yes,
                            const struct held *no, bool odd);

/* lower.c: the value of a node, worked out once. */
struct held lowering_value(struct lowering *lowering, const struct ir_node *node);
/* Its bounds say all; a fault that they leave out cannot be. */
bool lowering_is_settled(const struct lowering *lowering, const struct ir_node *node);
/* lower_rows.c: COUNT, SUM, HIGHEST, LOWEST, EVERY, SOME. */
struct held lowering_fold(struct lowering *lowering, const struct ir_node *node);

/* numbers.c. `op` is ADD, SUB, MIN, MAX, MUL; what can be besides numbers is not looked at. */
struct held held_binary(struct lowering *lowering, enum column_op op, struct held a, struct held b);
struct held held_abs(struct lowering *lowering, struct held of);
struct held held_divide(struct lowering *lowering, struct held top, struct held bottom);
struct held held_round(struct lowering *lowering, struct held of, struct num step, enum num_rounding how);
/* MONTHS, ADD_MONTHS of days; YEAR, MONTH of `a` alone. */
struct held held_days(struct lowering *lowering, enum column_op op, struct held a, struct held b, int64_t k);
/* LESS, LESS_EQUAL, EQUAL: a truth. */
struct held held_compare(struct lowering *lowering, enum column_op op, struct held a, struct held b);
/* The one or the other, by the truth in register `when`. */
struct held held_choose(struct lowering *lowering, unsigned when, struct held yes, struct held no);
#endif
