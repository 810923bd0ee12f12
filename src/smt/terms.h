/* One node as a term. For this folder alone. */
#ifndef RUBRIC_SMT_TERMS_H
#define RUBRIC_SMT_TERMS_H
#include "smt/script.h"

/* A text that stands in the standard, by its place. */
const char *smt_text_number(struct smt *smt, const char *text);
/* In a world beside another: facts that are limited by the one that differs are held to it. */
void smt_hold_limits(struct smt *smt, size_t world, size_t context, size_t slot);
#endif
