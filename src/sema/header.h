/* The header: `standard NAME "…" { edition … total … columns … }`. */
#ifndef RUBRIC_SEMA_HEADER_H
#define RUBRIC_SEMA_HEADER_H
#include "sema/sema.h"

void header_read(struct sema *sema);
void header_check(struct sema *sema); /* once all parts are lowered */
#endif
