/* `--why`: the whole derivation of one result. What the text says, the rule as written with its place, every condition with its truth and the
 * facts it read with theirs, the exact arithmetic, cap and grid, and both ledgers. */
#ifndef RUBRIC_REPORT_WHY_H
#define RUBRIC_REPORT_WHY_H
#include "report/page.h"
#include "report/view.h"

enum why_kind { WHY_PART, WHY_TOTAL, WHY_SUBTOTAL, WHY_GRADE, WHY_ELIGIBLE, WHY_OUTCOME, WHY_SHOW };

struct why_target {
    enum why_kind kind;
    const struct part *part;       /* WHY_PART */
    const struct outcome *outcome; /* WHY_OUTCOME */
    const struct show *show;       /* WHY_SHOW */
};

/* A part by its path, its label, or its name where only one has it; a result by its name in either language. False with a diagnostic. */
bool why_find(const struct standard *standard, const char *wanted, struct why_target *target,
              struct diags *diags);
/* Of what somebody asks: its value with what it hangs on; a condition with the truth of what it is made of. */
void why_question(struct page *page, const struct view *view, const struct ir_node *node);
void why_write(struct page *page, const struct view *view, const struct why_target *target);
#endif
