/* Choices and scales: a value is given by its name or by its label. */
#include <string.h>
#include "base/utf8.h"
#include "diag/suggest.h"
#include "facts/reader.h"

static bool same(const char *a, const char *b)
{
    return strcmp(utf8_nfc(a, strlen(a)), utf8_nfc(b, strlen(b))) == 0;
}

long choice_find(const struct choice *choice, const char *text)
{
    for (size_t i = 0; i < choice->count; i++)
        if (same(choice->symbols[i].name, text))
            return (long)i;
    for (size_t i = 0; i < choice->count; i++)
        if (choice->symbols[i].label && same(choice->symbols[i].label, text))
            return (long)i;
    return -1;
}

static const char *show_symbol(const struct symbol *symbol)
{
    return symbol->label ? str_print("%s “%s”", symbol->name, symbol->label) : symbol->name;
}

static const char *show_symbols(const struct choice *choice)
{
    struct str list = {0};
    for (size_t i = 0; i < choice->count; i++) {
        str_add(&list, i > 0 ? DIAG_NEXT : "");
        str_add(&list, show_symbol(&choice->symbols[i]));
    }
    return str_text(&list);
}

/* The name of the symbol whose name or label is nearest; NULL. */
static const char *nearest(const struct choice *choice, const char *text)
{
    struct suggest suggest;
    suggest_start(&suggest, text);
    for (size_t i = 0; i < choice->count; i++) {
        suggest_offer(&suggest, choice->symbols[i].name);
        if (choice->symbols[i].label)
            suggest_offer(&suggest, choice->symbols[i].label);
    }
    const char *best = suggest_best(&suggest);
    return best ? choice->symbols[choice_find(choice, best)].name : NULL;
}

bool read_choice(struct reader *reader, const struct field *field, const struct ast *ast, struct value *value)
{
    const struct choice *choice = field->type.choice;
    bool named = ast->kind == AST_name || ast->kind == AST_string;
    const char *text = named ? ast_text(ast) : span_text(ast->span);
    long place = choice_find(choice, text);
    if (place >= 0) {
        *value = value_int(place);
        return true;
    }
    struct diag *diag = reader_error(reader, DIAG_SYMBOL_UNKNOWN, ast, show_symbols(choice), NULL);
    diag_suggest(diag, nearest(choice, text));
    return false;
}
