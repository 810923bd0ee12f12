#include "batch/csv_text.h"
#include <string.h>

static bool is_control(unsigned char byte)
{
    return byte < ' ' ? byte != '\t' : byte == 0x7F;
}

static unsigned marks_of(unsigned char byte)
{
    return byte >= 0x80 ? CELL_HIGH : is_control(byte) ? CELL_CONTROL : 0;
}

/* A carriage return alone is no line end. */
static bool at_line_end(const char *at, const char *to)
{
    return at >= to || *at == '\n' || (*at == '\r' && at + 1 < to && at[1] == '\n');
}

static bool ends_cell(const char *at, const char *to)
{
    return at_line_end(at, to) || *at == ',';
}

static const char *broken(struct csv_piece *piece, const char *where)
{
    piece->text = where;
    return NULL;
}

/* Most bytes of a bare cell are neither marked nor its end. */
static bool is_common(unsigned char byte)
{
    return byte > ',' ? byte < 0x7F : byte == ' ' || (byte > '"' && byte < ',');
}

static const char *pass_bare(const char *at, const char *to, struct csv_piece *piece)
{
    piece->text = at;
    for (;; at++) {
        while (is_common((unsigned char)*at))
            at++;
        if (ends_cell(at, to))
            break;
        if (*at == '"')
            return broken(piece, at);
        piece->marks |= marks_of((unsigned char)*at);
    }
    piece->length = (size_t)(at - piece->text);
    return at;
}

static const char *pass_quoted(const char *open, const char *to, struct csv_piece *piece)
{
    const char *at = open + 1;
    for (; at < to; at++) {
        if (*at == '"' && at + 1 < to && at[1] == '"') {
            piece->marks |= CELL_DOUBLED;
            at++;
        } else if (*at == '"') {
            break;
        }
        if (*at == '\n')
            piece->lines++;
        else if (!at_line_end(at, to))
            piece->marks |= marks_of((unsigned char)*at);
    }
    if (at >= to || !ends_cell(at + 1, to))
        return broken(piece, open);
    piece->text = open + 1;
    piece->length = (size_t)(at - piece->text);
    return at + 1;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

void csv_trim(struct csv_piece *piece)
{
    for (; piece->length > 0 && is_blank(*piece->text); piece->length--)
        piece->text++;
    while (piece->length > 0 && is_blank(piece->text[piece->length - 1]))
        piece->length--;
}

const char *csv_pass_cell(const char *at, const char *to, struct csv_piece *piece)
{
    *piece = (struct csv_piece){0};
    const char *end = at < to && *at == '"' ? pass_quoted(at, to, piece) : pass_bare(at, to, piece);
    if (end)
        csv_trim(piece);
    return end;
}

/* ---------------------------------------------------------------- records */

static const char *behind_line(const char *at, const char *to)
{
    const char *end = memchr(at, '\n', (size_t)(to - at));
    return end ? end + 1 : to;
}

struct csv_record csv_pass_record(const char *at, const char *to)
{
    struct csv_record record = {.right = true, .blank = true};
    struct csv_piece piece;
    for (const char *end; (end = csv_pass_cell(at, to, &piece)); at = end + 1) {
        record.blank &= piece.length == 0;
        if (!at_line_end(end, to))
            continue;
        record.end = end;
        record.next = end >= to ? to : *end == '\r' ? end + 2 : end + 1;
        return record;
    }
    record.right = record.blank = false;
    record.next = behind_line(piece.text, to);
    record.end = record.next;
    if (record.end > at && record.end[-1] == '\n')
        record.end--;
    if (record.end > at && record.end < record.next && record.end[-1] == '\r')
        record.end--;
    return record;
}

size_t text_whole_lines(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] != '\n')
        length--;
    return length;
}

size_t text_line_ends(const char *from, const char *to)
{
    size_t count = 0;
    for (; from < to && (from = memchr(from, '\n', (size_t)(to - from))); from++)
        count++;
    return count;
}

/* The quote that closes what one opens; NULL: it may still come. */
static const char *closing_quote(const char *open, const char *to)
{
    const char *at = open + 1;
    while (at < to && (at = memchr(at, '"', (size_t)(to - at))) && at + 1 < to && at[1] == '"')
        at += 2;
    return at && at < to ? at : NULL;
}

/* Could more text still change what this quote closes? */
static bool is_undecided(const char *quote, const char *to)
{
    return !quote || quote + 1 >= to || (quote[1] == '\r' && quote + 2 >= to);
}

/* A wrong record up to behind the line on which that shows, for whoever tells of it: not to be cut apart. */
struct tied {
    const char *from, *to;
};

static void tie(struct tied *tied, const char *from, const char *to)
{
    tied->from = from < tied->to ? tied->from : from;
    tied->to = to > tied->to ? to : tied->to;
}

static size_t cut_at(const char *text, const struct tied *tied, const char *at)
{
    return (size_t)((at < tied->to ? tied->from : at) - text);
}

/* From quote to quote: outside of quotes each line end ends a record. */
size_t csv_whole_records(const char *text, size_t length)
{
    const char *to = text + length, *start = text, *at = text, *quote;
    struct tied tied = {text, text};
    while ((quote = memchr(at, '"', (size_t)(to - at)))) {
        size_t lines = text_whole_lines(at, (size_t)(quote - at));
        start = lines > 0 ? at + lines : start;
        bool opens = quote == start || quote[-1] == ',';
        const char *close = opens ? closing_quote(quote, to) : NULL;
        if (opens && is_undecided(close, to))
            return cut_at(text, &tied, start);
        if (opens && ends_cell(close + 1, to)) {
            at = close + 1;
            continue;
        }
        const char *line = memchr(quote, '\n', (size_t)(to - quote)), *shows = opens ? close + 1 : quote;
        shows = memchr(shows, '\n', (size_t)(to - shows));
        if (!line || !shows)
            return cut_at(text, &tied, start);
        tie(&tied, start, shows + 1);
        start = at = line + 1;
    }
    size_t lines = text_whole_lines(at, (size_t)(to - at));
    return cut_at(text, &tied, lines > 0 ? at + lines : start);
}
