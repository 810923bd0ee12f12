/* Holes that meet in a sum alone move the result each by itself; those that meet in anything else are told. */
#include "eval/interplay.h"
#include "base/mem.h"

struct finder {
    const struct search *search;
    size_t context;
    bool **below; /* [context][node id]: the result rests on it */
    struct interplay *interplay;
};

/* ---- what the result rests on; of rows all meet all in the bag that they come to */

static void mark_args(const struct finder *finder, const struct ir_node *node)
{
    const struct run *run = finder->search->run;
    bool mixes = node->op == IR_MIX && run_is_mix(run, finder->context);
    for (size_t i = 0; i < node->arg_count; i++)
        for (size_t c = 0; c < run->contexts; c++)
            if (mixes ? c < run->columns : c == finder->context)
                finder->below[run->first[c]][node->args[i]->id] = true;
}

static void mark_below(struct finder *finder)
{
    const struct run *run = finder->search->run;
    for (finder->context = run->contexts; finder->context-- > 0;)
        for (size_t i = run->nodes; i-- > 0;)
            if (finder->below[finder->context][i])
                mark_args(finder, run->standard->ir->nodes.items[i]);
}

/* ---- where holes meet */

static const struct value *value_at(const struct finder *finder, const struct ir_node *node)
{
    return &finder->search->run->values[finder->context][node->id];
}

/* One of both is the least, or the most, whatever happens. */
static bool is_decided(const struct finder *finder, const struct ir_node *node)
{
    const struct value *a = value_at(finder, node->args[0]), *b = value_at(finder, node->args[1]);
    if (a->kind != VALUE_NUMBER || b->kind != VALUE_NUMBER || finder->search->run->inner[node->id])
        return false;
    return cut_compare(a->range.high, b->range.low) <= 0 || cut_compare(b->range.high, a->range.low) <= 0;
}

static bool is_sum(const struct finder *finder, const struct ir_node *node)
{
    if (value_at(finder, node)->na)
        return false;
    switch ((int)node->op) {
    case IR_ADD:
    case IR_SUB: return true;
    case IR_MIX:
    case IR_NA_AS: return !value_at(finder, node->args[0])->na;
    case IR_MIN:
    case IR_MAX: return is_decided(finder, node);
    }
    return false;
}

/* Each hole of `whose` is met by all of `others`. */
static void join_sets(const struct finder *finder, uint64_t **sets, const uint64_t *whose,
                      const uint64_t *others)
{
    for (size_t i = 0; i < search_holes(finder->search); i++)
        if (set_has(whose, i))
            set_join(sets[i], others, finder->interplay->words);
}

static const uint64_t *on_arg(const struct finder *finder, const struct ir_node *node, size_t i)
{
    return depend_on(finder->search->depend, finder->context, node->args[i]);
}

/* The first argument meets all the others, and itself; those do not meet each other. */
static void meet_first(const struct finder *finder, const struct ir_node *node, bool itself)
{
    uint64_t **sets = finder->interplay->strong;
    const uint64_t *first = on_arg(finder, node, 0);
    if (itself)
        join_sets(finder, sets, first, first);
    for (size_t i = 1; i < node->arg_count; i++) {
        join_sets(finder, sets, first, on_arg(finder, node, i));
        join_sets(finder, sets, on_arg(finder, node, i), first);
    }
}

static void meet_all(const struct finder *finder, const struct ir_node *node, uint64_t **sets)
{
    const uint64_t *on = depend_on(finder->search->depend, finder->context, node);
    join_sets(finder, sets, on, on);
}

static void meet(const struct finder *finder, const struct ir_node *node)
{
    bool can_be_na = value_at(finder, node)->na;
    switch ((int)node->op) {
    case IR_MUL:
    case IR_DIV:
        if (can_be_na)
            break;
        meet_first(finder, node, false);
        if (node->op == IR_DIV)
            join_sets(finder, finder->interplay->strong, on_arg(finder, node, 1), on_arg(finder, node, 1));
        return;
    case IR_IF:
    case IR_NA_AS: meet_first(finder, node, true); return;
    case IR_ROUND:
        if (can_be_na)
            break;
        meet_all(finder, node, finder->interplay->weak);
        return;
    }
    meet_all(finder, node, finder->interplay->strong);
}

static void find_meetings(struct finder *finder)
{
    const struct run *run = finder->search->run;
    for (finder->context = 0; finder->context < run->contexts; finder->context++)
        for (size_t i = 0; i < run->nodes; i++) {
            const struct ir_node *node = run->standard->ir->nodes.items[i];
            if (finder->below[finder->context][i] && node->arg_count && !is_sum(finder, node))
                meet(finder, node);
        }
}

static bool is_fact(const struct hole *hole, size_t slot)
{
    return hole->kind == HOLE_FACT && hole->slot == slot;
}

/* What a limit between facts ties together. */
static void meet_at_limits(const struct finder *finder)
{
    const struct holes *holes = finder->search->holes;
    for (size_t i = 0; i < holes->limits.count; i++) {
        size_t slots[] = {holes->limits.items[i].slot, holes->limits.items[i].other};
        for (size_t a = 0; a < holes->list.count; a++)
            for (size_t b = 0; b < holes->list.count; b++)
                for (int turn = 0; turn < 2; turn++)
                    if (is_fact(&holes->list.items[a], slots[turn]) &&
                        is_fact(&holes->list.items[b], slots[!turn]))
                        set_add(finder->interplay->strong[a], b);
    }
}

struct interplay *interplay_find(const struct search *search, size_t context, const struct ir_node *result)
{
    struct interplay *interplay = MEM_NEW(struct interplay);
    size_t holes = search_holes(search);
    interplay->words = search->depend->words;
    interplay->strong = MEM_ARRAY(uint64_t *, holes);
    interplay->weak = MEM_ARRAY(uint64_t *, holes);
    for (size_t i = 0; i < holes; i++) {
        interplay->strong[i] = mem_alloc_plain(interplay->words * sizeof(uint64_t));
        interplay->weak[i] = mem_alloc_plain(interplay->words * sizeof(uint64_t));
    }
    struct finder finder = {.search = search, .interplay = interplay};
    finder.below = MEM_ARRAY(bool *, search->run->contexts);
    for (size_t c = 0; c < search->run->contexts; c++)
        finder.below[c] = mem_alloc_plain(search->run->nodes);
    if (result)
        finder.below[context][result->id] = true;
    mark_below(&finder);
    find_meetings(&finder);
    meet_at_limits(&finder);
    return interplay;
}
