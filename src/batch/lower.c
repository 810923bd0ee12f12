/* From the nodes of the core IR to instructions on columns, arguments before their uses. An operation that columns lack ends the attempt: all
 * units are then evaluated one by one, and the caller says why. */
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "batch/joints.h"
#include "batch/machine.h"

/* ---- what the files of the lowering share */

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

/* Is it a number in every row? */
bool held_is_plain(const struct held *held)
{
    return held->can == NO_REG && held->can_be == CAN_BE_ELSE;
}

bool held_is_constant(const struct held *held)
{
    return held->form == HELD_NUMBER && held->reg == NO_REG && held_is_plain(held);
}

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

static unsigned bytes_of(struct lowering *lowering, enum column_op op, unsigned a, unsigned b, unsigned c,
                         int64_t k, int64_t k2)
{
    return lowering_emit(lowering, REG_BYTES,
                         (struct instr){.op = op, .a = a, .b = b, .c = c, .k = k, .k2 = k2});
}

static bool fits(const struct held *held)
{
    return held->form != HELD_NOTHING;
}

/* ---- truths and what can be besides numbers, as bytes */

static unsigned truth_reg(struct lowering *lowering, const struct held *truth)
{
    return truth->reg != NO_REG ? truth->reg
                                : bytes_of(lowering, COLUMN_FILL, NO_REG, NO_REG, NO_REG, truth->constant, 0);
}

static struct held truth_of(unsigned reg, bool odd)
{
    return (struct held){.form = HELD_TRUTH, .reg = reg, .can = NO_REG, .odd = odd};
}

/* n/a and faults of both arguments are those of the result. */
static struct held with_can(struct lowering *lowering, struct held result, const struct held *a,
                            const struct held *b)
{
    if (!fits(&result) || (held_is_plain(a) && held_is_plain(b)))
        return result;
    result.can = bytes_of(lowering, COLUMN_CAN_BOTH, a->can, b->can, NO_REG, a->can_be, b->can_be);
    return result;
}

/* ---- inputs */

/* A column is entered when it is first read. */
static struct entry *enter(struct lowering *lowering, long at)
{
    struct program *program = lowering->program;
    const struct input *input = &program->inputs[at];
    enum reg_width width = input->wide ? REG_8 : REG_4;
    for (size_t i = 0; i < program->entries.count; i++)
        if (program->entries.items[i].input == (size_t)at)
            return &program->entries.items[i];
    struct entry entry = {
        .input = (size_t)at, .whole = NO_REG, .can = NO_REG, .opening = &program->openings[at]};
    entry.number = lowering_reg(lowering, width);
    if (input->kind == INPUT_SHARE)
        entry.whole = lowering_reg(lowering, width);
    if (input->takes_na)
        entry.can = lowering_reg(lowering, REG_BYTES);
    vec_push(&program->entries, entry);
    return &vec_last(&program->entries);
}

static struct extent extent_of_input(const struct input *input, const struct opening *opening)
{
    return (struct extent){input->low, input->high, opening->low_infinite, opening->high_infinite};
}

static struct held truth_input(struct lowering *lowering, const struct entry *entry)
{
    unsigned truth = bytes_of(lowering, COLUMN_TRUTH_OF, entry->number, NO_REG, NO_REG, 0, 0);
    if (entry->can != NO_REG)
        truth = bytes_of(lowering, COLUMN_CAN_TRUTH, entry->can, NO_REG, truth, 0, CAN_BE_ELSE);
    return truth_of(truth, entry->can != NO_REG);
}

static struct held lower_input(struct lowering *lowering, const struct ir_node *node)
{
    struct program *program = lowering->program;
    long at = program_input_of(program, node);
    if (at < 0)
        return held_misfit(lowering, "@batch_input");
    const struct entry *entry = enter(lowering, at);
    const struct input *input = &program->inputs[at];
    if (input->kind == INPUT_YESNO)
        return truth_input(lowering, entry);
    struct held held = {.form = HELD_NUMBER,
                        .reg = entry->number,
                        .scale = input->scale,
                        .can = entry->can,
                        .can_be = CAN_BE_ELSE,
                        .extent = extent_of_input(input, entry->opening)};
    if (input->kind == INPUT_SHARE) {
        held.form = HELD_QUOTIENT;
        held.whole = entry->whole;
        held.whole_extent = (struct extent){.low = 1, .high = input->high};
    }
    return held;
}

