/* `property`: laws that the standard says of itself, for `prove` to look into. */
#ifndef RUBRIC_SEMA_PROPERTIES_H
#define RUBRIC_SEMA_PROPERTIES_H
#include "sema/sema.h"

/* After everything else. For who asks for them they stand in standard->properties, their nodes behind those of the standard; for `check` they
 * are only understood. Else nothing is done: no unit's score hangs on them. */
void properties_lower(struct sema *sema);
#endif
