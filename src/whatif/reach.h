/* What would it take? The cheapest ways to bring a condition about, or to lose it: sets of facts and scores that move, each as little as is enough,
 * with the proof that nothing cheaper does. Exact where it says so; where the search stopped it says how far it got.
 * A way costs the sum of what its facts cost (1 each, unless the caller says otherwise), however far they move. No way contains another one.
 * What is open and is no part of a way stays open: the condition holds whatever that turns out to be. */
#ifndef RUBRIC_WHATIF_REACH_H
#define RUBRIC_WHATIF_REACH_H
#include "whatif/solve.h"

struct way {
    const struct move *moves;
    size_t count;
    struct num cost;
    struct num size; /* how far its facts move, each as a share of the larger of both values: settles the order among equal costs */
    bool least;      /* proved: no single move can be smaller while the others stay */
    const struct evaluation *after; /* what is told of the unit with it */
};

struct reach {
    const struct levers *levers;
    struct value now;     /* of the condition */
    bool done;            /* nothing has to move */
    VEC(struct way) ways; /* cheapest first, then the smallest */
    bool more;            /* there may be others */
    struct num from;      /* … which cost at least this much */
    bool spent;           /* the search stopped before it knew more */
    size_t unsure;        /* sets of facts of which it is not proved that they do not do */
    struct num unsure_from; /* … the cheapest of them */
};

struct reach_limits {
    size_t ways; /* at most so many are listed */
    struct patience patience;
};

/* What is told beside the ways. */
struct reach_told {
    const struct ir_node *const *nodes; /* of the unit as it is, and with each way */
    size_t count;
    const struct value *now; /* of the condition; NULL: it is still to be found out */
};

const struct reach *reach_find(const struct standard *standard, const struct unit *unit, const struct call *call,
                               const struct lever_rules *rules, const struct aim *aim, struct reach_told told,
                               struct reach_limits limits);
#endif
