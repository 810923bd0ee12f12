/* UTF-8: checking, walking, widths. Nothing here depends on the locale. */
#ifndef RUBRIC_BASE_UTF8_H
#define RUBRIC_BASE_UTF8_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

size_t utf8_bad_at(const char *text, size_t length);           /* offset of the first byte that is not UTF-8; length if none */
bool utf8_is_begun(const char *text, size_t length);           /* the beginning of one character, which is cut off */
size_t utf8_next(const char *text, size_t length, uint32_t *code); /* bytes of the first character (valid text, length > 0) */
size_t utf8_count(const char *text, size_t length);            /* characters */
size_t utf8_width(const char *text, size_t length);            /* terminal cells: Han are two wide, combining marks none */
const char *utf8_nfc(const char *text, size_t length);         /* a normalised copy */
bool utf8_is_letter(uint32_t code);                            /* may start a name: XID_Start or `_` */
bool utf8_is_name_char(uint32_t code);                         /* may continue one: XID_Continue */
bool utf8_is_hidden(uint32_t code);                            /* bidirectional control, zero-width, or other invisible format character */
bool utf8_is_control(uint32_t code);                           /* C0 (tab and newline included), DEL, C1 */
/* For a terminal: control, escape and hidden characters are replaced by visible `\u{…}`; newlines and tabs too. */
const char *utf8_visible(const char *text);
/* What is not UTF-8, as the name of a file may be, is U+FFFD in it; `text` itself where all is. */
const char *utf8_repaired(const char *text);
/* The edit distance of two names, in characters, transpositions counting one; more than `limit` counts as limit + 1. */
size_t utf8_distance(const char *a, const char *b, size_t limit);
/* A copy folded for a case-blind comparison. */
const char *utf8_casefold(const char *text);
#endif
