#include "base/json.h"
#include <string.h>
#include "base/cell_text.h"
#include "base/utf8.h"

static void separate(struct json *json)
{
    if (json->comma)
        str_add_char(json->out, ',');
    json->comma = true;
}

static void add_quoted(struct str *out, const char *text)
{
    text = utf8_repaired(text);
    size_t length = strlen(text);
    str_extend(out, cell_text_json(str_reserve(out, CELL_TEXT_ROOM(length)), text, length));
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
