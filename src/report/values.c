#include "report/values.h"
#include <stdlib.h>
#include <string.h>
#include "base/date.h"
#include "core/measure.h"
#include "eval/cells.h"
#include "report/say.h"

enum { PLACES_EXACT = 4, PLACES_CUT = 2, ELEMENTS_MAX = 6 };

/* ---------------------------------------------------------------- single numbers */

static bool terminates_within(struct num number, unsigned places)
{
    struct num scaled = number;
    for (unsigned i = 0; i < places; i++) {
        scaled = num_mul(scaled, num_int(10));
    }
    return num_is_int(scaled);
}

const char *values_number(struct num number)
{
    bool exact = num_valid(number) && terminates_within(number, PLACES_EXACT);
    return num_show(number, exact ? PLACES_EXACT : PLACES_CUT);
}

const char *values_count(int64_t count)
{
    return str_print("%lld", (long long)count);
}

const char *values_percent(struct num number)
{
    return str_print("%s%%", values_number(num_mul(number, num_int(100))));
}

const char *values_date(int64_t date)
{
    return date_text(date);
}

const char *values_period(struct period period)
{
    int from[3], to[3];
    date_to_civil(period.start, &from[0], &from[1], &from[2]);
    date_to_civil(period.end, &to[0], &to[1], &to[2]);
    bool whole_year = from[0] == to[0] && from[1] == 1 && from[2] == 1 && to[1] == 12 && to[2] == 31;
    return whole_year ? str_print("%d", from[0])
                      : str_print("%s – %s", date_text(period.start), date_text(period.end));
}

const char *values_symbol(const struct symbol *symbol)
{
    return symbol->label != NULL ? symbol->label : symbol->name;
}

const char *values_rung(const struct symbol *rung)
{
    bool both = rung->label != NULL && strcmp(rung->label, rung->name) != 0;
    return both ? str_print("%s %s", rung->name, rung->label) : rung->name;
}

static const char *rung_at(const struct choice *grades, struct num place)
{
    int64_t at;
    bool there = num_to_int(place, &at) && at >= 0 && (size_t)at < grades->count;
    return there ? values_rung(&grades->symbols[at]) : "?";
}

const char *values_rungs(const struct choice *grades, struct range range)
{
    const char *worst = rung_at(grades, range.low.at), *best = rung_at(grades, range.high.at);
    return strcmp(worst, best) == 0 ? worst : str_print("%s – %s", worst, best);
}

const char *values_minus(const char *number)
{
    return strcmp(number, "0") == 0 ? number : str_print("−%s", number[0] == '-' ? number + 1 : number);
}

/* ---------------------------------------------------------------- ranges of numbers */

enum style { STYLE_NUMBER, STYLE_POINTS, STYLE_PERCENT, STYLE_DATE, STYLE_CHOICE };

struct look {
    enum style style;
    const struct choice *choice; /* STYLE_CHOICE */
    enum lang lang;
};

static const char *symbol_at(const struct choice *choice, struct num place)
{
    int64_t at;
    bool there = num_to_int(place, &at) && at >= 0 && (size_t)at < choice->count;
    return there ? values_symbol(&choice->symbols[at]) : "?";
}

static const char *number_text(struct look look, struct num number)
{
    int64_t day;
    switch (look.style) {
    case STYLE_NUMBER: return values_number(number);
    case STYLE_POINTS: return num_show(number, PLACES_CUT);
    case STYLE_PERCENT: return values_percent(number);
    case STYLE_DATE: return num_to_int(number, &day) ? date_text(day) : "?";
    case STYLE_CHOICE: return symbol_at(look.choice, number);
    }
    abort();
}

/* Of a range without one of its ends, or without both. */
static const char *open_text(struct look look, struct range range)
{
    bool below = range.low.infinite != 0, above = range.high.infinite != 0, date = look.style == STYLE_DATE;
    if (below && above) {
        return say(date ? SAY_UNKNOWN : SAY_ANY_NUMBER, look.lang);
    }
    if (above) {
        return say_with(date ? SAY_OR_LATER : SAY_AT_LEAST, look.lang, number_text(look, range.low.at), NULL);
    }
    return say_with(date ? SAY_OR_EARLIER : SAY_AT_MOST, look.lang, number_text(look, range.high.at), NULL);
}

