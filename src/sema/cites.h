/* A wrong weekday is found when the text is read, before anything is known of the clause that it stands
 * under: that is added here. */
#ifndef RUBRIC_SEMA_CITES_H
#define RUBRIC_SEMA_CITES_H
#include "sema/sema.h"

/* Gives every wrong weekday inside something that cites a clause (a fact, a threshold, a part, a gate, an
 * outcome, a value to show, a stage) that clause; the innermost counts. Last of all. */
void cites_add(struct sema *sema);
#endif
