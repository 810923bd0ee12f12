/* What stages require of one unit, asked on any day: as an evaluation on that day would say. Conditions that nothing dated reads are asked
 * once. Lives in collected memory. */
#ifndef RUBRIC_COHORT_REQUIREMENTS_H
#define RUBRIC_COHORT_REQUIREMENTS_H
#include "eval/eval.h"

struct requirements;

/* `evaluation` is one on a given day: it answers for that day, and for conditions that no day changes. */
struct requirements *requirements_new(const struct evaluation *evaluation, const struct call *call);

/* The truths that a condition can have on a day. */
unsigned requirements_truth(struct requirements *requirements, const struct requirement *requirement, int64_t day);
/* The same condition on two days: may the answers differ? */
bool requirements_dated(const struct requirements *requirements, const struct requirement *requirement);
/* Is a fact that a stage needs given, with its evidence? */
bool requirements_given(const struct requirements *requirements, size_t slot);
/* An evaluation on one of the days that refuses the unit; NULL: none does. */
const struct evaluation *requirements_refusal(const struct requirements *requirements);
#endif
