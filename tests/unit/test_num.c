#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/mem.h"
#include "base/num.h"

static struct num parsed(const char *text)
{
    struct num value = num_ratio(0, 0);
    assert_true(num_parse(text, strlen(text), &value));
    return value;
}

static void check(struct num value, const char *text)
{
    assert_string_equal(num_text(value), text);
}

static struct num power(int64_t base, int exponent)
{
    struct num value = num_int(1);
    while (exponent--)
        value = num_mul(value, num_int(base));
    return value;
}

static void test_reduced(void **state)
{
    (void)state;
    struct num half = num_ratio(-50, -100);
    assert_int_equal(half.top, 1);
    assert_int_equal(half.bottom, 2);
    check(num_ratio(3, -6), "-0.5");
    check(num_ratio(0, -7), "0");
    assert_false(num_valid(num_ratio(1, 0)));
    assert_false(num_valid((struct num){0}));
}

static void test_smallest_integer(void **state)
{
    (void)state;
    struct num least = num_int(INT64_MIN), negated = num_neg(least);
    check(negated, "9223372036854775808");
    assert_non_null(negated.big);
    assert_true(num_equal(num_neg(negated), least));
    assert_null(num_neg(negated).big);
    check(num_abs(least), "9223372036854775808");
    check(num_div(least, num_int(-1)), "9223372036854775808");
    check(num_mul(least, num_int(-1)), "9223372036854775808");
    check(num_ratio(1, INT64_MIN), "-0.000000000000000000108420217248550443400745280086994171142578125");
    check(num_ratio(INT64_MIN, INT64_MIN), "1");
    check(num_sub(num_int(0), least), "9223372036854775808");
    check(num_floor(num_ratio(INT64_MIN, 3)), "-3074457345618258603");
}

static void test_there_and_back(void **state)
{
    (void)state;
    struct num large = power(10, 400), third = num_ratio(1, 3);
    struct num sum = num_add(large, third);
    assert_non_null(sum.big);
    struct num back = num_sub(sum, large);
    assert_null(back.big);
    assert_true(num_equal(back, third));
    assert_true(num_equal(num_div(num_mul(third, large), large), third));
    assert_int_equal(num_compare(sum, large), 1);
    assert_int_equal(num_compare(num_neg(sum), third), -1);
    assert_true(num_equal(sum, num_add(third, large)));
    assert_false(num_equal(sum, large));
}

static void test_limit(void **state)
{
    (void)state;
    struct num most = power(2, NUM_BITS_MAX - 1);
    assert_true(num_valid(most));
    struct num over = num_mul(most, num_int(2));
    assert_false(num_valid(over));
    assert_false(num_valid(num_add(over, num_int(1))));
    assert_false(num_valid(num_round(over, num_int(1), NUM_UP)));
    assert_false(num_valid(num_floor(over)));
    assert_false(num_valid(num_min(over, num_int(1))));
    assert_false(num_valid(num_max(num_int(1), over)));
    assert_int_equal(num_compare(over, most), 0);
    assert_string_equal(num_text(over), "?");
    assert_string_equal(num_show(over, 2), "?");
}

