#include "source/source.h"
#include <assert.h>
#include <string.h>
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

enum { TAB_CELLS = 4 };

static const char BOM[] = "\xEF\xBB\xBF";

static uint32_t *find_lines(const char *text, size_t length, size_t *count)
{
    size_t lines = 1;
    for (size_t i = 0; i < length; i++) {
        lines += text[i] == '\n';
    }
    uint32_t *starts = mem_alloc_plain(lines * sizeof *starts);
    size_t line = 0;
    starts[line++] = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n') {
            starts[line++] = (uint32_t)(i + 1);
        }
    }
    *count = lines;
    return starts;
}

/* A carriage return that no newline follows is the end of a line where old systems wrote it. */
static const char *with_newlines(const char *text, size_t length)
{
    char *copy = NULL;
    const char *end = text + length;
    for (const char *at = text; (at = memchr(at, '\r', (size_t)(end - at))) != NULL; at++) {
        if (at[1] != '\n') {
            copy = copy != NULL ? copy : mem_text(text, length);
            copy[at - text] = '\n';
        }
    }
    return copy != NULL ? copy : text;
}

static struct source *source_of(const char *name, const char *bytes, size_t bom, const char *text,
                                size_t length)
{
    struct source *source = MEM_NEW(struct source);
    assert(length < UINT32_MAX);
    *source = (struct source){.name = name, .text = text, .length = length, .bytes = bytes, .bom = bom};
    source->line_starts = find_lines(text, length, &source->line_count);
    return source;
}

static size_t bom_of(const char *bytes, size_t length)
{
    return length >= 3 && memcmp(bytes, BOM, 3) == 0 ? 3 : 0;
}

struct source *source_adopt(const char *name, const char *bytes, size_t length)
{
    size_t bom = bom_of(bytes, length);
    return source_of(name, bytes, bom, with_newlines(bytes + bom, length - bom), length - bom);
}

struct source *source_rows(const char *name, const char *bytes, size_t length)
{
    size_t bom = bom_of(bytes, length);
    return source_of(name, bytes, bom, bytes + bom, length - bom);
}

struct source *source_new(const char *name, const char *text, size_t length)
{
    return source_adopt(name, mem_text(text, length), length);
}

struct source *source_part(const char *name, const char *text, size_t length, size_t lines_before)
{
    const char *copy = mem_text(text, length);
    struct source *source = source_of(name, copy, 0, copy, length);
    source->lines_before = lines_before;
    return source;
}

/* The line, from 0, in which the span starts. */
static size_t line_index(struct span span)
{
    size_t low = 0, high = span.source->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (span.source->line_starts[middle] <= span.start) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

size_t source_line(struct span span)
{
    return line_index(span) + 1;
}

size_t source_shown_line(struct span span)
{
    return source_line(span) + span.source->lines_before;
}

size_t source_column(struct span span)
{
    uint32_t start = span.source->line_starts[line_index(span)];
    return utf8_count(span.source->text + start, span.start - start) + 1;
}

size_t source_display_column(struct span span)
{
    uint32_t from = span.source->line_starts[line_index(span)];
    size_t cells = 0;
    for (uint32_t at = from; at < span.start; at++) {
        if (span.source->text[at] == '\t') {
            cells += utf8_width(span.source->text + from, at - from);
            cells += TAB_CELLS - cells % TAB_CELLS;
            from = at + 1;
        }
    }
    return cells + utf8_width(span.source->text + from, span.start - from);
}

size_t source_utf16_column(struct span span)
{
    const char *text = span.source->text;
    size_t units = 0;
    uint32_t code;
    for (size_t at = span.source->line_starts[line_index(span)]; at < span.start;) {
        at += utf8_next(text + at, span.start - at, &code);
        units += code > 0xFFFF ? 2 : 1;
    }
    return units + 1;
}

const char *source_line_text(const struct source *source, size_t line, size_t *length)
{
    assert(line >= 1 && line <= source->line_count);
    size_t start = source->line_starts[line - 1];
    size_t end = line < source->line_count ? source->line_starts[line] - 1 : source->length;
    if (end > start && source->text[end - 1] == '\r') {
        end--;
    }
    *length = end - start;
    return source->text + start;
}

struct span span_join(struct span a, struct span b)
{
    if (a.source == NULL) {
        return b;
    }
    if (b.source != a.source) {
        return a;
    }
    return (struct span){a.source, a.start, b.end > a.end ? b.end : a.end};
}

/* Bytes of white space at the head of a text: a blank, a tab, a newline, or the blank of Chinese texts. */
static size_t blank_bytes(const char *text, size_t length)
{
    if (length >= 3 && memcmp(text, "\u3000", 3) == 0) {
        return 3;
    }
    return length >= 1 && (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r');
}

const char *span_text(struct span span)
{
    struct str out = {0};
    if (span.source == NULL) {
        return str_text(&out);
    }
    const char *text = span.source->text + span.start;
    size_t length = span.end - span.start;
    bool gap = false;
    for (size_t at = 0; at < length;) {
        size_t blank = blank_bytes(text + at, length - at);
        if (blank != 0) {
            gap = out.length > 0;
            at += blank;
            continue;
        }
        if (gap) {
            str_add_char(&out, ' ');
            gap = false;
        }
        str_add_char(&out, text[at++]);
    }
    return str_text(&out);
}

struct span span_first_word(struct span span)
{
    uint32_t end = span.start;
    while (end < span.end && (unsigned char)span.source->text[end] > ' ' && span.source->text[end] != '{')
        end++;
    return (struct span){span.source, span.start, end};
}
