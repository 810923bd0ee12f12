#include "base/str.h"
#include <stdio.h>
#include <string.h>
#include "base/mem.h"

enum { FIRST_ROOM = 32 };

/* Room for `extra` more bytes and the closing NUL. */
static void reserve(struct str *str, size_t extra)
{
    size_t wanted = str->length + extra + 1, room = str->room ? str->room : FIRST_ROOM;
    if (wanted <= str->room)
        return;
    while (room < wanted)
        room *= 2;
    str->data = str->data ? mem_grow(str->data, str->room, room) : mem_alloc_plain(room);
    str->room = room;
}

char *str_reserve(struct str *str, size_t extra)
{
    reserve(str, extra);
    return str->data + str->length;
}

void str_extend(struct str *str, size_t extra)
{
    str->length += extra;
    str->data[str->length] = '\0';
}

void str_add_bytes(struct str *str, const char *bytes, size_t length)
{
    if (!length)
        return;
    reserve(str, length);
    memcpy(str->data + str->length, bytes, length);
    str->length += length;
    str->data[str->length] = '\0';
}

void str_add(struct str *str, const char *text)
{
    str_add_bytes(str, text, strlen(text));
}

void str_add_char(struct str *str, char byte)
{
    str_add_bytes(str, &byte, 1);
}

void str_add_repeat(struct str *str, const char *text, size_t times)
{
    size_t length = strlen(text);
    reserve(str, length * times);
    while (times--)
        str_add_bytes(str, text, length);
}

__attribute__((format(printf, 2, 0))) static void format(struct str *str, const char *pattern, va_list args)
{
    va_list again;
    va_copy(again, args);
    reserve(str, FIRST_ROOM);
    int length = vsnprintf(str->data + str->length, str->room - str->length, pattern, args);
    if (length > 0 && (size_t)length >= str->room - str->length) {
        reserve(str, (size_t)length);
        vsnprintf(str->data + str->length, (size_t)length + 1, pattern, again);
    }
    str->length += length > 0 ? (size_t)length : 0;
    va_end(again);
}

void str_item(struct str *list, const char *between, const char *item)
{
    str_add(list, list->length > 0 ? between : "");
    str_add(list, item);
}

void str_format(struct str *str, const char *pattern, ...)
{
    va_list args;
    va_start(args, pattern);
    format(str, pattern, args);
    va_end(args);
}

const char *str_text(struct str *str)
{
    return str->data ? str->data : "";
}

const char *str_print(const char *pattern, ...)
{
    struct str str = {0};
    va_list args;
    va_start(args, pattern);
    format(&str, pattern, args);
    va_end(args);
    return str_text(&str);
}

bool str_equal(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}
