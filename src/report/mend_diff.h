/* What mending a file changes, line by line, as a unified diff. For reading: what cannot be seen is made visible. */
#ifndef RUBRIC_REPORT_MEND_DIFF_H
#define RUBRIC_REPORT_MEND_DIFF_H
#include "diag/mend.h"
#include "report/page.h"

/* Lines that change together, from 0; `to` is behind the last. */
struct changed_lines {
    size_t from, to;
    struct str text; /* what stands there afterwards */
    size_t lines;    /* of the new text */
};
struct changes { VEC(struct changed_lines) list; };

/* In the order of the lines. */
void changes_diff(struct page *page, const struct source *source, const struct changes *changes);
void mend_diff(struct page *page, const struct mending *mending);
#endif
