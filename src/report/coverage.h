/* How far tests cover a standard: the share, and each place that they do not come by, with its clause and the facts that would. */
#ifndef RUBRIC_REPORT_COVERAGE_H
#define RUBRIC_REPORT_COVERAGE_H
#include "report/page.h"
#include "report/view.h"
#include "suite/coverage.h"

void coverage_count_write(struct page *page, const struct coverage *coverage, enum lang lang);
/* What is missing. */
void coverage_write(struct page *page, const struct coverage *coverage, enum lang lang);
void coverage_json(struct str *out, const struct coverage *coverage, enum lang lang);
/* "just above 95%" */
const char *coverage_what(const struct coverage_point *point, enum lang lang);
#endif
