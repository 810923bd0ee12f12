/* What narrows a value beyond its type, and how limits are shown. */
#ifndef RUBRIC_FACTS_LIMITS_H
#define RUBRIC_FACTS_LIMITS_H
#include "facts/reader.h"

/* In the field's own unit, whole if it counts, within its range, one of its values, on its steps. */
bool limits_number(struct reader *reader, const struct field *field, const struct ast *ast,
                   struct num number);
bool limits_date(struct reader *reader, const struct field *field, const struct ast *ast, int64_t day);
/* Elements, rows, months: `what` is a row of words.def. */
bool limits_count(struct reader *reader, const struct field *field, const struct ast *ast, size_t count,
                  const char *what);
bool limits_length(struct reader *reader, const struct field *field, const struct ast *ast,
                   size_t characters);

/* A number of the field as a reader knows it: with its unit, as a percentage, as a date. */
const char *limits_show(const struct field *field, struct num number);
#endif
