#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/date.h"
#include "base/mem.h"

static int64_t day(const char *text)
{
    int64_t date = 0;
    assert_true(date_parse(text, &date));
    return date;
}

static void test_every_day(void **state)
{
    int year, month, dom, last_year = 0, last_month = 12, last_dom = 31;
    (void)state;
    for (int64_t date = DATE_MIN; date <= DATE_MAX; date++) {
        date_to_civil(date, &year, &month, &dom);
        assert_true(date_valid(year, month, dom));
        assert_true(date_from_civil(year, month, dom) == date);
        assert_true(dom == last_dom + 1 || (dom == 1 && month == last_month % 12 + 1));
        assert_true(year == last_year + (last_month == 12 && dom == 1));
        last_year = year, last_month = month, last_dom = dom;
    }
    assert_int_equal(last_year, 9999);
}

static void test_known_days(void **state)
{
    (void)state;
    assert_int_equal(day("1970-01-01"), 0);
    assert_int_equal(day("2000-03-01"), 11017);
    assert_int_equal(day("0001-01-01"), DATE_MIN);
    assert_int_equal(day("9999-12-31"), DATE_MAX);
    assert_int_equal(date_weekday(day("2017-04-25")), 1);
    assert_int_equal(date_weekday(0), 3);
    assert_int_equal(date_weekday(day("0001-01-01")), 0);
    assert_int_equal(date_weekday(day("9999-12-31")), 4);
}

static void test_valid(void **state)
{
    (void)state;
    assert_true(date_valid(2000, 2, 29) && date_valid(2016, 2, 29) && date_valid(1, 1, 1));
    assert_false(date_valid(1900, 2, 29) || date_valid(2017, 2, 29) || date_valid(2017, 4, 31));
    assert_false(date_valid(0, 1, 1) || date_valid(10000, 1, 1) || date_valid(2017, 0, 1) ||
                 date_valid(2017, 13, 1));
    assert_false(date_valid(2017, 1, 0) || date_valid(2017, 1, 32) || date_valid(-5, 1, 1));
}

static void test_text(void **state)
{
    static const char *const malformed[] = {"",           "2017-4-25",  "2017-04-25 ", "2017-04-2",
                                            "2017-02-29", "0000-01-01", "2017/04/25",  "12017-04-25",
                                            "2017-04-2x", "-017-04-25", "2017-13-01",  "2017"};
    int64_t date;
    (void)state;
    assert_string_equal(date_text(day("2017-04-25")), "2017-04-25");
    assert_string_equal(date_text(DATE_MIN), "0001-01-01");
    assert_string_equal(date_text(DATE_MAX), "9999-12-31");
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++)
        assert_false(date_parse(malformed[i], &date));
}

static void check_months(const char *from, int64_t months, const char *expected)
{
    assert_string_equal(date_text(date_add_months(day(from), months)), expected);
}

static void test_adding_months(void **state)
{
    (void)state;
    check_months("2017-01-31", 1, "2017-02-28");
    check_months("2016-01-31", 1, "2016-02-29");
    check_months("2016-02-29", 12, "2017-02-28");
    check_months("2017-03-31", -1, "2017-02-28");
    check_months("2017-04-25", 0, "2017-04-25");
    check_months("2017-11-30", 3, "2018-02-28");
    check_months("2017-04-25", -12 * 2016, "0001-04-25");
    check_months("2017-04-25", -12 * 2017, "0001-01-01");
    check_months("9999-11-30", 1, "9999-12-30");
    check_months("9999-11-30", 2, "9999-12-31");
    check_months("2017-04-25", INT64_MAX, "9999-12-31");
    check_months("2017-04-25", INT64_MIN, "0001-01-01");
}

static void check_between(const char *from, const char *to, int64_t months)
{
    assert_int_equal(date_months_between(day(from), day(to)), months);
    assert_int_equal(date_months_between(day(to), day(from)), -months);
}

static void test_months_between(void **state)
{
    (void)state;
    check_between("2017-04-25", "2017-04-25", 0);
    check_between("2017-04-25", "2017-05-24", 0);
    check_between("2017-04-25", "2017-05-25", 1);
    check_between("2017-01-31", "2017-02-28", 1);
    check_between("2017-01-31", "2017-02-27", 0);
    check_between("2016-02-29", "2017-02-28", 12);
    check_between("2016-12-31", "2017-01-30", 0);
    check_between("0001-01-01", "9999-12-31", 119987);
}

int main(void)
{
    mem_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day),     cmocka_unit_test(test_known_days),
        cmocka_unit_test(test_valid),         cmocka_unit_test(test_text),
        cmocka_unit_test(test_adding_months), cmocka_unit_test(test_months_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
