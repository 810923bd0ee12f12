/* The pass. Arguments stand before their uses, so one walk along the list does; kernels say what counts where something is unknown
 * or faulty. A node is worked out again only if what it reads has changed. */
#include "eval/run.h"
#include "base/mem.h"
#include "core/kernel.h"
#include "eval/linear_bag.h"

/* ---- contexts: the columns, and their mix */

size_t run_column(const struct run *run, size_t context)
{
    return context < run->columns ? context : run->columns - 1;
}

bool run_is_mix(const struct run *run, size_t context)
{
    return context >= run->columns;
}

size_t run_final(const struct run *run)
{
    return run->standard->mixed ? run->columns : run->standard->final_column;
}

static bool weighs(const struct run *run, size_t column)
{
    return num_sign(run->standard->columns.items[column].weight) > 0;
}

/* The mean of those columns that `members` names, a bit each; n/a where it names none. */
static struct value weighted_mean(const struct run *run, unsigned id, size_t members)
{
    struct range sum = range_point(num_int(0));
    struct num weights = num_int(0);
    for (size_t i = 0; i < run->columns; i++) {
        if (!(members >> i & 1))
            continue;
        struct num weight = run->standard->columns.items[i].weight;
        sum = range_add(sum, range_mul(run->values[i][id].range, range_point(weight)));
        weights = num_add(weights, weight);
    }
    return members ? value_range(range_div(sum, range_point(weights))) : value_na();
}

/* Columns that may be n/a are there in one case and not in the other. */
static struct value mix_of(const struct run *run, unsigned id)
{
    size_t sure = 0, possible = 0;
    for (size_t i = 0; i < run->columns; i++) {
        const struct value *value = &run->values[i][id];
        if (!weighs(run, i) || value->nothing_else)
            continue;
        if (value->kind != VALUE_NUMBER)
            return *value;
        possible |= (size_t)1 << i;
        sure |= (size_t)!value->na << i;
    }
    struct value mixed = weighted_mean(run, id, possible);
    size_t perhaps = possible & ~sure;
    for (size_t part = perhaps; part; mixed = value_join(mixed, weighted_mean(run, id, sure | part)))
        part = (part - 1) & perhaps;
    return mixed;
}

static bool mix_changed(const struct run *run, unsigned id)
{
    for (size_t i = 0; i < run->columns; i++)
        if (run->changed[i][id] && weighs(run, i))
            return true;
    return run->fresh;
}

/* ---- rows */

static void run_block(struct run *run, size_t context, const struct ir_block *block);

void run_row(struct run *run, size_t context, const struct ir_block *block, const struct value *cells,
             struct value position)
{
    run->frames[block->id] = (struct frame){cells, position};
    run_block(run, context, block);
}

static void bag_row(struct run *run, size_t context, const struct ir_block *block, struct value *bag_cells)
{
    const struct value *values = run->values[context];
    bag_cells[BAG_PRESENCE] = values[block->presence->id];
    bag_cells[BAG_VALUE] = values[block->value->id];
    bag_cells[BAG_KEY] = block->key ? values[block->key->id] : value_na();
}

static struct value place_of_further(const struct sequence *rows)
{
    struct cut first = cut_at(num_int((int64_t)rows->count + 1), 0);
    struct range before = range_point(num_int((int64_t)rows->count));
    return value_range(range_of(first, cut_max(first, range_add(before, rows->extra).high), true));
}

static const struct sequence *bag_of_rows(struct run *run, size_t context, const struct ir_node *node,
                                          const struct sequence *rows)
{
    const struct ir_block *block = node->block;
    struct sequence *bag = MEM_NEW(struct sequence);
    struct value *cells = MEM_ARRAY(struct value, (rows->count + rows->open) * BAG_WIDTH);
    for (size_t i = 0; i < rows->count; i++) {
        run_row(run, context, block, rows->cells + i * rows->width, value_int((int64_t)i + 1));
        bag_row(run, context, block, cells + i * BAG_WIDTH);
        if (run->linear)
            linear_note_row(run, context, node);
    }
    *bag = (struct sequence){.width = BAG_WIDTH, .count = rows->count, .cells = cells};
    if (!rows->open)
        return bag;
    run_row(run, context, block, rows->any, place_of_further(rows));
    bag_row(run, context, block, cells + rows->count * BAG_WIDTH);
    bag->open = true;
    bag->extra = rows->extra;
    bag->any = cells + rows->count * BAG_WIDTH;
    return bag;
}

static bool too_many_rows(const struct run *run)
{
    return run->rows - run->rows_before > ROWS_MAX;
}

