/* One entry by itself, as somebody types it at a prompt: read by the same rules as in a file, against a unit that is at hand. */
#ifndef RUBRIC_FACTS_CHANGE_H
#define RUBRIC_FACTS_CHANGE_H
#include "core/unit.h"
#include "diag/diag.h"
#include "syntax/ast.h"

/* Whose entry it is. */
struct change_place {
    const struct standard *standard;
    const struct unit *unit;
    size_t column;
};

struct fact_change {
    const char *name;              /* of the fact; of a judged score the path of its criterion */
    bool score;
    VEC(struct entered) entries;   /* a criterion that is judged in several branches has several */
};

/* An AST_entry. False, with messages at the entry: it is refused; what limits it may be another fact of the unit. A value counts as proven: whoever
 * asks what if supposes that the evidence is there. */
bool change_enter(const struct change_place *place, const struct ast *entry, struct diags *diags, struct fact_change *change);
/* The same of the entry alone, whatever other facts are; and whether all that limits another is within that. */
bool change_read(const struct change_place *place, const struct ast *entry, struct diags *diags, struct fact_change *change);
bool change_agrees(const struct standard *standard, const struct unit *unit, struct diags *diags);
/* As if it were not reported: in a later column as if `unknown` stood there. False with a message where nothing has this name; `span` is the
 * name's. */
bool change_withdraw(const struct change_place *place, bool score, const char *name, struct span span, struct diags *diags,
                     struct fact_change *change);
/* The same unit as a file would give it: where evidence is required, what lacks it is unknown. */
const struct unit *change_proven(const struct standard *standard, const struct unit *unit);
#endif
