/* How each word is written: as its author did, or in a tongue. */
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "fmt/words.h"
#include "syntax/rubric.tab.h"

static const char *piece_text(const struct words *words, size_t piece)
{
    const struct piece *self = &words->tape->pieces.items[piece];
    return mem_text(words->tape->source->text + self->start, self->end - self->start);
}

static bool is_chinese(const char *text)
{
    return (*text & 0x80) != 0;
}

/* ---------------------------------------------------------------- keywords */

/* Where one spelling of several has its own counterpart: the others go to the first. */
static const struct counterpart {
    const char *english, *chinese;
} counterparts[] = {{"more than", "多于"}, {"less than", "少于"}};

static const char *counterpart(const struct spelling *keyword, enum lang to)
{
    for (size_t i = 0; i < sizeof counterparts / sizeof *counterparts; i++) {
        const struct counterpart *pair = &counterparts[i];
        if (strcmp(keyword->text, to == LANG_ZH ? pair->english : pair->chinese) == 0) {
            return to == LANG_ZH ? pair->chinese : pair->english;
        }
    }
    return NULL;
}

/* What is in that tongue already stays as it is spelled. */
static const char *keyword_text(const struct word *word, enum lang to)
{
    const struct spelling *keyword = word->token->keyword;
    const char *own = counterpart(keyword, to);
    if (keyword->lang == to) {
        return keyword->text;
    }
    return to == LANG_ZH && word->chinese != NULL ? word->chinese
           : own != NULL                          ? own
                                                  : keyword_spelling(keyword->token, to);
}

/* ---------------------------------------------------------------- names */

/* The predefined name in a tongue; unlike keyword_in no unit word of the same spelling. */
static const char *predefined_in(const char *english, enum lang to)
{
    for (size_t i = 0; i < keyword_count(); i++) {
        const struct spelling *spelling = keyword_at(i);
        if (spelling->lang == to && spelling->rank == 0 && spelling->class != KEYWORD_UNITWORD &&
            strcmp(spelling->canonical, english) == 0) {
            return spelling->text;
        }
    }
    return english;
}

static const char *name_in(const char *text, enum lang to)
{
    const char *english = keyword_canonical(text);
    return english == NULL || is_chinese(text) == (to == LANG_ZH) ? text : predefined_in(english, to);
}

static const char *name_text(const struct words *words, const struct word *word, const enum lang *to)
{
    const char *text = piece_text(words, word->token->piece);
    if (word->quoted) {
        return str_print("`%s`", text);
    }
    return to == NULL || word->stays ? text : name_in(text, *to);
}

/* ---------------------------------------------------------------- literals */

static const char *unit_word(const char *number, const char *unit, const enum lang *to)
{
    size_t length = strlen(unit);
    int token = keyword_unit_word(unit, length);
    enum lang own = is_chinese(unit) ? LANG_ZH : LANG_EN, lang = to != NULL ? *to : own;
    if (lang == LANG_ZH) {
        return own == LANG_ZH ? unit : keyword_spelling(token, LANG_ZH);
    }
    const char *many = token == TOKEN_YEARS        ? "years"
                       : token == TOKEN_MONTHS_U   ? "months"
                       : token == TOKEN_DAYS       ? "days"
                       : token == TOKEN_POINT      ? "points"
                       : token == TOKEN_CHARACTERS ? "characters"
                                                   : "rows";
    return strcmp(number, "1") == 0 ? mem_text(many, strlen(many) - 1) : many;
}

static const char *number_text(const struct words *words, const struct word *word, const enum lang *to)
{
    const struct piece *pieces = words->tape->pieces.items + word->token->piece;
    const char *number = piece_text(words, word->token->piece);
    if (word->token->pieces == 1) {
        return number;
    }
    const char *unit = piece_text(words, word->token->piece + 1);
    if (word->kind != TOKEN_QUANTITY) {
        return str_print("%s %s", number, unit_word(number, unit, to));
    }
    return str_print("%s%s%s", number, pieces[0].end == pieces[1].start ? "" : " ", unit);
}

static const char *percent_text(const char *text, const enum lang *to)
{
    struct str out = {0};
    str_add_bytes(&out, text, strspn(text, "0123456789._"));
    str_add(&out, to != NULL || strchr(text, '%') != NULL ? "%" : "％");
    return str_text(&out);
}

static const char *without_blanks(const char *text)
{
    struct str out = {0};
    for (; *text != '\0'; text++) {
        if (strncmp(text, "　", 3) == 0) {
            text += 2;
        } else if (*text != ' ' && *text != '\t') {
            str_add_char(&out, *text);
        }
    }
    return str_text(&out);
}

