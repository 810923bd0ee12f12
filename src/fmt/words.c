#include "fmt/words.h"
#include <string.h>
#include "base/mem.h"
#include "syntax/rubric.tab.h"

static const struct piece *piece_of(const struct words *words, size_t piece)
{
    return &words->tape->pieces.items[piece];
}

/* ---------------------------------------------------------------- comments */

static const char *trimmed(struct span span)
{
    const char *text = span.source->text + span.start;
    size_t length = span.end - span.start;
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t' || text[length - 1] == '\r')) {
        length--;
    }
    return mem_text(text, length);
}

/* How far reading has come. */
struct reading {
    struct words *words;
    size_t comment; /* the next one */
    uint32_t line;  /* on which the last word or comment ended; 0: none yet */
};

/* The comments before the word: the first may end the line of the word before. */
static void take_comments(struct reading *reading, struct word *word, uint32_t start)
{
    struct words *words = reading->words;
    const struct tape *tape = words->tape;
    word->remark = words->remarks.count;
    for (; reading->comment < tape->comments.count; reading->comment++) {
        struct span span = tape->comments.items[reading->comment];
        if (span.start > start) {
            break;
        }
        uint32_t line = (uint32_t)source_line(span);
        struct word *last = words->list.count > 0 ? &vec_last(&words->list) : NULL;
        if (last != NULL && last->end_line == line && last->behind == NULL && word->remarks == 0) {
            last->behind = trimmed(span);
        } else {
            bool blank = reading->line > 0 && line > reading->line + 1;
            vec_push(&words->remarks, (struct aside){trimmed(span), blank});
            word->remarks++;
        }
        reading->line = line;
    }
}

/* ---------------------------------------------------------------- words */

static bool comma_before(const struct words *words, const struct token *token)
{
    const struct piece *before = token->piece > 0 ? piece_of(words, token->piece - 1) : NULL;
    return token->kind == TOKEN_HIGHEST_PER && before != NULL && before->kind == PIECE_MARK &&
           before->token == TOKEN_COMMA;
}

static void add_word(struct reading *reading, const struct token *token, struct word word)
{
    struct words *words = reading->words;
    const struct piece *first = piece_of(words, token->piece);
    const struct piece *last = piece_of(words, token->piece + token->pieces - 1);
    word.token = token;
    word.kind = token->kind;
    word.line = first->line;
    word.end_line = last->end_line;
    word.starts_line = first->starts_line;
    word.spaced_comma = comma_before(words, token);
    word.blank = reading->line > 0 && first->line > reading->line + 1;
    reading->line = last->end_line;
    vec_push(&words->list, word);
}

/* The braces around each word, and which belong together. */
static void match_braces(struct words *words)
{
    VEC(size_t) open = {0};
    size_t inner = 0;
    for (size_t i = 0; i < words->list.count; i++) {
        struct word *word = &words->list.items[i];
        if (word->kind == TOKEN_RBRACE && open.count > 0) {
            word->match = vec_last(&open);
            words->list.items[word->match].match = i;
            open.count--;
        }
        inner -= inner > 0 && (word->kind == TOKEN_RPAREN || word->kind == TOKEN_RBRACKET);
        word->depth = open.count;
        word->inner = inner;
        inner += word->kind == TOKEN_LPAREN || word->kind == TOKEN_LBRACKET;
        if (word->kind == TOKEN_LBRACE) {
            vec_push(&open, i);
        }
    }
}

struct words *words_read(const struct tape *tape, const struct ast *tree, const struct fmt_call *call)
{
    struct words *words = MEM_NEW(struct words);
    words->call = call;
    words->tape = tape;
    words->tree = tree;
    struct reading reading = {.words = words};
    struct word word = {0};
    for (size_t i = 0; i < tape->tokens.count; i++) {
        const struct token *token = &tape->tokens.items[i];
        size_t before = word.remarks;
        if (before == 0) {
            take_comments(&reading, &word, token->span.start);
        } else { /* those before a `;` that was left out go on */
            size_t first = word.remark;
            word.remarks = 0;
            take_comments(&reading, &word, token->span.start);
            word.remark = first;
            word.remarks = words->remarks.count - first;
        }
        if (token->kind == TOKEN_SEMICOLON) {
            reading.line = piece_of(words, token->piece)->line;
        } else {
            add_word(&reading, token, word);
            word = (struct word){0};
        }
    }
    match_braces(words);
    return words;
}

struct word *words_find(struct words *words, uint32_t offset)
{
    size_t low = 0, high = words->list.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (words->list.items[middle].token->span.start < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool there = low < words->list.count && words->list.items[low].token->span.start == offset;
    return there ? &words->list.items[low] : NULL;
}
