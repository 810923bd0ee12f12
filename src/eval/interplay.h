/* Which holes can change how far another one moves a result: those that meet it in something other than a sum. */
#ifndef RUBRIC_EVAL_INTERPLAY_H
#define RUBRIC_EVAL_INTERPLAY_H
#include "eval/search.h"

struct interplay {
    size_t words;
    uint64_t **strong; /* [hole]: a set of holes that meet it */
    uint64_t **weak;   /* [hole]: … in a rounding alone */
};

struct interplay *interplay_find(const struct search *search, size_t context, const struct ir_node *result);
#endif
