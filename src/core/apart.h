/* Judged scores of neighbouring columns that lie further apart than the standard declares: `columns … differ by at most 1`. Nothing is
 * refused for it; those who read the entries warn, and reports list them. */
#ifndef RUBRIC_CORE_APART_H
#define RUBRIC_CORE_APART_H
#include "core/unit.h"

struct apart {
    const struct judged *judged;
    size_t column;                     /* in which `score` was entered; `before` is what the column before it holds */
    const struct given *score, *before;
    struct num distance, allowed;      /* points */
};
struct aparts { VEC(struct apart) list; };

/* Those entered in a column, not the first, in the order of the standard. `scores`: [column][slot], as in struct unit. */
struct aparts apart_find(const struct standard *standard, const struct given *const *scores, size_t column);
#endif
