/* Declaring and finding names. Facts, thresholds, definitions, ladders and top-level parts share one name
 * space. */
#ifndef RUBRIC_SEMA_NAMES_H
#define RUBRIC_SEMA_NAMES_H
#include "sema/sema.h"

/* A name space: from text to what was declared there. Declaring a name twice is reported at the second
 * place; false then. */
bool names_declare(struct sema *sema, struct map *space, const char *name, struct span span, void *value);
void *names_find(const struct map *space, const char *name);

/* Collects what all declarations name, parts and columns excepted. */
void names_collect(struct sema *sema);
/* in the shared name space, or NULL */
struct entity *names_entity(const struct sema *sema, const char *name);
struct entity *names_add_entity(struct sema *sema, struct entity entity); /* NULL if the name is taken */

/* "I know no NAME", with the nearest name that could stand there and hidden keywords pointed out. NULL:
 * nothing is said, since the name may have been declared where the text could not be read. */
struct diag *names_report_unknown(const struct scope *scope, const char *name, struct span span,
                                  const struct type *wanted);
/* The same for a name of one name space; `code` has the name as its first argument. */
void names_report_missing(struct sema *sema, enum diag_code code, const struct map *space, const char *name,
                          struct span span);
/* The same for a name of the shared space that is to be of one kind. */
void names_report_kind(struct sema *sema, enum diag_code code, enum entity_kind kind, const char *name,
                       struct span span);
#endif
