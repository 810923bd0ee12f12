#include "batch/row.h"
#include <stdlib.h>
#include <string.h>
#include "batch/code.h"
#include "batch/plan.h"

enum { BITS = 64 };

/* Who reads a column: steps of the plan, `from` … `to` of a list. */
struct readers {
    uint32_t from, to;
};

struct row {
    struct program program; /* a copy: each register has a slot of its own, and there are no joints */
    const struct program *whole;
    struct cell *cells;  /* [input], as they were set */
    size_t beyond, open; /* inputs for the exact evaluator; those that are open */
    /* Of the plan: where each input stands, and its state. */
    int64_t *numbers, *wholes;
    uint8_t *states;
    struct plan plan;
    struct machine *known;
    size_t steps; /* without those of answers */
    struct readers *of_inputs, *of_steps;
    uint32_t *readers;
    uint64_t *stale; /* a bit for each step */
    size_t words, stale_count;
    /* Of what is open: made when that comes up. */
    struct machine *machine;
    struct block *block;
    bool last_open;
};

/* ---------------------------------------------------------------- the plan */

void plan_add(struct plan *plan, enum loop_id id, const struct loop *loop)
{
    if (plan->count == plan->room) {
        size_t room = 2 * plan->room + 64;
        struct plan_step *steps = realloc(plan->steps, room * sizeof *steps);
        plan->short_of_memory |= !steps;
        if (!steps)
            return;
        plan->steps = steps;
        plan->room = room;
    }
    plan->steps[plan->count++] = (struct plan_step){loops_single()[id], *loop};
}

void *plan_constant(struct plan *plan)
{
    return &plan->constants[plan->constant_count++];
}

void plan_answer(struct plan *plan)
{
    plan->answers[plan->answer_count++] = (uint32_t)plan->count;
}

void plan_watch(struct plan *plan, const uint8_t *can)
{
    if (plan->watched_count == plan->watched_room) {
        size_t room = 2 * plan->watched_room + 16;
        const uint8_t **watched = realloc(plan->watched, room * sizeof *watched);
        plan->short_of_memory |= !watched;
        if (!watched)
            return;
        plan->watched = watched;
        plan->watched_room = room;
    }
    plan->watched[plan->watched_count++] = can;
}

static bool part_registers(struct row *row, const struct program *program)
{
    struct program *own = &row->program;
    *own = *program;
    memset(&own->joints, 0, sizeof own->joints);
    memset(own->slots, 0, sizeof own->slots);
    own->regs.items = malloc((own->regs.count + 1) * sizeof *own->regs.items);
    for (size_t i = 0; own->regs.items && i < own->regs.count; i++)
        own->regs.items[i] =
            (struct reg){program->regs.items[i].width, (unsigned)own->slots[program->regs.items[i].width]++};
    return own->regs.items;
}

/* A block of the row as the plan sees it. */
static bool note_steps(struct row *row)
{
    size_t count = row->program.input_count;
    bool *open = calloc(count + 1, sizeof *open);
    void **pointers = calloc(3 * count + 1, sizeof *pointers);
    uint8_t exact = EXACT_NOT;
    struct block block = {.rows = 1, .open = open, .exact = &exact};
    if (open && pointers) {
        block.numbers = pointers;
        block.wholes = pointers + count;
        block.states = (uint8_t **)(pointers + 2 * count);
        for (size_t i = 0; i < count; i++) {
            block.numbers[i] = &row->numbers[i];
            block.wholes[i] = &row->wholes[i];
            block.states[i] = &row->states[i];
        }
        row->known = machine_noting(&row->program, &block, &row->plan);
    }
    free(open);
    free(pointers);
    row->steps = row->plan.answer_count > 0 ? row->plan.answers[0] : row->plan.count;
    row->plan.answers[row->plan.answer_count] = (uint32_t)row->plan.count;
    return row->known && !row->plan.short_of_memory;
}

/* ---------------------------------------------------------------- who reads what */

/* A column that a step reads: of an input, or what another step made; else a constant. */
struct origin {
    enum { FROM_NOTHING, FROM_INPUT, FROM_STEP } kind;
    size_t at;
};

static bool is_within(const void *column, const void *start, size_t count, size_t size, size_t *at)
{
    uintptr_t first = (uintptr_t)start, place = (uintptr_t)column;
    if (place < first || place >= first + count * size)
        return false;
    *at = (place - first) / size;
    return true;
}

/* `makers`: [column of the machine] the step that fills it, from 1. */
static struct origin origin_of(const struct row *row, const uint32_t *makers, const void *column)
{
    size_t at, inputs = row->program.input_count;
    if (!column)
        return (struct origin){0};
    if (is_within(column, row->numbers, inputs, sizeof *row->numbers, &at) ||
        is_within(column, row->wholes, inputs, sizeof *row->wholes, &at) ||
        is_within(column, row->states, inputs, sizeof *row->states, &at))
        return (struct origin){FROM_INPUT, at};
    if (is_within(column, row->plan.start, row->plan.columns, PLAN_COLUMN, &at) && makers[at])
        return (struct origin){FROM_STEP, makers[at] - 1};
    return (struct origin){0};
}