/* One that went too far is a fault as a whole: which of its rows lack a value says nothing of the unit. */
static struct value bag_of(struct run *run, size_t context, const struct ir_node *node,
                           const struct value *sequence)
{
    if (sequence->kind != VALUE_SEQUENCE)
        return *sequence;
    struct value bag = {.kind = VALUE_SEQUENCE, .na = sequence->na};
    run->rows_before = run->rows_inside ? run->rows_before : run->rows;
    run->rows += sequence->sequence->count;
    run->effort += sequence->sequence->count;
    run->rows_inside++;
    struct linear *linear = run->linear;
    if (linear && !linear_open_bag(run, context, node, sequence->sequence))
        run->linear = NULL;
    if (!too_many_rows(run))
        bag.sequence = bag_of_rows(run, context, node, sequence->sequence);
    run->linear = linear;
    run->rows_inside--;
    return too_many_rows(run) ? value_fault(FAULT_ROWS, NULL) : bag;
}

/* A block's own nodes change with its row; what it reads outside tells whether the whole must run again. */
static bool block_changed(const struct run *run, size_t context, const struct ir_block *block)
{
    for (size_t i = 0; i < block->nodes.count; i++) {
        const struct ir_node *node = block->nodes.items[i];
        if (node->op == IR_BAG_OF && block_changed(run, context, node->block))
            return true;
        if (node->op == IR_FACT && run->touched_facts[run_column(run, context)][node->index])
            return true;
        if (node->op == IR_SETTING && run->touched_settings[node->index])
            return true;
        for (size_t k = 0; k < node->arg_count; k++)
            if (run->changed[context][node->args[k]->id])
                return true;
    }
    return run->changed[context][block->presence->id] || run->changed[context][block->value->id] ||
           (block->key && run->changed[context][block->key->id]);
}

/* ---- is it known */

/* What the first pass said to one `is known`; of one that stands in rows, in each of them. */
struct answers {
    struct value said;
    bool asked;
    VEC(struct answers) rows;
};

/* Those of the row at hand, by the places of all rows that it stands in: a world may have other rows, and go through them at
 * other times. Rows that it adds get what the last one got, that of any row. NULL: nobody has asked. */
static struct answers *answers_here(const struct run *run, struct answers *answers,
                                    const struct ir_block *block)
{
    if (!block || !block->outer)
        return answers;
    int64_t row = 1;
    answers = answers_here(run, answers, block->outer);
    num_to_int(run->frames[block->id].position.range.low.at, &row);
    while (answers && !run->frozen && answers->rows.count < (size_t)row)
        vec_push(&answers->rows, (struct answers){.asked = false});
    if (!answers || !answers->rows.count)
        return NULL;
    return (size_t)row <= answers->rows.count ? &answers->rows.items[row - 1] : &vec_last(&answers->rows);
}

/* Asked in the first pass, repeated afterwards: what a world assumes does not make a fact known. */
static struct value is_known(struct run *run, size_t context, const struct ir_node *node,
                             const struct value *const *args)
{
    if (run->once)
        return kernel_apply(node, args);
    if (run->call->known)
        return value_truth(run->call->known[node->id] ? TRUTH_YES : TRUTH_UNKNOWN);
    if (!run->answers)
        run->answers = MEM_ARRAY(struct answers, run->nodes * run->contexts);
    struct answers *answers =
        answers_here(run, &run->answers[context * run->nodes + node->id], run->inner[node->id]);
    if (!run->frozen)
        *answers = (struct answers){.said = kernel_apply(node, args), .asked = true};
    return answers && answers->asked ? answers->said : value_truth(TRUTH_UNKNOWN);
}

/* ---- one node */

static struct value with_args(struct run *run, size_t context, const struct ir_node *node)
{
    for (size_t i = 0; i < node->arg_count; i++)
        run->args[i] = &run->values[context][node->args[i]->id];
    return node->op == IR_IS_KNOWN ? is_known(run, context, node, run->args) : kernel_apply(node, run->args);
}

static struct value value_of(struct run *run, size_t context, const struct ir_node *node)
{
    size_t column = run_column(run, context);
    switch ((int)node->op) {
    case IR_CONST: return node->bounds;
    case IR_FACT: return run->facts[column][node->index];
    case IR_SETTING: return run->settings[node->index];
    case IR_JUDGED: return run->scores[column][node->index];
    case IR_CALENDAR: return run->days[node->index];
    case IR_ELEMENT: return run->frames[node->block->id].cells[node->index];
    case IR_POSITION: return run->frames[node->block->id].position;
    case IR_COHORT: return run->cohort[context][node->index];
    case IR_BAG_OF: return bag_of(run, context, node, &run->values[context][node->args[0]->id]);
    case IR_FAULT: return value_fault((enum fault_kind)node->index, node);
    case IR_MIX:
        if (run_is_mix(run, context))
            return mix_of(run, node->args[0]->id);
        break;
    }
    return with_args(run, context, node);
}

/* A fault names the node where it arose; days have none of their own. */
static struct value located(struct value value, const struct ir_node *node)
{
    return value.fault && !value.fault->node ? value_fault(value.fault->kind, node) : value;
}

