/* Filling holes, passing over what they reach, keeping what witnesses came to. */
#include "eval/search.h"
#include "base/mem.h"

enum { ROWS_OF_PASS = 1000 }; /* gone through in one pass; of more, each so many count as a pass */
enum { STALE_MAX = 3 };       /* after so many holes a pass looks at all that depends on any */

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
    if (hole_fill(search->holes, search->run, hole, value) && search->stale_count++ < STALE_MAX)
        search->stale[search->stale_count - 1] = hole;
}

void search_open(struct search *search)
{
    for (size_t i = 0; i < search_holes(search); i++)
        search_fill(search, i, search_hole(search, i)->domain);
}

const struct value *search_fills(const struct search *search)
{
    struct value *fill = MEM_ARRAY(struct value, search_holes(search));
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

/* Two lists as one, in the order of the list of nodes. */
static struct nodes merged(struct nodes a, struct nodes b)
{
    const struct ir_node **items = MEM_ARRAY(const struct ir_node *, a.count + b.count);
    size_t count = 0, i = 0, k = 0;
    while (i < a.count || k < b.count) {
        bool first = k == b.count || (i < a.count && a.items[i]->id <= b.items[k]->id);
        const struct ir_node *next = first ? a.items[i] : b.items[k];
        i += i < a.count && a.items[i] == next;
        k += k < b.count && b.items[k] == next;
        items[count++] = next;
    }
    return (struct nodes){items, count};
}

/* Few holes reach few nodes. */
static void pass_over_readers(struct search *search)
{
    struct run *run = search->run;
    const struct nodes *nodes = search->readers[search->stale[0]];
    for (size_t i = 1; i < search->stale_count; i++) {
        struct nodes *both = MEM_ARRAY(struct nodes, run->contexts);
        for (size_t c = 0; c < run->contexts; c++)
            both[c] = merged(nodes[c], search->readers[search->stale[i]][c]);
        nodes = both;
    }
    run_pass_over(run, nodes);
}

/* A pass through many rows counts as several. */
static void count_pass(struct search *search, size_t rows_before)
{
    search->passes += 1 + (search->run->rows - rows_before) / ROWS_OF_PASS;
}

bool search_pass(struct search *search)
{
    size_t rows = search->run->rows;
    hole_flush(search->holes, search->run);
    bool few = search->stale_count <= STALE_MAX && !search->run->nodes_touched;
    if (!few)
        run_pass(search->run);
    else if (search->stale_count)
        pass_over_readers(search);
    count_pass(search, rows);
    search->stale_count = 0;
    return !search->run->faulty && hole_possible(search->holes, search->run);
}

void search_pass_over(struct search *search, const struct nodes *nodes)
{
    size_t rows = search->run->rows;
    hole_flush(search->holes, search->run);
    run_pass_over(search->run, nodes);
    count_pass(search, rows);
    search->stale_count = 0;
}

static struct nodes kept(struct nodes nodes, const unsigned char *asked)
{
    size_t count = 0;
    for (size_t i = 0; i < nodes.count; i++)
        if (asked[nodes.items[i]->id])
            nodes.items[count++] = nodes.items[i];
    return (struct nodes){nodes.items, count};
}

void search_ask_only(struct search *search, size_t context, const unsigned char *asked)
{
    struct run *run = search->run;
    if (run->first[context] != context)
        return;
    run_limit(run, context, kept(run->live[context], asked));
    for (size_t i = 0; i < search_holes(search); i++)
        search->readers[i][context] = kept(search->readers[i][context], asked);
}

size_t search_until(const struct search *search, size_t effort)
{
    return search->run->effort + effort;
}

void search_allow(struct search *search, size_t effort)
{
    search->until = search_until(search, effort);
}

bool search_spent(const struct search *search)
{
    return search->run->effort >= search->until;
}

bool search_past(const struct search *search, size_t until)
{
    return search->run->effort >= until || search_spent(search);
}

const struct value *search_value(const struct search *search, const struct claim *claim)
{
    return &search->run->values[claim->context][claim->node->id];
}

/* ---- claims */

struct cut claim_borne_out(void)
{
    return cut_at(num_int(1), 0);
}

static struct cut sure(bool holds)
{
    return holds ? claim_borne_out() : cut_below_all();
}

struct cut claim_bound(enum claim_kind kind, const struct value *value)
{
    bool is_number = value->kind == VALUE_NUMBER || value->kind == VALUE_DOCUMENT,
         is_truth = value->kind == VALUE_TRUTH;
    switch (kind) {
    case CLAIM_HIGH: return is_number ? value->range.high : cut_below_all();
    case CLAIM_LOW: return is_number ? range_neg(value->range).high : cut_below_all();
    case CLAIM_YES: return sure(is_truth && value->truth & TRUTH_YES);
    case CLAIM_NO: return sure(is_truth && value->truth & TRUTH_NO);
    case CLAIM_NA: return sure(value->na);
    }
    return cut_below_all();
}

bool claim_reaches(struct cut end, struct cut goal)
{
    return cut_compare_places(end, goal) >= 0;
}

bool search_met(const struct search *search, const struct claim *claim, const struct value *outer)
{
    struct cut goal = claim_bound(claim->kind, outer);
    struct cut nothing = cut_below_all();
    const struct value *inner = &search->inner[claim->context][claim->node->id];
    return cut_compare(goal, nothing) == 0 || claim_reaches(claim_bound(claim->kind, inner), goal);
}

/* ---- witnesses */

bool value_is_single(const struct value *value)
{
    if (value->kind != VALUE_NUMBER && value->kind != VALUE_DOCUMENT)
        return value_is_known(value);
    return !value->na && cut_compare_places(value->range.low, value->range.high) == 0;
}

static void take_over(struct search *search, const struct nodes *nodes)
{
    struct run *run = search->run;
    for (size_t c = 0; c < run->contexts; c++) {
        run->effort += nodes[c].count;
        for (size_t i = 0; i < nodes[c].count; i++) {
            unsigned id = nodes[c].items[i]->id;
            const struct value *value = &run->values[c][id];
            struct value *inner = &search->inner[c][id];
            if (value->kind != VALUE_SEQUENCE && value_is_single(value))
                *inner = value_join(*inner, *value);
        }
    }
}

void search_take(struct search *search)
{
    take_over(search, search->run->live);
}

void search_take_beside(struct search *search, size_t hole)
{
    take_over(search, search->readers[hole]);
}

void search_take_far(struct search *search, const struct claim *claim)
{
    struct cut far = cut_infinite(claim->kind == CLAIM_HIGH ? 1 : -1);
    struct value *inner = &search->inner[claim->context][claim->node->id];
    *inner = value_join(*inner, value_range(range_of(far, far, false)));
}

/* ---- setting up */

/* Of some nodes of a context those that depend on any hole. */
static struct nodes open_among(const struct search *search, size_t context, struct nodes of)
{
    const struct ir_node **items = MEM_ARRAY(const struct ir_node *, of.count);
    size_t count = 0;
    for (size_t i = 0; i < of.count; i++)
        if (!set_is_empty(depend_on(search->depend, context, of.items[i]), search->depend->words))
            items[count++] = of.items[i];
    return (struct nodes){items, count};
}

/* What is done with each hole that a node depends on. */
typedef void at_hole(struct search *search, size_t context, const struct ir_node *node, size_t hole);

static void count_reader(struct search *search, size_t context, const struct ir_node *node, size_t hole)
{
    (void)node;
    search->readers[hole][context].count++;
}

static void add_reader(struct search *search, size_t context, const struct ir_node *node, size_t hole)
{
    struct nodes *readers = &search->readers[hole][context];
    readers->items[readers->count++] = node;
}

static void each_hole(struct search *search, size_t context, at_hole *at)
{
    const struct nodes *live = &search->run->live[context];
    for (size_t i = 0; i < live->count; i++) {
        const uint64_t *on = depend_on(search->depend, context, live->items[i]);
        for (size_t word = 0; word < search->depend->words; word++)
            for (uint64_t rest = on[word]; rest; rest &= rest - 1)
                at(search, context, live->items[i], word * 64 + (size_t)__builtin_ctzll(rest));
    }
}

static void find_readers_in(struct search *search, size_t context)
{
    each_hole(search, context, count_reader);
    for (size_t i = 0; i < search_holes(search); i++) {
        struct nodes *readers = &search->readers[i][context];
        *readers = (struct nodes){MEM_ARRAY(const struct ir_node *, readers->count), 0};
    }
    each_hole(search, context, add_reader);
}

static void find_readers(struct search *search)
{
    const struct run *run = search->run;
    search->readers = MEM_ARRAY(struct nodes *, search_holes(search));
    search->stale = mem_alloc_plain(STALE_MAX * sizeof *search->stale);
    for (size_t i = 0; i < search_holes(search); i++)
        search->readers[i] = MEM_ARRAY(struct nodes, run->contexts);
    for (size_t c = 0; c < run->contexts; c++)
        if (run->first[c] == c)
            find_readers_in(search, c);
}

/* Only what depends on a hole is looked at from now on; a fault in what is shown makes a world impossible. */
static void limit_context(struct search *search, size_t context)
{
    const struct ir_block *all = search->run->standard->ir->blocks.items[0];
    const struct nodes nodes = {(const struct ir_node **)all->nodes.items, all->nodes.count};
    struct outputs outputs = outputs_in(search->run, context);
    run_limit(search->run, context, open_among(search, context, nodes));
    for (size_t i = 0; i < outputs.count; i++)
        run_watch(search->run, context, outputs.nodes[i]);
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

/* What a narrowing allows one hole hangs on all the others behind it, and through these on what another one allows. */
static void add_narrowed(const struct search *search, const uint64_t *on, uint64_t *splits)
{
    const struct call *call = search->run->call;
    size_t words = search->depend->words, final = search->run->first[run_final(search->run)];
    uint64_t *touched = mem_alloc_plain(words * sizeof *touched);
    set_join(touched, on, words);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < call->narrowing_count; i++) {
            const uint64_t *behind = depend_on(search->depend, final, call->narrowings[i].node);
            if (!set_meets(touched, behind, words) || set_holds(splits, behind, words))
                continue;
            set_join(touched, behind, words);
            set_join(splits, behind, words);
            more = true;
        }
    }
}

