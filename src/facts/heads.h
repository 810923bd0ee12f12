/* The first row of a table of units: what each column gives. */
#ifndef RUBRIC_FACTS_HEADS_H
#define RUBRIC_FACTS_HEADS_H
#include "facts/assembly.h"
#include "facts/csv.h"

enum head_kind {
#define HEAD(name, en, zh) HEAD_##name,
#include "facts/heads.def"
#undef HEAD
    HEAD_FACT,   /* a bare name */
    HEAD_CARRIED /* of no meaning here */
};

struct head {
    enum head_kind kind;
    const char *text;                    /* as written */
    const struct fact_declaration *fact; /* of a fact, its parts and its evidence; else NULL */
    const struct part *criterion;        /* of a score; else NULL */
    const struct stage *stage;           /* of decisions; else NULL */
    size_t other;                        /* of a part: the column of the whole */
    struct field counted;                /* of a part and a whole: a number that counts */
    struct map read;                     /* what its cells have said so far; see units.c */
};

struct heads {
    struct head *items;
    size_t count;
    size_t unit, label, as_of; /* columns; `count` where there is none */
};

/* Columns that mean nothing to the standard, and stand in the file all the same. */
struct carried {
    bool all;         /* whatever has no meaning */
    struct map names; /* of those that may; their values do not count */
    bool beside;      /* tables are given in files beside it: their evidence may stand alone */
};

/* `carried` NULL: none. Everything that is wrong with the row is reported; false if anything is. */
bool heads_read(struct heads *heads, struct assembly *assembly, const struct csv_row *row,
                const struct carried *carried);
bool heads_is_unit(const char *text); /* names the column of the units */
#endif
