/* Rows that a way adds to a table or list. A sample of them reaches the aim; what in it does not matter is left open, and a number that stands for
 * as much as one likes becomes one that is enough. */
#ifndef RUBRIC_WHATIF_ROWS_H
#define RUBRIC_WHATIF_ROWS_H
#include "whatif/solve.h"

/* Each number is one, or as much as one likes. */
bool rows_are_told(const struct value *rows);
/* With the other moves as they are, and the aim reached. */
void rows_make_smaller(struct levers *levers, const struct aim *aim, struct move *move);
/* False: some number has no end still, no unit can have it. */
bool rows_can_be_written(const struct move *move);
#endif