static void test_rounding(void **state)
{
    static const struct {
        const char *value, *step, *expected[4];
    } table[] = {
        {"2.5", "1", {"3", "2", "3", "2"}},
        {"-2.5", "1", {"-2", "-2", "-2", "-3"}},
        {"3.5", "1", {"4", "4", "4", "3"}},
        {"-3.5", "1", {"-3", "-4", "-3", "-4"}},
        {"0.25", "0.5", {"0.5", "0", "0.5", "0"}},
        {"7.3", "0.5", {"7.5", "7.5", "7.5", "7"}},
        {"-0.01", "0.1", {"0", "0", "0", "-0.1"}},
        {"86.355", "0.01", {"86.36", "86.36", "86.36", "86.35"}},
        {"12", "5", {"10", "10", "15", "10"}},
        {"99999999999999999999.5",
         "1",
         {"100000000000000000000", "100000000000000000000", "100000000000000000000", "99999999999999999999"}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        for (unsigned how = NUM_HALF_UP; how <= NUM_DOWN; how++)
            check(num_round(parsed(table[i].value), parsed(table[i].step), (enum num_rounding)how),
                  table[i].expected[how]);
}

static void test_floor_and_ceil(void **state)
{
    (void)state;
    check(num_floor(num_ratio(-7, 2)), "-4");
    check(num_ceil(num_ratio(-7, 2)), "-3");
    check(num_floor(num_ratio(7, 2)), "3");
    check(num_ceil(num_ratio(7, 2)), "4");
    check(num_ceil(num_int(INT64_MIN)), "-9223372036854775808");
    check(num_floor(num_neg(num_div(power(10, 30), num_int(7)))), "-142857142857142857142857142858");
}

static void test_integers(void **state)
{
    int64_t value = 0;
    (void)state;
    assert_true(num_to_int(num_int(INT64_MIN), &value));
    assert_true(value == INT64_MIN);
    assert_false(num_to_int(num_ratio(1, 2), &value));
    assert_false(num_to_int(power(2, 63), &value));
    assert_true(num_is_int(power(2, 63)));
    assert_false(num_is_int(num_div(power(3, 50), num_int(2))));
    assert_true(num_equal(num_top(num_ratio(-2, 6)), num_int(-1)));
    assert_true(num_equal(num_bottom(num_ratio(-2, 6)), num_int(3)));
    assert_true(num_equal(num_bottom(num_div(num_int(1), power(7, 40))), power(7, 40)));
}

static void test_parse(void **state)
{
    static const char *const malformed[] = {"",     "-",    ".5",    "5.", "1__0", "_1", "1_",
                                            "1_.5", "1._5", "1.5_0", "+1", "1e3",  "1 ", " 1",
                                            "0x1",  "--1",  "1.2.3", "٣",  "１"};
    (void)state;
    check(parsed("12"), "12");
    check(parsed("1_500"), "1500");
    check(parsed("0.25"), "0.25");
    check(parsed("-3"), "-3");
    check(parsed("-0"), "0");
    check(parsed("007.50"), "7.5");
    check(parsed("123456789012345678901234567890.5"), "123456789012345678901234567890.5");
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        struct num untouched = num_int(42);
        assert_false(num_parse(malformed[i], strlen(malformed[i]), &untouched));
        assert_true(num_equal(untouched, num_int(42)));
    }
}

static void test_parse_limit(void **state)
{
    char digits[NUM_DIGITS_MAX + 2];
    struct num value;
    (void)state;
    memset(digits, '9', sizeof digits);
    assert_true(num_parse(digits, NUM_DIGITS_MAX, &value));
    assert_true(num_equal(num_add(value, num_int(1)), power(10, NUM_DIGITS_MAX)));
    assert_false(num_parse(digits, NUM_DIGITS_MAX + 1, &value));
    digits[50] = '.';
    assert_true(num_parse(digits, NUM_DIGITS_MAX + 1, &value));
    assert_false(num_parse(digits, NUM_DIGITS_MAX + 2, &value));
}

static void test_show(void **state)
{
    (void)state;
    assert_string_equal(num_show(parsed("86.356"), 2), "86.35…");
    assert_string_equal(num_show(parsed("-0.005"), 2), "-0.00…");
    assert_string_equal(num_show(parsed("86.5"), 2), "86.5");
    assert_string_equal(num_show(parsed("86.309"), 2), "86.30…");
    assert_string_equal(num_show(parsed("2.5"), 0), "2…");
    assert_string_equal(num_show(num_ratio(1, 3), 4), "0.3333…");
    assert_string_equal(num_show(num_div(power(10, 30), num_int(3)), 1), "333333333333333333333333333333.3…");
    assert_string_equal(num_show(num_div(num_int(1), power(10, 30)), 3), "0.000…");
    assert_string_equal(num_show_percent(parsed("0.977"), 2), "97.7%");
    assert_string_equal(num_show_percent(parsed("0.977251"), 2), "97.72…%");
    assert_string_equal(num_show_percent(num_int(1), 2), "100%");
}

static void test_text(void **state)
{
    (void)state;
    check(num_ratio(-1, 3), "-1/3");
    check(num_ratio(1, 8), "0.125");
    check(num_ratio(-7, 20), "-0.35");
    check(num_div(power(10, 30), num_int(-7)), "-1000000000000000000000000000000/7");
    check(num_div(num_int(1), power(10, 22)), "0.0000000000000000000001");
    check(num_div(power(3, 50), num_int(8)), "89737248461481573596281.125");
}

static void test_plain_between(void **state)
{
    (void)state;
    check(num_plain_between(num_ratio(1, 3), num_ratio(3, 7)), "0.4");
    check(num_plain_between(num_ratio(3, 7), num_ratio(1, 3)), "0.4");
    check(num_plain_between(num_ratio(1, 3), num_ratio(8, 21)), "0.34");
    check(num_plain_between(num_int(0), num_int(1)), "0.1");
    check(num_plain_between(num_int(0), num_int(5)), "1");
    check(num_plain_between(num_int(0), num_int(-5)), "-1");
    check(num_plain_between(num_ratio(-1, 3), num_int(9)), "0");
}

int main(void)
{
    mem_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reduced),        cmocka_unit_test(test_smallest_integer),
        cmocka_unit_test(test_there_and_back), cmocka_unit_test(test_limit),
        cmocka_unit_test(test_rounding),       cmocka_unit_test(test_floor_and_ceil),
        cmocka_unit_test(test_integers),       cmocka_unit_test(test_parse),
        cmocka_unit_test(test_parse_limit),    cmocka_unit_test(test_show),
        cmocka_unit_test(test_text),           cmocka_unit_test(test_plain_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