static const char *range_text(struct look look, struct range range)
{
    if (range.low.infinite != 0 || range.high.infinite != 0) {
        return open_text(look, range);
    }
    const char *low = number_text(look, range.low.at);
    if (num_equal(range.low.at, range.high.at)) {
        return low;
    }
    return str_print("%s – %s", low, number_text(look, range.high.at));
}

static bool is_day(struct cut end, int64_t day)
{
    return end.infinite == 0 && num_equal(end.at, num_int(day));
}

struct range values_open_ends(const struct type *type, struct range range)
{
    if (type->kind != TYPE_DATE || range_is_point(range)) {
        return range;
    }
    if (is_day(range.low, DATE_MIN)) {
        range.low = (struct cut){.infinite = -1};
    }
    if (is_day(range.high, DATE_MAX)) {
        range.high = (struct cut){.infinite = 1};
    }
    return range;
}

static const char *with_na(const char *text, const struct value *value, enum lang lang)
{
    return value->na ? say_with(SAY_OR_NOT_APPLICABLE, lang, text, NULL) : text;
}

static const char *looked_at(struct look look, const struct value *value)
{
    if (value->fault != NULL) {
        return "?";
    }
    if (value->nothing_else) {
        return say(SAY_NOT_APPLICABLE, look.lang);
    }
    return with_na(range_text(look, value->range), value, look.lang);
}

const char *values_points(const struct value *value, bool exactly, enum lang lang)
{
    return looked_at((struct look){exactly ? STYLE_NUMBER : STYLE_POINTS, NULL, lang}, value);
}

const char *values_percentage(const struct value *value, enum lang lang)
{
    return looked_at((struct look){STYLE_PERCENT, NULL, lang}, value);
}

/* ---------------------------------------------------------------- any value */

static const char *truth_text(unsigned truth, enum lang lang)
{
    return say(truth == TRUTH_YES ? SAY_YES : truth == TRUTH_NO ? SAY_NO : SAY_UNKNOWN, lang);
}

static enum say calendar_word(const struct measure *unit)
{
    return unit == measure_calendar(UNIT_YEAR)    ? SAY_YEARS
           : unit == measure_calendar(UNIT_MONTH) ? SAY_MONTHS
                                                  : SAY_DAYS;
}

static const char *with_unit(const char *number, const struct measure *unit, enum lang lang)
{
    if (unit != NULL && measure_is_calendar(unit)) {
        return say_with(calendar_word(unit), lang, number, NULL);
    }
    bool touches = lang == LANG_ZH && unit != NULL && (unsigned char)unit->name[0] >= 0x80;
    return unit == NULL ? number : str_print(touches ? "%s%s" : "%s %s", number, unit->name);
}

static const char *number_of(const struct type *type, const struct value *value, enum lang lang)
{
    struct look look = {type->share ? STYLE_PERCENT : STYLE_NUMBER, NULL, lang};
    return with_unit(range_text(look, value->range), type->unit, lang);
}

static const char *choice_of(const struct type *type, const struct value *value, enum lang lang)
{
    bool known = range_is_point(value->range);
    if (!known && !type->choice->ordered) {
        return say(SAY_UNKNOWN, lang);
    }
    return range_text((struct look){STYLE_CHOICE, type->choice, lang}, value->range);
}

/* "1..6, 8..12" */
static const char *months_of(unsigned months)
{
    struct str out = {0};
    for (int from = 0; from < 12; from++) {
        if ((months >> from & 1u) == 0) {
            continue;
        }
        int to = from;
        while (to < 11 && (months >> (to + 1) & 1u) != 0) {
            to++;
        }
        str_add(&out, out.length > 0 ? ", " : "");
        str_format(&out, to > from ? "%d..%d" : "%d", from + 1, to + 1);
        from = to;
    }
    return out.length > 0 ? str_text(&out) : "0";
}

