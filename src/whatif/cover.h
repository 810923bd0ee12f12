/* The fewest levers, by their cost, that can make up for what is missing between two numbers. A criterion gives no more than it has, however many of
 * its facts move, and what it gives for each of them is known (groups.h): so this is a knapsack of criteria, each with its choices, and of levers
 * that count in several places. */
#ifndef RUBRIC_WHATIF_COVER_H
#define RUBRIC_WHATIF_COVER_H
#include "whatif/effects.h"
#include "whatif/gains.h"

struct cover;

/* How much is missing. */
struct lack {
    bool endless;
    struct num by;
    bool strict; /* as much is not enough */
};

/* `before`: of another view, from which what is known of groups is taken over; NULL: none. */
struct cover *cover_new(struct levers *levers, const struct effects *effects, const struct cover *before);
/* From now on this is where the search stands; it must not change before the next one is begun. */
void cover_begin(struct cover *cover, const struct gains_state *state);
/* `up` must rise, or `down` fall, by what lacks between them; either may be NULL. False: all that may still move does not make up for it. */
bool cover_least(struct cover *cover, const struct ir_node *up, const struct ir_node *down, struct lack lack,
                 struct num *cost);
#endif
