/* What a change does: one state of a unit beside another, told in a few lines. */
#ifndef RUBRIC_REPORT_EFFECT_H
#define RUBRIC_REPORT_EFFECT_H
#include "cohort/timeline.h"
#include "report/page.h"
#include "report/view.h"

/* What a unit comes to. */
struct outlook {
    const struct unit *unit;
    struct view view;                  /* in the column that is final; its evaluation is NULL where the unit is refused */
    const struct timeline *timeline;   /* NULL: its standard has no stages, or they cannot be followed */
};

/* Both are of one text of the rules. */
void effect_write(struct page *page, const struct outlook *before, const struct outlook *after);
#endif