/* Whether or not the date falls on it. */
static const char *weekday_text(const char *own, const enum lang *to)
{
    enum { HEAD = sizeof "星期" - 1, DAYS = 7 };
    static const char *const english[DAYS] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                              "Friday", "Saturday", "Sunday"};
    static const char *const chinese[DAYS] = {"星期一", "星期二", "星期三", "星期四",
                                              "星期五", "星期六", "星期日"};
    if (to == NULL || is_chinese(own) == (*to == LANG_ZH)) {
        return own;
    }
    for (size_t i = 0; i < DAYS; i++) {
        if (strcmp(own, english[i]) == 0) {
            return chinese[i];
        }
        if (strstr(own, chinese[i] + HEAD) != NULL) { /* 周一 too */
            return english[i];
        }
    }
    return english[DAYS - 1]; /* 星期天 */
}

static const char *date_words(const struct words *words, const struct word *word, const enum lang *to)
{
    const char *text = without_blanks(piece_text(words, word->token->piece));
    int64_t day = AST(date, word->token->node)->day;
    int year, month, of_month;
    date_to_civil(day, &year, &month, &of_month);
    if (to != NULL && *to == LANG_EN) {
        text = date_text(day);
    } else if (to != NULL && strchr(text, '-') != NULL) {
        text = str_print("%04d年%d月%d日", year, month, of_month);
    }
    if (word->token->pieces == 1) {
        return text;
    }
    return str_print("%s %s", text, weekday_text(piece_text(words, word->token->piece + 1), to));
}

/* A line break in a long text is one byte, whatever the system. */
static const char *string_text(const char *text)
{
    struct str out = {0};
    for (; *text != '\0'; text++) {
        if (*text != '\r' || text[1] != '\n') {
            str_add_char(&out, *text);
        }
    }
    return str_text(&out);
}

/* ---------------------------------------------------------------- marks */

static const struct mark {
    int token;
    const char *half, *full; /* full: what Chinese has instead; NULL: the same */
} marks[] = {
    {TOKEN_COLON, ":", "："},    {TOKEN_COMMA, ",", "、"},    {TOKEN_LPAREN, "(", "（"},
    {TOKEN_RPAREN, ")", "）"},   {TOKEN_LBRACE, "{", NULL},   {TOKEN_RBRACE, "}", NULL},
    {TOKEN_LBRACKET, "[", NULL}, {TOKEN_RBRACKET, "]", NULL}, {TOKEN_BAR, "|", NULL},
    {TOKEN_ROW, "|", NULL},      {TOKEN_DOTDOT, "..", NULL},  {TOKEN_DOT, ".", NULL},
    {TOKEN_EQ, "=", NULL},       {TOKEN_GT, ">", NULL},       {TOKEN_LT, "<", NULL},
    {TOKEN_PLUS, "+", NULL},     {TOKEN_MINUS, "-", NULL},    {TOKEN_TIMES, "*", NULL},
    {TOKEN_DIVIDE, "/", NULL},
};

