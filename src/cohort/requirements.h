/* What stages require of one unit, asked on any day: as an evaluation on that day would say. Conditions
 * that no day changes are asked once; of the other units of a cohort nothing is known on another day.
 * Lives in collected memory. */
#ifndef RUBRIC_COHORT_REQUIREMENTS_H
#define RUBRIC_COHORT_REQUIREMENTS_H
#include "eval/eval.h"

struct requirements;

/* What keeps a stage from its approval on a day, or may. */
struct conditions {
    const struct evaluation *evaluation;       /* that says so */
    struct places missing; /* facts that it needs and that are not given, with their evidence */
    VEC(const struct requirement *) failing;   /* known not to hold */
    VEC(const struct requirement *) undecided; /* not known */
};

/* `evaluation` is one on a given day: it answers for that day, and for conditions that no day changes. */
struct requirements *requirements_new(const struct evaluation *evaluation, const struct call *call);

struct conditions requirements_on(struct requirements *requirements, const struct stage *stage, int64_t day);
/* An evaluation on one of the days that refuses the unit; NULL: none does. */
const struct evaluation *requirements_refusal(const struct requirements *requirements);
#endif
