/* What one evaluation of a standard takes: counts, the same on every machine. */
#ifndef RUBRIC_EVAL_COST_H
#define RUBRIC_EVAL_COST_H
#include "eval/eval.h"

struct part_cost {
    const struct part *part;
    size_t operations; /* that its score hangs on, those that it shares with other parts among them */
};

struct cost {
    size_t facts, scores, settings; /* that a unit, an assessor, the call can give */
    size_t parts;
    size_t operations, in_rows; /* of the IR, without what is given or constant; in_rows: worked out once a row */
    size_t jumps;               /* operations at which a result can jump or turn */
    size_t tables, row_passes;  /* tables and lists that are read, and how often in all */
    size_t cohort_rounds;       /* 0: other units are not read */
    size_t passes, steps;       /* of the evaluation: over the IR, and operations worked out or looked at */
    bool spent;                 /* it ended with its budget, not with all ends found */
    VEC(struct part_cost) criteria; /* bonuses and penalties too; the largest first, equals as declared */
};

/* `evaluation`: of a unit of which nothing is known, where the cost of that is asked about. */
struct cost cost_of(const struct evaluation *evaluation);
#endif
