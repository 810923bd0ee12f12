/* The units of one call, for standards that read the cohort: those that name such a standard are gathered before the first of them is scored.
 * Of other standards nothing is gathered. */
#ifndef RUBRIC_CLI_COHORTS_H
#define RUBRIC_CLI_COHORTS_H
#include "cli/standards.h"
#include "eval/eval.h"
#include "facts/facts.h"

struct gathered;

struct cohorts {
    const char *const *paths; /* of the facts files, in the order of the call */
    size_t count;
    const char *rules; /* the standard of all; NULL: each file names its own */
    struct standards *standards;
    VEC(struct gathered *) gathered;
    VEC(struct kept_input *) inputs; /* standard input can be read once only */
};

/* The facts file at a place; NULL if it cannot be read at all. */
struct facts_file *cohorts_open(struct cohorts *cohorts, size_t place, struct diags *diags);

/* For `call.others` of the unit at a place. `standard`: as the call wants it evaluated. NULL: it reads no cohort, or the unit is alone. */
const struct others *cohorts_others(struct cohorts *cohorts, const struct loaded *loaded,
                                    const struct standard *standard, const struct call *call, size_t place);
#endif
