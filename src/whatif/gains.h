/* How much a goal must at least cost: what each lever can do to each number alone, wherever the others stand, and from that how many of them it
 * takes to close what is missing. Sound, not tight: the search is quick by it and right without it. */
#ifndef RUBRIC_WHATIF_GAINS_H
#define RUBRIC_WHATIF_GAINS_H
#include "whatif/levers.h"

struct gains;

/* Leaves the levers at rest. */
struct gains *gains_find(struct levers *levers);
/* In the world at hand, after a pass: the least that levers from `first` on must cost, at what they are now so far, before `goal` can hold (or, if not
 * `holds`, fail to). False:
 * moving all of them does not do. `order` lists the levers; those before place `first` do not count. */
bool gains_least(struct gains *gains, const struct ir_node *goal, bool holds, const size_t *order, size_t first, struct num *least);
/* How much a lever can add to a number at most, whatever the others are; 0 where it does not read it. */
struct cut gains_reach(const struct gains *gains, size_t lever, const struct ir_node *node);
#endif
