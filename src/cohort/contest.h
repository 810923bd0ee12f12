/* What the units of a cohort are ranked by, and for how many places: the quota of a stage, or the total
 * where there is none. Made once a call; lives in collected memory. */
#ifndef RUBRIC_COHORT_CONTEST_H
#define RUBRIC_COHORT_CONTEST_H
#include "cohort/rank.h"
#include "eval/eval.h"

struct figure {
    const char *text; /* the author's words; NULL: the total, which no key names */
    const struct ir_node *node;
    bool is_total; /* by its name: a part may have the node of the total */
};

struct contest {
    const struct standard *standard;
    const struct stage *stage; /* NULL: no quota */
    struct rank_order order;
    const struct figure *figures; /* the keys, then what is shown beside them */
    size_t figure_count;
    struct call call; /* for evaluate() and timeline_of(): asks about all that is needed here */
    /* What is unknown in the keys can be the same for several units: settings, values of the cohort. */
    bool shared;
    struct settings_open {
        VEC(size_t) list;
    } open; /* slots of the settings among them */
};

/* The first stage with a quota, `count` the number of those; NULL: none. */
const struct stage *contest_stage(const struct standard *standard, size_t *count);
/* NULL: without a quota the standard has nothing to rank by, no total. */
const struct contest *contest_new(const struct standard *standard, const struct stage *stage,
                                  const struct call *call);

/* How many places there are. */
enum seats_kind {
    SEATS_KNOWN,
    SEATS_UNKNOWN, /* the share hangs on a setting that nobody has given */
    SEATS_WRONG    /* the share is neither a part of the units nor a number of them */
};

struct seats {
    enum seats_kind kind;
    struct value share; /* of the units, or the number of places */
    bool is_number;     /* the latter */
    struct num exact;   /* of SEATS_KNOWN: before it is rounded */
    size_t count;
};

/* `share`: what a unit's evaluation says of it; the same for all. */
struct seats contest_seats(const struct contest *contest, const struct value *share, size_t units);
/* Slots of the settings that nobody has given and that a node hangs on. */
struct settings_open contest_open_settings(const struct standard *standard, const struct ir_node *node);
#endif
