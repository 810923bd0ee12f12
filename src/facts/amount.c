#include "facts/amount.h"
#include <string.h>
#include "base/str.h"

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

static const struct measure *unit_by_words(struct map *measures, const struct measure *own,
                                           const char *const *words)
{
    return own && is_among(own->name, words) ? own : measure_get(measures, words[0]);
}

static const struct measure *unit_by_name(struct map *measures, const struct measure *own, const char *name)
{
    bool by_label = own && own->label && str_equal(own->label, name);
    return by_label ? own : measure_get(measures, name);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

bool amount_says_points(const struct ast *ast)
{
    const char *text = span_text(ast->span);
    for (size_t i = 0; POINTS[i]; i++)
        if (ends_with(text, POINTS[i]))
            return true;
    return false;
}

const struct measure *amount_calendar(enum span_unit unit)
{
    static const enum calendar_unit UNITS[] = {
        [SPAN_DAYS] = UNIT_DAY, [SPAN_MONTHS] = UNIT_MONTH, [SPAN_YEARS] = UNIT_YEAR};
    return measure_calendar(UNITS[unit]);
}

bool amount_of(struct map *measures, const struct ast *ast, const struct measure *own, struct amount *out)
{
    switch ((int)ast->kind) {
    case AST_number:
        out->value = AST(number, ast)->value;
        out->unit = amount_says_points(ast) ? unit_by_words(measures, own, POINTS) : NULL;
        return true;
    case AST_quantity:
        out->value = AST(quantity, ast)->value;
        out->unit = unit_by_name(measures, own, ast_text(AST(quantity, ast)->unit));
        return true;
    case AST_span:
        out->value = AST(span, ast)->value;
        out->unit = amount_calendar((enum span_unit)AST(span, ast)->unit);
        return true;
    case AST_chars:
        out->value = AST(chars, ast)->value;
        out->unit = unit_by_words(measures, own, CHARACTERS);
        return true;
    case AST_rows:
        out->value = AST(rows, ast)->value;
        out->unit = unit_by_words(measures, own, ROWS);
        return true;
    }
    return false;
}
