/* Blanks between words. */
#include "fmt/layout.h"
#include "syntax/rubric.tab.h"

static bool ends_operand(const struct word *word)
{
    switch (word->kind) {
    case TOKEN_NAME:
    case TOKEN_NUMBER:
    case TOKEN_PERCENT:
    case TOKEN_QUANTITY:
    case TOKEN_SPAN:
    case TOKEN_CHARS:
    case TOKEN_ROWCOUNT:
    case TOKEN_DATE:
    case TOKEN_STRING:
    case TOKEN_RPAREN:
    case TOKEN_RBRACKET:
    case TOKEN_RBRACE:
    case TOKEN_YES:
    case TOKEN_NO:
    case TOKEN_UNKNOWN:
    case TOKEN_NA: return true;
    default: return false;
    }
}

static bool is_sign(const struct word *word)
{
    return word->kind == TOKEN_MINUS && !ends_operand(word - 1);
}

/* Full-width marks have their blank within themselves. */
static bool is_wide(const struct word *word)
{
    bool mark = word->kind == TOKEN_COMMA || word->kind == TOKEN_COLON || word->kind == TOKEN_LPAREN ||
                word->kind == TOKEN_RPAREN;
    return mark && (word->text[0] & 0x80) != 0;
}

static bool is_type(int kind)
{
    return kind == TOKEN_COUNT || kind == TOKEN_AMOUNT || kind == TOKEN_NUMBER_T;
}

static bool touches(const struct word *last, const struct word *word)
{
    switch (word->kind) {
    case TOKEN_COMMA:
    case TOKEN_RPAREN:
    case TOKEN_RBRACKET:
    case TOKEN_DOT:
    case TOKEN_DOTDOT: return true;
    case TOKEN_LPAREN:
        if (last->kind == TOKEN_NAME || is_type(last->kind)) {
            return true;
        }
        break;
    default: break;
    }
    return last->kind == TOKEN_LPAREN || last->kind == TOKEN_LBRACKET || last->kind == TOKEN_DOT ||
           last->kind == TOKEN_DOTDOT || is_sign(last) || last->tight || word->tight || word->spaced_comma;
}

/* Statements on one line stand two blanks apart, but after a comma, and in a scale, where a mark is between them. */
static size_t plain_gap(const struct word *last, const struct word *word)
{
    bool parted = last->kind == TOKEN_COMMA || last->kind == TOKEN_LBRACE || last->kind == TOKEN_LT;
    return touches(last, word) ? 0 : word->item != NULL && !parted ? 2 : 1;
}

size_t gap_room(const struct word *word)
{
    return plain_gap(word - 1, word);
}

size_t gap_written(const struct word *word)
{
    const struct word *last = word - 1;
    bool opened = is_wide(last) && last->kind != TOKEN_RPAREN;
    bool closed = is_wide(word) && word->kind != TOKEN_LPAREN;
    return opened || closed ? 0 : plain_gap(last, word);
}
