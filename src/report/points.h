/* Scores and totals of a column as tables show them. */
#ifndef RUBRIC_REPORT_POINTS_H
#define RUBRIC_REPORT_POINTS_H
#include "report/page.h"
#include "report/view.h"

/* "3", "0 – 3", "–" where it does not apply. `total`: of the whole, cut to two decimals unless it is on a grid. A range that may be wider than
 * the truth is marked, and sets `outer`. */
const char *points_text(const struct view *view, const struct ir_node *node, bool total, bool *outer);
/* What a bonus adds, what a penalty takes. */
const char *points_signed(const char *text, enum part_kind kind);
enum ink points_ink(const struct value *value, enum ink known);
#endif
