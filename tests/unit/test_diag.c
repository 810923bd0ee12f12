/* How diagnostics look: places, carets, windows, remarks, hostile text; suggestions. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "diag/diag.h"
#include "diag/suggest.h"

static struct span find(const struct source *source, const char *words)
{
    const char *at = strstr(source->text, words);
    assert_non_null(at);
    uint32_t start = (uint32_t)(at - source->text);
    return (struct span){source, start, start + (uint32_t)strlen(words)};
}

static struct source *source_of(const char *text)
{
    return source_new("a.rubric", text, strlen(text));
}

static const char *render(const struct diag *diag, enum lang lang)
{
    struct str out = {0};
    diag_render(&out, diag, lang, false);
    return str_text(&out);
}

/* E0110 at `words` of `text`, in English, without its first line and its help. */
static const char *snippet(const char *text, const char *words)
{
    struct diags diags = {0};
    struct diag *diag = diag_add(&diags, DIAG_FULL_STOP, find(source_of(text), words), NULL);
    const char *whole = strchr(render(diag, LANG_EN), '\n') + 1;
    const char *end = strstr(whole, "= help");
    while (end[-1] != '\n') {
        end--;
    }
    return mem_text(whole, (size_t)(end - whole));
}

static void test_first_line_and_help(void **state)
{
    (void)state;
    struct diags diags = {0};
    struct diag *diag = diag_add(&diags, DIAG_FULL_STOP, find(source_of("total 100.\n"), "."), NULL);
    assert_string_equal(render(diag, LANG_EN),
                        "error[E0110]: this full stop ends nothing\n"
                        "  --> a.rubric:1:10\n"
                        "   |\n"
                        " 1 | total 100.\n"
                        "   |          ^\n"
                        "   = help: take it out; nothing stands at the end of a line\n");
    assert_string_equal(render(diag, LANG_ZH), "错误[E0110]：这个句号不结束任何内容\n"
                                               "  --> a.rubric:1:10\n"
                                               "   |\n"
                                               " 1 | total 100.\n"
                                               "   |          ^\n"
                                               "   = 帮助：请删去；行末不用写标点\n");
}

static void test_carets_under_han(void **state)
{
    (void)state;
    assert_string_equal(snippet("标准 示范单位 总分\n", "示范"), "  --> a.rubric:1:4\n"
                                                                 "   |\n"
                                                                 " 1 | 标准 示范单位 总分\n"
                                                                 "   |      ^^^^\n");
    assert_string_equal(snippet("e\xCC\x81t\xC3\xA9 x\n", "x"), /* a combining accent takes no cell */
                        "  --> a.rubric:1:6\n"
                        "   |\n"
                        " 1 | e\xCC\x81t\xC3\xA9 x\n"
                        "   |     ^\n");
}

static void test_tabs_are_blanks(void **state)
{
    (void)state;
    assert_string_equal(snippet("\ta\tbb c\n", "bb"), "  --> a.rubric:1:4\n"
                                                      "   |\n"
                                                      " 1 |     a   bb c\n"
                                                      "   |         ^^\n");
}

static void test_places_of_nothing(void **state)
{
    (void)state;
    struct source *source = source_of("a\nbc");
    struct diags diags = {0};
    struct diag *diag = diag_add(&diags, DIAG_FULL_STOP, (struct span){source, 4, 4}, NULL);
    assert_non_null(strstr(render(diag, LANG_EN), " 2 | bc\n   |   ^\n"));
    struct source *empty = source_of("");
    diag = diag_add(&diags, DIAG_FULL_STOP, (struct span){empty, 0, 0}, NULL);
    assert_non_null(strstr(render(diag, LANG_EN), " 1 | \n   | ^\n"));
}

static void test_span_over_lines_shows_the_first(void **state)
{
    (void)state;
    assert_string_equal(snippet("x {\r\n  y\r\n}\r\n", "{\r\n  y"), "  --> a.rubric:1:3\n"
                                                                    "   |\n"
                                                                    " 1 | x {\n"
                                                                    "   |   ^\n");
}

static void test_gutter_grows(void **state)
{
    (void)state;
    struct str text = {0};
    str_add_repeat(&text, "\n", 999);
    str_add(&text, "here.");
    assert_string_equal(snippet(str_text(&text), "."), "    --> a.rubric:1000:5\n"
                                                       "     |\n"
                                                       "1000 | here.\n"
                                                       "     |     ^\n");
}

static const char *line_after(const char *text, const char *start)
{
    const char *at = strstr(text, start);
    assert_non_null(at);
    at += strlen(start);
    return mem_text(at, strcspn(at, "\n"));
}

