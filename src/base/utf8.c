#include "base/utf8.h"
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>
#include <unictype.h>
#include <uniwidth.h>
#include <stdlib.h>
#include "base/mem.h"
#include "base/str.h"

static size_t ascii_length(const char *text, size_t length)
{
    size_t at = 0;
    for (uint64_t word; at + sizeof word <= length; at += sizeof word) {
        memcpy(&word, text + at, sizeof word);
        if (word & 0x8080808080808080u)
            break;
    }
    while (at < length && (unsigned char)text[at] < 0x80)
        at++;
    return at;
}

size_t utf8_bad_at(const char *text, size_t length)
{
    size_t ascii = ascii_length(text, length);
    if (ascii == length)
        return length;
    const uint8_t *bad = u8_check((const uint8_t *)text + ascii, length - ascii);
    return bad ? (size_t)((const char *)bad - text) : length;
}

bool utf8_is_begun(const char *text, size_t length)
{
    enum { CUT_OFF = -2 };
    ucs4_t code;
    return length > 0 && u8_mbtoucr(&code, (const uint8_t *)text, length) == CUT_OFF;
}

size_t utf8_next(const char *text, size_t length, uint32_t *code)
{
    if ((unsigned char)*text >= 0x80)
        return (size_t)u8_mbtouc(code, (const uint8_t *)text, length);
    *code = (unsigned char)*text;
    return 1;
}

size_t utf8_count(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

static size_t cells(uint32_t code)
{
    if (code >= 0x20 && code < 0x7F)
        return 1;
    int width = uc_width(code, "UTF-8");
    return width > 0 ? (size_t)width : 0;
}

size_t utf8_width(const char *text, size_t length)
{
    size_t width = 0;
    uint32_t code;
    for (size_t at = 0; at < length; width += cells(code))
        at += utf8_next(text + at, length - at, &code);
    return width;
}

/* A collected copy of what libunistring returned: nothing only where memory ran out, for the text is valid. */
static const char *adopt(uint8_t *result, size_t result_length)
{
    if (!result)
        mem_exhausted();
    const char *copy = mem_text((const char *)result, result_length);
    free(result);
    return copy;
}

const char *utf8_nfc(const char *text, size_t length)
{
    if (ascii_length(text, length) == length)
        return mem_text(text, length);
    size_t result_length = 0;
    uint8_t *result = u8_normalize(UNINORM_NFC, (const uint8_t *)text, length, NULL, &result_length);
    return adopt(result, result_length);
}

static const char *ascii_casefold(const char *text, size_t length)
{
    char *copy = mem_text(text, length);
    for (char *at = copy; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    return copy;
}

const char *utf8_casefold(const char *text)
{
    size_t length = strlen(text), result_length = 0;
    if (ascii_length(text, length) == length)
        return ascii_casefold(text, length);
    uint8_t *result = u8_casefold((const uint8_t *)text, length, NULL, UNINORM_NFC, NULL, &result_length);
    return adopt(result, result_length);
}

static bool ascii_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '_';
}

bool utf8_is_letter(uint32_t code)
{
    return code < 0x80 ? ascii_letter(code) : uc_is_property_xid_start(code);
}

bool utf8_is_name_char(uint32_t code)
{
    if (code < 0x80)
        return ascii_letter(code) || (code >= '0' && code <= '9');
    return uc_is_property_xid_continue(code);
}

bool utf8_is_hidden(uint32_t code)
{
    if (code < 0x80)
        return false;
    bool separator = code == 0x2028 || code == 0x2029;
    bool annotation = code >= 0xFFF9 && code <= 0xFFFB;
    return separator || annotation || uc_is_property_default_ignorable_code_point(code);
}

bool utf8_is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

const char *utf8_visible(const char *text)
{
    struct str out = {0};
    uint32_t code;
    for (size_t length = strlen(text), step; length; text += step, length -= step) {
        step = utf8_next(text, length, &code);
        if (utf8_is_control(code) || utf8_is_hidden(code))
            str_format(&out, "\\u{%x}", (unsigned)code);
        else if (code == 0xFFFD) /* what is not UTF-8 is read as this too */
            str_add(&out, "�");
        else
            str_add_bytes(&out, text, step);
    }
    return str_text(&out);
}

const char *utf8_repaired(const char *text)
{
    struct str out = {0};
    size_t length = strlen(text);
    if (utf8_bad_at(text, length) == length)
        return text;
    for (size_t step; length; text += step, length -= step) {
        uint32_t code;
        step = utf8_next(text, length, &code);
        if (code == 0xFFFD)
            str_add(&out, "�");
        else
            str_add_bytes(&out, text, step);
    }
    return str_text(&out);
}

struct letters {
    uint32_t *codes;
    size_t count;
};

static struct letters letters_of(const char *text)
{
    size_t length = strlen(text);
    struct letters letters = {mem_alloc_plain(length * sizeof(uint32_t)), 0};
    for (size_t at = 0; at < length;)
        at += utf8_next(text + at, length - at, &letters.codes[letters.count++]);
    return letters;
}

static size_t lesser(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t greater(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* One cell of the table of distances; rows[0] is being written, rows[1] and rows[2] are the two before it. */
static size_t distance_at(size_t *const rows[3], const uint32_t *a, const uint32_t *b, size_t i, size_t j)
{
    bool same = a[i - 1] == b[j - 1];
    size_t best = lesser(rows[1][j - 1] + !same, lesser(rows[1][j], rows[0][j - 1]) + 1);
    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        best = lesser(best, rows[2][j - 2] + 1);
    return best;
}

/* Only cells within `limit` of the diagonal are worked out; their neighbours outside hold more than the
 * limit. */
static void fill_row(size_t *const rows[3], struct letters a, struct letters b, size_t i, size_t limit)
{
    size_t first = i > limit ? i - limit : 1, last = lesser(b.count, i + limit);
    rows[0][first - 1] = first == 1 ? i : limit + 1;
    for (size_t j = first; j <= last; j++)
        rows[0][j] = distance_at(rows, a.codes, b.codes, i, j);
    if (last < b.count)
        rows[0][last + 1] = limit + 1;
}

size_t utf8_distance(const char *a, const char *b, size_t limit)
{
    struct letters from = letters_of(a), to = letters_of(b);
    size_t longer = greater(from.count, to.count), rows_size = (to.count + 1) * sizeof(size_t);
    limit = lesser(limit, longer);
    if (longer - lesser(from.count, to.count) > limit)
        return limit + 1;
    size_t *rows[3] = {mem_alloc_plain(rows_size), mem_alloc_plain(rows_size), mem_alloc_plain(rows_size)};
    for (size_t j = 0; j <= to.count; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= from.count; i++) {
        size_t *oldest = rows[2];
        rows[2] = rows[1];
        rows[1] = rows[0];
        rows[0] = oldest;
        fill_row(rows, from, to, i, limit);
    }
    return lesser(rows[0][to.count], limit + 1);
}
