/* While a transition runs: what the unit comes to by the edition that is amended, beside this one. */
#ifndef RUBRIC_REPORT_TRANSITION_H
#define RUBRIC_REPORT_TRANSITION_H
#include "base/json.h"
#include "report/page.h"
#include "report/view.h"

/* Whether the unit may still be judged by the amended edition. */
enum transition_state {
    TRANSITION_OVER, /* no, or the standard has no transition: nothing is told of it */
    TRANSITION_OPEN, /* that hangs on a day that is not known */
    TRANSITION_RUNS
};
enum transition_state transition_state(const struct view *view);

/* `view`: by this edition; `amended`: by the other, in the context that decides. NULL: it is not worked out. */
void transition_write(struct page *page, const struct view *view, const struct view *amended);
/* A member of the unit's object. */
void transition_json(struct json *json, const struct view *view, const struct view *amended);
#endif
