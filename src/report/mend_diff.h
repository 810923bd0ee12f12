/* What mending a file changes, line by line, as a unified diff. For reading: what cannot be seen is made visible. */
#ifndef RUBRIC_REPORT_MEND_DIFF_H
#define RUBRIC_REPORT_MEND_DIFF_H
#include "diag/mend.h"
#include "report/page.h"

void mend_diff(struct page *page, const struct mending *mending);
#endif
