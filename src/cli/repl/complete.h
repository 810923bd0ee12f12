/* What the word at a place of a line can be completed to: commands, names, values, and the words that the grammar goes on with. */
#ifndef RUBRIC_CLI_REPL_COMPLETE_H
#define RUBRIC_CLI_REPL_COMPLETE_H
#include "cli/repl/offer.h"

struct repl;

struct completions complete(const struct repl *repl, const char *text, size_t point);
#endif
