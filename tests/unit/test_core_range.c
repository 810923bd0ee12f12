/* Ranges against brute force: every operation on every pair of ranges over a small grid, with open, closed and infinite ends. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/mem.h"
#include "core/range.h"

enum {
    GRID = 5,
    RANGES_MAX = 400,
    MEMBERS_MAX = 16,
    NEAR = 100000, /* an open end is tried with 1/NEAR and 2/NEAR beside it, an infinite one with NEAR */
    CLOSE = 500    /* an end is reached when a member comes within 1/CLOSE of it */
};

static struct num grid[GRID];
static struct range ranges[RANGES_MAX];
static size_t range_count;

struct members {
    struct num items[MEMBERS_MAX];
    size_t count;
};

/* ---- ranges and what is in them */

static void add_range(struct cut low, struct cut high, bool whole)
{
    struct range range = range_of(low, high, whole);
    if (!range_is_empty(range) && range_count < RANGES_MAX)
        ranges[range_count++] = range;
}

/* Open ends lie inside, and germs hold what is just beside one number. */
static void make_ranges(void)
{
    struct cut lows[2 * GRID + 1], highs[2 * GRID + 1];
    for (size_t i = 0; i < GRID; i++) {
        lows[2 * i] = highs[2 * i] = cut_at(grid[i], 0);
        lows[2 * i + 1] = cut_at(grid[i], 1);
        highs[2 * i + 1] = cut_at(grid[i], -1);
        add_range(cut_at(grid[i], 1), cut_at(grid[i], 1), false);
        add_range(cut_at(grid[i], -1), cut_at(grid[i], -1), false);
    }
    lows[2 * GRID] = cut_infinite(-1);
    highs[2 * GRID] = cut_infinite(1);
    for (size_t i = 0; i <= 2 * GRID; i++)
        for (size_t k = 0; k <= 2 * GRID; k++) {
            add_range(lows[i], highs[k], false);
            add_range(lows[i], highs[k], true);
        }
}

static int set_up(void **state)
{
    (void)state;
    mem_start();
    grid[0] = num_int(-2);
    grid[1] = num_ratio(-1, 2);
    grid[2] = num_int(0);
    grid[3] = num_int(1);
    grid[4] = num_ratio(5, 2);
    make_ranges();
    return 0;
}

/* A number that is as near to an end as those beside open ends counts as infinitely near. */
static bool is_after(struct cut low, struct num number)
{
    if (low.infinite)
        return low.infinite < 0 || num_compare(number, num_int(CLOSE)) > 0;
    struct num beyond = num_sub(number, low.at);
    bool near = num_compare(num_abs(beyond), num_ratio(1, CLOSE)) < 0;
    return near ? num_sign(beyond) >= low.side : num_sign(beyond) > 0;
}

static bool holds(struct range range, struct num number)
{
    struct range turned = range_neg(range);
    if (range.whole && !num_is_int(number))
        return false;
    return is_after(range.low, number) && is_after(turned.low, num_neg(number));
}

static void add_member(struct members *members, struct range range, struct num number)
{
    if (!holds(range, number))
        return;
    assert_true(members->count < MEMBERS_MAX);
    members->items[members->count++] = number;
}

static struct members members_of(struct range range)
{
    struct members members = {.count = 0};
    const struct cut ends[] = {range.low, range.high};
    for (size_t i = 0; i < GRID; i++)
        add_member(&members, range, grid[i]);
    for (int whole = -1; whole <= 2; whole += 3)
        add_member(&members, range, num_int(whole));
    for (int i = 0; i < 2; i++) {
        if (ends[i].infinite)
            add_member(&members, range, num_int((int64_t)ends[i].infinite * NEAR));
        else if (!ends[i].side)
            add_member(&members, range, ends[i].at);
        else
            for (int step = 1; step <= 2; step++)
                add_member(&members, range,
                           num_add(ends[i].at, num_ratio((int64_t)ends[i].side * step, NEAR)));
    }
    return members;
}

/* ---- binary operations */

typedef struct range range_op(struct range a, struct range b);
typedef struct num num_op(struct num a, struct num b);

/* What an infinite end meets with what vanishes can come to anything: an infinite end is then not asked for. */
static bool near_low(struct range result, struct num least)
{
    if (result.low.infinite)
        return true;
    return num_compare(num_sub(least, result.low.at), num_ratio(1, CLOSE)) < 0;
}

static bool near_high(struct range result, struct num most)
{
    if (result.high.infinite)
        return true;
    return num_compare(num_sub(result.high.at, most), num_ratio(1, CLOSE)) < 0;
}

/* By what is infinitely near to 0 anything can come out. */
static bool vanishes(struct range range)
{
    return range.low.side && !num_sign(range.low.at) &&
           range_equal(range, range_of(range.low, range.low, false));
}

static void check_pair(struct range a, struct range b, range_op *on_ranges, num_op *on_numbers, bool divides)
{
    struct members left = members_of(a), right = members_of(b);
    struct range result = on_ranges(a, b);
    bool any = false;
    struct num least = num_int(0), most = num_int(0);
    for (size_t i = 0; i < left.count; i++)
        for (size_t k = 0; k < right.count; k++) {
            if (divides && !num_sign(right.items[k]))
                continue;
            struct num number = on_numbers(left.items[i], right.items[k]);
            assert_true(holds(result, number));
            least = any ? num_min(least, number) : number;
            most = any ? num_max(most, number) : number;
            any = true;
        }
    assert_true(!any || vanishes(b) || (near_low(result, least) && near_high(result, most)));
}

