#include "syntax/next.h"
#include <string.h>
#include "base/str.h"
#include "syntax/driver.h"
#include "syntax/slips.h"

/* ---------------------------------------------------------------- the beginning of a line */

/* Every token of it, its end excepted. */
static void push_all(struct parse *parse, enum next_start start)
{
    parse->state = rubric_pstate_new();
    parse_push(parse, start == NEXT_LINE ? TOKEN_START_LINE : TOKEN_START_VALUE, NULL, SPAN_NONE);
    size_t count = parse->tape->tokens.count - 1;
    for (; parse->at < count && parse->running && !parse->failed; parse->at++) {
        const struct token *token = parse_token(parse, parse->at);
        parse_push(parse, token->kind, token->node, token->span);
    }
}

/* A text in quotes that is open, and a comment, go on: nothing begins behind them. */
static bool goes_on(const struct tape *tape)
{
    size_t last = tape->pieces.count - 1;
    const struct span *comment = tape->comments.count > 0 ? &vec_last(&tape->comments) : NULL;
    return (last > 0 && tape->pieces.items[last - 1].open) ||
           (comment != NULL && comment->end == tape->source->length);
}

static const struct token *token_back(const struct parse *parse, size_t back)
{
    size_t count = parse->tape->tokens.count - 1;
    return back < count ? &parse->tape->tokens.items[count - 1 - back] : parse_token(parse, SIZE_MAX);
}

/* ---------------------------------------------------------------- what it is compared with */

/* How far back the `is one of` stands whose list goes on at the end; SIZE_MAX: there is none. */
static size_t list_back(const struct parse *parse)
{
    size_t back = 0;
    for (int kind; kind = token_back(parse, back)->kind, kind == TOKEN_COMMA || slip_is_value(kind); back++) {
    }
    back += token_back(parse, back)->kind == TOKEN_LBRACKET;
    return token_back(parse, back)->kind == TOKEN_IS_ONE_OF ? back : SIZE_MAX;
}

/* NULL: it is no name. */
static const char *name_of(const struct token *token)
{
    enum keyword_class class = token_class(token);
    bool word = class == KEYWORD_CONTEXT || class == KEYWORD_PLACED;
    return token->kind == TOKEN_NAME ? ast_text(token->node) : word ? span_text(token->span) : NULL;
}

static const char *path_before(const struct parse *parse, size_t back)
{
    const char *path = NULL;
    for (const char *name; (name = name_of(token_back(parse, back))) != NULL; back += 2) {
        path = path != NULL ? str_print("%s.%s", name, path) : name;
        if (token_back(parse, back + 1)->kind != TOKEN_DOT) {
            break;
        }
    }
    return path;
}

static const char *compared_with(const struct parse *parse)
{
    size_t list = list_back(parse);
    if (slip_is_compare(token_back(parse, 0)->kind)) {
        return path_before(parse, 1);
    }
    return list != SIZE_MAX ? path_before(parse, list + 1) : NULL;
}

static bool is_of_many(const struct tape *tape)
{
    for (size_t i = 0; i < tape->tokens.count; i++) {
        int kind = tape->tokens.items[i].kind;
        if (kind == TOKEN_EVERY || kind == TOKEN_SOME || slip_is_fold(kind)) {
            return true;
        }
    }
    return false;
}

/* ---------------------------------------------------------------- keywords */

/* Where a name fits, words that are names there too say nothing of their own. */
static bool is_meant(const struct parse *parse, const struct spelling *spelling)
{
    switch (spelling->class) {
    case KEYWORD_OPENER:
    case KEYWORD_RESERVED: return parse->accepts[spelling->token];
    case KEYWORD_UNITWORD: return spelling->token == TOKEN_OF && parse->accepts[TOKEN_OF];
    case KEYWORD_CONTEXT:
    case KEYWORD_PLACED: return parse->accepts[spelling->token] && !parse->accepts[TOKEN_NAME];
    case KEYWORD_PREDEFINED:
    case KEYWORD_NONE: break;
    }
    return false;
}

static bool begins(const char *text, const char *head)
{
    return strncmp(text, head, strlen(head)) == 0;
}

/* Some other spelling is offered where the one that is written first does not begin like this. */
static bool is_offered(const struct spelling *spelling, const char *head, enum lang lang)
{
    const char *first = keyword_spelling(spelling->token, spelling->lang);
    if (*head == '\0') {
        return spelling->lang == lang && spelling->rank == 0;
    }
    return begins(spelling->text, head) && (spelling->rank == 0 || first == NULL || !begins(first, head));
}

