/* Steps made of lines, and taken. */
#ifndef RUBRIC_CLI_REPL_EDIT_H
#define RUBRIC_CLI_REPL_EDIT_H
#include "cli/repl/session.h"

/* The step that a line `set …` or `unset …` asks for, in the scenario as it stands. NULL, with messages: none. */
const struct scenario_step *edit_set(const struct repl *repl, const struct scenario *scenario, const struct source *line, struct diags *diags);
/* The same of an entry, in a column. */
const struct scenario_step *edit_set_in(const struct repl *repl, const struct scenario *scenario, size_t column, const struct source *line,
                                        struct diags *diags);
const struct scenario_step *edit_unset(const struct repl *repl, const struct scenario *scenario, const struct repl_input *input,
                                       struct diags *diags);
/* The same step in another reading of the unit. NULL, with messages: it does not fit there. */
const struct scenario_step *edit_again(const struct repl *repl, const struct scenario *scenario, const struct scenario_step *step,
                                       struct diags *diags);
/* Does the scenario stand as the step would have it? change.c */
bool edit_is_idle(const struct scenario *scenario, const struct scenario_step *step);
/* What was changed between two states: facts, scores, thresholds, day, column; a line each. change.c */
void change_lines(const struct repl *repl, struct page *page, const struct outlook *before, const struct outlook *after);
/* The same with what it comes to, behind a line of its own where `head` is given; to standard output. change.c */
void edit_tell(const struct repl *repl, const char *head, const struct outlook *before, const struct outlook *after);
/* The text of a span as it was typed, white space and all. */
const char *edit_text(struct span span);
#endif