static struct held calendar(struct lowering *lowering, const struct ir_node *node)
{
    const struct batch_question *question = lowering->question;
    const struct period *period = &question->standard->period;
    bool on = question->has_on && (node->index == CALENDAR_TODAY || node->index == CALENDAR_IN_FORCE);
    if (!on && !period->known) {
        struct held none = held_number(num_int(0));
        none.can_be = CAN_FAULT;
        return none;
    }
    int64_t day = on ? question->on : node->index == CALENDAR_PERIOD_START ? period->start : period->end;
    return held_number(num_int(day));
}

/* ---- constants */

static struct held constant(struct lowering *lowering, const struct ir_node *node)
{
    const struct value *value = &node->bounds;
    bool truth = node->type.kind == TYPE_YESNO;
    if (value->nothing_else) {
        struct held na = truth ? held_truth(CAN_BE_NA) : held_number(num_int(0));
        na.can_be = CAN_BE_NA;
        return na;
    }
    if (value->kind == VALUE_TRUTH)
        return held_truth(value->truth == TRUTH_YES ? CAN_BE_YES : CAN_BE_NO);
    return value_is_point(value) ? held_number(value_point(value)) : held_misfit(lowering, "@batch_value");
}

static struct held fault_of(const struct ir_node *node)
{
    struct held fault = node->type.kind == TYPE_YESNO ? held_truth(CAN_FAULT) : held_number(num_int(0));
    fault.can_be = CAN_FAULT;
    return fault;
}

/* ---- arithmetic and comparisons */

/* Days that an operation makes must not be able to lie past the calendar. */
static bool passes_calendar(const struct ir_node *node)
{
    struct range range = node->bounds.range, calendar = range_calendar();
    return node->bounds.kind != VALUE_NUMBER || cut_compare(range.low, calendar.low) <= 0 ||
           cut_compare(range.high, calendar.high) >= 0;
}

static struct held arithmetic(struct lowering *lowering, const struct ir_node *node, enum column_op op)
{
    if (node->type.kind == TYPE_DATE && op != COLUMN_MIN && op != COLUMN_MAX && passes_calendar(node))
        return held_misfit(lowering, "@batch_operation");
    struct held a = lowering_value(lowering, node->args[0]), b = lowering_value(lowering, node->args[1]);
    return with_can(lowering, held_binary(lowering, op, a, b), &a, &b);
}

static struct held days(struct lowering *lowering, const struct ir_node *node, enum column_op op, int64_t k)
{
    struct held a = lowering_value(lowering, node->args[0]),
                b = node->arg_count > 1 ? lowering_value(lowering, node->args[1]) : a;
    if (op == COLUMN_ADD_MONTHS && passes_calendar(node))
        return held_misfit(lowering, "@batch_operation");
    return with_can(lowering, held_days(lowering, op, a, b, k), &a, &b);
}

/* A whole that may be 0, or below, makes a fault of the row. */
static struct held divide(struct lowering *lowering, const struct ir_node *node)
{
    struct held top = lowering_value(lowering, node->args[0]),
                bottom = lowering_value(lowering, node->args[1]);
    if (held_is_constant(&bottom) && num_sign(bottom.number) == 0)
        return fault_of(node);
    struct held result = with_can(lowering, held_divide(lowering, top, bottom), &top, &bottom);
    if (!fits(&result) || held_is_constant(&bottom) || (bottom.form == HELD_NUMBER && bottom.extent.low > 0))
        return result;
    result.can = bytes_of(lowering, COLUMN_CAN_DIVIDE, result.can, bottom.reg, NO_REG, result.can_be, 0);
    return result;
}

static struct held compare_numbers(struct lowering *lowering, enum column_op op, struct held a, struct held b)
{
    struct held truth = held_compare(lowering, op, a, b);
    if (!fits(&truth) || (held_is_plain(&a) && held_is_plain(&b)))
        return truth;
    return truth_of(bytes_of(lowering, COLUMN_CAN_TRUTH, a.can, b.can, truth.reg, a.can_be, b.can_be), true);
}

static struct held compare(struct lowering *lowering, const struct ir_node *node, enum column_op op)
{
    struct held a = lowering_value(lowering, node->args[0]), b = lowering_value(lowering, node->args[1]);
    if (!fits(&a) || !fits(&b))
        return (struct held){0};
    if (a.form != HELD_TRUTH)
        return compare_numbers(lowering, op, a, b);
    unsigned same =
        bytes_of(lowering, COLUMN_SAME, truth_reg(lowering, &a), truth_reg(lowering, &b), NO_REG, 0, 0);
    return truth_of(same, a.odd || b.odd);
}

