/* How values move with what is open. Intervals give the ends of a value exactly where each unknown moves it one way only along every path, or
 * where it stands alone in what it decides; elsewhere they may hold more than can be, and a value counts only if it is no range. */
#ifndef RUBRIC_BATCH_WAYS_H
#define RUBRIC_BATCH_WAYS_H
#include "batch/code.h"

enum way {
    WAY_NONE,
    WAY_UP, /* more of it is never less of the value; of truths yes is more */
    WAY_DOWN,
    WAY_ALONE, /* neither, and nothing else of the value hangs on it: whatever the rest is, all that can be comes about */
    WAY_TANGLED
};

struct ways {
    size_t inputs;
    unsigned char **of; /* [node id], NULL: not needed; [input]: enum way */
    unsigned char *bytes;
};

/* Of the nodes that are marked, [node id]. */
struct ways ways_find(const struct program *program, const struct standard *standard,
                      const unsigned char *marks);
/* Room for as many inputs, to be used again and again. */
struct ways ways_room(const struct standard *standard, size_t inputs);
/* How the answer moves with one node, as if that were an input by itself. */
enum way ways_from(struct ways *room, const struct program *program, const struct standard *standard,
                   const unsigned char *marks, const struct ir_node *leaf, const struct ir_node *answer);
/* Is the lowest that `a` can be at least the highest that `b` can be? Neither may be n/a. */
bool ways_above(const struct value *a, const struct value *b);
#endif
