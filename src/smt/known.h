/* `is known`: whether something is known says nothing of what it is, so that the solver is free in it. Evaluation has what is open as a range,
 * in which each value leads to what is surely so: what is impossible here is so of units that leave things open, too. */
#ifndef RUBRIC_SMT_KNOWN_H
#define RUBRIC_SMT_KNOWN_H
#include "smt/script.h"

struct place;

struct smt_term smt_known(const struct place *place);
/* A Bool: all is known that the script asks about. */
const char *smt_all_known(const struct smt *smt);
/* The Bool that tells whether an input is; NULL: none of the marked nodes asks. */
const char *smt_input_known(const struct smt *smt, const struct smt_input *input, const unsigned char *marks);
/* A Bool: so is this input, in two worlds. */
const char *smt_both_known(const struct smt *smt, size_t world, size_t beside, const struct ir_node *input);
#endif
