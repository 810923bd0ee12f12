/* From the nodes of the core IR to instructions on columns, arguments before their uses. An operation that columns lack ends the attempt: all
 * units are then evaluated one by one, and the caller says why. */
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "batch/joints.h"
#include "batch/machine.h"

static struct held lower(struct lowering *lowering, const struct ir_node *node);

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
static bool is_plain(const struct held *held)
{
    return held->can == NO_REG && held->can_be == CAN_BE_ELSE;
}

bool held_is_constant(const struct held *held)
{
    return held->form == HELD_NUMBER && held->reg == NO_REG && is_plain(held);
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
    if (!fits(&result) || (is_plain(a) && is_plain(b)))
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
    struct held a = lower(lowering, node->args[0]), b = lower(lowering, node->args[1]);
    return with_can(lowering, held_binary(lowering, op, a, b), &a, &b);
}

static struct held days(struct lowering *lowering, const struct ir_node *node, enum column_op op, int64_t k)
{
    struct held a = lower(lowering, node->args[0]),
                b = node->arg_count > 1 ? lower(lowering, node->args[1]) : a;
    if (op == COLUMN_ADD_MONTHS && passes_calendar(node))
        return held_misfit(lowering, "@batch_operation");
    return with_can(lowering, held_days(lowering, op, a, b, k), &a, &b);
}

/* A whole that may be 0, or below, makes a fault of the row. */
static struct held divide(struct lowering *lowering, const struct ir_node *node)
{
    struct held top = lower(lowering, node->args[0]), bottom = lower(lowering, node->args[1]);
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
    if (!fits(&truth) || (is_plain(&a) && is_plain(&b)))
        return truth;
    return truth_of(bytes_of(lowering, COLUMN_CAN_TRUTH, a.can, b.can, truth.reg, a.can_be, b.can_be), true);
}

