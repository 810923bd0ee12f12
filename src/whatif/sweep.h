/* What some nodes come to over all that one fact or score may be, everything else as it is: in runs, each a single value, a straight line between
 * two values, or one of the values of a thing that is no number. */
#ifndef RUBRIC_WHATIF_SWEEP_H
#define RUBRIC_WHATIF_SWEEP_H
#include "whatif/curve.h"

struct sweep_run {
    struct value at;               /* of a thing that is no number */
    struct cut from, to;           /* of a number; a side of 0: the end itself belongs to it */
    bool possible;                 /* false: such a unit would be refused */
    bool straight;                 /* false: it may bend or jump inside */
    const struct value *low, *high; /* [node]: at `from`, at `to` */
};

struct sweep {
    struct levers *levers;
    size_t lever;
    bool numeric;
    bool outer; /* facts beside it are open and hang together: ranges may be narrower than they are told */
    struct range range; /* of a number: what was asked about and can be */
    VEC(struct sweep_run) runs; /* lowest first */
};

/* `over`: range_all for everything. False: `slot` is no lever: settled, locked, n/a, a table, or nothing hangs on it. */
bool sweep_make(struct levers *levers, enum hole_kind kind, size_t slot, struct range over, const struct ir_node *const *nodes,
                size_t count, struct sweep *sweep);
/* Of a run of a number: the ends as the fact can take them. False: it can take none in it. */
struct sweep_ends {
    struct cut from, to;
};
bool sweep_ends(const struct sweep *sweep, const struct sweep_run *run, struct sweep_ends *ends);
/* Of a straight run: what a node comes to at a number inside. */
struct value sweep_value(const struct sweep_run *run, size_t node, struct num at);
/* The same of one lever: of a fact that a mix reads in several columns there are several. */
void sweep_over(struct levers *levers, size_t lever, struct range over, const struct ir_node *const *nodes,
                size_t count, struct sweep *sweep);
/* The last column's of several. */
bool levers_find(const struct levers *levers, enum hole_kind kind, size_t slot, size_t *lever);
#endif
