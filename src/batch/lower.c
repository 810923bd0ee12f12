/* From the nodes of the core IR to instructions on columns, arguments before their uses. An operation that columns lack ends the attempt: all
 * units are then evaluated one by one, and the caller says why. */
#include <stdlib.h>
#include "base/mem.h"
#include "batch/can.h"
#include "batch/held.h"

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
    unsigned truth = lowering_bytes(lowering, COLUMN_TRUTH_OF, entry->number, NO_REG, NO_REG, 0, 0);
    if (entry->can != NO_REG)
        truth = lowering_bytes(lowering, COLUMN_CAN_TRUTH, entry->can, NO_REG, truth, 0, CAN_BE_ELSE);
    return held_truth_in(truth, entry->can != NO_REG);
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

/* n/a and faults of both arguments are those of the result. */
static struct held with_can(struct lowering *lowering, struct held result, const struct held *a,
                            const struct held *b)
{
    if (!held_fits(&result) || (held_is_plain(a) && held_is_plain(b)))
        return result;
    result.can = lowering_bytes(lowering, COLUMN_CAN_BOTH, a->can, b->can, NO_REG, a->can_be, b->can_be);
    return result;
}

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
    if (!held_fits(&result) || held_is_constant(&bottom) ||
        (bottom.form == HELD_NUMBER && bottom.extent.low > 0))
        return result;
    result.can =
        lowering_bytes(lowering, COLUMN_CAN_DIVIDE, result.can, bottom.reg, NO_REG, result.can_be, 0);
    return result;
}

static struct held compare_numbers(struct lowering *lowering, enum column_op op, struct held a, struct held b)
{
    struct held truth = held_compare(lowering, op, a, b);
    if (!held_fits(&truth) || (held_is_plain(&a) && held_is_plain(&b)))
        return truth;
    return held_truth_in(
        lowering_bytes(lowering, COLUMN_CAN_TRUTH, a.can, b.can, truth.reg, a.can_be, b.can_be), true);
}

static struct held compare(struct lowering *lowering, const struct ir_node *node, enum column_op op)
{
    struct held a = lowering_value(lowering, node->args[0]), b = lowering_value(lowering, node->args[1]);
    if (!held_fits(&a) || !held_fits(&b))
        return (struct held){0};
    if (a.form != HELD_TRUTH)
        return compare_numbers(lowering, op, a, b);
    unsigned same = lowering_bytes(lowering, COLUMN_SAME, lowering_can(lowering, &a),
                                   lowering_can(lowering, &b), NO_REG, 0, 0);
    return held_truth_in(same, a.odd || b.odd);
}

/* ---- junctions */

static struct held junction(struct lowering *lowering, const struct ir_node *node)
{
    struct held result = lowering_value(lowering, node->args[0]);
    for (size_t i = 1; i < node->arg_count && held_fits(&result); i++) {
        struct held next = lowering_value(lowering, node->args[i]);
        result = held_fits(&next) ? held_join(lowering, result, next, node->op == IR_AND) : next;
    }
    return result;
}

static struct held negate(struct lowering *lowering, struct held truth)
{
    return held_fits(&truth)
               ? held_truth_in(lowering_bytes(lowering, COLUMN_NOT, lowering_can(lowering, &truth), NO_REG,
                                              NO_REG, 0, 0),
                               truth.odd)
               : truth;
}

static struct held one_or_none(struct lowering *lowering, const struct held *truth)
{
    return held_choose(lowering, lowering_can(lowering, truth), held_number(num_int(1)),
                       held_number(num_int(0)));
}

/* How many hold, n/a counted as said. */
static struct held count_holding(struct lowering *lowering, const struct ir_node *node, unsigned na_counts_as)
{
    struct held sum = held_number(num_int(0));
    for (size_t i = 0; i < node->arg_count && held_fits(&sum); i++) {
        struct held truth = lowering_value(lowering, node->args[i]);
        if (!held_fits(&truth))
            return truth;
        truth = held_na_counts_as(lowering, &truth, na_counts_as);
        sum = held_binary(lowering, COLUMN_ADD, sum, one_or_none(lowering, &truth));
    }
    return sum;
}

