/* Numbers: units that share a base convert into the field's own; shares keep their part and whole. */
#include "facts/amount.h"
#include "facts/limits.h"

/* In the field's own unit. */
static bool convert(struct reader *reader, const struct field *field, const struct ast *ast,
                    const struct amount *written, struct num *number)
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
    if (ast->kind != AST_percent && (ast->kind != AST_number || amount_says_points(ast)))
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
    struct amount written;
    struct num number;
    if (field->type.share)
        return read_share(reader, field, ast, value);
    if (ast->kind == AST_percent)
        return read_percent(reader, field, ast, value);
    if (!amount_of(reader->measures, ast, field->type.unit, &written))
        return reader_wrong_kind(reader, field, ast, NULL);
    if (!convert(reader, field, ast, &written, &number))
        return false;
    *value = value_number(number);
    return limits_number(reader, field, ast, number);
}
