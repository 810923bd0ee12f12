/* The files of a standard: the first one, and those that `use` brings in. */
#ifndef RUBRIC_SEMA_LOAD_H
#define RUBRIC_SEMA_LOAD_H
#include "sema/sema.h"

/* Reads and parses all of them into sema->decls, header and digest included. False if the first one cannot be read. */
bool load_standard(struct sema *sema, const char *path);
#endif
