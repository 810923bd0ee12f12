/* What a new edition gives or takes one unit, and by which of its changes: rows that add up to the difference of the totals, exactly.
 * A part without parts has a row of its own; what a section, or the standard, makes of the sum of its parts beyond that (a cap, a weight, the
 * grid) has one too. Lives in collected memory. */
#ifndef RUBRIC_EDITIONS_ACCOUNT_H
#define RUBRIC_EDITIONS_ACCOUNT_H
#include "editions/impacts.h"
#include "editions/titles.h"

struct account_term { enum edition edition; const struct ir_node *score; int sign; };

struct account_row {
    const struct subject *subject; /* the part; of the standard itself that of the total */
    bool rest;                     /* what comes on top of its parts */
    VEC(struct account_term) terms;
};

struct accounting {
    const struct impacts *impacts;
    VEC(struct account_row) rows;     /* as the parts stand, one with parts behind them; those repealed, and the standard itself, last */
    struct account_row total;         /* of both totals, the parts left aside */
};

/* How one unit came out under each. */
struct account {
    const struct unit *unit[EDITIONS];
    const struct evaluation *evaluation[EDITIONS];
    struct value total;          /* new less old: a number or a range; of kind VALUE_NONE where it cannot be told */
    struct value *rows;          /* [row], likewise */
    bool total_exact, *exact;    /* [row]: both ends are reached */
    struct title_changes titles;
};

/* NULL: one of the editions gives no points. */
struct accounting *accounting_new(struct impacts *impacts);
/* Neither evaluation was refused. `accounting` NULL: no row is told; `call`: that of both. */
struct account account_of(const struct accounting *accounting, const struct evaluation *old, const struct evaluation *new,
                          const struct call *call);
#endif
