/* A table whose rows come one by one from a CSV file. Functions that read return false once they have reported what is wrong. */
#ifndef RUBRIC_FACTS_SHEET_H
#define RUBRIC_FACTS_SHEET_H
#include "facts/csv.h"
#include "facts/reader.h"

struct sheet;

/* `apart`: a column of the file that is none of the table's. NULL: the head is wrong. */
struct sheet *sheet_start(struct reader *reader, const struct field *field, const struct csv_row *head,
                         size_t apart);
void sheet_clear(struct sheet *sheet);
bool sheet_add(struct sheet *sheet, const struct csv_row *row);
/* The rows since it was cleared, whose number is checked; messages stand at `at`. */
bool sheet_value(struct sheet *sheet, struct span at, struct value *value);
#endif
