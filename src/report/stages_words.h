/* Sentences about stages: what a state means here, why a decision is void. Texts are fresh; authors' words stand in them as written. */
#ifndef RUBRIC_REPORT_STAGES_WORDS_H
#define RUBRIC_REPORT_STAGES_WORDS_H
#include "cohort/timeline.h"
#include "report/view.h"

/* What is told about. The view's evaluation is the timeline's. */
struct telling {
    const struct view *view;
    const struct timeline *timeline;
};

/* The only state that a set of them leaves; false: several. */
bool stages_only(unsigned states, enum stage_state *state);
const char *stages_authority(const struct standard *standard, size_t place, enum lang lang); /* its label, else its name; "the unit" */
const char *stages_name(const struct stage *stage);
const char *stages_title_name(const struct title *title);
const char *stages_step_name(const struct telling *it, const struct step *step); /* "Yearly check, year 2" */
const struct decision *stages_valid_decision(const struct step *step);           /* the latest that is or can be valid; NULL */
const char *stages_state(const struct telling *it, const struct step *step);     /* "blocked: not given: …; 5 days left, until …" */
const char *stages_if_held(const struct telling *it, const struct step *step);   /* "for units that then hold …" */
const char *stages_void_reasons(const struct telling *it, const struct step *step, const struct decided *decided); /* "it was decided already; …" */
const char *stages_void(const struct telling *it, const struct step *step, const struct decided *decided);
#endif
