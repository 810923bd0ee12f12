/* The cost of evaluating a standard: for a person, and as JSON. */
#ifndef RUBRIC_REPORT_COST_H
#define RUBRIC_REPORT_COST_H
#include "base/json.h"
#include "eval/cost.h"
#include "report/page.h"
#include "report/say.h"

void cost_write(struct page *page, const char *path, const struct cost *cost, enum lang lang);
/* {"cost":{…}} on a line. */
void cost_json(struct str *out, const char *path, const struct cost *cost);
#endif
