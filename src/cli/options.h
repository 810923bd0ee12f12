/* The command line: which command, which options, which names. Options may stand anywhere before `--`; values follow after `=` or a blank. */
#ifndef RUBRIC_CLI_OPTIONS_H
#define RUBRIC_CLI_OPTIONS_H
#include "cli/cli.h"

enum command_bit {
    FOR_EVAL = 1,
    FOR_CHECK = 2,
    FOR_STAGES = 4,
    FOR_RANK = 8,
    FOR_REPL = 16,
    FOR_REACH = 32,
    FOR_RISK = 64,
    FOR_SWEEP = 128,
    FOR_TORNADO = 256,
    FOR_EXPLAIN = 512,
    FOR_BATCH = 1024,
    FOR_FMT = 2048,
    FOR_TEST = 4096,
    FOR_PROVE = 8192,
    FOR_FLATTEN = 16384,
    FOR_DIFF = 32768,
    FOR_NEW = 65536,
    FOR_COMPLETION = 131072,
    FOR_MAN = 262144,
    FOR_WHATIF = FOR_REACH | FOR_RISK | FOR_SWEEP | FOR_TORNADO,
    FOR_UNITS = FOR_EVAL | FOR_STAGES | FOR_RANK | FOR_REPL | FOR_WHATIF,
    FOR_DATA = (FOR_UNITS & ~FOR_REPL) | FOR_CHECK | FOR_TEST | FOR_PROVE | FOR_DIFF, /* can write JSON */
    FOR_SCORING = FOR_UNITS | FOR_BATCH,
    FOR_ALL = FOR_SCORING | FOR_CHECK | FOR_EXPLAIN | FOR_FMT | FOR_TEST | FOR_PROVE | FOR_FLATTEN | FOR_DIFF |
              FOR_NEW | FOR_COMPLETION | FOR_MAN
};
enum option_kind { FLAG, ONE, MANY };

enum option {
#define OPTION(id, name, commands, kind, en_value, zh_value, word, en, zh) OPTION_##id,
#include "cli/options.def"
#undef OPTION
    OPTION_COUNT
};

struct option_row {
    const char *name;
    unsigned commands;
    enum option_kind kind;
    const char *value[2], *word, *help[2]; /* by enum lang; `word` names what follows in messages */
};

struct arguments;

struct command {
    const char *name;
    void (*run)(struct cli *cli, const struct arguments *arguments);
    unsigned bit;
    const char *takes[2], *word, *offers, *summary[2], *text[2]; /* word NULL: it may stand alone */
};

/* `-o`, short for an option of some commands. */
struct option_letter {
    char letter;
    enum option option;
};

struct values {
    VEC(const char *) list;
};

struct arguments {
    const struct command *command;
    struct values options[OPTION_COUNT]; /* as given; of a flag an empty text */
    VEC(const char *) names;             /* what is no option: files */
};

extern const struct option_row option_rows[OPTION_COUNT];
extern const struct command commands[];
extern const size_t command_count;
extern const struct option_letter option_letters[];
extern const size_t option_letter_count;

const struct command *command_find(const char *name);
/* False with diagnostics. `argv` begins behind the command. */
bool options_read(const struct command *command, int argc, char **argv, struct arguments *arguments,
                  struct diags *diags);
bool options_has(const struct arguments *arguments, enum option option);
/* The first; NULL where it is not given. */
const char *options_value(const struct arguments *arguments, enum option option);
/* The file that is written; NULL: standard output, for which `-` stands too. */
const char *options_output(const struct arguments *arguments, enum option option);
/* What is written beside standard output cannot go there. */
void options_want_file(const struct arguments *arguments, enum option option, struct diags *diags);
bool options_name_input(const struct arguments *arguments); /* one of its files is `-` */
/* What stands between the commas of a value. */
struct option_names {
    VEC(const char *) list;
};
struct option_names options_names(const char *value);
const char *options_dashed(enum option option); /* "--json" */
bool option_is_of(enum option option, const struct command *command);
/* The letter that is short for it; 0: none. */
char option_letter(enum option option);
/* The values of an option that takes one of a few; none: it takes any. */
struct option_names option_values(enum option option);
/* What stands between the blanks of `offers`. */
struct option_names command_offers(const struct command *command);
#endif
