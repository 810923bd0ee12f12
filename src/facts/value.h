/* A value as written → what is known of it, by the declaration of its fact, column or element. Also used for values inside a standard
 * (`otherwise V`, `within A..B`). */
#ifndef RUBRIC_FACTS_VALUE_H
#define RUBRIC_FACTS_VALUE_H
#include "core/measure.h"
#include "core/value.h"
#include "diag/diag.h"
#include "syntax/ast.h"

/* False, and a message at the value, if the field does not allow it. Numbers come in the field's own unit; `unknown` gives the field's bounds.
 * Limits that name other facts are not checked here. Documents are given by their length or found beside the file that names them. */
bool facts_value(const struct ast *ast, const struct field *field, struct map *measures, struct diags *diags,
                 struct value *value);
#endif
