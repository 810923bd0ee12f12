/* Whether a threshold is set to a value of the kind that it has. */
#ifndef RUBRIC_AMEND_SAME_TYPE_H
#define RUBRIC_AMEND_SAME_TYPE_H
#include "diag/diag.h"
#include "syntax/ast.h"

/* Of values written out only: what an expression comes to is known later. */
void same_type_check(const struct ast_threshold *old, const struct ast_set_threshold *set, struct diags *diags);
#endif
