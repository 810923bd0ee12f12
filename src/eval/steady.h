/* How steeply the claim of a tile rises with each of its holes, where no line can be told: products, quotients
 * and what is made of them. Rising or falling all along, it has its ends at those of the hole. */
#ifndef RUBRIC_EVAL_STEADY_H
#define RUBRIC_EVAL_STEADY_H
#include "eval/tile.h"

/* Where place_find has just found nothing. False: it jumps in places, or nobody knows. */
bool steady_find(const struct bend *bend, struct range slopes[LINEAR_HOLES]);
#endif
