#include "facts/text_rows.h"
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "syntax/file.h"

#define MORE SIZE_MAX /* what was read so far does not tell */

enum { FIRST_ROOM = 1 << 16 };

bool text_rows_open(struct text_rows *rows, const char *path, enum text_kind kind, enum encoding encoding,
                    struct diags *diags)
{
    *rows = (struct text_rows){.name = path, .kind = kind, .room = FIRST_ROOM};
    enum io_result result = inflow_open(path, encoding, &rows->inflow);
    if (result != IO_OK) {
        file_report(result, path, SPAN_NONE, diags);
        return false;
    }
    rows->bytes = mem_alloc_plain(FIRST_ROOM);
    return true;
}

bool text_rows_check(const struct text_rows *rows, struct diags *diags)
{
    enum io_result result = inflow_result(rows->inflow);
    file_report(result, rows->name, SPAN_NONE, diags);
    return result == IO_OK;
}

/* ---- where a row ends: the offset behind its line end; 0: that is not at hand */

static size_t behind_line(const char *text, size_t from, size_t length, bool all)
{
    const char *end = memchr(text + from, '\n', length - from);
    return end ? (size_t)(end + 1 - text) : all ? length : 0;
}

/* Behind a closing quote, at `at`: whether the cell ends there. Where the text ends it may go on. */
static bool ends_cell(const char *text, size_t at, size_t length, bool all)
{
    return at < length ? text[at] == ',' || text[at] == '\n' ||
                             (text[at] == '\r' && (at + 1 < length ? text[at + 1] == '\n' : !all))
                       : true;
}

/* Behind the quoted cell at `at`; `at` itself: it is no cell, as is known at `seen`. */
static size_t pass_quoted(const char *text, size_t at, size_t length, bool all, size_t *seen)
{
    for (size_t i = at + 1;; i += 2) {
        const char *quote = memchr(text + i, '"', length - i);
        if (!quote)
            return all ? at : MORE;
        i = (size_t)(quote - text);
        if (i + 1 == length && !all)
            return MORE;
        if (i + 1 < length && text[i + 1] == '"')
            continue;
        *seen = i + 1;
        return ends_cell(text, i + 1, length, all) ? i + 1 : at;
    }
}

static size_t pass_bare(const char *text, size_t at, size_t length)
{
    while (at < length && text[at] != ',' && text[at] != '\n' && text[at] != '"')
        at++;
    return at;
}

/* A row that is wrong ends with the line on which its wrong cell begins; the line on which that shows is at hand, too. `all`: nothing follows. */
static size_t row_length(const char *text, size_t length, bool all, size_t *seen)
{
    for (size_t at = 0;; at++) {
        size_t cell = at;
        bool quoted = at < length && text[at] == '"';
        at = quoted ? pass_quoted(text, cell, length, all, seen) : pass_bare(text, cell, length);
        if (at == MORE)
            return 0;
        bool wrong = quoted ? at == cell : at < length && text[at] == '"';
        if (wrong)
            return behind_line(text, *seen, length, all) ? behind_line(text, cell, length, all) : 0;
        if (at >= length || text[at] != ',')
            return behind_line(text, at < length ? at : length, length, all);
    }
}

/* ---- rows */

static size_t find_row(const struct text_rows *rows, bool all, size_t *seen)
{
    const char *text = rows->bytes + rows->start;
    size_t left = rows->end - rows->start, length = left < TEXT_ROW_MAX ? left : TEXT_ROW_MAX;
    *seen = 0;
    return rows->kind == TEXT_LINES ? behind_line(text, 0, length, all) : row_length(text, length, all, seen);
}

/* False: no more comes, or what is held is more than a row. */
static bool read_more(struct text_rows *rows)
{
    size_t left = rows->end - rows->start;
    if (rows->ended || left > TEXT_ROW_MAX)
        return false;
    memmove(rows->bytes, rows->bytes + rows->start, left);
    rows->start = 0;
    rows->end = left;
    if (rows->room - left < INFLOW_LEAST) {
        rows->bytes = mem_grow(rows->bytes, rows->room, 2 * rows->room);
        rows->room *= 2;
    }
    size_t got = inflow_read(rows->inflow, rows->bytes + left, rows->room - left);
    rows->end += got;
    rows->ended = got == 0;
    return got > 0;
}

