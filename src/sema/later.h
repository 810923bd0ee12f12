/* Declarations that are read and whose meaning this program does not know yet: it says so, once for each
 * kind. */
#ifndef RUBRIC_SEMA_LATER_H
#define RUBRIC_SEMA_LATER_H
#include "sema/sema.h"

void later_note(struct sema *sema);
#endif