/* ---- junctions */

static struct held join(struct lowering *lowering, struct held a, struct held b, bool both)
{
    bool odd = a.odd || b.odd;
    enum column_op op = both ? odd ? COLUMN_AND_NA : COLUMN_AND : odd ? COLUMN_OR_NA : COLUMN_OR;
    return truth_of(bytes_of(lowering, op, truth_reg(lowering, &a), truth_reg(lowering, &b), NO_REG, 0, 0),
                    odd);
}

static struct held junction(struct lowering *lowering, const struct ir_node *node)
{
    struct held result = lowering_value(lowering, node->args[0]);
    for (size_t i = 1; i < node->arg_count && fits(&result); i++) {
        struct held next = lowering_value(lowering, node->args[i]);
        result = fits(&next) ? join(lowering, result, next, node->op == IR_AND) : next;
    }
    return result;
}

static struct held negate(struct lowering *lowering, struct held truth)
{
    return fits(&truth)
               ? truth_of(bytes_of(lowering, COLUMN_NOT, truth_reg(lowering, &truth), NO_REG, NO_REG, 0, 0),
                          truth.odd)
               : truth;
}

static struct held one_or_none(struct lowering *lowering, const struct held *truth)
{
    return held_choose(lowering, truth_reg(lowering, truth), held_number(num_int(1)),
                       held_number(num_int(0)));
}

static struct held plain_bytes(struct lowering *lowering, const struct held *truth, unsigned na_counts_as)
{
    return truth->odd ? truth_of(bytes_of(lowering, COLUMN_CAN_NA_AS, truth_reg(lowering, truth), NO_REG,
                                          NO_REG, 0, na_counts_as),
                                 false)
                      : *truth;
}

/* How many hold, n/a counted as said. */
static struct held count_holding(struct lowering *lowering, const struct ir_node *node, unsigned na_counts_as)
{
    struct held sum = held_number(num_int(0));
    for (size_t i = 0; i < node->arg_count && fits(&sum); i++) {
        struct held truth = lowering_value(lowering, node->args[i]);
        if (!fits(&truth))
            return truth;
        truth = plain_bytes(lowering, &truth, na_counts_as);
        sum = held_binary(lowering, COLUMN_ADD, sum, one_or_none(lowering, &truth));
    }
    return sum;
}

static struct held holds(struct lowering *lowering, const struct ir_node *node, unsigned na_counts_as)
{
    struct held sum = count_holding(lowering, node, na_counts_as);
    return fits(&sum) ? held_compare(lowering, COLUMN_LESS_EQUAL, held_number(num_int(node->index)), sum)
                      : sum;
}

/* Yes where enough hold, no where too few do even if what is n/a held, else n/a. */
static struct held at_least(struct lowering *lowering, const struct ir_node *node)
{
    bool odd = false;
    for (size_t i = 0; i < node->arg_count; i++) {
        if (lowering->can_fault[node->args[i]->id])
            return held_misfit(lowering, "@batch_operation");
        odd |= lowering_value(lowering, node->args[i]).odd;
    }
    struct held enough = holds(lowering, node, CAN_BE_NO);
    if (!odd || !fits(&enough))
        return enough;
    struct held perhaps = holds(lowering, node, CAN_BE_YES);
    if (!fits(&perhaps))
        return perhaps;
    unsigned else_na = bytes_of(lowering, COLUMN_IF_BYTES, NO_REG, NO_REG, truth_reg(lowering, &perhaps),
                                CAN_BE_NA, CAN_BE_NO);
    return truth_of(
        bytes_of(lowering, COLUMN_IF_BYTES, NO_REG, else_na, truth_reg(lowering, &enough), CAN_BE_YES, 0),
        true);
}

/* ---- choosing */

static struct held choose_truths(struct lowering *lowering, unsigned when, const struct held *yes,
                                 const struct held *no, bool odd)
{
    struct instr instr = {.op = COLUMN_IF_BYTES,
                          .a = yes->reg,
                          .b = no->reg,
                          .c = when,
                          .k = yes->constant,
                          .k2 = no->constant};
    return truth_of(lowering_emit(lowering, REG_BYTES, instr), odd || yes->odd || no->odd);
}

