/* Months of the period: `1..6, 8..12`, a stretch alone, a month alone, or any of them in brackets. */
#include "facts/limits.h"

enum { MONTHS = 12 };

struct month_set {
    unsigned bits;
    size_t count;
};

static bool month_of(struct reader *reader, const struct ast *ast, struct num number, int64_t *month)
{
    if (num_to_int(number, month) && *month >= 1 && *month <= MONTHS)
        return true;
    reader_error(reader, DIAG_MONTH_OUTSIDE, ast, num_text(number), NULL);
    return false;
}

static void add_month(struct reader *reader, const struct ast *ast, int64_t month, struct month_set *set)
{
    unsigned bit = 1u << (month - 1);
    if (set->bits & bit)
        reader_error(reader, DIAG_MONTH_TWICE, ast, str_print("%d", (int)month), NULL);
    else
        set->count++;
    set->bits |= bit;
}

static bool add_stretch(struct reader *reader, const struct ast *ast, struct num from, struct num to,
                        struct month_set *set)
{
    int64_t first, last;
    if (!month_of(reader, ast, from, &first) || !month_of(reader, ast, to, &last))
        return false;
    if (first > last) {
        reader_error(reader, DIAG_MONTHS_BACKWARDS, ast, num_text(from), num_text(to));
        return false;
    }
    for (int64_t month = first; month <= last; month++)
        add_month(reader, ast, month, set);
    return true;
}

static bool add_item(struct reader *reader, const struct field *field, const struct ast *ast,
                     struct month_set *set)
{
    if (ast->kind == AST_number)
        return add_stretch(reader, ast, AST(number, ast)->value, AST(number, ast)->value, set);
    if (ast->kind == AST_v_range)
        return add_stretch(reader, ast, AST(v_range, ast)->from, AST(v_range, ast)->to, set);
    return reader_wrong_kind(reader, field, ast, NULL);
}

bool read_months(struct reader *reader, const struct field *field, const struct ast *ast, struct value *value)
{
    const struct ast_list *items = ast->kind == AST_v_months ? &AST(v_months, ast)->stretches
                                   : ast->kind == AST_v_list ? &AST(v_list, ast)->items
                                                             : NULL;
    struct month_set set = {0};
    bool right = items ? true : add_item(reader, field, ast, &set);
    for (size_t i = 0; items && i < items->count; i++)
        right &= add_item(reader, field, items->items[i], &set);
    *value = value_months(set.bits, set.bits);
    if (!items && ast->kind == AST_number && set.count == 1)
        reader_error(reader, DIAG_ONE_MONTH, ast, NULL, NULL);
    return right && limits_count(reader, field, ast, set.count, "@month_number");
}
