/* CSV as RFC 4180 has it, nothing else: commas, quotes doubled inside quotes, LF or CRLF. A cell may hold line
 * ends. Read row by row; nothing is kept of a row but what the caller keeps. */
#ifndef RUBRIC_FACTS_CSV_H
#define RUBRIC_FACTS_CSV_H
#include "base/vec.h"
#include "diag/diag.h"

struct csv_cell {
    const char *text; /* without its quotes; NUL-terminated, the caller's to keep */
    size_t length;
    struct span span;
};
struct csv_row {
    VEC(struct csv_cell) cells; /* of this row, until the next is read */
    struct span span;
};
struct csv {
    const struct source *source;
    uint32_t at; /* where the next row begins: rows may be read again from a place kept */
    struct csv_row row;
};

/* False, and a message where it stands, if the text holds a NUL. It must be valid UTF-8. */
bool csv_open(struct csv *csv, const struct source *source, struct diags *diags);

enum csv_result { CSV_ROW, CSV_END, CSV_WRONG };
/* The next row, into `csv->row`. CSV_WRONG: a message says what is wrong with it; reading goes on with the line that follows. */
enum csv_result csv_next(struct csv *csv, struct diags *diags);
#endif
