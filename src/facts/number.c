/* Numbers: units that share a base convert into the field's own; shares keep their part and whole. */
#include <string.h>
#include "facts/limits.h"

/* ---------------------------------------------------------------- units */

/* A number as written; unit NULL: none was written. */
struct written {
    struct num value;
    const struct measure *unit;
};

/* The spellings of unit words that the language itself knows. */
static const char *const POINTS[] = {"分", "points", "point", NULL};
static const char *const CHARACTERS[] = {"字", "characters", "character", NULL};
static const char *const ROWS[] = {"行", "rows", "row", NULL};

static bool is_among(const char *text, const char *const *words)
{
    while (*words && strcmp(*words, text) != 0)
        words++;
    return *words != NULL;
}

/* The field's own unit if it goes by one of the words. */
static const struct measure *unit_by_words(struct reader *reader, const struct measure *own,
                                           const char *const *words)
{
    return own && is_among(own->name, words) ? own : measure_get(reader->measures, words[0]);
}

static const struct measure *unit_by_name(struct reader *reader, const struct measure *own, const char *name)
{
    bool by_label = own && own->label && str_equal(own->label, name);
    return by_label ? own : measure_get(reader->measures, name);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* `90分` reaches us as a number; whether it was written so, the author's words tell. */
static bool says_points(const struct ast *ast)
{
    const char *text = span_text(ast->span);
    for (size_t i = 0; POINTS[i]; i++)
        if (ends_with(text, POINTS[i]))
            return true;
    return false;
}

static const struct measure *calendar_unit(enum span_unit unit)
{
    static const enum calendar_unit UNITS[] = {
        [SPAN_DAYS] = UNIT_DAY, [SPAN_MONTHS] = UNIT_MONTH, [SPAN_YEARS] = UNIT_YEAR};
    return measure_calendar(UNITS[unit]);
}

static bool written_of(struct reader *reader, const struct ast *ast, const struct measure *own,
                       struct written *out)
{
    switch ((int)ast->kind) {
    case AST_number:
        *out = (struct written){AST(number, ast)->value,
                                says_points(ast) ? unit_by_words(reader, own, POINTS) : NULL};
        return true;
    case AST_quantity:
        *out = (struct written){AST(quantity, ast)->value,
                                unit_by_name(reader, own, ast_text(AST(quantity, ast)->unit))};
        return true;
    case AST_span:
        *out = (struct written){AST(span, ast)->value, calendar_unit((enum span_unit)AST(span, ast)->unit)};
        return true;
    case AST_chars:
        *out = (struct written){AST(chars, ast)->value, unit_by_words(reader, own, CHARACTERS)};
        return true;
    case AST_rows:
        *out = (struct written){AST(rows, ast)->value, unit_by_words(reader, own, ROWS)};
        return true;
    }
    return false;
}

/* In the field's own unit. */
static bool convert(struct reader *reader, const struct field *field, const struct ast *ast,
                    const struct written *written, struct num *number)
{
    const struct measure *own = field->type.unit;
    *number = written->value;
    if (!written->unit)
        return true;
    if (!own) {
        struct diag *diag = reader_error(reader, DIAG_VALUE_HAS_UNIT, ast, num_text(written->value), NULL);
        diag_fix(diag, reader_place(reader, ast), num_text(written->value));
        return false;
    }
    if (!measure_alike(written->unit, own)) {
        reader_error(reader, DIAG_VALUE_OTHER_UNIT, ast, own->name, NULL);
        return false;
    }
    *number = num_mul(written->value, measure_factor(written->unit, own));
    return true;
}

/* ---------------------------------------------------------------- shares */

static bool share_of_none(struct reader *reader, const struct field *field, const struct ast *ast,
                          struct value *value)
{
    if (field->limits.none_counts)
        *value = *field->limits.none_counts;
    else if (field->limits.none_is_na)
        *value = value_na();
    else
        reader_error(reader, DIAG_SHARE_OF_NONE, ast, NULL, NULL);
    return field->limits.none_counts || field->limits.none_is_na;
}

static bool read_share_parts(struct reader *reader, const struct field *field, const struct ast *ast,
                             struct value *value)
{
    struct num part = AST(v_share, ast)->part, whole = AST(v_share, ast)->whole;
    if (num_compare(part, whole) > 0) {
        reader_error(reader, DIAG_PART_OVER_WHOLE, ast, num_text(part), num_text(whole));
        return false;
    }
    reader->has_parts = true;
    reader->part = part;
    reader->whole = whole;
    if (num_sign(whole) == 0)
        return share_of_none(reader, field, ast, value);
    struct num rate = num_div(part, whole);
    *value = value_number(rate);
    return limits_number(reader, field, ast, rate);
}

static bool read_share(struct reader *reader, const struct field *field, const struct ast *ast,
                       struct value *value)
{
    if (ast->kind == AST_v_share)
        return read_share_parts(reader, field, ast, value);
    if (ast->kind != AST_percent && (ast->kind != AST_number || says_points(ast)))
        return reader_wrong_kind(reader, field, ast, NULL);
    struct num number = ast->kind == AST_percent ? AST(percent, ast)->value : AST(number, ast)->value;
    *value = value_number(number);
    if (ast->kind == AST_number && num_equal(number, num_int(1)))
        reader_error(reader, DIAG_ONE_IS_ALL, ast, NULL, NULL);
    return limits_number(reader, field, ast, number);
}

/* ---------------------------------------------------------------- any number */

static bool read_percent(struct reader *reader, const struct field *field, const struct ast *ast,
                         struct value *value)
{
    if (field->type.unit) {
        reader_error(reader, DIAG_VALUE_OTHER_UNIT, ast, field->type.unit->name, NULL);
        return false;
    }
    *value = value_number(AST(percent, ast)->value);
    return limits_number(reader, field, ast, AST(percent, ast)->value);
}

bool read_number(struct reader *reader, const struct field *field, const struct ast *ast, struct value *value)
{
    struct written written;
    struct num number;
    if (field->type.share)
        return read_share(reader, field, ast, value);
    if (ast->kind == AST_percent)
        return read_percent(reader, field, ast, value);
    if (!written_of(reader, ast, field->type.unit, &written))
        return reader_wrong_kind(reader, field, ast, NULL);
    if (!convert(reader, field, ast, &written, &number))
        return false;
    *value = value_number(number);
    return limits_number(reader, field, ast, number);
}