static void check_binary(range_op *on_ranges, num_op *on_numbers, bool divides)
{
    for (size_t i = 0; i < range_count; i++)
        for (size_t k = 0; k < range_count; k++) {
            struct range b = ranges[k];
            if (!divides || !range_is_point(b) || num_sign(b.low.at))
                check_pair(ranges[i], b, on_ranges, on_numbers, divides);
        }
}

static void test_add(void **state)
{
    (void)state;
    check_binary(range_add, num_add, false);
}

static void test_sub(void **state)
{
    (void)state;
    check_binary(range_sub, num_sub, false);
}

static void test_mul(void **state)
{
    (void)state;
    check_binary(range_mul, num_mul, false);
}

static void test_div(void **state)
{
    (void)state;
    check_binary(range_div, num_div, true);
}

static void test_min_max(void **state)
{
    (void)state;
    check_binary(range_min, num_min, false);
    check_binary(range_max, num_max, false);
}

/* ---- unary operations */

static void check_unary(struct range a, struct range result, struct num (*on_number)(struct num))
{
    struct members members = members_of(a);
    struct num least = num_int(0), most = num_int(0);
    for (size_t i = 0; i < members.count; i++) {
        struct num number = on_number(members.items[i]);
        assert_true(holds(result, number));
        least = i ? num_min(least, number) : number;
        most = i ? num_max(most, number) : number;
    }
    assert_true(!members.count || (near_low(result, least) && near_high(result, most)));
}

static struct num rounding_step;
static enum num_rounding rounding_how;

static struct num rounded(struct num a)
{
    return num_round(a, rounding_step, rounding_how);
}

static void test_neg_abs(void **state)
{
    (void)state;
    for (size_t i = 0; i < range_count; i++) {
        check_unary(ranges[i], range_neg(ranges[i]), num_neg);
        check_unary(ranges[i], range_abs(ranges[i]), num_abs);
        check_unary(ranges[i], range_floor(ranges[i]), num_floor);
        check_unary(ranges[i], range_ceil(ranges[i]), num_ceil);
    }
}

/* A germ beside the edge of a step falls to its own side. */
static void test_round(void **state)
{
    (void)state;
    static const enum num_rounding all[] = {NUM_HALF_UP, NUM_HALF_EVEN, NUM_UP, NUM_DOWN};
    const struct num steps[] = {num_int(1), num_ratio(1, 2), num_int(5), num_ratio(1, 3)};
    for (size_t how = 0; how < 4; how++)
        for (size_t step = 0; step < 4; step++)
            for (size_t i = 0; i < range_count; i++) {
                rounding_how = all[how];
                rounding_step = steps[step];
                check_unary(ranges[i], range_round(ranges[i], rounding_step, rounding_how), rounded);
            }
}

/* ---- comparisons */

static unsigned truths_of(struct range a, struct range b, bool (*is)(int order))
{
    struct members left = members_of(a), right = members_of(b);
    unsigned truths = 0;
    for (size_t i = 0; i < left.count; i++)
        for (size_t k = 0; k < right.count; k++)
            truths |= is(num_compare(left.items[i], right.items[k])) ? TRUTH_YES : TRUTH_NO;
    return truths;
}

static bool is_less(int order)
{
    return order < 0;
}

static bool is_less_equal(int order)
{
    return order <= 0;
}

static bool is_same(int order)
{
    return order == 0;
}

static void test_comparisons(void **state)
{
    (void)state;
    for (size_t i = 0; i < range_count; i++)
        for (size_t k = 0; k < range_count; k++) {
            struct range a = ranges[i], b = ranges[k];
            assert_int_equal(range_less(a, b), truths_of(a, b, is_less));
            assert_int_equal(range_less_equal(a, b), truths_of(a, b, is_less_equal));
            unsigned same = truths_of(a, b, is_same);
            assert_int_equal(range_same(a, b) | same, range_same(a, b));
        }
}

/* ---- sets */

static void test_sets(void **state)
{
    (void)state;
    for (size_t i = 0; i < range_count; i++)
        for (size_t k = 0; k < range_count; k++) {
            struct range both = range_meet(ranges[i], ranges[k]), either = range_join(ranges[i], ranges[k]);
            struct members members = members_of(ranges[i]);
            for (size_t m = 0; m < members.count; m++) {
                bool in_other = holds(ranges[k], members.items[m]);
                assert_int_equal(!range_is_empty(both) && holds(both, members.items[m]), in_other);
                assert_true(holds(either, members.items[m]));
            }
        }
}

static void test_whole_ends(void **state)
{
    (void)state;
    struct range range = range_of(cut_at(num_ratio(1, 2), 0), cut_at(num_int(3), -1), true);
    assert_true(range_equal(range, range_of(cut_at(num_int(1), 0), cut_at(num_int(2), 0), true)));
    assert_true(range_is_empty(range_of(cut_at(num_int(1), 1), cut_at(num_int(2), -1), true)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_add),        cmocka_unit_test(test_sub),         cmocka_unit_test(test_mul),
        cmocka_unit_test(test_div),        cmocka_unit_test(test_min_max),     cmocka_unit_test(test_neg_abs),
        cmocka_unit_test(test_round),      cmocka_unit_test(test_comparisons), cmocka_unit_test(test_sets),
        cmocka_unit_test(test_whole_ends),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
