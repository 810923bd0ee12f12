/* Proving an end where holes lie in one cell each and ranges alone prove too little: tiles of what fills
 * the holes are cut where a linear form bends, until the form of the claim is one and the same on each. */
#ifndef RUBRIC_EVAL_BEND_H
#define RUBRIC_EVAL_BEND_H
#include "eval/search.h"

/* As branch_bound, of the worlds at hand alone; until the run has come to that effort. A bound below
 * `enough` is as good as any. */
struct cut bend_bound(struct search *search, const struct claim *claim, struct cut enough, size_t until);
#endif
