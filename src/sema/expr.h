/* Expressions → IR. Everything returns NULL after an error that it has reported, and passes NULL operands
 * through. */
#ifndef RUBRIC_SEMA_EXPR_H
#define RUBRIC_SEMA_EXPR_H
#include "sema/sema.h"

/* `wanted`: the type that symbols are looked up in; NULL: none is known. */
struct ir_node *expr_lower(const struct scope *scope, const struct ast *ast, const struct type *wanted);
struct ir_node *expr_condition(const struct scope *scope, const struct ast *ast); /* yes or no */
/* … where n/a counts as no */
struct ir_node *expr_condition_or_no(const struct scope *scope, const struct ast *ast);
/* … and which is among the na_conditions of the standard if its bounds let it be n/a */
struct ir_node *expr_outcome(const struct scope *scope, const struct ast *ast);
/* the same of one that is lowered */
struct ir_node *expr_deciding(struct sema *sema, struct ir_node *when, const struct ast *ast);
struct ir_node *expr_number(const struct scope *scope, const struct ast *ast); /* a number of any unit */
/* a plain number, or days, months, years */
struct ir_node *expr_plain(const struct scope *scope, const struct ast *ast);

/* a OP b, both lowered: types are checked and units converted; the operands' texts are for messages,
 * `span` is the whole. */
struct ir_node *expr_compare(const struct scope *scope, enum compare_op op, struct ir_node *a,
                             const struct ast *a_ast, struct ir_node *b, const struct ast *b_ast,
                             struct span span);
/* Two values one of which will be taken: checked to be of one kind, `b` converted to the unit of both. */
bool expr_merge(struct sema *sema, struct ir_node **a, struct ir_node **b, struct span span,
                struct type *type);
struct ir_node *expr_and(struct sema *sema, size_t count, struct ir_node *const *terms, struct span span);
struct ir_node *expr_or(struct sema *sema, size_t count, struct ir_node *const *terms, struct span span);
struct ir_node *expr_not(struct sema *sema, struct ir_node *of);
struct ir_node *expr_na_as_no(struct sema *sema, struct ir_node *of);

/* ---- for the files expr_*.c */

/* expr_names.c: names, the values of entities, parts and their attributes */
struct ir_node *expr_path(const struct scope *scope, const struct ast_path *path, const struct type *wanted);
/* does this bare name stand for something without a wanted type? */
bool expr_names_value(const struct scope *scope, const struct ast *ast);
struct ir_node *expr_entity(struct sema *sema, struct entity *entity, struct span use);
/* NULL: leads to no part; `used` names did */
struct part_info *expr_part(const struct scope *scope, const struct ast_path *path, size_t *used);
bool expr_is_attribute(const char *name); /* score, cap, rate, skipped in either tongue */
/* "score", "rate" … */
struct ir_node *expr_part_value(struct sema *sema, struct part_info *part, const char *attribute,
                                struct span span);

/* expr_number.c: literals, arithmetic, comparisons */
bool expr_type_setting(struct sema *sema, struct ir_node *node, const struct type *like, struct span span);
struct ir_node *expr_literal(const struct scope *scope, const struct ast *ast, const struct type *wanted);
struct ir_node *expr_binary(const struct scope *scope, const struct ast_e_binary *binary);
struct ir_node *expr_negate(const struct scope *scope, const struct ast_e_negate *negate);
struct ir_node *expr_span_from(const struct scope *scope, const struct ast_e_span_from *from);

/* expr_call.c: functions and definitions with parameters */
struct ir_node *expr_call(const struct scope *scope, const struct ast_e_call *call);
/* Parameters bound to arguments, as many of one as of the other: the body of a definition or pattern sees
 * these names alone. */
bool expr_bind(const struct scope *scope, const struct ast_list *params, const struct ast_list *args,
               const struct local **locals);

/* expr_rows.c: aggregates over tables, lists and parts */
struct ir_node *expr_aggregate(const struct scope *scope, const struct ast_e_aggregate *aggregate);
struct ir_node *expr_every(const struct scope *scope, const struct ast_e_every *every);

/* expr_cohort.c: aggregates over the cohort */
struct ir_node *expr_cohort(const struct scope *scope, const struct ast_e_aggregate *aggregate);
#endif
