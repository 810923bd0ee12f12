/* What a call says of the facts and scores that may change: which are fixed, which way they go, what a change costs. */
#ifndef RUBRIC_CLI_LEVER_RULES_H
#define RUBRIC_CLI_LEVER_RULES_H
#include "diag/diag.h"
#include "whatif/levers.h"

enum lever_word { LEVER_LOCK, LEVER_GROW, LEVER_FALL, LEVER_COST };

struct lever_saying {
    enum lever_word word;
    const char *name; /* of a fact, the path of a judged criterion, perhaps behind `score` */
    const char *cost; /* LEVER_COST: as written */
};

struct lever_sayings {
    VEC(struct lever_saying) list;
};

/* A fact, or the first judged score of a criterion; false: neither, and a message says what is near. */
bool lever_named(const struct standard *standard, const char *name, struct diags *diags, enum hole_kind *kind, size_t *slot);
/* Behind the most words that are one name, since labels have blanks; behind the first where none are. */
size_t lever_name_end(const struct standard *standard, const char *text);

struct lever_names {
    VEC(const char *) list;
};

/* Several names at once, between commas of either tongue, or between blanks too. What is one name, commas and all, is one. */
struct lever_names lever_names(const struct standard *standard, const char *text, bool blanks);
/* Later sayings win. False: something in them is wrong. */
bool lever_rules_make(const struct standard *standard, const struct lever_sayings *sayings, struct diags *diags,
                      struct lever_rules *rules);
#endif
