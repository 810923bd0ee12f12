/* Rows of which a trial did not show that they are exact: what is open in them is cut where something may change, and the whole program is run on
 * each piece. Where all pieces together come to no more than the single values among them, that is what the row comes to. For this folder alone. */
#ifndef RUBRIC_BATCH_CELLS_H
#define RUBRIC_BATCH_CELLS_H
#include "batch/machine.h"

struct cells;

/* NULL: no memory. */
struct cells *cells_new(const struct program *program);
void cells_free(struct cells *cells);
/* The rows of the block that are marked, `results` what was found of each answer: rows that are told are no longer for the exact evaluator. */
void cells_of_rows(struct cells *cells, struct block *block, const uint8_t *rows,
                   const struct results *results);
#endif
