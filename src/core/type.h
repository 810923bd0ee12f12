/* Types of facts and expressions, as far as the values need them: engines and the facts reader see these, never the syntax. */
#ifndef RUBRIC_CORE_TYPE_H
#define RUBRIC_CORE_TYPE_H
#include <stdbool.h>
#include <stddef.h>
#include "core/range.h"
#include "source/source.h"

struct value;

struct measure {                             /* a unit of measure: 人, 万元, day */
    const char *name, *label;
    const struct measure *base;               /* NULL: a base unit */
    struct num factor;                       /* one of it is `factor` of its base; 1 for a base unit */
};

struct symbol { const char *name, *label; }; /* label NULL: none */

struct choice {                              /* a choice, a scale (lowest first) or the ladder of grades (lowest first) */
    const char *name;
    const struct symbol *symbols;
    size_t count;
    bool ordered;
};

enum type_kind { TYPE_YESNO, TYPE_NUMBER, TYPE_DATE, TYPE_TEXT, TYPE_CHOICE, TYPE_MONTHS, TYPE_LIST, TYPE_TABLE, TYPE_DOCUMENT };

struct type {
    enum type_kind kind;
    const struct measure *unit;                 /* numbers: NULL is a plain number */
    bool share;                              /* a number that is a part of a whole, 0 … 1 */
    bool whole;                              /* a number that counts */
    const struct choice *choice;
    const struct field *element;             /* lists: what each element is; its name is NULL */
    const struct field *columns;             /* tables */
    size_t column_count;
    const char *rows_from;                   /* tables: the file that holds their rows where a unit gives none; NULL: none */
    struct span rows_span;
};

/* Is there more and less of it? */
static inline bool type_has_order(const struct type *type)
{
    return type->kind == TYPE_YESNO || type->kind == TYPE_NUMBER || type->kind == TYPE_DATE ||
           (type->kind == TYPE_CHOICE && type->choice->ordered);
}

/* What narrows a value beyond its type. */
struct limits {
    struct range range;                      /* numbers and dates: the declared range met with the type's own */
    bool stepped;
    struct num step;                         /* counted from the low end, from 0 without one */
    const struct num *legal;                 /* `one of`: NULL if not given */
    size_t legal_count;
    struct range count;                      /* elements of a list, rows, months, characters: whole, from 0 */
    int low_fact, high_fact;                 /* `at least`, `at most` another fact: its slot, or -1 */
    bool or_na;                              /* n/a may be given */
    bool evidence;                           /* a value without evidence is unknown in the final column */
    bool none_is_na;                         /* 0 of 0 is n/a */
    const struct value *none_counts;         /* 0 of 0 counts as this; NULL: an error */
    const struct value *otherwise;           /* assumed where nothing is given; NULL: unknown */
    int key_column;                          /* tables: the column that tells rows apart, or -1 */
};

/* What a unit can still do about a fact: for searches that look for changes. Evaluation never asks. More of a date is later, of a scale higher,
 * of months, lists, tables and documents more of them; of yes or no it is yes. */
enum movement { MOVES_FREELY, MOVES_UP /* `can only grow` */, MOVES_DOWN /* `can only fall` */, MOVES_NOT /* `settled` */ };

/* A fact, a column of a table, an element of a list. */
struct field {
    const char *name, *label, *cite;         /* label, cite NULL: none */
    struct type type;
    struct limits limits;
    enum movement movement;                  /* of a fact alone; columns and elements move with theirs */
    struct span span;                        /* its name, where it is declared */
    bool is_dated;                           /* a document with a day printed on it */
    int64_t dated;
    struct span dated_span;
};
#endif
