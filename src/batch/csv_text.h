/* Where cells and records of a CSV text end, as the reader of facts has it: RFC 4180 and nothing else. A record that breaks the rules ends with
 * its line: the one on which a quote stands astray, or on which one opens that is not closed as it should be. */
#ifndef RUBRIC_BATCH_CSV_TEXT_H
#define RUBRIC_BATCH_CSV_TEXT_H
#include <stdbool.h>
#include <stddef.h>

/* What stands in a cell, as bits. */
enum {
    CELL_CONTROL = 1, /* a control character, other than tabs and line ends */
    CELL_HIGH = 2,    /* a byte beyond ASCII */
    CELL_DOUBLED = 4  /* doubled quotes */
};

struct csv_piece {
    const char *
        text; /* without blanks around it, and without its quotes; of a cell that breaks the rules: where it does */
    size_t length;
    unsigned marks;
    size_t lines; /* line ends in it */
};

/* One cell of the text up to `to`, behind which stands a line end. Returns where it ends: at a comma, a line end or `to`; NULL: it breaks the rules. */
const char *csv_pass_cell(const char *at, const char *to, struct csv_piece *piece);

void csv_trim(struct csv_piece *piece);

struct csv_record {
    const char *end; /* before its line end */
    const char *next;
    bool right, blank; /* blank: nothing stands in it */
};
struct csv_record csv_pass_record(const char *at, const char *to);

/* How much of a text that goes on is whole records, the lines that show what is wrong with them included; 0: not one. */
size_t csv_whole_records(const char *text, size_t length);
/* Up to behind the last line end; 0: there is none. */
size_t text_whole_lines(const char *text, size_t length);
size_t text_line_ends(const char *from, const char *to);
#endif
