/* Text of units, of any length, as chunks of whole records that threads work on at the same time and the caller takes in the order of the input,
 * whatever their number. A fixed number of chunks is at work at once, so that no text takes more memory than another. Plain memory, owned here. */
#ifndef RUBRIC_BATCH_STREAM_H
#define RUBRIC_BATCH_STREAM_H
#include "base/inflow.h"
#include "batch/reader.h"

struct stream_source {
    size_t (*read)(void *from, char *room,
                   size_t size); /* 0: there is no more. One thread at a time calls it: no collected memory */
    struct inflow_state (*state)(void *from); /* asked for behind each chunk, in the same way; may be NULL */
    void *from;
    bool json;
    size_t lines;         /* before it */
    size_t chunk, record; /* bytes of a chunk, and of one record at most; 0: 256 KiB, TEXT_ROW_MAX */
};

/* A row for the exact evaluator. */
struct exact_row {
    uint32_t at;          /* in the output: where what is said of it belongs */
    struct row_text text; /* its line counted in the whole, from 0 */
    bool too_long;        /* longer than a record may be: the text is how it begins */
};

/* What came of a piece of the input. */
struct chunk {
    const char *text;
    size_t text_length;
    struct inflow_state state; /* of the input when it was cut: the same for any number of threads */
    char *out;                 /* the output; see chunk_room */
    size_t length;             /* of it */
    struct exact_row *rows;    /* in the order of the input */
    size_t row_count;
    void *totals; /* the caller's, zeroed before its first block */
    size_t room, row_room;
};

struct stream_work {
    const struct layout *layout;
    const struct input *inputs;
    size_t input_count;
    size_t threads; /* 1: none but the caller's */
    size_t totals;  /* bytes of a chunk's totals */
    void *context;
    void *(*worker_new)(void *context); /* what a thread has of its own, made on the caller's; may be NULL */
    void (*worker_free)(void *context, void *worker); /* likewise */
    void (*work)(void *worker, struct block *block,
                 struct chunk *chunk);                      /* on any thread: no collected memory */
    bool (*take)(void *context, const struct chunk *chunk); /* on the caller's; false: stop */
};

/* False: the caller stopped it. Running out of memory ends the program. */
bool stream_run(const struct stream_source *source, const struct stream_work *work);

/* So many bytes may be written behind the output; what is written is added to `length`. */
char *chunk_room(struct chunk *chunk, size_t bytes);
/* The row is for the exact evaluator, what it says goes here. */
void chunk_leave(struct chunk *chunk, const struct block *block, size_t row);
#endif
