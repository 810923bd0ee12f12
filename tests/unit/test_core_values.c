/* What is known of values of each kind, joining them, and the kernels of months, dates and lengths, against enumeration. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/date.h"
#include "base/mem.h"
#include "core/kernel.h"
#include "core/limits.h"
#include "core/measure.h"

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

static struct value apply(enum ir_op op, enum type_kind kind, struct value a, struct value b)
{
    struct ir_node node = {.op = op, .type = {.kind = kind}, .arg_count = 2};
    return kernel_apply(&node, (const struct value *[]){&a, &b});
}

static struct value apply_one(enum ir_op op, struct value of)
{
    struct ir_node node = {.op = op, .type = {.kind = TYPE_NUMBER}, .arg_count = 1};
    return kernel_apply(&node, (const struct value *[]){&of});
}

static struct value whole(int64_t low, int64_t high)
{
    return value_range(range_whole(low, high));
}

static struct value rows(size_t count, const struct value *cells)
{
    struct value *copy = MEM_ARRAY(struct value, count + 1);
    for (size_t i = 0; i < count; i++)
        copy[i] = cells[i];
    return value_sequence(1, count, copy);
}

static struct value open_rows(int64_t least, int64_t most, struct value any)
{
    struct value *copy = MEM_NEW(struct value);
    *copy = any;
    return value_open_sequence(1, range_whole(least, most), copy);
}

/* ---- known or not, equal or not */

/* Pairs: what is known, and what of the same kind is not. */
static size_t kinds(struct value *known, struct value *unknown)
{
    const struct value both[][2] = {
        {value_truth(TRUTH_NO), value_truth(TRUTH_UNKNOWN)},
        {value_int(3), whole(3, 4)},
        {value_text("a"), value_text(NULL)},
        {value_months(5, 5), value_months(4, 5)},
        {value_document(range_whole(9, 9)), value_document(range_whole(8, 9))},
        {rows(2, (struct value[]){value_int(1), value_int(2)}),
         rows(2, (struct value[]){value_int(1), whole(1, 2)})},
        {value_na(), value_or_na(value_int(3))},
    };
    size_t count = sizeof both / sizeof *both;
    for (size_t i = 0; i < count; i++)
        known[i] = both[i][0], unknown[i] = both[i][1];
    return count;
}

static void test_known(void **state)
{
    (void)state;
    struct value known[10], unknown[10];
    size_t count = kinds(known, unknown);
    for (size_t i = 0; i < count; i++) {
        assert_true(value_is_known(&known[i]));
        assert_false(value_is_known(&unknown[i]));
    }
    struct value nothing = {.kind = VALUE_NONE}, open = open_rows(0, 1, value_int(1)), none = rows(0, NULL);
    assert_false(value_is_known(&nothing));
    assert_false(value_is_known(&open));
    assert_true(value_is_known(&none));
}

static void test_equal(void **state)
{
    (void)state;
    struct value known[10], unknown[10];
    size_t count = kinds(known, unknown);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++) {
            assert_int_equal(value_equal(&known[i], &known[k]), i == k);
            assert_int_equal(value_equal(&unknown[i], &unknown[k]), i == k);
            assert_false(value_equal(&known[i], &unknown[k]));
        }
    struct value a = value_months(1, 3), b = value_months(1, 7), nothing = {.kind = VALUE_NONE};
    struct value fault = value_fault(FAULT_DIVISION, NULL), other = value_fault(FAULT_DIVISION, NULL);
    assert_false(value_equal(&a, &b));
    assert_true(value_equal(&nothing, &nothing));
    assert_true(value_equal(&fault, &fault));
    assert_false(value_equal(&fault, &other));
    struct value only = value_na(), perhaps = {.kind = VALUE_NONE, .na = true};
    assert_false(value_equal(&only, &perhaps));
}

static void test_partly_known(void **state)
{
    (void)state;
    struct value some = rows(2, (struct value[]){whole(1, 2), value_int(2)}),
                 none = rows(1, (struct value[]){whole(1, 2)});
    struct value number = value_int(1), empty = rows(0, NULL);
    assert_true(value_is_partly_known(&some));
    assert_false(value_is_partly_known(&none));
    assert_false(value_is_partly_known(&number));
    assert_false(value_is_partly_known(&empty));
}

