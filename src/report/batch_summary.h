/* What a batch of units came to: one line, and with `--stats` how the totals lie and what each criterion loses. */
#ifndef RUBRIC_REPORT_BATCH_SUMMARY_H
#define RUBRIC_REPORT_BATCH_SUMMARY_H
#include "core/standard.h"
#include "report/page.h"
#include "report/say.h"

/* A number over all units that have it. */
struct batch_figure {
    uint64_t units, open; /* those of them in which it is a range */
    bool endless;         /* one of them has no end */
    struct num low, high; /* sums of both ends */
};

struct batch_loss {
    const struct part *criterion;
    struct batch_figure score;
};

struct batch_summary {
    const struct standard *standard;
    uint64_t units, refused; /* scored; not */
    struct batch_figure total;
    const uint64_t *grades; /* [place]; NULL: the standard has none */
    uint64_t grades_open;
    bool has_eligible;
    uint64_t eligible, eligible_open;
    /* With `--stats`: */
    const uint64_t *bins; /* [bin_count], then below 0, above the total of the standard */
    size_t bin_count;
    VEC(struct batch_loss) losses;
};

/* One line. */
void batch_summary_line(struct str *out, const struct batch_summary *summary, enum lang lang);
void batch_summary_stats(struct page *page, const struct batch_summary *summary, enum lang lang);
#endif
