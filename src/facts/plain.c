#include "facts/plain.h"
#include <string.h>
#include "base/date.h"
#include "base/decimal.h"
#include "core/limits.h"

enum { DATE_LENGTH = 10 };

static struct num number_of(struct decimal decimal)
{
    return num_ratio(decimal.digits, decimal_powers[decimal.places]);
}

static bool unsigned_number(const char *text, size_t length, struct num *number)
{
    struct decimal decimal;
    bool right = decimal_unsigned(text, length, &decimal);
    *number = right ? number_of(decimal) : *number;
    return right;
}

bool plain_number(const char *text, size_t length, struct num *number)
{
    struct decimal decimal;
    bool right = decimal_signed(text, length, &decimal);
    *number = right ? number_of(decimal) : *number;
    return right;
}

/* ---------------------------------------------------------------- numbers and shares */

static bool allowed(const struct field *field, struct num number)
{
    struct range range = field->limits.range;
    range.whole = field->type.whole;
    return range_holds(range, number) && limits_are_legal(&field->limits, number) &&
           limits_on_step(&field->limits, number);
}

static bool keep_number(const struct field *field, struct num number, struct plain *plain)
{
    plain->value = value_number(number);
    return allowed(field, number);
}

static bool read_percent(const struct field *field, const char *text, size_t length, struct plain *plain)
{
    struct num number;
    bool right = !field->type.unit && plain_number(text, length - 1, &number);
    return right && keep_number(field, num_div(number, num_int(100)), plain);
}

bool plain_parts(const struct field *field, struct num part, struct num whole, struct plain *plain)
{
    if (num_sign(whole) <= 0 || num_sign(part) < 0 || num_compare(part, whole) > 0)
        return false;
    *plain = (struct plain){.has_parts = true, .part = part, .whole = whole};
    return keep_number(field, num_div(part, whole), plain);
}

/* A bare 1 is warned about. */
static bool read_share(const struct field *field, const char *text, size_t length, struct plain *plain)
{
    struct num part, whole;
    const char *slash = memchr(text, '/', length);
    if (!slash)
        return unsigned_number(text, length, &part) && !num_equal(part, num_int(1)) &&
               keep_number(field, part, plain);
    size_t first = (size_t)(slash - text);
    return unsigned_number(text, first, &part) && unsigned_number(slash + 1, length - first - 1, &whole) &&
           plain_parts(field, part, whole, plain);
}

static bool read_number(const struct field *field, const char *text, size_t length, struct plain *plain)
{
    struct num number;
    if (text[length - 1] == '%')
        return read_percent(field, text, length, plain);
    if (field->type.share)
        return read_share(field, text, length, plain);
    return plain_number(text, length, &number) && keep_number(field, number, plain);
}

/* ---------------------------------------------------------------- the others */

static bool says(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(text, word, length) == 0;
}

static bool read_yesno(const char *text, size_t length, struct plain *plain)
{
    bool yes = says(text, length, "yes") || says(text, length, "是");
    plain->value = value_truth(yes ? TRUTH_YES : TRUTH_NO);
    return yes || says(text, length, "no") || says(text, length, "否");
}

static bool read_date(const struct field *field, const char *text, size_t length, struct plain *plain)
{
    int64_t day;
    if (length != DATE_LENGTH || !date_parse(text, &day))
        return false;
    plain->value = value_int(day);
    return range_holds(field->limits.range, num_int(day));
}

/* By its name; labels may be spelled in more than one way. */
static bool read_choice(const struct choice *choice, const char *text, size_t length, struct plain *plain)
{
    for (size_t i = 0; i < choice->count; i++)
        if (says(text, length, choice->symbols[i].name)) {
            plain->value = value_int((int64_t)i);
            return true;
        }
    return false;
}

bool plain_read(const struct field *field, const char *text, size_t length, struct plain *plain)
{
    plain->has_parts = false;
    if (length == 0)
        return false;
    switch (field->type.kind) {
    case TYPE_YESNO: return read_yesno(text, length, plain);
    case TYPE_NUMBER: return read_number(field, text, length, plain);
    case TYPE_DATE: return read_date(field, text, length, plain);
    case TYPE_CHOICE: return read_choice(field->type.choice, text, length, plain);
    case TYPE_TEXT:
    case TYPE_MONTHS:
    case TYPE_LIST:
    case TYPE_TABLE:
    case TYPE_DOCUMENT: return false;
    }
    return false;
}
