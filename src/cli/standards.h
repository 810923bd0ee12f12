/* Standards that one call needs: each is compiled once, however many units name it. */
#ifndef RUBRIC_CLI_STANDARDS_H
#define RUBRIC_CLI_STANDARDS_H
#include "sema/compile.h"

struct loaded {
    const char *path;                /* as first named */
    const struct source *source;     /* the text of that file, read once; NULL where it cannot be read */
    const struct standard *standard; /* NULL where errors forbid an evaluation */
    struct diags diags;
    struct compile_tests tests; /* of all its files */
    bool shown; /* its diagnostics have been printed */
};

struct standards {
    struct compile_options options;
    struct map by_path; /* real path → struct loaded */
};

/* `named` is the place that names the path, or SPAN_NONE: a file that cannot be read is reported there. */
struct loaded *standards_get(struct standards *standards, const char *path, struct span named);

/* The column of this name or label; the number of columns where there is none. */
size_t standards_column(const struct standard *standard, const char *name);
/* The same standard with this column as the final one. */
const struct standard *standards_final(const struct standard *standard, size_t column);
/* Is it about the value that the call, or a line of the session, sets a threshold to? `name` NULL: any. */
bool standards_is_set(const struct diag *diag, const char *name);
/* The warnings of that kind. */
void standards_set_warnings(const struct diags *diags, const char *name, struct diags *found);
#endif
