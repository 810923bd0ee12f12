#include <stdlib.h>
#include "base/decimal.h"
#include "batch/reader_parts.h"

/* ---------------------------------------------------------------- any cell */

/* Where the next cell begins, or behind the line end; NULL: the row is not as wide as the table, or breaks the rules. */
static const char *behind_cell(struct reader *reader, size_t column, const char *end)
{
    bool comma = end < reader->to && *end == ',', last = column + 1 == reader->layout->count;
    if (comma == last)
        return NULL;
    if (last)
        reader->row_end = end;
    return end >= reader->to ? end : *end == '\r' ? end + 2 : end + 1;
}

static __attribute__((noinline)) const char *pass_cell(struct reader *reader, size_t column, const char *at)
{
    struct csv_piece piece;
    const char *end = csv_pass_cell(at, reader->to, &piece);
    if (!end || !reader_take(reader, column, &piece))
        return NULL;
    return behind_cell(reader, column, end);
}

/* One that is not as most of its kind, which end with `mark`: often there is nothing in it. */
static __attribute__((noinline)) const char *pass_odd(struct reader *reader, size_t column, char mark,
                                                      const char *at)
{
    if (*at != mark)
        return pass_cell(reader, column, at);
    size_t input = reader->layout->columns[column].input;
    cell_put(&reader->rules[input].none, reader->block, &reader->inputs[input], input, reader->row);
    if (mark == '\n')
        reader->row_end = at;
    return at + 1;
}

/* ---------------------------------------------------------------- plain whole numbers */

/* Digits up to `mark`, into the column; NULL: it is something else. */
static inline const char *pass_count(const char *at, char mark, int32_t *number)
{
    const char *end = at;
    uint32_t digits = (unsigned char)*end++ - '0', digit;
    if (digits > 9)
        return NULL;
    while ((digit = (unsigned char)*end++ - '0') <= 9)
        digits = digits * 10 + digit;
    if (digit != (unsigned)mark - '0' || end - at > DIGITS_FAST + 1)
        return NULL;
    *number = (int32_t)digits;
    return end;
}

/* One digit and a comma, as most cells are: both at once. */
static inline unsigned one_digit(const char *at)
{
    return ((unsigned)(unsigned char)at[0] | (unsigned)(unsigned char)at[1] << 8) - ('0' | ',' << 8);
}

static inline void put_blank(const struct blank *blank, int32_t *column, size_t row)
{
    column[row] = blank->number;
    blank->states[row] = blank->state;
    *blank->open |= blank->opens;
}

/* As many of the columns as are plain; where it stopped. */
static inline const char *pass_counts(const char *at, int32_t *const *columns, size_t *done, size_t count,
                                      size_t row)
{
    size_t i = *done;
    for (; i < count; i++) {
        unsigned digit = one_digit(at);
        if (digit <= 9) {
            columns[i][row] = (int32_t)digit;
            at += 2;
            continue;
        }
        const char *next = pass_count(at, ',', &columns[i][row]);
        if (!next)
            break;
        at = next;
    }
    *done = i;
    return at;
}

static const char *pass_all_counts(struct reader *reader, const struct passage *passage, const char *at)
{
    int32_t *const *columns = (int32_t *const *)reader->columns + passage->first;
    size_t last = passage->first + passage->count == reader->layout->count, inner = passage->count - last;
    for (size_t i = 0;;) {
        at = pass_counts(at, columns, &i, inner, reader->row);
        if (i == inner)
            break;
        const struct blank *blank = &reader->blanks[passage->first + i];
        if (*at == ',' && blank->plain) {
            put_blank(blank, columns[i++], reader->row);
            at++;
            continue;
        }
        at = pass_odd(reader, passage->first + i++, ',', at);
        if (!at)
            return NULL;
    }
    if (!last)
        return at;
    const char *next = pass_count(at, '\n', &columns[inner][reader->row]);
    if (!next)
        return pass_odd(reader, passage->first + inner, '\n', at);
    reader->row_end = next - 1;
    return next;
}

/* ---------------------------------------------------------------- other plain values */

/* Bytes of a cell that has neither quotes nor blanks. What they say, and whether they are text, its rule will tell. */
static bool is_bare(unsigned char byte)
{
    return byte > ',' || (byte > '"' && byte < ',');
}

static const char *pass_value(struct reader *reader, size_t column, const char *at)
{
    const char *end = at;
    while (is_bare((unsigned char)*end))
        end++;
    if (*end != ',' && *end != '\n')
        return pass_cell(reader, column, at);
    size_t input = reader->layout->columns[column].input;
    struct cell cell = cell_read(&reader->rules[input], at, (size_t)(end - at));
    cell_put(&cell, reader->block, &reader->inputs[input], input, reader->row);
    return behind_cell(reader, column, end);
}

static const char *pass_values(struct reader *reader, const struct passage *passage, const char *at)
{
    size_t end = passage->first + passage->count;
    for (size_t column = passage->first; at && column < end; column++)
        at = pass_value(reader, column, at);
    return at;
}

/* ---------------------------------------------------------------- any plain numbers */

enum { NUMBER_BYTES = 12, PLACES_MAX = 6 /* so many bytes at such a scale fit eight bytes */ };

static inline const char *pass_digits(const char *at, uint64_t *digits)
{
    for (unsigned digit; (digit = (unsigned char)*at - '0') <= 9; at++)
        *digits = *digits * 10 + digit;
    return at;
}

