/* Do bands, rows and cases cover every value there can be, and can each be reached? Values are cut into
 * atoms, points and the stretches between them, at every number that a test names: no test divides an
 * atom. */
#ifndef RUBRIC_SEMA_COVER_H
#define RUBRIC_SEMA_COVER_H
#include "sema/sema.h"

struct axis {
    struct type type;
    struct range domain;
    struct limits limits;                    /* legal values and steps narrow the domain */
    enum lang tongue; /* of the standard: its cases are told in the words of its rules */
    VEC(struct num) breaks;                  /* where tests divide it */
    VEC(struct range) atoms;                 /* by axis_cut, in ascending order */
};

/* The axis of the values that a node can take. */
struct axis axis_of(const struct sema *sema, const struct ir_node *node);
void axis_break(struct axis *axis, struct range test);
void axis_cut(struct axis *axis);
/* A number of the axis in the reader's words: "90%", a date, a symbol. */
const char *axis_number_text(const struct axis *axis, struct num number);
/* An atom in the reader's words: "89.5", "between 89 and 90", "A". */
const char *axis_text(const struct axis *axis, size_t atom);

/* Cases: an atom of each axis. Are there at most so many? The next one, in order; false after the last. */
bool cases_few(const struct axis *axes, size_t count, size_t most);
bool cases_next(const struct axis *axes, size_t count, size_t *atoms);

/* Rows of tests, one an axis; a row's test that does not look at an axis is range_all(). */
struct cover {
    struct axis *axes;
    size_t axis_count, row_count;
    const struct range *tests;               /* [row × axis_count + axis] */
    bool *reached;                           /* [row]: result */
    bool complete;                           /* result */
    size_t *missed; /* [axis]: the atoms of the first case that no row fits, if not complete */
};

/* False where there are too many cases to look at. Atoms must be cut. */
bool cover_check(struct cover *cover);

/* `missed` describes a case in which none of these conditions holds, NULL if there is none. False where
 * there are too many cases to look at. */
bool cover_cases(struct sema *sema, size_t count, struct ir_node *const *conditions, const char **missed);
#endif
