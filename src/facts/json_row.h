/* A line of JSON as a row: one object whose members are cells, named by their keys. Strict JSON; numbers stay the texts that they are, true and
 * false are yes and no, null is an empty cell, in a list unknown; a list is the text that a facts file would have. */
#ifndef RUBRIC_FACTS_JSON_ROW_H
#define RUBRIC_FACTS_JSON_ROW_H
#include "facts/csv.h"

/* `heads` are the keys, `cells` what they hold, in the order of the line. False, and a message where it goes wrong. */
bool json_row_read(const struct source *source, struct csv_row *heads, struct csv_row *cells,
                   struct diags *diags);
/* A line that holds nothing. */
bool json_row_is_blank(const struct source *source);
#endif
