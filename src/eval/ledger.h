/* Why a part has its score: two ledgers. The earned lines add up to the score, the lost ones to what is missing of the cap; for a score that
 * is a range the lines are ranges and need not. Lines that come from no statement say so by their reason. */
#ifndef RUBRIC_EVAL_LEDGER_H
#define RUBRIC_EVAL_LEDGER_H
#include "eval/eval.h"

enum ledger_reason {
    LEDGER_STATEMENT,   /* a line of the part: `line` */
    LEDGER_BASE,        /* a criterion that only deducts starts full; `line` is `start at` or NULL */
    LEDGER_DEDUCTED,    /* by `line` */
    LEDGER_ZEROED,      /* by `line` */
    LEDGER_CAPPED,      /* more was earned, or offered, than the cap */
    LEDGER_FLOORED,     /* held at 0 */
    LEDGER_ROUNDED,     /* put on the grid */
    LEDGER_NOT_OFFERED, /* the statements offer less than the cap */
    LEDGER_PART         /* sections: a part inside, `part` */
};

struct ledger_line {
    enum ledger_reason reason;
    const struct line *line; /* or NULL */
    const struct part *part; /* or NULL */
    struct value points;     /* signed; a range where not known */
    struct read_facts facts;
};

struct ledger {
    const struct ledger_line *earned, *lost; /* lines of no points are left out */
    size_t earned_count, lost_count;
};

struct ledger ledger_of(const struct evaluation *evaluation, size_t context, const struct part *part);
#endif
