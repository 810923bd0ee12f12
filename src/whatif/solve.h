/* One set of levers: can moving these alone do it, and how little of each is enough? */
#ifndef RUBRIC_WHATIF_SOLVE_H
#define RUBRIC_WHATIF_SOLVE_H
#include "whatif/aim.h"

/* How the move of a number may be told: nothing but it does, anything from it on upwards, anything down from it. */
enum move_bound { MOVE_EXACTLY, MOVE_AT_LEAST, MOVE_AT_MOST };

struct move {
    size_t lever;
    struct value to;   /* known */
    bool beyond;       /* of a number without steps: just past `edge` is enough, the edge itself is not; `to` is a plain one near it */
    struct num edge;
    enum move_bound bound;
};

enum solved {
    SOLVED,
    SOLVED_NOT,   /* proved: no values of these levers do */
    SOLVED_UNSURE /* none was found, and it was not proved that there is none */
};

struct solution {
    struct move *moves; /* [levers of the set] */
    bool least;         /* proved: no single move can be made smaller while the others stay */
    const struct evaluation *after; /* what levers->told come to with them; NULL: that was not worked out yet */
};

/* `set`: levers in ascending order. What is moved stays where it was put. */
enum solved solve(struct levers *levers, const struct aim *aim, const size_t *set, size_t count, struct solution *solution);
/* What levers->told come to with these moves. */
const struct evaluation *solve_after(const struct levers *levers, const struct aim *aim, const struct move *moves, size_t count);
#endif
