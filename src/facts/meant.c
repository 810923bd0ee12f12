#include "facts/meant.h"
#include <string.h>
#include "base/date.h"
#include "base/utf8.h"
#include "syntax/keywords.h"

enum { GROUP = 3 };

/* ---------------------------------------------------------------- yes and no */

static const struct {
    const char *text; /* folded */
    bool yes;
} ANSWERS[] = {
#define ANSWER(text, yes) {text, yes},
#include "grammar/meant.def"
};

static const char *answer(const char *text)
{
    const char *folded = utf8_casefold(text);
    for (size_t i = 0; i < sizeof ANSWERS / sizeof *ANSWERS; i++)
        if (strcmp(ANSWERS[i].text, folded) == 0)
            return keyword_in(ANSWERS[i].yes ? "yes" : "no", (text[0] & 0x80) != 0 ? LANG_ZH : LANG_EN);
    return NULL;
}

/* ---------------------------------------------------------------- numbers */

/* One to three digits, then groups of three behind commas, then perhaps a point and digits. */
static bool is_grouped(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    bool any = digits >= 1 && digits <= GROUP && text[digits] == ',';
    for (text += digits; any && *text == ','; text += GROUP + 1)
        any = strspn(text + 1, "0123456789") == GROUP;
    text += any && *text == '.' ? 1 + strspn(text + 1, "0123456789") : 0;
    return any && *text == '\0';
}

static const char *without_currency(const char *text)
{
    static const char *const SIGNS[] = {"￥", "¥", "$", "€"};
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (strncmp(text, SIGNS[i], strlen(SIGNS[i])) == 0)
            return text + strlen(SIGNS[i]);
    return text;
}

const char *meant_ungrouped(const struct type *type, const struct ast *ast)
{
    const char *text = ast->kind == AST_string ? without_currency(ast_text(ast)) : span_text(ast->span);
    if (type->kind != TYPE_NUMBER || type->share || !is_grouped(text))
        return NULL;
    struct str out = {0};
    for (; *text != '\0'; text++)
        str_add_char(&out, *text == ',' ? '_' : *text);
    return str_text(&out);
}

/* What stands in quotes is a value as it is without them. */
static const char *unquoted(const struct type *type, const char *text)
{
    if (type->kind == TYPE_YESNO)
        return strcmp(text, "yes") == 0 || strcmp(text, "no") == 0 || strcmp(text, "是") == 0 ||
                       strcmp(text, "否") == 0
                   ? text
                   : answer(text);
    int64_t day;
    if (type->kind == TYPE_DATE)
        return strlen(text) == strlen("2017-04-25") && date_parse(text, &day) ? text : NULL;
    const char *allowed = type->share ? "0123456789./%" : "0123456789.";
    return *text >= '0' && *text <= '9' && strspn(text, allowed) == strlen(text) ? text : NULL;
}

/* `20170425`, and 42850, as which spreadsheets keep it: days counted from the end of 1899. */
static const char *date_of_number(const struct num *number)
{
    enum { FIRST = 20000, LAST = 80000, YEAR = 10000, MONTH = 100 }; /* the years 1954 to 2119 */
    int64_t n;
    if (!num_to_int(*number, &n))
        return NULL;
    int year = (int)(n / YEAR), month = (int)(n / MONTH % MONTH), day = (int)(n % MONTH);
    if (n >= FIRST && n <= LAST)
        return date_text(date_from_civil(1899, 12, 30) + n);
    return n / YEAR >= 1000 && n / YEAR <= 9999 && date_valid(year, month, day)
               ? date_text(date_from_civil(year, month, day))
               : NULL;
}

const char *meant_by(const struct type *type, const struct ast *ast)
{
    bool simple = type->kind == TYPE_YESNO || type->kind == TYPE_NUMBER || type->kind == TYPE_DATE;
    if (!simple)
        return NULL;
    if (ast->kind == AST_string)
        return unquoted(type, ast_text(ast));
    if (type->kind == TYPE_DATE && ast->kind == AST_number)
        return date_of_number(&AST(number, ast)->value);
    return type->kind == TYPE_YESNO && ast->kind == AST_name ? answer(ast_text(ast)) : NULL;
}
