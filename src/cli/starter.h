/* The standard that `rubric new standard` writes: src/cli/starter/, with a name of its own. */
#ifndef RUBRIC_CLI_STARTER_H
#define RUBRIC_CLI_STARTER_H
#include "diag/diag.h"

/* `name` NULL: as it stands. Not yet laid out for that name. */
const char *starter_text(enum lang lang, const char *name);
#endif
