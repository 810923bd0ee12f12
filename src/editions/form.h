/* The normal form of what standards work out: one number for all nodes, of one standard or of several, that come to the same whatever a
 * unit reports. Facts, scores and thresholds that are not set go by their names; sums, products and the like by their terms in any order.
 * For this folder alone. */
#ifndef RUBRIC_EDITIONS_FORM_H
#define RUBRIC_EDITIONS_FORM_H
#include "core/standard.h"

struct forms { struct map numbers; }; /* form → its number, and one */

/* What goes by another name in the other standard: own name → that one. */
struct form_names { struct map facts, scores, settings; };

/* [node id]. What differs in limits alone is one fact: of a unit that both standards accept it says the same. `names` NULL: its own. */
const size_t *forms_number(struct forms *forms, const struct standard *standard, const struct form_names *names);

/* What is said of a fact's declaration, so that two can be told apart. */
const char *form_of_values(const struct standard *standard, const struct field *field); /* kind, unit, symbols, how a value is read */
const char *form_of_limits(const struct standard *standard, const struct field *field); /* which values may be reported */
const char *form_of_value(const struct value *value);
bool form_same_symbol(const struct symbol *a, const struct symbol *b); /* by the label; without one by the name */
const char *form_of_silence(const struct field *field);      /* what counts where nothing, or nothing proved, is reported */
/* What a judged score goes by: its criterion, its branch, what may be entered. */
const char *form_of_judged(const struct standard *standard, size_t slot, const struct form_names *names);
#endif
