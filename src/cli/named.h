/* What a person may call things by: their names, and, where nothing has the name, their labels. */
#ifndef RUBRIC_CLI_NAMED_H
#define RUBRIC_CLI_NAMED_H
#include "core/standard.h"
#include "diag/diag.h"

enum named_kind {
    NAMED_FACT = 1,
    NAMED_SCORE = 2, /* a judged criterion */
    NAMED_THRESHOLD = 4
};

struct named {
    enum named_kind kind;
    const char *name; /* of the fact or threshold; the path of the criterion */
    size_t slot;      /* of the fact; the first of the judged score; in standard->named */
};

enum named_found { NAMED_NONE, NAMED_ONE, NAMED_SEVERAL };

/* `kinds`: those that will do, or-ed. NAMED_SEVERAL, with a message that lists them: a label of several. */
enum named_found named_find(const struct standard *standard, unsigned kinds, const char *text, struct diags *diags, struct named *found);
/* The name whose own spelling, or whose label's, is nearest; NULL. */
const char *named_nearest(const struct standard *standard, unsigned kinds, const char *text);
/* As a line of the session, or of a facts file, begins: `dues`, `score team.lesson`. */
const char *named_key(const struct named *named);
#endif
