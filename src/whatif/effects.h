/* What moving one lever can add to each number, wherever the others stand: the change of a node between two worlds that differ in that lever alone.
 * Going from one world to another lever by lever adds such changes up. Sound, not tight. */
#ifndef RUBRIC_WHATIF_EFFECTS_H
#define RUBRIC_WHATIF_EFFECTS_H
#include "whatif/levers.h"

struct effect {
    unsigned id; /* of the node */
    bool wild;   /* it may turn to n/a or from it, or is no number: nothing is said */
    struct range by;
};

struct effects;

/* In the world supposed, and with what is decided of n/a. Leaves the levers at rest. */
struct effects *effects_find(struct levers *levers);
/* In the context that decides; NULL: the node does not read the lever. */
const struct effect *effects_of(const struct effects *effects, size_t lever, const struct ir_node *node);
/* The same of a node that changes somehow within `by`, on one that reads it. `lever`: one that `from` reads. */
struct effect effects_through(const struct effects *effects, size_t lever, const struct ir_node *from, struct range by,
                              const struct ir_node *to);
/* How much more a node comes to in one world than in another, wherever the levers stand, which stand alike in both. What makes the difference is one
 * lever, or all that cannot move. From one question to the next every lever is open. */
struct effects *effects_apart_begin(struct levers *levers);
void effects_apart_lever(struct effects *effects, size_t lever, struct value one, struct value other);
void effects_apart_worlds(struct effects *effects, size_t one, size_t other);
struct effect effects_apart(const struct effects *effects, const struct ir_node *node); /* of the pair asked about last */
/* What a node can be there with every lever open. */
const struct value *effects_open(const struct effects *effects, const struct ir_node *node);
#endif
