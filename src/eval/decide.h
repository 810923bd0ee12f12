/* Which open facts, settings and scores decide the result, and how far each can move the total. */
#ifndef RUBRIC_EVAL_DECIDE_H
#define RUBRIC_EVAL_DECIDE_H
#include "eval/search.h"

struct decisions {
    const struct deciding *items;
    size_t count;
};

/* For one context, after its values were settled. `search` may be NULL: nothing is open. */
struct decisions decide(struct search *search, size_t context);
#endif
