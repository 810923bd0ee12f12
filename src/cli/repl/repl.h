/* The interactive session: a unit, what was changed in it, and the commands that ask about it. Works without a terminal; terminal.h reads lines from
 * one. Lives in collected memory. What is wrong with a line is reported; the session goes on. */
#ifndef RUBRIC_CLI_REPL_REPL_H
#define RUBRIC_CLI_REPL_REPL_H
#include "cli/options.h"

struct repl;

/* Reads the unit and the standard that the call names, and reports what is wrong with them. */
struct repl *repl_new(struct cli *cli, const struct arguments *arguments);
/* One complete input, perhaps of several lines. False: leave. */
bool repl_line(struct repl *repl, const char *text);
const char *repl_prompt(const struct repl *repl, bool more);

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

struct repl_input;

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

/* What completion reads; NULL where nothing is loaded. */
const struct standard *repl_standard(const struct repl *repl);
size_t repl_scenario_count(const struct repl *repl);
const char *repl_scenario_name(const struct repl *repl, size_t place);
enum lang repl_lang(const struct repl *repl);
#endif
