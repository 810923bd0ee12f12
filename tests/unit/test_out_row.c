/* Rows of the output as text, and what they come to together; numbers are held against num_text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/cell_text.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/ratio_text.h"
#include "batch/tally.h"
#include "chance.h"

/* ---- numbers */

static void check_ratio(int64_t top, int64_t bottom)
{
    char text[RATIO_TEXT_ROOM + 1];
    size_t length = ratio_text(text, top, bottom);
    assert_true(length <= RATIO_TEXT_ROOM);
    text[length] = '\0';
    assert_string_equal(text, num_text(num_ratio(top, bottom)));
}

static void test_ratios_at_the_ends(void **state)
{
    (void)state;
    static const int64_t ends[] = {
        0, 1, -1, 2, 3, 5, 10, 1000000000000000000, -7, INT64_MAX, INT64_MIN, INT64_MAX - 1, 1024};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
            if (ends[k] > 0)
                check_ratio(ends[i], ends[k]);
        check_ratio(ends[i], (int64_t)1 << 62);
        check_ratio(ends[i], 7450580596923828125); /* 5 to the 27th */
    }
}

static void test_ratios(void **state)
{
    (void)state;
    seed = 11;
    for (int i = 0; i < 20000; i++) {
        int64_t top = (int64_t)chance(1u << 31) * (chance(2) ? 1 : -1) *
                      (int64_t)(chance(3) ? 1 : 1 + chance(1u << 30));
        check_ratio(top, 1 + chance(chance(2) ? 5000 : 1u << 31));
    }
}

/* ---- texts */

static void check_cell(size_t write(char *, const char *, size_t), const char *text, const char *wanted)
{
    char room[256] = "";
    size_t length = write(room, text, strlen(text));
    assert_true(length <= CELL_TEXT_ROOM(strlen(text)));
    assert_string_equal(room, wanted);
}

static void test_cells(void **state)
{
    (void)state;
    check_cell(cell_text_csv, "", "");
    check_cell(cell_text_csv, "a, \"b\"", "\"a, \"\"b\"\"\"");
    check_cell(cell_text_csv, "a\nb", "\"a\nb\"");
    check_cell(cell_text_csv, "=1,2", "\"'=1,2\"");
    check_cell(cell_text_csv, "-12.5", "'-12.5");
    check_cell(cell_text_csv, "a\x1b\r\xE2\x80\xAE\xF3\xA0\x81\x81", "a\\u{1b}\\u{d}\\u{202e}\\u{e0041}");
    check_cell(cell_text_json, "a\"\\\b\x01\xC2\xAD岳", "\"a\\\"\\\\\\b\\u0001\\u00ad岳\"");
    check_cell(cell_text_json, "\xF3\xA0\x81\x81", "\"\\udb40\\udc41\"");
}

/* ---- rows */

static const struct symbol SYMBOLS[] = {{"poor", NULL}, {"good", NULL}};
static const struct choice GRADES = {"grades", SYMBOLS, 2, true};
static struct out_column columns[] = {{.kind = OUT_NUMBER, .name = "total"},
                                      {.kind = OUT_RUNGS, .name = "grade", .choice = &GRADES},
                                      {.kind = OUT_TRUTH, .name = "fit"},
                                      {.kind = OUT_DATE, .name = "day"},
                                      {.kind = OUT_CHOICE, .name = "kind", .choice = &GRADES},
                                      {.kind = OUT_WORDS, .name = "words"}};
static const char *const TEXTS[] = {"label"};

static const char *row_of(bool json, bool lower, const struct row_value *values)
{
    struct row_form form = {.json = json,
                            .lower_is_better = lower,
                            .texts = TEXTS,
                            .text_count = 1,
                            .columns = columns,
                            .count = sizeof columns / sizeof *columns};
    struct row_out out = {0};
    row_form_finish(&form);
    row_begin(&out, &form, "u,1", 3);
    row_text(&out, &form, 0, "", 0);
    for (size_t i = 0; i < form.count; i++)
        row_value(&out, &form, &columns[i], &values[i]);
    row_finish(&out, &form, !lower);
    const char *text = mem_text(out.bytes, out.length);
    free(out.bytes);
    return text;
}

