#include "batch/proof.h"
#include <stdlib.h>
#include <string.h>
#include "batch/cells.h"
#include "batch/code.h"
#include "batch/spread.h"

/* A row whose trials stand in the block of trials. */
struct pending {
    size_t row, first, count;
};

struct proof {
    const struct program *program;
    struct machine *machine; /* of the value of one joint at a time */
    struct block *trials;
    struct pending *pending; /* as many as the block has rows */
    size_t pending_count;
    uint8_t open[BLOCK_ROWS + 8]; /* [row] */
    uint8_t doubtful[BLOCK_ROWS]; /* [row]: a trial did not show that it is exact */
    bool any_doubtful;
    struct cells *cells;
    bool *settled; /* [joint]: exact in every row */
};

enum { TRIALS_OF_A_ROW = 96 };

/* ---- trials */

static void copy_cell(void *to, size_t at, const void *from, size_t row, bool wide)
{
    if (wide)
        ((int64_t *)to)[at] = ((const int64_t *)from)[row];
    else
        ((int32_t *)to)[at] = ((const int32_t *)from)[row];
}

static void set_cell(void *to, size_t at, int64_t number, bool wide)
{
    if (wide)
        ((int64_t *)to)[at] = number;
    else
        ((int32_t *)to)[at] = (int32_t)number;
}

/* What the value reads of the row. */
static void copy_row(struct proof *proof, const struct joint *joint, const struct block *block, size_t row)
{
    struct block *trials = proof->trials;
    size_t at = trials->rows++;
    trials->exact[at] = EXACT_NOT;
    for (size_t k = 0; k < joint->alone->entries.count; k++) {
        size_t i = joint->alone->entries.items[k].input;
        bool wide = proof->program->inputs[i].wide;
        copy_cell(trials->numbers[i], at, block->numbers[i], row, wide);
        if (block->wholes[i])
            copy_cell(trials->wholes[i], at, block->wholes[i], row, wide);
        trials->states[i][at] = block->open[i] ? block->states[i][row] : INPUT_GIVEN;
        trials->open[i] |= trials->states[i][at] != INPUT_GIVEN;
    }
}

static void set_input(struct proof *proof, const struct trials *trials, size_t which)
{
    struct block *block = proof->trials;
    size_t at = block->rows - 1, input = trials->input;
    bool wide = proof->program->inputs[input].wide;
    set_cell(block->numbers[input], at, trials->numbers.items[which], wide);
    if (trials->wholes.count)
        set_cell(block->wholes[input], at, trials->wholes.items[which], wide);
    block->states[input][at] = INPUT_GIVEN;
}

static bool is_open(const struct block *block, size_t input, size_t row)
{
    return block->open[input] && block->states[input][row] == INPUT_OPEN;
}

/* How many there are of a row: one of each of the inputs that are open, with one of each of the others. */
static size_t count_trials(const struct joint *joint, const struct block *block, size_t row)
{
    size_t count = 1;
    for (size_t i = 0; i < joint->tangled.count && count <= TRIALS_OF_A_ROW; i++)
        if (is_open(block, joint->tangled.items[i].input, row))
            count *= joint->tangled.items[i].numbers.count;
    return count;
}

static void put_trials(struct proof *proof, const struct joint *joint, const struct block *block, size_t row,
                       size_t count)
{
    proof->pending[proof->pending_count++] = (struct pending){row, proof->trials->rows, count};
    for (size_t k = 0; k < count; k++) {
        size_t rest = k;
        copy_row(proof, joint, block, row);
        for (size_t i = 0; i < joint->tangled.count; i++) {
            const struct trials *trials = &joint->tangled.items[i];
            if (!is_open(block, trials->input, row))
                continue;
            set_input(proof, trials, rest % trials->numbers.count);
            rest /= trials->numbers.count;
        }
    }
}

/* ---- what came of them */

static void send(struct proof *proof, struct block *block, size_t row)
{
    if (block->exact[row] != EXACT_NOT)
        return;
    block->exact[row] = EXACT_OPEN;
    proof->doubtful[row] = true;
    proof->any_doubtful = true;
}

static void look_at(struct proof *proof, const struct pending *pending, const struct results *tried,
                    const struct results *held, struct block *block)
{
    struct spread all = {0}, wanted = spread_of(held, pending->row);
    for (size_t i = 0; i < pending->count; i++) {
        struct spread one = spread_of(tried, pending->first + i);
        if (proof->trials->exact[pending->first + i] != EXACT_NOT) {
            send(proof, block, pending->row);
            return;
        }
        spread_join(&all, &one);
    }
    if (!spread_same(&all, &wanted))
        send(proof, block, pending->row);
}

static void flush(struct proof *proof, size_t joint, const struct results *held, struct block *block)
{
    struct machine *machine = proof->machine;
    if (!proof->pending_count)
        return;
    machine_take(machine, proof->program->joints.items[joint].alone);
    machine_run(machine, proof->trials);
    struct results tried = machine_output(machine, 0);
    for (size_t i = 0; i < proof->pending_count; i++)
        look_at(proof, &proof->pending[i], &tried, held, block);
    block_clear(proof->trials, proof->program->input_count);
    proof->pending_count = 0;
}

