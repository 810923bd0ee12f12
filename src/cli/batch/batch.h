/* A batch under way: what its files share. */
#ifndef RUBRIC_CLI_BATCH_BATCH_H
#define RUBRIC_CLI_BATCH_BATCH_H
#include "batch/out_block.h"
#include "batch/tally.h"
#include "cli/batch/columns.h"
#include "cli/batch/input.h"
#include "cli/batch/output.h"
#include "cli/batch/progress.h"
#include "eval/scorer.h"

struct batch_sum {
    struct num low, high;
};

struct batch {
    struct cli *cli;
    const struct arguments *arguments;
    const struct standard *standard;
    struct call call;
    struct batch_input input;
    struct inflow_state state; /* of the input, as far as the rows at hand: threads may have read on */
    struct batch_columns columns;
    struct row_form form;
    struct batch_output out, errors; /* `errors` is not open without `--errors` */
    bool errors_begun;
    struct progress progress;
    bool encoding_told, strict, json;
    size_t threads;

    /* The exact evaluator, and what it found for the row at hand: by what is asked. */
    struct scorer *scorer;
    struct value *values;
    bool *exact;
    struct row_out text;

    /* What all rows come to. */
    size_t total, grade, eligible;   /* among what is asked; ASKED_NOTHING where the standard has none */
    VEC(const struct part *) losing; /* with `--stats`: criteria, and where each is among what is asked */
    VEC(size_t) losing_asked;
    struct tally *tally;
    struct batch_sum *sums; /* by what is asked: of what the exact evaluator found */
    uint64_t refused, told,
        untold;          /* rows; rows of which something was said; refused rows of which nothing was */
    uint64_t read;       /* rows, so far */
    uint64_t row_by_row; /* scored by the exact evaluator */
    const char *why;     /* … all rows are; NULL: those alone that columns leave */
    bool stopped;        /* by `--strict`, or since nothing more can be written */
};

/* exact.c: a row through the reader of facts and the evaluator, to the output or to those that are refused. */
void exact_start(struct batch *batch);
void exact_row(struct batch *batch, const struct text_row *text);
void exact_end(struct batch *batch);

/* columnar.c: all rows, by columns where these do. False: by columns nothing can be done, and no row was read. */
bool columnar_run(struct batch *batch, size_t threads);

/* start.c: once there is something to tell. */
void batch_tell_encoding(struct batch *batch);
void batch_show_progress(struct batch *batch);

/* totals.c: which values are counted, and what is said of them in the end. */
void totals_ask(struct batch *batch);
void totals_start(struct batch *batch);
void totals_add(struct batch *batch); /* the row at hand */
void totals_tell(struct batch *batch);
struct counting totals_counting(const struct batch *batch, const struct program *program);
void totals_merge(struct batch *batch, const struct tally *tally, const struct program *program);
#endif
