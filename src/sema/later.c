#include "sema/later.h"
#include "base/map.h"

/* What is noted, and under which word of words.def. */
static const struct {
    enum ast_kind kind;
    const char *word;
} LATER[] = {{AST_test, "@tests"}, {AST_property, "@properties"}};

static const char *word_of(const struct ast *decl)
{
    for (size_t i = 0; i < sizeof LATER / sizeof *LATER; i++)
        if (LATER[i].kind == decl->kind)
            return LATER[i].word;
    return NULL;
}

static size_t count_of(const struct sema *sema, const char *word)
{
    size_t count = 0;
    for (size_t i = 0; i < sema->decls.count; i++)
        count += str_equal(word_of(sema->decls.items[i]), word) && word;
    return count;
}

void later_note(struct sema *sema)
{
    struct map noted = {0};
    for (size_t i = 0; i < sema->decls.count; i++) {
        const struct ast *decl = sema->decls.items[i];
        const char *word = word_of(decl);
        if (!word || map_put(&noted, word, sema))
            continue;
        sema_error(sema, DIAG_LATER, span_first_word(decl->span), word,
                   str_print("%zu", count_of(sema, word)));
    }
}
