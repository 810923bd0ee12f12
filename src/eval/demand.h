/* Which nodes were needed for others, following the branches that were taken; and what is wrong with what was given. */
#ifndef RUBRIC_EVAL_DEMAND_H
#define RUBRIC_EVAL_DEMAND_H
#include "eval/run.h"

/* How far a node was needed. */
enum need { NEED_NONE, NEED_PERHAPS, NEED_SURE };

struct needed {
    size_t context;
    const struct ir_node *node;
};

struct demand {
    unsigned char **need; /* [context][node id]: enum need */
    bool listing;         /* while demand_reach runs: what comes to be needed is listed */
    VEC(struct needed) list;
};

/* What a sheet shows in a context: a fault in one of these refuses the unit. */
struct outputs {
    const struct ir_node **nodes;
    size_t count;
};

/* `values` are [context][node id]. Needs start with demand_add and are spread by demand_spread. */
struct demand *demand_new(const struct run *run);
void demand_add(struct demand *demand, size_t context, const struct ir_node *node);
void demand_spread(struct demand *demand, const struct run *run, const struct value *const *values);

/* What one node needs, however little, without a look at the rest: listed, and forgotten by demand_forget. */
void demand_reach(struct demand *demand, const struct run *run, const struct value *const *values,
                  size_t context, const struct ir_node *node);
void demand_forget(struct demand *demand);

/* What the standard shows, and what the call asks about beside it. */
struct outputs outputs_of(const struct run *run, bool outcomes);
/* Of a context: under a mix the outcomes read the mix alone. */
struct outputs outputs_in(const struct run *run, size_t context);

struct complaints {
    const struct complaint *items;
    size_t count;
    bool refused;
};
struct complaints complaints_of(const struct run *run, const struct value *const *values);
/* False: a score was entered that its criterion may not allow: whether that refuses the unit is seen only when all is known that can be. */
bool are_scores_allowed(const struct run *run);
#endif
