#include "smt/few.h"
#include "base/mem.h"
#include "core/value.h"

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

/* ---- by node, arguments first: branches share what they are worked out from */

static bool is_open(const struct ir_node *node)
{
    const struct value *bounds = &node->bounds;
    return bounds->kind == VALUE_NUMBER && !value_is_na(bounds) && !bounds->fault &&
           !range_is_point(bounds->range);
}

/* The arguments whose numbers it has: from `first` on, `count` of them. */
static size_t first_of(const struct ir_node *node, size_t *count)
{
    switch ((int)node->op) {
    case IR_ADD:
    case IR_SUB:
    case IR_MUL:
    case IR_MIN:
    case IR_MAX:
    case IR_NA_AS: return *count = 2, 0;
    case IR_IF: return *count = 2, 1;
    }
    return *count = 0, 0;
}

static struct few values_of_op(const struct smt *smt, const struct ir_node *node)
{
    size_t count, first = first_of(node, &count);
    if (!count)
        return (struct few){.count = 0};
    const struct few *a = smt->few[node->args[first]->id], *b = smt->few[node->args[first + 1]->id];
    return node->op == IR_IF || node->op == IR_NA_AS ? joined(*a, *b) : combined(node->op, *a, *b);
}

/* For one that is n/a and nothing else the script has 0. */
static struct few values(const struct smt *smt, const struct ir_node *node)
{
    const struct value *bounds = &node->bounds;
    if (value_is_na(bounds))
        return (struct few){.numbers = {num_int(0)}, .count = 1};
    if (bounds->kind != VALUE_NUMBER || bounds->fault)
        return (struct few){.count = 0};
    if (range_is_point(bounds->range))
        return (struct few){.numbers = {bounds->range.low.at}, .count = 1};
    struct few few = values_of_op(smt, node);
    return few.count ? few : whole_range(bounds->range);
}

static bool *find_needed(const struct smt *smt, const struct ir_node *node)
{
    bool *needed = mem_alloc_plain(node->id + 1);
    needed[node->id] = true;
    for (size_t id = node->id + 1; id-- > 0;) {
        const struct ir_node *below = smt->ir->nodes.items[id];
        size_t count, first = first_of(below, &count);
        needed[id] &= !smt->few[id];
        for (size_t i = first; needed[id] && is_open(below) && i < first + count; i++)
            needed[below->args[i]->id] = true;
    }
    return needed;
}

const struct few *few_values(struct smt *smt, const struct ir_node *node)
{
    const bool *needed = find_needed(smt, node);
    for (size_t id = 0; id <= node->id; id++)
        if (needed[id]) {
            struct few *few = MEM_NEW(struct few);
            *few = values(smt, smt->ir->nodes.items[id]);
            smt->few[id] = few;
        }
    return smt->few[node->id];
}
