/* Tiles of what may fill the holes of a claim, and the search that parts them: bend.c leads it, place.c and steady.c look
 * at a tile for it. */
#ifndef RUBRIC_EVAL_TILE_H
#define RUBRIC_EVAL_TILE_H
#include "eval/linear_bag.h"
#include "eval/search.h"

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
    const struct value *at; /* the fill of the tile that the run's values are those of; NULL: of none */
    struct cut best, ceiling;
    size_t climbs, halvings, wholes;
    unsigned char **asked; /* [context][node id]: does the claim still hang on it? */
};
#endif
