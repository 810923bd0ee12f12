/* Text under construction. A finished text is a plain `const char *`, UTF-8 without NUL. */
#ifndef RUBRIC_BASE_STR_H
#define RUBRIC_BASE_STR_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str { char *data; size_t length, room; };               /* starts zeroed */

void str_add(struct str *str, const char *text);
void str_add_bytes(struct str *str, const char *bytes, size_t length);
void str_add_char(struct str *str, char byte);
void str_add_repeat(struct str *str, const char *text, size_t times);
void str_item(struct str *list, const char *between, const char *item);   /* "a, b": `between` stands before all but the first */
char *str_reserve(struct str *str, size_t extra);              /* room for so many more bytes, where they go; str_extend says how many came */
void str_extend(struct str *str, size_t extra);
void str_format(struct str *str, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *str_text(struct str *str);                         /* never NULL; valid until the next addition */
const char *str_print(const char *format, ...) __attribute__((format(printf, 1, 2)));   /* a fresh text */
bool str_equal(const char *a, const char *b);                  /* two NULLs are equal, NULL and "" are not */
#endif
