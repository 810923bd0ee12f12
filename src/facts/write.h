/* Texts of facts files: what is written here is read as what it was. Texts are fresh. */
#ifndef RUBRIC_FACTS_WRITE_H
#define RUBRIC_FACTS_WRITE_H
#include "core/unit.h"

const char *write_string(const char *text);              /* "in quotes" */
const char *write_name(const char *name);                /* in backquotes where it would be read as something else */
const char *write_path(const char *path);                /* a.b, each name likewise */
/* A value by itself: what is known of it in the field's own words; `unknown` where it is not one value. */
const char *write_value(const struct field *field, const struct value *value);
/* Has a facts file words for it? A number has an end there, or is a share: a part of a whole. */
bool write_can(const struct type *type, const struct value *value);
/* What was given, as its author wrote it in a cell of a table of units. */
const char *write_cell(const struct field *field, const struct given *given);
/* ` evidence "a.pdf" "remark"`: what stands behind a value; "" for nothing. */
const char *write_proofs(const struct given *given);
#endif
