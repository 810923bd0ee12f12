/* How far a world is from making a truth so, and walking there: the truth itself only says no, until it says yes. Finds what is there where
 * moves do not hinder each other; proves nothing by itself. */
#ifndef RUBRIC_EVAL_GAP_H
#define RUBRIC_EVAL_GAP_H
#include "eval/search.h"

/* From a world at hand in which every hole is single, of a claim on a truth. True: in the world at hand it is borne out now; else that world is
 * nearer, or the same. */
bool gap_close(struct search *search, const struct claim *claim);
#endif
