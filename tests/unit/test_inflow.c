/* Text read piece by piece comes to what it is as a whole: ASCII, UTF-8, GB18030, and bytes that are neither among them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <iconv.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/inflow.h"
#include "base/mem.h"
#include "chance.h"

enum { MOST = 1100000, PIECES = 300000, LOOK = 1 << 20 };

static char text[MOST], wanted[2 * MOST], got[2 * MOST];
static char path[] = "/tmp/rubric-inflow-XXXXXX";

/* Up to `length` bytes; one byte of `wide` of a hundred is the start of another character, one of `bad` of a thousand any byte. */
static size_t write_text(const char *const *wide_ones, unsigned wide, unsigned bad, size_t length)
{
    size_t at = 0;
    while (at + 8 < length) {
        const char *one = wide_ones[chance(3)];
        if (chance(100) < wide) {
            memcpy(text + at, one, strlen(one));
            at += strlen(one);
        } else {
            text[at++] = chance(1000) < bad ? (char)chance(256) : (char)(' ' + chance(90));
        }
    }
    return at;
}

/* By one call after the other over the whole. */
static size_t convert_all(size_t length)
{
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    char *from = text, *to = wanted;
    size_t left = length, room = sizeof wanted;
    while (left > 0 && iconv(converter, &from, &left, &to, &room) == (size_t)-1) {
        *to++ = *from++;
        left--;
        room--;
    }
    iconv_close(converter);
    return (size_t)(to - wanted);
}

static void check(size_t length, size_t wanted_length, enum encoding given, enum encoding found)
{
    struct inflow *inflow;
    size_t at = 0, more;
    FILE *file = fopen(path, "wb");
    assert_int_equal(fwrite(text, 1, length, file), length);
    fclose(file);
    assert_int_equal(inflow_open(path, given, &inflow), IO_OK);
    size_t most = chance(2) ? INFLOW_LEAST + chance(200) : sizeof got;
    while ((more = inflow_read(inflow, got + at, most < sizeof got - at ? most : sizeof got - at)) > 0)
        at += more;
    assert_int_equal(inflow_result(inflow), IO_OK);
    assert_int_equal(inflow_state(inflow).encoding, found);
    assert_int_equal(inflow_state(inflow).taken, length);
    assert_int_equal(at, wanted_length);
    assert_memory_equal(got, wanted, at);
    inflow_close(inflow);
}

static size_t some_length(void)
{
    return chance(3) ? chance(400) : chance(PIECES);
}

static void test_plain(void **state)
{
    (void)state;
    static const char *const wide[] = {"\xE6\x98\xAF", "\xC3\xA9", "\xF0\xA0\x80\x80"};
    for (int i = 0; i < 60; i++) {
        size_t length = write_text(wide, i % 3, 0, some_length());
        memcpy(wanted, text, length);
        bool ascii = true;
        for (size_t at = 0; at < length; at++)
            ascii &= (unsigned char)text[at] < 0x80;
        check(length, length, ENCODING_UNDECIDED, ascii ? ENCODING_UNDECIDED : ENCODING_UTF8);
        check(length, length, ENCODING_UTF8, ENCODING_UTF8);
    }
}

static const char *const GB18030[] = {"\xCA\xC7", "\x95\x32\x82\x36", "\x88\x30\xA4"};

static void test_gb18030(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) {
        size_t length = write_text(GB18030, i % 2 ? 2 : 60, i % 3 ? 5 : 0, some_length());
        length -= length && chance(2);
        check(length, convert_all(length), ENCODING_GB18030, ENCODING_GB18030);
    }
}

/* Behind more ASCII than is read at once. */
static void test_gb18030_found(void **state)
{
    (void)state;
    static const char *const right[] = {"\xCA\xC7", "\x95\x32\x82\x36", "\xB0\xA1"};
    for (int i = 0; i < 30; i++) {
        size_t length = write_text(right, i % 3, 0, PIECES - 100 - chance(1000));
        memcpy(text + length, "\xCA\xC7", 2);
        check(length + 2, convert_all(length + 2), ENCODING_UNDECIDED, ENCODING_GB18030);
    }
}

/* Characters that are valid in both encodings, and much ASCII before one that tells, which may lie across the end of what is looked at. */
static void check_late(size_t tells, const char *what, bool gb18030)
{
    size_t length = tells + strlen(what);
    memset(text, 'a', length);
    memcpy(text, "\xC3\xA9\xD4\xBA", 4);
    memcpy(text + tells, what, strlen(what));
    memcpy(wanted, text, length);
    check(length, gb18030 ? convert_all(length) : length, ENCODING_UNDECIDED,
          gb18030 ? ENCODING_GB18030 : ENCODING_UTF8);
}

static void test_shows_late(void **state)
{
    (void)state;
    static const size_t ends[] = {1 << 16, 1 << 17, 1 << 18, 1 << 19};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        for (size_t at = ends[i] - 6; at <= ends[i] + 4; at++) {
            check_late(at, "\xCA\xC7", true);
            check_late(at, "\xCA\xC7\xCA\xC7,\n", true);
            check_late(at, "\x95\x32\x82\x36", true);
            check_late(at, "\xE6\x98\xAF,", false);
            check_late(at, "\xF0\xA0\x80\x80\xF0\xA0\x80\x80", false);
        }
    for (size_t at = LOOK - 4; at <= LOOK + 4; at++) {
        check_late(at, "\xCA\xC7\n", at + 1 < LOOK);
        check_late(at, "\xE6\x98\xAF\n", false);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_gb18030),
        cmocka_unit_test(test_gb18030_found),
        cmocka_unit_test(test_shows_late),
    };
    mem_start();
    seed = 5;
    int file = mkstemp(path);
    if (file < 0)
        return 1;
    close(file);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
