#ifndef RUBRIC_CLI_REPL_SESSION_H
#define RUBRIC_CLI_REPL_SESSION_H
#include "cli/repl/repl.h"
#include "core/standard.h"
struct repl { struct cli *cli; const struct standard *standard; };
void repl_error(struct repl *repl, struct diags *diags);
#endif
