/* What the unknown may still do: the course of the search, from the first pass to the ends of every value that is shown. */
#ifndef RUBRIC_EVAL_SPLIT_H
#define RUBRIC_EVAL_SPLIT_H
#include "eval/search.h"

/* After the first pass. Afterwards the run's values hold in all possible worlds. NULL: nothing is unknown, or every world faults. */
struct search *split_unknown(struct run *run);

/* [context][node id]: both ends of the value are reached, be it in the limit. `search` may be NULL. */
const bool *const *split_exact(const struct run *run, const struct search *search);
/* … and not only in the limit. */
const bool *const *split_attained(const struct run *run, const struct search *search);
#endif
