/* A wrong weekday is found when the text is read, before anything is known of the clause that it stands under: that is added here. */
#ifndef RUBRIC_SEMA_CITES_H
#define RUBRIC_SEMA_CITES_H
#include "sema/sema.h"

/* Gives every wrong weekday inside a fact, a threshold, a criterion, a gate or a stage the clause which that cites. Last of all. */
void cites_add(struct sema *sema);
#endif
