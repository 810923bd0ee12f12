/* "Did you mean …": the known name nearest to an unknown one, or NULL if none is near enough. */
#ifndef RUBRIC_DIAG_SUGGEST_H
#define RUBRIC_DIAG_SUGGEST_H
#include <stdbool.h>
#include <stddef.h>
#include "base/str.h"
struct suggest { const char *wanted; const char *best; size_t distance; bool several; struct str listed; };   /* several: names that are near */
void suggest_start(struct suggest *suggest, const char *wanted);
void suggest_offer(struct suggest *suggest, const char *name);
/* For messages that tell all the names that would have served: offers one and lists it. */
void suggest_list(struct suggest *suggest, const char *name);
const char *suggest_listed(struct suggest *suggest, const char *none);   /* "a, b" in the order of listing; `none` if it is empty */
const char *suggest_best(const struct suggest *suggest);
/* Is the best the only name that is near, and a misspelling away: some letters more, less or otherwise, no other digits? */
bool suggest_is_sole(const struct suggest *suggest);
#endif
