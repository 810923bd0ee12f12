/* Two states of a unit side by side: what is entered otherwise, which criteria differ, the results of both. */
#ifndef RUBRIC_REPORT_BESIDE_H
#define RUBRIC_REPORT_BESIDE_H
#include "report/effect.h"

struct beside {
    const char *name;
    struct outlook outlook;
};

/* Both are of one text of the rules. */
void beside_write(struct page *page, const struct beside *a, const struct beside *b);
#endif
