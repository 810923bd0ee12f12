/* Units by columns and by the scorer, for the tests in Python.
 *   columns_calc RULES UNIT.facts…   each value that the standard shows as a program of its own, then all together: each difference a line, then
 *                                    "N values of M in columns, R rows of S, all together: yes|no" */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "batch/cell.h"
#include "batch/row.h"
#include "batch/spread.h"
#include "eval/demand.h"
#include "eval/scorer.h"
#include "facts/facts.h"
#include "sema/compile.h"

static const struct call call;

/* A machine stands in memory that the collector does not look at. */
static const struct program *volatile kept;

struct units_list {
    VEC(const struct unit *) list;
};

struct tally {
    size_t values, fitting, rows, taken, differences;
};

/* ---- a unit into a block */

/* As a row of a file says it: the same in all columns, in the standard's own period. */
static bool is_like_a_row(const struct unit *unit, const struct standard *standard)
{
    const struct period *own = &unit->period, *period = &standard->period;
    if (unit->has_as_of || own->known != period->known || own->start != period->start ||
        own->end != period->end)
        return false;
    for (size_t c = 0; c < unit->columns; c++) {
        for (size_t i = 0; i < standard->facts.count; i++)
            if (unit->facts[c][i].column > 0 || unit->facts[c][i].state == GIVEN_UNPROVEN)
                return false;
        for (size_t i = 0; i < standard->judged.count; i++)
            if (unit->scores[c][i].column > 0)
                return false;
    }
    return true;
}

static bool is_input(const struct input *inputs, size_t count, size_t slot)
{
    for (size_t i = 0; i < count; i++)
        if (!inputs[i].is_score && inputs[i].slot == slot)
            return true;
    return false;
}

/* As a row of a file is left to the exact evaluator where it says something that columns do not hold. */
static bool says_no_more(const struct input *inputs, size_t count, const struct unit *unit,
                         const struct standard *standard)
{
    for (size_t i = 0; i < standard->facts.count; i++) {
        enum given_state state = unit->facts[0][i].state;
        if ((state == GIVEN_VALUE || state == GIVEN_UNKNOWN) && !is_input(inputs, count, i))
            return false;
    }
    return true;
}

static void put_unit(struct block *block, const struct program *program, const struct cell_rule *rules,
                     const struct unit *unit, const struct standard *standard)
{
    size_t count, row = block->rows;
    const struct input *inputs = program_inputs(program, &count);
    bool fits = is_like_a_row(unit, standard) && says_no_more(inputs, count, unit, standard);
    for (size_t i = 0; i < count; i++) {
        const struct given *given =
            inputs[i].is_score ? &unit->scores[0][inputs[i].slot] : &unit->facts[0][inputs[i].slot];
        struct cell cell = cell_of_given(&rules[i], given);
        cell_put(&cell, block, &inputs[i], i, row);
    }
    if (!fits)
        block->exact[row] = EXACT_TEXT;
    block->rows++;
}

/* ---- comparing */

static bool same_number(struct cut end, int64_t held, int64_t scale)
{
    return !end.infinite && !end.side && num_equal(end.at, num_ratio(held, scale));
}

static const char *shown(const struct value *value)
{
    if (value->kind == VALUE_TRUTH)
        return str_print("truths %u na %d", value->truth, value->na);
    if (value->kind != VALUE_NUMBER)
        return "n/a";
    return str_print("%s%s..%s%s na %d", value->range.low.infinite ? "-inf" : num_text(value->range.low.at),
                     value->range.low.side ? " open" : "",
                     value->range.high.infinite ? "inf" : num_text(value->range.high.at),
                     value->range.high.side ? " open" : "", value->na);
}

static bool same_value(const struct value *value, const struct output *output, const struct results *results,
                       size_t row)
{
    unsigned can = results->can ? results->can[row] : CAN_BE_ELSE;
    if (value->nothing_else)
        return can == CAN_BE_NA;
    if (output->kind == OUTPUT_TRUTH)
        return can == (value->truth | (value->na ? CAN_BE_NA : 0u));
    return value->kind == VALUE_NUMBER && can == (CAN_BE_ELSE | (value->na ? CAN_BE_NA : 0u)) &&
           same_number(value->range.low, results->low[row],
                       output->scale ? output->scale : results->whole_low[row]) &&
           same_number(value->range.high, results->high[row],
                       output->scale ? output->scale : results->whole_high[row]);
}

struct trial {
    const struct standard *standard;
    const struct units_list *units;
    const struct ir_node *const *asked;
    size_t count;
    struct tally *tally;
};

static void compare_row(const struct trial *trial, struct scorer *scorer, const struct unit *unit,
                        const struct machine *machine, const struct output *outputs, size_t row)
{
    struct value *values = MEM_ARRAY(struct value, trial->count + 1);
    bool *exact = MEM_ARRAY(bool, trial->count + 1);
    bool accepted = scorer_unit(scorer, unit, values, exact);
    trial->tally->taken++;
    if (!accepted) {
        printf("%s: refused, but not by columns\n", unit->id);
        trial->tally->differences++;
        return;
    }
    for (size_t i = 0; i < trial->count; i++) {
        struct results results = machine_output(machine, i);
        if (!exact[i] || same_value(&values[i], &outputs[i], &results, row))
            continue;
        trial->tally->differences++;
        printf("%s: value %zu (node %u): %s%s, columns say %lld..%lld over %lld, can %d\n", unit->id, i,
               trial->asked[i] ? trial->asked[i]->id : 0, shown(&values[i]), exact[i] ? "" : " (outer)",
               results.low ? (long long)results.low[row] : 0, results.high ? (long long)results.high[row] : 0,
               (long long)outputs[i].scale, results.can ? results.can[row] : -1);
    }
}

