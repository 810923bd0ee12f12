/* A world of a search as lines of a facts file. */
#ifndef RUBRIC_AUDIT_EXAMPLE_H
#define RUBRIC_AUDIT_EXAMPLE_H
#include "diag/diag.h"
#include "eval/search.h"

/* Fills what is filled by an open end with a number near it, by infinity with one that is `far` away, as
 * far as the claim hangs on it; a pass is still to be made. */
void example_settle(struct search *search, const struct claim *claim, struct num far);
/* What the claim hangs on, as it is filled. NULL: it cannot be written down, or there is nothing to write. */
const struct diag_example *example_of(const struct search *search, const struct claim *claim);
#endif
