/* Numbers that something is compared with, and what cannot be meant by them: beside a share more than all, beside a
 * count a percentage, beside a score more than it can come to. */
#ifndef RUBRIC_SEMA_FIGURE_H
#define RUBRIC_SEMA_FIGURE_H
#include "sema/sema.h"

/* False, with a message: a share is compared with what is none. */
bool figure_right(struct sema *sema, const struct ir_node *share, const struct ir_node *other,
                  const struct ast *ast);
/* Warns of what can be taken as it stands. */
void figure_remark(struct sema *sema, const struct ir_node *of, const struct ast *of_ast,
                   const struct ir_node *other, const struct ast *ast);
#endif
