/* Making the changes of one amendment in the declarations that it amends. Those are copied as far as lists change; nothing that was read is
 * written to. */
#ifndef RUBRIC_AMEND_CHANGES_H
#define RUBRIC_AMEND_CHANGES_H
#include "amend/whole.h"

struct changing {
    struct whole *whole;
    struct diags *diags;
    struct ast_list decls; /* as they stand */
    size_t first;          /* of whole->changes, that of this amendment */
};

struct changing changes_start(struct whole *whole, struct diags *diags, const struct ast **decls, size_t count);
/* A change that cannot be made is told and left out. */
void changes_make(struct changing *changing, const struct ast *change);
/* A declaration of the amendment itself, behind all others. */
void changes_add(struct changing *changing, const struct ast *decl);
#endif
