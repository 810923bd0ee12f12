/* From types as written to fields: facts, columns of tables, elements of lists, parameters. */
#ifndef RUBRIC_SEMA_TYPES_H
#define RUBRIC_SEMA_TYPES_H
#include "sema/sema.h"

/* The field of a fact or a column. False after an error. */
bool types_field(struct sema *sema, const struct ast_fact *fact, struct field *field);
bool types_param(struct sema *sema, const struct ast_param *param, struct field *field);
void types_collect_scales(struct sema *sema);
/* A type in the reader's words, as an argument of a message: "@yesno", "@number", "a number of 人" … */
const char *types_word(const struct type *type);
/* The same of a value beside one of type `first`: "@another_choice" where both are choices, yet not the
 * same. */
const char *types_word_beside(const struct type *type, const struct type *first);
extern const struct type TYPE_OF_TRUTH, TYPE_OF_NUMBER, TYPE_OF_WHOLE, TYPE_OF_DATE, TYPE_OF_TEXT;
#endif
