/* How far values of one column lie from those of another, over all that unknown facts may still be. What both columns leave open alike is the
 * same unknown in both and cancels out: two ranges 0 – 4 may differ by exactly 1. The result lives in collected memory. */
#ifndef RUBRIC_EVAL_CONTRAST_H
#define RUBRIC_EVAL_CONTRAST_H
#include "eval/eval.h"

struct contrast {
    struct value difference; /* later − earlier; n/a where either may be n/a */
    bool exact;              /* both ends are reached */
    bool alike;              /* nothing that it rests on differs between the columns */
};

struct contrast_columns {
    size_t earlier, later;
};

/* `nodes` are numbers of the evaluation's standard; a contrast each. The call is that of the evaluation. */
const struct contrast *contrast_of(const struct evaluation *evaluation, const struct call *call,
                                   struct contrast_columns columns, const struct ir_node *const *nodes,
                                   size_t count);
#endif
