#include "batch/reader.h"
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "batch/reader_parts.h"

/* ---------------------------------------------------------------- cells */

static void mark_exact(struct reader *reader, enum exact_reason reason)
{
    uint8_t *exact = &reader->block->exact[reader->row];
    *exact = *exact == EXACT_NOT ? reason : *exact;
}

/* A text that only passes through must be one. */
static void look_at_text(struct reader *reader, const struct csv_piece *piece)
{
    bool odd = piece->marks & CELL_CONTROL;
    if (odd || (piece->marks & CELL_HIGH && utf8_bad_at(piece->text, piece->length) < piece->length))
        mark_exact(reader, EXACT_TEXT);
}

static void take_id(struct reader *reader, const struct csv_piece *piece)
{
    reader->id = *piece;
    look_at_text(reader, piece);
    if (piece->marks & CELL_DOUBLED || piece->lines > 0)
        mark_exact(reader, EXACT_TEXT);
}

void reader_take_input(struct reader *reader, size_t input, const struct csv_piece *piece)
{
    struct cell cell = cell_read(&reader->rules[input], piece->text, piece->length);
    cell_put(&cell, reader->block, &reader->inputs[input], input, reader->row);
}

static bool fills(const struct layout_column *column)
{
    return column->kind == COLUMN_VALUE || column->kind == COLUMN_PART || column->kind == COLUMN_WHOLE;
}

static void take_value(struct reader *reader, const struct layout_column *column,
                       const struct csv_piece *piece)
{
    if (piece->marks & CELL_DOUBLED)
        mark_exact(reader, EXACT_TEXT);
    reader_take_input(reader, column->input, piece);
}

/* Both halves empty are an empty cell; one of them is a fault. */
static struct cell read_halves(const struct cell_rule *rule, const struct halves *halves)
{
    const struct csv_piece *part = &halves->part, *whole = &halves->whole;
    struct cell none = cell_read(rule, "", 0);
    if (part->length > 0 && whole->length > 0)
        return cell_read_parts(rule, part->text, part->length, whole->text, whole->length);
    if (part->length > 0 || whole->length > 0)
        none.exact = EXACT_TEXT;
    return none;
}

void reader_take_half(struct reader *reader, size_t input)
{
    struct halves *halves = &reader->halves[input];
    struct cell cell = read_halves(&reader->rules[input], halves);
    cell_put(&cell, reader->block, &reader->inputs[input], input, reader->row);
    *halves = (struct halves){0};
}

static void take_half(struct reader *reader, const struct layout_column *column,
                      const struct csv_piece *piece)
{
    struct halves *halves = &reader->halves[column->input];
    *(column->kind == COLUMN_PART ? &halves->part : &halves->whole) = *piece;
    halves->waits = !halves->waits;
    if (!halves->waits)
        reader_take_half(reader, column->input);
}

bool reader_take(struct reader *reader, size_t at, const struct csv_piece *piece)
{
    const struct layout_column *column = &reader->layout->columns[at];
    reader->lines += piece->lines;
    switch (column->kind) {
    case COLUMN_SKIP: look_at_text(reader, piece); break;
    case COLUMN_ID: take_id(reader, piece); return piece->length > 0;
    case COLUMN_VALUE: take_value(reader, column, piece); break;
    case COLUMN_PART:
    case COLUMN_WHOLE: take_half(reader, column, piece); break;
    case COLUMN_EXACT:
        if (piece->length > 0)
            mark_exact(reader, EXACT_TEXT);
        break;
    }
    return true;
}

/* ---------------------------------------------------------------- rows */

static void next_row(struct reader *reader)
{
    reader->row++;
    reader->block->rows = reader->row;
    reader->lines = 0;
}

void reader_keep(struct reader *reader, const char *start)
{
    struct row_text *text = &reader->block->texts[reader->row];
    text->at = (uint32_t)(start - reader->text);
    text->length = (uint32_t)(reader->row_end - start);
    text->id_at = (uint32_t)(reader->id.text - reader->text);
    text->id_length = (uint32_t)reader->id.length;
    text->line = (uint32_t)reader->line;
    reader->line += 1 + reader->lines;
    next_row(reader);
}

