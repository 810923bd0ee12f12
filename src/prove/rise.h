/* Of two worlds that differ in one thing: what its rise does to a node, told from the node's form as far as that tells, and asked of the
 * solver where it does not. For this folder alone. */
#ifndef RUBRIC_PROVE_RISE_H
#define RUBRIC_PROVE_RISE_H
#include "prove/prove.h"

/* Proved: in the world `beside`, in which the raised thing is no less, the node is never less (`sign` 1), or never more (-1). */
bool rise_never_moves(struct prove *prove, size_t beside, const struct ir_node *raised, const struct ir_node *node, int sign);
/* That in the world beside it is more, or less for -1; both being numbers or truths. */
const char *rise_claim(struct prove *prove, size_t beside, const struct ir_node *node, int sign);
/* That of two values of the node's kind one is less. */
const char *rise_less(const struct ir_node *node, const char *a, const char *b);
#endif
