#include "syntax/tape.h"
#include <string.h>
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "syntax/keywords.h"
#include "syntax/rubric.tab.h"

struct span tape_span(const struct tape *tape, uint32_t start, uint32_t end)
{
    return (struct span){tape->source, start, end};
}

static const char *text_of(const struct tape *tape, uint32_t start, uint32_t end)
{
    return mem_text(tape->source->text + start, end - start);
}

bool tape_starts_line(const struct tape *tape, size_t token)
{
    return tape->pieces.items[tape->tokens.items[token].piece].starts_line;
}

/* ---------------------------------------------------------------- the text as a whole */

static bool is_text(const struct source *source, struct diags *diags)
{
    const char *text = source->text, *nul = memchr(text, '\0', source->length);
    size_t bad = utf8_bad_at(text, source->length);
    if (bad < source->length) {
        struct span at = {source, (uint32_t)bad, (uint32_t)bad + 1};
        size_t line = source_line(at);
        diag_add(diags, DIAG_NOT_UTF8, SPAN_NONE, source->name, str_print("%zu", line),
                 str_print("%zu", bad - source->line_starts[line - 1] + 1), NULL);
        return false;
    }
    if (nul != NULL) {
        uint32_t at = (uint32_t)(nul - text);
        diag_add(diags, DIAG_NUL_CHARACTER, (struct span){source, at, at + 1}, NULL);
    }
    return nul == NULL;
}

struct tape *tape_read(const struct source *source, bool values, struct diags *diags)
{
    if (!is_text(source, diags)) {
        return NULL;
    }
    struct tape *tape = MEM_NEW(struct tape);
    tape->source = source;
    tape->values = values;
    tape->diags = diags;
    tape->bad_end = UINT32_MAX;
    scanner_run(tape);
    tape_join(tape);
    return tape;
}

void tape_piece(struct tape *tape, struct piece piece)
{
    vec_push(&tape->pieces, piece);
}

/* ---------------------------------------------------------------- names */

size_t tape_character_bytes(const char *text)
{
    enum { CHARACTER_MAX = 4 };
    uint32_t code;
    return utf8_next(text, strnlen(text, CHARACTER_MAX), &code);
}

size_t tape_name_bytes(const char *text, size_t length)
{
    size_t at = 0, bytes;
    for (uint32_t code; at < length; at += bytes) {
        bytes = utf8_next(text + at, length - at, &code);
        if (at > 0 ? !utf8_is_name_char(code) : !utf8_is_letter(code)) {
            break;
        }
    }
    return at;
}

/* ---------------------------------------------------------------- characters that cannot stand there */

static void hidden_character(struct tape *tape, uint32_t start, uint32_t end, uint32_t code)
{
    struct span span = tape_span(tape, start, end);
    struct diag *diag =
        diag_add(tape->diags, DIAG_HIDDEN_CHARACTER, span, str_print("U+%04X", (unsigned)code), NULL);
    diag_mend(diag, span, "");
}

void tape_comment(struct tape *tape, uint32_t start, uint32_t end)
{
    const char *text = tape->source->text;
    size_t bytes;
    for (uint32_t at = start, code; at < end; at += (uint32_t)bytes) {
        bytes = utf8_next(text + at, end - at, &code);
        if (utf8_is_hidden(code)) {
            hidden_character(tape, at, at + (uint32_t)bytes, code);
        }
    }
    vec_push(&tape->comments, tape_span(tape, start, end));
}

/* `满意率不低于95%`: the sign stands alone, since the digits belong to the word. */
static bool percent_after_word(struct tape *tape, uint32_t start, uint32_t end)
{
    const struct piece *last = tape->pieces.count > 0 ? &vec_last(&tape->pieces) : NULL;
    if (tape->source->text[start] != '%' || last == NULL || last->kind != PIECE_WORD || last->end != start) {
        return false;
    }
    const char *word = text_of(tape, last->start, last->end), *spaced = keyword_hidden_in(word);
    if (spaced == NULL) {
        return false;
    }
    const char *right = str_print("%s%%", spaced);
    struct span span = tape_span(tape, last->start, end);
    struct diag *diag =
        diag_add(tape->diags, DIAG_HIDDEN_KEYWORD, span, text_of(tape, last->start, end), right, NULL);
    diag_fix(diag, span, right);
    return true;
}

/* The bytes of `。` and its like; of several such characters in a row only the first is reported. */
void tape_bad_character(struct tape *tape, uint32_t start, uint32_t end)
{
    const char *text = text_of(tape, start, end);
    struct span span = tape_span(tape, start, end);
    uint32_t code;
    utf8_next(text, end - start, &code);
    if (utf8_is_hidden(code) || utf8_is_control(code)) {
        hidden_character(tape, start, end, code);
    } else if (strcmp(text, "。") == 0) {
        diag_mend(diag_add(tape->diags, DIAG_FULL_STOP, span, NULL), span, "");
    } else if (tape->bad_end != start && !percent_after_word(tape, start, end)) {
        diag_add(tape->diags, DIAG_UNEXPECTED_CHARACTER, span, text, NULL);
    }
    tape->bad_end = end;
}

