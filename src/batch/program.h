/* A standard as operations on columns: what is asked of every unit of a batch, compiled from the core IR. Numbers are whole, times a scale of
 * their own; quotients are kept as two numbers. What is unknown is a range in two columns. Immutable; lives in collected memory, and threads
 * read it. What does not fit columns is told in `misfit`; the caller then evaluates row by row. */
#ifndef RUBRIC_BATCH_PROGRAM_H
#define RUBRIC_BATCH_PROGRAM_H
#include "batch/input.h"

struct batch_question {
    const struct standard *standard;
    bool has_on; /* `--on` */
    int64_t on;
    const struct ir_node *const
        *asked; /* in the context that decides; their values are the outputs, in this order */
    size_t asked_count;
    const struct ir_node *const *guarded; /* a fault in one of these refuses the unit */
    size_t guarded_count;
};

struct misfit {
    const struct ir_node *node; /* NULL: everything fits */
    const char *why;            /* a word of words.def, starting with @ */
};

enum output_kind { OUTPUT_NUMBER, OUTPUT_TRUTH, OUTPUT_CHOICE };

struct output {
    enum output_kind kind;
    int64_t scale;               /* a number is held times this; 0: it is a quotient, not in lowest terms */
    const struct choice *choice; /* OUTPUT_CHOICE */
};

struct program;

const struct program *program_new(const struct batch_question *question, struct misfit *misfit);
const struct input *program_inputs(const struct program *program, size_t *count);
const struct output *program_outputs(const struct program *program, size_t *count);
#endif
