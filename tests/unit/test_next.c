/* What may come next behind the beginning of a line, and whether a line waits for another. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "base/mem.h"
#include "syntax/next.h"

static struct next after(const char *text, const char *head)
{
    return next_after(text, NEXT_LINE, head, LANG_EN);
}

static bool offers(const struct next *next, const char *word)
{
    for (size_t i = 0; i < next->words.count; i++) {
        if (strcmp(next->words.items[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static void a_line_begins_with_a_value_or_a_condition(void **state)
{
    (void)state;
    struct next next = after("", "");
    assert_true(next.fits && next.names && !next.qualifies && !next.sources);
    assert_true(offers(&next, "every") && offers(&next, "count of") && offers(&next, "if") &&
                offers(&next, "yes"));
    assert_false(offers(&next, "and") || offers(&next, "section") || offers(&next, "每个"));
}

static void words_that_are_names_there_too_are_not_offered(void **state)
{
    (void)state;
    struct next next = after("1 + ", "");
    assert_true(next.names);
    assert_false(offers(&next, "valid") || offers(&next, "by") || offers(&next, "title"));
}

static void behind_a_value_comes_an_operator(void **state)
{
    (void)state;
    struct next next = after("dues ", "");
    assert_true(next.fits && !next.names);
    assert_true(offers(&next, "at least") && offers(&next, "and") && offers(&next, "is one of"));
    assert_false(offers(&next, "every") || offers(&next, "of"));
    next = after("set dues = 85 ", "");
    assert_true(offers(&next, "of") && offers(&next, "except") && !offers(&next, "and"));
}

static void the_head_chooses_among_the_spellings(void **state)
{
    (void)state;
    struct next next = after("dues ", "a");
    assert_true(offers(&next, "at least") && offers(&next, "above") && offers(&next, "and"));
    assert_false(offers(&next, "is known"));
    next = after("dues ", "at l");
    assert_int_equal(next.words.count, 1);
    assert_string_equal(next.words.items[0], "at least");
    next = after("dues ", "mo");
    assert_int_equal(next.words.count, 1);
    assert_string_equal(next.words.items[0], "more than");
    next = after("党费 ", "不低");
    assert_int_equal(next.words.count, 1);
    assert_string_equal(next.words.items[0], "不低于");
}

static void the_line_chooses_the_tongue(void **state)
{
    (void)state;
    struct next next = after("每个 部分 满足 得分率 ", "");
    assert_true(offers(&next, "不低于") && !offers(&next, "at least"));
    next = next_after("x ", NEXT_LINE, "", LANG_ZH);
    assert_true(offers(&next, "不低于") && !offers(&next, "at least"));
}

static void what_is_asked_of_many_is_named(void **state)
{
    (void)state;
    struct next next = after("every ", "");
    assert_true(next.sources && offers(&next, "section") && offers(&next, "criterion"));
    next = after("qualifies ", "");
    assert_true(next.qualifies && next.names);
}

static void what_a_value_is_compared_with_is_known(void **state)
{
    (void)state;
    assert_string_equal(after("site.kind = ", "").compared, "site.kind");
    assert_string_equal(after("a > 1 and `kind` is not ", "").compared, "kind");
    assert_string_equal(after("kind is one of [day, ", "").compared, "kind");
    assert_string_equal(after("grade is one of ", "").compared, "grade");
    assert_string_equal(after("total >= ", "").compared, "total");
    assert_null(after("kind ", "").compared);
    assert_null(after("1 = ", "").compared);
    assert_null(after("min(a, ", "").compared);
}

static void nothing_comes_behind_what_begins_no_line(void **state)
{
    (void)state;
    static const char *const texts[] = {"dues dues ", ") ",     "\"open",   "x # a comment",
                                        "\x80",       "set 5 ", "\"\"\"a\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct next next = after(texts[i], "");
        assert_false(next.fits || next.names || next.words.count > 0);
    }
}

static void a_value_has_words_of_its_own(void **state)
{
    (void)state;
    struct next next = next_after("", NEXT_VALUE, "", LANG_EN);
    assert_true(next.fits && offers(&next, "yes") && offers(&next, "n/a") && !offers(&next, "every"));
    next = next_after("[1, ", NEXT_VALUE, "", LANG_EN);
    assert_true(next.fits && offers(&next, "unknown"));
}

static void a_line_waits_for_what_is_open(void **state)
{
    (void)state;
    static const char *const open[] = {
        "(1 +", "all of {", "set x = [1,",      "a and",    "a >=", "每个", "min(1", "\"\"\"a", "若 a 则",
        "a 且", "x.",       "set a = 5 except", "count of", "1,"};
    static const char *const whole[] = {"",       "a",      "1 + 1",       ")",
                                        "\"open", "(1)",    "set x = [1]", "\"\"\"a\nb\"\"\"",
                                        "# (",    "\x80 (", "\"(\"",       "not_a"};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        assert_true(next_waits(open[i]) != NEXT_WHOLE);
    }
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        assert_true(next_waits(whole[i]) == NEXT_WHOLE);
    }
    assert_true(next_waits("(1 +") == NEXT_OPEN && next_waits("\"\"\"a") == NEXT_OPEN &&
                next_waits("1 +") == NEXT_OPERATOR);
    assert_true(next_closes("a )") && next_closes("｝") && next_closes("x\"\"\"") &&
                !next_closes("(1 + \"a\""));
}

int main(void)
{
    mem_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_begins_with_a_value_or_a_condition),
        cmocka_unit_test(words_that_are_names_there_too_are_not_offered),
        cmocka_unit_test(behind_a_value_comes_an_operator),
        cmocka_unit_test(the_head_chooses_among_the_spellings),
        cmocka_unit_test(the_line_chooses_the_tongue),
        cmocka_unit_test(what_is_asked_of_many_is_named),
        cmocka_unit_test(what_a_value_is_compared_with_is_known),
        cmocka_unit_test(nothing_comes_behind_what_begins_no_line),
        cmocka_unit_test(a_value_has_words_of_its_own),
        cmocka_unit_test(a_line_waits_for_what_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
