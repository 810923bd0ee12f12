/* `transition until` in the header of an amendment. */
#ifndef RUBRIC_SEMA_TRANSITION_H
#define RUBRIC_SEMA_TRANSITION_H
#include "sema/sema.h"

/* The line, once the facts have types. */
void transition_read(struct sema *sema);
/* The edition that is amended, compiled by itself, with the thresholds set that it has. Of a standard without faults. */
void transition_amended(struct sema *sema);
#endif