static void test_long_lines_are_windowed(void **state)
{
    (void)state;
    struct str text = {0};
    str_add_repeat(&text, "前文 ", 200);
    str_add(&text, "WRONG");
    str_add_repeat(&text, " after", 200);
    const char *shown = snippet(str_text(&text), "WRONG");
    const char *line = line_after(shown, " 1 | "), *carets = line_after(shown, "...\n   | ");
    assert_int_equal(strncmp(line, "...", 3), 0);
    assert_true(utf8_width(line, strlen(line)) <= 106);
    const char *wrong = strstr(line, "WRONG");
    assert_int_equal(utf8_width(line, (size_t)(wrong - line)), strcspn(carets, "^"));
    assert_string_equal(carets + strcspn(carets, "^"), "^^^^^");
}

static void test_huge_line_is_quick(void **state)
{
    (void)state;
    struct str text = {0};
    str_add_repeat(&text, "字", 3000000);
    str_add(&text, "WRONG");
    str_add_repeat(&text, "字", 3000000);
    const char *shown = snippet(str_text(&text), "WRONG");
    assert_non_null(strstr(shown, "a.rubric:1:3000001\n"));
    assert_true(strlen(shown) < 600);
    assert_non_null(strstr(shown, "字WRONG字"));
}

static void test_carets_longer_than_the_window(void **state)
{
    (void)state;
    struct str text = {0};
    str_add_repeat(&text, "x", 500);
    const char *shown = snippet(str_text(&text), str_text(&text));
    const char *carets = line_after(shown, "x...\n   | ");
    assert_int_equal(strspn(carets, "^"), 100);
    assert_int_equal(strlen(carets), 100);
}

static void test_hostile_text_is_visible(void **state)
{
    (void)state;
    const char *text = "a \x1B[31m b\xE2\x80\xAE c.\n";
    struct source *source = source_new("evil\x1B[2J.rubric", text, strlen(text));
    struct diags diags = {0};
    struct diag *diag = diag_add(&diags, DIAG_UNEXPECTED_CHARACTER, find(source, "c"), "\x1B]0;\x07\n", NULL);
    diag_note(diag, "note\x1B");
    diag_suggest(diag, "dues\xE2\x80\x8B");
    diag_other(diag, find(source, "a"), "\x07");
    diag_fix(diag, find(source, "c"), "d\x1B");
    const char *shown = render(diag, LANG_EN);
    assert_null(strchr(shown, '\x1B'));
    assert_null(strchr(shown, '\x07'));
    assert_null(strstr(shown, "\xE2\x80\xAE"));
    assert_null(strstr(shown, "\xE2\x80\x8B"));
    const char *line = line_after(shown, " 1 | ");
    const char *carets = line_after(shown, "c.\n   | ");
    assert_int_equal(utf8_width(line, (size_t)(strstr(line, "c.") - line)), strcspn(carets, "^"));
}

static void test_others_notes_suggestion_fix(void **state)
{
    (void)state;
    struct source *source = source_of("dues : share\n\nscore１２ dues\n"),
                  *included = source_new("b.rubric", "dues", 4);
    struct diags diags = {0};
    struct diag *diag = diag_add(&diags, DIAG_FULL_WIDTH_DIGITS, find(source, "１２"), "１２", "12", NULL);
    diag_other(diag, find(source, "dues"), "@first_here");
    diag_other(diag, find(included, "dues"), "党费");
    diag_note(diag, "原文: 三(4)");
    diag_suggest(diag, "dues");
    diag_fix(diag, find(source, "１２"), " 12");
    assert_string_equal(render(diag, LANG_EN), "error[E0108]: “１２” is written in full-width digits\n"
                                               "  --> a.rubric:3:6\n"
                                               "   |\n"
                                               " 3 | score１２ dues\n"
                                               "   |      ^^^^\n"
                                               "   |\n"
                                               " 1 | dues : share\n"
                                               "   | ---- first written here\n"
                                               "  --> b.rubric:1:1\n"
                                               "   |\n"
                                               " 1 | dues\n"
                                               "   | ---- 党费\n"
                                               "   = 原文: 三(4)\n"
                                               "   = help: write 12\n"
                                               "   = did you mean dues?\n"
                                               "  --> a.rubric:3:6\n"
                                               " 3 ? score 12 dues\n");
}

static void test_fix_over_lines(void **state)
{
    (void)state;
    struct source *source = source_of("one { two\n } three\n");
    struct diags diags = {0};
    struct diag *diag = diag_add(&diags, DIAG_FULL_STOP, find(source, "{"), NULL);
    diag_fix(diag, find(source, "{ two\n }"), "(two)");
    assert_non_null(strstr(render(diag, LANG_EN), " 1 ? one (two) three\n"));
}

