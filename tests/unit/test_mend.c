/* Fixes put together: which are taken, what they leave, and that a file which has changed is not written over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/io.h"
#include "base/mem.h"
#include "diag/mend.h"

static char file[] = "/tmp/rubric-mend-XXXXXX";

static struct source *source_of(const char *text)
{
    assert_int_equal(io_write(file, text, strlen(text)), IO_OK);
    return source_new(file, text, strlen(text));
}

static void offer(struct diags *diags, struct source *source, uint32_t start, uint32_t end, const char *text)
{
    struct span span = {source, start, end};
    char number[16];
    snprintf(number, sizeof number, "%zu", diags->list.count);
    diag_mend(diag_add(diags, DIAG_FULL_STOP, SPAN_NONE, mem_text(number, strlen(number)), NULL), span, text);
}

static const char *content(void)
{
    char *bytes;
    size_t length;
    assert_int_equal(io_read(file, 1000, &bytes, &length), IO_OK);
    return bytes;
}

static const char *mended(const struct mendings *mendings)
{
    struct str out = {0};
    const struct mending *mending = &mendings->list.items[0];
    mend_add(&out, mending, 0, mending->source->length);
    return str_text(&out);
}

static void test_fixes_that_do_not_touch_are_all_taken(void **state)
{
    (void)state;
    struct diags diags = {0};
    struct source *source = source_of("abcdef");
    offer(&diags, source, 4, 5, "E");
    offer(&diags, source, 0, 1, "");
    offer(&diags, source, 2, 2, "-");
    struct mendings mendings = mend_collect(&diags);
    assert_int_equal(mendings.list.count, 1);
    assert_int_equal(mendings.list.items[0].fixes.count, 3);
    assert_int_equal(mendings.list.items[0].left, 0);
    assert_string_equal(mended(&mendings), "b-cdEf");
}

static void test_of_those_that_touch_the_first_is_taken(void **state)
{
    (void)state;
    struct diags diags = {0};
    struct source *source = source_of("abcdef");
    offer(&diags, source, 1, 4, "X");
    offer(&diags, source, 3, 5, "Y"); /* overlaps */
    offer(&diags, source, 4, 4, "Z"); /* touches */
    offer(&diags, source, 1, 4, "X"); /* the same once more */
    offer(&diags, source, 5, 6, "F");
    struct mendings mendings = mend_collect(&diags);
    assert_int_equal(mendings.list.items[0].fixes.count, 2);
    assert_int_equal(mendings.list.items[0].left, 2);
    assert_string_equal(mended(&mendings), "aXeF");
}

/* Whichever comes first: the same one each time. */
static void test_of_two_at_one_place_the_same_is_taken(void **state)
{
    (void)state;
    struct source *source = source_of("abcdef");
    for (int turned = 0; turned < 2; turned++) {
        struct diags diags = {0};
        offer(&diags, source, 1, 4, turned ? "Y" : "X");
        offer(&diags, source, 1, 4, turned ? "X" : "Y");
        struct mendings mendings = mend_collect(&diags);
        assert_int_equal(mendings.list.items[0].left, 1);
        assert_string_equal(mended(&mendings), "aXef");
    }
}

static void test_what_is_not_sure_is_not_taken(void **state)
{
    (void)state;
    struct diags diags = {0};
    struct source *source = source_of("one\ntwo\n");
    diag_fix(diag_add(&diags, DIAG_FULL_STOP, SPAN_NONE, "a", NULL), (struct span){source, 0, 1}, "O");
    offer(&diags, source, 2, 5, "x"); /* across lines: a remark could be lost */
    assert_int_equal(mend_collect(&diags).list.count, 0);
}

static void test_a_byte_order_mark_stays(void **state)
{
    (void)state;
    struct diags diags = {0};
    offer(&diags,
          source_of("\xEF\xBB\xBF"
                    "ab"),
          0, 1, "A");
    struct mendings mendings = mend_collect(&diags);
    assert_true(mend_write(&mendings.list.items[0], &diags));
    assert_string_equal(content(), "\xEF\xBB\xBF"
                                   "Ab");
}

static void refuses(const struct mending *mending, enum diag_code code)
{
    struct diags said = {0};
    assert_false(mend_write(mending, &said));
    assert_int_equal(said.list.count, 1);
    assert_int_equal(said.list.items[0]->code, code);
}

static void test_a_file_that_has_changed_is_left_alone(void **state)
{
    (void)state;
    static const char *const others[] = {"abd", "abcd", "ab", "",
                                         "\xEF\xBB\xBF"
                                         "abc"};
    struct diags diags = {0};
    offer(&diags, source_of("abc"), 0, 1, "A");
    struct mendings mendings = mend_collect(&diags);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(io_write(file, others[i], strlen(others[i])), IO_OK);
        refuses(&mendings.list.items[0], DIAG_MEND_CHANGED);
        assert_string_equal(content(), others[i]);
    }
    unlink(file);
    refuses(&mendings.list.items[0], DIAG_MEND_CHANGED);
    assert_false(io_stamp(file).there);
}

static int make_file(void **state)
{
    (void)state;
    int opened = mkstemp(file);
    return opened >= 0 ? close(opened) : -1;
}

static int remove_file(void **state)
{
    (void)state;
    unlink(file);
    return 0;
}

int main(void)
{
    mem_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fixes_that_do_not_touch_are_all_taken),
        cmocka_unit_test(test_of_those_that_touch_the_first_is_taken),
        cmocka_unit_test(test_of_two_at_one_place_the_same_is_taken),
        cmocka_unit_test(test_what_is_not_sure_is_not_taken),
        cmocka_unit_test(test_a_byte_order_mark_stays),
        cmocka_unit_test(test_a_file_that_has_changed_is_left_alone),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
