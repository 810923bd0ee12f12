/* One row of cells as a unit, by a row of heads that was read before. Nothing is kept of a row. */
#ifndef RUBRIC_FACTS_UNIT_ROW_H
#define RUBRIC_FACTS_UNIT_ROW_H
#include "core/unit.h"
#include "facts/heads.h"

struct unit_rows {
    struct heads heads;
    struct assembly assembly; /* its first column: a unit of which nothing is given */
    const struct given *no_facts, *no_scores;
    const struct review *reviews;
    bool slow; /* for tests: every cell goes through the parser */
};

struct units_row {
    const struct unit *unit; /* NULL: refused; messages say why */
    const char *id, *label;  /* where they could be read; else NULL */
    uint32_t at;             /* for units_at */
};

/* False: the heads are wrong; every fault of theirs is reported. `also`: an edition beside this one, columns that only it knows are passed over;
 * NULL: none. */
bool unit_rows_start(struct unit_rows *rows, const struct standard *standard, const struct standard *also,
                     const struct csv_row *head, const struct carried *carried, struct diags *diags);
/* Its id and label; false, and a message: it has none, or too few or too many cells. */
bool unit_rows_name(const struct unit_rows *rows, const struct csv_row *row, struct units_row *made,
                    struct diags *diags);
/* The unit of a row that has its name. `beside`: [slot] what is given elsewhere; NULL: nothing. */
void unit_rows_read(struct unit_rows *rows, const struct csv_row *row, const struct given *beside,
                    struct units_row *made, struct diags *diags);
#endif