enum { ARGUMENTS = 5 };

/* Each once. */
static size_t origins_of(const struct row *row, const uint32_t *makers, const struct loop *loop,
                         struct origin origins[ARGUMENTS])
{
    const void *columns[ARGUMENTS] = {loop->a, loop->b, loop->a_high, loop->b_high, loop->c};
    size_t count = 0;
    for (size_t i = 0; i < ARGUMENTS; i++) {
        struct origin origin = origin_of(row, makers, columns[i]);
        bool is_new = origin.kind != FROM_NOTHING;
        for (size_t k = 0; k < count; k++)
            is_new &= origins[k].kind != origin.kind || origins[k].at != origin.at;
        if (is_new)
            origins[count++] = origin;
    }
    return count;
}

static struct readers *readers_of(struct row *row, struct origin origin)
{
    return origin.kind == FROM_INPUT ? &row->of_inputs[origin.at] : &row->of_steps[origin.at];
}

/* First how many each has, then which. */
static void list_readers(struct row *row, const uint32_t *makers, bool counting)
{
    for (size_t i = 0; i < row->steps; i++) {
        struct origin origins[ARGUMENTS];
        size_t count = origins_of(row, makers, &row->plan.steps[i].loop, origins);
        for (size_t k = 0; k < count; k++) {
            struct readers *readers = readers_of(row, origins[k]);
            if (!counting)
                row->readers[readers->to] = (uint32_t)i;
            readers->to++;
        }
    }
}

static size_t lay_out(struct readers *all, size_t count, size_t at)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t length = all[i].to;
        all[i].from = all[i].to = (uint32_t)at;
        at += length;
    }
    return at;
}

static uint32_t *find_makers(const struct row *row)
{
    uint32_t *makers = calloc(row->plan.columns + 1, sizeof *makers);
    for (size_t i = 0; makers && i < row->steps; i++) {
        size_t at;
        if (is_within(row->plan.steps[i].loop.to, row->plan.start, row->plan.columns, PLAN_COLUMN, &at))
            makers[at] = (uint32_t)i + 1;
    }
    return makers;
}

static bool link_steps(struct row *row)
{
    size_t inputs = row->program.input_count, steps = row->steps;
    uint32_t *makers = find_makers(row);
    row->of_inputs = calloc(inputs + 1, sizeof *row->of_inputs);
    row->of_steps = calloc(steps + 1, sizeof *row->of_steps);
    row->words = (steps + BITS - 1) / BITS;
    row->stale = calloc(row->words + 1, sizeof *row->stale);
    if (makers && row->of_inputs && row->of_steps && row->stale) {
        list_readers(row, makers, true);
        size_t total = lay_out(row->of_steps, steps, lay_out(row->of_inputs, inputs, 0));
        row->readers = calloc(total + 1, sizeof *row->readers);
        if (row->readers)
            list_readers(row, makers, false);
    }
    free(makers);
    return row->readers;
}

/* ---------------------------------------------------------------- steps that have to be run */

static void mark(struct row *row, const struct readers *readers)
{
    for (uint32_t i = readers->from; i < readers->to; i++)
        row->stale[row->readers[i] / BITS] |= (uint64_t)1 << row->readers[i] % BITS;
    row->stale_count += readers->to - readers->from;
}

/* Looking at what hangs on what costs as much as about two steps. */
static bool is_much_stale(const struct row *row)
{
    return 3 * row->stale_count > row->steps;
}

static void run_steps(const struct plan *plan, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        plan->steps[i].run(&plan->steps[i].loop);
}

static void run_all(struct row *row)
{
    run_steps(&row->plan, 0, row->steps);
    memset(row->stale, 0, row->words * sizeof *row->stale);
}

/* Where it makes what stood there before, nothing that reads it need be run. */
static void run_step(struct row *row, size_t at)
{
    const struct plan_step *step = &row->plan.steps[at];
    uint64_t before, after;
    memcpy(&before, step->loop.to, sizeof before);
    step->run(&step->loop);
    memcpy(&after, step->loop.to, sizeof after);
    if (after != before)
        mark(row, &row->of_steps[at]);
}

/* Readers stand behind what they read. */
static void run_stale(struct row *row)
{
    for (size_t i = 0; i < row->words; i++)
        while (row->stale[i]) {
            size_t bit = (size_t)__builtin_ctzll(row->stale[i]);
            row->stale[i] &= row->stale[i] - 1;
            run_step(row, i * BITS + bit);
        }
}

