/* One unit by itself, looked at again and again while what it says changes: what hangs on a change is worked out anew, by the loops of the
 * machine, each for a single row. Where something is open the machine runs a block of one row. Plain memory; a thread has its own, and nothing is
 * allocated once what is open was looked at for the first time. */
#ifndef RUBRIC_BATCH_ROW_H
#define RUBRIC_BATCH_ROW_H
#include "batch/cell.h"
#include "batch/machine.h"

/* How it was worked out. */
enum row_way {
    ROW_KNOWN, /* nothing is open */
    ROW_OPEN,
    ROW_EXACT /* it was not: the exact evaluator has to */
};

struct row;

/* Nothing is given in it, by `rules`. The caller keeps the program: the collector does not find it here. NULL: no memory. */
struct row *row_new(const struct program *program, const struct cell_rule *rules);
void row_free(struct row *row);
void row_set(struct row *row, size_t input, const struct cell *cell);
/* What was set last. */
struct cell row_cell(const struct row *row, size_t input);
enum row_way row_run(struct row *row);
/* Of the last run; the row is 0. */
struct results row_output(const struct row *row, size_t output);
#endif
