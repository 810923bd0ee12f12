/* `settled`, `can only grow`, `can only fall`: what a unit can still do about a fact. Both return false
 * after an error that they have reported. */
#ifndef RUBRIC_SEMA_MOVEMENT_H
#define RUBRIC_SEMA_MOVEMENT_H
#include "sema/sema.h"

/* Fills in the movement of a fact whose type is known. */
bool movement_read(struct sema *sema, const struct ast_list *quals, struct field *field);
/* A column has none of its own. */
bool movement_of_column(struct sema *sema, const struct ast_list *quals);
#endif
