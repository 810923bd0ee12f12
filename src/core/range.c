#include "core/range.h"
#include "base/date.h"

static int sign_of(int difference)
{
    return (difference > 0) - (difference < 0);
}

int cut_compare(struct cut a, struct cut b)
{
    if (a.infinite || b.infinite)
        return sign_of(a.infinite - b.infinite);
    int order = num_compare(a.at, b.at);
    return order ? order : sign_of(a.side - b.side);
}

int cut_compare_places(struct cut a, struct cut b)
{
    a.side = b.side;
    return cut_compare(a, b);
}

/* A number past the limit stays: it must not give way to one that can be said. */
static bool is_invalid(struct cut a)
{
    return !a.infinite && !num_valid(a.at);
}

struct cut cut_min(struct cut a, struct cut b)
{
    if (is_invalid(a) || is_invalid(b))
        return is_invalid(a) ? a : b;
    return cut_compare(a, b) <= 0 ? a : b;
}

struct cut cut_max(struct cut a, struct cut b)
{
    if (is_invalid(a) || is_invalid(b))
        return is_invalid(a) ? a : b;
    return cut_compare(a, b) >= 0 ? a : b;
}

/* ---- making ranges */

/* An end of a range of whole numbers moves inwards to the nearest whole number. */
static struct cut whole_low(struct cut low)
{
    if (low.infinite || (!low.side && num_is_int(low.at)))
        return low;
    struct num up = num_ceil(low.at);
    bool passed = low.side > 0 && num_equal(up, low.at);
    return cut_at(passed ? num_add(up, num_int(1)) : up, 0);
}

static struct cut negative(struct cut a)
{
    return (struct cut){num_neg(a.at), (signed char)-a.side, (signed char)-a.infinite};
}

static struct cut whole_high(struct cut high)
{
    return negative(whole_low(negative(high)));
}

struct range range_of(struct cut low, struct cut high, bool whole)
{
    if (!whole)
        return (struct range){low, high, false};
    return (struct range){whole_low(low), whole_high(high), true};
}

struct range range_point(struct num at)
{
    return (struct range){cut_at(at, 0), cut_at(at, 0), num_is_int(at)};
}

struct range range_between(struct num low, struct num high)
{
    return (struct range){cut_at(low, 0), cut_at(high, 0), false};
}

struct range range_from(struct num low)
{
    return (struct range){cut_at(low, 0), cut_above_all(), false};
}

struct range range_all(void)
{
    return (struct range){cut_below_all(), cut_above_all(), false};
}

struct range range_whole(int64_t low, int64_t high)
{
    return (struct range){cut_at(num_int(low), 0), cut_at(num_int(high), 0), true};
}

struct range range_counting(void)
{
    return (struct range){cut_at(num_int(0), 0), cut_above_all(), true};
}

struct range range_calendar(void)
{
    return range_whole(DATE_MIN, DATE_MAX);
}

/* ---- asking */

bool range_is_empty(struct range a)
{
    return cut_compare(a.low, a.high) > 0;
}

bool range_holds(struct range a, struct num at)
{
    struct cut here = cut_at(at, 0);
    return cut_compare(a.low, here) <= 0 && cut_compare(here, a.high) <= 0 && (!a.whole || num_is_int(at));
}

static bool cut_equal(struct cut a, struct cut b)
{
    return a.infinite == b.infinite && (a.infinite || (a.side == b.side && num_equal(a.at, b.at)));
}

bool range_equal(struct range a, struct range b)
{
    return cut_equal(a.low, b.low) && cut_equal(a.high, b.high) && a.whole == b.whole;
}

/* ---- sets */

struct range range_join(struct range a, struct range b)
{
    return (struct range){cut_min(a.low, b.low), cut_max(a.high, b.high), a.whole && b.whole};
}

struct range range_meet(struct range a, struct range b)
{
    return range_of(cut_max(a.low, b.low), cut_min(a.high, b.high), a.whole || b.whole);
}

struct range range_without_zero(struct range a)
{
    struct cut low = a.low, high = a.high;
    if (!low.infinite && !low.side && num_sign(low.at) == 0)
        low.side = 1;
    if (!high.infinite && !high.side && num_sign(high.at) == 0)
        high.side = -1;
    return range_of(low, high, a.whole);
}

/* ---- arithmetic on ends; where infinitesimals pull both ways, `towards` (-1 or 1) says which side is safe */

static signed char either_side(int a, int b, int towards)
{
    return (signed char)(a * b < 0 ? towards : sign_of(a + b));
}

static struct cut cut_add(struct cut a, struct cut b, int towards)
{
    if (a.infinite && b.infinite)
        return a.infinite == b.infinite ? a : cut_infinite(towards);
    if (a.infinite || b.infinite)
        return a.infinite ? a : b;
    return (struct cut){num_add(a.at, b.at), either_side(a.side, b.side, towards), 0};
}

static int cut_sign(struct cut a)
{
    if (a.infinite)
        return a.infinite;
    int sign = num_sign(a.at);
    return sign ? sign : a.side;
}

static struct cut cut_mul(struct cut a, struct cut b, int towards)
{
    int sign = cut_sign(a) * cut_sign(b);
    if (sign == 0)
        return cut_at(num_int(0), 0);
    if (a.infinite || b.infinite) {
        bool vanishing = (!a.infinite && !num_sign(a.at)) || (!b.infinite && !num_sign(b.at));
        return vanishing && sign != towards ? cut_at(num_int(0), sign) : cut_infinite(sign);
    }
    signed char side = either_side(a.side * cut_sign(b), b.side * cut_sign(a), towards);
    return (struct cut){num_mul(a.at, b.at), side, 0};
}

