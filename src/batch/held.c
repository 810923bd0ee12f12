/* What the files of the lowering share: registers and instructions, how values are held, and truths and what can be besides numbers, as bytes. */
#include "batch/held.h"
#include "base/mem.h"
#include "batch/can.h"

struct held held_misfit(struct lowering *lowering, const char *why)
{
    if (!lowering->misfit->why)
        *lowering->misfit = (struct misfit){lowering->node, why};
    return (struct held){0};
}

struct held held_number(struct num number)
{
    return (struct held){.form = HELD_NUMBER,
                         .reg = NO_REG,
                         .number = number,
                         .scale = 1,
                         .can = NO_REG,
                         .can_be = CAN_BE_ELSE};
}

struct held held_truth(unsigned can_be)
{
    return (struct held){.form = HELD_TRUTH,
                         .reg = NO_REG,
                         .constant = can_be,
                         .can = NO_REG,
                         .odd = can_be & (CAN_BE_NA | CAN_FAULT)};
}

bool held_is_plain(const struct held *held)
{
    return held->can == NO_REG && held->can_be == CAN_BE_ELSE;
}

bool held_is_constant(const struct held *held)
{
    return held->form == HELD_NUMBER && held->reg == NO_REG && held_is_plain(held);
}

/* ---- registers and instructions */

unsigned lowering_reg(struct lowering *lowering, enum reg_width width)
{
    struct program *program = lowering->program;
    vec_push(&program->regs, (struct reg){.width = width});
    return (unsigned)program->regs.count - 1;
}

unsigned lowering_emit(struct lowering *lowering, enum reg_width width, struct instr instr)
{
    instr.to = lowering_reg(lowering, width);
    vec_push(&lowering->program->code, instr);
    return instr.to;
}

void lowering_close(struct lowering *lowering)
{
    const unsigned char *ways = lowering->ways.of[lowering->node->id];
    for (size_t i = 0; i < lowering->program->input_count; i++)
        if (ways[i] != WAY_NONE)
            lowering->program->inputs[i].takes_open = false;
}

unsigned lowering_bytes(struct lowering *lowering, enum column_op op, unsigned a, unsigned b, unsigned c,
                        int64_t k, int64_t k2)
{
    return lowering_emit(lowering, REG_BYTES,
                         (struct instr){.op = op, .a = a, .b = b, .c = c, .k = k, .k2 = k2});
}

/* ---- truths and what can be besides numbers, as bytes */

unsigned lowering_fill(struct lowering *lowering, unsigned can_be)
{
    return lowering_bytes(lowering, COLUMN_FILL, NO_REG, NO_REG, NO_REG, can_be, 0);
}

unsigned lowering_can(struct lowering *lowering, const struct held *held)
{
    bool truth = held->form == HELD_TRUTH;
    unsigned reg = truth ? held->reg : held->can;
    return reg != NO_REG ? reg : lowering_fill(lowering, truth ? held->constant : held->can_be);
}

struct held held_truth_in(unsigned reg, bool odd)
{
    return (struct held){.form = HELD_TRUTH, .reg = reg, .can = NO_REG, .odd = odd};
}

struct held held_join(struct lowering *lowering, struct held a, struct held b, bool both)
{
    bool odd = a.odd || b.odd;
    enum column_op op = both ? odd ? COLUMN_AND_NA : COLUMN_AND : odd ? COLUMN_OR_NA : COLUMN_OR;
    return held_truth_in(
        lowering_bytes(lowering, op, lowering_can(lowering, &a), lowering_can(lowering, &b), NO_REG, 0, 0),
        odd);
}

struct held held_na_counts_as(struct lowering *lowering, const struct held *truth, unsigned na_counts_as)
{
    return truth->odd
               ? held_truth_in(lowering_bytes(lowering, COLUMN_CAN_NA_AS, lowering_can(lowering, truth),
                                              NO_REG, NO_REG, 0, na_counts_as),
                               false)
               : *truth;
}

struct held lowering_choose(struct lowering *lowering, unsigned when, const struct held *yes,
                            const struct held *no, bool odd)
{
    bool plain = held_is_plain(yes) && held_is_plain(no);
    unsigned by = when;
    if (!plain)
        by = lowering_bytes(lowering, COLUMN_IF_ELSE, yes->can, no->can, when, yes->can_be, no->can_be);
    struct held result = held_choose(lowering, by, *yes, *no);
    if (!held_fits(&result) || (plain && !odd))
        return result;
    result.can = lowering_bytes(lowering, COLUMN_IF_BYTES, yes->can, no->can, when, yes->can_be, no->can_be);
    return result;
}
