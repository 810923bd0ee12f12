#include "core/kernel.h"
#include <stdlib.h>
#include "base/mem.h"
#include "base/str.h"

/* ---- numbers */

static bool too_large(struct range range)
{
    return (!range.low.infinite && !num_valid(range.low.at)) ||
           (!range.high.infinite && !num_valid(range.high.at));
}

struct value kernel_range(const struct ir_node *node, struct range range)
{
    return too_large(range) ? value_fault(FAULT_TOO_LARGE, node) : value_range(range);
}

/* The first argument that is a fault, else one that can be nothing but n/a; NULL: go on, and n/a comes besides where `na`. */
static const struct value *settled_by(const struct ir_node *node, const struct value *const *args, bool *na)
{
    const struct value *nothing_else = NULL;
    for (size_t i = 0; i < node->arg_count; i++) {
        if (args[i]->fault)
            return args[i];
        *na |= args[i]->na;
        nothing_else = args[i]->nothing_else ? args[i] : nothing_else;
    }
    return nothing_else;
}

static struct value number(const struct ir_node *node, struct range result)
{
    return node->type.kind == TYPE_DATE && !too_large(result) ? kernel_days(node, range_floor(result))
                                                              : kernel_range(node, result);
}

static struct value divide(const struct ir_node *node, const struct value *const *args)
{
    struct range divisor = args[1]->range;
    if (range_is_point(divisor) && num_sign(divisor.low.at) == 0)
        return value_fault(FAULT_DIVISION, node);
    return number(node, range_div(args[0]->range, divisor));
}

/* ---- comparisons */

/* Two that can be the same, and two of which each can be one thing alone. */
static unsigned same_or_not(bool can, bool known)
{
    return !can ? TRUTH_NO : known ? TRUTH_YES : TRUTH_UNKNOWN;
}

static unsigned same_text(const char *a, const char *b)
{
    if (!a || !b)
        return TRUTH_UNKNOWN;
    return str_equal(a, b) ? TRUTH_YES : TRUTH_NO;
}

static unsigned same_truth(unsigned a, unsigned b)
{
    return same_or_not(a & b, a == b && a != TRUTH_UNKNOWN);
}

static unsigned same_months(const struct value *a, const struct value *b)
{
    bool can = !(a->months.sure & ~b->months.possible) && !(b->months.sure & ~a->months.possible);
    return same_or_not(can, value_is_known(a) && value_is_known(b));
}

static unsigned same(const struct value *a, const struct value *b)
{
    switch (a->kind) {
    case VALUE_TEXT: return same_text(a->text, b->text);
    case VALUE_TRUTH: return same_truth(a->truth, b->truth);
    case VALUE_MONTHS: return same_months(a, b);
    case VALUE_NUMBER:
    case VALUE_DOCUMENT: return range_same(a->range, b->range);
    case VALUE_NONE:
    case VALUE_SEQUENCE: break;
    }
    return TRUTH_UNKNOWN;
}

/* ---- truth: sets of yes, no, n/a as three bits */

enum { CAN_YES = TRUTH_YES, CAN_NO = TRUTH_NO, CAN_NA = 4 };

static unsigned truths_of(const struct value *value)
{
    if (value->nothing_else)
        return CAN_NA;
    return value->truth | (value->na ? CAN_NA : 0u);
}

static struct value of_truths(unsigned truths)
{
    if (truths == CAN_NA)
        return value_na();
    struct value value = value_truth(truths & TRUTH_UNKNOWN);
    value.na = truths & CAN_NA;
    return value;
}

/* What `dominant` (no for `and`, yes for `or`) decides alone; n/a beats the other. */
static unsigned junction(unsigned a, unsigned b, unsigned dominant)
{
    unsigned neutral = dominant ^ TRUTH_UNKNOWN, result = (a | b) & dominant;
    if ((a & CAN_NA && b & (CAN_NA | neutral)) || (b & CAN_NA && a & (CAN_NA | neutral)))
        result |= CAN_NA;
    if (a & b & neutral)
        result |= neutral;
    return result;
}

/* Left to right: a fault counts only where what stands before it does not decide; where it may, the deciding case is what remains. */
static struct value chain(const struct ir_node *node, const struct value *const *args, unsigned dominant)
{
    unsigned result = dominant ^ TRUTH_UNKNOWN;
    for (size_t i = 0; i < node->arg_count && result != dominant; i++) {
        if (args[i]->fault)
            return result & dominant ? of_truths(dominant) : *args[i];
        result = junction(result, truths_of(args[i]), dominant);
    }
    return of_truths(result);
}

/* How many of some conditions hold: surely, possibly, and possibly if n/a could stand for yes. */
struct tally {
    long sure, can, can_with_na, not_no;
    bool na;
};

static void count_truths(struct tally *tally, unsigned truths)
{
    tally->sure += truths == CAN_YES;
    tally->can += (truths & CAN_YES) != 0;
    tally->can_with_na += (truths & (CAN_YES | CAN_NA)) != 0;
    tally->not_no += !(truths & CAN_NO);
    tally->na |= (truths & CAN_NA) != 0;
}

/* Left to right, as far as needed: what stands behind the deciding condition may be a fault. */
static struct value at_least(const struct ir_node *node, const struct value *const *args)
{
    struct tally tally = {0};
    for (size_t i = 0; i < node->arg_count && tally.sure < node->index; i++) {
        if (args[i]->fault)
            return tally.can >= node->index ? of_truths(CAN_YES) : *args[i];
        count_truths(&tally, truths_of(args[i]));
    }
    if (tally.sure >= node->index)
        return of_truths(CAN_YES);
    if (tally.can_with_na < node->index)
        return of_truths(CAN_NO);
    unsigned result = tally.na ? CAN_NA : 0u;
    result |= tally.can >= node->index ? CAN_YES : 0u;
    result |= tally.not_no < node->index ? CAN_NO : 0u;
    return of_truths(result);
}

