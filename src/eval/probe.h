/* A few nodes of one unit, without the rest: what a cohort is made of. Ends keep whether they are open. */
#ifndef RUBRIC_EVAL_PROBE_H
#define RUBRIC_EVAL_PROBE_H
#include "eval/eval.h"

struct probed {
    struct value value;
    bool free; /* both ends are reached, and hang on nothing but the unit's own facts and scores */
};

struct probe {
    bool refused;
    bool one_column;             /* no column says anything else than the first */
    const struct probed *values; /* [context × count + node] */
    size_t steps;                /* what it took, as of an evaluation */
};

struct probe probe_nodes(const struct standard *standard, const struct unit *unit, const struct call *call,
                         const struct ir_node *const *nodes, size_t count);

/* What one pass says of a node in the context that decides: all that it can be, and perhaps more. NULL: the unit is refused, or it takes more to know
 * that it is not. Whether some world is possible is not asked. */
const struct value *probe_glance(const struct standard *standard, const struct unit *unit, const struct call *call,
                                 const struct ir_node *node);
#endif