static const char *text_of(const struct value *value, enum lang lang)
{
    if (cells_made_text(value)) {
        return say(SAY_ANOTHER_TEXT, lang);
    }
    return value->text != NULL ? value->text : say(SAY_UNKNOWN, lang);
}

/* A long list is cut after whole elements. */
static const char *list_of(const struct type *type, const struct sequence *list, enum lang lang)
{
    if (list->open || list->width != 1) {
        return say(SAY_UNKNOWN, lang);
    }
    struct str out = {0};
    str_add_char(&out, '[');
    for (size_t i = 0; i < list->count && i < ELEMENTS_MAX; i++) {
        bool known = value_is_known(&list->cells[i]);
        str_add(&out, i > 0 ? ", " : "");
        str_add(&out, known ? values_of(&type->element->type, &list->cells[i], lang) : "?");
    }
    str_add(&out, list->count > ELEMENTS_MAX ? ", …]" : "]");
    return str_text(&out);
}

static const char *table_of(const struct sequence *table, enum lang lang)
{
    return table->open         ? say(SAY_UNKNOWN, lang)
           : table->count == 1 ? say(SAY_ONE_ROW, lang)
                               : say_with(SAY_ROWS, lang, str_print("%zu", table->count), NULL);
}

static const char *document_of(struct range length, enum lang lang)
{
    if (!range_is_point(length)) {
        return say(SAY_UNKNOWN, lang);
    }
    bool one = num_equal(length.low.at, num_int(1));
    return one ? say(SAY_ONE_CHARACTER, lang)
               : say_with(SAY_CHARACTERS, lang, values_number(length.low.at), NULL);
}

static const char *something_of(const struct type *type, const struct value *value, enum lang lang)
{
    switch (type->kind) {
    case TYPE_YESNO: return truth_text(value->truth, lang);
    case TYPE_NUMBER: return number_of(type, value, lang);
    case TYPE_DATE:
        return range_text((struct look){STYLE_DATE, NULL, lang}, values_open_ends(type, value->range));
    case TYPE_TEXT: return text_of(value, lang);
    case TYPE_CHOICE: return choice_of(type, value, lang);
    case TYPE_MONTHS:
        return value->months.sure == value->months.possible ? months_of(value->months.sure)
                                                            : say(SAY_UNKNOWN, lang);
    case TYPE_LIST: return list_of(type, value->sequence, lang);
    case TYPE_TABLE: return table_of(value->sequence, lang);
    case TYPE_DOCUMENT: return document_of(value->range, lang);
    }
    abort();
}

const char *values_of(const struct type *type, const struct value *value, enum lang lang)
{
    if (value->fault != NULL) {
        return "?";
    }
    if (value->nothing_else) {
        return say(SAY_NOT_APPLICABLE, lang);
    }
    return with_na(something_of(type, value, lang), value, lang);
}

/* ---------------------------------------------------------------- what was given */

static const char *parts_of(const struct given *given, bool brief)
{
    const char *parts = str_print("%s/%s", values_number(given->part), values_number(given->whole));
    if (brief || num_sign(given->whole) == 0) {
        return parts;
    }
    return str_print("%s = %s", parts, values_percent(num_div(given->part, given->whole)));
}

const char *values_given(const struct field *field, const struct given *given, bool brief, enum lang lang)
{
    switch (given->state) {
    case GIVEN_NOTHING: return say(SAY_UNKNOWN, lang);
    case GIVEN_UNKNOWN:
        return given->value.kind == VALUE_SEQUENCE ? values_of(&field->type, &given->value, lang)
                                                   : say(SAY_UNKNOWN, lang);
    case GIVEN_VALUE:
    case GIVEN_ASSUMED:
        return given->has_parts ? parts_of(given, brief) : values_of(&field->type, &given->value, lang);
    case GIVEN_UNPROVEN:
        return given->has_parts       ? parts_of(given, brief)
               : given->shown != NULL ? given->shown
                                      : say(SAY_UNKNOWN, lang);
    }
    abort();
}
