/* From a `.facts` file to a unit's facts. Every fault in the file is reported; nothing is guessed. */
#ifndef RUBRIC_FACTS_FACTS_H
#define RUBRIC_FACTS_FACTS_H
#include "core/unit.h"
#include "diag/diag.h"

/* A facts file as far as it can be read without its standard. */
struct facts_file {
    const struct source *source;
    const struct ast *tree; /* NULL where nothing could be read */
    const char *id, *label; /* of the unit; the file's stem where it names none */
    const char *standard;   /* path of the standard, joined to the file's folder; NULL: none named */
    struct span standard_span;
    /* An edition beside the one that it is read for: what only that one declares is passed over, neither read nor an error. NULL: the one
     * that it amends, where its header has a transition; else none. */
    const struct standard *also;
    bool faulty; /* errors were reported: facts_read reports those that remain, and refuses */
};

struct facts_file *facts_open(const char *path, struct diags *diags); /* NULL if it cannot be read at all */
/* The same of a text that is at hand. */
struct facts_file *facts_open_text(const struct source *source, struct diags *diags);
const struct unit *facts_read(const struct facts_file *file, const struct standard *standard,
                              struct diags *diags); /* NULL: refused */
/* A unit of which nothing is given. `name` is shown where a place is named. */
struct unit *facts_nothing(const char *name, const struct standard *standard, struct diags *diags);
#endif
