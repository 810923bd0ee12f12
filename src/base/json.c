#include "base/json.h"
#include <string.h>
#include "base/utf8.h"

static void separate(struct json *json)
{
    if (json->comma)
        str_add_char(json->out, ',');
    json->comma = true;
}

/* What a terminal might obey, or not show, is written by its number; past 16 bits in two halves. */
static void add_number(struct str *out, uint32_t code)
{
    if (code > 0xFFFF) {
        code -= 0x10000;
        str_format(out, "\\u%04x\\u%04x", 0xD800u + (code >> 10), 0xDC00u + (code & 0x3FF));
        return;
    }
    str_format(out, "\\u%04x", (unsigned)code);
}

static bool add_letter(struct str *out, uint32_t code)
{
    static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    for (size_t i = 0; plain[i]; i++)
        if ((unsigned char)plain[i] == code) {
            str_format(out, "\\%c", letters[i]);
            return true;
        }
    return false;
}

static bool needs_escape(uint32_t code)
{
    return code == '"' || code == '\\' || utf8_is_control(code) || (code >= 0x80 && utf8_is_hidden(code));
}

static void add_quoted(struct str *out, const char *text)
{
    size_t length = strlen(text), run = 0;
    str_add_char(out, '"');
    for (size_t at = 0; at < length; at += run) {
        uint32_t code;
        run = utf8_next(text + at, length - at, &code);
        if (!needs_escape(code))
            str_add_bytes(out, text + at, run);
        else if (!add_letter(out, code))
            add_number(out, code);
    }
    str_add_char(out, '"');
}

void json_open(struct json *json, char bracket)
{
    separate(json);
    str_add_char(json->out, bracket);
    json->comma = false;
}

void json_close(struct json *json, char bracket)
{
    str_add_char(json->out, bracket);
    json->comma = true;
}

void json_key(struct json *json, const char *key)
{
    separate(json);
    add_quoted(json->out, key);
    str_add_char(json->out, ':');
    json->comma = false;
}

void json_text(struct json *json, const char *text)
{
    separate(json);
    if (text)
        add_quoted(json->out, text);
    else
        str_add(json->out, "null");
}

void json_int(struct json *json, long long value)
{
    separate(json);
    str_format(json->out, "%lld", value);
}

void json_bool(struct json *json, bool value)
{
    separate(json);
    str_add(json->out, value ? "true" : "false");
}

void json_pair(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}
