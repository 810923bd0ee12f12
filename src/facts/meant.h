/* What a value of the wrong kind is meant as, where that can be told: `Yes`, `"86"`, `1,200`. */
#ifndef RUBRIC_FACTS_MEANT_H
#define RUBRIC_FACTS_MEANT_H
#include "core/type.h"
#include "syntax/ast.h"
const char *meant_by(const struct type *type, const struct ast *ast);    /* as a facts file writes it; NULL: it cannot be told */
const char *meant_ungrouped(const struct type *type, const struct ast *ast); /* `1,200` as 1_200; NULL: it is nothing of the kind */
#endif
