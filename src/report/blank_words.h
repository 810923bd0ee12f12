/* What may be entered for a fact, in words: "a share, such as 86 of 88 or 97.7%; evidence …". Texts are fresh. */
#ifndef RUBRIC_REPORT_BLANK_WORDS_H
#define RUBRIC_REPORT_BLANK_WORDS_H
#include "core/standard.h"
#include "diag/diag.h"

/* A fact, an element of a list; the columns of a table are left to the caller. */
const char *blank_words(const struct standard *standard, const struct field *field, enum lang lang);
const char *blank_column_words(const struct standard *standard, const struct field *field, enum lang lang);
/* The same of a score that somebody enters. */
const char *blank_judged_words(const struct standard *standard, const struct judged *judged, enum lang lang);
#endif
