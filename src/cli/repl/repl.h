/* The commands behind the prompt. */
#ifndef RUBRIC_CLI_REPL_REPL_H
#define RUBRIC_CLI_REPL_REPL_H
#include "cli/options.h"
#include "core/standard.h"

struct repl;
struct repl *repl_new(struct cli *cli, const struct arguments *arguments);
bool repl_line(struct repl *repl, const char *text);
bool repl_is_whole(const struct repl *repl, const char *text);
const char *repl_prompt(const struct repl *repl, bool more);
struct cli *repl_cli(const struct repl *repl);
const struct standard *repl_standard(const struct repl *repl);
#endif
