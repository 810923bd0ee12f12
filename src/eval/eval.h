/* One unit against one standard: what every node of its IR comes to, in each column and under the mix, over all values that the unknown facts
 * may still take. Known facts give points; unknown ones ranges that are split until they are exact, as far as the budget goes.
 * Nothing here knows of scoring forms. The result is immutable and lives in collected memory. */
#ifndef RUBRIC_EVAL_EVAL_H
#define RUBRIC_EVAL_EVAL_H
#include "core/unit.h"

/* Rows that one aggregate goes through, those of the aggregates inside it among them: more are a fault. */
enum { ROWS_MAX = 20000000 };

/* In the context that decides, a node is known to be within a value; where it cannot be, the world is impossible. */
struct narrowing {
    const struct ir_node *node;
    struct value within;
};

/* How what is unknown of the other units hangs together with the rest of what is unknown. */
enum tie {
    TIE_NONE, /* whatever lies within the value can be, whatever else is so */
    TIE_ENDS, /* its ends can be, whatever else is so; what lies between, perhaps */
    TIE_OWN,  /* a rank: its ends can be, but the facts behind the unit's own value tell which */
    TIE_LOOSE /* nothing is sure but that it lies within */
};

/* What the other units of a cohort come to for one unit: made in cohort/. */
struct others {
    size_t units; /* of the cohort, this one included */
    bool alike;   /* no unit says anything else in one column than in another */
    /* [context × inputs + input], the inputs as in core/cohort.h. A value may be a fault. */
    const struct value *values;
    const unsigned char *ties; /* enum tie */
};

struct call { /* what the caller says beside the facts */
    bool has_on;
    int64_t on;                  /* `--on` */
    bool stages;                 /* what stages require is asked about too: a fault in it refuses the unit */
    const struct others *others; /* NULL: the unit is alone, of others nothing is known */
    /* Nodes that are asked about beside what the standard shows: they are as exact, and a fault in one refuses the unit. */
    const struct ir_node *const *asked;
    size_t asked_count;
    /* Nodes that alone have to be exact; NULL: all that the standard shows. */
    const struct ir_node *const *only;
    size_t only_count;
    /* Of a bare call: a truth, and what it had better not be (a set of truths; n/a with it or not). That is found out first, and where it can be
     * so, or may be, nothing else is. */
    const struct ir_node *doubted;
    unsigned doubts;
    bool doubts_na;
    bool bare; /* … and in the context that decides alone: of the rest only as much is found out as that takes */
    const bool *known;                  /* [node id]; NULL: what is open stays so. Else it may come to be known: `is known` is yes
                                         * where this says so, and has no answer elsewhere */
    bool without_deciding;              /* what decides is not looked for: that costs the most where much is open */
    const struct narrowing *narrowings; /* together: impossible ones refuse the unit */
    size_t narrowing_count;
};

enum deciding_kind { DECIDES_FACT, DECIDES_SETTING, DECIDES_SCORE };

struct deciding {
    enum deciding_kind kind;
    size_t slot;
    struct range swing; /* how far it can move the total: 0 … ; its high end may be infinite */
};

enum complaint_kind {
    COMPLAINT_FAULT,        /* `node` faulted where its value was needed: the unit is refused */
    COMPLAINT_JUDGED_RANGE, /* a score that its criterion, in the branch taken, does not allow: refused */
    COMPLAINT_JUDGED_UNUSED /* a score for a skipped criterion or a branch not taken: a warning */
};

struct complaint {
    enum complaint_kind kind;
    enum fault_kind fault;
    const struct ir_node *node;
    size_t column;
    size_t slot;
};

struct evaluation {
    const struct standard *standard;
    const struct unit *unit;
    size_t contexts;                   /* the columns, then the mix if there is one */
    size_t final;                      /* the context that decides */
    int64_t on;                        /* the day of the evaluation: `today` */
    bool has_on;                       /* false: no day is known */
    const struct others *others;       /* as the call has it */
    const struct value *const *values; /* [context][node id] */
    const bool *const *exact;          /* [context][node id]: both ends are reached, be it in the limit */
    const bool *const *attained;       /* [context][node id]: … and not only in the limit */
    const struct deciding *deciding;   /* largest swing first, then as declared */
    size_t deciding_count;
    const struct complaint *complaints;
    size_t complaint_count;
    bool refused; /* one of them is not a warning */
    size_t passes, steps; /* what it took: passes over the IR, and nodes worked out or looked at */
    bool spent;           /* the budget for what is unknown did not suffice to find every end */
};

const struct evaluation *evaluate(const struct standard *standard, const struct unit *unit,
                                  const struct call *call);

const struct value *evaluation_value(const struct evaluation *evaluation, size_t context,
                                     const struct ir_node *node);
bool evaluation_exact(const struct evaluation *evaluation, size_t context, const struct ir_node *node);
bool evaluation_attained(const struct evaluation *evaluation, size_t context, const struct ir_node *node);

/* The figures of the cohort that were needed for a node, itself included: places in cohort.figures, ascending. */
struct read_figures {
    const size_t *places;
    size_t count;
};
struct read_figures evaluation_figures(const struct evaluation *evaluation, size_t context,
                                       const struct ir_node *node);

/* The facts whose values were needed for a node: slots in ascending order. Branches not taken are left out. */
struct read_facts {
    const size_t *slots;
    size_t count;
};
struct read_facts evaluation_reads(const struct evaluation *evaluation, size_t context,
                                   const struct ir_node *node);
/* The same of judged scores. */
struct read_facts evaluation_scores(const struct evaluation *evaluation, size_t context,
                                    const struct ir_node *node);
#endif
