/* What an evaluation found wrong with a unit, as diagnostics: each names the line of the facts or of the rules that has to change. */
#ifndef RUBRIC_REPORT_COMPLAINTS_H
#define RUBRIC_REPORT_COMPLAINTS_H
#include "diag/diag.h"
#include "eval/eval.h"

void complaints_add(const struct evaluation *evaluation, struct diags *diags);
#endif
