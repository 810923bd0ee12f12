/* What the rows of a batch come to together: of each value that is asked for, sums and counts. Plain memory; a thread has its own, and they are put
 * together in the end. */
#ifndef RUBRIC_BATCH_TALLY_H
#define RUBRIC_BATCH_TALLY_H
#include "batch/out_row.h"

enum { TALLY_BINS = 20, TALLY_BELOW = TALLY_BINS, TALLY_ABOVE, TALLY_PLACES };

struct tally_column {
    uint64_t known, open, none; /* rows in which it is one value, one of several, n/a alone */
    uint64_t endless;           /* of those that are open: without a lowest or a highest end */
    __int128 low, high;         /* of numbers: the sums of both ends, in the scale that the caller has */
    uint64_t *places; /* of known values. Of truths: no, yes; of choices: by place; of the total: its bins */
    size_t place_count;
};

struct tally {
    uint64_t units;
    struct tally_column *columns; /* by what is asked */
    size_t count;
};

/* `places`: [count] how many each column has. NULL: no memory. */
struct tally *tally_new(const size_t *places, size_t count);
void tally_free(struct tally *tally);
/* Counts a value so many times; sums are the caller's to add. `place` < 0: it has none. */
void tally_count(struct tally_column *column, const struct row_value *value, int64_t place, uint64_t times);
/* Where a number lies between 0 and `most`, the top itself in the last bin; below, above. All are held in one scale; `most` > 0. */
int64_t tally_bin(int64_t value, int64_t most);
void tally_merge(struct tally *into, const struct tally *from);
#endif
