/* Which lines of a source are others in a new text. */
#ifndef RUBRIC_REPORT_LINE_DIFF_H
#define RUBRIC_REPORT_LINE_DIFF_H
#include "report/mend_diff.h"

/* As few as will do; where the texts have little in common, all between the lines that they begin and end with alike. */
struct changes line_diff(const struct source *source, const char *text, size_t length);
#endif
