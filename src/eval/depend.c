/* One walk along the list per context. A node that the first pass knows depends on nothing, unless a fault may lurk below it: that can still
 * rule out a world. */
#include "eval/depend.h"
#include "base/mem.h"

bool set_is_empty(const uint64_t *set, size_t words)
{
    for (size_t i = 0; i < words; i++)
        if (set[i])
            return false;
    return true;
}

bool set_meets(const uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t i = 0; i < words; i++)
        if (a[i] & b[i])
            return true;
    return false;
}

bool set_holds(const uint64_t *all, const uint64_t *some, size_t words)
{
    for (size_t i = 0; i < words; i++)
        if (some[i] & ~all[i])
            return false;
    return true;
}

void set_join(uint64_t *into, const uint64_t *from, size_t words)
{
    for (size_t i = 0; i < words; i++)
        into[i] |= from[i];
}

struct finder {
    const struct run *run;
    const struct holes *holes;
    struct depend *depend;
    size_t context;
    bool *risky; /* [node id]: may fault, here or below */
};

static uint64_t *on(const struct finder *finder, size_t context, unsigned id)
{
    return finder->depend->on[context] + id * finder->depend->words;
}

static uint64_t *shared(const struct finder *finder, unsigned id)
{
    return finder->depend->shared[finder->context] + id * finder->depend->words;
}

const uint64_t *depend_on(const struct depend *depend, size_t context, const struct ir_node *node)
{
    return depend->on[context] + node->id * depend->words;
}

const uint64_t *depend_shared(const struct depend *depend, size_t context, const struct ir_node *node)
{
    return depend->shared[context] + node->id * depend->words;
}

/* ---- inputs */

static bool is_of(const struct finder *finder, const struct hole *hole, const struct ir_node *node)
{
    size_t column = run_column(finder->run, finder->context);
    switch ((int)node->op) {
    case IR_FACT:
        return hole->kind == HOLE_FACT && hole->slot == (size_t)node->index && hole->columns[column];
    case IR_JUDGED:
        return hole->kind == HOLE_SCORE && hole->slot == (size_t)node->index && hole->columns[column];
    case IR_SETTING: return hole->kind == HOLE_SETTING && hole->slot == (size_t)node->index;
    case IR_COHORT:
        return hole->kind == HOLE_COHORT && hole->slot == (size_t)node->index &&
               hole->columns[finder->context];
    }
    return false;
}

static void add_inputs(const struct finder *finder, const struct ir_node *node)
{
    for (size_t i = 0; i < finder->holes->list.count; i++)
        if (is_of(finder, &finder->holes->list.items[i], node))
            set_add(on(finder, finder->context, node->id), i);
}

/* Of a row's cell: those holes of the sequence that lie in its column, and those that are not cells. */
static void add_element(const struct finder *finder, const struct ir_node *node)
{
    const uint64_t *rows = on(finder, finder->context, node->block->sequence->id);
    const struct type *type = &node->block->sequence->type;
    size_t width = type->kind == TYPE_TABLE ? type->column_count : 1;
    for (size_t i = 0; i < finder->holes->list.count; i++) {
        const struct hole *hole = &finder->holes->list.items[i];
        bool elsewhere = hole->part == HOLE_CELL && width > 1 && hole->place % width != (size_t)node->index;
        if (set_has(rows, i) && !elsewhere)
            set_add(on(finder, finder->context, node->id), i);
    }
}

/* ---- what meets */

/* One more operand: what it shares with those before meets here. */
static void meet(const struct finder *finder, const struct ir_node *node, const uint64_t *operand)
{
    uint64_t *own = on(finder, finder->context, node->id), *both = shared(finder, node->id);
    for (size_t i = 0; i < finder->depend->words; i++) {
        if (own[i] & operand[i])
            finder->depend->meets[finder->context][node->id] = true;
        both[i] |= own[i] & operand[i];
        own[i] |= operand[i];
    }
}

