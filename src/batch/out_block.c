#include "batch/out_block.h"
#include <stdlib.h>
#include <string.h>
#include "batch/out_texts.h"

enum {
    KEPT = 1024,     /* held numbers 0 … of a column whose text is kept */
    KEPT_LENGTH = 31 /* bytes of such a text */
};

/* What a cell looks like, with what stands before it. */
struct kept {
    uint8_t length; /* 0: not yet known */
    char text[KEPT_LENGTH];
};

/* What tells the text of a column's cells apart. */
enum told {
    TOLD_BY_CAN,   /* what a truth can be */
    TOLD_BY_ENDS,  /* two cells, each end a number */
    TOLD_BY_PLACE, /* one cell, where both ends are one place */
    TOLD_BY_ALL    /* nothing that fits a table */
};

/* A column of the form, in the block at hand. */
struct cells {
    enum told told;
    struct results results;
    struct kept *kept[2]; /* of each cell, by what tells it */
};

struct block_writer {
    const struct row_form *form;
    const struct output *outputs;
    const struct counting *counting;
    struct tally *tally;
    size_t result_count;     /* by what is asked */
    struct cells *cells;     /* by column of the form */
    uint8_t bins[KEPT];      /* of totals */
    uint8_t yes[BLOCK_ROWS]; /* of a column for which nothing is asked */
    struct kept exact;       /* the end of a row */
    size_t kept_room;        /* bytes of a row of which every cell is kept, beside its id */
    struct row_out text;
    struct text_finder texts;
};

static bool keep_tables(struct block_writer *writer)
{
    writer->cells = calloc(writer->form->count + 1, sizeof *writer->cells);
    for (size_t i = 0; writer->cells && i < writer->form->count; i++)
        for (size_t k = 0; k < 2; k++)
            if (!(writer->cells[i].kept[k] = calloc(KEPT, sizeof(struct kept))))
                return false;
    writer->kept_room = (2 * writer->form->count + 2) * KEPT_LENGTH;
    return writer->cells;
}

static void fill_bins(struct block_writer *writer)
{
    for (int64_t i = 0; writer->counting->total != SIZE_MAX && i < KEPT; i++)
        writer->bins[i] = (uint8_t)tally_bin(i, writer->counting->most);
}

struct block_writer *block_writer_new(const struct row_form *form, const struct program *program,
                                      const struct counting *counting)
{
    struct block_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return NULL;
    writer->form = form;
    writer->counting = counting;
    writer->outputs = program_outputs(program, &writer->result_count);
    writer->tally = tally_new(counting->places, counting->count);
    memset(writer->yes, CAN_BE_YES, sizeof writer->yes);
    fill_bins(writer);
    if (writer->tally && keep_tables(writer) &&
        (form->text_count == 0 || text_finder_start(&writer->texts, form)))
        return writer;
    block_writer_free(writer);
    return NULL;
}

void block_writer_free(struct block_writer *writer)
{
    for (size_t i = 0; writer->cells && i < writer->form->count; i++)
        for (size_t k = 0; k < 2; k++)
            free(writer->cells[i].kept[k]);
    if (writer->tally)
        tally_free(writer->tally);
    free(writer->cells);
    text_finder_end(&writer->texts);
    free(writer);
}

const struct tally *block_writer_tally(const struct block_writer *writer)
{
    return writer->tally;
}

/* ---- one value */

static struct row_end end_in(const struct output *output, const int64_t *tops, const int64_t *wholes,
                             size_t row)
{
    return (struct row_end){.top = tops[row], .bottom = wholes ? wholes[row] : output->scale};
}

static struct row_value value_in(const struct output *output, const struct results *results, size_t row)
{
    struct row_value value = {.can = results->can ? results->can[row] : CAN_BE_ELSE};
    if (results->low && value.can & CAN_BE_ELSE) {
        value.low = end_in(output, results->low, results->whole_low, row);
        value.high = end_in(output, results->high, results->whole_high, row);
    }
    return value;
}

