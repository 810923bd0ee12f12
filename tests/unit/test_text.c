#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/digest.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

static void test_str(void **state)
{
    (void)state;
    struct str str = {0};
    assert_string_equal(str_text(&str), "");
    str_add(&str, "分数");
    str_add_bytes(&str, "ignored", 0);
    str_add_char(&str, ' ');
    str_add_repeat(&str, "=-", 3);
    str_format(&str, " %d/%s", 42, "x");
    assert_string_equal(str_text(&str), "分数 =-=-=- 42/x");
    assert_int_equal(str.length, strlen(str_text(&str)));
    assert_string_equal(str_print("%s-%04d", "a", 7), "a-0007");
    assert_string_equal(str_print("%s", ""), "");
}

static void test_str_grows(void **state)
{
    (void)state;
    struct str str = {0};
    for (int i = 0; i < 10000; i++)
        str_format(&str, "%04d", i);
    assert_int_equal(str.length, 40000);
    assert_memory_equal(str_text(&str) + 4 * 1234, "1234", 4);
    assert_int_equal(strlen(str_print("%40000d", 1)), 40000);
}

static void test_str_equal(void **state)
{
    (void)state;
    assert_true(str_equal(NULL, NULL));
    assert_true(str_equal("a", "a"));
    assert_false(str_equal(NULL, ""));
    assert_false(str_equal("", NULL));
    assert_false(str_equal("a", "b"));
}

static size_t bad_at(const char *text)
{
    return utf8_bad_at(text, strlen(text));
}

static void test_bad_utf8(void **state)
{
    (void)state;
    assert_int_equal(utf8_bad_at("", 0), 0);
    assert_int_equal(bad_at("plain"), 5);
    assert_int_equal(bad_at("岳阳市 plain 𠀀"), strlen("岳阳市 plain 𠀀"));
    assert_int_equal(bad_at("twelve bytes\xFFx"), 12);
    assert_int_equal(bad_at("岳\xC0\x80"), 3);
    assert_int_equal(bad_at("\xED\xA0\x80"), 0);
    assert_int_equal(bad_at("ab\xF4\x90\x80\x80"), 2);
    assert_int_equal(utf8_bad_at("岳", 2), 0);
    assert_int_equal(bad_at("\x80"), 0);
}

static void test_walking(void **state)
{
    uint32_t code = 0;
    (void)state;
    assert_int_equal(utf8_next("a岳", 4, &code), 1);
    assert_int_equal(code, 'a');
    assert_int_equal(utf8_next("岳", 3, &code), 3);
    assert_int_equal(code, 0x5CB3);
    assert_int_equal(utf8_next("𠀀", 4, &code), 4);
    assert_int_equal(code, 0x20000);
    assert_int_equal(utf8_count("a岳𠀀", 8), 3);
}

static size_t width(const char *text)
{
    return utf8_width(text, strlen(text));
}

static void test_width(void **state)
{
    (void)state;
    assert_int_equal(width(""), 0);
    assert_int_equal(width("abc"), 3);
    assert_int_equal(width("岳阳"), 4);
    assert_int_equal(width("，"), 2);
    assert_int_equal(width("e\xCC\x81"), 1);
    assert_int_equal(width("\xE2\x80\x8B"), 0);
    assert_int_equal(width("é"), 1);
    assert_int_equal(width("𠀀"), 2);
}

static void test_nfc(void **state)
{
    (void)state;
    assert_string_equal(utf8_nfc("e\xCC\x81", 3), "é");
    assert_string_equal(utf8_nfc("plain text", 5), "plain");
    assert_string_equal(utf8_nfc("岳阳市", 6), "岳阳");
    assert_string_equal(utf8_nfc("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", 9), "한");
    assert_string_equal(utf8_nfc("", 0), "");
}

static void test_classes(void **state)
{
    (void)state;
    assert_true(utf8_is_letter('a') && utf8_is_letter('_') && utf8_is_letter(0x5CB3) &&
                utf8_is_letter(0x20000));
    assert_false(utf8_is_letter('1') || utf8_is_letter('-') || utf8_is_letter(0xFF0C) ||
                 utf8_is_letter(0x301));
    assert_true(utf8_is_name_char('1') && utf8_is_name_char('Z') && utf8_is_name_char(0x301));
    assert_false(utf8_is_name_char(' ') || utf8_is_name_char(0x2003) || utf8_is_name_char(0x3002));
    assert_true(utf8_is_control('\n') && utf8_is_control(0x1B) && utf8_is_control(0x7F) &&
                utf8_is_control(0x9B));
    assert_false(utf8_is_control(' ') || utf8_is_control(0xA0) || utf8_is_control(0x202E));
}

static void test_hidden(void **state)
{
    static const uint32_t hidden[] = {0x00AD, 0x061C, 0x200B, 0x200D, 0x200E, 0x2028, 0x202A, 0x202E,
                                      0x2060, 0x2066, 0x2069, 0x3164, 0xFE0F, 0xFEFF, 0xFFFA, 0xE0041};
    (void)state;
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        assert_true(utf8_is_hidden(hidden[i]));
    assert_false(utf8_is_hidden('a') || utf8_is_hidden(0x5CB3) || utf8_is_hidden(0x3000) ||
                 utf8_is_hidden(0x301));
}