static struct value negated(const struct value *of)
{
    unsigned truths = truths_of(of);
    return of_truths((truths & CAN_NA) | (truths & CAN_YES ? CAN_NO : 0u) | (truths & CAN_NO ? CAN_YES : 0u));
}

/* With n/a besides. Where anything else is a fault, n/a is all that can be given without an error. */
static struct value or_na(struct value value)
{
    return value.fault ? value_na() : value_or_na(value);
}

static struct value choose(const struct value *const *args)
{
    if (args[0]->fault)
        return *args[0];
    unsigned truths = truths_of(args[0]);
    if (truths == CAN_YES || truths == CAN_NO)
        return *args[truths == CAN_YES ? 1 : 2];
    struct value result = {.kind = VALUE_NONE};
    if (truths & CAN_YES)
        result = *args[1];
    if (truths & CAN_NO)
        result = truths & CAN_YES ? value_join(result, *args[2]) : *args[2];
    if (truths & CAN_NA)
        result = truths == CAN_NA ? value_na() : or_na(result);
    return result;
}

static struct value na_as(const struct value *const *args)
{
    if (args[0]->fault || !args[0]->na)
        return *args[0];
    if (args[0]->nothing_else)
        return *args[1];
    return value_join(value_without_na(*args[0]), *args[1]);
}

static struct value is_na(const struct value *of)
{
    if (of->fault)
        return *of;
    return value_truth(of->nothing_else ? TRUTH_YES : of->na ? TRUTH_UNKNOWN : TRUTH_NO);
}

/* ---- lengths */

static struct value length_of(const struct value *of)
{
    if (of->kind == VALUE_DOCUMENT)
        return value_range(of->range);
    if (!of->text)
        return value_range(range_counting());
    int64_t characters = 0;
    for (const char *byte = of->text; *byte; byte++)
        characters += ((unsigned char)*byte & 0xC0) != 0x80;
    return value_int(characters);
}

static struct value count_months(const struct value *of)
{
    return value_range(
        range_whole(__builtin_popcount(of->months.sure), __builtin_popcount(of->months.possible)));
}

/* ---- the dispatch */

/* Operations whose result is n/a where an argument is; `args` are free of faults and can all be something else than n/a. */
static struct value strict(const struct ir_node *node, const struct value *const *args)
{
    switch (node->op) {
    case IR_ADD: return number(node, range_add(args[0]->range, args[1]->range));
    case IR_SUB: return number(node, range_sub(args[0]->range, args[1]->range));
    case IR_MUL: return number(node, range_mul(args[0]->range, args[1]->range));
    case IR_DIV: return divide(node, args);
    case IR_MIN: return number(node, range_min(args[0]->range, args[1]->range));
    case IR_MAX: return number(node, range_max(args[0]->range, args[1]->range));
    case IR_ABS: return kernel_range(node, range_abs(args[0]->range));
    case IR_ROUND: return kernel_range(node, range_round(args[0]->range, node->step, node->rounding));
    case IR_LESS: return value_truth(range_less(args[0]->range, args[1]->range));
    case IR_LESS_EQUAL: return value_truth(range_less_equal(args[0]->range, args[1]->range));
    case IR_EQUAL: return value_truth(same(args[0], args[1]));
    case IR_ADD_MONTHS:
    case IR_MONTHS_FROM:
    case IR_YEARS_FROM:
    case IR_YEAR:
    case IR_MONTH: return kernel_calendar(node, args);
    case IR_LENGTH: return length_of(args[0]);
    case IR_MONTH_COUNT: return count_months(args[0]);
    case IR_BAG:
    case IR_BEST_PER:
    case IR_DROP:
    case IR_COUNT:
    case IR_SUM:
    case IR_MEAN:
    case IR_HIGHEST:
    case IR_LOWEST:
    case IR_EVERY:
    case IR_SOME: return kernel_bag(node, args);
    case IR_CONST:
    case IR_FACT:
    case IR_SETTING:
    case IR_JUDGED:
    case IR_CALENDAR:
    case IR_ELEMENT:
    case IR_POSITION:
    case IR_COHORT:
    case IR_BAG_OF:
    case IR_MIX:
    case IR_IS_KNOWN:
    case IR_FAULT:
    case IR_NOT:
    case IR_AND:
    case IR_OR:
    case IR_AT_LEAST:
    case IR_IF:
    case IR_IS_NA:
    case IR_NA_AS:
    case IR_OP_COUNT: break;
    }
    abort();
}

struct value kernel_apply(const struct ir_node *node, const struct value *const *args)
{
    bool na = false;
    switch ((int)node->op) {
    case IR_AND: return chain(node, args, CAN_NO);
    case IR_OR: return chain(node, args, CAN_YES);
    case IR_AT_LEAST: return at_least(node, args);
    case IR_IF: return choose(args);
    case IR_NA_AS: return na_as(args);
    case IR_IS_NA: return is_na(args[0]);
    case IR_BAG: return kernel_bag(node, args);
    case IR_NOT: return args[0]->fault ? *args[0] : negated(args[0]);
    case IR_IS_KNOWN:
        return args[0]->fault ? *args[0] : value_truth(value_is_known(args[0]) ? TRUTH_YES : TRUTH_NO);
    case IR_MIX: return *args[0];
    }
    const struct value *settled = settled_by(node, args, &na);
    if (settled)
        return *settled;
    return na ? or_na(strict(node, args)) : strict(node, args);
}
