/* The order of the units of a cohort, and the places of a quota among them. Pure: it is told, of each
 * unit, the best and the worst that its keys can be together, and whether it is a candidate for a place;
 * units do not hang on each other. Keys compare one after another; n/a is worse than any number; equals
 * share a rank (1, 1, 3). What is unknown makes a rank a range and a place undecided. O(n log n). */
#ifndef RUBRIC_COHORT_RANK_H
#define RUBRIC_COHORT_RANK_H
#include "core/range.h"

struct rank_key {
    bool na;
    struct cut at; /* may be infinite; its side counts for nothing */
};

/* The ends of what keys can be together: the best vector and the worst one. */
struct rank_ends {
    const struct rank_key *best, *worst;
    bool surely; /* both can be; else they may lie further out than the truth */
};

struct contender {
    struct rank_ends all;          /* n/a included */
    struct rank_ends ranked;       /* where its first key is not n/a; `best` NULL: it always is */
    unsigned candidate;            /* truths: is it one of those that the places are for? */
    struct rank_ends if_candidate; /* where it is one; counts where it can be */
};

/* Of a cohort, best first under `keys` keys each. */
struct rank_order {
    size_t keys;
    bool lower_is_better;
};

struct ranked {
    size_t best, worst; /* from 1; 0: it has none, its first key is n/a */
    bool perhaps_none;  /* its first key may be n/a */
    bool exact;         /* both ends can be */
};

/* `ranks` has a place for each contender. */
void rank_all(struct rank_order order, const struct contender *contenders, size_t count,
              struct ranked *ranks);

enum seat {
    SEAT_IN,
    SEAT_TIED,      /* as good as others across the line, with too few places for all and no key left */
    SEAT_UNDECIDED, /* what is unknown decides */
    SEAT_OUT,       /* no place, be it a candidate or not */
    SEAT_NO_CANDIDATE,
    SEAT_COUNT
};

/* How many places those who are surely tied have to share: they are equals. */
struct rank_tie {
    size_t members;
    size_t least, most; /* places left for them and for those who may prove their equals */
};

struct rank_tie rank_seats(struct rank_order order, const struct contender *contenders, size_t count,
                           size_t seats, enum seat *places);

/* Which contender stands where in a list: by best rank, then by worst, those without one at the end;
 * equals as they came. */
void rank_sort(const struct ranked *ranks, size_t count, size_t *places);
#endif
