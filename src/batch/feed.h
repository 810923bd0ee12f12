/* Reads a text and cuts it where records end. */
#ifndef RUBRIC_BATCH_FEED_H
#define RUBRIC_BATCH_FEED_H
#include "batch/bytes.h"
#include "batch/stream.h"

struct feed {
    struct stream_source source;
    struct bytes rest; /* read, and not yet given out */
    bool ended;        /* there is no more to read */
};

/* Running out of memory ends the program. */
void feed_start(struct feed *feed, const struct stream_source *source);
void feed_free(struct feed *feed);
/* The next records. `too_long`: they are the beginning of one that is. False: there are none left. */
bool feed_next(struct feed *feed, struct bytes *records, bool *too_long);
/* Of what it reads from. */
struct inflow_state feed_state(const struct feed *feed);
#endif
