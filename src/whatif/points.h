/* The values at which a lever is tried, made fit to be told. In collected memory. */
#ifndef RUBRIC_WHATIF_POINTS_H
#define RUBRIC_WHATIF_POINTS_H
#include "eval/hole.h"

/* Months go and come one by one; the text that stands for all that no rule names is what the fact is now, or "?1". `now`: NULL where it is not
 * known; `number`: of the hole. */
void points_suit(struct hole *hole, const struct value *now, size_t number);
#endif