/* Those that are no half-width marks in another width: `≥`, `×`. */
static bool is_symbol(const char *text)
{
    static const char *const symbols[] = {"≥", "≧", "≤", "≦", "≠", "×", "÷", ">=", "<=", "!="};
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        if (strcmp(text, symbols[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_value_word(int kind)
{
    return kind == TOKEN_YES || kind == TOKEN_NO || kind == TOKEN_UNKNOWN || kind == TOKEN_NA;
}

static const char *mark_text(const struct word *word, const char *text, const enum lang *to)
{
    if (strcmp(text, "＞＝") == 0 || strcmp(text, "＜＝") == 0) {
        return to == NULL ? text : strcmp(text, "＞＝") == 0 ? ">=" : "<=";
    }
    const struct mark *mark = marks;
    const struct mark *end = marks + sizeof marks / sizeof *marks;
    while (mark < end && mark->token != word->kind) {
        mark++;
    }
    if (to == NULL || mark == end || is_symbol(text)) {
        return text;
    }
    if (*to == LANG_EN || mark->full == NULL) {
        return *to == LANG_EN ? mark->half : text;
    }
    const struct word *next = word + 1; /* there is one: the end of the text */
    bool clause = word->kind == TOKEN_COMMA && next->token->keyword != NULL && next->kind != TOKEN_NAME &&
                  !is_value_word(next->kind);
    return is_chinese(text) ? text : clause ? "，" : mark->full;
}

/* ---------------------------------------------------------------- all of them */

/* `to` NULL: as the author has it. */
static const char *text_in(const struct words *words, const struct word *word, const enum lang *to)
{
    const char *text = piece_text(words, word->token->piece);
    if (word->kind == TOKEN_NAME) {
        return name_text(words, word, to);
    }
    if (word->token->keyword != NULL) {
        return to != NULL ? keyword_text(word, *to) : word->token->keyword->text;
    }
    switch (word->kind) {
    case TOKEN_YYEOF: return "";
    case TOKEN_NUMBER:
    case TOKEN_SPAN:
    case TOKEN_CHARS:
    case TOKEN_ROWCOUNT:
    case TOKEN_QUANTITY: return number_text(words, word, to);
    case TOKEN_PERCENT: return percent_text(text, to);
    case TOKEN_DATE: return date_words(words, word, to);
    case TOKEN_STRING: return string_text(text);
    case TOKEN_OF:
        if (to == NULL || is_chinese(text) == (*to == LANG_ZH)) {
            return text;
        }
        return *to == LANG_EN ? "of" : word[1].kind == TOKEN_LBRACE ? "项" : "共";
    default: return mark_text(word, text, to);
    }
}

static const char *with_comma(const struct words *words, const struct word *word, const char *text,
                              const enum lang *to)
{
    if (!word->spaced_comma) {
        return text;
    }
    const char *comma = piece_text(words, word->token->piece - 1);
    bool wide = to != NULL ? *to == LANG_ZH : is_chinese(comma);
    return str_print("%s%s", !wide ? ", " : is_chinese(comma) ? comma : "，", text);
}

/* Up to the end of its first line. */
static size_t width_of(const char *text)
{
    return utf8_width(text, strcspn(text, "\n"));
}

static size_t *widest_spellings(void)
{
    size_t *widest = mem_alloc_plain(TOKEN_MAX * sizeof *widest);
    for (size_t i = 0; i < keyword_count(); i++) {
        const struct spelling *spelling = keyword_at(i);
        size_t width = width_of(spelling->text);
        widest[spelling->token] = width > widest[spelling->token] ? width : widest[spelling->token];
    }
    return widest;
}

/* That of a predefined name is the same whether or not it is declared: lines do not hang on other files. */
static size_t name_room(const struct words *words, const struct word *word)
{
    const char *text = piece_text(words, word->token->piece);
    size_t english = width_of(name_in(text, LANG_EN)), chinese = width_of(name_in(text, LANG_ZH));
    size_t own = width_of(name_text(words, word, NULL)), wider = english > chinese ? english : chinese;
    return own > wider ? own : wider;
}

static size_t number_room(const struct words *words, const struct word *word)
{
    if (word->kind == TOKEN_QUANTITY || word->token->pieces == 1) {
        return width_of(number_text(words, word, NULL));
    }
    const char *unit = piece_text(words, word->token->piece + 1);
    return width_of(piece_text(words, word->token->piece)) + 1 +
           words->widest[keyword_unit_word(unit, strlen(unit))];
}

/* Room hangs on what a word is, not on how it is spelled: so lines break alike in both tongues. */
static size_t room_of(const struct words *words, const struct word *word)
{
    enum {
        DATE_ROOM = 14 /* of 2017年12月31日 */,
        WEEKDAY_ROOM = 10 /* of Wednesday, and a blank */,
        MARK_ROOM = 2
    };
    static const enum lang plain = LANG_EN;
    if (word->kind == TOKEN_NAME) {
        return name_room(words, word);
    }
    if (word->token->keyword != NULL) {
        return words->widest[word->token->kind] + (word->spaced_comma ? MARK_ROOM : 0);
    }
    switch (word->kind) {
    case TOKEN_YYEOF: return 0;
    case TOKEN_NUMBER:
    case TOKEN_SPAN:
    case TOKEN_CHARS:
    case TOKEN_ROWCOUNT:
    case TOKEN_QUANTITY: return number_room(words, word);
    case TOKEN_DATE: return DATE_ROOM + (word->token->pieces > 1 ? WEEKDAY_ROOM : 0);
    case TOKEN_PERCENT: return width_of(percent_text(piece_text(words, word->token->piece), &plain));
    case TOKEN_STRING: return word->width;
    case TOKEN_COMMA:
    case TOKEN_COLON: return 1;
    default: return MARK_ROOM;
    }
}

void words_spell(struct words *words)
{
    const enum lang *to = words->call->translate ? &words->call->to : NULL;
    words->widest = words->widest != NULL ? words->widest : widest_spellings();
    for (size_t i = 0; i < words->list.count; i++) {
        struct word *word = &words->list.items[i];
        word->text = with_comma(words, word, text_in(words, word, to), to);
        word->width = width_of(word->text);
        word->room = room_of(words, word);
    }
}