static void look(struct text_rows *rows)
{
    size_t at = rows->start;
    while (at < rows->end && strchr(" \t\r\n", rows->bytes[at]))
        at++;
    rows->kind = at < rows->end && rows->bytes[at] == '{' ? TEXT_LINES : TEXT_CSV;
}

void text_rows_begin(struct text_rows *rows)
{
    while (!rows->begun && rows->end < 3 && read_more(rows))
        ;
    if (!rows->begun) {
        rows->bom = rows->end >= 3 && memcmp(rows->bytes, "\xEF\xBB\xBF", 3) == 0;
        rows->start = rows->bom ? 3 : 0;
    }
    rows->begun = true;
    if (rows->kind == TEXT_BY_LOOK)
        look(rows);
}

static size_t count_lines(const char *text, size_t length)
{
    size_t count = 0;
    for (const char *at = text; (at = memchr(at, '\n', length - (size_t)(at - text))) != NULL; at++)
        count++;
    return count;
}

static void take(struct text_rows *rows, size_t length, size_t seen, struct text_row *row)
{
    const char *text = rows->bytes + rows->start;
    size_t more = seen > length ? behind_line(text, seen, rows->end - rows->start, true) : length;
    *row = (struct text_row){text, length, more, rows->line, false};
    rows->start += length;
    rows->line += count_lines(row->text, length);
}

/* What is left of a line that was too long. */
static void skip_line(struct text_rows *rows)
{
    struct text_row rest;
    size_t length;
    while (!(length = behind_line(rows->bytes + rows->start, 0, rows->end - rows->start, false))) {
        rows->start = rows->end;
        if (!read_more(rows))
            return;
    }
    take(rows, length, 0, &rest);
}

bool text_rows_next(struct text_rows *rows, struct text_row *row)
{
    size_t length, seen;
    text_rows_begin(rows);
    if (rows->skipping)
        skip_line(rows);
    rows->skipping = false;
    while (!(length = find_row(rows, false, &seen)))
        if (!read_more(rows))
            break;
    if (rows->start == rows->end)
        return false;
    length = length ? length : find_row(rows, true, &seen);
    rows->skipping = rows->bytes[rows->start + length - 1] != '\n' && rows->start + length < rows->end;
    take(rows, length, seen, row);
    row->too_long = rows->skipping;
    return true;
}

size_t text_rows_read(struct text_rows *rows, char *room, size_t size)
{
    size_t left = rows->end - rows->start, count = left < size ? left : size;
    if (left == 0)
        return inflow_read(rows->inflow, room, size);
    memcpy(room, rows->bytes + rows->start, count);
    rows->start += count;
    return count;
}

static size_t line_end(const char *text, const char *end)
{
    bool two = end - text > 1 && text[0] == '\r' && text[1] == '\n';
    return two ? 2 : end > text && *text == '\n';
}

void text_row_complete(struct text_row *row, bool csv, const char *end)
{
    size_t seen = 0, all = (size_t)(end - row->text);
    row->length += line_end(row->text + row->length, end);
    if (csv)
        row_length(row->text, all, true, &seen);
    row->seen = seen > row->length ? behind_line(row->text, seen, all, true) : 0;
}

/* What follows the row counts as far as it is text: what is wrong with that is told of its own row. */
static size_t length_with_seen(const struct text_row *row)
{
    size_t more = row->seen > row->length ? row->seen - row->length : 0;
    return row->length + utf8_bad_at(row->text + row->length, more);
}

const struct source *text_row_source(const struct text_rows *rows, const struct text_row *row)
{
    return source_part(rows->name, row->text, length_with_seen(row), row->lines_before);
}
