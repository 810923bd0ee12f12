/* Chosen values of many units of one standard, set up once: a total, the keys of a ranking, a grade. Where they come out known, one pass over
 * the nodes they hang on does; whatever is open or faulty goes to evaluate(), so that both always say the same. Lives in collected memory;
 * knows one unit at a time. */
#ifndef RUBRIC_EVAL_SCORER_H
#define RUBRIC_EVAL_SCORER_H
#include "eval/eval.h"

struct scorer;

/* `nodes` are asked about in the context that decides. NULL among them: the standard has no such value; its answers are n/a. `call` is kept
 * and looked at anew for each unit. */
struct scorer *scorer_new(const struct standard *standard, const struct call *call,
                          const struct ir_node *const *nodes, size_t count);
/* `values` and `exact` have a place for each node. False: the unit is refused, scorer_evaluation says why, and the values count for nothing. */
bool scorer_unit(struct scorer *scorer, const struct unit *unit, struct value *values, bool *exact);
/* All there is to know about the unit asked about last, complaints included; worked out now if that was not needed so far. */
const struct evaluation *scorer_evaluation(struct scorer *scorer);
/* What one pass found, in the form of an evaluation: the values of the nodes asked about, of what is shown and of what these hang on count, and
 * nothing else of it; until the next unit. NULL: it took more than a pass. */
const struct evaluation *scorer_passed(struct scorer *scorer);
/* How many units took one pass so far. */
size_t scorer_passes(const struct scorer *scorer);
#endif
