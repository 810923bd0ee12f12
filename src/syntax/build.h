/* What the grammar's actions call besides the constructors of ast.def: lists, and nodes put together from others.
 * A list is added to in place; only the newest value of one may be kept. Adding NULL, an item that could not be read, changes nothing. */
#ifndef RUBRIC_SYNTAX_BUILD_H
#define RUBRIC_SYNTAX_BUILD_H
#include "syntax/ast.h"

struct ast_list list_one(struct ast *node);
struct ast_list list_add(struct ast_list list, struct ast *node);
struct ast_list list_join(struct ast_list list, struct ast_list more);

struct span span_before(struct span span);                        /* the empty span at its start */
struct span span_after(struct span span);                         /* … at its end */
struct ast *name_of_word(struct span span);                       /* a contextual keyword used as a name */
struct ast *path_add(struct ast *path, struct ast *name, struct span span);

struct num number_value(const struct ast *node);                  /* of a number, percent or quantity */
struct ast *number_negated(const struct ast *node, struct span span);
struct ast *quantity_of(const struct ast *number, const struct ast *unit, struct span span);
struct ast *value_range_of(const struct ast *from, const struct ast *to, struct span span);
struct ast *share_of(const struct ast *part, const struct ast *whole, struct span span);
struct ast *exception_of_quantity(const struct ast *quantity, struct span span);  /* `5 partly` */

/* One more value for the q_one_of that ends the qualifiers, or those of the last column. */
struct ast_list legal_more(struct ast_list quals, struct ast *value);
struct ast_list column_legal_more(struct ast_list columns, struct ast *value);
struct ast_list column_qualified(struct ast_list columns, struct ast *qualifier);

struct ast_list transition_cited(struct ast_list lines, struct ast *cite, struct span span);   /* the last of them */
struct ast *insert_from(const struct ast *insert, struct span span);   /* with its first word */
struct ast *repeal_cited(const struct ast *repeal, const struct ast *cite, struct span span);
struct ast *aggregate_where(const struct ast *aggregate, const struct ast *where, struct span span);
#endif
