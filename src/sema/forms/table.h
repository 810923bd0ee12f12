/* Decision tables: `choose by A, B { x, y : R  any, y : R  otherwise : R }` and `grades by …`. The first
 * row whose tests all fit is taken. */
#ifndef RUBRIC_SEMA_FORMS_TABLE_H
#define RUBRIC_SEMA_FORMS_TABLE_H
#include "sema/forms/bands.h"

/* What a row gives, lowered by the caller; NULL after an error. */
typedef struct ir_node *table_result(const void *data, const struct ast *result);

/* The table as one node. `whole`, the table's place, begins with the word at which a gap is shown; `line`
 * may be NULL. */
struct ir_node *table_lower(const struct scope *scope, const struct ast_list *inputs,
                            const struct ast_list *rows, struct span whole, table_result *result,
                            const void *data, struct line *line);
#endif
