#include "cli/commands.h"
void completion_run(struct cli *cli, const struct arguments *arguments) { (void)cli; (void)arguments; }
void man_run(struct cli *cli, const struct arguments *arguments) { (void)cli; (void)arguments; }