/* ---- joints of one input alone: where it is open they come to the same in every row */

static void look_once(struct proof *proof, size_t at, struct block *one)
{
    const struct joint *joint = &proof->program->joints.items[at];
    size_t input = joint->alone->entries.items[0].input, count;
    one->rows = 1;
    one->open[input] = true;
    one->states[input][0] = INPUT_OPEN;
    one->exact[0] = EXACT_NOT;
    machine_take(proof->machine, joint->alone);
    machine_run(proof->machine, one);
    struct results results = machine_output(proof->machine, 0);
    struct spread held = spread_of(&results, 0), all = {0};
    count = count_trials(joint, one, 0);
    if (one->exact[0] != EXACT_NOT || count > TRIALS_OF_A_ROW)
        return;
    put_trials(proof, joint, one, 0, count);
    machine_run(proof->machine, proof->trials);
    results = machine_output(proof->machine, 0);
    for (size_t i = 0; i < count; i++) {
        struct spread tried = spread_of(&results, i);
        spread_join(&all, &tried);
    }
    proof->settled[at] = spread_same(&all, &held);
    proof->pending_count = 0;
    block_clear(proof->trials, proof->program->input_count);
}

static bool settle_all(struct proof *proof)
{
    const struct program *program = proof->program;
    struct block *one = block_new(program->inputs, program->input_count);
    if (!one)
        return false;
    for (size_t i = 0; i < program->joints.count; i++)
        if (program->joints.items[i].alone->entries.count == 1 &&
            program->joints.items[i].tangled.count == 1) {
            look_once(proof, i, one);
            block_clear(one, program->input_count);
        }
    block_free(one);
    return true;
}

/* ---- memory */

static struct machine *machine_of(const struct program *program)
{
    size_t count = program->joints.count;
    const struct program **alone = calloc(count + 1, sizeof *alone);
    for (size_t i = 0; alone && i < count; i++)
        alone[i] = program->joints.items[i].alone;
    struct machine *machine = alone ? machine_for_any(alone, count) : NULL;
    free(alone);
    return machine;
}

struct proof *proof_new(const struct program *program)
{
    struct proof *proof = calloc(1, sizeof *proof);
    if (!proof)
        return NULL;
    proof->program = program;
    proof->machine = machine_of(program);
    proof->pending = calloc(BLOCK_ROWS, sizeof *proof->pending);
    proof->trials = block_new(program->inputs, program->input_count);
    proof->cells = cells_new(program);
    proof->settled = calloc(program->joints.count + 1, sizeof *proof->settled);
    if (proof->machine && proof->pending && proof->trials && proof->cells && proof->settled &&
        settle_all(proof))
        return proof;
    proof_free(proof);
    return NULL;
}

void proof_free(struct proof *proof)
{
    if (proof->machine)
        machine_free(proof->machine);
    if (proof->trials)
        block_free(proof->trials);
    if (proof->cells)
        cells_free(proof->cells);
    free(proof->pending);
    free(proof->settled);
    free(proof);
}

/* ---- the rows of a block */

/* In which rows something is open that the joint is tangled in; false: in none. */
static bool find_open(struct proof *proof, const struct joint *joint, const struct block *block)
{
    bool any = false;
    for (size_t i = 0; i < joint->tangled.count; i++) {
        size_t input = joint->tangled.items[i].input;
        const uint8_t *states = block->states[input];
        if (!block->open[input])
            continue;
        if (!any)
            memset(proof->open, 0, BLOCK_ROWS);
        for (size_t row = 0; row < BLOCK_ROWS; row++)
            proof->open[row] |= states[row] == INPUT_OPEN;
        any = true;
    }
    return any;
}

static bool none_of_eight(const uint8_t *bytes)
{
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    return eight == 0;
}

static void try_row(struct proof *proof, size_t at, const struct results *held, struct block *block,
                    size_t row)
{
    const struct joint *joint = &proof->program->joints.items[at];
    struct spread value = spread_of(held, row);
    if (block->exact[row] != EXACT_NOT || spread_is_single(&value))
        return;
    size_t count = count_trials(joint, block, row);
    if (count > TRIALS_OF_A_ROW) {
        send(proof, block, row);
        return;
    }
    if (proof->trials->rows + count > BLOCK_ROWS)
        flush(proof, at, held, block);
    put_trials(proof, joint, block, row, count);
}

void proof_of_joint(struct proof *proof, size_t at, const struct results *held, struct block *block)
{
    if (proof->settled[at] || !find_open(proof, &proof->program->joints.items[at], block))
        return;
    for (size_t row = 0; row < block->rows; row++) {
        while (row % 8 == 0 && row < block->rows && none_of_eight(proof->open + row))
            row += 8;
        if (row < block->rows && proof->open[row])
            try_row(proof, at, held, block, row);
    }
    flush(proof, at, held, block);
}

void proof_of_rest(struct proof *proof, struct block *block, const struct results *answers)
{
    if (!proof->any_doubtful)
        return;
    cells_of_rows(proof->cells, block, proof->doubtful, answers);
    memset(proof->doubtful, 0, sizeof proof->doubtful);
    proof->any_doubtful = false;
}
