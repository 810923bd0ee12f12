/* What a word may be completed to, of each kind of thing: names of the standard, values, files. Those that begin as the word does are offered; in
 * a second, loose search those whose label does, or the last part of whose path. A name that is a keyword is offered in backquotes; what
 * holds control characters is not offered at all. */
#ifndef RUBRIC_CLI_REPL_OFFER_H
#define RUBRIC_CLI_REPL_OFFER_H
#include <stdbool.h>
#include <stddef.h>
#include "base/vec.h"
#include "core/standard.h"
#include "diag/diag.h"

/* Words come in the order in which they are listed, each once, and hold no control characters. */
struct completions {
    VEC(const char *) words;
    size_t start; /* where in the text the word begins that they replace */
    bool blank;   /* a blank belongs behind the word if it is the only one */
};

struct offer {
    const struct standard *standard; /* NULL: no names of a standard */
    const char *head;                /* as typed */
    enum lang lang;                  /* for words that have no beginning yet */
    bool loose;
    struct completions *found;
};

void offer_word(struct offer *offer, const char *word);                       /* as it stands */
void offer_name(struct offer *offer, const char *name, const char *label);    /* label NULL: none */
void offer_keyword(struct offer *offer, const char *english);                 /* in each tongue */

void offer_facts(struct offer *offer);
void offer_sources(struct offer *offer);        /* what holds many: tables and their columns, lists, parts */
void offer_judged(struct offer *offer);
void offer_parts(struct offer *offer);          /* inside the part that is typed so far; those deeper down in a loose search */
void offer_declared(struct offer *offer, bool thresholds_only);
void offer_results(struct offer *offer);        /* total, grade, outcomes, shows */
void offer_qualifications(struct offer *offer);
void offer_grades(struct offer *offer);
void offer_columns(struct offer *offer);
void offer_table_columns(struct offer *offer);
void offer_predefined(struct offer *offer, bool of_rows); /* values and functions that everyone knows */
/* The values of the fact, the column of a table or the grade of this name that can be told by name. */
void offer_symbols(struct offer *offer, const char *name);
/* With what a value of the fact can begin. */
void offer_values(struct offer *offer, const char *name);
/* Folders, and files that end in one of these, which end with NULL; in quotes where one is open, or where a name has blanks. */
void offer_files(struct offer *offer, const char *const *endings, bool quoted);
#endif
