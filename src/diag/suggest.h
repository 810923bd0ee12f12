/* "Did you mean …": the known name nearest to an unknown one, or NULL if none is near enough. */
#ifndef RUBRIC_DIAG_SUGGEST_H
#define RUBRIC_DIAG_SUGGEST_H
#include <stddef.h>
struct suggest { const char *wanted; const char *best; size_t distance; };
void suggest_start(struct suggest *suggest, const char *wanted);
void suggest_offer(struct suggest *suggest, const char *name);
const char *suggest_best(const struct suggest *suggest);
#endif
