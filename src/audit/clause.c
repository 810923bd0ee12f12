/* Clauses are told apart by a number, in digits or in Chinese: 附件1 一(2), § 7.3. */
#include "audit/clause.h"
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/str.h"

enum { HAN_BYTES = 3, HAN_MAX = 99, DIGITS_MAX = 6 };

static const char *const HAN[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
enum { HAN_TEN = 10, HAN_COUNT = HAN_TEN + 1 };

/* ---- numbers in Chinese */

static int han_at(const char *text)
{
    for (int i = 0; i < HAN_COUNT; i++)
        if (strncmp(text, HAN[i], HAN_BYTES) == 0)
            return i;
    return -1;
}

static const char *han_text(long number)
{
    long tens = number / HAN_TEN, ones = number % HAN_TEN;
    return str_print("%s%s%s", tens > 1 ? HAN[tens] : "", tens ? HAN[HAN_TEN] : "", ones ? HAN[ones] : "");
}

/* 十二, 二十, 二十一: told by what it is written as. */
static long han_number(const char *text, size_t length)
{
    for (long number = 1; number <= HAN_MAX; number++) {
        const char *written = han_text(number);
        if (strlen(written) == length && strncmp(written, text, length) == 0)
            return number;
    }
    return -1;
}

/* ---- the number in which two cites differ */

struct numbered {
    size_t start, end; /* of the number */
    long number;
    bool han;
};

static bool is_digit_before(const char *text, size_t at)
{
    return at > 0 && isdigit((unsigned char)text[at - 1]);
}

static bool is_han_before(const char *text, size_t at)
{
    return at >= HAN_BYTES && han_at(text + at - HAN_BYTES) >= 0;
}

/* The whole number around a place; number -1: there is none. */
static struct numbered number_around(const char *text, size_t at)
{
    struct numbered it = {.start = at, .end = at, .number = -1};
    while (is_digit_before(text, it.start))
        it.start--;
    while (isdigit((unsigned char)text[it.end]))
        it.end++;
    if (it.end > it.start && it.end - it.start <= DIGITS_MAX) {
        it.number = strtol(mem_text(text + it.start, it.end - it.start), NULL, 10);
        return it;
    }
    while (is_han_before(text, it.start))
        it.start -= HAN_BYTES;
    while (han_at(text + it.end) >= 0)
        it.end += HAN_BYTES;
    it.han = true;
    it.number = han_number(text + it.start, it.end - it.start);
    return it;
}

static size_t first_difference(const char *a, const char *b)
{
    size_t at = 0;
    while (a[at] != '\0' && a[at] == b[at])
        at++;
    while (at > 0 && ((unsigned char)a[at] & 0xC0) == 0x80)
        at--; /* not inside a character */
    return at;
}

const char *clause_between(const char *before, const char *behind)
{
    enum { STEP = 2 };
    size_t at = first_difference(before, behind);
    struct numbered one = number_around(before, at), other = number_around(behind, at);
    bool alike = one.number >= 0 && other.number == one.number + STEP && one.han == other.han &&
                 one.start == other.start && strcmp(before + one.end, behind + other.end) == 0;
    if (!alike)
        return NULL;
    const char *number = one.han ? han_text(one.number + 1) : str_print("%ld", one.number + 1);
    return str_print("%s%s%s", mem_text(before, one.start), number, before + one.end);
}
