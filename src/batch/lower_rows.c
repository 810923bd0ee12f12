/* What is made of rows that the standard lists itself, parts and the like: sums, counts, the highest, whether all hold. */
#include "batch/can.h"
#include "batch/held.h"

/* A row that is absent is n/a, and what is n/a is left out. */
static struct held number_row(struct lowering *lowering, unsigned there, const struct held *value)
{
    struct held none = held_number(num_int(0));
    none.can_be = CAN_BE_NA;
    return lowering_choose(lowering, there, value, &none, true);
}

static unsigned is_there(struct lowering *lowering, const struct held *row)
{
    return lowering_bytes(lowering, COLUMN_CAN_SPLIT, lowering_can(lowering, row), NO_REG, NO_REG, 0, 0);
}

/* The further of two rows, or the one that is there. */
static struct held further(struct lowering *lowering, enum column_op op, struct held a, struct held b)
{
    struct held both = held_binary(lowering, op, a, b);
    if (!held_fits(&both))
        return both;
    struct held result = held_choose(lowering, is_there(lowering, &b), both, a);
    if (held_fits(&result))
        result = held_choose(lowering, is_there(lowering, &a), result, b);
    if (held_fits(&result))
        result.can = lowering_bytes(lowering, COLUMN_CAN_EITHER, a.can, b.can, NO_REG, a.can_be, b.can_be);
    return result;
}

static struct held add_row(struct lowering *lowering, enum ir_op op, struct held sum, struct held row)
{
    struct held none = held_number(num_int(0)), one = held_number(num_int(1));
    switch ((int)op) {
    case IR_HIGHEST: return further(lowering, COLUMN_MAX, sum, row);
    case IR_LOWEST: return further(lowering, COLUMN_MIN, sum, row);
    }
    struct held counted = held_choose(lowering, is_there(lowering, &row), op == IR_COUNT ? one : row, none);
    return held_binary(lowering, COLUMN_ADD, sum, counted);
}

/* For `every` what is not there holds, for `some` it does not. */
static struct held add_truth(struct lowering *lowering, enum ir_op op, struct held result, unsigned there,
                             const struct held *value)
{
    unsigned neutral = op == IR_EVERY ? CAN_BE_YES : CAN_BE_NO;
    struct held said = held_na_counts_as(lowering, value, neutral);
    unsigned row = lowering_bytes(lowering, COLUMN_IF_BYTES, said.reg, NO_REG, there, said.constant, neutral);
    return held_join(lowering, result, held_truth_in(row, false), op == IR_EVERY);
}

/* What is said of a row that is there, faults among it. */
static unsigned with_faults(struct lowering *lowering, unsigned so_far, unsigned there,
                            const struct held *value)
{
    bool truth = value->form == HELD_TRUTH;
    unsigned said = lowering_bytes(lowering, COLUMN_IF_BYTES, truth ? value->reg : value->can, NO_REG, there,
                                   truth ? value->constant : value->can_be, 0);
    return lowering_bytes(lowering, COLUMN_CAN_FAULTS, so_far, said, NO_REG, 0, 0);
}

static struct held faulted(struct lowering *lowering, struct held result, unsigned faults)
{
    if (!held_fits(&result) || faults == NO_REG)
        return result;
    if (result.form == HELD_TRUTH)
        return held_truth_in(
            lowering_bytes(lowering, COLUMN_CAN_FAULTS, result.reg, faults, NO_REG, result.constant, 0),
            true);
    result.can = lowering_bytes(lowering, COLUMN_CAN_FAULTS, result.can, faults, NO_REG, result.can_be, 0);
    return result;
}

static struct held fold_rows(struct lowering *lowering, const struct ir_node *node, const struct ir_node *bag)
{
    bool truths = node->op == IR_EVERY || node->op == IR_SOME;
    unsigned faults = NO_REG;
    struct held result =
        truths ? held_truth(node->op == IR_EVERY ? CAN_BE_YES : CAN_BE_NO) : held_number(num_int(0));
    if (node->op == IR_HIGHEST || node->op == IR_LOWEST)
        result.can_be = CAN_BE_NA;
    for (size_t i = 0; i < bag->arg_count && held_fits(&result); i += 2) {
        struct held presence = lowering_value(lowering, bag->args[i]),
                    value = lowering_value(lowering, bag->args[i + 1]);
        if (!held_fits(&presence) || !held_fits(&value))
            return (struct held){0};
        presence = held_na_counts_as(lowering, &presence, CAN_BE_NO);
        unsigned there = lowering_can(lowering, &presence);
        if (lowering->can_fault[bag->args[i]->id] || lowering->can_fault[bag->args[i + 1]->id])
            faults = with_faults(lowering, faults, there, &value);
        if (truths)
            result = add_truth(lowering, node->op, result, there, &value);
        else if (value.form == HELD_TRUTH)
            return held_misfit(lowering, "@batch_rows");
        else
            result = add_row(lowering, node->op, result, number_row(lowering, there, &value));
    }
    return faulted(lowering, result, faults);
}

struct held lowering_fold(struct lowering *lowering, const struct ir_node *node)
{
    const struct ir_node *bag = node->args[0];
    return bag->op == IR_BAG ? fold_rows(lowering, node, bag) : held_misfit(lowering, "@batch_rows");
}
