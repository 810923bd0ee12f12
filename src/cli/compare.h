/* `rubric eval --compare`: the last column, or that of `--column`, beside the one before it. */
#ifndef RUBRIC_CLI_COMPARE_H
#define RUBRIC_CLI_COMPARE_H
#include "cli/call.h"

/* Between opening a unit and evaluating it: both columns and the mix are evaluated as the standard has them, whatever `--column` names. False
 * with a diagnostic where no column stands before the one that is looked at. */
bool compare_can(struct scoring *scoring);
/* Whose outcomes count: those of the column that `--column` names, else the final ones. */
size_t compare_context(const struct scoring *scoring);
void compare_unit(struct str *out, const struct scoring *scoring);
void compare_unit_json(struct str *out, const struct scoring *scoring);
#endif
