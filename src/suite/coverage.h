/* What tests of a standard should come by, point by point, and which of it they did. Points are found in the core IR: each comparison at, just
 * below and just above; each condition that decides something, holding and not; each cap and limit, binding and not; each case and rung, taken;
 * each fact that is read, unknown. What a point's node came to is read from evaluations; nothing is worked out here. */
#ifndef RUBRIC_SUITE_COVERAGE_H
#define RUBRIC_SUITE_COVERAGE_H
#include "eval/eval.h"

enum point_kind {
    POINT_BELOW, /* the compared value lies just below the figure; */
    POINT_AT,    /* at it; */
    POINT_ABOVE, /* just above */
    POINT_HOLDS, /* a condition, */
    POINT_FAILS,
    POINT_TAKEN, /* a case of several, a rung */
    POINT_BINDS, /* a cap, a limit: more was earned than it lets through; */
    POINT_FREE,  /* less */
    POINT_OPEN   /* a fact is unknown */
};

struct coverage_point {
    enum point_kind kind;
    const struct ir_node *node;                    /* the condition, the fact; of comparisons, caps and limits what is compared */
    const struct ir_node *figure;                  /* what it is compared with; NULL: `limit` */
    struct num limit;                              /* a cap */
    VEC(const struct ir_node *) before;            /* POINT_TAKEN: what must not hold; `node` NULL: all else fails */
    struct span span;                              /* the author's words */
    const char *path;                              /* of the part; "": it belongs to none */
    const char *owner, *clause;                    /* the part or outcome it belongs to; clause NULL: none */
    bool covered;
    bool out_of_reach; /* proved: there is no unit that comes by it */
};

struct coverage {
    const struct standard *standard;
    VEC(struct coverage_point) points;
    struct map by_key; /* → its place in `points`, from 1 */
    VEC(const struct coverage *) others; /* of the same standard, compiled with other thresholds */
};

struct coverage *coverage_new(const struct standard *standard);
/* Marks what an evaluation came by: of that standard, or of one that differs in thresholds and questions alone. */
void coverage_see(struct coverage *coverage, const struct evaluation *evaluation);
size_t coverage_count(const struct coverage *coverage); /* of points that were come by */
size_t coverage_wanted(const struct coverage *coverage); /* of those that can be */
bool coverage_is_missing(const struct coverage_point *point); /* it can be come by, and was not */
/* The point of another compilation that is the same as this one's at `place`; NULL: it has none. */
const struct coverage_point *coverage_same(const struct coverage *other, const struct coverage *coverage, size_t place);
/* How near is just beside the figure of a comparison. */
struct num coverage_step(const struct coverage_point *point, const struct evaluation *evaluation);
/* Does the evaluation, of the cover's own standard, come by this point? */
bool coverage_meets(const struct coverage_point *point, const struct evaluation *evaluation);
#endif
