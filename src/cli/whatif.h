/* Asking what if of one unit: the ways to a goal, a fact over its range, the effect of each fact. For the commands and the prompt alike: each writes
 * what it found to `out`, as a page or as JSON. */
#ifndef RUBRIC_CLI_WHATIF_H
#define RUBRIC_CLI_WHATIF_H
#include "cli/lever_rules.h"
#include "report/view.h"
#include "report/ways.h"

struct whatif {
    struct view now; /* the unit as it is */
    const struct call *call;
    struct lever_rules rules;
    bool knows_goal; /* the unit was evaluated for the goal, too */
    bool json;
    const struct diags *messages; /* of the unit, for JSON */
    bool (*interrupted)(void);    /* NULL: never */
};

/* What is told of a unit, as it is and with each way: so many `nodes`, for which there has to be room. */
size_t whatif_results(const struct standard *standard, const struct ir_node **nodes);
/* `node`: what `goal` says, in the standard of the unit. `ways`: at most so many are listed. What was found is returned. */
const struct reach *whatif_ways(const struct whatif *whatif, const char *goal, const struct ir_node *node, bool risk, size_t ways,
                                struct str *out);
/* The new value of a move as a facts file writes it, so that reading it gives the same again. NULL: no decimal is that. */
const char *whatif_written(const struct levers *levers, const struct move *move);
/* `over`: as written, or NULL. False: it cannot be done, and a message says why; or it was interrupted. */
bool whatif_sweep(const struct whatif *whatif, const char *fact, const char *over, struct diags *diags, struct str *out);
bool whatif_tornado(const struct whatif *whatif, struct diags *diags, struct str *out);
#endif
