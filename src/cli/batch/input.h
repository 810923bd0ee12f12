/* The units of a batch, row by row: texts of rows from a file of any size, and the unit that a row is. */
#ifndef RUBRIC_CLI_BATCH_INPUT_H
#define RUBRIC_CLI_BATCH_INPUT_H
#include "cli/cli.h"
#include "cli/options.h"
#include "facts/text_rows.h"
#include "facts/unit_row.h"
#include "facts/unit_tables.h"

/* The heads of CSV, or those of JSON objects with the same keys in the same order. */
struct batch_heads {
    struct unit_rows rows;
    bool right;
    size_t *carried; /* by what is carried: its column; their number where there is none */
};

struct batch_input {
    const struct standard *standard;
    struct text_rows texts;
    struct unit_tables tables;
    struct carried carried;
    VEC(const char *) names; /* of what is carried through, in the order of the output */
    struct batch_heads *csv; /* NULL: JSON */
    const char *head;        /* the text of the first row, as it stands; "" of JSON */
    struct map by_keys;      /* of JSON */
    struct csv csv_row;      /* of the row at hand */
    struct csv_row keys;     /* of JSON */
};

/* A row of the file. What it says and what is carried are there until the next. */
struct batch_row {
    struct units_row made;
    bool blank;                      /* it holds nothing */
    const struct csv_cell **carried; /* by name; NULL: there is no such column */
};

/* False, and messages: the file cannot be read, its heads are wrong, or what is to be carried is not there. */
bool input_open(struct batch_input *input, const char *path, const struct standard *standard,
                const struct arguments *arguments, struct diags *diags);
bool input_next(struct batch_input *input, struct text_row *text);
/* When all rows are read: whether nothing is left, and nothing was lost. */
bool input_end(struct batch_input *input, struct diags *diags);
void input_read(struct batch_input *input, const struct text_row *text, struct batch_row *row,
                struct diags *diags);
#endif
