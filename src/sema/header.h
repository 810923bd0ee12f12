/* The header: `standard NAME "…" { edition … total … columns … }`. */
#ifndef RUBRIC_SEMA_HEADER_H
#define RUBRIC_SEMA_HEADER_H
#include "sema/sema.h"

void header_read(struct sema *sema);
/* A period as written: a year, or two dates. False and a message if it is neither. */
bool header_period(const struct ast *from, const struct ast *to, struct diags *diags, struct period *period);
#endif