static void forget_halves(struct reader *reader)
{
    for (size_t i = 0; i < reader->input_count; i++)
        reader->halves[i] = (struct halves){0};
}

void reader_refuse(struct reader *reader, const char *start, const char *end)
{
    struct row_text *text = &reader->block->texts[reader->row];
    *text = (struct row_text){.at = (uint32_t)(start - reader->text), .length = (uint32_t)(end - start)};
    text->id_at = text->at;
    text->line = (uint32_t)reader->line;
    reader->block->exact[reader->row] = EXACT_TEXT;
    forget_halves(reader);
    next_row(reader);
}

void reader_drop(struct reader *reader)
{
    struct block *block = reader->block;
    block->exact[reader->row] = EXACT_NOT;
    for (size_t i = 0; i < reader->input_count; i++)
        block->states[i][reader->row] = INPUT_GIVEN;
    forget_halves(reader);
    reader->lines = 0;
}

/* ---------------------------------------------------------------- blocks */

/* So many numbers are looked at at once. */
typedef int32_t many __attribute__((vector_size(16)));
typedef uint32_t many_bits __attribute__((vector_size(16)));
enum { MANY = sizeof(many) / sizeof(int32_t) };

_Static_assert(BLOCK_ROWS % MANY == 0, "a column is a multiple of it");

/* Is one of the numbers outside? Those behind the last row may give a false alarm. What lies above `low` is counted from the least number that
 * there is, so that one comparison does for both ends. */
static bool is_outside(const int32_t *numbers, size_t count, int32_t low, int32_t high)
{
    many outside = {0};
    many_bits from = (many_bits){0} + ((uint32_t)low + (uint32_t)INT32_MIN);
    many most = (many){0} + (int32_t)((uint32_t)high - (uint32_t)low + (uint32_t)INT32_MIN);
#pragma GCC unroll 4
    for (size_t i = 0; i < count; i += MANY) {
        many_bits some;
        memcpy(&some, numbers + i, sizeof some);
        outside |= (many)(some - from) > most;
    }
    int32_t any = 0;
    for (size_t i = 0; i < MANY; i++)
        any |= outside[i];
    return any;
}

/* The row is read once more as if its text were that number. */
static void look_again(struct reader *reader, size_t place)
{
    const int32_t *numbers = reader->block->numbers[place];
    char text[16];
    for (reader->row = 0; reader->row < reader->block->rows; reader->row++) {
        int32_t number = numbers[reader->row];
        size_t at = sizeof text;
        for (uint32_t rest = (uint32_t)number; at == sizeof text || rest > 0; rest /= 10)
            text[--at] = (char)('0' + rest % 10);
        struct cell cell = cell_read(&reader->rules[place], text + at, sizeof text - at);
        mark_exact(reader, number < 0 ? EXACT_NOT : cell.exact);
    }
}

static void look_at_counts(struct reader *reader)
{
    for (size_t i = 0; i < reader->input_count; i++) {
        const struct cell_rule *rule = &reader->rules[i];
        if (reader->counted[i] && is_outside(reader->block->numbers[i], reader->block->rows,
                                             (int32_t)rule->taken_low, (int32_t)rule->taken_high))
            look_again(reader, i);
    }
}

/* Inputs that no column fills, and those of rows that the columns do not work out. */
static void fill_the_rest(struct reader *reader)
{
    struct block *block = reader->block;
    for (size_t i = 0; i < reader->input_count; i++) {
        struct cell none = cell_read(&reader->rules[i], "", 0);
        for (size_t row = 0; row < block->rows && !reader->filled[i]; row++)
            cell_put(&none, block, &reader->inputs[i], i, row);
    }
    for (size_t row = 0; row < block->rows; row++)
        for (size_t i = 0; i < reader->input_count && block->exact[row] != EXACT_NOT; i++) {
            struct cell neutral = reader->rules[i].neutral;
            cell_put(&neutral, block, &reader->inputs[i], i, row);
        }
}

