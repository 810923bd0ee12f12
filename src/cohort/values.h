/* The units of one call that a standard scores, gathered: what each comes to in what they are compared in,
 * and what, for one of them, the others come to. A unit is read once a level and forgotten; only its
 * operands stay. Lives in collected memory. */
#ifndef RUBRIC_COHORT_VALUES_H
#define RUBRIC_COHORT_VALUES_H
#include "eval/eval.h"

/* What stands at one place of the call. */
struct cohort_member {
    bool belongs;            /* to this standard, be it refused */
    const struct unit *unit; /* NULL: refused, or it does not belong */
};

/* Asked for a place once a level, in order; what it gives is not kept. */
typedef struct cohort_member cohort_reader(void *data, size_t place);

struct cohort;

/* The standard reads the cohort. A unit that is refused whatever the others come to is not in it; one that
 * they make a fault of is left out of what is compared from there on. */
const struct cohort *cohort_gather(const struct standard *standard, const struct call *call, size_t places,
                                   cohort_reader *read, void *data);
/* For `call.others` of the unit at a place. NULL: it is alone. */
const struct others *cohort_others(const struct cohort *cohort, size_t place);
#endif
