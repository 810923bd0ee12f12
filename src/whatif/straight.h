/* Whether nodes run straight while one lever moves between two ends, told from three looks at the run: at a quarter of the way, at three quarters,
 * and anywhere between. A node is flat (the same all along), straight (a line between its ends), or lost (something below it changes
 * over, or cannot be told). Where two lines that are told apart meet in between, something changes over: that place is exact. */
#ifndef RUBRIC_WHATIF_STRAIGHT_H
#define RUBRIC_WHATIF_STRAIGHT_H
#include "whatif/levers.h"

struct straight;

enum shape {
    SHAPE_STRAIGHT,
    SHAPE_CHANGES, /* at one place or more, the first of which is known */
    SHAPE_BENDS    /* somehow */
};

/* Of the levers' own, for one walk at a time. */
struct straight *straight_of(struct levers *levers, size_t lever);
/* `upwards`: of several places the lowest is the first. */
void straight_start(struct straight *straight, struct cut from, struct cut to, bool upwards);
/* What the run says now is what it says a quarter of the way from the low end, a quarter from the high end, anywhere between. Of a stretch without
 * an end any two places will do: nothing in it is taken for a line. */
void straight_low(struct straight *straight);
void straight_high(struct straight *straight);
void straight_all(struct straight *straight);
/* The worst of some nodes. `at`: where something changes over first, below them; not at an end. */
enum shape straight_shape(struct straight *straight, const struct ir_node *const *nodes, size_t count, struct num *at);
/* Of a straight stretch: what a node comes to towards an end. */
struct value straight_end(const struct straight *straight, const struct ir_node *node, bool high);
#endif
