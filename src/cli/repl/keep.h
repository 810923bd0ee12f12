/* What was done at the prompt, written: as a facts file, as a test. */
#ifndef RUBRIC_CLI_REPL_KEEP_H
#define RUBRIC_CLI_REPL_KEEP_H
#include "cli/repl/session.h"
#include "report/changed.h"

/* The text of a facts file that gives the unit as it now is. keep_edited: the loaded file with what was changed put in; keep_whole: made anew. */
const char *keep_edited(const struct repl *repl, const char *path);
const char *keep_whole(const struct repl *repl, const char *path);
/* The last step that entered it; NULL: it is as loaded. */
const struct scenario_step *keep_step(const struct repl *repl, const struct changed_entry *entry);
/* "dues = 86 of 88", with what stands behind it. */
const char *keep_line(const struct repl *repl, const struct changed_entry *entry);
/* Blocks for the columns from `first` to `last`, with what was entered in each. */
void keep_reviews(const struct repl *repl, struct str *out, size_t first, size_t last);

/* False, with a message: it cannot be written. */
bool keep_write(struct repl *repl, const char *path, const char *text);

/* save test "…": keep_test.c */
void keep_test(struct repl *repl, struct repl_input *input);
#endif