static void test_questions_to_values(void **state)
{
    (void)state;
    struct value yes = value_truth(TRUTH_YES), no = value_truth(TRUTH_NO), open = value_truth(TRUTH_UNKNOWN);
    struct value yes_or_na = value_or_na(yes), no_or_na = value_or_na(no), one = value_int(1),
                 na = value_na();
    assert_true(value_is_yes(&yes) && value_is_no(&no));
    assert_false(value_is_yes(&no) || value_is_no(&yes) || value_is_yes(&open) || value_is_no(&open));
    assert_false(value_is_yes(&yes_or_na) || value_is_no(&no_or_na) || value_is_yes(&one) ||
                 value_is_no(&one));
    struct value perhaps = value_or_na(one), range = whole(1, 2), paper = value_document(range_whole(1, 1));
    assert_true(value_is_point(&one));
    assert_false(value_is_point(&perhaps) || value_is_point(&range) || value_is_point(&paper) ||
                 value_is_point(&yes));
    assert_true(value_has_range(&perhaps) && value_has_range(&paper));
    struct value number_na = one, number_fault = one;
    number_na.na = number_na.nothing_else = true;
    number_fault.fault = value_fault(FAULT_DIVISION, NULL).fault;
    assert_false(value_has_range(&na) || value_has_range(&yes) || value_has_range(&number_na) ||
                 value_has_range(&number_fault));
}

static void test_na_comes_and_goes(void **state)
{
    (void)state;
    struct value fault = value_or_na(value_fault(FAULT_DIVISION, NULL)), one = value_int(1);
    assert_false(fault.na);
    struct value back = value_without_na(value_or_na(one)), nothing = value_without_na(value_na());
    assert_true(value_equal(&back, &one));
    assert_true(nothing.kind == VALUE_NONE && !nothing.na && !nothing.nothing_else);
}

/* ---- joining */

static struct value joined(struct value a, struct value b)
{
    struct value one = value_join(a, b), other = value_join(b, a);
    if (one.kind != VALUE_SEQUENCE)
        assert_true(value_equal(&one, &other));
    return one;
}

static void test_join(void **state)
{
    (void)state;
    struct value known[10], unknown[10];
    size_t count = kinds(known, unknown);
    for (size_t i = 0; i < count; i++) {
        struct value itself = joined(known[i], known[i]), with_na = joined(known[i], value_na());
        assert_true(value_equal(&itself, &known[i]));
        assert_true(with_na.na && with_na.kind == known[i].kind);
        struct value nothing = joined((struct value){.kind = VALUE_NONE}, known[i]);
        assert_true(value_equal(&nothing, &known[i]));
    }
    struct value months = joined(value_months(3, 7), value_months(6, 14));
    assert_true(months.months.sure == 2 && months.months.possible == 15);
    assert_int_equal(joined(value_truth(TRUTH_YES), value_truth(TRUTH_NO)).truth, TRUTH_UNKNOWN);
    assert_null(joined(value_text("a"), value_text("b")).text);
    assert_string_equal(joined(value_text("a"), value_text("a")).text, "a");
    struct value papers = joined(value_document(range_whole(1, 2)), value_document(range_whole(4, 4)));
    assert_true(papers.kind == VALUE_DOCUMENT && range_equal(papers.range, range_whole(1, 4)));
    assert_true(joined(value_or_na(value_int(1)), value_int(2)).na);
    assert_false(joined(value_int(1), value_int(2)).na);
}

/* A fault gives way; of two, the first stays. */
static void test_join_with_faults(void **state)
{
    (void)state;
    struct value fault = value_fault(FAULT_DIVISION, NULL), other = value_fault(FAULT_STEP, NULL),
                 one = value_int(1);
    struct value nothing = {.kind = VALUE_NONE}, kept = value_join(fault, other);
    assert_ptr_equal(kept.fault, fault.fault);
    kept = joined(fault, one);
    assert_true(value_equal(&kept, &one));
    kept = value_join(nothing, fault);
    assert_ptr_equal(kept.fault, fault.fault);
}

static void check_joined_rows(struct value a, struct value b, struct range count, struct range cell)
{
    struct value both = joined(a, b);
    assert_int_equal(both.kind, VALUE_SEQUENCE);
    assert_true(both.sequence->open && range_equal(both.sequence->extra, count));
    assert_true(range_equal(both.sequence->any[0].range, cell));
}

