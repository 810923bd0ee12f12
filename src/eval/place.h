/* Where a tile is cut: at the node nearest to the facts whose choice is open, so that what reads it becomes a form in its turn. */
#ifndef RUBRIC_EVAL_PLACE_H
#define RUBRIC_EVAL_PLACE_H
#include "eval/tile.h"

enum { PARTS_MAX = 3 /* below, at, above */ };

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
