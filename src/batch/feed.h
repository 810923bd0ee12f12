/* Reads a file and cuts it where records end. */
#ifndef RUBRIC_BATCH_FEED_H
#define RUBRIC_BATCH_FEED_H
#include "batch/bytes.h"
#include "batch/stream.h"

struct feed {
    struct stream_options options;
    struct bytes rest;     /* read, and not yet given out */
    bool ended;            /* the file is */
    int failed;            /* errno; 0: nothing is wrong */
};

/* Running out of memory ends the program. Reads so much that there is a chunk. */
void feed_start(struct feed *feed, const struct stream_options *options);
void feed_free(struct feed *feed);
/* The first record. False: it is too long. */
bool feed_first(struct feed *feed, struct bytes *record);
/* The next records. `too_long`: they are the beginning of one that is. False: there are none left, or none can be read. */
bool feed_next(struct feed *feed, struct bytes *records, bool *too_long);
#endif
