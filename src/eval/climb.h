/* Finding a witness for a claim: fill hole after hole so that the claim stays as likely as it can, then improve one hole at a time. Finds
 * what is there where holes do not hinder each other; proves nothing by itself. */
#ifndef RUBRIC_EVAL_CLIMB_H
#define RUBRIC_EVAL_CLIMB_H
#include "eval/search.h"

/* A possible assignment, kept as the reference for holes that a claim does not depend on. False: none was found. */
bool climb_reference(struct search *search);

/* From the world at hand, in which holes may be filled in part. What is found is taken as a witness. Returns how far it reaches:
 * -infinity where none was found. The world at hand is lost. */
struct cut climb_to(struct search *search, const struct claim *claim);
#endif
