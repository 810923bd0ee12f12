/* Lines before they are written: cells that line up with those of the lines around. */
#ifndef RUBRIC_FMT_LINES_H
#define RUBRIC_FMT_LINES_H
#include "base/str.h"
#include "fmt/words.h"

struct line_cell {
    enum cell cell;
    bool wide; /* it begins with a full-width mark, which needs no blank */
    struct str text;
};

struct line {
    size_t indent;
    int kind;            /* lines of one kind line up; 0: with none */
    bool blank;          /* a blank line before it */
    bool opens;          /* its statement goes on below it: it ends a run and makes no column wider, but where a run `spans` such statements */
    bool spans;
    bool closes;         /* the last line of such a statement */
    bool done;           /* it is lined up */
    bool remark;         /* a comment alone */
    const char *comment; /* at its end; NULL: none */
    VEC(struct line_cell) cells;
};

struct lines { VEC(struct line) list; };

/* Columns are lined up, and all is added to `out`. */
void lines_write(struct str *out, struct lines *lines);
#endif
