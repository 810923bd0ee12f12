/* Which facts and scores may matter to nodes: what these read, however remotely, and facts that limit or are limited by what they read.
 * In collected memory. */
#ifndef RUBRIC_WHATIF_MARKS_H
#define RUBRIC_WHATIF_MARKS_H
#include "core/standard.h"

struct marks {
    unsigned char *nodes; /* [node id] */
    unsigned char *facts; /* [slot] */
};

struct marks marks_of(const struct standard *standard, const struct ir_node *const *of, size_t count);
#endif
