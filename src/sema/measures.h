/* Units of measure as the author declares and mixes them. */
#ifndef RUBRIC_SEMA_MEASURES_H
#define RUBRIC_SEMA_MEASURES_H
#include "core/measure.h"
#include "sema/sema.h"

void measures_declare(struct sema *sema); /* all `unit` declarations */
/* As an argument of a message; NULL: "@plain". */
const char *measures_word(const struct measure *unit);
/* The node in that unit; a plain number stays as it is, to be read in that unit. NULL and a message at
 * `span` if the units differ in kind. */
struct ir_node *measures_convert(struct sema *sema, struct ir_node *node, const struct measure *to,
                                 struct span span);
#endif
