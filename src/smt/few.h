/* Nodes that can be few numbers only, whatever the unit says: a sum of points that may or may not be due. For this folder alone. */
#ifndef RUBRIC_SMT_FEW_H
#define RUBRIC_SMT_FEW_H
#include "smt/script.h"

enum { FEW_MAX = 32 };

struct few {
    struct num numbers[FEW_MAX]; /* each once */
    size_t count;                /* 0: more than that, or not known */
};

/* n/a is none of them. */
const struct few *few_values(struct smt *smt, const struct ir_node *node);
#endif
