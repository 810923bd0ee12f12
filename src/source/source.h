/* Source texts and places in them. A span is bytes [start, end) of one source; lines and columns are derived when shown. */
#ifndef RUBRIC_SOURCE_SOURCE_H
#define RUBRIC_SOURCE_SOURCE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct source {
    const char *name;            /* as the reader knows it: the path given or joined */
    const char *text;            /* without a BOM; a newline wherever a line ends, behind the return of CRLF; NUL-terminated */
    size_t length;
    const char *bytes;           /* as they were read, `bom` more of them: what is written back */
    size_t bom;                  /* 3 where a byte order mark was cut off, else 0 */
    const uint32_t *line_starts; /* offsets of the first byte of each line */
    size_t line_count;
    size_t lines_before;         /* in the script that it is a part of */
};

struct span { const struct source *source; uint32_t start, end; };

#define SPAN_NONE ((struct span){0})

struct source *source_new(const char *name, const char *text, size_t length);
struct source *source_adopt(const char *name, const char *bytes, size_t length);  /* without a copy: NUL-terminated, and nobody else's */
/* A file of rows: a carriage return alone ends no line in it. */
struct source *source_rows(const char *name, const char *bytes, size_t length);
/* What stands behind so many lines of a text, or a value by itself, as it stands: a mark in front of it is a character like others. */
struct source *source_part(const char *name, const char *text, size_t length, size_t lines_before);
size_t source_line(struct span span);                 /* from 1 */
size_t source_shown_line(struct span span);           /* … counted in the script that the source is a part of */
size_t source_column(struct span span);               /* characters, from 1 */
size_t source_display_column(struct span span);       /* terminal cells, from 0 */
size_t source_utf16_column(struct span span);         /* UTF-16 code units, from 1 */
const char *source_line_text(const struct source *source, size_t line, size_t *length); /* without its newline */
struct span span_join(struct span a, struct span b);  /* from the start of a to the end of b; SPAN_NONE is neutral */
struct span span_first_word(struct span span);         /* where a whole statement is meant */
const char *span_text(struct span span);              /* the author's own words, white space folded to single blanks */
#endif
