/* Proving how far a claim goes: the space of worlds is cut into boxes, the most promising box first, until no box promises more than a
 * witness has reached, or the effort is spent. */
#ifndef RUBRIC_EVAL_BRANCH_H
#define RUBRIC_EVAL_BRANCH_H
#include "eval/search.h"

/* How far the claim goes at the most: sound whatever happens; reached where search_met says so afterwards. -infinity: not at all.
 * `best` is how far a witness is known to reach. */
struct cut branch_bound(struct search *search, const struct claim *claim, struct cut best);
#endif
