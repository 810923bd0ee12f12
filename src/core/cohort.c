#include "core/cohort.h"
#include "base/mem.h"

const struct cohort_figure *cohort_figure(const struct cohort_reads *reads, const struct ir_node *node)
{
    for (size_t i = 0; i < reads->figures.count; i++)
        if (reads->figures.items[i].node == node)
            return &reads->figures.items[i];
    return NULL;
}

static void raise_to(size_t *level, size_t other)
{
    *level = other > *level ? other : *level;
}

/* `levels` is [node id]: how many levels of figures a node rests on. */
static size_t level_of(const struct cohort_reads *reads, const struct ir_node *node, const size_t *levels)
{
    size_t level = 0;
    if (node->op == IR_COHORT) {
        const struct cohort_input *input = &reads->inputs.items[node->index];
        return levels[reads->operands.items[input->operand].node->id] + 1;
    }
    for (size_t i = 0; i < node->arg_count; i++)
        raise_to(&level, levels[node->args[i]->id]);
    if (node->op == IR_BAG_OF) {
        raise_to(&level, levels[node->block->presence->id]);
        raise_to(&level, levels[node->block->value->id]);
        raise_to(&level, node->block->key ? levels[node->block->key->id] : 0);
    }
    return level;
}

void cohort_find_levels(struct cohort_reads *reads, const struct ir *ir)
{
    if (!reads->inputs.count)
        return;
    size_t *levels = mem_alloc_plain(ir->nodes.count * sizeof *levels);
    for (size_t i = 0; i < ir->nodes.count; i++)
        levels[i] = level_of(reads, ir->nodes.items[i], levels);
    for (size_t i = 0; i < reads->operands.count; i++) {
        struct cohort_operand *operand = &reads->operands.items[i];
        operand->level = levels[operand->node->id];
        raise_to(&reads->levels, operand->level + 1);
    }
}
