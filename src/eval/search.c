#include "eval/search.h"
#include "base/mem.h"

/* ---- filling */

size_t search_holes(const struct search *search)
{
    return search->holes->list.count;
}

const struct hole *search_hole(const struct search *search, size_t hole)
{
    return &search->holes->list.items[hole];
}

void search_fill(struct search *search, size_t hole, struct value value)
{
    hole_fill(search->holes, search->run, hole, value);
}

void search_open(struct search *search)
{
    for (size_t i = 0; i < search_holes(search); i++)
        search_fill(search, i, search_hole(search, i)->domain);
}

const struct value *search_fills(const struct search *search)
{
    struct value *fill = MEM_ARRAY(struct value, search_holes(search) + 1);
    for (size_t i = 0; i < search_holes(search); i++)
        fill[i] = search_hole(search, i)->now;
    return fill;
}

void search_refill(struct search *search, const struct value *fill)
{
    for (size_t i = 0; i < search_holes(search); i++)
        search_fill(search, i, fill[i]);
}

/* ---- passes */

static bool outputs_hold(const struct search *search, size_t context)
{
    const struct outputs *outputs = &search->outputs[context];
    for (size_t i = 0; i < outputs->count; i++)
        if (search->run->values[context][outputs->nodes[i]->id].fault)
            return false;
    return true;
}

bool search_pass(struct search *search)
{
    search->passes++;
    hole_flush(search->holes, search->run);
    run_pass(search->run);
    for (size_t c = 0; c < search->run->contexts; c++)
        if (search->run->first[c] == c && !outputs_hold(search, c))
            return false;
    return hole_possible(search->holes, search->run);
}

bool search_spent(const struct search *search)
{
    return search->passes >= SPLIT_PASSES;
}

const struct value *search_value(const struct search *search, const struct claim *claim)
{
    return &search->run->values[claim->context][claim->node->id];
}

/* ---- claims */

static struct cut sure(bool holds)
{
    return holds ? cut_at(num_int(1), 0) : cut_infinite(-1);
}

struct cut claim_bound(enum claim_kind kind, const struct value *value)
{
    if (value->fault)
        return cut_infinite(-1);
    bool is_number = (value->kind == VALUE_NUMBER || value->kind == VALUE_DOCUMENT) && !value->nothing_else;
    bool is_truth = value->kind == VALUE_TRUTH && !value->nothing_else;
    switch (kind) {
    case CLAIM_HIGH: return is_number ? value->range.high : cut_infinite(-1);
    case CLAIM_LOW: return is_number ? range_neg(value->range).high : cut_infinite(-1);
    case CLAIM_YES: return sure(is_truth && value->truth & TRUTH_YES);
    case CLAIM_NO: return sure(is_truth && value->truth & TRUTH_NO);
    case CLAIM_NA: return sure(value->na);
    }
    return cut_infinite(-1);
}

bool claim_reaches(struct cut end, struct cut goal)
{
    end.side = goal.side = 0;
    return cut_compare(end, goal) >= 0;
}

bool search_met(const struct search *search, const struct claim *claim, const struct value *outer)
{
    struct cut goal = claim_bound(claim->kind, outer);
    struct cut nothing = cut_infinite(-1);
    const struct value *inner = &search->inner[claim->context][claim->node->id];
    return cut_compare(goal, nothing) == 0 || claim_reaches(claim_bound(claim->kind, inner), goal);
}

/* ---- witnesses */

bool value_is_single(const struct value *value)
{
    if (value->kind != VALUE_NUMBER && value->kind != VALUE_DOCUMENT)
        return value_is_known(value);
    struct cut low = value->range.low, high = value->range.high;
    low.side = high.side = 0;
    return value->nothing_else || (!value->na && cut_compare(low, high) == 0);
}

static struct value closed(struct value value)
{
    if (value.kind == VALUE_NUMBER || value.kind == VALUE_DOCUMENT)
        value.range.low.side = value.range.high.side = 0;
    return value;
}

void search_take(struct search *search)
{
    struct run *run = search->run;
    for (size_t c = 0; c < run->contexts; c++)
        for (size_t i = 0; i < run->live_count[c]; i++) {
            unsigned id = run->live[c][i]->id;
            const struct value *value = &run->values[c][id];
            struct value *inner = &search->inner[c][id];
            if (!value->fault && value->kind != VALUE_SEQUENCE && value_is_single(value))
                *inner = value_join(*inner, closed(*value));
        }
}

/* ---- setting up */

/* Only what depends on a hole is looked at from now on. */
static void limit_context(struct search *search, size_t context)
{
    struct run *run = search->run;
    const struct ir_block *all = run->standard->ir->blocks.items[0];
    const struct ir_node **live = MEM_ARRAY(const struct ir_node *, all->nodes.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < all->nodes.count; i++) {
        const struct ir_node *node = all->nodes.items[i];
        if (!set_is_empty(depend_on(search->depend, context, node), search->depend->words))
            live[count++] = node;
    }
    run_limit(run, context, live, count);
}

static bool is_limited(const struct holes *holes, const struct hole *hole)
{
    for (size_t i = 0; i < holes->limits.count; i++) {
        const struct fact_limit *limit = &holes->limits.items[i];
        bool either = limit->slot == hole->slot || limit->other == hole->slot;
        if (hole->kind == HOLE_FACT && hole->columns[limit->column] && either)
            return true;
    }
    return false;
}

static void find_bound(struct search *search)
{
    search->bound = mem_alloc_plain(search->depend->words * sizeof(uint64_t));
    set_join(search->bound, search->depend->risky, search->depend->words);
    for (size_t i = 0; i < search_holes(search); i++)
        if (is_limited(search->holes, search_hole(search, i)))
            set_add(search->bound, i);
}

const uint64_t *search_splits(const struct search *search, const struct claim *claim)
{
    size_t words = search->depend->words;
    uint64_t *splits = mem_alloc_plain(words * sizeof *splits);
    const uint64_t *on = depend_on(search->depend, claim->context, claim->node);
    const uint64_t *shared = depend_shared(search->depend, claim->context, claim->node);
    for (size_t i = 0; i < words; i++)
        splits[i] = shared[i] | (on[i] & search->bound[i]);
    return splits;
}

struct search *search_new(struct run *run)
{
    struct holes *holes = holes_find(run);
    if (!holes->list.count)
        return NULL;
    struct search *search = MEM_NEW(struct search);
    *search = (struct search){.run = run, .holes = holes};
    cells_make(holes, run, breaks_find(run));
    search->depend = depend_find(run, holes);
    find_bound(search);
    search->outputs = MEM_ARRAY(struct outputs, run->contexts);
    search->inner = MEM_ARRAY(struct value *, run->contexts);
    for (size_t c = 0; c < run->contexts; c++) {
        bool own = run->first[c] == c;
        search->outputs[c] = outputs_in(run, c);
        search->inner[c] = own ? MEM_ARRAY(struct value, run->nodes + 1) : search->inner[run->first[c]];
        if (own)
            limit_context(search, c);
    }
    return search;
}
