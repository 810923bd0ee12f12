/* The cells of a hole: a partition of what may fill it, fine enough that what reads it changes steadily inside each, and for every cell the
 * single values that reach its ends. An end that is open or infinite is reached by a germ: a range whose two cuts are one. */
#ifndef RUBRIC_EVAL_CELLS_H
#define RUBRIC_EVAL_CELLS_H
#include "eval/breaks.h"
#include "eval/hole.h"

/* Of every hole in turn. `breaks` is [node id]. */
void cells_make(struct holes *holes, const struct run *run, const struct breaks *breaks);

/* How many points a hole has. */
size_t cells_points(const struct hole *hole);

/* A text that stands for any other than those that are named: nobody has written it. */
bool cells_made_text(const struct value *value);

/* What fills a hole from one cell to another, both included. */
struct value cells_join(const struct hole *hole, size_t first, size_t last);
/* What of a hole of numbers lies between two ends. False: nothing. */
bool cells_between(const struct hole *hole, struct cut low, struct cut high, struct value *part);
#endif
