/* Lines that call things by their labels, as they would stand with names. */
#ifndef RUBRIC_CLI_REPL_CALLED_H
#define RUBRIC_CLI_REPL_CALLED_H
#include "cli/repl/session.h"

/* A line `set …`: the label of a fact, a threshold or, behind `score`, a criterion gives way to its name, and the label of a choice's value
 * stands in quotes. The line itself where there is none. NULL, with a message: a label of several. */
const struct source *called_set(const struct repl *repl, const struct source *line, struct diags *diags);
/* What `unset` names, without the word before it: the name; as typed where nothing is called that. NULL, with a message: a label of several. */
const char *called_name(const struct repl *repl, unsigned kinds, const char *text, struct diags *diags);
/* What is no command: the label of a fact, a threshold or an outcome alone gives way to its name. */
const struct source *called_alone(const struct repl *repl, const struct source *line);
#endif
