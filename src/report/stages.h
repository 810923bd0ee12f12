/* A unit's way through the stages, told: which stage is how and why, the titles, what is next. */
#ifndef RUBRIC_REPORT_STAGES_H
#define RUBRIC_REPORT_STAGES_H
#include "cohort/timeline.h"
#include "report/page.h"
#include "report/view.h"

/* The view's evaluation is the timeline's. */
void stages_write(struct page *page, const struct view *view, const struct timeline *timeline, size_t warnings);
void stages_json(struct str *out, const struct view *view, const struct timeline *timeline, const struct diags *messages);

/* Decisions that are surely void, as warnings at their lines, in the view's language. */
void stages_complain(const struct view *view, const struct timeline *timeline, struct diags *diags);

/* For both: what a stage waits for, if it waits for a decision now. */
struct stages_next {
    const struct step *step;
    bool later; /* not now, but from the day it opens on */
};
struct stages_nexts {
    VEC(struct stages_next) list;
};
struct stages_nexts stages_next(const struct timeline *timeline);
#endif
