/* Columns that are known in every row have one array for both ends; only where something is open are both worked out. */
#include <stdlib.h>
#include <string.h>
#include "batch/machine_parts.h"
#include "batch/plan.h"
#include "batch/proof.h"

static const size_t SIZES[] = {[REG_BYTES] = 1, [REG_4] = 4, [REG_8] = 8};

/* ---- memory: first the columns of each width, both ends, then the answers and constants */

/* A single row takes a word, whatever it holds. */
static size_t column_size(size_t room, size_t item)
{
    return room == 1 ? PLAN_COLUMN : room * item + BLOCK_PAD;
}

static size_t columns_size(const struct program *program, size_t room)
{
    size_t size = 0;
    for (size_t w = 0; w < REG_WIDTHS; w++)
        size += 2 * program->slots[w] * column_size(room, SIZES[w]);
    return size + (4 * program->answer_count + 6) * column_size(room, sizeof(int64_t));
}

static void place_registers(struct machine *machine, char **at)
{
    const struct program *program = machine->program;
    char *starts[REG_WIDTHS];
    for (size_t w = 0; w < REG_WIDTHS; w++) {
        starts[w] = *at;
        *at += 2 * program->slots[w] * column_size(machine->room, SIZES[w]);
    }
    for (size_t i = 0; i < program->regs.count; i++) {
        const struct reg *reg = &program->regs.items[i];
        size_t size = column_size(machine->room, SIZES[reg->width]);
        char *place = starts[reg->width] + 2 * reg->slot * size;
        machine->columns[i] = (struct lane){.own_low = place, .own_high = place + size};
    }
}

static void *next_column(const struct machine *machine, char **at)
{
    void *column = *at;
    *at += column_size(machine->room, sizeof(int64_t));
    return column;
}

static void place_answer(const struct machine *machine, struct answer_columns *columns, char **at)
{
    columns->low = next_column(machine, at);
    columns->high = next_column(machine, at);
    columns->whole_low = next_column(machine, at);
    columns->whole_high = next_column(machine, at);
}

static void place_all(struct machine *machine)
{
    char *at = machine->memory;
    at += -(uintptr_t)at % BLOCK_PAD;
    place_registers(machine, &at);
    for (size_t i = 0; i < machine->program->answer_count; i++)
        place_answer(machine, &machine->answers[i], &at);
    place_answer(machine, &machine->joint, &at);
    machine->constants[0] = next_column(machine, &at);
    machine->constants[1] = next_column(machine, &at);
}

/* Room for any of the programs. */
static struct machine *room_for(const struct program *const *programs, size_t count, size_t room)
{
    size_t size = 0, regs = 0, answers = 0;
    struct machine *machine = calloc(1, sizeof *machine);
    for (size_t i = 0; i < count; i++) {
        const struct program *program = programs[i];
        size = columns_size(program, room) > size ? columns_size(program, room) : size;
        regs = program->regs.count > regs ? program->regs.count : regs;
        answers = program->answer_count > answers ? program->answer_count : answers;
    }
    if (!machine)
        return NULL;
    machine->room = room;
    machine->loops = loops_here();
    machine->columns = calloc(regs + 1, sizeof *machine->columns);
    machine->answers = calloc(answers + 1, sizeof *machine->answers);
    machine->memory = calloc(1, size + BLOCK_PAD);
    machine->results = calloc(answers + 1, sizeof *machine->results);
    if (machine->columns && machine->answers && machine->results && machine->memory)
        return machine;
    machine_free(machine);
    return NULL;
}

struct machine *machine_for_any(const struct program *const *programs, size_t count)
{
    return room_for(programs, count, BLOCK_ROWS);
}

void machine_take(struct machine *machine, const struct program *program)
{
    machine->program = program;
    place_all(machine);
}