static void test_without_source(void **state)
{
    (void)state;
    struct diags diags = {0};
    struct diag *diag = diag_add(&diags, DIAG_UNKNOWN_COMMAND, SPAN_NONE, "evla", NULL);
    diag_suggest(diag, "eval");
    assert_string_equal(render(diag, LANG_ZH), "错误[E1011]：evla 不是命令\n"
                                               "   = 帮助：输入 rubric --help 查看全部命令\n"
                                               "   = 是不是“eval”？\n");
}

static void test_colour_only_when_asked(void **state)
{
    (void)state;
    struct diags diags = {0};
    struct diag *diag = diag_add(&diags, DIAG_FULL_STOP, find(source_of("a."), "."), NULL);
    struct str out = {0};
    diag_render(&out, diag, LANG_EN, true);
    assert_non_null(strstr(str_text(&out), "\033[1;31merror[E0110]\033[0m: "));
    assert_null(strchr(render(diag, LANG_EN), '\033'));
}

static void test_same_place_is_kept_once(void **state)
{
    (void)state;
    struct source *source = source_of("a. b.");
    struct diags diags = {0};
    for (int i = 0; i < 3; i++) {
        diag_add(&diags, DIAG_FULL_STOP, find(source, "."), NULL);
        diag_add(&diags, DIAG_FILE_MISSING, SPAN_NONE, i == 0 ? "x" : "y", NULL);
    }
    diag_add(&diags, DIAG_WRONG_WEEKDAY, find(source, "."), "2017-04-25", "@tuesday", "@friday", NULL);
    assert_int_equal(diags.list.count, 4);
    assert_int_equal(diags.errors, 3);
    assert_int_equal(diags.warnings, 1);
    struct diags all = {0};
    diag_append(&all, &diags);
    diag_append(&all, &diags);
    assert_int_equal(all.list.count, 4);
}

static void test_order(void **state)
{
    (void)state;
    struct source *first = source_of("a b c"), *second = source_of("d e f");
    struct diags diags = {0};
    diag_add(&diags, DIAG_FULL_STOP, find(first, "c"), NULL);
    diag_add(&diags, DIAG_FULL_STOP, find(second, "d"), NULL);
    diag_add(&diags, DIAG_UNEXPECTED_CHARACTER, find(first, "a"), "1", NULL);
    diag_add(&diags, DIAG_FULL_STOP, find(first, "a"), NULL);
    diag_sort(&diags);
    assert_ptr_equal(diags.list.items[0]->span.source, first);
    assert_int_equal(diags.list.items[0]->code, DIAG_UNEXPECTED_CHARACTER);
    assert_int_equal(diags.list.items[1]->code, DIAG_FULL_STOP);
    assert_int_equal(diags.list.items[2]->span.start, 4);
    assert_ptr_equal(diags.list.items[3]->span.source, second);
}

static void test_many_are_cut_errors_last(void **state)
{
    (void)state;
    struct str text = {0};
    str_add_repeat(&text, ".", 150);
    struct source *source = source_of(str_text(&text));
    struct diags diags = {0};
    for (uint32_t i = 0; i < 150; i++) {
        enum diag_code code = i < 149 ? DIAG_WRONG_WEEKDAY : DIAG_FULL_STOP;
        diag_add(&diags, code, (struct span){source, i, i + 1}, "a", "b", "c", NULL);
    }
    struct str out = {0};
    diag_render_all(&out, &diags, LANG_EN, false);
    assert_non_null(strstr(str_text(&out), "error[E0110]"));
    assert_non_null(strstr(str_text(&out), "\n   = and 50 more, not shown\n"));
    size_t shown = 0;
    for (const char *at = str_text(&out); (at = strstr(at, "-->")) != NULL; at++) {
        shown++;
    }
    assert_int_equal(shown, 100);
}

static void test_json(void **state)
{
    (void)state;
    struct diags diags = {0};
    struct str out = {0};
    struct json json = {.out = &out};
    struct source *source = source_of("标准\n总分 100.");
    diag_json(&json, diag_add(&diags, DIAG_FULL_STOP, find(source, "."), NULL), LANG_EN);
    assert_string_equal(str_text(&out),
                        "{\"code\":\"E0110\",\"severity\":\"error\",\"file\":\"a.rubric\",\"line\":2,"
                        "\"column\":7,\"text\":\"this full stop ends nothing\","
                        "\"help\":\"take it out; nothing stands at the end of a line\"}");
    out = (struct str){0};
    json = (struct json){.out = &out};
    diag_json(&json, diag_add(&diags, DIAG_OPTION_WANTS_VALUE, SPAN_NONE, "--on", "@date", NULL), LANG_ZH);
    assert_string_equal(str_text(&out),
                        "{\"code\":\"E1012\",\"severity\":\"error\",\"text\":\"--on 后面要有日期\"}");
}

