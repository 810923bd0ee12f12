/* What a unit comes to, as a test would expect it. */
#ifndef RUBRIC_REPORT_EXPECTED_H
#define RUBRIC_REPORT_EXPECTED_H
#include "report/view.h"

/* "total = 92, grade = A, not qualifies model" in the words of the view's language, ranges by their ends; a part first, where one is given.
 * "" where nothing is known. */
const char *expected_text(const struct view *view, const struct part *part);
#endif