static struct held compare(struct lowering *lowering, const struct ir_node *node, enum column_op op)
{
    struct held a = lower(lowering, node->args[0]), b = lower(lowering, node->args[1]);
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
    struct held result = lower(lowering, node->args[0]);
    for (size_t i = 1; i < node->arg_count && fits(&result); i++) {
        struct held next = lower(lowering, node->args[i]);
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
        struct held truth = lower(lowering, node->args[i]);
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
        odd |= lower(lowering, node->args[i]).odd;
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
    bool plain = is_plain(yes) && is_plain(no);
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
    struct held when = lower(lowering, node->args[0]), yes = lower(lowering, node->args[1]),
                no = lower(lowering, node->args[2]);
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
    struct held of = lower(lowering, node->args[0]);
    if (!fits(&of))
        return of;
    if (of.form == HELD_TRUTH ? !of.odd : is_plain(&of))
        return held_truth(CAN_BE_NO);
    unsigned can = of.form == HELD_TRUTH ? truth_reg(lowering, &of) : can_reg(lowering, &of);
    return truth_of(bytes_of(lowering, COLUMN_CAN_IS_NA, can, NO_REG, NO_REG, 0, 0), true);
}

/* The first as far as it is a number, the second as far as that is n/a. */
static struct held na_as(struct lowering *lowering, const struct ir_node *node)
{
    struct held of = lower(lowering, node->args[0]), instead = lower(lowering, node->args[1]);
    if (!fits(&of) || !fits(&instead) || (of.form != HELD_TRUTH && is_plain(&of)))
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
        struct held presence = lower(lowering, bag->args[i]), value = lower(lowering, bag->args[i + 1]);
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
    struct held of = lower(lowering, node->args[0]);
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
    case IR_MIX: return lower(lowering, node->args[0]); /* a row says the same in all columns */
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
    case IR_NOT: return negate(lowering, lower(lowering, node->args[0]));
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
static bool is_settled(const struct lowering *lowering, const struct ir_node *node)
{
    return node->op == IR_CONST || (ir_is_const(node) && !lowering->can_fault[node->id]);
}

static struct held lower_new(struct lowering *lowering, const struct ir_node *node)
{
    const struct ir_node *outer = lowering->node;
    lowering->node = node;
    struct held held = is_settled(lowering, node) ? constant(lowering, node) : lower_node(lowering, node);
    tighten(&held, &node->bounds);
    without_na(lowering, node, &held);
    narrow(lowering, &held);
    lowering->node = outer;
    return held;
}

static struct held lower(struct lowering *lowering, const struct ir_node *node)
{
    struct held *held = &lowering->held[node->id];
    if (held->form == HELD_NOTHING && !lowering->misfit->why)
        *held = lower_new(lowering, node);
    return *held;
}

/* ---- the whole */

static bool divides_by_none(const struct ir_node *node)
{
    return node->op == IR_DIV && (node->args[1]->bounds.kind != VALUE_NUMBER || node->args[1]->bounds.fault ||
                                  range_holds(node->args[1]->bounds.range, num_int(0)));
}

static bool may_fault_itself(const struct lowering *lowering, const struct ir_node *node)
{
    bool days = node->type.kind == TYPE_DATE && node->arg_count > 0 && node->op != IR_IF &&
                node->op != IR_MIN && node->op != IR_MAX && node->op != IR_NA_AS && node->op != IR_MIX;
    bool no_period = node->op == IR_CALENDAR && !lowering->question->standard->period.known;
    return node->op == IR_FAULT || node->op == IR_BAG_OF || node->op == IR_COHORT || days || no_period ||
           divides_by_none(node);
}

static const bool *find_faults(const struct lowering *lowering)
{
    const struct ir *ir = lowering->question->standard->ir;
    bool *marks = mem_alloc_plain(ir->nodes.count);
    for (size_t i = 0; i < ir->nodes.count; i++) {
        const struct ir_node *node = ir->nodes.items[i];
        marks[i] = may_fault_itself(lowering, node);
        for (size_t k = 0; k < node->arg_count; k++)
            marks[i] |= marks[node->args[k]->id];
    }
    return marks;
}

static bool is_guarded(const struct lowering *lowering, size_t at)
{
    return lowering->can_fault[lowering->question->guarded[at]->id];
}

/* Of what is settled, and of what is asked whether it is known, nothing below is worked out. */
static void mark_below(const struct lowering *lowering, unsigned char *marks)
{
    const struct ir *ir = lowering->question->standard->ir;
    for (size_t i = ir->nodes.count; i-- > 0;) {
        const struct ir_node *node = ir->nodes.items[i];
        if (!marks[i] || is_settled(lowering, node) || node->op == IR_IS_KNOWN)
            continue;
        for (size_t k = 0; k < node->arg_count; k++)
            marks[node->args[k]->id] = true;
    }
}

static const unsigned char *find_needed(const struct lowering *lowering)
{
    const struct batch_question *question = lowering->question;
    unsigned char *marks = mem_alloc_plain(question->standard->ir->nodes.count);
    for (size_t i = 0; i < question->asked_count; i++)
        if (question->asked[i])
            marks[question->asked[i]->id] = true;
    for (size_t i = 0; i < question->guarded_count; i++)
        if (is_guarded(lowering, i))
            marks[question->guarded[i]->id] = true;
    mark_below(lowering, marks);
    return marks;
}

static enum output_kind kind_of(const struct ir_node *node)
{
    return node->type.kind == TYPE_YESNO    ? OUTPUT_TRUTH
           : node->type.kind == TYPE_CHOICE ? OUTPUT_CHOICE
                                            : OUTPUT_NUMBER;
}

static struct answer as_answer(struct lowering *lowering, const struct ir_node *node, const struct held *held)
{
    struct answer answer = {.number = NO_REG, .whole = NO_REG, .can = NO_REG};
    answer.output =
        (struct output){kind_of(node), held->form == HELD_NUMBER ? held->scale : 1, node->type.choice};
    if (held->form == HELD_TRUTH) {
        answer.can = truth_reg(lowering, held);
        return answer;
    }
    answer.number = held->reg;
    answer.can = is_plain(held) ? NO_REG : can_reg(lowering, held);
    answer.is_const = held->reg == NO_REG;
    if (held->form == HELD_QUOTIENT) {
        answer.output.scale = 0;
        answer.whole = held->whole;
    }
    if (answer.is_const && held->number.big)
        held_misfit(lowering, "@batch_too_large");
    else if (answer.is_const) {
        answer.output.scale = held->number.bottom;
        answer.constant = held->number.top;
    }
    return answer;
}

static struct answer no_answer(struct lowering *lowering)
{
    unsigned na = bytes_of(lowering, COLUMN_FILL, NO_REG, NO_REG, NO_REG, CAN_BE_NA, 0);
    return (struct answer){.number = NO_REG, .whole = NO_REG, .can = na, .is_const = true, .output.scale = 1};
}

/* What is not asked of this standard is n/a. */
static struct answer answer(struct lowering *lowering, const struct ir_node *node)
{
    lowering->node = node;
    if (!node)
        return no_answer(lowering);
    struct held held = lower(lowering, node);
    return fits(&held) ? as_answer(lowering, node, &held) : (struct answer){0};
}

static void guard(struct lowering *lowering, const struct ir_node *node)
{
    lowering->node = node;
    struct held held = lower(lowering, node);
    if (!fits(&held))
        return;
    unsigned can = held.form == HELD_TRUTH ? truth_reg(lowering, &held) : can_reg(lowering, &held);
    vec_push(&lowering->program->guards.list, can);
}

/* In the order of the list, so that no chain of sums is gone down at once. A bag is read by what folds it. */
static void lower_all(struct lowering *lowering, const unsigned char *needed)
{
    const struct ir *ir = lowering->question->standard->ir;
    for (size_t i = 0; i < ir->nodes.count && !lowering->misfit->why; i++)
        if (needed[i] && ir->nodes.items[i]->op != IR_BAG)
            lower(lowering, ir->nodes.items[i]);
}

/* ---- where what is open has to be looked at */

static bool has_joint(const struct program *program, const struct ir_node *node)
{
    for (size_t i = 0; i < program->joints.count; i++)
        if (program->joints.items[i].node == node)
            return true;
    return false;
}

/* What is tried would be known: where that is asked, nothing is tried. */
static void add_joint(struct lowering *lowering, const struct ir_node *node)
{
    struct joint joint = {.node = node};
    if (has_joint(lowering->program, node))
        return;
    lowering->node = node;
    joint.value = as_answer(lowering, node, &lowering->held[node->id]);
    joints_find_trials(lowering, &joint);
    for (size_t i = 0; i < joint.tangled.count; i++) {
        size_t input = joint.tangled.items[i].input;
        lowering->program->inputs[input].takes_open &= !lowering->is_asked_known[input];
    }
    vec_push(&lowering->program->joints, joint);
}

static void find_joints(struct lowering *lowering, const unsigned char *needed)
{
    const struct batch_question *question = lowering->question;
    struct program *program = lowering->program;
    for (size_t i = 0; i < question->asked_count; i++) {
        if (!question->asked[i])
            continue;
        struct node_list nodes = joints_below(lowering, needed, question->asked[i]);
        for (size_t k = 0; k < nodes.list.count; k++)
            add_joint(lowering, nodes.list.items[k]);
    }
    for (size_t i = 0; i < program->joints.count; i++)
        program->joints.items[i].alone = program_alone(program, &program->joints.items[i].value);
}

static const struct program *without_joints(const struct program *program)
{
    struct program *whole = MEM_NEW(struct program);
    *whole = *program;
    memset(&whole->joints, 0, sizeof whole->joints);
    return whole;
}

/* What no value hangs on may be open. */
static void free_unread(struct program *program)
{
    bool *read = mem_alloc_plain(program->input_count + 1);
    for (size_t i = 0; i < program->entries.count; i++)
        read[program->entries.items[i].input] = true;
    for (size_t i = 0; i < program->input_count; i++)
        program->inputs[i].takes_open |= !read[i];
}

const struct program *program_new(const struct batch_question *question, struct misfit *misfit)
{
    struct program *program = MEM_NEW(struct program);
    const struct standard *standard = question->standard;
    struct lowering lowering = {.program = program, .question = question, .misfit = misfit};
    *misfit = (struct misfit){0};
    program_find_inputs(program, standard);
    lowering.is_asked_known = mem_alloc_plain(program->input_count + 1);
    lowering.can_fault = find_faults(&lowering);
    const unsigned char *needed = find_needed(&lowering);
    lowering.ways = ways_find(program, standard, needed);
    lowering.held = MEM_ARRAY(struct held, standard->ir->nodes.count);
    program->answers = MEM_ARRAY(struct answer, question->asked_count);
    program->outputs = MEM_ARRAY(struct output, question->asked_count);
    program->answer_count = question->asked_count;
    lower_all(&lowering, needed);
    for (size_t i = 0; i < question->asked_count && !misfit->why; i++) {
        program->answers[i] = answer(&lowering, question->asked[i]);
        program->outputs[i] = program->answers[i].output;
    }
    for (size_t i = 0; i < question->guarded_count && !misfit->why; i++)
        if (is_guarded(&lowering, i))
            guard(&lowering, question->guarded[i]);
    if (misfit->why)
        return NULL;
    find_joints(&lowering, needed);
    joints_find_split(program);
    free_unread(program);
    program_place(program);
    if (program->joints.count)
        program->whole = without_joints(program);
    return program;
}

const struct input *program_inputs(const struct program *program, size_t *count)
{
    *count = program->input_count;
    return program->inputs;
}

const struct output *program_outputs(const struct program *program, size_t *count)
{
    *count = program->answer_count;
    return program->outputs;
}