/* A mark that stands for a word gets it in the tongue of the word before. */
static const char *in_tongue(const struct tape *tape, const char *word)
{
    const struct piece *last = tape->pieces.count > 0 ? &vec_last(&tape->pieces) : NULL;
    bool chinese = last != NULL && last->kind == PIECE_WORD && (tape->source->text[last->start] & 0x80) != 0;
    return chinese ? keyword_spelling(strcmp(word, "and") == 0 ? TOKEN_AND : TOKEN_NOT, LANG_ZH) : word;
}

void tape_wrong_mark(struct tape *tape, uint32_t start, uint32_t end, const char *mark)
{
    bool word = *mark >= 'a' && *mark <= 'z', touches = tape->source->text[end] != ' ';
    const char *right = word ? in_tongue(tape, mark) : mark;
    struct span span = tape_span(tape, start, end);
    struct diag *diag = diag_add(tape->diags, DIAG_WRONG_MARK, span, text_of(tape, start, end), right, NULL);
    diag_mend(diag, span,
              str_print("%s%s%s", word && start > 0 && tape->source->text[start - 1] != ' ' ? " " : "", right,
                        word && touches ? " " : ""));
}

size_t tape_stuck_number(struct tape *tape, uint32_t start, uint32_t end)
{
    const char *text = text_of(tape, start, end);
    size_t at = 0;
    while ((text[at] >= '0' && text[at] <= '9') || text[at] == '.' || (text[at] & 0x80) != 0 ||
           (text[at] == '_' && text[at + 1] >= '0' && text[at + 1] <= '9')) {
        at++;
    }
    const char *number = mem_text(text, at), *rest = text + at;
    struct span span = tape_span(tape, start, end);
    struct diag *diag = diag_add(tape->diags, DIAG_NUMBER_STUCK, span, number, rest, NULL);
    diag_fix(diag, span, str_print("%s %s", number, rest));
    return at;
}

/* ---------------------------------------------------------------- quotes */

void tape_wrong_quotes(struct tape *tape, uint32_t start, uint32_t end)
{
    size_t quote = tape_character_bytes(tape->source->text + start);
    const char *inside = text_of(tape, start + (uint32_t)quote, end - (uint32_t)quote);
    tape_wrong_mark(tape, start, end, str_print("\"%s\"", inside));
}

void tape_open_name(struct tape *tape, uint32_t start)
{
    diag_add(tape->diags, DIAG_BACKQUOTE_NOT_CLOSED, tape_span(tape, start, start + 1), NULL);
}

static const struct quote {
    const char *open, *close;
    const char *mistaken; /* another closing quote that authors write instead; NULL: none */
} quotes[] = {{"\"\"\"", "\"\"\"", NULL}, {"\"", "\"", "”"}, {"“", "”", "\""}, {"「", "」", NULL}};

static bool stands_at(const struct tape *tape, uint32_t at, const char *mark)
{
    return strncmp(tape->source->text + at, mark, strlen(mark)) == 0;
}

/* Where the mark next stands before `end`, unescaped; `end` if nowhere. */
static uint32_t find_mark(const struct tape *tape, uint32_t from, uint32_t end, const char *mark)
{
    const char *text = tape->source->text;
    for (uint32_t at = from; at < end; at += text[at] == '\\' ? 2 : 1) {
        if (text[at] == *mark && stands_at(tape, at, mark)) {
            return at;
        }
    }
    return end;
}

static uint32_t line_end(const struct tape *tape, uint32_t at)
{
    const char *text = tape->source->text, *newline = memchr(text + at, '\n', tape->source->length - at);
    return newline != NULL ? (uint32_t)(newline - text) : (uint32_t)tape->source->length;
}

/* A text that does not close is taken to end at another closing quote, else with its line, but before a `{` that ends the line. */
static uint32_t open_text(struct tape *tape, uint32_t start, uint32_t end, const struct quote *quote)
{
    uint32_t inside = start + (uint32_t)strlen(quote->open);
    bool is_long = quote == &quotes[0];
    enum diag_code code = is_long ? DIAG_LONG_STRING_NOT_CLOSED : DIAG_STRING_NOT_CLOSED;
    struct diag *diag = diag_add(tape->diags, code, tape_span(tape, start, inside), quote->close, NULL);
    uint32_t mistaken = quote->mistaken != NULL ? find_mark(tape, inside, end, quote->mistaken) : end;
    if (mistaken < end) {
        uint32_t after = mistaken + (uint32_t)strlen(quote->mistaken);
        diag_fix(diag, tape_span(tape, mistaken, after), quote->close);
        return after;
    }
    const char *text = tape->source->text;
    uint32_t last = end;
    while (last > inside && (text[last - 1] == ' ' || text[last - 1] == '\t' || text[last - 1] == '\r')) {
        last--;
    }
    return !is_long && last > inside && text[last - 1] == '{' ? last - 1 : end;
}

uint32_t tape_text_end(struct tape *tape, uint32_t start, bool *open)
{
    size_t kind = 0;
    while (!stands_at(tape, start, quotes[kind].open)) {
        kind++;
    }
    const struct quote *quote = &quotes[kind];
    uint32_t inside = start + (uint32_t)strlen(quote->open);
    uint32_t end = kind == 0 ? (uint32_t)tape->source->length : line_end(tape, inside);
    uint32_t close = start < tape->no_closer[kind] ? end : find_mark(tape, inside, end, quote->close);
    *open = close >= end;
    if (!*open) {
        return close + (uint32_t)strlen(quote->close);
    }
    tape->no_closer[kind] = end;
    return open_text(tape, start, end, quote);
}
