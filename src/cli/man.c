#include "cli/commands.h"
void man_run(struct cli *cli, const struct arguments *arguments) { (void)cli; (void)arguments; }
