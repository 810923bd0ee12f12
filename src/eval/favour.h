/* Which of two evaluations of one unit, by two editions of a standard, is the better for it. */
#ifndef RUBRIC_EVAL_FAVOUR_H
#define RUBRIC_EVAL_FAVOUR_H
#include "eval/eval.h"

/* What decides: the first of these in which the two are not alike. */
enum favour_by {
    FAVOUR_ELIGIBLE, /* to be eligible is better than not to be; without gates a unit is */
    FAVOUR_GRADE,    /* where both have the same grades; none is the lowest */
    FAVOUR_TOTAL,    /* where both have one: as points of the same total, else as a share of it */
    FAVOUR_NOTHING   /* they are alike in all that both have */
};

struct favour {
    bool first, second, alike; /* what can be: the first is better, the second is, they are alike */
    bool compared;             /* there is a grade or a total to compare, or they may differ in being eligible */
    enum favour_by by;         /* the first of these in which they may differ */
};

/* In the context that decides of each. What is open is taken for open in each by itself, so more may be told to be possible than is. */
struct favour favour_of(const struct evaluation *first, const struct evaluation *second);
#endif
