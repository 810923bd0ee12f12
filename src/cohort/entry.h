/* One unit of a cohort, as far as its rank needs it: what its keys come to, alone and together, whether it is a candidate for a place.
 * Small, since a cohort keeps one for each of its units; nothing of the evaluation is kept. */
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
    const char
        *told; /* for its reader, filled in by whoever keeps it: why it is no candidate, what is open */
};

/* What a unit comes to. */
struct entry_source {
    const struct evaluation *evaluation; /* by the contest's call */
    const struct timeline *timeline;     /* NULL: the contest is for no stage */
};

struct entry entry_of(const struct contest *contest, struct entry_source source);

/* Of many units whose figures, grade and eligibility are known, without their evaluations: NULL where the contest needs more than these. */
struct entry_reader;
struct entry_reader *entry_reader_new(const struct contest *contest);
/* False: something is open, or the unit is refused; `evaluation` tells. */
bool entry_read(struct entry_reader *reader, const struct unit *unit, struct entry *entry,
                const struct evaluation **evaluation);
/* Of a figure: all that it can be. */
struct entry_figure entry_value(const struct entry *entry, size_t figure);
/* The latest year of the contest's stage. */
const struct step *entry_step(const struct timeline *timeline, const struct stage *stage);
#endif
