#include "base/json.h"

static void separate(struct json *json)
{
    if (json->comma)
        str_add_char(json->out, ',');
    json->comma = true;
}

static void add_escaped(struct str *out, char byte)
{
    static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    for (size_t i = 0; plain[i]; i++)
        if (plain[i] == byte) {
            str_format(out, "\\%c", letters[i]);
            return;
        }
    str_format(out, "\\u%04x", (unsigned)(unsigned char)byte);
}

static bool needs_escape(char byte)
{
    unsigned char code = (unsigned char)byte;
    return code < 0x20 || code == 0x7F || byte == '"' || byte == '\\';
}

static void add_quoted(struct str *out, const char *text)
{
    str_add_char(out, '"');
    while (*text) {
        size_t run = 0;
        while (text[run] && !needs_escape(text[run]))
            run++;
        str_add_bytes(out, text, run);
        text += run;
        if (*text)
            add_escaped(out, *text++);
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
