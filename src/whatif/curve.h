/* What a few nodes come to while one lever moves and all others stay where they are: exact pieces, from one end of a range to the other.
 * Between two neighbouring ends a node runs straight, from what it is just behind the one to what it is just before the other; what happens
 * at an end itself is a piece of its own, a single point. The ends are where something in the rules changes over: a comparison, the smaller or
 * larger of two, a step of a rounding, a division by 0; each found where two straight lines meet, so exactly.
 * Where what lies between cannot be told (rows, calendars, products of what moves), the range is halved as far as it goes, and a piece that
 * may bend inside says so. */
#ifndef RUBRIC_WHATIF_CURVE_H
#define RUBRIC_WHATIF_CURVE_H
#include "whatif/levers.h"

struct curve_piece {
    bool point;              /* one value: `from` and `to` are it */
    struct cut from, to;     /* of the lever; of a stretch the ends themselves do not count, an infinite one is open */
    bool possible;           /* false: what is shown faults there, or a limit between facts is broken; of one that may bend, in both places */
    bool straight;           /* false: it may bend or jump in between */
    const struct value *low, *high; /* [node]: what a straight piece leads to at both ends; of a point what is there; else what is at two places inside */
};

enum curve_way { CURVE_UP, CURVE_DOWN };

/* False: that was enough. */
typedef bool curve_visitor(const struct curve_piece *piece, void *data);

/* The pieces within `over` met with what the lever may come to, from the low end up or from the high end down. A lever of whole numbers or of
 * steps is moved as if it could be anything in between; points that it cannot take are left out, and so are stretches in which it can take
 * none. `lever` is numeric. The lever is left somewhere. */
void curve_walk(struct levers *levers, size_t lever, struct range over, enum curve_way way,
                const struct ir_node *const *nodes, size_t count, curve_visitor *see, void *data);

/* A value of the lever: `at` is a number that it can take. */
struct value curve_point(const struct levers *levers, size_t lever, struct num at);
/* Can the lever be exactly that? */
bool curve_takes(const struct levers *levers, size_t lever, struct num at);
/* The first number that the lever can take beyond `at`, going up or down, `at` included or not; false: a lever without steps. */
bool curve_next(const struct levers *levers, size_t lever, struct num at, bool included, enum curve_way way, struct num *next);
/* What the lever may come to, by its declaration and by limits between facts as the others are now. */
struct range curve_range(const struct levers *levers, size_t lever);
#endif
