/* Files that a facts file names: they stand in its folder or below. */
#ifndef RUBRIC_FACTS_FILE_H
#define RUBRIC_FACTS_FILE_H
#include "diag/diag.h"

/* The path of `name` as `home` names it; NULL and a message at `span` where it leaves the folder of `home` or is no file that can be read. */
const char *file_beside(const char *home, const char *name, struct span span, struct diags *diags);
/* The text of a file, NULL and a message at `span` (SPAN_NONE: none) where it cannot be read. Whether it is UTF-8 is not looked at. */
struct source *file_read(const char *path, struct span span, struct diags *diags);
bool file_is_text(const struct source *source, struct diags *diags); /* UTF-8, or a message */
#endif
