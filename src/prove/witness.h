/* A world that the solver found, as a unit: looked at by evaluation, and written as lines of a facts file. For this folder alone. */
#ifndef RUBRIC_PROVE_WITNESS_H
#define RUBRIC_PROVE_WITNESS_H
#include "core/unit.h"
#include "prove/prove.h"

struct found_unit {
    struct prove *prove;
    struct given **facts, **scores; /* [column][slot] */
    struct value *settings;         /* [slot]; VALUE_NONE: not set */
    bool has_day;
    int64_t day;
};

/* The unit of a world, as far as `about` hangs on it; the rest is as in `base` (NULL: unknown). False: something in it is not told. Its
 * numbers go to prove->decimals. */
bool found_unit_read(struct found_unit *found, struct prove *prove, size_t world, const struct found_unit *base,
                     const struct ir_node *about);
/* What a node comes to in it, once its lines are read; of kind VALUE_NONE where that is not known, or an error, or where they cannot be read. */
struct value found_unit_value(const struct found_unit *found, const struct ir_node *node);
const struct diag_example *found_unit_example(const struct found_unit *found);
/* The line for one fact, score or threshold. */
const char *found_unit_line(const struct found_unit *found, const struct ir_node *input);
/* Is a claim so of the unit that an example states? */
bool example_stands(const struct prove *prove, const struct diag_example *example, const struct ir_node *claim);
#endif
