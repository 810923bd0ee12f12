#include "batch/cells.h"
#include <stdlib.h>
#include "batch/code.h"
#include "batch/proof.h"
#include "batch/spread.h"

enum { PIECES_OF_A_ROW = 96 };

/* A row whose pieces stand in the block of pieces. */
struct pending {
    size_t row, first, count;
};

struct cells {
    const struct program *program;
    struct machine *machine;
    struct block *pieces;
    void **highs; /* [input]: of what is cut, the high ends of pieces */
    bool *single; /* [piece]: every input in it is one value */
    struct pending *pending;
    size_t pending_count;
};

/* ---- memory */

static bool take_highs(struct cells *cells)
{
    const struct program *program = cells->program;
    for (size_t i = 0; i < program->split.count; i++) {
        size_t input = program->split.items[i].input, size = program->inputs[input].wide ? 8 : 4;
        if (!(cells->highs[input] = calloc(BLOCK_ROWS + BLOCK_PAD, size)))
            return false;
    }
    return true;
}

struct cells *cells_new(const struct program *program)
{
    struct cells *cells = calloc(1, sizeof *cells);
    if (!cells)
        return NULL;
    cells->program = program;
    cells->machine = machine_for_any(&program->whole, 1);
    cells->pieces = block_new(program->inputs, program->input_count);
    cells->highs = calloc(program->input_count + 1, sizeof *cells->highs);
    cells->single = calloc(BLOCK_ROWS, sizeof *cells->single);
    cells->pending = calloc(BLOCK_ROWS, sizeof *cells->pending);
    if (!cells->machine || !cells->pieces || !cells->highs || !cells->single || !cells->pending ||
        !take_highs(cells)) {
        cells_free(cells);
        return NULL;
    }
    machine_take(cells->machine, program->whole);
    cells->pieces->highs = cells->highs;
    return cells;
}

void cells_free(struct cells *cells)
{
    for (size_t i = 0; cells->highs && i < cells->program->input_count; i++)
        free(cells->highs[i]);
    if (cells->machine)
        machine_free(cells->machine);
    if (cells->pieces)
        block_free(cells->pieces);
    free(cells->highs);
    free(cells->single);
    free(cells->pending);
    free(cells);
}

/* ---- the pieces of one input: each of its numbers, and what lies between them and beyond */

struct piece {
    int64_t low, high;
    bool single, there;
};

static int64_t endless(const struct input *input, int sign)
{
    return sign * (input->wide ? INT64_MAX : INT32_MAX);
}

/* What can be given between two numbers; where more decimals can be than are held, both as well. */
static struct piece between(const struct input *input, int64_t after, int64_t before)
{
    bool counted = input->step || input->kind != INPUT_NUMBER || (input->field && input->field->type.whole);
    int64_t step = !counted ? 0 : input->step ? input->step : 1;
    struct piece piece = {after == endless(input, -1) ? after : after + step,
                          before == endless(input, 1) ? before : before - step, false, true};
    piece.there = piece.low <= piece.high;
    return piece;
}

static size_t count_pieces(const struct trials *trials)
{
    return 2 * trials->numbers.count + 1;
}

static struct piece piece_at(const struct program *program, const struct trials *trials, size_t at)
{
    const struct input *input = &program->inputs[trials->input];
    const struct opening *opening = &program->openings[trials->input];
    const int64_t *numbers = trials->numbers.items;
    size_t count = trials->numbers.count, which = at / 2;
    if (at % 2 == 1)
        return (struct piece){numbers[which], numbers[which], true, true};
    int64_t low = which > 0               ? numbers[which - 1]
                  : opening->low_infinite ? endless(input, -1)
                                          : numbers[0],
            high = which < count            ? numbers[which]
                   : opening->high_infinite ? endless(input, 1)
                                            : numbers[count - 1];
    bool outside = (which == 0 && !opening->low_infinite) || (which == count && !opening->high_infinite);
    return outside ? (struct piece){0} : between(input, low, high);
}

/* ---- a row in pieces */

static int64_t number_at(const void *column, size_t row, bool wide)
{
    return wide ? ((const int64_t *)column)[row] : ((const int32_t *)column)[row];
}

static void set_number(void *column, size_t row, int64_t number, bool wide)
{
    if (wide)
        ((int64_t *)column)[row] = number;
    else
        ((int32_t *)column)[row] = (int32_t)number;
}

