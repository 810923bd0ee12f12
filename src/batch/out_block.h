/* The rows of a block as text, and counted. What a known value looks like is worked out once by out_row and kept, since most units say one of a few
 * things; the rest is written as any row is. Plain memory; a thread has its own. */
#ifndef RUBRIC_BATCH_OUT_BLOCK_H
#define RUBRIC_BATCH_OUT_BLOCK_H
#include "batch/machine.h"
#include "batch/out_row.h"
#include "batch/stream.h"
#include "batch/tally.h"

/* How the values that were asked for are counted, by what is asked. */
struct counting {
    const size_t *places; /* as tally_new wants them */
    size_t count;
    size_t total; /* whose known values are put into bins up to `most`, held like it; SIZE_MAX: none */
    int64_t most;
};

struct block_writer;

/* Everything passed must stay. NULL: no memory. */
struct block_writer *block_writer_new(const struct row_form *form, const struct program *program,
                                      const struct counting *counting);
void block_writer_free(struct block_writer *writer);
/* Once the machine has run on the block. Rows for the exact evaluator leave a gap. */
void block_write(struct block_writer *writer, const struct machine *machine, const struct block *block,
                 struct chunk *chunk);
const struct tally *block_writer_tally(const struct block_writer *writer);
#endif
