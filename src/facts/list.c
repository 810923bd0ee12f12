/* Lists: `[95, 88]`, `met except 5 partly`, one value that stands for all of a fixed number. */
#include "base/mem.h"
#include "facts/limits.h"

enum { ELEMENTS_MAX = 100000 };

struct elements {
    struct value *items;
    size_t count;
};

/* `95, 88, 90` outside brackets is read as months; a list of months may mean that. */
static bool lacks_brackets(const struct field *field, const struct ast *ast)
{
    return ast->kind == AST_v_months && field->type.element->type.kind != TYPE_MONTHS;
}

static bool fixed_length(const struct field *field, size_t *length)
{
    int64_t count;
    if (!range_is_point(field->limits.count) || !num_to_int(field->limits.count.low.at, &count))
        return false;
    *length = (size_t)count;
    return true;
}

static bool too_long(struct reader *reader, const struct ast *ast, size_t count)
{
    if (count > ELEMENTS_MAX)
        reader_error(reader, DIAG_LIST_TOO_LONG, ast, str_print("%d", ELEMENTS_MAX), NULL);
    return count > ELEMENTS_MAX;
}

static bool read_items(struct reader *reader, const struct field *field, const struct ast *ast,
                       struct elements *elements)
{
    const struct ast_list *items = &AST(v_list, ast)->items;
    bool right = true;
    if (too_long(reader, ast, items->count))
        return false;
    elements->items = MEM_ARRAY(struct value, items->count + 1);
    elements->count = items->count;
    for (size_t i = 0; i < items->count; i++)
        right &= read_value(reader, field->type.element, items->items[i], &elements->items[i]);
    return right && limits_count(reader, field, ast, elements->count, "@element_number");
}

/* One value for each of the fixed number. */
static bool read_repeated(struct reader *reader, const struct field *field, const struct ast *ast,
                          struct elements *elements)
{
    struct value value;
    if (!fixed_length(field, &elements->count)) {
        struct diag *diag = reader_error(reader, DIAG_LIST_LENGTH_OPEN, ast, NULL, NULL);
        diag_fix(diag, reader_place(reader, ast), str_print("[%s]", span_text(ast->span)));
        return false;
    }
    if (too_long(reader, ast, elements->count) || !read_value(reader, field->type.element, ast, &value))
        return false;
    elements->items = MEM_ARRAY(struct value, elements->count + 1);
    for (size_t i = 0; i < elements->count; i++)
        elements->items[i] = value;
    return true;
}

/* ---------------------------------------------------------------- except */

static bool place_of(struct reader *reader, const struct ast *exception, size_t count, size_t *place)
{
    struct num position = AST(exception, exception)->position;
    int64_t number;
    if (num_to_int(position, &number) && number >= 1 && (size_t)number <= count) {
        *place = (size_t)number - 1;
        return true;
    }
    reader_error(reader, DIAG_POSITION_OUTSIDE, exception, num_text(position), str_print("%zu", count));
    return false;
}

static bool except_one(struct reader *reader, const struct field *field, const struct ast *exception,
                       const struct ast **taken, struct elements *elements)
{
    size_t place;
    if (!place_of(reader, exception, elements->count, &place))
        return false;
    if (taken[place]) {
        struct diag *diag =
            reader_error(reader, DIAG_POSITION_TWICE, exception, str_print("%zu", place + 1), NULL);
        diag_other(diag, taken[place]->span, "@first_here");
        return false;
    }
    taken[place] = exception;
    return read_value(reader, field->type.element, AST(exception, exception)->value, &elements->items[place]);
}

static bool read_elements(struct reader *reader, const struct field *field, const struct ast *ast,
                          struct elements *elements);

static bool read_except(struct reader *reader, const struct field *field, const struct ast *ast,
                        struct elements *elements)
{
    const struct ast_list *exceptions = &AST(v_except, ast)->exceptions;
    if (!read_elements(reader, field, AST(v_except, ast)->value, elements))
        return false;
    const struct ast **taken = MEM_ARRAY(const struct ast *, elements->count + 1);
    bool right = true;
    for (size_t i = 0; i < exceptions->count; i++)
        right &= except_one(reader, field, exceptions->items[i], taken, elements);
    return right;
}

/* ---------------------------------------------------------------- any list */

static bool read_elements(struct reader *reader, const struct field *field, const struct ast *ast,
                          struct elements *elements)
{
    if (lacks_brackets(field, ast))
        return reader_wrong_kind(reader, field, ast, str_print("[%s]", span_text(ast->span)));
    if (ast->kind == AST_v_list)
        return read_items(reader, field, ast, elements);
    if (ast->kind == AST_v_except)
        return read_except(reader, field, ast, elements);
    return read_repeated(reader, field, ast, elements);
}

bool read_list(struct reader *reader, const struct field *field, const struct ast *ast, struct value *value)
{
    struct elements elements = {0};
    if (!read_elements(reader, field, ast, &elements))
        return false;
    *value = value_sequence(1, elements.count, elements.items);
    return true;
}
