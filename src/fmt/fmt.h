/* A text in its canonical layout, in its own words or with those of one tongue. */
#ifndef RUBRIC_FMT_FMT_H
#define RUBRIC_FMT_FMT_H
#include "base/str.h"
#include "diag/diag.h"
#include "syntax/ast.h"

struct fmt_call {
    bool facts;     /* a facts file, not a standard */
    bool translate; /* keywords, marks and predefined names into `to` */
    enum lang to;
    /* The files that the text uses or amends, and those that these do: what they declare is no predefined name. */
    VEC(const struct ast *) others;
    bool resolved; /* they are all there; else names of a text that uses or amends a file stay */
};

/* Adds the text to `out`. False with a message where the source cannot be read, or where what was written would not say the same: words,
 * comments and their order are read again and compared. A note where names stay that may be those of another file. */
bool fmt_text(const struct source *source, const struct fmt_call *call, struct str *out, struct diags *diags);
/* A standard, or blocks of one, laid out in its own words; the text as it is where it cannot be read. */
const char *fmt_laid_out(const char *name, const char *text);
/* Is `text` what the source says: the same tree, wherever its parts stand, and the same comments in the same order? */
bool fmt_says_the_same(const struct source *source, const struct fmt_call *call, const char *text);
#endif
