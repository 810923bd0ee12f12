/* What is not known of a unit, one by one: facts, cells of lists and tables, settings, judged scores, values of the cohort. Columns that
 * inherit one entry share its hole. Filling a hole narrows what a run reads; nothing counts before hole_flush. */
#ifndef RUBRIC_EVAL_HOLE_H
#define RUBRIC_EVAL_HOLE_H
#include "eval/run.h"

enum hole_kind { HOLE_FACT, HOLE_SETTING, HOLE_SCORE, HOLE_COHORT };

/* What of a fact it is. */
enum hole_part {
    HOLE_WHOLE,
    HOLE_CELL, /* of a list or table: `place` */
    HOLE_GIVEN /* whether a list or table is given (yes) or n/a (no) */
};

struct hole {
    enum hole_kind kind;
    enum hole_part part;
    size_t slot;                 /* of the cohort: the input */
    size_t place;                /* of a cell: row × width + column */
    bool *columns;               /* that share it; of the cohort: contexts */
    const struct field *field;   /* of the fact or the cell; else NULL */
    const struct limits *limits; /* NULL: none */
    struct value domain;         /* what may fill it */
    struct value now;            /* what fills it */
    struct value *cells;         /* a partition of the domain, in order, n/a last; see cells.h */
    size_t cell_count;
    struct value *points; /* single values that reach the ends of the cells */
    size_t *first_point;  /* of each cell; cell_count + 1 of them */
    size_t first_column;
    enum tie tie; /* of the cohort */
};

/* A list or table of which cells are open, as it is put together for a column. */
struct rows_in_work {
    size_t column, slot, width, count;
    struct value *cells;
    unsigned given; /* truths: yes is given, no is n/a */
    bool stale;
};

/* `at least` or `at most` another fact, where one of both is open. */
struct fact_limit {
    size_t column, slot, other;
    int cell; /* the column of a table whose cells it holds; -1: the fact itself */
    bool low; /* `at least` */
};

struct holes {
    VEC(struct hole) list;
    VEC(struct rows_in_work) rows;
    VEC(struct fact_limit) limits;
    struct range
        *ends; /* of facts that limits bind, [column × facts + slot]: worked out anew for each world */
};

/* Before the first pass: what other facts say of an unknown one by `at least` and `at most`. */
void hole_narrow(struct run *run);
struct holes *holes_find(const struct run *run);
/* False: that fills it already. */
bool hole_fill(struct holes *holes, struct run *run, size_t hole, struct value value);
void hole_flush(struct holes *holes, struct run *run);
/* A number: what may fill the hole by the limits between facts, as the others are filled now; perhaps nothing. */
struct range hole_allowed(const struct holes *holes, const struct run *run, size_t hole);
/* False: what fills the holes surely breaks a limit between facts. */
bool hole_possible(const struct holes *holes, const struct run *run);
#endif
