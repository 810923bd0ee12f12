/* Rows: those that the standard lists, and the first few of a unit's tables and lists. For this folder alone. */
#ifndef RUBRIC_SMT_ROWS_H
#define RUBRIC_SMT_ROWS_H
#include "smt/terms.h"

/* COUNT, SUM and their like, of the rows as far as they are looked into; where there may be more, of anything. */
struct smt_term smt_aggregate(const struct place *place);
/* What an ELEMENT is in the row at hand. */
struct smt_term smt_cell(const struct place *place);
/* In a world beside another: cells that are limited by the fact which differs are held to it. */
void smt_hold_cells(struct smt *smt, size_t world, size_t context, size_t slot);
#endif
