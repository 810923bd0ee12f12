/* check --fix: shows what mends the faults that were found and, where the call says so, writes it. */
#ifndef RUBRIC_CLI_MENDING_H
#define RUBRIC_CLI_MENDING_H
#include "cli/unit_files.h"
#include "diag/mend.h"

struct mend_call {
    struct cli *cli;
    const struct unit_files *files; /* the only ones that are changed: a standard that is merely used stays */
    bool write;
    size_t changes, left;  /* left: those that touch another one */
    struct map changed;    /* names of files */
    bool unwritten;        /* one could not be written, or had changed */
    struct map real, named; /* its own: a path → the real one; the real paths of `files` */
};

/* Every change of one pass is shown, and written if asked. False: there was none, or one could not be written, which is added to `diags`. */
bool mend_round(struct mend_call *call, const struct diags *found, struct diags *diags);
void mend_tell(const struct mend_call *call); /* how many changes there are, in a line */
#endif
