/* From when to when a title is held: its tenures, as stages confer, renew and revoke it. */
#ifndef RUBRIC_COHORT_TENURE_H
#define RUBRIC_COHORT_TENURE_H
#include "core/standard.h"

struct tenure {
    int64_t from, to; /* both days included; to: where it ends */
    bool ends;
    int64_t anchor; /* its terms count from this day … */
    int64_t terms;  /* … so many, so that anniversaries stay where they are */
    bool revoked; /* that is why it ends */
    bool barred;  /* run out, then revoked on a later day: it cannot be renewed from that day on */
    int64_t barred_on;
};

struct tenures { /* of one title, by their beginning; starts zeroed */
    VEC(struct tenure) list;
};

/* From when a stage asks: without one, from the beginning. */
struct opening {
    bool given;
    int64_t day;
};

void tenures_confer(struct tenures *tenures, const struct title *title, int64_t day);
void tenures_revoke(struct tenures *tenures, int64_t day);
/* By a stage that opened then: one in hand on `day` runs for another term, from the day after its end. */
void tenures_renew(struct tenures *tenures, const struct title *title, struct opening opening, int64_t day);

/* The same days, ended alike; `tenures_same` also asks that the same of them can still be renewed. */
bool tenures_read_same(const struct tenures *a, const struct tenures *b);
bool tenures_same(const struct tenures *a, const struct tenures *b);
bool tenures_hold(const struct tenures *tenures, int64_t day);
/* Held on the day, or run out no sooner than the day before the stage opened, so that it can still be
 * renewed. */
bool tenures_in_hand(const struct tenures *tenures, struct opening opening, int64_t day);
#endif
