#include "fmt/fmt.h"
#include <string.h>
#include "fmt/layout.h"
#include "syntax/parse.h"
#include "syntax/rubric.tab.h"

/* ---------------------------------------------------------------- is it the same? */

static bool same_name(const char *a, const char *b, void *data)
{
    const struct fmt_call *call = data;
    return call->translate && words_same_name(a, b);
}

static const char *comment_at(const struct words *words, size_t i)
{
    struct span span = words->tape->comments.items[i];
    size_t length = span.end - span.start;
    while (length > 0 && strchr(" \t\r", span.source->text[span.start + length - 1]) != NULL) {
        length--;
    }
    return str_print("%.*s", (int)length, span.source->text + span.start);
}

static bool same_comments(const struct words *a, const struct words *b)
{
    bool same = a->tape->comments.count == b->tape->comments.count;
    for (size_t i = 0; same && i < a->tape->comments.count; i++) {
        same = strcmp(comment_at(a, i), comment_at(b, i)) == 0;
    }
    return same;
}

/* The word that was read as another one, or drew another one to it, is kept apart from the next. False: nothing can be done. */
static bool keep_apart(struct words *words, const struct tape *again)
{
    size_t count = words->list.count, at = 0;
    for (size_t i = 0; i < again->tokens.count && at < count; i++, at++) {
        if (again->tokens.items[i].kind != words->list.items[at].token->kind) {
            break;
        }
    }
    if (at + 1 >= count) {
        return false;
    }
    struct word *word = &words->list.items[at];
    if (word->kind == TOKEN_NAME && !word->quoted &&
        word->token->span.source->text[word->token->span.start] != '`') {
        word->quoted = true;
        return true;
    }
    bool done = word[1].breaks;
    word[1].breaks = true;
    return !done;
}

/* ---------------------------------------------------------------- writing */

static const char *written(struct words *words)
{
    for (size_t i = 0; i < words->list.count; i++) {
        words->list.items[i].wraps = false;
    }
    words_spell(words);
    struct lines lines = layout(words);
    struct str out = {0};
    lines_write(&out, &lines);
    return str_text(&out);
}

bool fmt_text(const struct source *source, const struct fmt_call *call, struct str *out, struct diags *diags)
{
    enum { TRIES = 20 };
    struct tape *tape;
    size_t errors = diags->errors;
    const struct ast *tree = parse_with_words(source, call->facts, &tape, diags);
    if (tree == NULL || tape == NULL || diags->errors > errors) {
        return false;
    }
    struct words *words = words_read(tape, tree, call);
    words_mark(words);
    for (size_t i = 0; i < TRIES; i++) {
        const char *text = written(words);
        struct diags unheard = {0};
        struct tape *again;
        const struct source *read = source_new(source->name, text, strlen(text));
        const struct ast *other = parse_with_words(read, call->facts, &again, &unheard);
        if (again != NULL && other != NULL && unheard.errors == 0 &&
            ast_alike(tree, other, same_name, (void *)call) &&
            same_comments(words, &(struct words){.tape = again})) {
            str_add(out, text);
            return true;
        }
        if (again == NULL || !keep_apart(words, again)) {
            break;
        }
    }
    diag_add(diags, DIAG_FORMAT_CHANGES, SPAN_NONE, source->name, NULL);
    return false;
}
