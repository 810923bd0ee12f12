/* Where intervals may hold more than can be: the smallest values in which that happens, so that only these need be looked at, unit by unit. */
#ifndef RUBRIC_BATCH_JOINTS_H
#define RUBRIC_BATCH_JOINTS_H
#include "batch/held.h"

struct node_list {
    VEC(const struct ir_node *) list;
};

/* The nodes at which what is open below an answer has to be looked at; each input that is tangled in the answer is tangled in one of them, has
 * to do with the answer through it alone, and above it the answer moves as ways of ends. */
struct node_list joints_below(const struct lowering *lowering, const unsigned char *marks,
                              const struct ir_node *answer);
/* What to try for the inputs that are tangled in the node. */
void joints_find_trials(const struct lowering *lowering, struct joint *joint);
/* What is tried for any of the joints, by input. */
void joints_find_split(struct program *program);
#endif