static void test_join_rows(void **state)
{
    (void)state;
    struct value two = rows(2, (struct value[]){value_int(1), value_int(5)}),
                 one = rows(1, (struct value[]){value_int(7)});
    struct value open = open_rows(3, 4, whole(8, 9));
    check_joined_rows(two, one, range_whole(1, 2), range_whole(1, 7));
    check_joined_rows(one, two, range_whole(1, 2), range_whole(1, 7));
    check_joined_rows(two, open, range_whole(2, 4), range_whole(1, 9));
    struct value more = value_further_rows(two.sequence, range_whole(0, 3), open.sequence->any);
    check_joined_rows(more, one, range_whole(1, 5), range_whole(1, 9));
    struct value same = value_join(two, two);
    assert_ptr_equal(same.sequence, two.sequence);
}

/* ---- comparing */

static unsigned same(struct value a, struct value b)
{
    struct value result = apply(IR_EQUAL, TYPE_YESNO, a, b);
    assert_int_equal(result.kind, VALUE_TRUTH);
    return result.truth;
}

/* All sets of three months that lie between what is sure and what is possible. */
static unsigned same_months(struct value a, struct value b)
{
    unsigned result = 0;
    for (unsigned one = 0; one < 8; one++)
        for (unsigned other = 0; other < 8; other++) {
            bool fits = !(a.months.sure & ~one) && !(one & ~a.months.possible) && !(b.months.sure & ~other) &&
                        !(other & ~b.months.possible);
            if (fits)
                result |= one == other ? TRUTH_YES : TRUTH_NO;
        }
    return result;
}

static void test_same_months(void **state)
{
    (void)state;
    for (unsigned choice = 0; choice < 8 * 8 * 8 * 8; choice++) {
        struct value a = value_months(choice & 7, choice >> 3 & 7),
                     b = value_months(choice >> 6 & 7, choice >> 9);
        if (!(a.months.sure & ~a.months.possible) && !(b.months.sure & ~b.months.possible))
            assert_int_equal(same(a, b), same_months(a, b));
    }
}

static void test_same_texts(void **state)
{
    (void)state;
    assert_int_equal(same(value_text("a"), value_text("a")), TRUTH_YES);
    assert_int_equal(same(value_text("a"), value_text("b")), TRUTH_NO);
    assert_int_equal(same(value_text(NULL), value_text("b")), TRUTH_UNKNOWN);
    assert_int_equal(same(value_text("a"), value_text(NULL)), TRUTH_UNKNOWN);
    assert_int_equal(same(value_document(range_whole(3, 3)), value_document(range_whole(3, 3))), TRUTH_YES);
    assert_int_equal(same(rows(0, NULL), rows(0, NULL)), TRUTH_UNKNOWN);
}

/* ---- lengths, months */

static void test_lengths(void **state)
{
    (void)state;
    struct value counted = apply_one(IR_LENGTH, value_text("a\u6708\U0001F600")),
                 open = apply_one(IR_LENGTH, value_text(NULL));
    assert_true(range_equal(counted.range, range_whole(3, 3)));
    assert_true(range_equal(open.range, range_counting()));
    assert_true(
        range_equal(apply_one(IR_LENGTH, value_document(range_whole(2, 5))).range, range_whole(2, 5)));
    assert_int_equal(apply_one(IR_LENGTH, value_document(range_whole(2, 5))).kind, VALUE_NUMBER);
    assert_true(range_equal(apply_one(IR_MONTH_COUNT, value_months(1, 7)).range, range_whole(1, 3)));
}

/* ---- the calendar */

static int64_t day(int year, int month, int number)
{
    return date_from_civil(year, month, number);
}

static void check_hull(struct value result, int64_t low, int64_t high)
{
    assert_null(result.fault);
    assert_true(range_equal(result.range, range_whole(low, high)));
}

/* Some days around the ends of months, some numbers of months: the range is what its ends come to. */
static void test_months_added(void **state)
{
    (void)state;
    const int64_t first = day(2023, 12, 30), months[] = {-13, -1, 0, 1, 2, 25};
    for (int from = 0; from < 70; from += 3)
        for (size_t i = 0; i < 6; i++)
            for (size_t k = i; k < 6; k++)
                check_hull(apply(IR_ADD_MONTHS, TYPE_DATE, whole(first + from, first + from + 2),
                                 whole(months[i], months[k])),
                           date_add_months(first + from, months[i]),
                           date_add_months(first + from + 2, months[k]));
}

