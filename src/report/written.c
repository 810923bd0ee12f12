#include "report/written.h"
#include <string.h>
#include "base/date.h"

/* A decimal where there is one; else a quotient, which only a share may be written as. */
static const char *number(const struct type *type, struct num at, const struct num *whole)
{
    if (type->share && whole != NULL) {
        return str_print("%s of %s", num_text(num_mul(at, *whole)), num_text(*whole));
    }
    if (type->share && num_is_int(num_mul(at, num_int(10000)))) {
        return str_print("%s%%", num_text(num_mul(at, num_int(100))));
    }
    const char *text = num_text(at);
    if (strchr(text, '/') == NULL) {
        return text;
    }
    return type->share ? str_print("%s of %s", num_text(num_top(at)), num_text(num_bottom(at))) : NULL;
}

static const char *choice(const struct choice *choice, struct num place)
{
    int64_t at;
    bool there = num_to_int(place, &at) && at >= 0 && (size_t)at < choice->count;
    return there ? choice->symbols[at].name : NULL;
}

static const char *months(unsigned set)
{
    struct str out = {0};
    str_add_char(&out, '[');
    for (int i = 0; i < 12; i++) {
        if (set >> i & 1u) {
            str_format(&out, "%s%d", out.length > 1 ? ", " : "", i + 1);
        }
    }
    str_add_char(&out, ']');
    return str_text(&out);
}

static const char *text(const char *of)
{
    struct str out = {0};
    str_add_char(&out, '"');
    for (; *of != '\0'; of++) {
        if (*of == '"' || *of == '\\') {
            str_add_char(&out, '\\');
        }
        str_add_char(&out, *of);
    }
    str_add_char(&out, '"');
    return str_text(&out);
}

const char *written_value(const struct type *type, const struct value *value, const struct num *whole)
{
    int64_t day;
    if (value->nothing_else) {
        return "n/a";
    }
    switch (type->kind) {
    case TYPE_YESNO: return value->truth == TRUTH_YES ? "yes" : "no";
    case TYPE_NUMBER: return number(type, value->range.low.at, whole);
    case TYPE_DATE: return num_to_int(value->range.low.at, &day) ? date_text(day) : NULL;
    case TYPE_TEXT: return text(value->text);
    case TYPE_CHOICE: return choice(type->choice, value->range.low.at);
    case TYPE_MONTHS: return months(value->months.sure);
    case TYPE_DOCUMENT: return str_print("document \"?\" %s chars", num_text(value->range.low.at));
    case TYPE_LIST:
    case TYPE_TABLE: break;
    }
    return NULL;
}
