/* A row of the output: which columns it has, and the text of what stands in them, CSV or one JSON object. Whoever finds the values, all rows are
 * written here. Numbers are exact; what may be one of several has both its ends, each in a column of its own, so that all rows have the same
 * columns. The form is immutable and read by many threads; the text lies in plain memory. */
#ifndef RUBRIC_BATCH_OUT_ROW_H
#define RUBRIC_BATCH_OUT_ROW_H
#include "batch/can.h"
#include "core/type.h"

enum out_kind {
    OUT_NUMBER, /* two columns: the lowest and the highest that it can be */
    OUT_DATE,   /* likewise */
    OUT_RUNGS,  /* likewise, of a choice that is ordered */
    OUT_CHOICE, /* one column: the symbol, or unknown */
    OUT_TRUTH,  /* one column: yes, no or unknown */
    OUT_WORDS   /* one column: text of the caller's */
};

#define NO_CELL SIZE_MAX

struct out_column {
    enum out_kind kind;
    const char *name;            /* of two columns: without `_low` and `_high` */
    size_t asked;                /* which of the values that were asked for */
    const struct choice *choice; /* OUT_RUNGS, OUT_CHOICE */
    const char *before[2];       /* what stands before its cells: a comma, the key of JSON */
};

struct row_form {
    bool json;
    bool lower_is_better;     /* the worse end is then the high one */
    const char *const *texts; /* columns of texts, behind the unit: its label, columns carried through */
    size_t text_count;
    bool label;                /* the first is the unit's label */
    const size_t *text_cells;  /* in which column of a CSV file each is; NO_CELL: in none. NULL of JSON */
    const char **texts_before; /* … and what stands before each */
    struct out_column *columns;
    size_t count;
};

/* Grows as it is written to. Starts zeroed; free `bytes`. */
struct row_out {
    char *bytes;
    size_t length, room;
};

/* An end of a value: a place or a day or top/bottom, or a text that stands for itself. */
struct row_end {
    int64_t top, bottom;
    const char *text; /* NULL: the numbers count */
};

struct row_value {
    unsigned can; /* CAN_BE_YES … */
    struct row_end low, high;
};

bool row_has_two(const struct out_column *column);
/* What stands above one of its cells. */
const char *row_head_of(const struct out_column *column, size_t cell);

/* Once the columns are in the form: what stands before each cell. */
void row_form_finish(struct row_form *form);
/* The first row; of JSON there is none. */
void row_head(struct row_out *out, const struct row_form *form);

/* One row: its unit, a text for each of `texts`, a value for each column, whether all ends are reached. */
void row_begin(struct row_out *out, const struct row_form *form, const char *unit, size_t length);
void row_text(struct row_out *out, const struct row_form *form, size_t at, const char *text, size_t length);
void row_value(struct row_out *out, const struct row_form *form, const struct out_column *column,
               const struct row_value *value);
/* One cell of a value that has two, where it is nothing but `end`. */
void row_end(struct row_out *out, const struct row_form *form, const struct out_column *column, size_t which,
             const struct row_end *end);
void row_finish(struct row_out *out, const struct row_form *form, bool exact);

/* There is room for so many bytes more. */
void row_grow(struct row_out *out, size_t bytes);
static inline void row_room(struct row_out *out, size_t bytes)
{
    if (out->room - out->length < bytes)
        row_grow(out, bytes);
}
void row_bytes(struct row_out *out, const char *bytes, size_t length); /* ready text */
#endif
