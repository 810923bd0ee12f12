/* What a new edition means for units, subject by subject: proved to come to the same whatever a unit reports, or shown to differ by facts
 * that both editions were then asked about, or neither. Lives in collected memory. */
#ifndef RUBRIC_EDITIONS_IMPACTS_H
#define RUBRIC_EDITIONS_IMPACTS_H
#include "diag/diag.h"
#include "editions/joint.h"
#include "editions/revisions.h"
#include "eval/eval.h"
#include "prove/prove.h"

enum impact {
    IMPACT_SAME,    /* proved: of every unit that both accept */
    IMPACT_DIFFERS, /* shown by a unit */
    IMPACT_OPEN,    /* neither proved nor shown */
    IMPACT_ADDED,   /* the old edition has nothing of the kind */
    IMPACT_REPEALED
};

enum subject_kind { SUBJECT_PART, SUBJECT_TOTAL, SUBJECT_GRADE, SUBJECT_ELIGIBLE, SUBJECT_OUTCOME, SUBJECT_SHOW };

/* A unit for which they differ: lines of a facts file as each edition reads it, and what each makes of it. */
struct impact_witness {
    VEC(const char *) lines[EDITIONS];
    size_t telling[EDITIONS];                       /* so many of them, the first, make the difference, whatever the others say */
    VEC(const char *) settings;                     /* `name=value` for --set: then nothing was evaluated */
    const struct evaluation *evaluation[EDITIONS];  /* NULL with settings */
};

struct reported_fact { const char *name; bool evidence; /* … with evidence */ };

struct subject {
    enum subject_kind kind;
    const char *path, *label;           /* of the new edition, else the old; label NULL: none. TOTAL, GRADE, ELIGIBLE: NULL */
    const struct part *part[EDITIONS];  /* PART; NULL: not in that edition */
    const struct ir_node *of[EDITIONS]; /* of the edition's own standard */
    enum impact impact;
    bool same_days;                     /* SAME, for one period and one day: the editions are for different ones */
    VEC(struct reported_fact) reported; /* … for units that report these facts: silence is read otherwise now */
    const struct impact_witness *witness;   /* DIFFERS */
    VEC(const struct revision *) because;   /* of what it is worked out from; its own first */
};

struct impacts {
    const struct standard *standard[EDITIONS];
    const struct revisions *revisions;
    struct joint *joint;                /* NULL: their columns differ; what is written alike may still be worked out otherwise */
    bool asked;                         /* the solver, too */
    VEC(struct subject) list;           /* parts as the new edition has them, those repealed behind them; then what decides */
};

bool impacts_is_same(const struct subject *subject); /* under no condition */
/* `solver`: what is neither proved nor shown otherwise is asked of it; NULL: it is not. */
struct impacts *impacts_of(const struct standard *old, const struct standard *new, const struct revisions *revisions,
                           struct smt_solver *solver);
#endif
