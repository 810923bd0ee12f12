/* The facts of a unit, grouped as in the standard: each with its value and where that comes from. */
#ifndef RUBRIC_REPORT_FACT_LIST_H
#define RUBRIC_REPORT_FACT_LIST_H
#include "report/page.h"
#include "report/view.h"

/* Those whose name, label or group contains `text`, case aside; "" all. `loaded`: the unit before it was changed. False: there are none. */
bool fact_list_write(struct page *page, const struct view *view, const struct unit *loaded, const char *text);
/* The facts that are unknown, or partly, and are not among those that decide. */
void fact_list_idle(struct page *page, const struct view *view);
/* "57/58 = 98.27…%   north.facts:4", "unknown   changed here" */
const char *fact_list_value(const struct view *view, const struct unit *loaded, bool score, size_t slot);
#endif
