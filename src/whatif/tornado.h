/* How far each fact and score alone can move the total, everything else as it is; the furthest first. */
#ifndef RUBRIC_WHATIF_TORNADO_H
#define RUBRIC_WHATIF_TORNADO_H
#include "whatif/sweep.h"

struct swing_end {
    struct cut total;
    struct value at;  /* a value of the fact with which it is so: the nearest to what it is now */
    int beyond;       /* … only beyond that value: 1 above it, -1 below; 0: there */
};

struct gust {
    size_t lever;
    struct swing_end low, high;
    bool exact; /* false: the ends may lie further in */
};

struct tornado {
    const struct levers *levers;
    struct value now; /* the total */
    VEC(struct gust) gusts;
    size_t left; /* facts and scores that there was no time to look at */
};

/* The standard is scored. Where patience runs out, what was found so far comes back. */
const struct tornado *tornado_find(const struct standard *standard, const struct unit *unit, const struct call *call,
                                   const struct lever_rules *rules,
                                   struct patience patience);
#endif
