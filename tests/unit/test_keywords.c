/* The words of the language: what a spelling stands for, what hides in a name. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "base/mem.h"
#include "syntax/keywords.h"
#include "syntax/rubric.tab.h"

static void predefined_names_have_one_english_name(void **state)
{
    (void)state;
    assert_string_equal(keyword_predefined("rate"), "rate");
    assert_string_equal(keyword_predefined("得分率"), "rate");
    assert_string_equal(keyword_predefined("修约为偶"), "round_even");
    assert_string_equal(keyword_predefined("year"), "year");
    assert_null(keyword_predefined("total"));
    assert_null(keyword_predefined("at least"));
    assert_null(keyword_predefined("rat"));
    assert_null(keyword_predefined(""));
}

static void every_spelling_has_a_canonical_one(void **state)
{
    (void)state;
    assert_string_equal(keyword_canonical("总分"), "total");
    assert_string_equal(keyword_canonical("评分"), "score");
    assert_string_equal(keyword_in("score", LANG_ZH), "得分");
    assert_string_equal(keyword_in("as of", LANG_EN), "as of");
    assert_string_equal(keyword_in("eligible", LANG_ZH), "具备资格");
    assert_string_equal(keyword_in("nothing", LANG_ZH), "nothing");
    assert_string_equal(keyword_canonical("达到"), "at least");
    assert_string_equal(keyword_canonical("more than"), "above");
    assert_string_equal(keyword_canonical("天数 自"), "days from");
    assert_string_equal(keyword_canonical("个月"), "month");
    assert_string_equal(keyword_canonical("月份"), "months");
    assert_string_equal(keyword_canonical("无"), "none");
    assert_null(keyword_canonical("at"));
    assert_null(keyword_canonical("得"));
}

static void spellings_are_sorted_and_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < keyword_count(); i++) {
        const struct spelling *spelling = keyword_at(i);
        assert_true(i == 0 || strcmp(keyword_at(i - 1)->text, spelling->text) <= 0);
        assert_non_null(keyword_canonical(spelling->text));
        assert_string_equal(keyword_canonical(spelling->canonical), spelling->canonical);
        if (spelling->class != KEYWORD_PREDEFINED) {
            assert_non_null(keyword_spelling(spelling->token, LANG_EN));
            assert_non_null(keyword_spelling(spelling->token, LANG_ZH));
        }
    }
    assert_string_equal(keyword_spelling(TOKEN_GE, LANG_ZH), "不低于");
    assert_null(keyword_spelling(TOKEN_NUMBER, LANG_EN));
}

static void hidden_keywords_are_parted_by_blanks(void **state)
{
    (void)state;
    assert_string_equal(keyword_hidden_in("满意率不低于95"), "满意率 不低于 95");
    assert_string_equal(keyword_hidden_in("总分高于90且等级为优"), "总分 高于 90且 等级 为优");
    assert_string_equal(keyword_hidden_in("甲且乙"), "甲 且 乙");
    assert_string_equal(keyword_hidden_in("当甲"), "当 甲");
    assert_null(keyword_hidden_in("不低于"));
    assert_null(keyword_hidden_in("members"));
    assert_null(keyword_hidden_in("orders_and_more"));
    assert_null(keyword_hidden_in(""));
}

static void reserved_words_are_known(void **state)
{
    (void)state;
    assert_true(keyword_is_reserved("stage"));
    assert_true(keyword_is_reserved("每"));
    assert_false(keyword_is_reserved("total"));
    assert_false(keyword_is_reserved("年"));
    assert_false(keyword_is_reserved("table"));
}

int main(void)
{
    mem_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(predefined_names_have_one_english_name),
        cmocka_unit_test(every_spelling_has_a_canonical_one),
        cmocka_unit_test(spellings_are_sorted_and_found),
        cmocka_unit_test(hidden_keywords_are_parted_by_blanks),
        cmocka_unit_test(reserved_words_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
