/* The interactive session: a unit, what was changed in it, and the commands that ask about it. Works without a terminal; terminal.h reads lines from
 * one. Lives in collected memory. What is wrong with a line is reported; the session goes on. */
#ifndef RUBRIC_CLI_REPL_REPL_H
#define RUBRIC_CLI_REPL_REPL_H
#include "cli/options.h"
#include "core/standard.h"

struct repl;

/* Reads the unit and the standard that the call names, and reports what is wrong with them. */
struct repl *repl_new(struct cli *cli, const struct arguments *arguments);
/* One complete input, perhaps of several lines. False: leave. */
bool repl_line(struct repl *repl, const char *text);
/* The next input stands behind so many lines of a script that has a file. */
void repl_line_at(struct repl *repl, size_t lines_before);
const char *repl_prompt(const struct repl *repl, bool more);

/* What completion reads; NULL where nothing is loaded. */
const struct standard *repl_standard(const struct repl *repl);
size_t repl_scenario_count(const struct repl *repl);
const char *repl_scenario_name(const struct repl *repl, size_t place);
enum lang repl_lang(const struct repl *repl);
#endif