static void run_block(struct run *run, size_t context, const struct ir_block *block)
{
    for (size_t i = 0; i < block->nodes.count; i++) {
        const struct ir_node *node = block->nodes.items[i];
        if (node->op == IR_CONST)
            continue;
        struct value now = located(value_of(run, context, node), node);
        if (run->linear)
            linear_note(run, context, node, &now);
        run->values[context][node->id] = now;
    }
}

/* ---- the pass */

static bool args_changed(const struct run *run, size_t context, const struct ir_node *node)
{
    for (size_t i = 0; i < node->arg_count; i++)
        if (run->changed[context][node->args[i]->id])
            return true;
    return false;
}

static bool inputs_changed(const struct run *run, size_t context, const struct ir_node *node)
{
    size_t column = run_column(run, context);
    switch ((int)node->op) {
    case IR_CONST: return false;
    case IR_FACT: return run->touched_facts[column][node->index];
    case IR_SETTING: return run->touched_settings[node->index];
    case IR_JUDGED: return run->touched_scores[column][node->index];
    case IR_COHORT: return run->touched_cohort[context][node->index];
    case IR_IS_KNOWN: return false;
    case IR_BAG_OF: return args_changed(run, context, node) || block_changed(run, context, node->block);
    case IR_MIX:
        if (run_is_mix(run, context))
            return mix_changed(run, node->args[0]->id);
        break;
    }
    return args_changed(run, context, node);
}

bool run_is_narrowed(const struct run *run, size_t context, const struct ir_node *node)
{
    return run->narrowed[context] && run->is_narrowed[context][node->id];
}

static struct value narrowed(const struct run *run, size_t context, const struct ir_node *node,
                             struct value value)
{
    struct value within = run->narrowed[context][node->id];
    bool empty = false;
    value.na &= within.na;
    if (value.nothing_else)
        empty = !within.na;
    else if (within.nothing_else)
        return value.na ? value_na() : value_fault(FAULT_NONE, node);
    else if (value.kind == VALUE_TRUTH)
        empty = !(value.truth &= within.truth);
    else if (value.kind == VALUE_NUMBER)
        empty = range_is_empty(value.range = range_meet(value.range, within.range));
    if (empty)
        return value.na ? value_na() : value_fault(FAULT_NONE, node);
    return value;
}

static bool renew(struct run *run, size_t context, const struct ir_node *node)
{
    struct value *place = &run->values[context][node->id];
    struct value now = value_of(run, context, node);
    if (now.fault)
        now = located(now, node);
    else if (run_is_narrowed(run, context, node))
        now = narrowed(run, context, node, now);
    bool moved = run->linear && linear_note(run, context, node, &now);
    if (!run->fresh && value_equal(place, &now))
        return moved;
    if (run->watched[context] && run->watched[context][node->id])
        run->faulty = run->faulty + (now.fault != NULL) - (place->fault != NULL);
    *place = now;
    return true;
}

static void pass_node(struct run *run, size_t context, const struct ir_node *node)
{
    bool again = run->fresh || run->all_touched || inputs_changed(run, context, node);
    if (!again && run->touched_nodes[context])
        again = run->touched_nodes[context][node->id];
    run->changed[context][node->id] = again && renew(run, context, node);
    run->effort += again ? 1 + node->arg_count : 0;
}

/* What a pass has changed matters to that pass alone. */
static void forget_changed(struct run *run, const struct nodes *nodes)
{
    for (size_t c = 0; c < run->contexts; c++)
        for (size_t i = 0; i < nodes[c].count; i++)
            run->changed[c][nodes[c].items[i]->id] = false;
}

void run_pass_over(struct run *run, const struct nodes *nodes)
{
    for (size_t c = 0; c < run->contexts; c++)
        for (size_t i = 0; i < nodes[c].count; i++)
            pass_node(run, c, nodes[c].items[i]);
    for (size_t c = 0; c < run->contexts; c++)
        run->effort += nodes[c].count / 8;
    forget_changed(run, nodes);
    run_forget_touched(run);
}

/* The first pass looks at all. */
static void start(struct run *run)
{
    const struct ir_block *all = run->standard->ir->blocks.items[0];
    for (size_t c = 0; c < run->contexts; c++)
        if (run->first[c] == c)
            run->live[c] = (struct nodes){(const struct ir_node **)all->nodes.items, all->nodes.count};
}

void run_pass(struct run *run)
{
    if (run->fresh)
        start(run);
    run_pass_over(run, run->live);
    run->fresh = false;
    run->frozen = true;
}

/* ---- one pass a unit */

void run_once(struct run *run, const struct unit *unit, const struct call *call, const struct nodes *nodes)
{
    run_take(run, unit, call);
    for (size_t c = 0; c < run->contexts; c++)
        for (size_t i = 0; i < nodes[c].count && run->first[c] == c; i++) {
            const struct ir_node *node = nodes[c].items[i];
            struct value *place = &run->values[c][node->id];
            *place = value_of(run, c, node);
            if (place->fault)
                *place = located(*place, node);
        }
}
