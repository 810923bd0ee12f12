/* `rubric eval --compare`: which columns can be compared. */
#ifndef RUBRIC_CLI_COMPARE_H
#define RUBRIC_CLI_COMPARE_H
#include "core/standard.h"
#include "diag/diag.h"

/* False with a diagnostic where no column stands before `later`. */
bool compare_can(const struct standard *standard, size_t later, const char *path, struct diags *diags);
#endif
