/* Authorities, titles and stages: what is written → core/procedure.h. */
#ifndef RUBRIC_SEMA_PROCEDURE_H
#define RUBRIC_SEMA_PROCEDURE_H
#include "sema/sema.h"

/* The places of all names; before anything that names an authority is lowered. */
void procedure_collect(struct sema *sema);
/* The place of an authority. False, with a message, where there is none. */
bool procedure_authority(struct sema *sema, const struct ast *name, size_t *place);
/* What each stage says; after the outcomes, which its requirements may read. */
void procedure_lower(struct sema *sema);
/* procedure_check.c: what cannot work in a procedure each of whose stages is in order. */
void procedure_check(struct sema *sema);
#endif