const uint64_t *search_splits(const struct search *search, const struct claim *claim)
{
    size_t words = search->depend->words;
    uint64_t *splits = mem_alloc_plain(words * sizeof *splits);
    const uint64_t *on = depend_on(search->depend, claim->context, claim->node);
    const uint64_t *shared = depend_shared(search->depend, claim->context, claim->node);
    for (size_t i = 0; i < words; i++)
        splits[i] = shared[i] | (on[i] & search->bound[i]);
    add_narrowed(search, on, splits);
    return splits;
}

struct search *search_new(struct run *run)
{
    struct holes *holes = holes_find(run);
    if (!holes->list.count)
        return NULL;
    struct search *search = MEM_NEW(struct search);
    *search = (struct search){.run = run, .holes = holes};
    search_allow(search, SPLIT_EFFORT);
    search->depend = depend_find(run, holes);
    cells_make(holes, run, breaks_find(run, search->depend));
    find_bound(search);
    search->inner = MEM_ARRAY(struct value *, run->contexts);
    for (size_t c = 0; c < run->contexts; c++) {
        bool own = run->first[c] == c;
        search->inner[c] = own ? MEM_ARRAY(struct value, run->nodes) : search->inner[run->first[c]];
        if (own)
            limit_context(search, c);
    }
    find_readers(search);
    return search;
}
