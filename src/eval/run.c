/* The pass. Arguments stand before their uses, so one walk along the list does; kernels say what counts where something is unknown
 * or faulty. A node is worked out again only if what it reads has changed. */
#include "eval/run.h"
#include <string.h>
#include "base/mem.h"
#include "core/kernel.h"
#include "eval/linear_bag.h"

/* What the first pass said to one `is known`; of one that stands in rows, in each of them. */
struct answers {
    struct value said;
    bool asked;
    VEC(struct answers) rows;
};

/* ---- setting up */

static struct value day_or_fault(bool known, int64_t day)
{
    return known ? value_int(day) : value_fault(FAULT_NO_PERIOD, NULL);
}

static void set_days(struct run *run, const struct call *call)
{
    const struct unit *unit = run->unit;
    const struct period *period = &unit->period;
    struct value end = day_or_fault(period->known, period->end);
    run->days[CALENDAR_PERIOD_START] = day_or_fault(period->known, period->start);
    run->days[CALENDAR_PERIOD_END] = end;
    run->days[CALENDAR_IN_FORCE] = call->has_on ? value_int(call->on) : end;
    struct value reported = unit->has_as_of ? value_int(unit->as_of) : end;
    run->days[CALENDAR_TODAY] = call->has_on ? value_int(call->on) : reported;
}

static struct value entered_score(const struct run *run, size_t column, size_t slot)
{
    const struct given *given = &run->unit->scores[column][slot];
    bool entered = given->state == GIVEN_VALUE || given->state == GIVEN_ASSUMED;
    return entered ? given->value : run->standard->judged.items[slot]->node->bounds;
}

static void read_column(struct run *run, size_t column)
{
    for (size_t i = 0; i < run->standard->facts.count; i++)
        run->facts[column][i] = run->unit->facts[column][i].value;
    for (size_t i = 0; i < run->standard->judged.count; i++)
        run->scores[column][i] = entered_score(run, column, i);
}

static void make_column(struct run *run, size_t column)
{
    size_t facts = run->standard->facts.count, scores = run->standard->judged.count;
    run->facts[column] = MEM_ARRAY(struct value, facts);
    run->scores[column] = MEM_ARRAY(struct value, scores);
    run->touched_facts[column] = mem_alloc_plain(facts);
    run->touched_scores[column] = mem_alloc_plain(scores);
    read_column(run, column);
}

static void read_cohort(struct run *run, const struct others *others)
{
    size_t inputs = run->standard->cohort.inputs.count;
    run->others = others;
    for (size_t c = 0; c < run->contexts; c++)
        for (size_t i = 0; i < inputs; i++)
            run->cohort[c][i] =
                others ? others->values[c * inputs + i] : run->standard->cohort.inputs.items[i].node->bounds;
}

static void make_cohort(struct run *run)
{
    size_t inputs = run->standard->cohort.inputs.count;
    run->cohort = MEM_ARRAY(struct value *, run->contexts);
    run->touched_cohort = MEM_ARRAY(bool *, run->contexts);
    for (size_t c = 0; c < run->contexts; c++) {
        run->cohort[c] = MEM_ARRAY(struct value, inputs);
        run->touched_cohort[c] = mem_alloc_plain(inputs);
    }
    read_cohort(run, run->others);
}

static void make_inputs(struct run *run)
{
    run->facts = MEM_ARRAY(struct value *, run->columns);
    run->scores = MEM_ARRAY(struct value *, run->columns);
    run->touched_facts = MEM_ARRAY(bool *, run->columns);
    run->touched_scores = MEM_ARRAY(bool *, run->columns);
    for (size_t i = 0; i < run->columns; i++)
        make_column(run, i);
    run->settings = MEM_ARRAY(struct value, run->standard->settings.count);
    run->touched_settings = mem_alloc_plain(run->standard->settings.count);
    make_cohort(run);
}

/* Returns the most arguments that a node has. */
static size_t write_settings(struct run *run)
{
    size_t most = 0;
    for (size_t i = 0; i < run->nodes; i++) {
        const struct ir_node *node = run->standard->ir->nodes.items[i];
        if (node->arg_count > most)
            most = node->arg_count;
        if (node->op == IR_SETTING)
            run->settings[node->index] = node->bounds;
    }
    return most;
}