/* Both ends are there, and nothing else can be. */
static inline bool has_ends_alone(const struct results *results, size_t row)
{
    return !results->can || results->can[row] == CAN_BE_ELSE;
}

static const struct output *output_of(const struct block_writer *writer, size_t at)
{
    return &writer->outputs[writer->form->columns[at].asked];
}

static enum told told_by(const struct out_column *column, const struct results *results)
{
    if (!results->low)
        return TOLD_BY_CAN;
    if (results->whole_low)
        return TOLD_BY_ALL;
    return row_has_two(column) ? TOLD_BY_ENDS : TOLD_BY_PLACE;
}

static void take_results(struct block_writer *writer, const struct machine *machine)
{
    for (size_t i = 0; i < writer->form->count; i++) {
        const struct out_column *column = &writer->form->columns[i];
        struct cells *cells = &writer->cells[i];
        cells->results = column->asked < writer->result_count ? machine_output(machine, column->asked)
                                                              : (struct results){.can = writer->yes};
        cells->told = told_by(column, &cells->results);
    }
}

/* ---- its text, written at `to`, where there is room for all that is kept; each returns where it ends */

static inline char *add_kept(char *to, const struct kept *kept)
{
    memcpy(to, kept->text, KEPT_LENGTH);
    return to + kept->length;
}

static void keep(struct kept *kept, const struct row_out *out, size_t from)
{
    size_t length = out->length - from;
    if (length > KEPT_LENGTH)
        return;
    memcpy(kept->text, out->bytes + from, length);
    kept->length = (uint8_t)length;
}

/* What is not kept goes to `text`, which may move. */
static size_t leave_off(struct block_writer *writer, const char *to)
{
    return writer->text.length = (size_t)(to - writer->text.bytes);
}

static char *go_on(struct block_writer *writer)
{
    row_room(&writer->text, writer->kept_room);
    return writer->text.bytes + writer->text.length;
}

static __attribute__((noinline)) char *add_any(struct block_writer *writer, size_t at, size_t row, char *to)
{
    const struct results *results = &writer->cells[at].results;
    struct row_value value = {.can = CAN_BE_YES};
    if (results->can != writer->yes)
        value = value_in(output_of(writer, at), results, row);
    leave_off(writer, to);
    row_value(&writer->text, writer->form, &writer->form->columns[at], &value);
    return go_on(writer);
}

static __attribute__((noinline)) char *add_new_end(struct block_writer *writer, size_t at, size_t k,
                                                   int64_t number, char *to)
{
    struct row_end end = {.top = number, .bottom = output_of(writer, at)->scale};
    size_t from = leave_off(writer, to);
    row_end(&writer->text, writer->form, &writer->form->columns[at], k, &end);
    if ((uint64_t)number < KEPT)
        keep(&writer->cells[at].kept[k][number], &writer->text, from);
    return go_on(writer);
}

static inline char *add_end(struct block_writer *writer, size_t at, size_t k, int64_t number, char *to)
{
    char *end = (uint64_t)number < KEPT ? add_kept(to, &writer->cells[at].kept[k][number]) : to;
    return end > to ? end : add_new_end(writer, at, k, number, to);
}

static __attribute__((noinline)) char *add_new_one(struct block_writer *writer, size_t at, int64_t number,
                                                   size_t row, char *to)
{
    size_t from = leave_off(writer, to);
    char *end = add_any(writer, at, row, to);
    if ((uint64_t)number < KEPT)
        keep(&writer->cells[at].kept[0][number], &writer->text, from);
    return end;
}

/* A cell that `number` stands for. */
static inline char *add_one(struct block_writer *writer, size_t at, int64_t number, size_t row, char *to)
{
    char *end = (uint64_t)number < KEPT ? add_kept(to, &writer->cells[at].kept[0][number]) : to;
    return end > to ? end : add_new_one(writer, at, number, row, to);
}