static struct held holds(struct lowering *lowering, const struct ir_node *node, unsigned na_counts_as)
{
    struct held sum = count_holding(lowering, node, na_counts_as);
    return held_fits(&sum) ? held_compare(lowering, COLUMN_LESS_EQUAL, held_number(num_int(node->index)), sum)
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
    if (!odd || !held_fits(&enough))
        return enough;
    struct held perhaps = holds(lowering, node, CAN_BE_YES);
    if (!held_fits(&perhaps))
        return perhaps;
    unsigned else_na = lowering_bytes(lowering, COLUMN_IF_BYTES, NO_REG, NO_REG,
                                      lowering_can(lowering, &perhaps), CAN_BE_NA, CAN_BE_NO);
    return held_truth_in(lowering_bytes(lowering, COLUMN_IF_BYTES, NO_REG, else_na,
                                        lowering_can(lowering, &enough), CAN_BE_YES, 0),
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
    return held_truth_in(lowering_emit(lowering, REG_BYTES, instr), odd || yes->odd || no->odd);
}

static struct held choose(struct lowering *lowering, const struct ir_node *node)
{
    struct held when = lowering_value(lowering, node->args[0]), yes = lowering_value(lowering, node->args[1]),
                no = lowering_value(lowering, node->args[2]);
    if (!held_fits(&when) || !held_fits(&yes) || !held_fits(&no))
        return (struct held){0};
    unsigned by = lowering_can(lowering, &when);
    return yes.form == HELD_TRUTH ? choose_truths(lowering, by, &yes, &no, when.odd)
                                  : lowering_choose(lowering, by, &yes, &no, when.odd);
}

static struct held is_na(struct lowering *lowering, const struct ir_node *node)
{
    struct held of = lowering_value(lowering, node->args[0]);
    if (!held_fits(&of))
        return of;
    if (of.form == HELD_TRUTH ? !of.odd : held_is_plain(&of))
        return held_truth(CAN_BE_NO);
    unsigned can = of.form == HELD_TRUTH ? lowering_can(lowering, &of) : lowering_can(lowering, &of);
    return held_truth_in(lowering_bytes(lowering, COLUMN_CAN_IS_NA, can, NO_REG, NO_REG, 0, 0), true);
}

/* The first as far as it is a number, the second as far as that is n/a. */
static struct held na_as(struct lowering *lowering, const struct ir_node *node)
{
    struct held of = lowering_value(lowering, node->args[0]),
                instead = lowering_value(lowering, node->args[1]);
    if (!held_fits(&of) || !held_fits(&instead) || (of.form != HELD_TRUTH && held_is_plain(&of)))
        return held_fits(&instead) ? of : instead;
    if (of.form == HELD_TRUTH) {
        unsigned by = lowering_bytes(lowering, COLUMN_CAN_NA_AS, lowering_can(lowering, &of), instead.reg,
                                     NO_REG, 0, instead.constant);
        return held_truth_in(by, true);
    }
    unsigned can = lowering_can(lowering, &of),
             split = lowering_bytes(lowering, COLUMN_CAN_SPLIT, can, NO_REG, NO_REG, 0, 0);
    struct held result = held_choose(lowering, split, of, instead);
    result.can = lowering_bytes(lowering, COLUMN_CAN_NA_AS, can, instead.can, NO_REG, 0, instead.can_be);
    return result;
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
    return held_truth_in(lowering_bytes(lowering, COLUMN_KNOWN, NO_REG, NO_REG, NO_REG, input, 0), false);
}

static struct held unary(struct lowering *lowering, const struct ir_node *node)
{
    struct held of = lowering_value(lowering, node->args[0]);
    struct held result =
        node->op == IR_ABS ? held_abs(lowering, of) : held_round(lowering, of, node->step, node->rounding);
    if (held_fits(&result)) {
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
    case IR_SOME: return lowering_fold(lowering, node);
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
        *held = held_na_counts_as(lowering, held, 0);
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
