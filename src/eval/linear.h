/* Numbers as linear forms of what fills the holes: rest + slope × hole + …, where the rest is a range; a
 * form is exact if that is a point. What reads one hole along several ways, x − x or min(x, 50 − x), keeps
 * in a form what its range forgets. Kept only while an end is sought that ranges alone do not prove. */
#ifndef RUBRIC_EVAL_LINEAR_H
#define RUBRIC_EVAL_LINEAR_H
#include "eval/hole.h"

enum {
    LINEAR_HOLES = 8, /* so many at the most are told apart */
    LINEAR_LINES = 12 /* … limit what fills them together */
};

struct form {
    bool is; /* else the node is no number, or perhaps n/a */
    struct range rest;
    struct num slopes[LINEAR_HOLES];
};

/* Where a form is at least 0, or above. */
struct linear_line {
    struct form form;
    bool above;
};

struct lines {
    size_t count;
    struct linear_line items[LINEAR_LINES];
};

struct linear {
    size_t *effort; /* the run's */
    const struct holes *holes;
    size_t chosen[LINEAR_HOLES]; /* holes */
    size_t count;
    const struct lines *lines; /* what fills the holes lies within them; NULL: none */
    struct form **forms;    /* [context][node id] */
    struct bag_form **bags; /* [context][node id]: see linear_bag.h */
};

struct linear *linear_new(struct run *run, const struct holes *holes, const size_t *chosen,
                          size_t count);
/* A node has been worked out: narrows `value` to what its form can be. True: the form is another one than
 * before. */
bool linear_note(struct run *run, size_t context, const struct ir_node *node, struct value *value);
const struct form *linear_form(const struct run *run, size_t context, const struct ir_node *node);
bool linear_is_exact(const struct form *form);
struct range linear_range(const struct linear *linear, const struct form *form);
struct form linear_loose(const struct linear *linear, struct range range); /* somewhere in the range */
/* a + factor × b */
struct form linear_sum(const struct linear *linear, const struct form *a, const struct form *b,
                       struct num factor);
struct form linear_times(const struct linear *linear, const struct form *a, struct num factor);
/* Beside those that there are; in the place of one that runs alongside. There is room for it. */
void linear_add_line(const struct linear *linear, struct lines *lines, struct linear_line line);
struct form linear_less(const struct linear *linear, const struct form *a, const struct form *b);
#endif
