/* The course of an evaluation: the known, what the unknown may still do, what is wrong, what decides. */
#include "eval/eval.h"
#include "base/mem.h"
#include "eval/demand.h"
#include "eval/run.h"

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

static const bool *const *exact_where_known(const struct run *run)
{
    const bool **exact = MEM_ARRAY(const bool *, run->contexts);
    for (size_t c = 0; c < run->contexts; c++) {
        bool *row = mem_alloc_plain(run->nodes + 1);
        for (size_t i = 0; i < run->nodes; i++)
            row[i] = value_is_known(&run->values[c][i]);
        exact[c] = row;
    }
    return exact;
}

const struct evaluation *evaluate(const struct standard *standard, const struct unit *unit,
                                  const struct call *call)
{
    struct evaluated *evaluated = MEM_NEW(struct evaluated);
    struct evaluation *shown = &evaluated->shown;
    struct run *run = evaluated->run = run_new(standard, unit, call);
    run_pass(run);
    *shown = (struct evaluation){.standard = standard, .unit = unit, .contexts = run->contexts};
    shown->final = standard->mixed ? run->columns : standard->final_column;
    set_day(shown, &run->days[CALENDAR_TODAY]);
    shown->values = (const struct value *const *)run->values;
    shown->exact = exact_where_known(run);
    struct complaints complaints = complaints_of(run, shown->values);
    shown->complaints = complaints.items;
    shown->complaint_count = complaints.count;
    shown->refused = complaints.refused;
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
