/* A point as a condition, for searches that look for a unit which comes by it. */
#ifndef RUBRIC_SUITE_GOAL_H
#define RUBRIC_SUITE_GOAL_H
#include "suite/coverage.h"

struct goal {
    struct standard standard; /* with the condition behind its nodes */
    const struct ir_node *node;
};

/* Of a point that is no POINT_OPEN and not just beside a figure: a node behind those of `ir`, a fork of that of its standard. */
const struct ir_node *goal_in(struct ir *ir, const struct coverage_point *point);
/* Of a point that is no POINT_OPEN. Just beside is as near as `like`, an evaluation of the same standard, has it. */
struct goal goal_of(const struct coverage_point *point, const struct evaluation *like);
#endif
