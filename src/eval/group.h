/* All holes of one fact, setting or criterion, moved together while the others stay: what that does to the results. */
#ifndef RUBRIC_EVAL_GROUP_H
#define RUBRIC_EVAL_GROUP_H
#include "eval/search.h"

/* What counts as a result. */
struct results {
    size_t context;
    bool has_total;
    VEC(const struct ir_node *) nodes; /* the total first, where there is one */
};

struct group {
    struct deciding what;
    VEC(size_t) holes;
    VEC(const struct value *)
    ways;         /* fillings of the holes that told something: an end of the total, another result */
    bool settled; /* only those are tried from now on */
};

/* What moving a group came to. */
struct spread {
    bool any;
    bool differs;         /* results other than the total's number changed */
    struct cut low, high; /* of the total */
};

/* In the world at hand, which is left as it was. Once the run has come to the effort `until` a group that is not settled is moved a few times and
 * no more. */
struct spread group_spread(struct search *search, const struct results *results, struct group *group, size_t until);
/* From now on only what has told something so far is tried. */
void group_settle(struct search *search, struct group *group);

/* In how many ways holes can be filled with points; anything above `most` is too many. */
size_t ways_count(const struct search *search, const size_t *holes, size_t count, size_t most);
void ways_fill(struct search *search, const size_t *holes, size_t count, size_t way);
#endif
