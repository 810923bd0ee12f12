/* The course of an evaluation: the known, what the unknown may still do, what is wrong, what decides. */
#include "eval/eval.h"
#include "base/mem.h"
#include "eval/decide.h"
#include "eval/demand.h"
#include "eval/split.h"

/* What is asked about later stands behind what callers see. */
struct evaluated {
    struct evaluation shown;
    struct run *run;
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

/* Deciding moves the run about, so that the values are copied before. */
static const struct value *const *copy_values(const struct run *run)
{
    struct value **copy = MEM_ARRAY(struct value *, run->contexts);
    for (size_t c = 0; c < run->contexts; c++) {
        copy[c] = run->first[c] == c ? MEM_ARRAY(struct value, run->nodes + 1) : copy[run->first[c]];
        for (size_t i = 0; i < run->nodes && run->first[c] == c; i++)
            copy[c][i] = closed(run->values[c][i]);
    }
    return (const struct value *const *)copy;
}

static void settle_unknown(struct evaluation *shown, struct run *run)
{
    struct search *search = split_unknown(run);
    shown->exact = split_exact(run, search);
    shown->values = search ? copy_values(run) : (const struct value *const *)run->values;
    struct decisions decisions = decide(search, run->first[shown->final]);
    shown->deciding = decisions.items;
    shown->deciding_count = decisions.count;
}

const struct evaluation *evaluate(const struct standard *standard, const struct unit *unit,
                                  const struct call *call)
{
    struct evaluated *evaluated = MEM_NEW(struct evaluated);
    struct evaluation *shown = &evaluated->shown;
    struct run *run = evaluated->run = run_new(standard, unit, call);
    hole_narrow(run);
    run_pass(run);
    *shown = (struct evaluation){.standard = standard, .unit = unit, .contexts = run->contexts};
    shown->final = standard->mixed ? run->columns : standard->final_column;
    set_day(shown, &run->days[CALENDAR_TODAY]);
    settle_unknown(shown, run);
    report_faults(shown, run);
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

/* ---- the facts that were read */

static void mark_facts(const struct run *run, const unsigned char *need, unsigned char *read)
{
    for (size_t i = 0; i < run->nodes; i++) {
        const struct ir_node *node = run->standard->ir->nodes.items[i];
        if (need[i] && node->op == IR_FACT)
            read[node->index] = 1;
    }
}

struct read_facts evaluation_reads(const struct evaluation *evaluation, size_t context,
                                   const struct ir_node *node)
{
    const struct run *run = ((const struct evaluated *)evaluation)->run;
    struct demand *demand = demand_new(run);
    demand_add(demand, context, node);
    demand_spread(demand, run, evaluation->values);
    unsigned char *read = mem_alloc_plain(run->standard->facts.count + 1);
    for (size_t c = 0; c < run->contexts; c++)
        mark_facts(run, demand->need[c], read);
    size_t *slots = mem_alloc_plain((run->standard->facts.count + 1) * sizeof *slots);
    struct read_facts facts = {slots, 0};
    for (size_t i = 0; i < run->standard->facts.count; i++)
        if (read[i])
            slots[facts.count++] = i;
    return facts;
}
