/* What could not be read of the files of a standard: beside it nothing is said that may only follow from
 * that. */
#ifndef RUBRIC_SEMA_MISREAD_H
#define RUBRIC_SEMA_MISREAD_H
#include "sema/sema.h"

/* Once all is read: from that diagnostic on they are about this standard. */
void misread_note(struct sema *sema, size_t first);
/* Inside the span? Then what is missing there may only have been lost, and a date there is none. */
bool misread_in(const struct sema *sema, struct span span);
bool misread_anywhere(const struct sema *sema);
/* On a line where the name stands? Then it may have been declared there, or hide a slip itself. */
bool misread_name(const struct sema *sema, const char *name);
#endif