static void test_months_added_past_the_calendar(void **state)
{
    (void)state;
    struct value last = whole(day(9999, 12, 1), day(9999, 12, 1)),
                 first = whole(day(1, 1, 31), day(1, 1, 31));
    assert_non_null(apply(IR_ADD_MONTHS, TYPE_DATE, last, value_int(1)).fault);
    check_hull(apply(IR_ADD_MONTHS, TYPE_DATE, last, value_int(0)), day(9999, 12, 1), day(9999, 12, 1));
    assert_non_null(apply(IR_ADD_MONTHS, TYPE_DATE, first, value_int(-1)).fault);
    check_hull(apply(IR_ADD_MONTHS, TYPE_DATE, first, value_int(0)), day(1, 1, 31), day(1, 1, 31));
    check_hull(apply(IR_ADD_MONTHS, TYPE_DATE, first, value_int(1)), day(1, 2, 28), day(1, 2, 28));
    check_hull(apply(IR_ADD_MONTHS, TYPE_DATE, last, whole(0, 1)), day(9999, 12, 1), DATE_MAX);
    check_hull(apply(IR_ADD_MONTHS, TYPE_DATE, value_range(range_all()), value_int(1)), day(1, 2, 1),
               DATE_MAX);
    check_hull(apply(IR_ADD_MONTHS, TYPE_DATE, first, value_range(range_all())), DATE_MIN, DATE_MAX);
    struct value huge = value_number(num_mul(num_int(INT64_MAX), num_int(4)));
    struct value vast = value_range(range_between(num_neg(huge.range.low.at), huge.range.low.at));
    check_hull(apply(IR_ADD_MONTHS, TYPE_DATE, first, vast), DATE_MIN, DATE_MAX);
    check_hull(apply_one(IR_YEAR, vast), 1, 9999);
    check_hull(apply(IR_ADD_MONTHS, TYPE_DATE, first, whole(-130000, 130000)), DATE_MIN, DATE_MAX);
    check_hull(apply_one(IR_YEAR, whole(DATE_MIN - 5, DATE_MAX + 5)), 1, 9999);
}

static void test_months_between(void **state)
{
    (void)state;
    const int64_t first = day(2023, 12, 30);
    for (int from = 0; from < 70; from += 3)
        for (int to = 0; to < 70; to += 3)
            check_hull(apply(IR_MONTHS_FROM, TYPE_NUMBER, whole(first + from, first + from + 9),
                             whole(first + to, first + to + 4)),
                       date_months_between(first + from + 9, first + to),
                       date_months_between(first + from, first + to + 4));
}

static void test_years_and_months(void **state)
{
    (void)state;
    check_hull(apply_one(IR_YEAR, whole(day(2023, 12, 31), day(2024, 1, 1))), 2023, 2024);
    check_hull(apply_one(IR_MONTH, whole(day(2023, 12, 31), day(2024, 1, 1))), 1, 12);
    check_hull(apply_one(IR_MONTH, whole(day(2024, 2, 29), day(2024, 4, 1))), 2, 4);
    check_hull(apply_one(IR_MONTH, whole(day(2024, 2, 29), day(2024, 2, 29))), 2, 2);
}

static void test_days_added(void **state)
{
    (void)state;
    struct value last = whole(DATE_MAX, DATE_MAX), half = value_number(num_ratio(3, 2));
    assert_non_null(apply(IR_ADD, TYPE_DATE, last, value_int(1)).fault);
    assert_null(apply(IR_ADD, TYPE_NUMBER, last, value_int(1)).fault);
    check_hull(apply(IR_ADD, TYPE_DATE, last, whole(-1, 1)), DATE_MAX - 1, DATE_MAX);
    check_hull(apply(IR_ADD, TYPE_DATE, value_int(5), half), 6, 6);
}

/* ---- numbers past what can be said */

static void test_cuts_past_the_limit(void **state)
{
    (void)state;
    struct num huge = num_int(INT64_MAX);
    while (num_valid(huge))
        huge = num_mul(huge, huge);
    struct cut past = cut_at(huge, 0), one = cut_at(num_int(1), 0), end = cut_infinite(1);
    assert_false(num_valid(cut_min(past, one).at) || num_valid(cut_min(one, past).at));
    assert_false(num_valid(cut_max(past, one).at) || num_valid(cut_max(one, past).at));
    assert_true(num_equal(cut_min(one, end).at, num_int(1)));
    struct value large = value_int(INT64_MAX);
    struct ir_node node = {.op = IR_MUL, .type = {.kind = TYPE_NUMBER}, .arg_count = 2};
    while (!large.fault)
        large = kernel_apply(&node, (const struct value *[]){&large, &large});
    assert_int_equal(large.fault->kind, FAULT_TOO_LARGE);
    assert_ptr_equal(large.fault->node, &node);
    assert_int_equal(kernel_range(&node, range_from(huge)).fault->kind, FAULT_TOO_LARGE);
    assert_int_equal(kernel_range(&node, (struct range){cut_infinite(-1), past, false}).fault->kind,
                     FAULT_TOO_LARGE);
    assert_null(kernel_range(&node, range_all()).fault);
}

