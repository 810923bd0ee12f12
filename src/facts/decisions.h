/* Decisions on a unit: `decision STAGE approved on DATE by AUTHORITY` in a facts file, what stands behind the stage in a cell of a table of units.
 * Whether the rules allow them is for cohort/ to say. */
#ifndef RUBRIC_FACTS_DECISIONS_H
#define RUBRIC_FACTS_DECISIONS_H
#include "core/unit.h"
#include "diag/diag.h"
#include "syntax/ast.h"

struct decisions {
    VEC(struct decision) list; /* as written */
};

/* The stage of that name; NULL: a message at `span`. */
const struct stage *decisions_stage(const struct standard *standard, const char *name, struct span span,
                                    struct diags *diags);
bool decisions_has_stage(const struct standard *standard, const char *name);
/* Those among `lines`; what names nothing is reported and left out. `also`: what names a stage or an authority of that edition is left out
 * without a word; NULL: none. */
void decisions_add(const struct ast_list *lines, const struct standard *standard, const struct standard *also,
                   struct diags *diags, struct decisions *decisions);
/* Into the unit, as written. */
void decisions_settle(const struct decisions *decisions, struct unit *unit);
#endif
