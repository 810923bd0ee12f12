/* What bend.c and place.c share: tiles of what may fill the holes of a claim, and the places at which they
 * are cut. */
#ifndef RUBRIC_EVAL_TILE_H
#define RUBRIC_EVAL_TILE_H
#include "eval/linear_bag.h"
#include "eval/search.h"

enum { PARTS_MAX = 3 /* below, at, above */ };

struct tile {
    struct cut bound;
    size_t far;                /* how many of its ends are infinite */
    struct value *fill;        /* of each hole that the claim depends on */
    const struct lines *lines; /* … and what they are limited to together; NULL: nothing */
};

struct bend {
    struct search *search;
    const struct claim *claim;
    size_t holes[LINEAR_HOLES], count;
    VEC(struct tile) tiles;
    struct cut best, ceiling;
    size_t climbs, halvings, wholes;
    unsigned char **asked; /* [context][node id]: does the claim still hang on it? */
};

/* One hole at a number, or several where a form is 0: what lies below, at and above it. */
struct place {
    bool found, of_several;
    size_t hole;
    struct num at;
    struct form form;
    bool jumps; /* something jumps there; else it bends, and what lies at it goes with either side */
};

/* Where the tile at hand is to be cut. */
struct place place_find(const struct bend *bend, const struct tile *tile);
/* The middle of a hole that has one, and of the first one of whole numbers. */
struct place place_in_middle(const struct bend *bend, const struct tile *tile, size_t hole);
struct place place_among_whole(const struct bend *bend, const struct tile *tile);
/* What a place in one hole makes of it. How many parts that are not empty. */
size_t place_parts(const struct bend *bend, const struct tile *tile, const struct place *place,
                   struct value parts[PARTS_MAX]);
#endif