static struct held choose_numbers(struct lowering *lowering, unsigned when, const struct held *yes,
                                  const struct held *no, bool odd)
{
    bool plain = held_is_plain(yes) && held_is_plain(no);
    unsigned by = when;
    if (!plain)
        by = bytes_of(lowering, COLUMN_IF_ELSE, yes->can, no->can, when, yes->can_be, no->can_be);
    struct held result = held_choose(lowering, by, *yes, *no);
    if (!fits(&result) || (plain && !odd))
        return result;
    result.can = bytes_of(lowering, COLUMN_IF_BYTES, yes->can, no->can, when, yes->can_be, no->can_be);
    return result;
}

static struct held choose(struct lowering *lowering, const struct ir_node *node)
{
    struct held when = lowering_value(lowering, node->args[0]), yes = lowering_value(lowering, node->args[1]),
                no = lowering_value(lowering, node->args[2]);
    if (!fits(&when) || !fits(&yes) || !fits(&no))
        return (struct held){0};
    unsigned by = truth_reg(lowering, &when);
    return yes.form == HELD_TRUTH ? choose_truths(lowering, by, &yes, &no, when.odd)
                                  : choose_numbers(lowering, by, &yes, &no, when.odd);
}

static unsigned can_reg(struct lowering *lowering, const struct held *held)
{
    return held->can != NO_REG ? held->can
                               : bytes_of(lowering, COLUMN_FILL, NO_REG, NO_REG, NO_REG, held->can_be, 0);
}

static struct held is_na(struct lowering *lowering, const struct ir_node *node)
{
    struct held of = lowering_value(lowering, node->args[0]);
    if (!fits(&of))
        return of;
    if (of.form == HELD_TRUTH ? !of.odd : held_is_plain(&of))
        return held_truth(CAN_BE_NO);
    unsigned can = of.form == HELD_TRUTH ? truth_reg(lowering, &of) : can_reg(lowering, &of);
    return truth_of(bytes_of(lowering, COLUMN_CAN_IS_NA, can, NO_REG, NO_REG, 0, 0), true);
}

/* The first as far as it is a number, the second as far as that is n/a. */
static struct held na_as(struct lowering *lowering, const struct ir_node *node)
{
    struct held of = lowering_value(lowering, node->args[0]),
                instead = lowering_value(lowering, node->args[1]);
    if (!fits(&of) || !fits(&instead) || (of.form != HELD_TRUTH && held_is_plain(&of)))
        return fits(&instead) ? of : instead;
    if (of.form == HELD_TRUTH) {
        unsigned by = bytes_of(lowering, COLUMN_CAN_NA_AS, truth_reg(lowering, &of), instead.reg, NO_REG, 0,
                               instead.constant);
        return truth_of(by, true);
    }
    unsigned can = can_reg(lowering, &of),
             split = bytes_of(lowering, COLUMN_CAN_SPLIT, can, NO_REG, NO_REG, 0, 0);
    struct held result = held_choose(lowering, split, of, instead);
    result.can = bytes_of(lowering, COLUMN_CAN_NA_AS, can, instead.can, NO_REG, 0, instead.can_be);
    return result;
}

/* ---- rows that the standard lists itself: parts and the like */

/* A row that is absent is n/a, and what is n/a is left out. */
static struct held number_row(struct lowering *lowering, unsigned there, const struct held *value)
{
    struct held none = held_number(num_int(0));
    none.can_be = CAN_BE_NA;
    return choose_numbers(lowering, there, value, &none, true);
}

static unsigned is_there(struct lowering *lowering, const struct held *row)
{
    return bytes_of(lowering, COLUMN_CAN_SPLIT, can_reg(lowering, row), NO_REG, NO_REG, 0, 0);
}

/* The further of two rows, or the one that is there. */
static struct held further(struct lowering *lowering, enum column_op op, struct held a, struct held b)
{
    struct held both = held_binary(lowering, op, a, b);
    if (!fits(&both))
        return both;
    struct held result = held_choose(lowering, is_there(lowering, &b), both, a);
    if (fits(&result))
        result = held_choose(lowering, is_there(lowering, &a), result, b);
    if (fits(&result))
        result.can = bytes_of(lowering, COLUMN_CAN_EITHER, a.can, b.can, NO_REG, a.can_be, b.can_be);
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
    struct held said = plain_bytes(lowering, value, neutral);
    unsigned row = bytes_of(lowering, COLUMN_IF_BYTES, said.reg, NO_REG, there, said.constant, neutral);
    return join(lowering, result, truth_of(row, false), op == IR_EVERY);
}

