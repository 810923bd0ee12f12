/* Tables of many units, each in a file of its own whose rows name their unit and stand in the order of the units: they are read alongside, and
 * the rows of one unit are held at a time. */
#ifndef RUBRIC_FACTS_UNIT_TABLES_H
#define RUBRIC_FACTS_UNIT_TABLES_H
#include "core/unit.h"
#include "facts/sheet.h"
#include "facts/text_rows.h"

struct unit_table {
    const struct fact_declaration *fact;
    struct text_rows texts;
    struct reader reader;
    struct sheet *sheet;
    size_t unit, width; /* the column that names the unit; all columns */
    bool more, wrong;   /* a row is at hand; one before it cannot be read */
    struct csv csv;     /* the row at hand */
    const char *id;     /* whose it is */
};

struct unit_tables {
    VEC(struct unit_table *) list;
    struct given *given; /* [slot] of the unit that was asked about last */
};

/* False, and messages: the file cannot be read, or its head is wrong. */
bool unit_tables_add(struct unit_tables *tables, const struct standard *standard,
                     const struct fact_declaration *fact, const char *path, enum encoding encoding,
                     struct diags *diags);
/* What the tables say of the next unit, in `given`. A unit without rows has none; one row that holds nothing but the unit says that they are not
 * known. False, and messages: they are wrong. */
bool unit_tables_take(struct unit_tables *tables, const char *unit, struct span at, struct diags *diags);
/* Behind the last unit no row may be left. `units`: the file of the units, in the message. */
bool unit_tables_end(struct unit_tables *tables, const char *units, struct diags *diags);
#endif