static bool same_given(const struct given *a, const struct given *b)
{
    return a->column == b->column && a->state == b->state && value_equal(&a->value, &b->value);
}

bool run_same_column(const struct run *run, size_t a, size_t b)
{
    for (size_t i = 0; i < run->standard->facts.count; i++)
        if (!same_given(&run->unit->facts[a][i], &run->unit->facts[b][i]))
            return false;
    for (size_t i = 0; i < run->standard->judged.count; i++)
        if (!same_given(&run->unit->scores[a][i], &run->unit->scores[b][i]))
            return false;
    return true;
}

bool run_others_alike(const struct run *run)
{
    return run->others ? run->others->alike : run->columns == 1;
}

/* A column that changes nothing is not worked out again, unless the other units may say something else in it. */
static void find_first(struct run *run)
{
    bool alike = !run->standard->cohort.inputs.count || run_others_alike(run);
    for (size_t c = 0; c < run->contexts; c++) {
        bool same = alike && c > 0 && c < run->columns && run_same_column(run, c - 1, c);
        run->first[c] = same ? run->first[c - 1] : c;
    }
}

/* What no unit can change is written once. */
static struct value *new_values(const struct run *run)
{
    struct value *values = MEM_ARRAY(struct value, run->nodes);
    for (size_t i = 0; i < run->nodes; i++)
        if (run->standard->ir->nodes.items[i]->op == IR_CONST)
            values[i] = run->standard->ir->nodes.items[i]->bounds;
    return values;
}

static void share_arrays(struct run *run)
{
    for (size_t c = 0; c < run->contexts; c++) {
        size_t first = run->first[c];
        if (first == c && !run->own_values[c]) {
            run->own_values[c] = new_values(run);
            run->own_changed[c] = mem_alloc_plain(run->nodes);
        }
        run->values[c] = run->own_values[first];
        run->changed[c] = run->own_changed[first];
    }
}

static void make_arrays(struct run *run)
{
    run->first = mem_alloc_plain(run->contexts * sizeof *run->first);
    run->values = MEM_ARRAY(struct value *, run->contexts);
    run->changed = MEM_ARRAY(bool *, run->contexts);
    run->own_values = MEM_ARRAY(struct value *, run->contexts);
    run->own_changed = MEM_ARRAY(bool *, run->contexts);
    run->touched_nodes = MEM_ARRAY(bool *, run->contexts);
    run->narrowed = MEM_ARRAY(struct value *, run->contexts);
    run->is_narrowed = MEM_ARRAY(bool *, run->contexts);
    run->watched = MEM_ARRAY(bool *, run->contexts);
    run->live = MEM_ARRAY(struct nodes, run->contexts);
}

static const struct ir_block *const *find_inner(const struct ir *ir)
{
    const struct ir_block **inner = MEM_ARRAY(const struct ir_block *, ir->nodes.count);
    for (size_t b = 1; b < ir->blocks.count; b++)
        for (size_t i = 0; i < ir->blocks.items[b]->nodes.count; i++)
            inner[ir->blocks.items[b]->nodes.items[i]->id] = ir->blocks.items[b];
    return inner;
}

static const struct call *call_kept(const struct call *call)
{
    struct call *kept = MEM_NEW(struct call);
    *kept = *call;
    return kept;
}

struct run *run_new(const struct standard *standard, const struct unit *unit, const struct call *call)
{
    struct run *run = MEM_NEW(struct run);
    *run =
        (struct run){.standard = standard, .unit = unit, .columns = standard->columns.count, .fresh = true};
    run->call = call_kept(call);
    run->others = call->others;
    run->contexts = run->columns + standard->mixed;
    run->nodes = standard->ir->nodes.count;
    make_arrays(run);
    find_first(run);
    share_arrays(run);
    run->inner = find_inner(standard->ir);
    set_days(run, call);
    make_inputs(run);
    run->args = MEM_ARRAY(const struct value *, write_settings(run));
    run->frames = MEM_ARRAY(struct frame, standard->ir->blocks.count);
    return run;
}

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

