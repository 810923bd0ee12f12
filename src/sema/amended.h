/* What an amendment repeals and others still read. */
#ifndef RUBRIC_SEMA_AMENDED_H
#define RUBRIC_SEMA_AMENDED_H
#include "sema/sema.h"

/* Tells the standard which facts were repealed, for who reports one all the same. */
void amended_note_repeals(struct sema *sema);

/* Is an unknown name, or the path of a part, that of something repealed? Then that is told, once, where it is repealed, and who reads it at
 * `span` is named there; nothing else is to be said of it. */
bool amended_reads(struct sema *sema, const char *name, struct span span);
/* Shows in a message about the sum of a part (path "": of the standard) which changes of an amendment bear on it. */
void amended_show_changes(const struct sema *sema, struct diag *diag, const char *path);
#endif