struct machine *machine_for_rows(const struct program *program, size_t rows)
{
    struct machine *machine = room_for(&program, 1, (rows + LOOP_STEP - 1) / LOOP_STEP * LOOP_STEP);
    if (machine && program->joints.count && !(machine->proof = proof_new(program))) {
        machine_free(machine);
        return NULL;
    }
    if (machine)
        machine_take(machine, program);
    return machine;
}

struct machine *machine_new(const struct program *program)
{
    return machine_for_rows(program, BLOCK_ROWS);
}

void machine_free(struct machine *machine)
{
    if (!machine)
        return;
    if (machine->proof)
        proof_free(machine->proof);
    free(machine->columns);
    free(machine->answers);
    free(machine->results);
    free(machine->memory);
    free(machine);
}

/* ---- what a unit says */

static int64_t entered_end(bool infinite, int sign, int64_t end, enum reg_width width)
{
    return !infinite ? end : sign * (width == REG_8 ? ENDLESS_8 : ENDLESS_4);
}

/* What is n/a counts for nothing, and is one number at both ends. `highs`: the high ends of what is given. */
static void enter_column(struct machine *machine, const struct block *block, size_t input, unsigned reg,
                         void *given, const void *highs, int64_t low, int64_t high, int64_t na)
{
    struct lane *column = &machine->columns[reg];
    column->open = block->open[input];
    column->low = column->high = given;
    if (!column->open)
        return;
    machine_loop(machine, machine_sized(machine, reg, LOOP_enter_4),
                 (struct loop){.to = column->own_low,
                               .to_high = column->own_high,
                               .a = given,
                               .a_high = highs,
                               .c = block->states[input],
                               .k = low,
                               .k2 = high,
                               .k3 = na});
    column->low = column->own_low;
    column->high = column->own_high;
}

static void enter_can(struct machine *machine, const struct block *block, size_t input, unsigned reg)
{
    struct lane *column = &machine->columns[reg];
    column->low = column->high = column->own_low;
    struct loop loop = {.to = column->own_low, .a = block->states[input], .k = CAN_BE_ELSE};
    machine_loop(machine, machine_reads_states(machine, block, input) ? LOOP_can_of_states : LOOP_fill, loop);
}

static void enter_number(struct machine *machine, const struct block *block, size_t input,
                         const struct entry *entry)
{
    const struct opening *opening = entry->opening;
    enum reg_width width = machine_width(machine, entry->number);
    void *given = block->numbers[input], *highs = block->highs ? block->highs[input] : NULL;
    enter_column(machine, block, input, entry->number, given, highs ? highs : given,
                 entered_end(opening->low_infinite, -1, opening->low, width),
                 entered_end(opening->high_infinite, 1, opening->high, width), opening->low);
}

static void enter(struct machine *machine, const struct block *block)
{
    for (size_t k = 0; k < machine->program->entries.count; k++) {
        const struct entry *entry = &machine->program->entries.items[k];
        const struct opening *opening = entry->opening;
        size_t i = entry->input;
        if (entry->number != NO_REG)
            enter_number(machine, block, i, entry);
        if (entry->whole != NO_REG)
            enter_column(machine, block, i, entry->whole, block->wholes[i], block->wholes[i],
                         opening->low_whole, opening->high_whole, opening->low_whole);
        if (entry->can != NO_REG)
            enter_can(machine, block, i, entry->can);
    }
}

/* ---- what came of it */

static void send(struct block *block, size_t row, enum exact_reason reason)
{
    if (block->exact[row] == EXACT_NOT)
        block->exact[row] = (uint8_t)reason;
}

static void look_for_faults(const struct machine *machine, struct block *block, const uint8_t *can)
{
    if (machine->plan)
        plan_watch(machine->plan, can);
    for (size_t i = 0; i < block->rows; i++)
        if (can[i] & CAN_FAULT || can[i] == 0)
            send(block, i, EXACT_FAULT);
}

static const int64_t *numbers_of(struct machine *machine, enum reg_width width, const void *column,
                                 int64_t *room)
{
    if (width == REG_8)
        return column;
    machine_loop(machine, LOOP_widen_endless, (struct loop){.to = room, .a = column, .k = 1});
    return room;
}

