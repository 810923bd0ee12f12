/* A file of units, or a pipe, as chunks of whole records that threads work on at the same time and the caller takes in the order of the input,
 * whatever their number. A fixed number of chunks is at work at once, so that no file takes more memory than another. Plain memory, owned here. */
#ifndef RUBRIC_BATCH_STREAM_H
#define RUBRIC_BATCH_STREAM_H
#include "batch/reader.h"

enum encoding { ENCODING_DETECT, ENCODING_UTF8, ENCODING_GB18030 };

struct stream_options {
    int file; /* a descriptor, read from where it stands; the caller's to close */
    bool json;
    enum encoding encoding;
    size_t chunk, record; /* bytes of a chunk, and of one record at most; 0: 256 KiB, 1 MiB */
};

enum stream_end {
    STREAM_DONE,
    STREAM_STOPPED,    /* by the caller */
    STREAM_UNREADABLE, /* errno says why */
    STREAM_NO_DECODER, /* this system does not know the encoding */
    STREAM_TOO_LONG    /* the head: longer than a record may be */
};

struct stream;

/* A row for the exact evaluator. */
struct exact_row {
    size_t at;             /* in the output: where the text about it belongs */
    struct row_text text;  /* its line counted in the file, from 0 */
    enum exact_reason reason;
    bool too_long;         /* longer than a record may be: the text is how it begins */
};

/* What came of a piece of the input. */
struct chunk {
    const char *text;   /* UTF-8; bytes that were none of the encoding are 0xFF */
    char *out;          /* the output; see chunk_room */
    size_t length;      /* of it */
    struct exact_row *rows; /* in the order of the input */
    size_t row_count;
    void *totals;       /* the caller's, zeroed before its first block */
    size_t room, row_room;
};

struct stream_work {
    const struct layout *layout;
    const struct input *inputs;
    size_t input_count;
    size_t threads;     /* 1: none but the caller's */
    size_t totals;      /* bytes of a chunk's totals */
    void *context;
    void *(*worker_new)(void *context); /* what a thread has of its own, made on the caller's; may be NULL */
    void (*worker_free)(void *worker);
    void (*work)(void *worker, struct block *block, struct chunk *chunk); /* on any thread: no collected memory */
    bool (*take)(void *context, const struct chunk *chunk);               /* on the caller's; false: stop */
};

/* Reads the beginning. Running out of memory ends the program, here and below. */
struct stream *stream_new(const struct stream_options *options, enum stream_end *end);
void stream_free(struct stream *stream);
/* ENCODING_UTF8 or ENCODING_GB18030. */
enum encoding stream_encoding(const struct stream *stream);
/* The first record of a CSV file, with its line end, as UTF-8. Empty: the file is. */
const char *stream_head(const struct stream *stream, size_t *length);
enum stream_end stream_run(struct stream *stream, const struct stream_work *work);

/* So many bytes may be written behind the output; what is written is added to `length`. */
char *chunk_room(struct chunk *chunk, size_t bytes);
/* The row is for the exact evaluator, what it says goes here. */
void chunk_leave(struct chunk *chunk, const struct block *block, size_t row);
#endif
