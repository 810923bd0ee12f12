/* What the unknown may still do: the course of the search, from the first pass to the ends of every value that is shown. */
#ifndef RUBRIC_EVAL_SPLIT_H
#define RUBRIC_EVAL_SPLIT_H
#include "eval/search.h"

enum { WANTED_BELOW = 1, WANTED_ITSELF };

/* After the first pass. Afterwards the run's values hold in all possible worlds. NULL: nothing is unknown, or every world faults.
 * `wanted`, [node id], names the nodes that matter and those below them; NULL: all that is shown. */
struct search *split_unknown(struct run *run, const unsigned char *wanted);

/* These nodes and what stands below them, of columns and mix alike. */
const unsigned char *split_wanted(const struct run *run, const struct ir_node *const *nodes, size_t count);

/* From now on passes work out what is wanted, and what may make a world impossible. */
void split_ask_only(struct search *search, const unsigned char *wanted);

/* The same course up to the first possible world, with nothing settled; then one claim after another: what is found narrows the run's values,
 * which stay true of all possible worlds. `wanted` and NULL as above. The search is left with every hole open. */
struct search *split_open(struct run *run, const unsigned char *wanted);
void split_settle(struct search *search, const struct claim *claim);

/* Are both ends of the value reached? `search` may be NULL. */
bool split_is_exact(const struct run *run, const struct search *search, size_t context,
                    const struct ir_node *node);

/* The same of all: [context][node id]. */
const bool *const *split_exact(const struct run *run, const struct search *search);
/* … and not only in the limit. */
const bool *const *split_attained(const struct run *run, const struct search *search);
#endif
