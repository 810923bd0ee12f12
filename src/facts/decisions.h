/* The decisions of a facts file: `decision STAGE approved on DATE by AUTHORITY`. Whether the rules allow them is for cohort/ to say. */
#ifndef RUBRIC_FACTS_DECISIONS_H
#define RUBRIC_FACTS_DECISIONS_H
#include "core/unit.h"
#include "diag/diag.h"
#include "syntax/ast.h"

/* Those among `lines`, into the unit, as written; what names nothing is reported and left out. */
void decisions_read(const struct ast_list *lines, const struct standard *standard, struct diags *diags, struct unit *unit);
#endif
