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
void why_quote(const struct why *why, struct span span); /* the rule as written, with its place */
void why_leaves(const struct why *why, const struct explain_leaves *leaves); /* each with its truth */
void why_checks(const struct why *why, const struct check *checks,
                size_t count); /* in the author's words, each with its truth */
void why_facts(const struct why *why, const struct ir_node *a,
               const struct ir_node *b); /* what either read; NULL: nothing */
void why_result(const struct why *why, enum say what,
                const struct ir_node *node); /* "comes to 4 × 7/8 = 3.5" */
void why_step(const struct why *why, const char *head, const char *text);
const char *why_worked(const struct why *why,
                       const struct ir_node *node); /* "4 × 7/8 = 3.5", or the value alone */
#endif
