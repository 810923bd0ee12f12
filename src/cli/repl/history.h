/* The lines that were typed at the prompt, this time and before: $XDG_STATE_HOME/rubric/history, else ~/.local/state/rubric/history, for its
 * owner's eyes only. An entry is a line of the file; one of several lines is written with `\n` in it, and a backslash as two.
 * Sessions that run at once each append what they are given. What goes wrong with the file is told once and stops nothing. */
#ifndef RUBRIC_CLI_REPL_HISTORY_H
#define RUBRIC_CLI_REPL_HISTORY_H
#include "diag/diag.h"

enum { HISTORY_MAX = 1000 };

struct history {
    const char *path; /* NULL: there is none */
    bool told;        /* that it cannot be kept */
    VEC(const char *) entries; /* as read, the latest last */
    const char *latest;
};

/* What was typed before. A file that others may read is narrowed to its owner. */
void history_open(struct history *history, struct diags *diags);
/* False: it is not kept, since it is empty, begins with a blank or repeats the one before. */
bool history_add(struct history *history, const char *entry, struct diags *diags);
#endif
