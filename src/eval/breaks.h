/* Where a node's value makes a difference to what reads it: the constants that it is compared with, carried back through what stands
 * between. A guess that makes splitting quick; its exactness does not rest on it, but for `opaque`. */
#ifndef RUBRIC_EVAL_BREAKS_H
#define RUBRIC_EVAL_BREAKS_H
#include "eval/depend.h"

struct breaks {
    VEC(struct num) numbers;
    VEC(struct num) rows; /* of sequences: numbers of rows */
    VEC(const char *) texts;
    bool opaque; /* texts, months: used otherwise than by `=` with a constant, by their number */
};

/* [node id], over all contexts, after the first pass; of nodes that depend on no hole nothing is noted. */
struct breaks *breaks_find(const struct run *run, const struct depend *depend);
#endif