/* What is said of a row that is there, faults among it. */
static unsigned with_faults(struct lowering *lowering, unsigned so_far, unsigned there,
                            const struct held *value)
{
    bool truth = value->form == HELD_TRUTH;
    unsigned said = bytes_of(lowering, COLUMN_IF_BYTES, truth ? value->reg : value->can, NO_REG, there,
                             truth ? value->constant : value->can_be, 0);
    return bytes_of(lowering, COLUMN_CAN_FAULTS, so_far, said, NO_REG, 0, 0);
}

static struct held faulted(struct lowering *lowering, struct held result, unsigned faults)
{
    if (!fits(&result) || faults == NO_REG)
        return result;
    if (result.form == HELD_TRUTH)
        return truth_of(bytes_of(lowering, COLUMN_CAN_FAULTS, result.reg, faults, NO_REG, result.constant, 0),
                        true);
    result.can = bytes_of(lowering, COLUMN_CAN_FAULTS, result.can, faults, NO_REG, result.can_be, 0);
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
    for (size_t i = 0; i < bag->arg_count && fits(&result); i += 2) {
        struct held presence = lowering_value(lowering, bag->args[i]),
                    value = lowering_value(lowering, bag->args[i + 1]);
        if (!fits(&presence) || !fits(&value))
            return (struct held){0};
        presence = plain_bytes(lowering, &presence, CAN_BE_NO);
        unsigned there = truth_reg(lowering, &presence);
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

static struct held fold(struct lowering *lowering, const struct ir_node *node)
{
    const struct ir_node *bag = node->args[0];
    return bag->op == IR_BAG ? fold_rows(lowering, node, bag) : held_misfit(lowering, "@batch_rows");
}

/* ---- one node */

static struct held is_known(struct lowering *lowering, const struct ir_node *node)
{
    const struct ir_node *of = node->args[0];
    long input = -1;
    if (of->op == IR_FACT || of->op == IR_JUDGED)
        input = program_input_of(lowering->program, of);
    if (input < 0)
        return held_misfit(lowering, "@batch_operation");
    enter(lowering, input)->is_asked_known = true;
    lowering->is_asked_known[input] = true;
    return truth_of(bytes_of(lowering, COLUMN_KNOWN, NO_REG, NO_REG, NO_REG, input, 0), false);
}

static struct held unary(struct lowering *lowering, const struct ir_node *node)
{
    struct held of = lowering_value(lowering, node->args[0]);
    struct held result =
        node->op == IR_ABS ? held_abs(lowering, of) : held_round(lowering, of, node->step, node->rounding);
    if (fits(&result)) {
        result.can = of.can;
        result.can_be = of.can_be;
    }
    return result;
}

static struct held lower_node(struct lowering *lowering, const struct ir_node *node)
{
    switch (node->op) {
    case IR_CONST: return constant(lowering, node);
    case IR_FACT:
    case IR_JUDGED: return lower_input(lowering, node);
    case IR_CALENDAR: return calendar(lowering, node);
    case IR_MIX: return lowering_value(lowering, node->args[0]); /* a row says the same in all columns */
    case IR_IS_KNOWN: return is_known(lowering, node);
    case IR_FAULT: return fault_of(node);
    case IR_ADD: return arithmetic(lowering, node, COLUMN_ADD);
    case IR_SUB: return arithmetic(lowering, node, COLUMN_SUB);
    case IR_MUL: return arithmetic(lowering, node, COLUMN_MUL);
    case IR_MIN: return arithmetic(lowering, node, COLUMN_MIN);
    case IR_MAX: return arithmetic(lowering, node, COLUMN_MAX);
    case IR_DIV: return divide(lowering, node);
    case IR_ABS:
    case IR_ROUND: return unary(lowering, node);
    case IR_LESS: return compare(lowering, node, COLUMN_LESS);
    case IR_LESS_EQUAL: return compare(lowering, node, COLUMN_LESS_EQUAL);
    case IR_EQUAL: return compare(lowering, node, COLUMN_EQUAL);
    case IR_NOT: return negate(lowering, lowering_value(lowering, node->args[0]));
    case IR_AND:
    case IR_OR: return junction(lowering, node);
    case IR_AT_LEAST: return at_least(lowering, node);
    case IR_IF: return choose(lowering, node);
    case IR_IS_NA: return is_na(lowering, node);
    case IR_NA_AS: return na_as(lowering, node);
    case IR_COUNT:
    case IR_SUM:
    case IR_HIGHEST:
    case IR_LOWEST:
    case IR_EVERY:
    case IR_SOME: return fold(lowering, node);
    case IR_SETTING: return held_misfit(lowering, "@batch_setting");
    case IR_COHORT: return held_misfit(lowering, "@batch_cohort");
    case IR_BAG_OF:
    case IR_ELEMENT:
    case IR_POSITION:
    case IR_BAG:
    case IR_BEST_PER:
    case IR_DROP:
    case IR_MEAN: return held_misfit(lowering, "@batch_rows");
    case IR_ADD_MONTHS: return days(lowering, node, COLUMN_ADD_MONTHS, 1);
    case IR_MONTHS_FROM: return days(lowering, node, COLUMN_MONTHS, 1);
    case IR_YEARS_FROM: return days(lowering, node, COLUMN_MONTHS, 12);
    case IR_YEAR: return days(lowering, node, COLUMN_YEAR, 1);
    case IR_MONTH: return days(lowering, node, COLUMN_MONTH, 1);
    case IR_LENGTH:
    case IR_MONTH_COUNT: return held_misfit(lowering, "@batch_operation");
    case IR_OP_COUNT: break;
    }
    abort();
}

/* The node's own bounds may be narrower than what follows from the extents of what it is made of. */
static void tighten(struct held *held, const struct value *bounds)
{
    int64_t low, high;
    if (held->form != HELD_NUMBER || held->reg == NO_REG || bounds->kind != VALUE_NUMBER || bounds->fault)
        return;
    struct num scale = num_int(held->scale);
    if (!bounds->range.low.infinite && num_to_int(num_floor(num_mul(bounds->range.low.at, scale)), &low) &&
        low > held->extent.low)
        held->extent.low = low;
    if (!bounds->range.high.infinite && num_to_int(num_ceil(num_mul(bounds->range.high.at, scale)), &high) &&
        high < held->extent.high)
        held->extent.high = high;
    held->extent.low_infinite &= bounds->range.low.infinite != 0;
    held->extent.high_infinite &= bounds->range.high.infinite != 0;
}

/* What the bounds leave out cannot be, unless it is a fault. */
static void without_na(struct lowering *lowering, const struct ir_node *node, struct held *held)
{
    if (node->bounds.na || node->bounds.fault || lowering->can_fault[node->id])
        return;
    if (held->form == HELD_TRUTH && held->odd && held->reg != NO_REG)
        *held = plain_bytes(lowering, held, 0);
    if ((held->form == HELD_NUMBER || held->form == HELD_QUOTIENT) && held->can != NO_REG) {
        held->can = NO_REG;
        held->can_be = CAN_BE_ELSE;
    }
}

static void narrow(struct lowering *lowering, struct held *held)
{
    enum { MOST = INT32_MAX - 1 };
    bool wide = held->form == HELD_NUMBER && held->reg != NO_REG &&
                lowering->program->regs.items[held->reg].width == REG_8;
    if (!wide || held->extent.low < -MOST || held->extent.high > MOST)
        return;
    bool endless = held->extent.low_infinite || held->extent.high_infinite;
    held->reg = lowering_emit(
        lowering, REG_4,
        (struct instr){.op = COLUMN_NARROW, .a = held->reg, .b = NO_REG, .c = NO_REG, .endless = endless});
}

/* Its bounds say all; a fault that they leave out cannot be. */
bool lowering_is_settled(const struct lowering *lowering, const struct ir_node *node)
{
    return node->op == IR_CONST || (ir_is_const(node) && !lowering->can_fault[node->id]);
}

static struct held lower_new(struct lowering *lowering, const struct ir_node *node)
{
    const struct ir_node *outer = lowering->node;
    lowering->node = node;
    struct held held =
        lowering_is_settled(lowering, node) ? constant(lowering, node) : lower_node(lowering, node);
    tighten(&held, &node->bounds);
    without_na(lowering, node, &held);
    narrow(lowering, &held);
    lowering->node = outer;
    return held;
}

struct held lowering_value(struct lowering *lowering, const struct ir_node *node)
{
    struct held *held = &lowering->held[node->id];
    if (held->form == HELD_NOTHING && !lowering->misfit->why)
        *held = lower_new(lowering, node);
    return *held;
}

/* ---- for who makes a program of values */

unsigned lowering_can(struct lowering *lowering, const struct held *held)
{
    return held->form == HELD_TRUTH ? truth_reg(lowering, held) : can_reg(lowering, held);
}

unsigned lowering_bytes(struct lowering *lowering, unsigned can_be)
{
    return bytes_of(lowering, COLUMN_FILL, NO_REG, NO_REG, NO_REG, can_be, 0);
}
