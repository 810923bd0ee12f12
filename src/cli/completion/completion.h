/* Completion scripts, made from the tables of commands and options. What they offer is what the program takes. */
#ifndef RUBRIC_CLI_COMPLETION_COMPLETION_H
#define RUBRIC_CLI_COMPLETION_COMPLETION_H
#include "base/str.h"
#include "cli/options.h"

/* What may stand in one place. */
struct offers {
    struct option_names words; /* these: values, words that come first, codes */
    bool first;                /* the words stand at the first place only */
    bool files;
    struct option_names endings; /* of files; none: any */
};

struct offers offers_of_value(enum option option);
struct offers offers_of_command(const struct command *command);

void completion_bash(struct str *out);
void completion_zsh(struct str *out);
void completion_fish(struct str *out);

/* ---- what the three share */

/* The words parted by `between`, each behind `before`. */
const char *completion_list(const struct option_names *words, const char *before, const char *between);
/* "--lang", and "-o" where there is such a letter. */
struct option_names completion_spellings(enum option option);
/* The summary of the command that is none: help. */
extern const char *const completion_help[2], *const completion_version[2];
#endif
