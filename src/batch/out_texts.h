/* Texts that a CSV row carries through, found once more in the text of a row that columns have scored: only then is it known that they are wanted.
 * Plain memory; a thread has its own. */
#ifndef RUBRIC_BATCH_OUT_TEXTS_H
#define RUBRIC_BATCH_OUT_TEXTS_H
#include "batch/out_row.h"

struct carried_text {
    const char *text; /* within its quotes */
    size_t length;
    bool quoted; /* a quote inside stands twice */
};

struct wanted_cell {
    size_t cell, text; /* a column of the file, a text of the form */
};

struct text_finder {
    const struct row_form *form;
    struct carried_text *found;  /* by text of the form */
    struct wanted_cell *wanted; /* in the order of the file */
    size_t wanted_count;
    struct row_out scratch;
};

bool text_finder_start(struct text_finder *finder, const struct row_form *form); /* false: no memory */
void text_finder_end(struct text_finder *finder);
/* Writes all of them; the row is right, and without its line end. Where a unit has no label its id stands for it. */
void text_finder_write(struct text_finder *finder, struct row_out *out, const char *row, size_t length,
                       const char *id, size_t id_length);
#endif
