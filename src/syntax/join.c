#include <string.h>
#include "syntax/keywords.h"
#include "syntax/literal.h"
#include "syntax/rubric.tab.h"
#include "syntax/tape.h"

static const struct piece *piece_at(const struct tape *tape, size_t i)
{
    return i < tape->pieces.count ? &tape->pieces.items[i] : &vec_last(&tape->pieces);
}

static bool is_mark(const struct tape *tape, size_t i, int token)
{
    const struct piece *piece = piece_at(tape, i);
    return piece->kind == PIECE_MARK && piece->token == token;
}

/* The letters of a piece; `N/A` is read as n/a. */
static const char *letters(const struct tape *tape, const struct piece *piece, size_t *length)
{
    const char *text = tape->source->text + piece->start;
    *length = piece->end - piece->start;
    return *length == 3 && text[1] == '/' ? "n/a" : text;
}

/* ---------------------------------------------------------------- keywords */

/* The number of pieces, on one line, that make up the spelling; 0: they do not. */
static size_t spelled(const struct tape *tape, size_t i, const char *spelling)
{
    size_t count = 0, length;
    uint32_t line = piece_at(tape, i)->line;
    for (;; count++, spelling++) {
        const struct piece *piece = piece_at(tape, i + count);
        if (piece->kind != PIECE_WORD || piece->line != line) {
            return 0;
        }
        const char *text = letters(tape, piece, &length);
        size_t word = strcspn(spelling, " ");
        if (word != length || memcmp(text, spelling, length) != 0) {
            return 0;
        }
        spelling += word;
        if (*spelling == '\0') {
            return count + 1;
        }
    }
}

/* The longest keyword that starts at the word i; *pieces is 1 where there is none. Unit words and predefined names are no keywords here. */
static const struct spelling *keyword_of(const struct tape *tape, size_t i, size_t *pieces)
{
    size_t length, count, best_pieces = 0;
    const char *text = letters(tape, piece_at(tape, i), &length);
    const struct spelling *some = keyword_starting(text, length, &count), *best = NULL;
    for (size_t k = 0; k < count; k++) {
        size_t taken = some[k].class == KEYWORD_UNITWORD || some[k].class == KEYWORD_PREDEFINED
                           ? 0
                           : spelled(tape, i, some[k].text);
        if (taken > best_pieces) {
            best = &some[k];
            best_pieces = taken;
        }
    }
    *pieces = best != NULL ? best_pieces : 1;
    return best;
}

/* ---------------------------------------------------------------- numbers and their units */

static int unit_word(const struct tape *tape, size_t i)
{
    size_t length;
    const struct piece *piece = piece_at(tape, i);
    const char *text = letters(tape, piece, &length);
    return piece->kind == PIECE_WORD ? keyword_unit_word(text, length) : 0;
}

static bool before_equals_or_dot(const struct tape *tape, size_t i)
{
    return is_mark(tape, i + 1, TOKEN_EQ) || is_mark(tape, i + 1, TOKEN_DOT);
}

/* `of` in `86 of 88`, `at least 2 of {`: straight after a number on its line, and no part of `of units`; 项 only before a number or { . */
static bool is_of(const struct tape *tape, size_t i)
{
    size_t pieces;
    const struct piece *piece = piece_at(tape, i);
    if (piece->line != piece_at(tape, i - 1)->end_line || unit_word(tape, i) != TOKEN_OF ||
        before_equals_or_dot(tape, i) || keyword_of(tape, i, &pieces) != NULL) {
        return false;
    }
    bool item = strncmp(tape->source->text + piece->start, "项", strlen("项")) == 0;
    return !item || piece_at(tape, i + 1)->kind == PIECE_NUMBER || is_mark(tape, i + 1, TOKEN_LBRACE);
}

static bool is_reserved(const struct spelling *keyword)
{
    return keyword != NULL && (keyword->class == KEYWORD_OPENER || keyword->class == KEYWORD_RESERVED);
}

/* Is the piece after the number i its unit? */
static bool has_unit(const struct tape *tape, size_t i)
{
    const struct piece *number = piece_at(tape, i), *next = piece_at(tape, i + 1);
    if ((next->kind != PIECE_WORD && next->kind != PIECE_BACKQUOTED) || next->line != number->end_line ||
        before_equals_or_dot(tape, i + 1) || is_of(tape, i + 1)) {
        return false;
    }
    size_t pieces = 1;
    const struct spelling *keyword = next->kind == PIECE_WORD ? keyword_of(tape, i + 1, &pieces) : NULL;
    if (pieces > 1 || is_reserved(keyword)) {
        return false;
    }
    int word = unit_word(tape, i + 1);
    bool touches = number->end == next->start;
    return (word != 0 && word != TOKEN_OF) || touches || (tape->values && keyword == NULL);
}

/* Where a token stands on the tape is filled in by push(). */
static struct token plain(int kind, struct span span, struct ast *node, size_t pieces)
{
    return (struct token){.kind = kind, .span = span, .node = node, .pieces = pieces};
}

static struct token span_token(const struct tape *tape, const struct piece *number, const struct piece *unit,
                               enum span_unit of)
{
    struct span span = tape_span(tape, number->start, unit->end);
    return plain(TOKEN_SPAN, span, ast_span(literal_value(tape, number), of, span), 2);
}

