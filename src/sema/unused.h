/* What is declared and changes nothing. */
#ifndef RUBRIC_SEMA_UNUSED_H
#define RUBRIC_SEMA_UNUSED_H
#include "sema/sema.h"

/* Notes definitions, thresholds, ladders, scales, patterns, authorities and facts that nothing reads.
 * After everything has been lowered. */
void unused_note(struct sema *sema);
#endif