/* The same unit by itself. */
static void compare_alone(const struct trial *trial, struct row *row, const struct block *block,
                          const struct unit *unit, const struct machine *machine, size_t at)
{
    enum row_way way = row_run(row);
    bool same = (way == ROW_EXACT) == (block->exact[at] != EXACT_NOT);
    for (size_t i = 0; i < trial->count && same && way != ROW_EXACT; i++) {
        struct results alone = row_output(row, i), results = machine_output(machine, i);
        struct spread one = spread_of(&alone, 0), other = spread_of(&results, at);
        same = spread_same(&one, &other);
    }
    if (same)
        return;
    trial->tally->differences++;
    printf("%s: by itself (way %d) it comes to something else than in a block\n", unit->id, way);
}

static void compare_all_alone(const struct trial *trial, const struct program *program, struct block *block,
                              const struct machine *machine, const struct cell_rule *rules)
{
    size_t count;
    program_inputs(program, &count);
    struct row *row = row_new(program, rules);
    for (size_t at = 0; at < block->rows; at++) {
        if (block->exact[at] == EXACT_TEXT)
            continue;
        const struct unit *unit = trial->units->list.items[at];
        for (size_t i = 0; i < count; i++) {
            const struct input *input = &rules[i].input[0];
            struct cell cell = cell_of_given(
                &rules[i], input->is_score ? &unit->scores[0][input->slot] : &unit->facts[0][input->slot]);
            row_set(row, i, &cell);
        }
        compare_alone(trial, row, block, unit, machine, at);
    }
    row_free(row);
}

static bool check_program(const struct trial *trial)
{
    const struct run run = {.standard = trial->standard, .call = &call};
    struct outputs guarded = outputs_of(&run, true);
    struct batch_question question = {.standard = trial->standard,
                                      .asked = trial->asked,
                                      .asked_count = trial->count,
                                      .guarded = guarded.nodes,
                                      .guarded_count = guarded.count};
    struct misfit misfit;
    const struct program *program = program_new(&question, &misfit);
    if (!program) {
        if (getenv("SHOW_MISFIT"))
            printf("misfit %s at %s\n", misfit.why, misfit.node ? span_text(misfit.node->origin) : "?");
        return false;
    }
    size_t inputs, outputs;
    const struct input *in = program_inputs(program, &inputs);
    const struct output *out = program_outputs(program, &outputs);
    struct block *block = block_new(in, inputs);
    struct machine *machine = machine_new(kept = program);
    block_clear(block, inputs);
    struct cell_rule *rules = cell_rules_new(in, inputs);
    for (size_t i = 0; i < trial->units->list.count; i++)
        put_unit(block, program, rules, trial->units->list.items[i], trial->standard);
    trial->tally->rows += block->rows;
    machine_run(machine, block);
    struct scorer *scorer = scorer_new(trial->standard, &call, trial->asked, trial->count);
    for (size_t i = 0; i < block->rows; i++)
        if (block->exact[i] == EXACT_NOT)
            compare_row(trial, scorer, trial->units->list.items[i], machine, out, i);
    compare_all_alone(trial, program, block, machine, rules);
    cell_rules_free(rules, inputs);
    block_free(block);
    machine_free(machine);
    return true;
}

int main(int argc, char **argv)
{
    mem_start();
    struct diags diags = {0};
    const struct standard *standard =
        argc < 3 ? NULL : compile_standard(argv[1], &(struct compile_options){0}, &diags);
    if (!standard) {
        fputs("usage: columns_calc RULES UNIT.facts…\n", stderr);
        return 2;
    }
    struct units_list units = {0};
    for (int i = 2; i < argc && units.list.count < BLOCK_ROWS; i++) {
        struct diags found = {0};
        struct facts_file *file = facts_open(argv[i], &found);
        const struct unit *unit = file ? facts_read(file, standard, &found) : NULL;
        if (unit)
            vec_push(&units.list, unit);
    }
    const struct run run = {.standard = standard, .call = &call};
    struct outputs all = outputs_of(&run, true);
    struct tally tally = {0};
    VEC(const struct ir_node *) fitting = {0};
    for (size_t i = 0; i < all.count; i++) {
        enum type_kind kind = all.nodes[i]->type.kind;
        if (kind != TYPE_NUMBER && kind != TYPE_YESNO && kind != TYPE_CHOICE && kind != TYPE_DATE)
            continue;
        tally.values++;
        if (check_program(&(struct trial){standard, &units, &all.nodes[i], 1, &tally})) {
            tally.fitting++;
            vec_push(&fitting, all.nodes[i]);
        }
    }
    bool together = check_program(&(struct trial){standard, &units, fitting.items, fitting.count, &tally});
    printf("%zu values of %zu in columns, %zu rows of %zu, all together: %s\n", tally.fitting, tally.values,
           tally.taken, tally.rows, together ? "yes" : "no");
    return tally.differences > 0;
}