static void test_visible(void **state)
{
    (void)state;
    assert_string_equal(utf8_visible(""), "");
    assert_string_equal(utf8_visible("岳阳 ok"), "岳阳 ok");
    assert_string_equal(utf8_visible("a\n\tb\x1B[31m"), "a\\u{a}\\u{9}b\\u{1b}[31m");
    assert_string_equal(utf8_visible("x\xE2\x80\xAEy\xC2\x9B"), "x\\u{202e}y\\u{9b}");
    assert_int_equal(bad_at(utf8_visible("a\xFF\xC0")), strlen(utf8_visible("a\xFF\xC0")));
}

static void test_distance(void **state)
{
    (void)state;
    assert_int_equal(utf8_distance("", "", 3), 0);
    assert_int_equal(utf8_distance("score", "score", 3), 0);
    assert_int_equal(utf8_distance("score", "scroe", 3), 1);
    assert_int_equal(utf8_distance("score", "sore", 3), 1);
    assert_int_equal(utf8_distance("score", "scoresx", 3), 2);
    assert_int_equal(utf8_distance("kitten", "sitting", 9), 3);
    assert_int_equal(utf8_distance("kitten", "sitting", 2), 3);
    assert_int_equal(utf8_distance("", "abc", 9), 3);
    assert_int_equal(utf8_distance("abc", "", 2), 3);
    assert_int_equal(utf8_distance("abcdef", "uvwxyz", 2), 3);
    assert_int_equal(utf8_distance("abcdef", "uvwxyz", (size_t)-1), 6);
    assert_int_equal(utf8_distance("领导小组", "小组领导", 9), 4);
    assert_int_equal(utf8_distance("领导小组", "领小导组", 2), 1);
    assert_int_equal(utf8_distance("a", "b", 0), 1);
}

static size_t plain_distance(const char *a, const char *b, size_t n, size_t m)
{
    if (!n || !m)
        return n + m;
    size_t best = plain_distance(a, b, n - 1, m - 1) + (a[n - 1] != b[m - 1]);
    size_t less = plain_distance(a, b, n - 1, m) + 1, more = plain_distance(a, b, n, m - 1) + 1;
    best = less < best ? less : best;
    best = more < best ? more : best;
    if (n > 1 && m > 1 && a[n - 1] == b[m - 2] && a[n - 2] == b[m - 1]) {
        size_t swapped = plain_distance(a, b, n - 2, m - 2) + 1;
        best = swapped < best ? swapped : best;
    }
    return best;
}

static const char *word_of(unsigned *seed)
{
    static char words[2][7];
    char *word = words[*seed & 1];
    size_t length = (*seed >> 8) % 7;
    for (size_t i = 0; i < length; i++) {
        *seed = *seed * 1103515245u + 12345u;
        word[i] = (char)('a' + (*seed >> 16) % 3);
    }
    word[length] = '\0';
    *seed = *seed * 1103515245u + 12345u;
    return mem_text(word, length);
}

static void test_distance_within_any_limit(void **state)
{
    unsigned seed = 7;
    (void)state;
    for (int i = 0; i < 400; i++) {
        const char *a = word_of(&seed), *b = word_of(&seed);
        size_t whole = plain_distance(a, b, strlen(a), strlen(b));
        for (size_t limit = 0; limit < 8; limit++)
            assert_int_equal(utf8_distance(a, b, limit), whole > limit ? limit + 1 : whole);
    }
}

static void test_casefold(void **state)
{
    (void)state;
    assert_string_equal(utf8_casefold("Yes NO"), "yes no");
    assert_string_equal(utf8_casefold("ÀÉ岳"), "àé岳");
    assert_string_equal(utf8_casefold("Straße"), "strasse");
    assert_string_equal(utf8_casefold(""), "");
}

static void test_json(void **state)
{
    (void)state;
    struct str out = {0};
    struct json json = {&out, false};
    json_open(&json, '{');
    json_pair(&json, "name", "岳阳 \"a\\b\"\n\x01\x7F");
    json_key(&json, "list");
    json_open(&json, '[');
    json_int(&json, -3);
    json_bool(&json, true);
    json_text(&json, NULL);
    json_open(&json, '{');
    json_close(&json, '}');
    json_open(&json, '[');
    json_close(&json, ']');
    json_text(&json, "");
    json_close(&json, ']');
    json_pair(&json, "none", NULL);
    json_close(&json, '}');
    assert_string_equal(str_text(&out), "{\"name\":\"岳阳 \\\"a\\\\b\\\"\\n\\u0001\\u007f\","
                                        "\"list\":[-3,true,null,{},[],\"\"],\"none\":null}");
}

static void test_digest(void **state)
{
    (void)state;
    assert_string_equal(digest_sha256("", 0),
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_string_equal(digest_sha256("abc", 3),
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
    mem_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_str),       cmocka_unit_test(test_str_grows),
        cmocka_unit_test(test_str_equal), cmocka_unit_test(test_bad_utf8),
        cmocka_unit_test(test_walking),   cmocka_unit_test(test_width),
        cmocka_unit_test(test_nfc),       cmocka_unit_test(test_classes),
        cmocka_unit_test(test_hidden),    cmocka_unit_test(test_visible),
        cmocka_unit_test(test_distance),  cmocka_unit_test(test_distance_within_any_limit),
        cmocka_unit_test(test_casefold),  cmocka_unit_test(test_json),
        cmocka_unit_test(test_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
