/* Units from a CSV file: a row a unit, columns named by the first row. Rows are read one at a time and nothing is kept of them, so that a file
 * of a million units needs little more memory than its own size. */
#ifndef RUBRIC_FACTS_UNITS_H
#define RUBRIC_FACTS_UNITS_H
#include "facts/unit_row.h"

#define UNITS_SIZE_MAX ((size_t)1 << 30) /* bytes of one file */

struct units;

/* NULL: the file cannot be read, or its first row is wrong; every fault of that row is reported. */
struct units *units_open(const char *path, const struct standard *standard, struct diags *diags);
/* Columns that `also`, another edition of the standard, knows and this one does not are passed over. */
struct units *units_open_beside(const char *path, const struct standard *standard,
                                const struct standard *also, struct diags *diags);
/* The same of a text that is at hand. */
struct units *units_open_text(const struct source *source, const struct standard *standard,
                              struct diags *diags);
/* A table that is open, for another edition besides: columns that only `also` knows are passed over. Rows are read by units_at. */
struct units *units_beside(const struct units *units, const struct standard *standard,
                           const struct standard *also, struct diags *diags);
/* The next row that holds anything, with what is wrong with it; false: there is none. */
bool units_next(struct units *units, struct units_row *row, struct diags *diags);
/* A row read before, once more. */
void units_at(struct units *units, uint32_t at, struct units_row *row, struct diags *diags);
/* On which line the row of a unit that was read begins. */
size_t units_line(struct units *units, const char *id);
/* For tests: every cell goes through the parser. */
void units_read_slowly(struct units *units);
#endif
