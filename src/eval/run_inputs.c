/* What a pass is given: the arrays that it works in, and what the unit, the call, the other units and a world put into them. */
#include "eval/run.h"
#include <string.h>
#include "base/mem.h"

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

void run_take(struct run *run, const struct unit *unit, const struct call *call)
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

void run_forget_touched(struct run *run)
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