static bool is_faulty(const struct row *row)
{
    for (size_t i = 0; i < row->plan.watched_count; i++)
        if (*row->plan.watched[i] & CAN_FAULT || *row->plan.watched[i] == 0)
            return true;
    return false;
}

static enum row_way run_known(struct row *row)
{
    if (is_much_stale(row))
        run_all(row);
    else
        run_stale(row);
    row->stale_count = 0;
    row->last_open = false;
    return is_faulty(row) ? ROW_EXACT : ROW_KNOWN;
}

/* ---------------------------------------------------------------- what is open */

static bool make_room_for_open(struct row *row)
{
    if (!row->machine)
        row->machine = machine_for_rows(row->whole, 1);
    if (!row->block)
        row->block = block_new(row->whole->inputs, row->whole->input_count);
    return row->machine && row->block;
}

static enum row_way run_open(struct row *row)
{
    if (!make_room_for_open(row))
        return ROW_EXACT;
    block_clear(row->block, row->whole->input_count);
    row->block->rows = 1;
    for (size_t i = 0; i < row->whole->input_count; i++)
        cell_put(&row->cells[i], row->block, &row->whole->inputs[i], i, 0);
    machine_run(row->machine, row->block);
    row->last_open = true;
    return row->block->exact[0] == EXACT_NOT ? ROW_OPEN : ROW_EXACT;
}

enum row_way row_run(struct row *row)
{
    if (row->beyond > 0)
        return ROW_EXACT;
    return row->open > 0 ? run_open(row) : run_known(row);
}

struct results row_output(const struct row *row, size_t output)
{
    const uint32_t *steps = &row->plan.answers[output];
    if (row->last_open)
        return machine_output(row->machine, output);
    run_steps(&row->plan, steps[0], steps[1]);
    return machine_output(row->known, output);
}

/* ---------------------------------------------------------------- what is said */

/* In as many bytes as its loops read. */
static void put(const struct input *input, int64_t *place, int64_t number)
{
    int32_t narrow = (int32_t)number;
    if (input->wide)
        *place = number;
    else
        memcpy(place, &narrow, sizeof narrow);
}

/* As the plan sees it: what is n/a counts for nothing. */
static void enter(struct row *row, size_t at, const struct cell *cell)
{
    const struct opening *opening = &row->program.openings[at];
    const struct input *input = &row->program.inputs[at];
    bool na = cell->state == INPUT_NA;
    put(input, &row->numbers[at], na ? opening->low : cell->number);
    put(input, &row->wholes[at], na ? opening->low_whole : cell->whole);
    row->states[at] = (uint8_t)cell->state;
    if (!is_much_stale(row))
        mark(row, &row->of_inputs[at]);
}

void row_set(struct row *row, size_t input, const struct cell *cell)
{
    struct cell *kept = &row->cells[input];
    row->beyond += (cell->exact != EXACT_NOT) - (size_t)(kept->exact != EXACT_NOT);
    row->open += (cell->state == INPUT_OPEN) - (size_t)(kept->state == INPUT_OPEN);
    bool same = kept->state == cell->state && kept->number == cell->number && kept->whole == cell->whole;
    *kept = *cell;
    if (!same)
        enter(row, input, cell);
}

struct cell row_cell(const struct row *row, size_t input)
{
    return row->cells[input];
}

static bool make_cells(struct row *row)
{
    size_t count = row->program.input_count + 1;
    row->cells = calloc(count, sizeof *row->cells);
    row->numbers = calloc(count, sizeof *row->numbers);
    row->wholes = calloc(count, sizeof *row->wholes);
    row->states = calloc(count, sizeof *row->states);
    row->plan.constants = calloc(2 * row->program.code.count + 1, sizeof *row->plan.constants);
    row->plan.answers = calloc(row->program.answer_count + 1, sizeof *row->plan.answers);
    return row->cells && row->numbers && row->wholes && row->states && row->plan.constants &&
           row->plan.answers;
}

struct row *row_new(const struct program *program, const struct cell_rule *rules)
{
    struct row *row = calloc(1, sizeof *row);
    if (!row)
        return NULL;
    row->whole = program;
    if (!part_registers(row, program) || !make_cells(row) || !note_steps(row) || !link_steps(row)) {
        row_free(row);
        return NULL;
    }
    for (size_t i = 0; i < program->input_count; i++) {
        row_set(row, i, &rules[i].none);
        enter(row, i, &rules[i].none);
    }
    run_all(row);
    return row;
}

void row_free(struct row *row)
{
    if (!row)
        return;
    machine_free(row->known);
    machine_free(row->machine);
    block_free(row->block);
    free(row->program.regs.items);
    free(row->cells);
    free(row->numbers);
    free(row->wholes);
    free(row->states);
    free(row->plan.steps);
    free(row->plan.constants);
    free(row->plan.answers);
    free(row->plan.watched);
    free(row->of_inputs);
    free(row->of_steps);
    free(row->readers);
    free(row->stale);
    free(row);
}
