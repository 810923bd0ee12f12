/* From what is asked backwards; then along the limits between facts, as far as they lead. */
#include "whatif/marks.h"
#include "base/mem.h"
#include "core/ir.h"

static void mark(struct marks *marks, const struct ir_node *node)
{
    if (node)
        marks->nodes[node->id] = 1;
}

static bool limits_marked(const struct marks *marks, int other)
{
    return other >= 0 && marks->facts[other];
}

static bool mark_fact(struct marks *marks, int slot)
{
    if (slot < 0 || marks->facts[slot])
        return false;
    marks->facts[slot] = 1;
    return true;
}

/* Where one is to move, the facts that limit it or that it limits may have to move with it. */
static void mark_limits(struct marks *marks, const struct standard *standard)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < standard->facts.count; i++) {
            const struct limits *limits = &standard->facts.items[i]->field.limits;
            if (limits_marked(marks, limits->low_fact) || limits_marked(marks, limits->high_fact))
                more |= mark_fact(marks, (int)i);
            if (marks->facts[i]) {
                more |= mark_fact(marks, limits->low_fact);
                more |= mark_fact(marks, limits->high_fact);
            }
        }
    }
}

/* Arguments stand before their uses: one walk backwards does. */
struct marks marks_of(const struct standard *standard, const struct ir_node *const *of, size_t count)
{
    struct marks marks = {mem_alloc_plain(standard->ir->nodes.count + 1),
                          mem_alloc_plain(standard->facts.count + 1)};
    for (size_t i = 0; i < count; i++)
        mark(&marks, of[i]);
    for (size_t id = standard->ir->nodes.count; id-- > 0;) {
        const struct ir_node *node = standard->ir->nodes.items[id];
        for (size_t i = 0; i < node->arg_count && marks.nodes[id]; i++)
            mark(&marks, node->args[i]);
        if (marks.nodes[id] && node->op == IR_FACT)
            marks.facts[node->index] = 1;
        if (!marks.nodes[id] || node->op != IR_BAG_OF)
            continue;
        mark(&marks, node->block->presence);
        mark(&marks, node->block->value);
        mark(&marks, node->block->key);
        for (size_t i = 0; i < node->block->nodes.count; i++)
            mark(&marks, node->block->nodes.items[i]);
    }
    mark_limits(&marks, standard);
    return marks;
}
