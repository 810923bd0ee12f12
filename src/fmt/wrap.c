/* Where a statement is broken that has no room on a line. */
#include <stdint.h>
#include "fmt/layout.h"
#include "syntax/rubric.tab.h"

/* Breaks of a lower level come first. All breaks of one of the first levels are taken together; of the others as few as will do. */
enum level {
    LEVEL_CHOICE,
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_LIST,
    LEVEL_CLAUSE,
    LEVEL_COMPARISON,
    LEVEL_SUM,
    LEVEL_PRODUCT,
    LEVEL_WORD,
    LEVELS
};

static enum level own_level(const struct word *word)
{
    if (word[-1].kind == TOKEN_COMMA || word->spaced_comma) {
        return LEVEL_LIST;
    }
    switch (word->kind) {
    case TOKEN_THEN:
    case TOKEN_ELSE: return LEVEL_CHOICE;
    case TOKEN_OR: return word[1].kind == TOKEN_NA ? LEVEL_CLAUSE : LEVEL_OR;
    case TOKEN_AND: return LEVEL_AND;
    case TOKEN_STRING:
    case TOKEN_WHEN:
    case TOKEN_CITE:
    case TOKEN_CAP:
    case TOKEN_WEIGHT:
    case TOKEN_MINIMUM:
    case TOKEN_UP_TO:
    case TOKEN_DOWN_TO:
    case TOKEN_WHERE:
    case TOKEN_HAS:
    case TOKEN_EQ: return LEVEL_CLAUSE;
    case TOKEN_GE:
    case TOKEN_LE:
    case TOKEN_GT:
    case TOKEN_LT:
    case TOKEN_NE: return LEVEL_COMPARISON;
    case TOKEN_PLUS:
    case TOKEN_MINUS: return LEVEL_SUM;
    case TOKEN_TIMES:
    case TOKEN_DIVIDE: return LEVEL_PRODUCT;
    default: return LEVEL_WORD;
    }
}

/* A bar that begins a line would begin a row; `of` stands on the line of its number. */
static bool may_break(const struct word *word)
{
    bool glued = word->kind == TOKEN_BAR || word->kind == TOKEN_LBRACE || word->kind == TOKEN_RBRACE ||
                 (word->kind == TOKEN_OF && word[-1].kind == TOKEN_NUMBER) || word[-1].kind == TOKEN_SHA256 ||
                 word[-1].kind == TOKEN_CITE || word[-1].kind == TOKEN_EVIDENCE ||
                 (word->kind == TOKEN_STRING && word[-1].item != NULL);
    bool touching = gap_room(word) == 0 && !word->spaced_comma;
    return !glued && !touching && word->kind != TOKEN_SHA256;
}

/* Between words that nothing parts only where there is no other way, whatever brackets they stand in. */
static size_t level_of(const struct word *word)
{
    enum { BRACKETS = 1000 };
    size_t own = (size_t)own_level(word);
    return (own == LEVEL_WORD ? BRACKETS + word->inner : word->inner) * LEVELS + own;
}

/* Whatever room there is. */
static bool must_break(const struct word *word)
{
    return word->breaks || word->remarks > 0 || word[-1].behind != NULL;
}

size_t room_of_words(const struct words *words, size_t from, size_t to)
{
    size_t room = 0;
    for (size_t i = from; i < to && room <= FMT_WIDTH; i++) {
        const struct word *word = &words->list.items[i];
        if (i > from && must_break(word)) {
            return SIZE_MAX;
        }
        room += word->room + (i > from ? gap_room(word) : 0);
    }
    return room;
}

static bool fits(const struct words *words, size_t from, size_t to, size_t column)
{
    size_t room = room_of_words(words, from, to);
    return room <= FMT_WIDTH && column + room <= FMT_WIDTH;
}

/* The lowest level of a break inside; SIZE_MAX: there is none. */
static size_t lowest(const struct words *words, size_t from, size_t to)
{
    size_t level = SIZE_MAX;
    for (size_t i = from + 1; i < to; i++) {
        const struct word *word = &words->list.items[i];
        size_t own = may_break(word) ? level_of(word) : SIZE_MAX;
        level = own < level ? own : level;
    }
    return level;
}

static size_t next_break(const struct words *words, size_t from, size_t to, size_t level)
{
    size_t i = from + 1;
    while (i < to && !(may_break(&words->list.items[i]) && level_of(&words->list.items[i]) == level)) {
        i++;
    }
    return i;
}

static void wrap_piece(struct words *words, size_t from, size_t to, size_t column, size_t indent)
{
    size_t level = fits(words, from, to, column) ? SIZE_MAX : lowest(words, from, to);
    if (level == SIZE_MAX) {
        return;
    }
    bool together = level % LEVELS <= LEVEL_AND;
    size_t at = column;
    for (size_t i = from; i < to;) {
        size_t end = next_break(words, i, to, level);
        struct word *word = &words->list.items[i];
        size_t gap = i > from ? gap_room(word) : 0;
        if (i > from && (together || !fits(words, i, end, at + gap))) {
            word->wraps = true;
            at = indent;
            gap = 0;
        }
        wrap_piece(words, i, end, at + gap, indent);
        size_t last = i; /* the line that the piece ends on */
        for (size_t k = i + 1; k < end; k++) {
            last = words->list.items[k].wraps ? k : last;
        }
        size_t room = room_of_words(words, last, end);
        at = (last > i ? indent : at + gap) + (room == SIZE_MAX ? 0 : room);
        i = end;
    }
}

void wrap(struct words *words, size_t from, size_t to, size_t column, size_t indent)
{
    for (size_t i = from; i < to;) {
        size_t end = i + 1;
        while (end < to && !must_break(&words->list.items[end])) {
            end++;
        }
        wrap_piece(words, i, end, i > from ? indent : column, indent);
        i = end;
    }
}
