/* Numbers that can come to multiples of something only, and one more: totals of half points, say. */
#ifndef RUBRIC_WHATIF_GRID_H
#define RUBRIC_WHATIF_GRID_H
#include "whatif/levers.h"

struct grid_of {
    bool known;           /* else any number */
    struct num step, base; /* base + so many steps; step 0: the base alone */
};

/* After a pass with all open that may be anything: what a node can come to. */
struct grid_of grid_find(const struct levers *levers, const struct ir_node *node);
struct grid_of grid_minus(struct grid_of a, struct grid_of b);
/* Does it have a number in the range? */
bool grid_meets(struct grid_of grid, struct range range);
/* The largest number that both are multiples of. */
struct num grid_common(struct num a, struct num b);
#endif
