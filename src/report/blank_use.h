/* What each fact of a standard is asked for: the criteria, gates, grades, shown values and stages that are worked out from it. */
#ifndef RUBRIC_REPORT_BLANK_USE_H
#define RUBRIC_REPORT_BLANK_USE_H
#include "core/standard.h"
#include "diag/diag.h"

/* "Exits (§ 2), Drills (§ 3) and 2 more", by slot; NULL: none of these reads it. */
const char *const *blank_use(const struct standard *standard, enum lang lang);
#endif
