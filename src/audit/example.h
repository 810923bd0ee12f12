/* A world of a search as lines of a facts file. */
#ifndef RUBRIC_AUDIT_EXAMPLE_H
#define RUBRIC_AUDIT_EXAMPLE_H
#include "diag/diag.h"
#include "eval/search.h"

/* The holes that an example is about: those that a claim hangs on, and those that have to be known for it,
 * whatever they are. */
struct example_holes { const uint64_t *on, *known; };

/* Fills what is filled by an open end with a number near it, by infinity with one that is `far` away, and by a
 * number that cannot be written with one that is a little more (`way` 1) or less (-1; 0: it stays); a pass is
 * still to be made. */
void example_settle(struct search *search, const struct example_holes *holes, struct num far, int way);
/* Those that are filled, and all that have to be. NULL: it cannot be written down, or there is nothing to
 * write. */
const struct diag_example *example_of(const struct search *search, const struct example_holes *holes);
#endif
