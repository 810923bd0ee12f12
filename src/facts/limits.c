#include "facts/limits.h"
#include "base/date.h"
#include "core/limits.h"

enum { PERCENT_PLACES = 6 };

/* ---------------------------------------------------------------- showing */

static const char *show_plain(const struct field *field, struct num number)
{
    int64_t day;
    if (field->type.kind == TYPE_DATE && num_to_int(number, &day))
        return date_text(day);
    return field->type.share ? num_show_percent(number, PERCENT_PLACES) : num_text(number);
}

static const char *with_unit(const struct field *field, const char *text)
{
    const struct measure *unit = field->type.kind == TYPE_NUMBER ? field->type.unit : NULL;
    return unit ? str_print("%s %s", text, unit->name) : text;
}

const char *limits_show(const struct field *field, struct num number)
{
    return with_unit(field, show_plain(field, number));
}

/* The calendar's own ends are no limits that anybody wrote. */
static struct range without_calendar(const struct field *field, struct range range)
{
    if (field->type.kind == TYPE_DATE && !range.low.infinite && num_equal(range.low.at, num_int(DATE_MIN)))
        range.low = cut_infinite(-1);
    if (field->type.kind == TYPE_DATE && !range.high.infinite && num_equal(range.high.at, num_int(DATE_MAX)))
        range.high = cut_infinite(1);
    return range;
}

static const char *show_range(const struct field *field, struct range all)
{
    struct range range = without_calendar(field, all);
    if (range.low.infinite && range.high.infinite)
        return "…";
    if (range.low.infinite)
        return str_print("≤ %s", limits_show(field, range.high.at));
    if (range.high.infinite)
        return str_print("≥ %s", limits_show(field, range.low.at));
    const char *low = show_plain(field, range.low.at);
    return range_is_point(range) ? with_unit(field, low)
                                 : str_print("%s..%s", low, limits_show(field, range.high.at));
}

static const char *show_legal(const struct field *field)
{
    struct str list = {0};
    for (size_t i = 0; i < field->limits.legal_count; i++) {
        str_add(&list, i > 0 ? DIAG_NEXT : "");
        str_add(&list, show_plain(field, field->limits.legal[i]));
    }
    return with_unit(field, str_text(&list));
}

/* A count has neither unit nor percentage, whatever the field has. */
static const char *show_count(struct range range)
{
    static const struct field plain = {.type.kind = TYPE_NUMBER};
    return show_range(&plain, range);
}

/* ---------------------------------------------------------------- checking */

static bool check_legal(struct reader *reader, const struct field *field, const struct ast *ast,
                        struct num number)
{
    if (limits_are_legal(&field->limits, number))
        return true;
    reader_error(reader, DIAG_VALUE_NOT_LEGAL, ast, show_legal(field), NULL);
    return false;
}

/* `95` for a share: most likely 95 %. */
static void suggest_percent(struct diag *diag, const struct field *field, const struct ast *ast,
                            struct num number)
{
    struct num hundred = num_int(100);
    if (field->type.share && ast->kind == AST_number && num_compare(number, hundred) <= 0 &&
        range_holds(field->limits.range, num_div(number, hundred)))
        diag_suggest(diag, str_print("%s%%", num_text(number)));
}

static bool check_range(struct reader *reader, const struct field *field, const struct ast *ast,
                        struct num number)
{
    struct range range = field->limits.range;
    range.whole = false;
    if (range_holds(range, number))
        return true;
    struct diag *diag = reader_error(reader, DIAG_VALUE_OUTSIDE, ast, show_range(field, range), NULL);
    suggest_percent(diag, field, ast, number);
    return false;
}

static bool check_step(struct reader *reader, const struct field *field, const struct ast *ast,
                       struct num number)
{
    const struct limits *limits = &field->limits;
    if (limits_on_step(limits, number))
        return true;
    struct num base = limits_base(limits);
    struct num below = num_add(base, num_round(num_sub(number, base), limits->step, NUM_DOWN));
    const char *near =
        str_print("%s, %s", limits_show(field, below), limits_show(field, num_add(below, limits->step)));
    reader_error(reader, DIAG_VALUE_OFF_STEP, ast, limits_show(field, limits->step), near);
    return false;
}

bool limits_number(struct reader *reader, const struct field *field, const struct ast *ast, struct num number)
{
    if (field->type.whole && !num_is_int(number)) {
        reader_error(reader, DIAG_VALUE_NOT_WHOLE, ast, NULL, NULL);
        return false;
    }
    return check_legal(reader, field, ast, number) && check_range(reader, field, ast, number) &&
           check_step(reader, field, ast, number);
}

bool limits_date(struct reader *reader, const struct field *field, const struct ast *ast, int64_t day)
{
    return check_range(reader, field, ast, num_int(day));
}

/* The number is outside the wanted count: `code` has {1} the number, {2} what is wanted, {3} `what`. */
static bool check_count(struct reader *reader, const struct field *field, const struct ast *ast, size_t count,
                        enum diag_code code, const char *what)
{
    struct range wanted = field->limits.count;
    if (range_holds(wanted, num_int((int64_t)count)))
        return true;
    bool from_none = num_sign(wanted.low.at) == 0 && !range_is_point(wanted);
    if (from_none && !wanted.high.infinite)
        wanted.low = cut_infinite(-1);
    struct diag *diag = diag_add(reader->diags, code, reader_place(reader, ast), reader_title(reader),
                                 str_print("%zu", count), show_count(wanted), what, NULL);
    reader_show_declaration(reader, diag);
    return false;
}

bool limits_count(struct reader *reader, const struct field *field, const struct ast *ast, size_t count,
                  const char *what)
{
    return check_count(reader, field, ast, count, DIAG_COUNT_OUTSIDE, what);
}

bool limits_length(struct reader *reader, const struct field *field, const struct ast *ast, size_t characters)
{
    return check_count(reader, field, ast, characters, DIAG_LENGTH_OUTSIDE, NULL);
}
