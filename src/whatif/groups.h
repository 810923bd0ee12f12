/* The levers that the score of one criterion reads, and what that score can come to with any of them moved: known exactly, since nothing else bears
 * on it. */
#ifndef RUBRIC_WHATIF_GROUPS_H
#define RUBRIC_WHATIF_GROUPS_H
#include "whatif/effects.h"

enum { GROUP_LEVERS_MAX = 8 };

struct group_known; /* what was found out about a group */

struct group {
    const struct ir_node *score;
    size_t levers[GROUP_LEVERS_MAX];
    size_t count;
    struct nodes *below; /* [context]: the score, and what it hangs on and reads a lever */
    struct group_known *known;
};

struct groups {
    struct levers *levers;
    const struct effects *effects;
    VEC(struct group) list;
};

/* Of criteria with few levers. Under a mix of columns there are none. `before`: found with something else decided of n/a, or in another world; NULL: none.
 * What is known of a group to which that is no matter is shared with it. */
struct groups *groups_find(struct levers *levers, const struct effects *effects, const struct groups *before);
/* Do the levers of a group count for a node through their score alone? */
bool group_counts_alone(const struct groups *groups, size_t group, const struct ir_node *node);
/* The first world that is the same to the group's score. */
size_t group_world(struct groups *groups, size_t group, size_t world);
/* In a world: the levers of `mask`, a bit each, may be anything, the others of the group rest. Afterwards everything stands where it
 * stood. False: the score is no number there. */
bool group_range(struct groups *groups, size_t group, size_t world, unsigned mask, struct range *range);
#endif
