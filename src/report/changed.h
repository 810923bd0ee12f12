/* What was changed in a unit, in words. */
#ifndef RUBRIC_REPORT_CHANGED_H
#define RUBRIC_REPORT_CHANGED_H
#include "report/effect.h"

/* A fact or a judged score that is entered otherwise in a column. */
struct changed_entry {
    bool score;
    size_t slot, column;
    const struct given *before, *after;
};

struct changed_entries {
    VEC(struct changed_entry) list;
};

/* Facts before scores, in the order of the standard; what a later column takes over is not told again. */
struct changed_entries changed_find(const struct standard *standard, const struct unit *before, const struct unit *after);
/* Are they the same in what counts: state, value, evidence? */
bool changed_same(const struct given *before, const struct given *after);
/* Deep: sequences by what is in them. */
bool changed_same_value(const struct value *a, const struct value *b);
/* Of results: numbers by what they are, whatever else they could have been. */
bool changed_same_result(const struct value *a, const struct value *b);
const char *changed_name(const struct standard *standard, const struct changed_entry *entry);   /* as it is entered: "dues", "score a.b" */
/* What was given: "86/88", "unknown". */
const char *changed_given(const struct standard *standard, const struct changed_entry *entry, const struct given *given, enum lang lang);
/* Of a threshold or a definition: a threshold as its author wrote it. */
const char *changed_named(const struct view *view, const struct named_value *named);
/* "dues 86/88 → 84/88", with the column where there are several. */
const char *changed_text(const struct standard *standard, const struct changed_entry *entry, enum lang lang);
#endif
