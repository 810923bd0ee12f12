#include "audit/doubt.h"
#include "base/mem.h"

static const struct type TRUTH = {.kind = TYPE_YESNO};

static struct ir_node *own(const struct doubts *doubts, const struct ir_node *node)
{
    return doubts->ir->nodes.items[node->id];
}

static struct ir_node *without_na(struct doubts *doubts, const struct ir_node *of)
{
    struct ir_node *node = own(doubts, of);
    if (!node->bounds.na)
        return node;
    struct ir_node *no = ir_truth(doubts->ir, false, node->origin);
    return ir_binary(doubts->ir, IR_NA_AS, TRUTH, node, no, node->origin);
}

struct ir_node *doubt_and(struct doubts *doubts, const struct ir_node *a, const struct ir_node *b)
{
    if (!a || !b)
        return own(doubts, a ? a : b);
    return ir_binary(doubts->ir, IR_AND, TRUTH, without_na(doubts, a), without_na(doubts, b), a->origin);
}

struct ir_node *doubt_not(struct doubts *doubts, const struct ir_node *of)
{
    return ir_unary(doubts->ir, IR_NOT, TRUTH, without_na(doubts, of), of->origin);
}

unsigned char *doubt_marks(const struct standard *standard)
{
    return mem_alloc_plain(standard->ir->nodes.count + 1);
}

bool doubt_reads(const struct standard *standard, const struct ir_node *node, const unsigned char *what)
{
    const unsigned char *below = ir_below(standard->ir, node);
    for (size_t id = 0; id <= node->id; id++)
        if (below[id] && what[id])
            return true;
    return false;
}

const char *doubt_title(const char *label, struct span span)
{
    return label && *label ? label : span_text(span);
}
