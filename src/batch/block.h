/* Up to 1,024 units as columns: filled by a reader, worked on by a machine. Plain memory, no bigger for bigger files; a thread has its own.
 * Columns are padded: where each began at the same offset of a page, all would fall into one set of the cache. */
#ifndef RUBRIC_BATCH_BLOCK_H
#define RUBRIC_BATCH_BLOCK_H
#include "batch/input.h"

enum { BLOCK_ROWS = 1024, BLOCK_PAD = 64 /* bytes behind each column */ };

/* Why a row is for the exact evaluator. */
enum exact_reason {
    EXACT_NOT,
    EXACT_TEXT,      /* a cell that is no plain text, or one that its fact does not allow */
    EXACT_TOO_LARGE, /* a number beyond what columns hold, or of more digits */
    EXACT_OPEN,      /* something unknown on which a value hangs more than once */
    EXACT_FAULT      /* a value may be a fault */
};

/* Where a row stands in the text at hand. */
struct row_text {
    uint32_t at, length;       /* without its line end */
    uint32_t id_at, id_length; /* of its id, quotes taken away, in the same text */
    uint32_t line;             /* lines before it in the text at hand */
};

struct block {
    size_t rows;
    void **numbers;   /* [input]: int32_t or int64_t; of a share its part */
    void **wholes;    /* [input]: of a share, else NULL */
    uint8_t **states; /* [input]: enum input_state */
    void *const
        *highs;     /* NULL; else [input]: where not NULL, `numbers` are low ends, and these the high ones */
    bool *open;     /* [input]: the state of some row is not INPUT_GIVEN; otherwise `states` is not read */
    uint8_t *exact; /* [row]: enum exact_reason */
    struct row_text *texts; /* [row] */
    void *memory;
};

struct block *block_new(const struct input *inputs, size_t count);
/* Before it is filled anew. */
void block_clear(struct block *block, size_t inputs);
void block_free(struct block *block);
#endif
