/* What a call reads is not what it writes over. */
#ifndef RUBRIC_CLI_GUARD_H
#define RUBRIC_CLI_GUARD_H
#include "base/io.h"
#include "cli/cli.h"

/* False with a message: `output` is one of the files that were `read`, by whatever path. NULL is standard output. */
bool guard_output(struct cli *cli, const char *output, const struct io_names *read);
#endif
