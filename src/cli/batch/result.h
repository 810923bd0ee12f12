/* What a unit's values are, in the form in which rows are written and counted. */
#ifndef RUBRIC_CLI_BATCH_RESULT_H
#define RUBRIC_CLI_BATCH_RESULT_H
#include "batch/out_row.h"
#include "core/value.h"

struct row_value result_of(const struct type *type, const struct value *value);
#endif
