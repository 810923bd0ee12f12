/* The effect of each fact on the total as bars, and as JSON. */
#ifndef RUBRIC_REPORT_TORNADO_H
#define RUBRIC_REPORT_TORNADO_H
#include "report/json.h"
#include "report/page.h"
#include "whatif/tornado.h"

void tornado_write(struct page *page, const struct view *now, const struct tornado *tornado);
void tornado_json(struct str *out, const struct view *now, const struct tornado *tornado, const struct diags *messages);
#endif
