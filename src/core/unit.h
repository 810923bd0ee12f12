/* What one unit reports: its facts and judged scores, column by column, with where each was read. Made by facts/, immutable afterwards. */
#ifndef RUBRIC_CORE_UNIT_H
#define RUBRIC_CORE_UNIT_H
#include "core/standard.h"

enum given_state {
    GIVEN_NOTHING,                           /* no entry: unknown */
    GIVEN_VALUE,
    GIVEN_UNKNOWN,                           /* `unknown` was written, or cells of it are */
    GIVEN_ASSUMED,                           /* no entry, the fact's `otherwise` */
    GIVEN_UNPROVEN                           /* a value, but no evidence where it is required: unknown */
};

struct given {
    enum given_state state;
    struct value value;                      /* unknown: what the declaration allows */
    struct span span;                        /* the entry; for an assumed value the declaration */
    const char *shown;                       /* as the author wrote it: "86 of 88"; NULL without an entry */
    bool has_parts;
    struct num part, whole;                  /* of a share given by them */
    const char *evidence, *sha256, *remark;  /* NULL: none */
    size_t column;                           /* in which it was entered: an earlier one where this column changes nothing */
};

/* One entry by itself, apart from its unit. */
struct entered {
    bool score;                              /* `slot` is that of a judged score */
    size_t slot;
    struct given given;
};

struct review { const char *by; bool dated; int64_t on; struct span span; };

struct unit {
    const char *id, *label;                  /* id: the name, or the file's stem */
    const struct source *source;
    struct period period;                    /* its own, else the standard's */
    bool has_as_of;
    int64_t as_of;
    size_t columns;                          /* as in the standard */
    const struct given *const *facts;        /* [column][slot] */
    const struct given *const *scores;       /* [column][slot of the judged score]; entered for the criterion */
    const struct review *reviews;            /* [column]; column 0 unused */
    const struct decision *decisions;        /* as written */
    size_t decision_count;
};

/* Facts or scores of a unit as arrays of their own, to be written to. */
struct given **unit_copy_columns(const struct given *const *columns, size_t count, size_t slots);
/* Puts an entry into a column; later ones follow until one has entered something of its own. */
void unit_enter(struct given **columns, size_t count, size_t column, size_t slot, const struct given *given);
/* A criterion that is judged in several branches has a slot each, and one entry: is this the first of them? */
bool unit_is_first_score(const struct standard *standard, size_t slot);
#endif
