/* What a standard reads of the cohort: the units of one call that it scores. Made by sema, part of the compiled standard.
 * A figure, `highest of output in cohort`, is worked out from the unit's own value and from inputs that tell of the others alone, so that
 * a unit's own facts count wherever they are read. */
#ifndef RUBRIC_CORE_COHORT_H
#define RUBRIC_CORE_COHORT_H
#include "core/ir.h"

enum cohort_fold { COHORT_COUNT, COHORT_SUM, COHORT_MEAN, COHORT_HIGHEST, COHORT_LOWEST, COHORT_RANK };

/* What units are compared in: every unit of the cohort has a value of it. One for all words that come to the same (ir_same), so that equal
 * figures are one value and not two that vary apart. */
struct cohort_operand {
    const struct ir_node *node;
    size_t level; /* 0: reads no figure; else one more than the highest level of what it reads figures of */
};

/* An IR_COHORT node, whose `index` is its place among the inputs. Of the others alone: how many have a value that is not n/a, their sum,
 * their highest and lowest (n/a where there is none); the rank is the unit's own. Never the mean. */
struct cohort_input {
    enum cohort_fold fold;
    size_t operand;
    const struct ir_node *node;
};

/* What the author's words come to, the unit's own value counted; one of a fold and an operand, wherever the words stand. */
struct cohort_figure {
    enum cohort_fold fold;
    size_t operand;
    const struct ir_node *node;
};

struct cohort_reads {
    VEC(struct cohort_operand) operands;
    VEC(struct cohort_input) inputs;
    VEC(struct cohort_figure) figures;
    size_t levels; /* so many have operands; 0: the standard reads nothing of the cohort */
};

/* The figure that a node is, or NULL. */
const struct cohort_figure *cohort_figure(const struct cohort_reads *reads, const struct ir_node *node);
/* Once all is lowered: the levels. An operand stands before the inputs that tell of it. */
void cohort_find_levels(struct cohort_reads *reads, const struct ir *ir);
#endif
