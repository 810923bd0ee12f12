/* The values of many units in one operand, in order: what the others of any one of them come to, each
 * answer in O(log n) once they are sorted. */
#ifndef RUBRIC_COHORT_COMPARE_H
#define RUBRIC_COHORT_COMPARE_H
#include "core/cohort.h"

struct compared;

/* Of those units that count; the values are copied. Not all need be numbers if they are only counted. */
const struct compared *compare(const struct value *values, size_t count);

/* Of all but one; `own`: its value, NULL where it is not among them. */
struct range compare_count(const struct compared *all, const struct value *own); /* how many are not n/a */
struct range compare_sum(const struct compared *all, const struct value *own);
/* n/a where there is none: */
struct value compare_highest(const struct compared *all, const struct value *own);
struct value compare_lowest(const struct compared *all, const struct value *own);
/* The place of `own`, from 1, over all that it and the others can be; n/a left out. `among`: it is one of
 * them. */
struct value compare_rank(const struct compared *all, const struct value *own, bool among, bool lowest_first);
#endif
