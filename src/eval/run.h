/* One pass over the IR in one assignment of everything that a unit may say: a world. Inputs are set, then the pass brings every node
 * of every context up to date, touching only what the changed inputs reach. All that a run holds lives in collected memory. */
#ifndef RUBRIC_EVAL_RUN_H
#define RUBRIC_EVAL_RUN_H
#include "eval/eval.h"

enum { CALENDARS = CALENDAR_IN_FORCE + 1 };

/* The row at hand of a block. */
struct frame {
    const struct value *cells;
    struct value position;
};

/* In the order of the list. */
struct nodes {
    const struct ir_node **items;
    size_t count;
};

struct run {
    const struct standard *standard;
    const struct unit *unit;
    const struct call *call;
    size_t columns, contexts, nodes;
    const struct ir_block *const *inner; /* [node id]: the block that it stands in; NULL: the standard itself */
    size_t *
        first; /* [context]: the first one that says and knows the same, perhaps itself; they share all arrays */
    struct value days[CALENDARS];
    struct value **facts, **scores; /* [column][slot] */
    struct value *settings;         /* [slot] */
    const struct others *others;    /* NULL: alone */
    struct value **cohort;          /* [context][input] */
    struct value **values;          /* [context][node id]; of a block's nodes those of the last row */
    bool **changed;        /* [context][node id]: by the latest pass */
    struct value **own_values;      /* [context]: used where it is the first; NULL: not needed so far */
    bool **own_changed;
    bool **touched_facts, **touched_scores, *touched_settings, **touched_cohort;
    bool **touched_nodes; /* [context][node id] */
    struct value **narrowed;       /* [context][node id]: see run_narrow */
    bool **is_narrowed;
    bool nodes_touched;
    bool bare; /* what the call wants is made exact, and no more */
    bool all_touched;          /* by run_keep_forms */
    struct nodes *live;        /* [context]: the nodes that a pass looks at */
    bool **watched;   /* [context][node id]; NULL: none */
    size_t faulty;             /* watched nodes that are faults */
    size_t effort;             /* nodes worked out so far, with their arguments; of those only looked at, the eighth part; and rows */
    size_t rows;               /* rows gone through so far */
    size_t rows_before;        /* … before the outermost aggregate at hand */
    unsigned rows_inside;      /* aggregates at hand, one inside the other */
    bool fresh;                /* nothing was run yet */
    bool frozen;               /* `is known` was answered and stays so */
    bool once;                 /* each pass is the first: nothing is kept of it */
    const struct value **args; /* of the node at hand */
    struct linear *linear;     /* forms of the nodes, see linear.h; NULL: not kept now */
    struct frame *frames;      /* [block id] */
    struct answers *answers;   /* [context][node id]: of `is known` */
};

struct run *run_new(const struct standard *standard, const struct unit *unit, const struct call *call);

/* Another unit of the same standard in the same run: these nodes, [context], are worked out, arguments before their uses, and no others.
 * For who asks one question of many units: beside the cohort nothing may be set before or after. */
void run_once(struct run *run, const struct unit *unit, const struct call *call, const struct nodes *nodes);

/* Inputs are what the unit says until they are set. */
void run_set_fact(struct run *run, size_t column, size_t slot, struct value value);
void run_set_score(struct run *run, size_t column, size_t slot, struct value value);
void run_set_setting(struct run *run, size_t slot, struct value value);
void run_set_cohort(struct run *run, size_t context, size_t input, struct value value);
/* A node is known to be within `value` in every world. A world where it cannot be gets a fault there, of no kind. */
void run_narrow(struct run *run, size_t context, const struct ir_node *node, struct value value);
bool run_is_narrowed(const struct run *run, size_t context, const struct ir_node *node);
/* From now on a pass looks at these nodes of a context alone. */
void run_limit(struct run *run, size_t context, struct nodes nodes);
/* From now on `faulty` counts a node of a context. */
void run_watch(struct run *run, size_t context, const struct ir_node *node);
/* From now on forms are kept, NULL: no more; the next pass works out everything again. */
void run_keep_forms(struct run *run, struct linear *linear);
/* Brings the values up to date. The first time answers what is known, for good. */
void run_pass(struct run *run);
/* The same, where nothing but these nodes, [context], can have changed. */
void run_pass_over(struct run *run, const struct nodes *nodes);

/* The column whose facts and scores a context reads. */
size_t run_column(const struct run *run, size_t context);
bool run_is_mix(const struct run *run, size_t context);
size_t run_final(const struct run *run); /* the context that decides */
/* Does a unit say and know the same in both columns? */
bool run_same_column(const struct run *run, size_t a, size_t b);
/* Does no other unit say anything else in one column than in another? */
bool run_others_alike(const struct run *run);

/* Runs a block on one row and leaves its values in the context; to ask about them, not to change anything. */
void run_row(struct run *run, size_t context, const struct ir_block *block, const struct value *cells,
             struct value position);

/* ---- between run_inputs.c, which fills a run, and run.c, which passes over it */

/* Another unit in the place of the one at hand. */
void run_take(struct run *run, const struct unit *unit, const struct call *call);
/* The inputs that were set have been seen. */
void run_forget_touched(struct run *run);
#endif
