#include "batch/out_block.h"
#include <stdlib.h>
#include <string.h>

enum {
    KEPT = 1024,     /* held numbers 0 … of a column whose text is kept */
    KEPT_LENGTH = 31 /* bytes of such a text */
};

/* What a known value looks like, with what stands before it. */
struct kept {
    uint8_t length; /* 0: not yet known */
    char text[KEPT_LENGTH];
};

struct block_writer {
    const struct row_form *form;
    const struct output *outputs;
    const struct counting *counting;
    struct tally *tally;
    struct results *results; /* by what is asked */
    size_t result_count;
    struct kept **kept;      /* by column of the form: by number, by place, or by what a truth can be */
    struct kept exact;       /* the end of a row */
    struct row_out text;
};

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
    writer->results = calloc(writer->result_count + 1, sizeof *writer->results);
    writer->kept = calloc(form->count + 1, sizeof *writer->kept);
    bool whole = writer->tally && writer->results && writer->kept;
    for (size_t i = 0; whole && i < form->count; i++)
        whole = (writer->kept[i] = calloc(KEPT, sizeof **writer->kept)) != NULL;
    if (whole)
        return writer;
    block_writer_free(writer);
    return NULL;
}

void block_writer_free(struct block_writer *writer)
{
    for (size_t i = 0; writer->kept && i < writer->form->count; i++)
        free(writer->kept[i]);
    if (writer->tally)
        tally_free(writer->tally);
    free(writer->kept);
    free(writer->results);
    free(writer->text.bytes);
    free(writer);
}

const struct tally *block_writer_tally(const struct block_writer *writer)
{
    return writer->tally;
}

/* ---- one value */

static struct row_end end_in(const struct output *output, const int64_t *tops, const int64_t *wholes, size_t row)
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

/* Under which number its text is kept; KEPT: under none. */
static size_t kept_at(const struct results *results, size_t row)
{
    if (!results->low)
        return results->can[row];
    bool plain = (!results->can || results->can[row] == CAN_BE_ELSE) && results->low[row] == results->high[row] &&
                 !results->whole_low;
    return plain && (uint64_t)results->low[row] < KEPT ? (size_t)results->low[row] : KEPT;
}

static void add_kept(struct row_out *out, const struct kept *kept)
{
    memcpy(out->bytes + out->length, kept->text, KEPT_LENGTH);
    out->length += kept->length;
}

static void keep(struct kept *kept, const struct row_out *out, size_t from)
{
    size_t length = out->length - from;
    if (length > KEPT_LENGTH)
        return;
    memcpy(kept->text, out->bytes + from, length);
    kept->length = (uint8_t)length;
}

static void add_value(struct block_writer *writer, size_t at, size_t row)
{
    const struct out_column *column = &writer->form->columns[at];
    const bool asks = column->asked < writer->result_count;
    const struct results *results = asks ? &writer->results[column->asked] : NULL;
    size_t place = asks ? kept_at(results, row) : CAN_BE_YES;
    struct kept *kept = place < KEPT ? &writer->kept[at][place] : NULL;
    if (kept && kept->length) {
        add_kept(&writer->text, kept);
        return;
    }
    struct row_value value = {.can = CAN_BE_YES};
    if (asks)
        value = value_in(&writer->outputs[column->asked], results, row);
    size_t from = writer->text.length;
    row_value(&writer->text, writer->form, column, &value);
    if (kept)
        keep(kept, &writer->text, from);
}

/* ---- one row */

/* Letters and digits alone stand for themselves. */
static bool is_bare(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (!((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')))
            return false;
    }
    return length > 0;
}

static void add_id(struct block_writer *writer, const char *id, size_t length)
{
    struct row_out *out = &writer->text;
    if (writer->form->json || !is_bare(id, length)) {
        row_begin(out, writer->form, id, length);
        return;
    }
    memcpy(out->bytes + out->length, id, length);
    out->length += length;
}

static void add_end(struct block_writer *writer)
{
    size_t from = writer->text.length;
    if (writer->exact.length) {
        add_kept(&writer->text, &writer->exact);
        return;
    }
    row_finish(&writer->text, writer->form, true);
    keep(&writer->exact, &writer->text, from);
}

static void write_row(struct block_writer *writer, const struct block *block, const char *text, size_t row)
{
    const struct row_text *place = &block->texts[row];
    row_room(&writer->text, place->id_length + (writer->form->count + 1) * KEPT_LENGTH);
    add_id(writer, text + place->id_at, place->id_length);
    for (size_t i = 0; i < writer->form->count; i++) {
        row_room(&writer->text, KEPT_LENGTH);
        add_value(writer, i, row);
    }
    row_room(&writer->text, KEPT_LENGTH);
    add_end(writer);
}

/* ---- counting */

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

static void count_column(struct block_writer *writer, const struct block *block, size_t at)
{
    const struct output *output = &writer->outputs[at];
    struct tally_column *column = &writer->tally->columns[at];
    for (size_t row = 0; row < block->rows; row++) {
        if (block->exact[row] != EXACT_NOT)
            continue;
        struct row_value value = value_in(output, &writer->results[at], row);
        tally_count(column, &value, place_of(writer->counting, at, output, &value));
        if (value.can & CAN_BE_ELSE) {
            column->low += value.low.top;
            column->high += value.high.top;
        }
    }
}

/* ---- the block */

static void flush(struct block_writer *writer, struct chunk *chunk)
{
    memcpy(chunk_room(chunk, writer->text.length), writer->text.bytes, writer->text.length);
    chunk->length += writer->text.length;
    writer->text.length = 0;
}

void block_write(struct block_writer *writer, const struct machine *machine, const struct block *block,
                 struct chunk *chunk)
{
    for (size_t i = 0; i < writer->result_count; i++) {
        writer->results[i] = machine_output(machine, i);
        count_column(writer, block, i);
    }
    row_room(&writer->text, KEPT_LENGTH);
    for (size_t row = 0; row < block->rows; row++) {
        if (block->exact[row] == EXACT_NOT) {
            writer->tally->units++;
            write_row(writer, block, chunk->text, row);
            continue;
        }
        flush(writer, chunk);
        chunk_leave(chunk, block, row);
    }
    flush(writer, chunk);
}
