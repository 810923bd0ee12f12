/* What a name of the standard stands for: what kind of thing it is, its declaration, its clause, what it comes to now. */
#ifndef RUBRIC_REPORT_DECLARED_H
#define RUBRIC_REPORT_DECLARED_H
#include "report/page.h"
#include "report/view.h"

/* By name, label or path; everything that goes by it is told. False: nothing does. */
bool declared_write(struct page *page, const struct view *view, const struct unit *loaded, const char *wanted);
/* The name that is nearest; NULL. */
const char *declared_nearest(const struct standard *standard, const char *wanted);
#endif
