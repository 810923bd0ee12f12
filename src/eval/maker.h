/* Making the cells of one hole: what cells.c and rows.c share. */
#ifndef RUBRIC_EVAL_MAKER_H
#define RUBRIC_EVAL_MAKER_H
#include "eval/cells.h"

/* One hole's cells in the making. */
struct maker {
    const struct run *run;
    const struct breaks *breaks;
    struct nodes inputs; /* those that read a hole */ /* [node id] */
    struct hole *hole;
    size_t number;       /* of the hole: makes its texts its own */
    struct breaks found; /* of all nodes that hold it */
    VEC(struct value) cells, points;
    VEC(size_t) firsts;
};

/* A cell; the points that follow are its own. */
void maker_add_cell(struct maker *maker, struct value cell);
void maker_add_point(struct maker *maker, struct value point);
/* A text that no author wrote. */
const char *maker_text(const struct maker *maker, size_t row);
void maker_find_breaks(struct maker *maker, const struct value *domain); /* `domain`: of the whole fact */
void maker_make(struct maker *maker);

/* Of a list or table of unknown length: rows.c. */
void maker_add_rows(struct maker *maker);
#endif
