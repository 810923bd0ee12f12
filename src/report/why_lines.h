/* The pieces that every derivation is made of. */
#ifndef RUBRIC_REPORT_WHY_LINES_H
#define RUBRIC_REPORT_WHY_LINES_H
#include "report/explain.h"
#include "report/page.h"
#include "report/say.h"

struct why {
    struct page *page;
    struct view view;
};

void why_head(const struct why *why, const char *name, const char *path, const char *result);
void why_remark(const struct why *why, enum say head, const char *text); /* nothing where `text` is NULL */
/* The rule as written, with its place; of a block its head alone unless `whole`. */
void why_quote(const struct why *why, struct span span, bool whole);
void why_leaves(const struct why *why, const struct explain_leaves *leaves); /* each with its truth */
/* In the author's words, each with its truth. */
void why_checks(const struct why *why, const struct check *checks, size_t count);
/* What either read; NULL: nothing. */
void why_facts(const struct why *why, const struct ir_node *a, const struct ir_node *b);
/* The judged scores a statement asks for. */
void why_scores(const struct why *why, const struct part *part, struct span statement);
/* "comes to 4 × 7/8 = 3.5" */
void why_result(const struct why *why, enum say what, const struct ir_node *node);
/* Rows of points and what they are for, lined up. */
struct why_row {
    const char *points, *text;
};
struct why_rows {
    VEC(struct why_row) list;
};
void why_rows(const struct why *why, const struct why_rows *rows);
/* Points for the eye, with a true minus; n/a beside numbers is left to be said elsewhere. */
const char *why_points(const struct why *why, const struct value *points);
void why_step(const struct why *why, const char *head, const char *text);
/* "4 × 7/8 = 3.5", or the value alone. */
const char *why_worked(const struct why *why, const struct ir_node *node);
#endif