static void meet_node(const struct finder *finder, const struct ir_node *node, const struct ir_node *operand)
{
    meet(finder, node, on(finder, finder->context, operand->id));
    set_join(shared(finder, node->id), shared(finder, operand->id), finder->depend->words);
}

/* What is read outside by every row is read as often as there are rows. */
static void meet_outside(const struct finder *finder, const struct ir_node *node)
{
    uint64_t *own = on(finder, finder->context, node->id), *both = shared(finder, node->id);
    const uint64_t *rows = on(finder, finder->context, node->args[0]->id);
    for (size_t i = 0; i < finder->depend->words; i++) {
        if (own[i] & ~rows[i])
            finder->depend->meets[finder->context][node->id] = true;
        both[i] |= own[i] & ~rows[i];
    }
}

static void meet_rows(const struct finder *finder, const struct ir_node *node)
{
    const struct ir_block *block = node->block;
    meet_node(finder, node, block->presence);
    meet_node(finder, node, block->value);
    if (block->key)
        meet_node(finder, node, block->key);
    meet_outside(finder, node);
    set_join(on(finder, finder->context, node->id), on(finder, finder->context, node->args[0]->id),
             finder->depend->words);
}

static void meet_columns(const struct finder *finder, const struct ir_node *node)
{
    for (size_t i = 0; i < finder->run->columns; i++) {
        if (num_sign(finder->run->standard->columns.items[i].weight) <= 0)
            continue;
        meet(finder, node, on(finder, i, node->args[0]->id));
        set_join(shared(finder, node->id),
                 finder->depend->shared[i] + node->args[0]->id * finder->depend->words,
                 finder->depend->words);
    }
}

/* Whether values lie between the ends that cannot be: as 2 is passed by where points are 0 or 3, and by steps of 3. */
static bool passes_by(const struct finder *finder, const struct ir_node *node)
{
    const uint64_t *own = on(finder, finder->context, node->id);
    if (node->arg_count > 0)
        return !set_is_empty(own, finder->depend->words);
    for (size_t i = 0; i < finder->holes->list.count; i++) {
        const struct limits *limits = finder->holes->list.items[i].limits;
        if (set_has(own, i) && limits && (limits->stepped || limits->legal))
            return true;
    }
    return false;
}

/* Where an operand is only known to lie between its ends: aggregates whose rows may be absent, and what must equal something. There each
 * hole counts. */
static bool is_loose(const struct finder *finder, const struct ir_node *node)
{
    switch ((int)node->op) {
    case IR_MEAN:
    case IR_DROP:
    case IR_BEST_PER: return true;
    case IR_EQUAL: return passes_by(finder, node->args[0]) || passes_by(finder, node->args[1]);
    }
    return false;
}

static void meet_loose(const struct finder *finder, const struct ir_node *node)
{
    const uint64_t *own = on(finder, finder->context, node->id);
    if (!is_loose(finder, node) || set_is_empty(own, finder->depend->words))
        return;
    set_join(shared(finder, node->id), own, finder->depend->words);
    finder->depend->meets[finder->context][node->id] = true;
}

static void meet_args(const struct finder *finder, const struct ir_node *node)
{
    for (size_t i = 0; i < node->arg_count; i++)
        meet_node(finder, node, node->args[i]);
    meet_loose(finder, node);
}

/* A branch that is surely not taken counts for nothing. */
static void meet_branches(const struct finder *finder, const struct ir_node *node)
{
    bool inner = finder->run->inner[node->id];
    const struct value *when = &finder->run->values[finder->context][node->args[0]->id];
    bool decided = !inner && !finder->risky[node->args[0]->id];
    meet_node(finder, node, node->args[0]);
    if (!decided || !value_is_no(when))
        meet_node(finder, node, node->args[1]);
    if (!decided || !value_is_yes(when))
        meet_node(finder, node, node->args[2]);
}

/* ---- one node */

