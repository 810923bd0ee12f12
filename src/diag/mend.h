/* Faults mended: the sure fixes of diagnostics, put together into new texts. */
#ifndef RUBRIC_DIAG_MEND_H
#define RUBRIC_DIAG_MEND_H
#include "diag/diag.h"

/* The changes of one source, in the order of their places: none touches another. */
struct mending {
    const struct source *source;
    VEC(const struct diag_fix *) fixes;
    size_t left; /* that touch one of these: for another round */
};
struct mendings { VEC(struct mending) list; };

struct mendings mend_collect(const struct diags *diags);
/* The bytes [from, to) of the source, which cut no change in two, as the changes leave them. */
void mend_add(struct str *out, const struct mending *mending, size_t from, size_t to);
/* Writes the file anew. One that is no longer as it was read, or cannot be written, stays: false with a message. */
bool mend_write(const struct mending *mending, struct diags *diags);
#endif
