/* Where a batch writes: a file beside its target, which takes the target's place in the end, or standard output. */
#ifndef RUBRIC_CLI_BATCH_OUTPUT_H
#define RUBRIC_CLI_BATCH_OUTPUT_H
#include "base/io.h"
#include "cli/cli.h"

struct batch_output {
    const char *path; /* NULL: standard output */
    struct io_draft draft;
    bool open, lost;
    char *bytes; /* not yet written */
    size_t length;
};

/* False, and a message. `path` NULL: standard output. */
bool output_open(struct cli *cli, struct batch_output *output, const char *path);
void output_add(struct batch_output *output, const char *bytes, size_t length);
/* Puts the file in its place; false, and a message: it cannot be. */
bool output_keep(struct cli *cli, struct batch_output *output);
void output_drop(struct batch_output *output);
#endif
