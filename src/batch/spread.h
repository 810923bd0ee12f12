/* What a value can be, both ends of a number as exact quotients: for comparing what was found in several ways. For this folder alone. */
#ifndef RUBRIC_BATCH_SPREAD_H
#define RUBRIC_BATCH_SPREAD_H
#include "batch/machine.h"

/* A number is over 1. */
struct spread_end {
    int64_t top, whole;
};

struct spread {
    unsigned can; /* 0: nothing yet */
    struct spread_end low, high;
};

struct spread spread_of(const struct results *results, size_t row);
bool spread_is_single(const struct spread *spread);
void spread_join(struct spread *all, const struct spread *more);
bool spread_same(const struct spread *a, const struct spread *b);
/* Puts it in the place of what stands in the row. False: the columns have no room for it. */
bool spread_put(const struct spread *spread, const struct results *results, size_t row);
#endif
