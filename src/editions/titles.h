/* Which titles a unit holds by its decisions, under each edition. */
#ifndef RUBRIC_EDITIONS_TITLES_H
#define RUBRIC_EDITIONS_TITLES_H
#include "cohort/timeline.h"
#include "editions/joint.h"

struct title_change {
    const char *name, *label;    /* label NULL: none */
    unsigned held[EDITIONS];     /* truths; of an edition without such a title: no */
};

struct title_changes { VEC(struct title_change) list; };

/* Those that are not held alike on the day of the call. None where the unit has no decisions, or an edition cannot follow them. */
struct title_changes titles_between(const struct standard *const *standards, const struct unit *const *units,
                                    const struct call *call);
#endif
