/* The session from within: what the commands work on. */
#ifndef RUBRIC_CLI_REPL_SESSION_H
#define RUBRIC_CLI_REPL_SESSION_H
#include "base/io.h"
#include "cli/call.h"
#include "cli/options.h"
#include "cli/whatif.h"
#include "report/effect.h"
#include "report/say.h"
#include "whatif/scenario.h"

struct repl_command;

/* A line on its way to its command. */
struct repl_input {
    const struct repl_command *command; /* NULL: an expression, or a question about a name */
    const struct source *source;        /* the whole input */
    const char *word;                   /* the command as it was typed */
    bool forced;                        /* `!` behind it */
    const char *rest;                   /* what follows it, without blanks around */
    struct span span;                   /* of the rest; empty where there is none */
};

struct named_scenario {
    const char *name;
    const struct scenario *scenario;
    bool unnamed; /* nobody chose its name: the next name is for it */
    bool kept;    /* named, and not gone to since: a change begins another */
    const struct scenario_step *saved; /* the last step that a file holds; NULL: none does */
};

/* A file that was read, and how it was then. */
struct watched {
    const char *path;
    struct io_stamp stamp;
    bool changed; /* since it was read */
};

struct repl {
    struct cli *cli;
    const struct arguments *arguments;
    struct scoring_call asked;            /* day and thresholds of the call */
    const char *path, *id;                /* of the unit: its file, and in a table its name; NULL: none */
    const char *rules;                    /* the path of its standard; NULL: none */
    const struct facts_file *file;        /* NULL: a row of a table, or no unit */
    const struct standard *standard;      /* as loaded; NULL: none */
    const struct unit *unit;              /* as loaded: empty where there is no file */
    VEC(struct named_scenario) scenarios; /* the first is the unit as loaded */
    size_t at;                            /* the one that is worked in */
    struct outlook now;                   /* what that comes to; its evaluation is NULL where the unit is refused */
    struct lever_sayings sayings;         /* what is said of facts that may change */
    const struct reach *found;            /* the ways that were asked for last; NULL: none */
    const struct scenario *found_in;      /* … in this state */
    VEC(struct watched) watched;
    bool own_file;                        /* the session wrote the loaded file */
    bool numbered;                        /* lines come from a file: messages tell which */
    size_t lines_before;                  /* in it, before the input that is run */
    const struct source *input;           /* that one; NULL: none yet */
    bool leaving;
};

/* Reads a unit, and the standard that it names, else the session's; a path that ends in .rubric is a standard alone. `id` chooses a unit of a
 * table. False, with messages: the session is as it was, but knows what to read again. */
bool session_load(struct repl *repl, const char *path, const char *id);
/* What a scenario comes to. False, with messages: it cannot be, or its unit is refused. */
bool session_look(const struct repl *repl, const struct scenario *scenario, struct outlook *outlook, struct diags *diags);
/* … and what is to be remarked on the values that it sets thresholds to. */
bool session_try(const struct repl *repl, const struct scenario *scenario, struct outlook *outlook, struct diags *remarks,
                 struct diags *diags);
/* … and what it answers to questions of a line each: `standard->questions` of the outlook's standard, in their order. False, with messages:
 * it cannot be evaluated; what is wrong with a question is in its own messages. */
bool session_ask(const struct repl *repl, const struct scenario *scenario, const struct compile_question *questions, size_t count,
                 struct outlook *outlook, struct diags *diags);
struct compile_options session_options(const struct repl *repl, const struct scenario *scenario); /* its thresholds */
struct call session_call(const struct repl *repl, const struct scenario *scenario); /* its day */
const struct scenario *session_scenario(const struct repl *repl); /* the current one */
/* Another state of the current scenario; in the loaded one, and in one that is kept, a new scenario begins. */
void session_move(struct repl *repl, const struct scenario *scenario, const struct outlook *outlook);
/* In which column an entry goes: that of `column`, else the one that decides, or that it takes its entries from. Under a mix the first. */
size_t session_column(const struct repl *repl, const struct scenario *scenario);
/* Which of the files read has changed since; NULL: none. It is not told again. */
const char *session_changed_file(struct repl *repl);

/* A text that belongs to the input, at its place in the script. */
const struct source *session_source(const struct repl *repl, const char *name, const char *text);

/* ---- for commands */
void repl_report(struct repl *repl, struct diags *diags); /* to standard error */
struct page repl_page(struct str *out);
void repl_say(const char *text); /* a paragraph on standard output */
/* False, and a message: nothing is loaded. */
bool repl_needs_standard(struct repl *repl, const struct repl_input *input);
/* … or the unit is refused as it is. */
bool repl_needs_results(struct repl *repl, const struct repl_input *input);
#endif
