/* CSV as RFC 4180 has it, nothing else: commas, quotes doubled inside quotes, LF or CRLF. A cell may hold line
 * ends. */
#ifndef RUBRIC_FACTS_CSV_H
#define RUBRIC_FACTS_CSV_H
#include "base/vec.h"
#include "diag/diag.h"

struct csv_cell {
    const char *text;
    struct span span;
};
struct csv_row {
    VEC(struct csv_cell) cells;
    struct span span;
};
struct csv {
    VEC(struct csv_row) rows;
};

/* False, and a message where it stands, if the text is no such table. The source must be valid UTF-8. */
bool csv_read(const struct source *source, struct diags *diags, struct csv *csv);
#endif
