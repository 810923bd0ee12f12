/* Values for the eye, in the language of the report. What is printed never crosses a threshold: where decimals are cut, "…" says so.
 * Texts are fresh. Words of authors stand in them as written: the page that prints them makes them visible. */
#ifndef RUBRIC_REPORT_VALUES_H
#define RUBRIC_REPORT_VALUES_H
#include "core/unit.h"
#include "diag/diag.h"

const char *values_number(struct num number);       /* exact up to four decimals, else two and "…" */
const char *values_count(int64_t count);            /* of things or days: "12" */
const char *values_percent(struct num number);      /* of a share: "97.72…%" */
const char *values_date(int64_t date);              /* "2017-04-25" */
const char *values_period(struct period period);    /* "2017", or both ends */
const char *values_rung(const struct symbol *rung); /* name and label: "B+ 良好" */
const char *values_rungs(const struct choice *grades, struct range range); /* "C – B+ 良好" */
const char *values_symbol(const struct symbol *symbol);                    /* its label, else its name */

/* A number with its unit, a range "71 – 86", a date, a choice by label, yes or no, months, n/a, "unknown". */
const char *values_of(const struct type *type, const struct value *value, enum lang lang);
/* Without the ends at which the calendar ends: a date that is not known has none. */
struct range values_open_ends(const struct type *type, struct range range);
/* Points: two decimals, unless they lie on a grid (`exactly`), then all of them. */
const char *values_points(const struct value *value, bool exactly, enum lang lang);
const char *values_percentage(const struct value *value, enum lang lang); /* of a rate or share */

/* What was given for a fact: "86/88 = 97.72…%"; `brief` leaves out the percentage. Unknown where nothing counts as given. */
const char *values_given(const struct field *field, const struct given *given, bool brief, enum lang lang);

const char *values_minus(const char *number); /* with a minus in front, "0" as it is */
#endif
