/* The scoring forms: what a statement of a criterion may be, one file each. Below this folder no engine
 * knows them. A form lowers its statement to one node, the points it gives, and notes on its ledger line
 * what a reader wants to know. */
#ifndef RUBRIC_SEMA_FORMS_FORM_H
#define RUBRIC_SEMA_FORMS_FORM_H
#include "sema/expr.h"
#include "sema/sema.h"

/* Where a statement stands. */
struct place {
    struct scope scope;
    struct part_info *info;                  /* the criterion */
    struct num cap;
    struct ir_node *start;                   /* what `start at` gives, or NULL */
};

/* NULL after an error that it has reported. */
typedef struct ir_node *form_rule(const struct place *place, const struct ast *ast, struct line *line);

#define FORM(kind, what) form_rule form_##kind;
#include "sema/forms/forms.def"
#undef FORM

/* Any earning statement or deduction, by its kind. */
struct ir_node *form_lower(const struct place *place, const struct ast *ast, struct line *line);

/* What forms share: form.c. */
/* a number, N % of the cap, or an expression */
struct ir_node *form_points(const struct place *place, const struct ast *ast);
/* else 0 */
struct ir_node *form_if(const struct place *place, struct ir_node *when, struct ir_node *points,
                        struct span span);
/* notes its conditions on the line */
struct ir_node *form_when(const struct place *place, const struct ast *when, struct line *line);
/* of a band, a case, a row */
struct ir_node *form_result(const struct place *place, const struct ast *result, struct line *line);
struct ir_node *form_least(const struct place *place, struct ir_node *a, struct ir_node *b, struct span span);
struct ir_node *form_not_below_zero(const struct place *place, struct ir_node *of);
/* P for each whole one (or begun one) of E, at the most M; E below 0 counts as 0. `up_to` NULL: no limit. */
struct ir_node *form_each(const struct place *place, const struct ast *points, const struct ast *per,
                          bool or_part, const struct ast *up_to, struct span span);
const char *form_result_label(const struct ast *result);
#endif