static void copy_row(struct cells *cells, const struct block *block, size_t row)
{
    struct block *pieces = cells->pieces;
    size_t at = pieces->rows;
    pieces->exact[at] = EXACT_NOT;
    for (size_t k = 0; k < cells->program->entries.count; k++) {
        size_t i = cells->program->entries.items[k].input;
        bool wide = cells->program->inputs[i].wide;
        int64_t number = number_at(block->numbers[i], row, wide);
        set_number(pieces->numbers[i], at, number, wide);
        if (cells->highs[i])
            set_number(cells->highs[i], at, number, wide);
        if (block->wholes[i])
            set_number(pieces->wholes[i], at, number_at(block->wholes[i], row, wide), wide);
        pieces->states[i][at] = block->open[i] ? block->states[i][row] : INPUT_GIVEN;
        pieces->open[i] |= pieces->states[i][at] != INPUT_GIVEN;
    }
}

static bool is_open(const struct block *block, size_t input, size_t row)
{
    return block->open[input] && block->states[input][row] == INPUT_OPEN;
}

/* 0: it cannot be cut, or into too many. */
static size_t count_of_row(const struct cells *cells, const struct block *block, size_t row)
{
    size_t count = 1;
    for (size_t i = 0; i < cells->program->split.count && count <= PIECES_OF_A_ROW; i++) {
        const struct trials *trials = &cells->program->split.items[i];
        if (is_open(block, trials->input, row))
            count *= trials->wholes.count || !trials->numbers.count ? 0 : count_pieces(trials);
    }
    return count > PIECES_OF_A_ROW ? 0 : count;
}

/* Sets what is open and cut to the piece of that number; false: there is no such piece. */
static bool set_pieces(struct cells *cells, const struct block *block, size_t row, size_t number)
{
    size_t at = cells->pieces->rows;
    cells->single[at] = true;
    for (size_t i = 0; i < cells->program->split.count; i++) {
        const struct trials *trials = &cells->program->split.items[i];
        size_t input = trials->input;
        bool wide = cells->program->inputs[input].wide;
        if (!is_open(block, input, row))
            continue;
        struct piece piece = piece_at(cells->program, trials, number % count_pieces(trials));
        number /= count_pieces(trials);
        if (!piece.there)
            return false;
        cells->single[at] &= piece.single;
        set_number(cells->pieces->numbers[input], at, piece.low, wide);
        set_number(cells->highs[input], at, piece.high, wide);
        cells->pieces->states[input][at] = INPUT_GIVEN;
        cells->pieces->open[input] = true;
    }
    return true;
}

static void put_row(struct cells *cells, const struct block *block, size_t row, size_t count)
{
    struct pending *pending = &cells->pending[cells->pending_count++];
    *pending = (struct pending){.row = row, .first = cells->pieces->rows};
    for (size_t number = 0; number < count; number++) {
        copy_row(cells, block, row);
        cells->pieces->rows += set_pieces(cells, block, row, number);
    }
    pending->count = cells->pieces->rows - pending->first;
}

/* ---- what they come to */

/* All that can be, and what surely is. */
static bool answer_of(const struct cells *cells, const struct pending *pending, size_t answer,
                      struct spread *found)
{
    struct results results = machine_output(cells->machine, answer);
    struct spread all = {0}, sure = {0};
    for (size_t i = pending->first; i < pending->first + pending->count; i++) {
        struct spread one = spread_of(&results, i);
        if (cells->pieces->exact[i] != EXACT_NOT)
            return false;
        spread_join(&all, &one);
        if (cells->single[i])
            spread_join(&sure, &one);
    }
    *found = sure;
    return spread_same(&all, &sure);
}

static void tell(const struct cells *cells, const struct pending *pending, struct block *block,
                 const struct results *results)
{
    struct spread found;
    for (size_t i = 0; i < cells->program->answer_count; i++)
        if (!answer_of(cells, pending, i, &found) || !spread_put(&found, &results[i], pending->row))
            return;
    block->exact[pending->row] = EXACT_NOT;
}

static void flush(struct cells *cells, struct block *block, const struct results *results)
{
    if (cells->pending_count)
        machine_run(cells->machine, cells->pieces);
    for (size_t i = 0; i < cells->pending_count; i++)
        tell(cells, &cells->pending[i], block, results);
    block_clear(cells->pieces, cells->program->input_count);
    cells->pending_count = 0;
}

void cells_of_rows(struct cells *cells, struct block *block, const uint8_t *rows,
                   const struct results *results)
{
    for (size_t row = 0; row < block->rows; row++) {
        size_t count = rows[row] && block->exact[row] == EXACT_OPEN ? count_of_row(cells, block, row) : 0;
        if (count == 0)
            continue;
        if (cells->pieces->rows + count > BLOCK_ROWS)
            flush(cells, block, results);
        put_row(cells, block, row, count);
    }
    flush(cells, block, results);
}