static inline char *add_value(struct block_writer *writer, size_t at, size_t row, char *to)
{
    const struct cells *cells = &writer->cells[at];
    const struct results *results = &cells->results;
    if (cells->told == TOLD_BY_CAN)
        return add_one(writer, at, results->can[row], row, to);
    if (cells->told == TOLD_BY_ALL || !has_ends_alone(results, row))
        return add_any(writer, at, row, to);
    int64_t low = results->low[row], high = results->high[row];
    if (cells->told == TOLD_BY_ENDS)
        return add_end(writer, at, 1, high, add_end(writer, at, 0, low, to));
    return low == high ? add_one(writer, at, low, row, to) : add_any(writer, at, row, to);
}

/* ---- one row */

/* Letters and digits alone stand for themselves. */
static bool is_bare(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i], small = byte | 0x20;
        if (!((byte >= '0' && byte <= '9') || (small >= 'a' && small <= 'z')))
            return false;
    }
    return length > 0;
}

/* A short one in one piece: as much may be read behind it. */
static inline char *add_id(struct block_writer *writer, const char *id, size_t length)
{
    struct row_out *out = &writer->text;
    row_room(out, length + READER_PAD + writer->kept_room);
    if (writer->form->json || !is_bare(id, length)) {
        row_begin(out, writer->form, id, length);
        return go_on(writer);
    }
    char *to = out->bytes + out->length;
    if (length <= READER_PAD)
        memcpy(to, id, READER_PAD);
    else
        memcpy(to, id, length);
    return to + length;
}

static char *add_texts(struct block_writer *writer, const struct row_text *place, const char *text, char *to)
{
    leave_off(writer, to);
    text_finder_write(&writer->texts, &writer->text, text + place->at, place->length, text + place->id_at,
                      place->id_length);
    return go_on(writer);
}

static inline void add_finish(struct block_writer *writer, char *to)
{
    size_t from = leave_off(writer, to);
    writer->text.length += writer->exact.length;
    if (add_kept(to, &writer->exact) > to)
        return;
    row_finish(&writer->text, writer->form, true);
    keep(&writer->exact, &writer->text, from);
}

static void write_row(struct block_writer *writer, const struct row_text *place, const char *text, size_t row)
{
    char *to = add_id(writer, text + place->id_at, place->id_length);
    if (writer->form->text_count > 0)
        to = add_texts(writer, place, text, to);
    for (size_t i = 0; i < writer->form->count; i++)
        to = add_value(writer, i, row, to);
    add_finish(writer, to);
}

/* ---- counting */

/* Rows beside one another that columns have worked out. */
struct stretch {
    size_t from, to;
};

/* The place of a known value; -1: it has none. */
static int64_t place_of(const struct counting *counting, size_t at, const struct output *output,
                        const struct row_value *value)
{
    bool single = (value->can & (value->can - 1)) == 0;
    if (!single || value->can == CAN_BE_NA)
        return -1;
    if (output->kind == OUTPUT_TRUTH)
        return value->can == CAN_BE_YES;
    if (value->low.top != value->high.top || value->low.bottom != value->high.bottom)
        return -1;
    if (output->kind == OUTPUT_CHOICE)
        return value->low.top;
    return at == counting->total ? tally_bin(value->low.top, counting->most) : -1;
}

static void count_value(struct block_writer *writer, size_t at, const struct row_value *value, uint64_t times)
{
    struct tally_column *column = &writer->tally->columns[at];
    tally_count(column, value, place_of(writer->counting, at, &writer->outputs[at], value), times);
    if (value->can & CAN_BE_ELSE) {
        column->low += value->low.top;
        column->high += value->high.top;
    }
}

static void count_truths(struct block_writer *writer, size_t at, const uint8_t *can, struct stretch stretch)
{
    uint32_t times[UINT8_MAX + 1] = {0};
    for (size_t row = stretch.from; row < stretch.to; row++)
        times[can[row]]++;
    for (unsigned i = 0; i < CAN_BE_ELSE; i++)
        if (times[i])
            count_value(writer, at, &(struct row_value){.can = i}, times[i]);
}