static void test_row(void **state)
{
    (void)state;
    const struct row_value known[] = {{CAN_BE_ELSE, {1, 3, NULL}, {7, 2, NULL}},
                                      {CAN_BE_ELSE, {0, 1, NULL}, {1, 1, NULL}},
                                      {CAN_BE_YES, {0}, {0}},
                                      {CAN_BE_ELSE, {0, 1, NULL}, {.text = ""}},
                                      {CAN_BE_ELSE, {1, 1, NULL}, {1, 1, NULL}},
                                      {.can = CAN_BE_ELSE, .low = {.text = "a,b"}}};
    assert_string_equal(row_of(false, false, known),
                        "\"u,1\",,1/3,3.5,poor,good,yes,1970-01-01,,good,\"a,b\",yes\r\n");
    assert_string_equal(
        row_of(true, false, known),
        "{\"unit\":\"u,1\",\"label\":null,\"total_low\":\"1/"
        "3\",\"total_high\":\"3.5\",\"grade_low\":\"poor\","
        "\"grade_high\":\"good\",\"fit\":\"yes\",\"day_low\":\"1970-01-01\",\"day_high\":null,\"kind\":"
        "\"good\",\"words\":\"a,b\",\"exact\":\"yes\"}\n");
}

/* What is carried through as a number stays one. */
static void check_text(const char *text, const char *wanted)
{
    struct row_form form = {.texts = TEXTS, .text_count = 1};
    struct row_out out = {0};
    row_form_finish(&form);
    row_text(&out, &form, 0, text, strlen(text));
    assert_string_equal(mem_text(out.bytes, out.length), wanted);
    free(out.bytes);
}

static void test_texts(void **state)
{
    (void)state;
    check_text("-12.5", ",-12.5");
    check_text("+3", ",+3");
    check_text("-1-2", ",'-1-2");
    check_text("-.", ",'-.");
    check_text("=1", ",'=1");
    check_text("", ",");
}

static void test_not_applicable(void **state)
{
    (void)state;
    const struct row_value open[] = {{CAN_BE_ELSE | CAN_BE_NA, {1, 1, NULL}, {2, 1, NULL}},
                                     {CAN_BE_NA, {0}, {0}},
                                     {CAN_BE_YES | CAN_BE_NA, {0}, {0}},
                                     {CAN_BE_NA, {0}, {0}},
                                     {CAN_BE_ELSE | CAN_BE_NA, {1, 1, NULL}, {1, 1, NULL}},
                                     {.can = CAN_BE_ELSE, .low = {.text = "unknown"}}};
    assert_string_equal(row_of(false, false, open),
                        "\"u,1\",,n/a,2,n/a,n/a,unknown,n/a,n/a,unknown,unknown,yes\r\n");
    assert_string_equal(row_of(false, true, open),
                        "\"u,1\",,1,n/a,n/a,n/a,unknown,n/a,n/a,unknown,unknown,no\r\n");
}

/* ---- sums */

static void test_bins(void **state)
{
    (void)state;
    assert_int_equal(tally_bin(-1, 100), TALLY_BELOW);
    assert_int_equal(tally_bin(0, 100), 0);
    assert_int_equal(tally_bin(499, 10000), 0);
    assert_int_equal(tally_bin(500, 10000), 1);
    assert_int_equal(tally_bin(99, 100), TALLY_BINS - 1);
    assert_int_equal(tally_bin(100, 100), TALLY_BINS - 1);
    assert_int_equal(tally_bin(101, 100), TALLY_ABOVE);
    assert_int_equal(tally_bin(INT64_MAX - 1, INT64_MAX), TALLY_BINS - 1);
}

static void test_tally(void **state)
{
    (void)state;
    static const size_t places[] = {2, 0};
    struct tally *one = tally_new(places, 2), *two = tally_new(places, 2);
    struct row_value value = {CAN_BE_ELSE, {1, 2, NULL}, {1, 2, NULL}};
    tally_count(&one->columns[0], &value, 1, 1);
    tally_count(&one->columns[0], &value, -1, 1);
    value.high.top = 3;
    tally_count(&two->columns[0], &value, -1, 1);
    value.high.text = "";
    tally_count(&two->columns[0], &value, -1, 1);
    value.can = CAN_BE_NA;
    tally_count(&two->columns[0], &value, -1, 1);
    value.can = CAN_BE_YES | CAN_BE_NO;
    tally_count(&two->columns[1], &value, -1, 1);
    one->units = two->units = 2;
    tally_merge(one, two);
    const struct tally_column *both = one->columns;
    assert_int_equal(one->units, 4);
    assert_true(both[0].known == 2 && both[0].open == 2 && both[0].none == 1 && both[0].endless == 1);
    assert_true(both[0].places[1] == 1 && both[0].places[0] == 0 && both[1].open == 1);
    tally_free(one);
    tally_free(two);
}

int main(void)
{
    mem_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ratios_at_the_ends),
        cmocka_unit_test(test_ratios),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_row),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_not_applicable),
        cmocka_unit_test(test_bins),
        cmocka_unit_test(test_tally),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
