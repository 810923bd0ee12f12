/* JSON written as a stream of calls; commas and escapes are looked after here. Control characters and those that cannot be seen are escaped, the rest stays UTF-8. */
#ifndef RUBRIC_BASE_JSON_H
#define RUBRIC_BASE_JSON_H
#include <stdbool.h>
#include "base/str.h"

struct json { struct str *out; bool comma; };

void json_open(struct json *json, char bracket);                 /* '{' or '[' */
void json_close(struct json *json, char bracket);                /* '}' or ']' */
void json_key(struct json *json, const char *key);
void json_text(struct json *json, const char *text);             /* NULL writes null */
void json_int(struct json *json, long long value);               /* lines, columns, ranks: never a scored value */
void json_bool(struct json *json, bool value);
void json_pair(struct json *json, const char *key, const char *text);
#endif
