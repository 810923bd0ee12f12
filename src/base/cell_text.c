#include "base/cell_text.h"
#include <stdio.h>
#include <string.h>
#include "base/utf8.h"

/* Bytes that mean nothing anywhere: letters, digits, blanks, and marks that neither CSV nor JSON nor a spreadsheet looks for. */
static bool is_plain(unsigned char byte)
{
    return byte >= ' ' && byte < 0x7F && byte != '"' && byte != ',' && byte != '\\';
}

static size_t plain_run(const char *text, size_t length)
{
    size_t run = 0;
    while (run < length && is_plain((unsigned char)text[run]))
        run++;
    return run;
}

/* One that is not plain, of `step` bytes; returns how many were written. */
typedef size_t write_character(char *out, const char *text, size_t step, uint32_t code);

static size_t copy(char *out, const char *text, size_t length, write_character *write)
{
    size_t at = 0, put = 0;
    while (at < length) {
        size_t run = plain_run(text + at, length - at);
        memcpy(out + put, text + at, run);
        at += run;
        put += run;
        uint32_t code;
        size_t step = at < length ? utf8_next(text + at, length - at, &code) : 0;
        put += step ? write(out + put, text + at, step, code) : 0;
        at += step;
    }
    return put;
}

/* ---- CSV */

/* The marks that begin a formula, full-width ones too, and those behind which a spreadsheet looks for one. */
static bool is_formula(const char *text, size_t length)
{
    static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (length >= strlen(starts[i]) && memcmp(text, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

static bool wants_quotes(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] == ',' || text[i] == '"' || text[i] == '\n')
            return true;
    return false;
}

static bool is_shown_by_number(uint32_t code)
{
    return (utf8_is_control(code) && code != '\t' && code != '\n') || (code >= 0x80 && utf8_is_hidden(code));
}

static size_t csv_character(char *out, const char *text, size_t step, uint32_t code)
{
    if (is_shown_by_number(code))
        return (size_t)sprintf(out, "\\u{%x}", (unsigned)code);
    memcpy(out, text, step);
    if (code != '"')
        return step;
    out[1] = '"';
    return 2;
}

size_t cell_text_csv(char *out, const char *text, size_t length)
{
    size_t put = 0;
    bool quotes = wants_quotes(text, length);
    if (quotes)
        out[put++] = '"';
    if (is_formula(text, length) && *text != '\r') /* which is no line end once it is shown */
        out[put++] = '\'';
    put += copy(out + put, text, length, csv_character);
    if (quotes)
        out[put++] = '"';
    return put;
}

/* ---- JSON */

/* Past 16 bits in two halves. */
static size_t json_number(char *out, uint32_t code)
{
    if (code <= 0xFFFF)
        return (size_t)sprintf(out, "\\u%04x", (unsigned)code);
    code -= 0x10000;
    return (size_t)sprintf(out, "\\u%04x\\u%04x", 0xD800u + (code >> 10), 0xDC00u + (code & 0x3FF));
}

static size_t json_character(char *out, const char *text, size_t step, uint32_t code)
{
    static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *letter = code && code < 0x80 ? strchr(plain, (int)code) : NULL;
    if (letter) {
        out[0] = '\\';
        out[1] = letters[letter - plain];
        return 2;
    }
    if (utf8_is_control(code) || (code >= 0x80 && utf8_is_hidden(code)))
        return json_number(out, code);
    memcpy(out, text, step);
    return step;
}

size_t cell_text_json(char *out, const char *text, size_t length)
{
    size_t put = 0;
    out[put++] = '"';
    put += copy(out + put, text, length, json_character);
    out[put++] = '"';
    return put;
}
