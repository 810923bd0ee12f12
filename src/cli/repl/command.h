/* The table of the session's commands: commands.def, for those who look one up. */
#ifndef RUBRIC_CLI_REPL_COMMAND_H
#define RUBRIC_CLI_REPL_COMMAND_H
#include <stdbool.h>
#include <stddef.h>

struct repl;
struct repl_input;

/* What completion asks about. */
enum repl_takes {
    TAKES_NOTHING,
    TAKES_ENTRY,     /* NAME = VALUE */
    TAKES_FACT,      /* a fact or a judged score that can be entered */
    TAKES_RESULT,    /* a part, total, grade, a show … */
    TAKES_GOAL,      /* a grade, a qualification, eligible */
    TAKES_WORD,      /* a command, or a name of the standard */
    TAKES_SCENARIO,
    TAKES_COLUMN,
    TAKES_DAY,
    TAKES_FILE,
    TAKES_TEXT
};

struct repl_command {
    const char *words[2];     /* by enum lang: its spellings, separated by ", "; the first is the one that is written */
    void (*run)(struct repl *repl, struct repl_input *input);
    enum repl_takes takes;
    bool optional;            /* what it takes may be left out */
    const char *arguments[2], *summary[2], *text[2];
};

extern const struct repl_command repl_commands[];
extern const size_t repl_command_count;

/* The command of this name in either tongue; NULL. */
const struct repl_command *repl_command_find(const char *word);
/* The one whose name is most like it; NULL. */
const char *repl_command_nearest(const char *word);
#endif
