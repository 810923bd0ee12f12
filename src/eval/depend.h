/* Which holes a node depends on, and which of them it reads along several ways that meet: only those need splitting, since a range is exact
 * where each operand is read once. */
#ifndef RUBRIC_EVAL_DEPEND_H
#define RUBRIC_EVAL_DEPEND_H
#include <stdint.h>
#include "eval/hole.h"

struct depend {
    size_t words;          /* of a set of holes */
    uint64_t **on;         /* [context]: a set for each node */
    uint64_t **shared;     /* [context]: holes read along several ways, here or below */
    uint64_t *risky;       /* holes on which a fault hangs somewhere */
    bool **meets; /* [context][node id]: such ways meet in this very node */
};

struct depend *depend_find(const struct run *run, const struct holes *holes);
const uint64_t *depend_on(const struct depend *depend, size_t context, const struct ir_node *node);
const uint64_t *depend_shared(const struct depend *depend, size_t context, const struct ir_node *node);

static inline bool set_has(const uint64_t *set, size_t member)
{
    return set[member / 64] >> (member % 64) & 1;
}

static inline void set_add(uint64_t *set, size_t member)
{
    set[member / 64] |= (uint64_t)1 << (member % 64);
}

bool set_is_empty(const uint64_t *set, size_t words);
bool set_meets(const uint64_t *a, const uint64_t *b, size_t words);
bool set_holds(const uint64_t *all, const uint64_t *some, size_t words);
void set_join(uint64_t *into, const uint64_t *from, size_t words);
#endif