static void list_words(const struct parse *parse, const char *head, enum lang lang, struct next *next)
{
    for (size_t i = 0; i < keyword_count(); i++) {
        const struct spelling *spelling = keyword_at(i);
        if (is_meant(parse, spelling) && is_offered(spelling, head, lang)) {
            vec_push(&next->words, spelling->text);
        }
    }
}

static enum lang tongue(const struct tape *tape, enum lang lang)
{
    const size_t *spelled = tape->spelled;
    return spelled[LANG_EN] == spelled[LANG_ZH]  ? lang
           : spelled[LANG_ZH] > spelled[LANG_EN] ? LANG_ZH
                                                 : LANG_EN;
}

struct next next_after(const char *text, enum next_start start, const char *head, enum lang lang)
{
    struct diags unheard = {0};
    struct next next = {0};
    struct parse parse = {.diags = &unheard, .running = true};
    parse.tape = tape_read(source_new("", text, strlen(text)), true, &unheard);
    if (parse.tape == NULL || goes_on(parse.tape)) {
        return next;
    }
    push_all(&parse, start);
    if (parse.failed || !parse.running) {
        return next;
    }
    grammar_acceptable(parse.state, parse.accepts);
    next.fits = true;
    next.lang = tongue(parse.tape, lang);
    next.rows = is_of_many(parse.tape);
    next.names = parse.accepts[TOKEN_NAME];
    next.qualifies = token_back(&parse, 0)->kind == TOKEN_QUALIFIES;
    next.sources = next.names && parse.accepts[TOKEN_CRITERION];
    next.compared = compared_with(&parse);
    list_words(&parse, head, next.lang, &next);
    return next;
}

/* ---------------------------------------------------------------- more to come */

static int opens(int kind)
{
    switch (kind) {
    case TOKEN_LPAREN:
    case TOKEN_LBRACKET:
    case TOKEN_LBRACE: return 1;
    case TOKEN_RPAREN:
    case TOKEN_RBRACKET:
    case TOKEN_RBRACE: return -1;
    default: return 0;
    }
}

static bool wants_more(int kind)
{
    static const int kinds[] = {TOKEN_COMMA,   TOKEN_PLUS,      TOKEN_MINUS,       TOKEN_TIMES,
                                TOKEN_DIVIDE,  TOKEN_EQ,        TOKEN_NE,          TOKEN_GE,
                                TOKEN_LE,      TOKEN_GT,        TOKEN_LT,          TOKEN_IS_ONE_OF,
                                TOKEN_AND,     TOKEN_OR,        TOKEN_NOT,         TOKEN_HAS,
                                TOKEN_WHERE,   TOKEN_IN,        TOKEN_IF,          TOKEN_THEN,
                                TOKEN_ELSE,    TOKEN_EVERY,     TOKEN_SOME,        TOKEN_COUNT_OF,
                                TOKEN_SUM_OF,  TOKEN_MEAN_OF,   TOKEN_HIGHEST_OF,  TOKEN_LOWEST_OF,
                                TOKEN_RANK_OF, TOKEN_DAYS_FROM, TOKEN_MONTHS_FROM, TOKEN_YEARS_FROM,
                                TOKEN_DOT,     TOKEN_DOTDOT,    TOKEN_EXCEPT,      TOKEN_HIGHEST_PER};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i] == kind) {
            return true;
        }
    }
    return false;
}

/* Quotes of one line that are open cannot be closed on another. */
static bool long_text_open(const struct tape *tape)
{
    size_t count = tape->pieces.count;
    const struct piece *last = count > 1 ? &tape->pieces.items[count - 2] : NULL;
    return last != NULL && last->open && begins(tape->source->text + last->start, "\"\"\"");
}

enum next_wait next_waits(const char *text)
{
    struct diags unheard = {0};
    const struct tape *tape = tape_read(source_new("", text, strlen(text)), true, &unheard);
    if (tape == NULL) {
        return NEXT_WHOLE;
    }
    int open = 0;
    for (size_t i = 0; i < tape->tokens.count; i++) {
        open += opens(tape->tokens.items[i].kind);
    }
    size_t count = tape->tokens.count;
    bool operator= count> 1 && wants_more(tape->tokens.items[count - 2].kind);
    return open > 0 || long_text_open(tape) ? NEXT_OPEN : operator? NEXT_OPERATOR : NEXT_WHOLE;
}

bool next_closes(const char *line)
{
    static const char *const marks[] = {")", "]", "}", "）", "］", "｝", "\"\"\""};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (strstr(line, marks[i]) != NULL) {
            return true;
        }
    }
    return false;
}
