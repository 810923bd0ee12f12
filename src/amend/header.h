/* The header of an amended standard. */
#ifndef RUBRIC_AMEND_HEADER_H
#define RUBRIC_AMEND_HEADER_H
#include "diag/diag.h"
#include "syntax/ast.h"

/* The lines of `base`, each in the place of which `own` has a line of its kind, and what else `own` has. A
 * transition of `base` led to `base`, and is over with it: it is left out. */
const struct ast_standard *header_amended(const struct ast_standard *base, const struct ast_standard *own,
                                          struct diags *diags);
/* Whether a line of `own` takes the place of this one. `cite` and `note` are added to those that are there. */
bool header_replaces(const struct ast *own, const struct ast *line);
/* The lines that stay when the text amends nothing any more: all but a transition. */
struct ast_list header_lasting(const struct ast_list *lines);
#endif