/* ---- what may be entered */

static void test_limits(void **state)
{
    (void)state;
    struct num legal[] = {num_int(1), num_int(4)};
    struct limits free = {.range = range_all()},
                  even = {.range = range_from(num_int(1)), .stepped = true, .step = num_int(2)};
    struct limits listed = {.range = range_whole(0, 9), .legal = legal, .legal_count = 2};
    struct limits from_zero = {.range = range_all(), .stepped = true, .step = num_int(2)};
    assert_true(limits_allow(&free, num_ratio(1, 3)));
    assert_true(limits_allow(&even, num_int(3)) && !limits_allow(&even, num_int(4)) &&
                !limits_allow(&even, num_int(-1)));
    assert_true(limits_allow(&from_zero, num_int(-4)) && !limits_allow(&from_zero, num_int(3)));
    assert_true(limits_allow(&listed, num_int(4)) && !limits_allow(&listed, num_int(3)));
}

/* ---- units of measure */

static bool is_factor(const struct measure *from, const struct measure *to, int64_t factor)
{
    return measure_alike(from, to) && num_equal(measure_factor(from, to), num_int(factor));
}

/* Days, months and years are there without being declared, by each of their words; days are no number of months. */
static void test_calendar_units(void **state)
{
    (void)state;
    const struct {
        enum calendar_unit unit;
        const char *words[5];
    } units[] = {{UNIT_DAY, {"day", "days", "天", "日"}},
                 {UNIT_MONTH, {"month", "months", "个月"}},
                 {UNIT_YEAR, {"year", "years", "年"}}};
    struct map measures = {0};
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; units[i].words[k]; k++) {
            const struct measure *unit = measure_get(&measures, units[i].words[k]);
            assert_ptr_equal(unit, measure_calendar(units[i].unit));
            assert_true(measure_is_calendar(unit));
        }
    const struct measure *days = measure_calendar(UNIT_DAY), *months = measure_calendar(UNIT_MONTH),
                         *years = measure_calendar(UNIT_YEAR);
    assert_true(is_factor(years, months, 12) && is_factor(days, days, 1));
    assert_false(measure_alike(days, months) || measure_alike(days, NULL) || measure_alike(NULL, days));
    assert_true(measure_alike(NULL, NULL));
}

/* A unit comes to be when it is named; a counting word before it multiplies, and nothing else that begins like it. */
static void test_units_by_name(void **state)
{
    (void)state;
    struct map measures = {0};
    assert_false(measure_known(&measures, "元"));
    const struct measure *yuan = measure_get(&measures, "元");
    assert_true(measure_known(&measures, "元") && !measure_known(&measures, "万元"));
    assert_ptr_equal(measure_get(&measures, "元"), yuan);
    assert_false(measure_is_calendar(yuan));
    assert_true(is_factor(measure_get(&measures, "万元"), yuan, 10000));
    assert_true(is_factor(measure_get(&measures, "亿元"), measure_get(&measures, "万元"), 10000));
    assert_true(is_factor(measure_get(&measures, "万亿元"), yuan, 1000000000000));
    assert_ptr_equal(measure_get(&measures, "万元"), measure_get(&measures, "万元"));
    assert_false(measure_alike(measure_get(&measures, "万"), yuan));
    const struct measure *pair = measure_add(&measures, "pair", measure_get(&measures, "piece"), num_int(2));
    const struct measure *dozen = measure_add(&measures, "dozen", pair, num_int(6));
    assert_true(is_factor(dozen, measure_get(&measures, "piece"), 12) &&
                is_factor(dozen, measure_get(&measures, "pair"), 6));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_equal),
        cmocka_unit_test(test_partly_known),
        cmocka_unit_test(test_questions_to_values),
        cmocka_unit_test(test_na_comes_and_goes),
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_join_with_faults),
        cmocka_unit_test(test_join_rows),
        cmocka_unit_test(test_same_months),
        cmocka_unit_test(test_same_texts),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_months_added),
        cmocka_unit_test(test_months_added_past_the_calendar),
        cmocka_unit_test(test_months_between),
        cmocka_unit_test(test_years_and_months),
        cmocka_unit_test(test_days_added),
        cmocka_unit_test(test_cuts_past_the_limit),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_calendar_units),
        cmocka_unit_test(test_units_by_name),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
