/* How far a batch has come, on a terminal: one line that is written over. */
#ifndef RUBRIC_CLI_BATCH_PROGRESS_H
#define RUBRIC_CLI_BATCH_PROGRESS_H
#include <stdint.h>
#include "diag/diag.h"

struct progress {
    bool shown; /* standard error is a terminal */
    enum lang lang;
    int64_t start, last; /* milliseconds */
    bool drawn;
};

struct progress progress_new(enum lang lang);
/* Looks at the clock. `taken` bytes of `size` were read; 0: nobody knows how many there are. */
void progress_show(struct progress *progress, uint64_t units, uint64_t taken, uint64_t size);
void progress_clear(struct progress *progress); /* before anything else is written there */
#endif
