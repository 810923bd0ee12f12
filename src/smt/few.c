#include "smt/few.h"
#include "core/value.h"

/* As deep as it is looked: what stands deeper is taken for many. */
enum { DEPTH_MAX = 200 };

static struct few values(const struct ir_node *node, int depth);

static void put(struct few *few, bool *many, struct num number)
{
    for (size_t i = 0; i < few->count; i++)
        if (num_equal(few->numbers[i], number))
            return;
    *many |= few->count == FEW_MAX;
    if (!*many)
        few->numbers[few->count++] = number;
}

static struct few joined(struct few a, struct few b)
{
    bool many = !a.count || !b.count;
    for (size_t i = 0; i < b.count && !many; i++)
        put(&a, &many, b.numbers[i]);
    return many ? (struct few){.count = 0} : a;
}

static struct num worked_out(enum ir_op op, struct num a, struct num b)
{
    switch ((int)op) {
    case IR_ADD: return num_add(a, b);
    case IR_SUB: return num_sub(a, b);
    case IR_MUL: return num_mul(a, b);
    case IR_MIN: return num_min(a, b);
    default: return num_max(a, b);
    }
}

static struct few combined(enum ir_op op, struct few a, struct few b)
{
    struct few few = {.count = 0};
    bool many = false;
    for (size_t i = 0; i < a.count && !many; i++)
        for (size_t k = 0; k < b.count && !many; k++)
            put(&few, &many, worked_out(op, a.numbers[i], b.numbers[k]));
    return many ? (struct few){.count = 0} : few;
}

static struct few whole_range(struct range range)
{
    struct few few = {.count = 0};
    int64_t low, high;
    if (!range.whole || range.low.infinite || range.high.infinite || !num_to_int(range.low.at, &low) ||
        !num_to_int(range.high.at, &high) || high - low >= FEW_MAX)
        return few;
    for (int64_t number = low; number <= high; number++)
        few.numbers[few.count++] = num_int(number);
    return few;
}

static struct few values_of_op(const struct ir_node *node, int depth)
{
    struct ir_node *const *args = node->args;
    switch ((int)node->op) {
    case IR_ADD:
    case IR_SUB:
    case IR_MUL:
    case IR_MIN:
    case IR_MAX: return combined(node->op, values(args[0], depth), values(args[1], depth));
    case IR_IF: return joined(values(args[1], depth), values(args[2], depth));
    case IR_NA_AS: return joined(values(args[0], depth), values(args[1], depth));
    }
    return (struct few){.count = 0};
}

/* For one that is n/a and nothing else the script has 0. */
static struct few values(const struct ir_node *node, int depth)
{
    const struct value *bounds = &node->bounds;
    if (value_is_na(bounds))
        return (struct few){.numbers = {num_int(0)}, .count = 1};
    if (bounds->kind != VALUE_NUMBER || bounds->fault || depth == DEPTH_MAX)
        return (struct few){.count = 0};
    if (range_is_point(bounds->range))
        return (struct few){.numbers = {bounds->range.low.at}, .count = 1};
    struct few few = values_of_op(node, depth + 1);
    return few.count ? few : whole_range(bounds->range);
}

struct few few_values(const struct ir_node *node)
{
    return values(node, 0);
}