static void take_columns(struct reader *reader, struct block *block)
{
    reader->block = block;
    reader->row = 0;
    for (size_t i = 0; i < reader->layout->count; i++) {
        const struct layout_column *column = &reader->layout->columns[i];
        if (!fills(column))
            continue;
        size_t input = column->input;
        reader->columns[i] = block->numbers[input];
        reader->blanks[i].states = block->states[input];
        reader->blanks[i].open = &block->open[input];
    }
}

void reader_start(struct reader *reader, const char *text, size_t length)
{
    reader->text = reader->at = text;
    reader->to = text + length;
    reader->line = 0;
    reader->id = (struct csv_piece){.text = text};
}

bool reader_next(struct reader *reader, struct block *block)
{
    block_clear(block, reader->input_count);
    take_columns(reader, block);
    while (reader->row < BLOCK_ROWS && reader->at < reader->to)
        if (reader->layout->json)
            reader_json_row(reader);
        else
            reader_csv_row(reader);
    look_at_counts(reader);
    fill_the_rest(reader);
    return block->rows > 0;
}

size_t reader_lines(const struct reader *reader)
{
    return reader->line;
}

/* ---------------------------------------------------------------- making */

/* A whole number in four bytes whose only limits are its ends. */
static bool is_counted(const struct cell_rule *rule)
{
    const struct input *input = rule->input;
    bool plain = input->kind == INPUT_NUMBER && !input->wide && input->scale == 1 && input->step <= 1;
    return plain && !rule->legal && rule->taken_low >= INT32_MIN && rule->taken_low <= INT32_MAX &&
           rule->taken_high >= INT32_MIN && rule->taken_high <= INT32_MAX;
}

static struct blank blank_of(const struct cell_rule *rule)
{
    const struct cell *none = &rule->none;
    bool fits = rule->input->kind != INPUT_SHARE && !rule->input->wide;
    return (struct blank){.plain = none->exact == EXACT_NOT && fits,
                          .number = (int32_t)none->number,
                          .state = (uint8_t)none->state,
                          .opens = none->state != INPUT_GIVEN};
}

static bool plan_inputs(struct reader *reader)
{
    const struct layout *layout = reader->layout;
    size_t count = reader->input_count + 1;
    reader->rules = cell_rules_new(reader->inputs, reader->input_count);
    reader->filled = calloc(count, sizeof *reader->filled);
    reader->counted = calloc(count, sizeof *reader->counted);
    reader->halves = calloc(count, sizeof *reader->halves);
    reader->columns = calloc(layout->count + 1, sizeof *reader->columns);
    reader->rule_of = calloc(layout->count + 1, sizeof *reader->rule_of);
    reader->blanks = calloc(layout->count + 1, sizeof *reader->blanks);
    if (!reader->rules || !reader->filled || !reader->counted || !reader->halves || !reader->columns ||
        !reader->rule_of || !reader->blanks)
        return false;
    for (size_t i = 0; i < layout->count; i++)
        if (fills(&layout->columns[i]))
            reader->filled[layout->columns[i].input] = true;
    for (size_t i = 0; i < layout->count; i++)
        if (layout->columns[i].kind == COLUMN_VALUE) {
            size_t place = layout->columns[i].input;
            reader->rule_of[i] = &reader->rules[place];
            reader->counted[place] = is_counted(&reader->rules[place]);
            reader->blanks[i] = blank_of(&reader->rules[place]);
        }
    return true;
}

struct reader *reader_new(const struct layout *layout, const struct input *inputs, size_t count)
{
    struct reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return NULL;
    *reader = (struct reader){.layout = layout, .inputs = inputs, .input_count = count};
    bool right = plan_inputs(reader) && (layout->json ? reader_json_plan(reader) : reader_csv_plan(reader));
    if (right)
        return reader;
    reader_free(reader);
    return NULL;
}

void reader_free(struct reader *reader)
{
    if (!reader)
        return;
    cell_rules_free(reader->rules, reader->input_count);
    free(reader->filled);
    free(reader->counted);
    free(reader->halves);
    free(reader->columns);
    free(reader->rule_of);
    free(reader->blanks);
    free(reader->passages);
    reader_json_free(reader);
    free(reader);
}
