/* How much a goal must at least still cost: sound, so that a search by it misses nothing; the nearer to the truth, the quicker. */
#ifndef RUBRIC_WHATIF_GAINS_H
#define RUBRIC_WHATIF_GAINS_H
#include "whatif/levers.h"

struct gains;

/* Where a search stands: some levers are taken, and stand open; those from a place in the order on may still be; the others rest. */
struct gains_state {
    size_t world;
    const size_t *place; /* [lever]: in the order of the search */
    size_t first;
    const bool *taken;    /* [lever] */
    const uint64_t *free; /* the holes of the levers that may still be taken: a set */
};

/* For the world supposed and those like it, and with what is decided of n/a. `before`: for others of the same search, found first; NULL: none. Leaves the levers at rest. */
struct gains *gains_find(struct levers *levers, const struct gains *before);
/* In the world at hand, after a pass: the least that levers which may still be taken must cost before `goal` can hold (or, if not `holds`, fail to).
 * False: moving all of them does not do. */
bool gains_least(struct gains *gains, const struct ir_node *goal, bool holds, const struct gains_state *state, struct num *least);
/* How much a lever can add to a number at most, whatever the others are; 0 where it does not read it. */
struct cut gains_reach(const struct gains *gains, size_t lever, const struct ir_node *node);
#endif