static void test_long_argument_is_cut(void **state)
{
    (void)state;
    struct str name = {0};
    str_add_repeat(&name, "很", 5000);
    struct diags diags = {0};
    struct diag *diag = diag_add(&diags, DIAG_UNKNOWN_COMMAND, SPAN_NONE, str_text(&name), NULL);
    assert_int_equal(strlen(diag_text(diag, LANG_EN)), 200 * 3 + strlen("… is not a command"));
}

/* One byte stands for one: places stay what they are in the file. */
static void test_a_return_ends_a_line(void **state)
{
    (void)state;
    const char *text = "一\r二\r\n三\r\r四\r";
    struct source *source = source_new("x", text, strlen(text)), *rows = source_rows("x", text, strlen(text));
    size_t length;
    assert_int_equal(source->line_count, 6);
    assert_int_equal(source_line(find(source, "四")), 5);
    assert_int_equal(source_column(find(source, "四")), 1);
    source_line_text(source, 2, &length);
    assert_int_equal(length, strlen("二"));
    assert_string_equal(source->text, "一\n二\r\n三\n\n四\n");
    assert_string_equal(source->bytes, text);
    assert_int_equal(rows->line_count, 2);
    assert_string_equal(rows->text, text);
}

static void test_source_places(void **state)
{
    (void)state;
    const char *text = "\xEF\xBB\xBF一\t二\r\n\n三";
    struct source *source = source_new("x", text, strlen(text));
    assert_int_equal(source->bom, 3);
    assert_int_equal(source->line_count, 3);
    struct span two = find(source, "二"), three = find(source, "三");
    assert_int_equal(source_column(two), 3);
    assert_int_equal(source_display_column(two), 4);
    assert_int_equal(source_line(three), 3);
    size_t length;
    source_line_text(source, 1, &length);
    assert_int_equal(length, strlen("一\t二"));
    source_line_text(source, 2, &length);
    assert_int_equal(length, 0);
    assert_string_equal(span_text(span_join(two, three)), "二 三");
    assert_string_equal(span_text(span_join(SPAN_NONE, three)), "三");
    assert_ptr_equal(span_join(three, SPAN_NONE).source, source);
}

static const char *nearest(const char *wanted, const char *const *names)
{
    struct suggest suggest;
    suggest_start(&suggest, wanted);
    for (; *names != NULL; names++) {
        suggest_offer(&suggest, *names);
    }
    return suggest_best(&suggest);
}

static void test_suggestions(void **state)
{
    (void)state;
    const char *const names[] = {"dues", "members", "satisfaction", "满意率", "按时足额缴纳党费", "a",
                                 "B",    NULL};
    assert_string_equal(nearest("deus", names), "dues");
    assert_string_equal(nearest("MEMBERS", names), "members");
    assert_string_equal(nearest("satisfation", names), "satisfaction");
    assert_string_equal(nearest("群众满意率", names), "满意率");
    assert_string_equal(nearest("党费", (const char *const[]){"党费率", "年", NULL}), "党费率");
    assert_string_equal(nearest("dues_share", names), "dues");
    assert_string_equal(nearest("b", names), "B");
    assert_null(nearest("x", names));
    assert_null(nearest("budget", names));
    assert_string_equal(nearest("rate", (const char *const[]){"rates", "rata", NULL}),
                        nearest("rate", (const char *const[]){"rata", "rates", NULL}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_line_and_help),
        cmocka_unit_test(test_carets_under_han),
        cmocka_unit_test(test_tabs_are_blanks),
        cmocka_unit_test(test_places_of_nothing),
        cmocka_unit_test(test_span_over_lines_shows_the_first),
        cmocka_unit_test(test_gutter_grows),
        cmocka_unit_test(test_long_lines_are_windowed),
        cmocka_unit_test(test_huge_line_is_quick),
        cmocka_unit_test(test_carets_longer_than_the_window),
        cmocka_unit_test(test_hostile_text_is_visible),
        cmocka_unit_test(test_others_notes_suggestion_fix),
        cmocka_unit_test(test_fix_over_lines),
        cmocka_unit_test(test_without_source),
        cmocka_unit_test(test_colour_only_when_asked),
        cmocka_unit_test(test_same_place_is_kept_once),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_many_are_cut_errors_last),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_long_argument_is_cut),
        cmocka_unit_test(test_a_return_ends_a_line), cmocka_unit_test(test_source_places),
        cmocka_unit_test(test_suggestions),
    };
    mem_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