static struct token with_unit(const struct tape *tape, size_t i)
{
    const struct piece *number = piece_at(tape, i), *unit = piece_at(tape, i + 1);
    struct span span = tape_span(tape, number->start, unit->end);
    switch (unit_word(tape, i + 1)) {
    case TOKEN_YEARS: return span_token(tape, number, unit, SPAN_YEARS);
    case TOKEN_MONTHS_U: return span_token(tape, number, unit, SPAN_MONTHS);
    case TOKEN_DAYS: return span_token(tape, number, unit, SPAN_DAYS);
    case TOKEN_CHARACTERS: return plain(TOKEN_CHARS, span, ast_chars(literal_value(tape, number), span), 2);
    case TOKEN_ROWS: return plain(TOKEN_ROWCOUNT, span, ast_rows(literal_value(tape, number), span), 2);
    case TOKEN_POINT: return plain(TOKEN_NUMBER, span, ast_number(literal_value(tape, number), span), 2);
    default: return plain(TOKEN_QUANTITY, span, literal_quantity(tape, number, unit), 2);
    }
}

static struct token number_token(const struct tape *tape, size_t i)
{
    const struct piece *number = piece_at(tape, i);
    if (has_unit(tape, i)) {
        return with_unit(tape, i);
    }
    struct span span = tape_span(tape, number->start, number->end);
    return plain(TOKEN_NUMBER, span, ast_number(literal_value(tape, number), span), 1);
}

/* ---------------------------------------------------------------- the other tokens */

/* `settled` before its label or `:` is the name of a fact; else it may say something of the fact before it. */
static bool declares(const struct tape *tape, size_t i, const struct spelling *keyword)
{
    bool declared = piece_at(tape, i + 1)->kind == PIECE_STRING || is_mark(tape, i + 1, TOKEN_COLON);
    return keyword->token == TOKEN_SETTLED && declared;
}

static struct token word_token(const struct tape *tape, size_t i)
{
    size_t pieces;
    const struct piece *piece = piece_at(tape, i);
    const struct spelling *keyword = keyword_of(tape, i, &pieces);
    if (keyword == NULL || declares(tape, i, keyword)) {
        return plain(TOKEN_NAME, tape_span(tape, piece->start, piece->end), literal_name(tape, piece), 1);
    }
    struct span span = tape_span(tape, piece->start, piece_at(tape, i + pieces - 1)->end);
    struct token token = plain(keyword->token, span, NULL, pieces);
    token.keyword = keyword;
    return token;
}

static struct token date_token(const struct tape *tape, size_t i)
{
    const struct piece *date = piece_at(tape, i), *next = piece_at(tape, i + 1);
    size_t length;
    const char *text = letters(tape, next, &length);
    bool weekday =
        next->kind == PIECE_WORD && next->line == date->end_line && literal_is_weekday(text, length);
    struct ast *node = literal_date(tape, date, weekday ? next : NULL);
    return plain(TOKEN_DATE, node->span, node, weekday ? 2 : 1);
}

static struct token token_at(const struct tape *tape, size_t i)
{
    const struct piece *piece = piece_at(tape, i);
    struct span span = tape_span(tape, piece->start, piece->end);
    switch (piece->kind) {
    case PIECE_WORD: return word_token(tape, i);
    case PIECE_BACKQUOTED: return plain(TOKEN_NAME, span, literal_name(tape, piece), 1);
    case PIECE_NUMBER: return number_token(tape, i);
    case PIECE_PERCENT: return plain(TOKEN_PERCENT, span, literal_percent(tape, piece), 1);
    case PIECE_DATE: return date_token(tape, i);
    case PIECE_STRING: return plain(TOKEN_STRING, span, literal_string(tape, piece), 1);
    case PIECE_MARK: break;
    case PIECE_END: return plain(TOKEN_YYEOF, span, NULL, 1);
    }
    return plain(piece->token == TOKEN_BAR && piece->starts_line ? TOKEN_ROW : piece->token, span, NULL, 1);
}

/* The comma of `, highest per` belongs to that keyword. */
static bool is_dropped(const struct tape *tape, size_t i)
{
    size_t pieces;
    if (!is_mark(tape, i, TOKEN_COMMA) || piece_at(tape, i + 1)->kind != PIECE_WORD) {
        return false;
    }
    const struct spelling *keyword = keyword_of(tape, i + 1, &pieces);
    return keyword != NULL && keyword->token == TOKEN_HIGHEST_PER;
}

static void push(struct tape *tape, struct token token, size_t *i)
{
    token.piece = *i;
    *i += token.pieces;
    if (token.keyword != NULL) {
        tape->spelled[token.keyword->lang]++;
    }
    vec_push(&tape->tokens, token);
}

void tape_join(struct tape *tape)
{
    for (size_t i = 0; i < tape->pieces.count;) {
        if (is_dropped(tape, i)) {
            i++;
            continue;
        }
        push(tape, token_at(tape, i), &i);
        if (vec_last(&tape->tokens).kind == TOKEN_NUMBER && is_of(tape, i)) {
            const struct piece *of = piece_at(tape, i);
            push(tape, plain(TOKEN_OF, tape_span(tape, of->start, of->end), NULL, 1), &i);
        }
    }
}
