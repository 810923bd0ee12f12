/* One unit of a cohort, as far as its rank needs it: what its keys come to, alone and together, whether it
 * is a candidate for a place. Small, since a cohort keeps one for each of its units; nothing of the
 * evaluation is kept. */
#ifndef RUBRIC_COHORT_ENTRY_H
#define RUBRIC_COHORT_ENTRY_H
#include "cohort/contest.h"
#include "cohort/timeline.h"

struct entry_figure { /* one that is not known */
    struct value value;
    bool exact;
};

struct entry {
    const char *id, *label;
    struct contender contender;
    const struct rank_key *known;    /* [figure], where all are known: else NULL, and … */
    const struct entry_figure *open; /* [figure] */
    int grade_low, grade_high;       /* places on the ladder; -1: no grade */
    bool grade_perhaps_none;         /* beside them */
    unsigned char eligible;          /* truths */
    unsigned char approved;          /* at the stage: truths */
    /* For its reader, filled in by whoever keeps it: why it is no candidate, what is open. */
    const char *told;
};

/* What a unit comes to. */
struct entry_source {
    const struct evaluation *evaluation; /* by the contest's call */
    const struct timeline *timeline;     /* NULL: the contest is for no stage */
};

struct entry entry_of(const struct contest *contest, struct entry_source source);

/* Of a unit of which all is known, from these alone; grade, eligible NULL: the standard has none. */
struct entry_values {
    const struct value *figures, *grade, *eligible;
};
struct entry entry_known(const struct contest *contest, const struct unit *unit, struct entry_values values);
/* Whether it is a candidate, and approved. */
void entry_follow(const struct contest *contest, const struct timeline *timeline, struct entry *entry);
/* Of a figure: all that it can be. */
struct entry_figure entry_value(const struct entry *entry, size_t figure);
#endif
