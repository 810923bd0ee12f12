/* Questions about all units that a standard can be asked to score: is there one of which this is so? Does more of one thing ever make another less?
 * Answered by a solver that knows no more of the standard than its IR says in SMT-LIB, and by the search that evaluation uses where
 * rows of tables and the calendar come in. What is shown to be possible was looked at in a unit. Lives in collected memory. */
#ifndef RUBRIC_PROVE_PROVE_H
#define RUBRIC_PROVE_PROVE_H
#include "core/standard.h"
#include "diag/diag.h"
#include "smt/solver.h"

enum prove_kind {
    PROVE_PROPERTY, /* of the author's, by its place */
    PROVE_BEYOND,   /* is there a unit whose total exceeds that of the standard? */
    PROVE_GRADE,    /* … one of this grade? */
    PROVE_CAP,      /* … one that is given all points of this criterion? */
    PROVE_FACT,     /* does more of this fact always move the total one way? */
    PROVE_ASKED     /* … one of which the caller's claim is so? */
};

enum prove_answer {
    PROVE_NO,  /* proved: of no unit it is so */
    PROVE_YES, /* shown by a unit */
    PROVE_OPEN /* not decided */
};

/* One unit, or two that differ in one thing. Facts are lines of a facts file. */
struct prove_witness {
    const struct diag_example *unit;
    const char *other;         /* the line that the second unit has instead; NULL: there is one unit */
    const char *before, *after; /* of two: what the result is */
};

/* Of PROVE_OPEN. */
enum prove_why {
    PROVE_SPENT,    /* it took too long */
    PROVE_LOST,     /* the solver did not answer */
    PROVE_LOOSE,    /* the solver could not look into all of it */
    PROVE_UNSTATED, /* what was found no facts file can state */
    PROVE_NOBODY    /* no unit can state all facts: what they say of each other contradicts itself */
};

struct prove_found {
    enum prove_answer answer;
    struct prove_witness witness; /* of PROVE_YES */
    enum prove_why why;
    const struct ir_node *loose; /* of PROVE_LOOSE */
};

struct prove_question {
    enum prove_kind kind;
    size_t place; /* of the property, the grade, the part by its path, the fact; of what the caller asks, as he likes */
    const struct ir_node *claim;           /* what can be or cannot; NULL: of two units */
    const struct ir_node *raised, *result; /* of two */
};

struct prove {
    const struct standard *standard; /* whose IR holds the claims, too */
    VEC(struct prove_question) questions;
    struct smt *smt;
    struct smt_solver *solver;
    struct prover *search; /* NULL: not asked yet */
    size_t world;
    bool raw;                   /* what is shown need not be read again: who asks sees to it */
    bool nobody;                /* see PROVE_NOBODY */
    const char *told;           /* a Bool that the world at hand keeps to, so that it can be written down */
    VEC(const char *) decimals; /* inputs of the world at hand that a facts file states as decimals */
    bool unstated;              /* it has something that no facts file can state */
};

/* The author's properties, then what is asked of every standard. `solver` is the caller's. */
struct prove *prove_new(const struct standard *standard, struct smt_solver *solver);
/* Nothing is asked yet: claims are nodes of the standard's own list, which is finished. What is shown is not read again as a facts file. */
struct prove *prove_claims(const struct standard *standard, struct smt_solver *solver);
/* Of a claim: can it be so? Of two units: can the result be less where more is raised? */
struct prove_found prove_ask(struct prove *prove, const struct prove_question *question);
/* Of two units: can the result be more? */
struct prove_found prove_ask_more(struct prove *prove, const struct prove_question *question);
#endif
