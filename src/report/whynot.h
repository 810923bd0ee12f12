/* What keeps a unit from a grade, or from qualifying: every condition that fails or is open, with the values that decided it and by how much. */
#ifndef RUBRIC_REPORT_WHYNOT_H
#define RUBRIC_REPORT_WHYNOT_H
#include "report/page.h"
#include "report/view.h"

enum whynot_kind { WHYNOT_GRADE, WHYNOT_ELIGIBLE, WHYNOT_OUTCOME };

struct whynot_target {
    enum whynot_kind kind;
    size_t grade;                    /* its place, lowest first */
    const struct outcome *outcome;
};

/* By name or label, `eligible` in either language. False with a diagnostic at `span`. */
bool whynot_find(const struct standard *standard, const char *wanted, struct span span, struct whynot_target *target, struct diags *diags);
void whynot_write(struct page *page, const struct view *view, const struct whynot_target *target);
#endif
