/* The consolidated text of an amended standard: that of what it amends, comments and layout kept, each change made in its place under a
 * remark that says which clause made it. */
#ifndef RUBRIC_AMEND_FLATTEN_H
#define RUBRIC_AMEND_FLATTEN_H
#include "diag/diag.h"

/* NULL, and a message, where it cannot be written, or would not say the same as the amended standard. A standard that amends nothing is its
 * own text. `target`: the name of the file that it is for; it decides which files a `use` in it means. */
const char *flatten(const struct source *source, const char *target, enum lang lang, struct diags *diags);
#endif
