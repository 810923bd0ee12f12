/* Sets of numbers between two ends: what is known of a number.
 * An end is a cut: at a number, just below or just above it (an open end), or infinite. A range of whole numbers has closed ends.
 * Every operation returns a set that holds all results of its operands' numbers; where each operand is used once, no more than their hull.
 * Values live in the caller; nothing is allocated but large numbers; nothing fails (too large numbers become invalid ones, see num.h). */
#ifndef RUBRIC_CORE_RANGE_H
#define RUBRIC_CORE_RANGE_H
#include <stdbool.h>
#include "base/num.h"

struct cut {
    struct num at;
    signed char side;                        /* -1 just below `at`, 0 at it, 1 just above */
    signed char infinite;                    /* -1, 0, 1; then `at` and `side` are 0 */
};

struct range { struct cut low, high; bool whole; };

/* What a comparison can come to. */
enum { TRUTH_YES = 1, TRUTH_NO = 2, TRUTH_UNKNOWN = TRUTH_YES | TRUTH_NO };

static inline struct cut cut_at(struct num at, int side)
{
    return (struct cut){.at = at, .side = (signed char)side};
}

static inline struct cut cut_infinite(int sign)
{
    return (struct cut){.at = num_int(0), .infinite = (signed char)sign};
}

static inline struct cut cut_below(struct num at)           /* just below it */
{
    return cut_at(at, -1);
}

static inline struct cut cut_above(struct num at)
{
    return cut_at(at, 1);
}

static inline struct cut cut_below_all(void)
{
    return cut_infinite(-1);
}

static inline struct cut cut_above_all(void)
{
    return cut_infinite(1);
}

int cut_compare(struct cut a, struct cut b);
int cut_compare_places(struct cut a, struct cut b);          /* closed or open: 5 and just below 5 are one */
struct cut cut_min(struct cut a, struct cut b);
struct cut cut_max(struct cut a, struct cut b);

struct range range_point(struct num at);
struct range range_between(struct num low, struct num high);
struct range range_from(struct num low);                     /* low … infinity */
struct range range_all(void);
struct range range_whole(int64_t low, int64_t high);
struct range range_counting(void);                           /* whole, 0 … infinity */
struct range range_calendar(void);                           /* days, as base/date.h counts them */
struct range range_of(struct cut low, struct cut high, bool whole);
/* One number, both ends closed. */
static inline bool range_is_point(struct range a)
{
    return !a.low.infinite && !a.high.infinite && !a.low.side && !a.high.side && num_equal(a.low.at, a.high.at);
}
bool range_is_empty(struct range a);                         /* possible only after range_meet and range_without_zero */
bool range_holds(struct range a, struct num at);
bool range_equal(struct range a, struct range b);

struct range range_join(struct range a, struct range b);     /* hull of both */
struct range range_meet(struct range a, struct range b);     /* common part */
struct range range_without_zero(struct range a);             /* zero as a closed end is cut off */

struct range range_sub(struct range a, struct range b);
struct range range_neg(struct range a);
struct cut range_high_with(struct cut high, struct range a, struct num by);  /* the high end of what ends at `high` and by × a together */
struct range range_div(struct range a, struct range b);      /* by what is not zero in b; b is not the point zero */
struct range range_abs(struct range a);
struct range range_floor(struct range a);
struct range range_ceil(struct range a);
struct range range_round(struct range a, struct num step, enum num_rounding how);

unsigned range_less(struct range a, struct range b);         /* truths that a < b can have */
unsigned range_less_equal(struct range a, struct range b);
unsigned range_same(struct range a, struct range b);

/* Known numbers are most of what an evaluation meets, and worked out here, once, not an end at a time; of others, in range.c. */
struct range range_add_any(struct range a, struct range b);
struct range range_mul_any(struct range a, struct range b);
struct range range_min_any(struct range a, struct range b);
struct range range_max_any(struct range a, struct range b);

static inline bool range_both_points(struct range a, struct range b)
{
    return range_is_point(a) && range_is_point(b);
}

static inline struct range range_point_of(struct num at, bool whole)
{
    return (struct range){cut_at(at, 0), cut_at(at, 0), whole};
}

static inline struct range range_add(struct range a, struct range b)
{
    return range_both_points(a, b) ? range_point_of(num_add(a.low.at, b.low.at), a.whole && b.whole)
                                   : range_add_any(a, b);
}

static inline struct range range_mul(struct range a, struct range b)
{
    return range_both_points(a, b) ? range_point_of(num_mul(a.low.at, b.low.at), a.whole && b.whole)
                                   : range_mul_any(a, b);
}

static inline struct range range_min(struct range a, struct range b)
{
    return range_both_points(a, b) ? range_point_of(num_min(a.low.at, b.low.at), a.whole && b.whole)
                                   : range_min_any(a, b);
}

static inline struct range range_max(struct range a, struct range b)
{
    return range_both_points(a, b) ? range_point_of(num_max(a.low.at, b.low.at), a.whole && b.whole)
                                   : range_max_any(a, b);
}
#endif