/* Of a quotient: what its ends are over. */
static void answer_wholes(struct machine *machine, const struct answer *answer,
                          struct answer_columns *columns)
{
    struct results *results = &columns->results;
    const struct lane *whole = &machine->columns[answer->whole];
    enum reg_width width = machine_width(machine, answer->whole);
    results->whole_low = results->whole_high = numbers_of(machine, width, whole->low, columns->whole_low);
    if (whole->open)
        results->whole_high = numbers_of(machine, width, whole->high, columns->whole_high);
}

static void look_for_endless(struct block *block, const struct results *results)
{
    if (results->low == results->high)
        return;
    for (size_t i = 0; i < block->rows; i++)
        if (results->high[i] == ENDLESS_8 || results->low[i] == -ENDLESS_8)
            send(block, i, EXACT_OPEN);
}

static void answer_number(struct machine *machine, const struct answer *answer,
                          struct answer_columns *columns)
{
    struct results *results = &columns->results;
    if (answer->is_const) {
        machine_loop(machine, LOOP_constant_8, (struct loop){.to = columns->low, .k = answer->constant});
        results->low = results->high = columns->low;
        return;
    }
    const struct lane *column = &machine->columns[answer->number];
    enum reg_width width = machine_width(machine, answer->number);
    results->low = results->high = numbers_of(machine, width, column->low, columns->low);
    if (answer->whole != NO_REG)
        answer_wholes(machine, answer, columns);
    if (!column->open)
        return;
    results->high = numbers_of(machine, width, column->high, columns->high);
}

static struct results results_of(struct machine *machine, const struct answer *answer,
                                 struct answer_columns *columns)
{
    columns->results = (struct results){0};
    if (answer->can != NO_REG)
        columns->results.can = machine->columns[answer->can].low;
    if (answer->output.kind != OUTPUT_TRUTH)
        answer_number(machine, answer, columns);
    return columns->results;
}

static void answer_all(struct machine *machine, struct block *block)
{
    const struct program *program = machine->program;
    for (size_t i = 0; i < program->answer_count; i++) {
        if (machine->plan)
            plan_answer(machine->plan);
        struct results results = results_of(machine, &program->answers[i], &machine->answers[i]);
        machine->results[i] = results;
        if (results.can)
            look_for_faults(machine, block, results.can);
        if (results.low)
            look_for_endless(block, &results);
    }
    if (program->joints.count == 0)
        return;
    for (size_t i = 0; i < program->joints.count; i++) {
        struct results held = results_of(machine, &program->joints.items[i].value, &machine->joint);
        proof_of_joint(machine->proof, i, &held, block);
    }
    proof_of_rest(machine->proof, block, machine->results);
}

void machine_run(struct machine *machine, struct block *block)
{
    const struct program *program = machine->program;
    machine->rows = (block->rows + LOOP_STEP - 1) / LOOP_STEP * LOOP_STEP;
    enter(machine, block);
    for (size_t i = 0; i < program->code.count; i++)
        machine_step(machine, block, &program->code.items[i]);
    for (size_t i = 0; i < program->guards.list.count; i++)
        look_for_faults(machine, block, machine->columns[program->guards.list.items[i]].low);
    answer_all(machine, block);
}

struct results machine_output(const struct machine *machine, size_t output)
{
    return machine->answers[output].results;
}

/* ---- a single row */

struct machine *machine_noting(const struct program *program, struct block *block, struct plan *plan)
{
    struct machine *machine = room_for(&program, 1, 1);
    if (!machine)
        return NULL;
    machine->plan = plan;
    machine_take(machine, program);
    plan->start = (char *)machine->memory;
    plan->start += -(uintptr_t)plan->start % BLOCK_PAD;
    plan->columns = columns_size(program, 1) / PLAN_COLUMN;
    machine_run(machine, block);
    return machine;
}
