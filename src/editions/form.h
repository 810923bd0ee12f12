/* The normal form of what standards work out: one number for all nodes, of one standard or of several, that come to the same whatever a
 * unit reports. Facts, scores and thresholds that are not set go by their names; sums, products and the like by their terms in any order.
 * For this folder alone. */
#ifndef RUBRIC_EDITIONS_FORM_H
#define RUBRIC_EDITIONS_FORM_H
#include "core/standard.h"

struct forms { struct map numbers; }; /* form → its number, and one */

/* By what the facts, judged scores and thresholds that are not set go, [slot]: one text for what is one in several standards. */
struct form_keys { const char **facts, **scores, **settings; };

/* [node id]. */
const size_t *forms_number(struct forms *forms, const struct standard *standard, const struct form_keys *keys);

/* Does whatever may be written for both mean the same: kind, unit, symbols by name and label, how it is read? Which values each allows is
 * another matter. */
bool form_fields_alike(const struct standard *old, const struct field *a, const struct standard *new, const struct field *b);
const char *form_of_limits(const struct standard *standard, const struct field *field); /* which values may be reported */
const char *form_of_value(const struct value *value);
const char *form_of_silence(const struct field *field);      /* what counts where nothing, or nothing proved, is reported */
/* What a judged score goes by: its criterion by the path given, its branch, what may be entered. */
const char *form_of_judged(const struct standard *standard, size_t slot, const char *path);
#endif
