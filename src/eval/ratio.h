/* How high a quotient of sums can be, as a score of all that applies is: items that may not apply stand above and below the line, and ranges
 * of the two sums say little. Terms that share no holes are looked at apart; a bound q holds if above − q × below stays at or under 0. */
#ifndef RUBRIC_EVAL_RATIO_H
#define RUBRIC_EVAL_RATIO_H
#include "eval/search.h"

/* Of a claim on the high or the low end of a division: how far it goes at the most. Infinite where nothing better is known. */
struct cut ratio_bound(struct search *search, const struct claim *claim);
#endif
