/* A cell of a CSV file as the value that a facts file would hold. */
#ifndef RUBRIC_FACTS_CELL_H
#define RUBRIC_FACTS_CELL_H
#include "facts/csv.h"
#include "facts/reader.h"

bool cell_is_empty(const struct csv_cell *cell); /* blanks count for nothing */
bool cell_all_empty(const struct csv_row *row);  /* of a row that holds nothing, such as an empty line */
const char *cell_trimmed(const struct csv_cell *cell);
/* What was found in a cell by reading its text alone, told at the cell. */
void cell_report(struct span cell, const struct diags *found, struct diags *diags);
/* What `field` makes of the cell, which `reader->cell` must name; what cannot be read as a value is left as text, which its type then
 * refuses. */
const struct ast *cell_ast(struct reader *reader, const struct field *field, const struct csv_cell *cell);
#endif
