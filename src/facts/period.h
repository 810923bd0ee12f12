/* A period as written, in a standard or a facts file: a year, or two days. */
#ifndef RUBRIC_FACTS_PERIOD_H
#define RUBRIC_FACTS_PERIOD_H
#include "core/standard.h"
#include "diag/diag.h"
#include "syntax/ast.h"

/* `to` is NULL for a year. Where it is neither a message says so, and `period` stays as it was. */
void period_read(const struct ast *from, const struct ast *to, struct diags *diags, struct period *period);
#endif
