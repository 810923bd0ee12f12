/* A sweep told: a table of runs with the jumps between them, and a plot of the total where the fact is a number. */
#ifndef RUBRIC_REPORT_SWEEP_H
#define RUBRIC_REPORT_SWEEP_H
#include "report/json.h"
#include "report/page.h"
#include "whatif/sweep.h"

/* What was asked along the way, as far as the standard has it: its place among the values of a run, or -1. */
struct sweep_told {
    const struct sweep *sweep;
    struct view now;
    int total, grade, eligible;
    int qualifies; /* of the first `qualifies`, the others behind it; asked where there are neither points nor grades */
};

void sweep_write(struct page *page, const struct sweep_told *told);
void sweep_json(struct str *out, const struct sweep_told *told, const struct diags *messages);

/* The total over the page's width, lines of blocks. */
void sweep_plot(struct page *page, const struct sweep_told *told);
#endif
