/* The course of an evaluation: the known, what the unknown may still do, what is wrong, what decides. */
#include "eval/eval.h"
#include <stdlib.h>
#include "base/mem.h"
#include "eval/cells.h"
#include "eval/decide.h"
#include "eval/demand.h"
#include "eval/split.h"

/* What is asked about later stands behind what callers see. */
struct evaluated {
    struct evaluation shown;
    struct run *run;
    struct demand *reads; /* empty between questions */
};

static void set_day(struct evaluation *evaluation, const struct value *today)
{
    evaluation->has_on = !today->fault;
    if (evaluation->has_on)
        num_to_int(value_point(today), &evaluation->on);
}

static void report_faults(struct evaluation *shown, const struct run *run)
{
    struct complaints complaints = complaints_of(run, shown->values);
    shown->complaints = complaints.items;
    shown->complaint_count = complaints.count;
    shown->refused = complaints.refused;
}

/* Ends that are reached only in the limit are shown as if they were reached. */
static struct value closed(struct value value)
{
    if (value.kind == VALUE_NUMBER || value.kind == VALUE_DOCUMENT)
        value.range.low.side = value.range.high.side = 0;
    return value;
}

/* Of an open set of months only the number was told apart, of an open text whether it is one of those that it is compared with. */
static struct value shown_value(const struct run *run, size_t context, const struct ir_node *node)
{
    struct value value = run->values[context][node->id];
    bool months = node->op == IR_FACT && value.kind == VALUE_MONTHS;
    if (cells_made_text(&value))
        value.text = NULL;
    return months ? run->unit->facts[run_column(run, context)][node->index].value : closed(value);
}

/* Deciding moves the run about, so that the values are copied before. */
static const struct value *const *copy_values(const struct run *run)
{
    struct value **copy = MEM_ARRAY(struct value *, run->contexts);
    for (size_t c = 0; c < run->contexts; c++) {
        copy[c] = run->first[c] == c ? MEM_ARRAY(struct value, run->nodes) : copy[run->first[c]];
        for (size_t i = 0; i < run->nodes && run->first[c] == c; i++)
            copy[c][i] = shown_value(run, c, run->standard->ir->nodes.items[i]);
    }
    return (const struct value *const *)copy;
}

static void settle_unknown(struct evaluation *shown, struct run *run)
{
    const struct call *call = run->call;
    struct search *search =
        split_unknown(run, call->only ? split_wanted(run, call->only, call->only_count) : NULL);
    shown->exact = split_exact(run, search);
    shown->attained = split_attained(run, search);
    shown->values = search ? copy_values(run) : (const struct value *const *)run->values;
    shown->passes += search ? search->passes : 0;
    shown->spent = search && search_spent(search);
    if (call->without_deciding)
        return;
    struct decisions decisions = decide(search, run->first[shown->final]);
    shown->deciding = decisions.items;
    shown->deciding_count = decisions.count;
}

static void apply_narrowings(struct run *run, const struct call *call)
{
    size_t final = run->first[run_final(run)];
    for (size_t i = 0; i < call->narrowing_count; i++)
        run_narrow(run, final, call->narrowings[i].node, call->narrowings[i].within);
}

const struct evaluation *evaluate(const struct standard *standard, const struct unit *unit,
                                  const struct call *call)
{
    struct evaluated *evaluated = MEM_NEW(struct evaluated);
    struct evaluation *shown = &evaluated->shown;
    struct run *run = evaluated->run = run_new(standard, unit, call);
    hole_narrow(run);
    apply_narrowings(run, call);
    run_pass(run);
    *shown = (struct evaluation){.standard = standard, .unit = unit, .contexts = run->contexts};
    shown->others = call->others;
    shown->final = run_final(run);
    set_day(shown, &run->days[CALENDAR_TODAY]);
    shown->passes = 1;
    settle_unknown(shown, run);
    shown->steps = run->effort;
    report_faults(shown, run);
    evaluated->reads = demand_new(run);
    return shown;
}

const struct value *evaluation_value(const struct evaluation *evaluation, size_t context,
                                     const struct ir_node *node)
{
    return &evaluation->values[context][node->id];
}

bool evaluation_exact(const struct evaluation *evaluation, size_t context, const struct ir_node *node)
{
    return evaluation->exact[context][node->id];
}

bool evaluation_attained(const struct evaluation *evaluation, size_t context, const struct ir_node *node)
{
    return evaluation->attained[context][node->id];
}

/* ---- the facts that were read */

static int by_slot(const void *a, const void *b)
{
    size_t left = *(const size_t *)a, right = *(const size_t *)b;
    return (left > right) - (left < right);
}

/* A fact may be needed in several columns. */
static size_t without_repeats(size_t *slots, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(slots, count, sizeof *slots, by_slot);
    for (size_t i = 0; i < count; i++)
        if (!kept || slots[kept - 1] != slots[i])
            slots[kept++] = slots[i];
    return kept;
}

static struct read_facts reads_of(const struct evaluation *evaluation, size_t context,
                                  const struct ir_node *node, enum ir_op op)
{
    const struct evaluated *evaluated = (const struct evaluated *)evaluation;
    struct demand *demand = evaluated->reads;
    VEC(size_t) slots = {0};
    demand_reach(demand, evaluated->run, evaluation->values, context, node);
    for (size_t i = 0; i < demand->list.count; i++)
        if (demand->list.items[i].node->op == op)
            vec_push(&slots, (size_t)demand->list.items[i].node->index);
    demand_forget(demand);
    return (struct read_facts){slots.items, without_repeats(slots.items, slots.count)};
}

struct read_facts evaluation_reads(const struct evaluation *evaluation, size_t context,
                                   const struct ir_node *node)
{
    return reads_of(evaluation, context, node, IR_FACT);
}

struct read_facts evaluation_scores(const struct evaluation *evaluation, size_t context,
                                    const struct ir_node *node)
{
    return reads_of(evaluation, context, node, IR_JUDGED);
}

/* ---- the figures of the cohort that were read */

static bool is_needed(const struct demand *demand, size_t context, const struct ir_node *node)
{
    return demand->need[context][node->id] != NEED_NONE;
}

struct read_figures evaluation_figures(const struct evaluation *evaluation, size_t context,
                                       const struct ir_node *node)
{
    const struct evaluated *evaluated = (const struct evaluated *)evaluation;
    const struct cohort_reads *reads = &evaluation->standard->cohort;
    size_t *places = mem_alloc_plain(reads->figures.count * sizeof *places), count = 0;
    if (!reads->figures.count)
        return (struct read_figures){places, 0};
    demand_reach(evaluated->reads, evaluated->run, evaluation->values, context, node);
    for (size_t i = 0; i < reads->figures.count; i++)
        if (is_needed(evaluated->reads, context, reads->figures.items[i].node))
            places[count++] = i;
    demand_forget(evaluated->reads);
    return (struct read_figures){places, count};
}
