/* Fills blocks from the text of a CSV file, or of JSON lines: a row a record, cells as cell.h reads them. Rows that hold nothing are passed over;
 * whatever is not plain, or breaks the rules of its format, is for the exact evaluator, and the rows around it are read as if it were not there.
 *
 * JSON: an object a line. A key is the name of a column; null is an empty cell; numbers and texts are read as the same text in a cell. What is not
 * strict JSON, nested, given twice or of an unknown name is for the exact evaluator. */
#ifndef RUBRIC_BATCH_READER_H
#define RUBRIC_BATCH_READER_H
#include "batch/block.h"

enum column_kind {
    COLUMN_SKIP, /* says nothing that columns need */
    COLUMN_ID,
    COLUMN_VALUE,
    COLUMN_PART, /* of a share in two columns; the other names the same input */
    COLUMN_WHOLE,
    COLUMN_EXACT /* a row in which it holds anything is for the exact evaluator */
};

struct layout_column {
    enum column_kind kind;
    size_t input;     /* that a value, a part or a whole fills */
    const char *name; /* JSON: its key */
};

/* Inputs that no column fills are empty in each row. */
struct layout {
    const struct layout_column *columns;
    size_t count;
    bool json; /* true and false are yes and no */
};

struct reader;

/* What is passed must stay; numbers are worked out here, so it is for the main thread. NULL: no memory. */
struct reader *reader_new(const struct layout *layout, const struct input *inputs, size_t count);
void reader_free(struct reader *reader);
/* Whole records, or the rest of a file. Behind the text stand a line end and READER_PAD bytes that may be read. */
enum { READER_PAD = 16 };
void reader_start(struct reader *reader, const char *text, size_t length);
/* The next rows, places counted from the start of the text. False: there are none left. */
bool reader_next(struct reader *reader, struct block *block);
/* Line ends that it has passed. */
size_t reader_lines(const struct reader *reader);
#endif
