/* What stands behind a command and is no option, where the command takes words and so many names. */
#ifndef RUBRIC_CLI_OPERANDS_H
#define RUBRIC_CLI_OPERANDS_H
#include "cli/options.h"

/* Is the first one of the words that the command offers? Else a message. */
bool operands_start(struct cli *cli, const struct arguments *arguments);
/* Are there at most so many? Else a message. `called`: "new unit", the command as it was called. */
bool operands_end(struct cli *cli, const struct arguments *arguments, const char *called, size_t most);
#endif
