/* Each way in which what is asked for may be n/a or not is a case; in each, values are worked out anew from what is known in it. */
#include "sema/may_be_na.h"
#include "base/mem.h"
#include "core/kernel.h"

enum { ASKED_MAX = 6 };

struct cases {
    const struct ir_node *asked[ASKED_MAX]; /* what `is n/a` is asked of */
    size_t asked_count;
    unsigned as_na;       /* bit i: in the case at hand asked[i] is n/a */
    struct value *values; /* by node id, of the case at hand */
    unsigned *known_in;   /* by node id: the case it was computed in, from 1; 0: none, seen or not */
    bool *seen;           /* by node id */
};

static bool is_plain(const struct ir_node *node)
{
    return node->op >= IR_ADD && node->op <= IR_MONTH_COUNT;
}

static long place_of(const struct cases *cases, const struct ir_node *node)
{
    for (size_t i = 0; i < cases->asked_count; i++)
        if (ir_same(cases->asked[i], node))
            return (long)i;
    return -1;
}

/* What goes past the limit is not told apart. */
static void find_asked(struct cases *cases, const struct ir_node *node)
{
    if (cases->seen[node->id] || !is_plain(node))
        return;
    cases->seen[node->id] = true;
    if (node->op == IR_IS_NA && cases->asked_count < ASKED_MAX && place_of(cases, node->args[0]) < 0)
        cases->asked[cases->asked_count++] = node->args[0];
    for (size_t i = 0; i < node->arg_count; i++)
        find_asked(cases, node->args[i]);
}

static struct value value_of(struct cases *cases, const struct ir_node *node);

static struct value computed(struct cases *cases, const struct ir_node *node)
{
    const struct value **args = MEM_ARRAY(const struct value *, node->arg_count + 1);
    for (size_t i = 0; i < node->arg_count; i++) {
        struct value *arg = MEM_NEW(struct value);
        *arg = value_of(cases, node->args[i]);
        args[i] = arg;
    }
    return kernel_apply(node, args);
}

static struct value value_of(struct cases *cases, const struct ir_node *node)
{
    if (ir_is_const(node))
        return node->bounds;
    if (cases->known_in[node->id] == cases->as_na + 1)
        return cases->values[node->id];
    long place = place_of(cases, node);
    struct value value = is_plain(node) && place < 0 ? computed(cases, node) : node->bounds;
    if (place >= 0 && cases->as_na & 1u << place)
        value = value_na();
    else if (place >= 0 && !value.nothing_else)
        value.na = false;
    cases->known_in[node->id] = cases->as_na + 1;
    return cases->values[node->id] = value;
}

bool may_be_na(const struct ir *ir, const struct ir_node *node)
{
    size_t count = ir->nodes.count;
    if (!node->bounds.na)
        return false;
    struct cases cases = {.values = MEM_ARRAY(struct value, count),
                          .known_in = MEM_ARRAY(unsigned, count),
                          .seen = MEM_ARRAY(bool, count)};
    find_asked(&cases, node);
    for (; cases.as_na < 1u << cases.asked_count; cases.as_na++)
        if (value_of(&cases, node).na)
            return true;
    return false;
}
