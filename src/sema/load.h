/* The files of a standard: the first one, and those that `use` brings in. */
#ifndef RUBRIC_SEMA_LOAD_H
#define RUBRIC_SEMA_LOAD_H
#include "sema/sema.h"

/* Parses it and reads what it brings in, which stands in the folder of its name: into sema->decls, header
 * and digest included. */
void load_standard(struct sema *sema, const struct source *source);
#endif