/* ---- changing inputs */

static void set(struct value *input, bool *touched, struct value value)
{
    if (value_equal(input, &value))
        return;
    *input = value;
    *touched = true;
}

void run_set_fact(struct run *run, size_t column, size_t slot, struct value value)
{
    set(&run->facts[column][slot], &run->touched_facts[column][slot], value);
}

void run_set_score(struct run *run, size_t column, size_t slot, struct value value)
{
    set(&run->scores[column][slot], &run->touched_scores[column][slot], value);
}

void run_set_setting(struct run *run, size_t slot, struct value value)
{
    set(&run->settings[slot], &run->touched_settings[slot], value);
}

void run_set_cohort(struct run *run, size_t context, size_t input, struct value value)
{
    set(&run->cohort[context][input], &run->touched_cohort[context][input], value);
}

void run_narrow(struct run *run, size_t context, const struct ir_node *node, struct value value)
{
    if (!run->narrowed[context]) {
        run->narrowed[context] = MEM_ARRAY(struct value, run->nodes);
        run->is_narrowed[context] = mem_alloc_plain(run->nodes);
        run->touched_nodes[context] = mem_alloc_plain(run->nodes);
    }
    run->narrowed[context][node->id] = value;
    run->is_narrowed[context][node->id] = true;
    run->touched_nodes[context][node->id] = true;
    run->nodes_touched = true;
}

bool run_is_narrowed(const struct run *run, size_t context, const struct ir_node *node)
{
    return run->narrowed[context] && run->is_narrowed[context][node->id];
}

void run_limit(struct run *run, size_t context, struct nodes nodes)
{
    run->live[context] = nodes;
}

void run_keep_forms(struct run *run, struct linear *linear)
{
    run->linear = linear;
    run->nodes_touched = run->all_touched = true;
}

void run_watch(struct run *run, size_t context, const struct ir_node *node)
{
    if (!run->watched[context])
        run->watched[context] = mem_alloc_plain(run->nodes);
    if (!run->watched[context][node->id])
        run->faulty += run->values[context][node->id].fault != NULL;
    run->watched[context][node->id] = true;
}

static void forget_touched(struct run *run)
{
    for (size_t i = 0; i < run->columns; i++) {
        memset(run->touched_facts[i], 0, run->standard->facts.count);
        memset(run->touched_scores[i], 0, run->standard->judged.count);
    }
    memset(run->touched_settings, 0, run->standard->settings.count);
    for (size_t i = 0; i < run->contexts; i++)
        memset(run->touched_cohort[i], 0, run->standard->cohort.inputs.count);
    for (size_t i = 0; i < run->contexts && run->nodes_touched; i++)
        if (run->touched_nodes[i])
            memset(run->touched_nodes[i], 0, run->nodes);
    run->nodes_touched = run->all_touched = false;
}

/* ---- the mix of columns */

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
    struct value now = located(value_of(run, context, node), node);
    if (run_is_narrowed(run, context, node) && !now.fault)
        now = narrowed(run, context, node, now);
    bool moved = run->linear && linear_note(run, context, node, &now);
    bool differs = moved || run->fresh || !value_equal(place, &now);
    if (run->watched[context] && run->watched[context][node->id])
        run->faulty = run->faulty + (now.fault != NULL) - (place->fault != NULL);
    *place = now;
    return differs;
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
    forget_touched(run);
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

static void take_unit(struct run *run, const struct unit *unit, const struct call *call)
{
    run->unit = unit;
    run->once = true;
    read_cohort(run, call->others);
    find_first(run);
    share_arrays(run);
    set_days(run, call);
    for (size_t i = 0; i < run->columns; i++)
        read_column(run, i);
}

void run_once(struct run *run, const struct unit *unit, const struct call *call, const struct nodes *nodes)
{
    take_unit(run, unit, call);
    for (size_t c = 0; c < run->contexts; c++)
        for (size_t i = 0; i < nodes[c].count && run->first[c] == c; i++) {
            const struct ir_node *node = nodes[c].items[i];
            struct value *place = &run->values[c][node->id];
            *place = value_of(run, c, node);
            if (place->fault)
                *place = located(*place, node);
        }
}
