/* The commands of the session. Each prints its answer to standard output, and reports what is wrong. */
#ifndef RUBRIC_CLI_REPL_COMMANDS_H
#define RUBRIC_CLI_REPL_COMMANDS_H
#include "cli/repl/session.h"

#define REPL(run, takes, optional, en, zh, en_takes, zh_takes, en_help, zh_help, en_text, zh_text) \
    void run(struct repl *repl, struct repl_input *input);
#include "cli/repl/commands.def"
#undef REPL

/* What is no command: its value, and whether it holds. */
void repl_expression(struct repl *repl, struct repl_input *input);
/* `?NAME` */
void repl_name(struct repl *repl, struct repl_input *input);
#endif