static bool can_be_zero(const struct finder *finder, const struct ir_node *divisor)
{
    bool inner = finder->run->inner[divisor->id];
    const struct value *value = inner ? &divisor->bounds : &finder->run->values[finder->context][divisor->id];
    return value->kind == VALUE_NUMBER && range_holds(value->range, num_int(0));
}

static bool can_fault(const struct finder *finder, const struct ir_node *node)
{
    const struct value *values = finder->run->values[finder->context];
    if (node->op == IR_FAULT || values[node->id].fault || run_is_narrowed(finder->run, finder->context, node))
        return true;
    if (node->op == IR_DIV && can_be_zero(finder, node->args[1]))
        return true;
    for (size_t i = 0; i < node->arg_count; i++)
        if (finder->risky[node->args[i]->id])
            return true;
    const struct ir_block *block = node->op == IR_BAG_OF ? node->block : NULL;
    return block && (finder->risky[block->presence->id] || finder->risky[block->value->id] ||
                     (block->key && finder->risky[block->key->id]));
}

static void forget(const struct finder *finder, const struct ir_node *node)
{
    uint64_t *own = on(finder, finder->context, node->id), *both = shared(finder, node->id);
    for (size_t i = 0; i < finder->depend->words; i++)
        own[i] = both[i] = 0;
    finder->depend->meets[finder->context][node->id] = false;
}

static void find_node(const struct finder *finder, const struct ir_node *node)
{
    bool inner = finder->run->inner[node->id];
    finder->risky[node->id] = can_fault(finder, node);
    switch ((int)node->op) {
    case IR_FACT:
    case IR_JUDGED:
    case IR_SETTING:
    case IR_COHORT: add_inputs(finder, node); return;
    case IR_IS_KNOWN:
        if (!finder->run->call->known)
            return;
        meet_args(finder, node);
        break;
    case IR_ELEMENT: add_element(finder, node); return;
    case IR_BAG_OF: meet_rows(finder, node); break;
    case IR_IF: meet_branches(finder, node); break;
    case IR_MIX:
        if (run_is_mix(finder->run, finder->context))
            meet_columns(finder, node);
        else
            meet_args(finder, node);
        break;
    default: meet_args(finder, node);
    }
    if (!inner && !finder->risky[node->id] && value_is_known(&finder->run->values[finder->context][node->id]))
        forget(finder, node);
}

/* Only nodes outside blocks: a block's faults reach the node that runs it. */
static void gather_risky(const struct finder *finder)
{
    for (unsigned i = 0; i < finder->run->nodes; i++)
        if (finder->risky[i] && !finder->run->inner[i])
            set_join(finder->depend->risky, on(finder, finder->context, i), finder->depend->words);
}

static void find_context(struct finder *finder)
{
    const struct ir *ir = finder->run->standard->ir;
    size_t size = finder->run->nodes * finder->depend->words;
    finder->depend->on[finder->context] = mem_alloc_plain(size * sizeof(uint64_t));
    finder->depend->shared[finder->context] = mem_alloc_plain(size * sizeof(uint64_t));
    finder->depend->meets[finder->context] = mem_alloc_plain(finder->run->nodes);
    for (size_t i = 0; i < ir->nodes.count; i++)
        find_node(finder, ir->nodes.items[i]);
    gather_risky(finder);
}

struct depend *depend_find(const struct run *run, const struct holes *holes)
{
    struct depend *depend = MEM_NEW(struct depend);
    depend->words = holes->list.count / 64 + 1;
    depend->on = MEM_ARRAY(uint64_t *, run->contexts);
    depend->shared = MEM_ARRAY(uint64_t *, run->contexts);
    depend->meets = MEM_ARRAY(bool *, run->contexts);
    depend->risky = mem_alloc_plain(depend->words * sizeof(uint64_t));
    struct finder finder = {.run = run, .holes = holes, .depend = depend};
    finder.risky = mem_alloc_plain(run->nodes);
    for (finder.context = 0; finder.context < run->contexts; finder.context++)
        find_context(&finder);
    return depend;
}