/* As digits, perhaps with a point and digits: held; NULL: it is something else. Where it ends is for the caller to look at. */
static inline const char *pass_decimal(const char *at, unsigned places, int64_t *held)
{
    uint64_t digits = 0;
    const char *point = pass_digits(at, &digits), *end = point;
    if (*point == '.') {
        end = pass_digits(point + 1, &digits);
        size_t given = (size_t)(end - point - 1);
        if (given == 0 || given > places)
            return NULL;
        places -= (unsigned)given;
    }
    if (point == at || end - at > NUMBER_BYTES)
        return NULL;
    *held = (int64_t)digits * decimal_powers[places];
    return end;
}

static inline bool takes(const struct cell_rule *rule, int64_t held)
{
    return held >= rule->taken_low && held <= rule->taken_high &&
           (rule->input->step == 0 || cell_on_step(rule->input, held));
}

/* Behind the mark that ends it; NULL: it is something else. */
static inline const char *pass_number(struct reader *reader, size_t column, char mark, const char *at)
{
    const struct cell_rule *rule = reader->rule_of[column];
    unsigned digit = one_digit(at);
    int64_t held = digit * rule->input->scale;
    const char *end = digit <= 9 ? at + 1 : pass_decimal(at, rule->places, &held);
    if (!end || *end != mark || !takes(rule, held))
        return NULL;
    void *numbers = reader->columns[column];
    if (rule->input->wide)
        ((int64_t *)numbers)[reader->row] = held;
    else
        ((int32_t *)numbers)[reader->row] = (int32_t)held;
    return end + 1;
}

static const char *pass_numbers(struct reader *reader, const struct passage *passage, const char *at)
{
    size_t end = passage->first + passage->count, last = reader->layout->count - 1;
    for (size_t column = passage->first; at && column < end; column++) {
        char mark = column == last ? '\n' : ',';
        const char *next = pass_number(reader, column, mark, at);
        if (next && column == last)
            reader->row_end = next - 1;
        at = next ? next : pass_odd(reader, column, mark, at);
    }
    return at;
}

/* ---------------------------------------------------------------- ids */

static bool is_plain(char byte)
{
    return byte > ',' && byte < 0x7F;
}

static const char *pass_id(struct reader *reader, size_t column, const char *at)
{
    const char *end = at;
    while (is_plain(*end))
        end++;
    if (end == at || *end != ',')
        return pass_cell(reader, column, at);
    reader->id = (struct csv_piece){.text = at, .length = (size_t)(end - at)};
    return behind_cell(reader, column, end);
}

/* ---------------------------------------------------------------- rows */

static const char *pass_cells(struct reader *reader, const struct passage *passage, const char *at)
{
    size_t end = passage->first + passage->count;
    for (size_t column = passage->first; at && column < end; column++)
        at = pass_cell(reader, column, at);
    return at;
}

static const char *pass(struct reader *reader, const struct passage *passage, const char *at)
{
    switch (passage->kind) {
    case PASS_CELLS: return pass_cells(reader, passage, at);
    case PASS_ID: return pass_id(reader, passage->first, at);
    case PASS_COUNTS: return pass_all_counts(reader, passage, at);
    case PASS_NUMBERS: return pass_numbers(reader, passage, at);
    case PASS_VALUES: return pass_values(reader, passage, at);
    }
    return NULL;
}

static __attribute__((noinline)) void refuse_row(struct reader *reader, const char *start)
{
    struct csv_record record = csv_pass_record(start, reader->to);
    if (record.blank)
        reader_drop(reader);
    else
        reader_refuse(reader, start, record.end);
    reader->at = record.next;
    reader->line += text_line_ends(start, record.next);
}

void reader_csv_row(struct reader *reader)
{
    const char *start = reader->at, *at = start;
    for (size_t i = 0; at && i < reader->passage_count; i++)
        at = pass(reader, &reader->passages[i], at);
    if (!at) {
        refuse_row(reader, start);
        return;
    }
    reader->at = at < reader->to ? at : reader->to;
    reader_keep(reader, start);
}

/* ---------------------------------------------------------------- passages */

static bool is_number(const struct cell_rule *rule)
{
    return rule->input->kind == INPUT_NUMBER && rule->unit == 1 && !rule->legal && rule->places <= PLACES_MAX;
}

static enum passing kind_of(const struct reader *reader, size_t at)
{
    const struct layout_column *column = &reader->layout->columns[at];
    if (column->kind == COLUMN_ID)
        return PASS_ID;
    if (column->kind != COLUMN_VALUE)
        return PASS_CELLS;
    size_t input = column->input;
    return reader->counted[input]             ? PASS_COUNTS
           : is_number(&reader->rules[input]) ? PASS_NUMBERS
                                              : PASS_VALUES;
}

bool reader_csv_plan(struct reader *reader)
{
    size_t count = reader->layout->count;
    reader->passages = calloc(count + 1, sizeof *reader->passages);
    for (size_t i = 0; reader->passages && i < count; i++) {
        enum passing kind = kind_of(reader, i);
        struct passage *last = reader->passage_count ? &reader->passages[reader->passage_count - 1] : NULL;
        if (last && last->kind == kind && kind != PASS_ID)
            last->count++;
        else
            reader->passages[reader->passage_count++] = (struct passage){kind, i, 1};
    }
    return reader->passages;
}
