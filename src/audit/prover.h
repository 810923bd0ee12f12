/* What units can come to, whatever they report: bounds that are sound for all of them, and units that show
 * what can be. Facts, judged scores, thresholds that are not set and the day are all open. Lives in
 * collected memory. */
#ifndef RUBRIC_AUDIT_PROVER_H
#define RUBRIC_AUDIT_PROVER_H
#include "core/standard.h"
#include "diag/diag.h"
#include "eval/search.h"

struct prover;

/* After the last node was added. `patience`: how many times the effort that a check of a standard is worth. */
struct prover *prover_new(const struct standard *standard, size_t patience);
/* For claims on these nodes alone: nothing is worked out but what they take. Where all of them take too much, those that take little are looked
 * into, and bounds have to do for the others. */
struct prover *prover_of(const struct standard *standard, size_t patience, const struct ir_node *const *nodes,
                         size_t count);

/* Is the standard small enough to be looked into? Else bounds alone have to do. */
bool prover_searches(const struct prover *prover);

/* From now on examples of truths are sought first near a unit that bears this out as far as can be found: among those with the highest total,
 * not where all is missed. */
void prover_favour(struct prover *prover, const struct claim *claim);

/* Of what decides, or of a column. */
struct claim prover_claim(const struct prover *prover, const struct ir_node *node, enum claim_kind kind,
                          bool of_outcome);
/* Proved: no unit that can be scored bears it out. */
bool prover_never(struct prover *prover, const struct claim *claim);
/* No unit goes further. */
struct cut prover_furthest(struct prover *prover, const struct claim *claim);
/* A unit for which a claim on a truth is so, one on a number as far as `goal`: what that takes, whatever else
 * it reports. NULL: none was found. */
const struct diag_example *prover_example(struct prover *prover, const struct claim *claim, struct cut goal);
/* The same with all that `whole` hangs on, so that whatever it is about is known. */
const struct diag_example *prover_whole_example(struct prover *prover, const struct claim *claim,
                                                struct cut goal, const struct ir_node *whole);
#endif