/* Totals that are no more than a table has, and known, in their bins; the number of rows that are known. */
static size_t count_bins(struct block_writer *writer, size_t at, const struct results *results,
                         struct stretch stretch)
{
    uint64_t *places = writer->tally->columns[at].places;
    size_t known = 0;
    for (size_t row = stretch.from; row < stretch.to; row++) {
        int64_t number = results->low[row];
        if (number != results->high[row])
            continue;
        known++;
        places[(uint64_t)number < KEPT ? writer->bins[number] : tally_bin(number, writer->counting->most)]++;
    }
    return known;
}

static size_t count_known(const struct results *results, struct stretch stretch)
{
    size_t known = 0;
    for (size_t row = stretch.from; row < stretch.to; row++)
        known += results->low[row] == results->high[row];
    return known;
}

static __int128 sum_of(const int64_t *numbers, struct stretch stretch)
{
    __int128 sum = 0;
    for (size_t row = stretch.from; row < stretch.to; row++)
        sum += numbers[row];
    return sum;
}

/* Each row a number, or two ends, all in one scale. */
static void count_numbers(struct block_writer *writer, size_t at, const struct results *results,
                          struct stretch stretch)
{
    struct tally_column *column = &writer->tally->columns[at];
    bool binned = at == writer->counting->total;
    size_t known = binned ? count_bins(writer, at, results, stretch) : count_known(results, stretch);
    __int128 low = sum_of(results->low, stretch);
    column->low += low;
    column->high += results->low == results->high ? low : sum_of(results->high, stretch);
    column->known += known;
    column->open += stretch.to - stretch.from - known;
}

static void count_column(struct block_writer *writer, size_t at, const struct results *results,
                         struct stretch stretch)
{
    const struct output *output = &writer->outputs[at];
    if (output->kind == OUTPUT_TRUTH) {
        count_truths(writer, at, results->can, stretch);
    } else if (output->kind == OUTPUT_NUMBER && !results->can && !results->whole_low) {
        count_numbers(writer, at, results, stretch);
    } else {
        for (size_t row = stretch.from; row < stretch.to; row++) {
            struct row_value value = value_in(output, results, row);
            count_value(writer, at, &value, 1);
        }
    }
}

static void count(struct block_writer *writer, const struct machine *machine, struct stretch stretch)
{
    writer->tally->units += stretch.to - stretch.from;
    for (size_t i = 0; i < writer->result_count; i++) {
        struct results results = machine_output(machine, i);
        count_column(writer, i, &results, stretch);
    }
}

/* ---- the block */

/* Rows are written where the chunk has its output. */
static void write_stretch(struct block_writer *writer, const struct block *block, struct chunk *chunk,
                          struct stretch stretch)
{
    struct row_out *out = &writer->text;
    *out = (struct row_out){chunk->out, chunk->length, chunk->room};
    for (size_t row = stretch.from; row < stretch.to; row++)
        write_row(writer, &block->texts[row], chunk->text, row);
    chunk->out = out->bytes;
    chunk->length = out->length;
    chunk->room = out->room;
}

static size_t stretch_end(const struct block *block, size_t row)
{
    while (row < block->rows && block->exact[row] == EXACT_NOT)
        row++;
    return row;
}

void block_write(struct block_writer *writer, const struct machine *machine, const struct block *block,
                 struct chunk *chunk)
{
    take_results(writer, machine);
    for (size_t row = 0; row < block->rows;) {
        struct stretch stretch = {row, stretch_end(block, row)};
        count(writer, machine, stretch);
        write_stretch(writer, block, chunk, stretch);
        for (row = stretch.to; row < block->rows && block->exact[row] != EXACT_NOT; row++)
            chunk_leave(chunk, block, row);
    }
}
