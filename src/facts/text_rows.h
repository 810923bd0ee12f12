/* Rows of a file of any size, one text after another: of CSV up to the line end that ends the row, as csv.h reads it, of JSON lines up to that of
 * the line. What is kept is one row, TEXT_ROW_MAX bytes at most. */
#ifndef RUBRIC_FACTS_TEXT_ROWS_H
#define RUBRIC_FACTS_TEXT_ROWS_H
#include "base/inflow.h"
#include "diag/diag.h"

enum text_kind { TEXT_CSV, TEXT_LINES, TEXT_BY_LOOK /* lines of JSON if the first mark is a brace */ };

struct text_rows {
    const char *name; /* of the file, in messages */
    struct inflow *inflow;
    enum text_kind kind; /* known once the first row is asked for */
    bool bom;            /* the text began with a byte order mark, which is no part of the first row */
    bool begun, ended, skipping;
    size_t line; /* lines before what is next */
    char *bytes;
    size_t start, end, room;
};

struct text_row {
    const char *text; /* with its line end; until the next is asked for */
    size_t length;
    size_t seen; /* where more, bytes that tell what is wrong with it, since that shows only behind it */
    size_t lines_before;
    bool too_long; /* it is the beginning alone */
};

/* False, and a message: it cannot be opened. */
bool text_rows_open(struct text_rows *rows, const char *path, enum text_kind kind, enum encoding encoding,
                    struct diags *diags);
/* What its beginning tells: `kind`, `bom`. */
void text_rows_begin(struct text_rows *rows);
/* False: there is none; text_rows_check tells whether all was read. */
bool text_rows_next(struct text_rows *rows, struct text_row *row);
/* What follows the rows that were given out, as it stands; 0: there is nothing more. Afterwards no rows are given out. Takes no memory. */
size_t text_rows_read(struct text_rows *rows, char *room, size_t size);
bool text_rows_check(const struct text_rows *rows, struct diags *diags);
/* A row that somebody else has found, without its line end; its file goes on, at hand up to `end`. */
void text_row_complete(struct text_row *row, bool csv, const char *end);
/* A source of the row, which knows its file and line. */
const struct source *text_row_source(const struct text_rows *rows, const struct text_row *row);
#endif
