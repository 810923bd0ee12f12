#include "batch/block.h"
#include <stdlib.h>
#include <string.h>

enum { ALIGNED = 64 /* bytes of a line of the cache */ };

/* Memory given out piece by piece; without a start it is only counted. */
struct room {
    char *start;
    size_t used;
};

static void *take(struct room *room, size_t size)
{
    size_t at = room->used;
    room->used += (size + ALIGNED - 1) / ALIGNED * ALIGNED;
    return room->start ? room->start + at : NULL;
}

static void *take_column(struct room *room, size_t size)
{
    return take(room, BLOCK_ROWS * size + BLOCK_PAD);
}

static size_t size_of(const struct input *input)
{
    return input->wide ? sizeof(int64_t) : sizeof(int32_t);
}

/* Columns of numbers stand side by side: a row is written across them. */
static void take_columns(struct room *room, struct block *block, const struct input *inputs, size_t count)
{
    void *unused;
    for (size_t i = 0; i < count; i++)
        *(room->start ? &block->numbers[i] : &unused) = take_column(room, size_of(&inputs[i]));
    for (size_t i = 0; i < count; i++)
        if (inputs[i].kind == INPUT_SHARE)
            *(room->start ? &block->wholes[i] : &unused) = take_column(room, size_of(&inputs[i]));
    for (size_t i = 0; i < count; i++) {
        uint8_t *states = take_column(room, sizeof *states);
        if (room->start)
            block->states[i] = states;
    }
}

static void lay_out(struct room *room, struct block *block, const struct input *inputs, size_t count)
{
    block->numbers = take(room, count * sizeof *block->numbers);
    block->wholes = take(room, count * sizeof *block->wholes);
    block->states = take(room, count * sizeof *block->states);
    block->open = take(room, count * sizeof *block->open);
    block->exact = take_column(room, sizeof *block->exact);
    block->texts = take_column(room, sizeof *block->texts);
    take_columns(room, block, inputs, count);
}

struct block *block_new(const struct input *inputs, size_t count)
{
    struct room counted = {0};
    struct block unused, *block = take(&counted, sizeof *block);
    lay_out(&counted, &unused, inputs, count);
    struct room room = {.start = aligned_alloc(ALIGNED, counted.used)};
    if (!room.start)
        return NULL;
    memset(room.start, 0, counted.used);
    block = take(&room, sizeof *block);
    lay_out(&room, block, inputs, count);
    block->memory = room.start;
    return block;
}

void block_clear(struct block *block, size_t inputs)
{
    block->rows = 0;
    for (size_t i = 0; i < inputs; i++)
        if (block->open[i])
            memset(block->states[i], INPUT_GIVEN, BLOCK_ROWS);
    memset(block->open, 0, inputs * sizeof *block->open);
    memset(block->exact, EXACT_NOT, BLOCK_ROWS);
}

void block_free(struct block *block)
{
    if (block)
        free(block->memory);
}
