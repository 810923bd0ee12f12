/* What is formatted is compared with what it was before anything is written: what counts as the same, and how words are kept apart that would be
 * read as one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/mem.h"
#include "fmt/fmt.h"

static struct source *source_of(const char *text)
{
    return source_new("a.rubric", text, strlen(text));
}

static const struct fmt_call as_it_is = {0}, facts = {.facts = true},
                             english = {.translate = true, .to = LANG_EN};

static bool says(const char *before, const struct fmt_call *call, const char *after)
{
    return fmt_says_the_same(source_of(before), call, after);
}

static const char *formatted(const char *text, const struct fmt_call *call)
{
    struct str out = {0};
    struct diags diags = {0};
    assert_true(fmt_text(source_of(text), call, &out, &diags));
    return str_text(&out);
}

static void test_places_do_not_count(void **state)
{
    (void)state;
    assert_true(says("show a = 1 + 2 # c\n", &as_it_is, "show a\n  = 1\n + 2   # c"));
    assert_true(says("show a = 1", &as_it_is, "显示 a ＝ 1"));
    assert_true(says("a = 1..6", &facts, "a = 1 .. 6"));
}

static void test_what_counts(void **state)
{
    (void)state;
    const char *before = "show a \"A\" = b + 2 # one\n# two\n";
    assert_true(says(before, &as_it_is, before));
    static const char *const others[] = {
        "show a \"A\" = b + 3 # one\n# two\n",
        "show a \"A\" = b - 2 # one\n# two\n",
        "show a \"A\" = c + 2 # one\n# two\n",
        "show a \"B\" = b + 2 # one\n# two\n",
        "show a = b + 2 # one\n# two\n",
        "define a \"A\" = b + 2 # one\n# two\n",
        "show a \"A\" = b + 2 # two\n# one\n",
        "show a \"A\" = b + 2 # one\n",
        "show a \"A\" = b + 2 # one\n# two!\n",
        "show a \"A\" = b + 2 # one\n# two\n# three\n",
        "show a \"A\" = (b + 2) # one\n# two\n",
        "show a \"A\" = b + # one\n# two\n",
        "# one\n# two\n",
        "",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(says(before, &as_it_is, others[i]));
    }
}

/* A predefined name in the other tongue is the same where a translation was asked for; another name never is. */
static void test_names(void **state)
{
    (void)state;
    assert_true(says("show a = 总分", &english, "show a = total"));
    assert_false(says("show a = 总分", &as_it_is, "show a = total"));
    assert_false(says("show a = 总分", &english, "show a = grade"));
    assert_false(says("show a = b", &english, "show a = c"));
}

static void test_faulty_texts_are_refused(void **state)
{
    (void)state;
    struct str out = {0};
    struct diags diags = {0};
    assert_false(fmt_text(source_of("show a = = 1\n"), &as_it_is, &out, &diags));
    assert_int_equal(diags.errors, 1);
    assert_int_equal(out.length, 0);
}

/* On one line these would be a keyword, or a number with its unit. */
static void test_words_kept_apart(void **state)
{
    (void)state;
    assert_string_equal(formatted("criterion c cap 3 { steps days\nfrom 3 { 1 per 1 above } }\n", &as_it_is),
                        "criterion c cap 3 {\n  steps `days` from 3 { 1 per 1 above }\n}\n");
    assert_string_equal(formatted("指标 c 分值 3 { 级差 days 从 3 { 1 每 1 高于 } }\n", &english),
                        "criterion c cap 3 { steps `days` from 3 { 1 per 1 above } }\n");
    assert_string_equal(formatted("criterion c cap 3 { choose by a { b : 2; year : 1 } }\n", &as_it_is),
                        "criterion c cap 3 {\n  choose by a {\n    b    : 2\n    year : 1\n  }\n}\n");
    assert_string_equal(formatted("a = 3; b = 4\n", &facts), "a = 3\nb = 4\n");
}

/* Declared in the text, a predefined name is the author's. */
static void test_declared_names_stay(void **state)
{
    (void)state;
    assert_string_equal(formatted("定义 期末 = 3\n显示 a = 期末\n显示 b = 期初\n", &english),
                        "define 期末 = 3\nshow a = 期末\nshow b = period_start\n");
    assert_string_equal(formatted("引用 \"b\"\n显示 b = 期初\n", &english), "use \"b\"\nshow b = 期初\n");
    assert_string_equal(formatted("显示 b = `期初`\n", &english), "show b = `期初`\n");
}

int main(void)
{
    mem_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places_do_not_count),
        cmocka_unit_test(test_what_counts),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_faulty_texts_are_refused),
        cmocka_unit_test(test_words_kept_apart),
        cmocka_unit_test(test_declared_names_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
