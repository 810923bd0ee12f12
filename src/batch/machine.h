/* Runs a program on a block: all its columns, a block at a time. A thread has its own; nothing is allocated while it runs. */
#ifndef RUBRIC_BATCH_MACHINE_H
#define RUBRIC_BATCH_MACHINE_H
#include "batch/block.h"
#include "batch/can.h"
#include "batch/program.h"

/* [row]. Of a row that is for the exact evaluator it means nothing. */
struct results {
    const int64_t *low,
        *high; /* both ends, reached; the same array where all rows are known; NULL of a truth */
    const int64_t *whole_low, *whole_high; /* of a quotient, what its ends are over; else NULL */
    const uint8_t *can;                    /* NULL: a number alone, in every row */
};

struct machine;

/* The caller keeps the program: the collector does not find it here. NULL: no memory. */
struct machine *machine_new(const struct program *program);
/* The same for blocks of no more rows than that. */
struct machine *machine_for_rows(const struct program *program, size_t rows);
void machine_free(struct machine *machine);
/* Rows that turn out to be for the exact evaluator are marked in the block. */
void machine_run(struct machine *machine, struct block *block);
struct results machine_output(const struct machine *machine, size_t output);
#endif