static struct cut cut_inverse(struct cut a)
{ /* of what is not the point zero */
    if (a.infinite)
        return cut_at(num_int(0), a.infinite);
    if (!num_sign(a.at))
        return cut_infinite(a.side);
    return (struct cut){num_div(num_int(1), a.at), (signed char)-a.side, 0};
}

struct range range_add_any(struct range a, struct range b)
{
    return range_of(cut_add(a.low, b.low, -1), cut_add(a.high, b.high, 1), a.whole && b.whole);
}

struct range range_neg(struct range a)
{
    return (struct range){negative(a.high), negative(a.low), a.whole};
}

struct range range_sub(struct range a, struct range b)
{
    return range_add(a, range_neg(b));
}

static struct cut scaled_high(struct range a, struct num by)
{
    return cut_mul(num_sign(by) < 0 ? a.low : a.high, cut_at(by, 0), 1);
}

/* Times a known number: each end is worked out once. */
static struct range scaled(struct range a, struct num by, bool whole)
{
    struct cut low = cut_mul(num_sign(by) < 0 ? a.high : a.low, cut_at(by, 0), -1);
    return range_of(low, scaled_high(a, by), whole);
}

struct cut range_high_with(struct cut high, struct range a, struct num by)
{
    return cut_add(high, scaled_high(a, by), 1);
}

struct range range_mul_any(struct range a, struct range b)
{
    if (range_is_point(a) || range_is_point(b))
        return range_is_point(a) ? scaled(b, a.low.at, a.whole && b.whole)
                                 : scaled(a, b.low.at, a.whole && b.whole);
    struct cut low = cut_above_all(), high = cut_below_all();
    const struct cut *left[] = {&a.low, &a.high}, *right[] = {&b.low, &b.high};
    for (int i = 0; i < 4; i++) {
        low = cut_min(low, cut_mul(*left[i / 2], *right[i % 2], -1));
        high = cut_max(high, cut_mul(*left[i / 2], *right[i % 2], 1));
    }
    return range_of(low, high, a.whole && b.whole);
}

static struct range range_inverse(struct range a)
{ /* a lies on one side of zero */
    return (struct range){cut_inverse(a.high), cut_inverse(a.low), false};
}

struct range range_div(struct range a, struct range b)
{
    if (range_is_point(b) && num_sign(b.low.at))
        return range_is_point(a) ? range_point_of(num_div(a.low.at, b.low.at), false)
                                 : scaled(a, num_div(num_int(1), b.low.at), false);
    struct range divisor = range_without_zero(b);
    bool below = cut_sign(divisor.low)<0, above = cut_sign(divisor.high)> 0;
    if (!below || !above)
        return range_mul(a, range_inverse(divisor));
    struct range negatives = {divisor.low, cut_below(num_int(0)), false};
    struct range positives = {cut_above(num_int(0)), divisor.high, false};
    return range_join(range_mul(a, range_inverse(negatives)), range_mul(a, range_inverse(positives)));
}

struct range range_min_any(struct range a, struct range b)
{
    return range_of(cut_min(a.low, b.low), cut_min(a.high, b.high), a.whole && b.whole);
}

struct range range_max_any(struct range a, struct range b)
{
    return range_of(cut_max(a.low, b.low), cut_max(a.high, b.high), a.whole && b.whole);
}

struct range range_abs(struct range a)
{
    if (cut_sign(a.low) >= 0)
        return a;
    struct range mirrored = range_neg(a);
    if (cut_sign(a.high) <= 0)
        return mirrored;
    return range_of(cut_at(num_int(0), 0), cut_max(a.high, mirrored.high), a.whole);
}

/* ---- rounding: steps of a staircase, each end taken on its own side of a step's edge */

static struct cut cut_round(struct cut a, struct num step, enum num_rounding how)
{
    if (a.infinite)
        return a;
    struct num half = num_div(step, num_int(2)), at = a.at;
    if (a.side && num_is_int(num_div(at, half))) {
        struct num nudge = num_div(half, num_int(2));
        at = a.side > 0 ? num_add(at, nudge) : num_sub(at, nudge);
    }
    return cut_at(num_round(at, step, how), 0);
}

struct range range_round(struct range a, struct num step, enum num_rounding how)
{
    bool whole = num_is_int(step);
    if (range_is_point(a))
        return range_point_of(num_round(a.low.at, step, how), whole);
    return (struct range){cut_round(a.low, step, how), cut_round(a.high, step, how), whole};
}

struct range range_floor(struct range a)
{
    return range_round(a, num_int(1), NUM_DOWN);
}

struct range range_ceil(struct range a)
{
    return range_round(a, num_int(1), NUM_UP);
}

/* ---- comparisons */

/* Can a number at or after `low` be less than one at or before `high`? Two like infinitesimals at one number can fall either way. */
static bool can_be_less(struct cut low, struct cut high, bool or_equal)
{
    if (low.infinite || high.infinite)
        return low.infinite < 0 || high.infinite > 0;
    int order = num_compare(low.at, high.at);
    if (order)
        return order < 0;
    return low.side < high.side || (low.side == high.side && (or_equal || low.side));
}

unsigned range_less(struct range a, struct range b)
{
    return (can_be_less(a.low, b.high, false) ? TRUTH_YES : 0u) |
           (can_be_less(b.low, a.high, true) ? TRUTH_NO : 0u);
}

unsigned range_less_equal(struct range a, struct range b)
{
    return (can_be_less(a.low, b.high, true) ? TRUTH_YES : 0u) |
           (can_be_less(b.low, a.high, false) ? TRUTH_NO : 0u);
}

unsigned range_same(struct range a, struct range b)
{
    if (range_is_empty(range_meet(a, b)))
        return TRUTH_NO;
    return range_both_points(a, b) ? TRUTH_YES : TRUTH_UNKNOWN;
}
