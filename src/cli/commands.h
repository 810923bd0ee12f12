/* The commands: each does its work and leaves its exit code in `cli`. */
#ifndef RUBRIC_CLI_COMMANDS_H
#define RUBRIC_CLI_COMMANDS_H
#include "cli/options.h"

void eval_run(struct cli *cli, const struct arguments *arguments);
void rank_run(struct cli *cli, const struct arguments *arguments);
void check_run(struct cli *cli, const struct arguments *arguments);
void fmt_run(struct cli *cli, const struct arguments *arguments);
void explain_run(struct cli *cli, const struct arguments *arguments);
void stages_run(struct cli *cli, const struct arguments *arguments);
void batch_run(struct cli *cli, const struct arguments *arguments);
void diff_run(struct cli *cli, const struct arguments *arguments);
void flatten_run(struct cli *cli, const struct arguments *arguments);
void prove_run(struct cli *cli, const struct arguments *arguments);
void test_run_command(struct cli *cli, const struct arguments *arguments);
void new_run(struct cli *cli, const struct arguments *arguments);
void completion_run(struct cli *cli, const struct arguments *arguments);
void man_run(struct cli *cli, const struct arguments *arguments);
void repl_run(struct cli *cli, const struct arguments *arguments);

void reach_run(struct cli *cli, const struct arguments *arguments);
void risk_run(struct cli *cli, const struct arguments *arguments);
void sweep_run(struct cli *cli, const struct arguments *arguments);
void tornado_run(struct cli *cli, const struct arguments *arguments);

void help_overview(FILE *stream, enum lang lang);
void help_command(const struct command *command, enum lang lang);
/* What the manual page says, too, by enum lang. */
extern const char *const help_opening[2], *const help_exit_codes[2];
const char *help_usage(const struct command *command, enum lang lang); /* "rubric eval UNITS…" */
#endif
