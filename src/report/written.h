/* A value as a facts file writes it, so that reading it gives the same again. */
#ifndef RUBRIC_REPORT_WRITTEN_H
#define RUBRIC_REPORT_WRITTEN_H
#include "core/unit.h"

/* A known value. `whole`: of a share that is told in parts, in how many; NULL: it is not. NULL: there is no way to write it. */
const char *written_value(const struct type *type, const struct value *value, const struct num *whole);
#endif
