#include "fmt/fmt.h"
#include <string.h>
#include "base/mem.h"
#include "fmt/layout.h"
#include "syntax/parse.h"
#include "syntax/rubric.tab.h"

/* ---------------------------------------------------------------- is it the same? */

static bool same_name(const char *a, const char *b, void *data)
{
    const struct fmt_call *call = data;
    return call->translate && keyword_same_name(a, b);
}

/* A text as it was read. */
struct reading {
    const struct ast *tree; /* NULL: with errors */
    struct tape *tape;
};

static struct reading read_text(const struct source *source, const struct fmt_call *call, struct diags *diags)
{
    struct reading reading;
    size_t errors = diags->errors;
    reading.tree = parse_with_words(source, call->facts, &reading.tape, diags);
    reading.tree = reading.tape != NULL && diags->errors == errors ? reading.tree : NULL;
    return reading;
}

static struct reading read_again(const struct source *source, const struct fmt_call *call, const char *text)
{
    struct diags unheard = {0};
    return read_text(source_new(source->name, text, strlen(text)), call, &unheard);
}

/* Blanks at the ends of lines do not count. */
static size_t comment_length(struct span span)
{
    size_t length = span.end - span.start;
    while (length > 0 && strchr(" \t\r", span.source->text[span.start + length - 1]) != NULL) {
        length--;
    }
    return length;
}

static bool same_comments(const struct tape *a, const struct tape *b)
{
    bool same = a->comments.count == b->comments.count;
    for (size_t i = 0; same && i < a->comments.count; i++) {
        struct span x = a->comments.items[i], y = b->comments.items[i];
        size_t length = comment_length(x);
        same = length == comment_length(y) &&
               memcmp(x.source->text + x.start, y.source->text + y.start, length) == 0;
    }
    return same;
}

static bool same(const struct reading *a, const struct reading *b, const struct fmt_call *call)
{
    return a->tree != NULL && b->tree != NULL && ast_alike(a->tree, b->tree, same_name, (void *)call) &&
           same_comments(a->tape, b->tape);
}

bool fmt_says_the_same(const struct source *source, const struct fmt_call *call, const char *text)
{
    struct diags unheard = {0};
    struct reading before = read_text(source, call, &unheard), after = read_again(source, call, text);
    return same(&before, &after, call);
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

/* Told once, of the first one. */
static void note_names(const struct words *words, struct diags *diags)
{
    const struct token *name = words->unsure != NULL ? words->unsure->token : NULL;
    if (name != NULL) {
        const char *text =
            mem_text(name->span.source->text + name->span.start, name->span.end - name->span.start);
        diag_add(diags, DIAG_FORMAT_NAMES_STAY, name->span, text, NULL);
    }
}

bool fmt_text(const struct source *source, const struct fmt_call *call, struct str *out, struct diags *diags)
{
    enum { TRIES = 20 };
    struct reading before = read_text(source, call, diags), after = {0};
    if (before.tree == NULL) {
        return false;
    }
    struct words *words = words_read(before.tape, before.tree, call);
    words_mark(words);
    for (size_t i = 0; i < TRIES && (i == 0 || (after.tape != NULL && keep_apart(words, after.tape))); i++) {
        const char *text = written(words);
        after = read_again(source, call, text);
        if (same(&before, &after, call)) {
            str_add(out, text);
            note_names(words, diags);
            return true;
        }
    }
    diag_add(diags, DIAG_FORMAT_CHANGES, SPAN_NONE, source->name, NULL);
    return false;
}

const char *fmt_laid_out(const char *name, const char *text)
{
    struct diags unheard = {0};
    struct str out = {0};
    const struct source *source = source_new(name, text, strlen(text));
    return fmt_text(source, &(struct fmt_call){0}, &out, &unheard) ? str_text(&out) : text;
}
