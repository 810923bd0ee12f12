/* Slips with words, wherever they stand. */
#include <string.h>
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "diag/suggest.h"
#include "syntax/slips.h"

/* ---------------------------------------------------------------- keywords */

static const struct spelling *phrase_of(const char *first, const char *second)
{
    size_t count;
    const struct spelling *some = keyword_starting(first, strlen(first), &count);
    const char *both = str_print("%s %s", first, second);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(some[i].text, both) == 0) {
            return &some[i];
        }
    }
    return NULL;
}

/* `at` at the end of a line and `least` on the next. */
bool slip_keyword_split(struct parse *parse)
{
    for (int offset = -1; offset <= 0; offset++) {
        if (slip_same_line(parse, offset + 1) || slip_kind(parse, offset) == TOKEN_YYEOF) {
            continue;
        }
        const struct spelling *phrase = phrase_of(slip_text(parse, offset), slip_text(parse, offset + 1));
        if (phrase != NULL) {
            struct span span = slip_span(parse, offset, offset + 1);
            diag_fix(diag_add(parse->diags, DIAG_KEYWORD_SPLIT, span, phrase->text, NULL), span,
                     phrase->text);
            return true;
        }
    }
    return false;
}

static bool is_plain_name(const struct parse *parse, int offset)
{
    const struct token *token = slip_token(parse, offset);
    return token->kind == TOKEN_NAME && parse->tape->pieces.items[token->piece].kind == PIECE_WORD;
}

/* A keyword of one character, such as 当, is only seen where it begins the word and would fit. */
static bool begins_with_fitting(const struct parse *parse, const char *spaced)
{
    size_t count, length = strcspn(spaced, " ");
    const struct spelling *some = keyword_starting(spaced, length, &count);
    return spaced[length] == ' ' && count > 0 && parse->accepts[some->token];
}

static bool contains_long_keyword(const char *spaced)
{
    for (const char *word = spaced + strspn(spaced, " "); *word != '\0'; word += strspn(word, " ")) {
        size_t length = strcspn(word, " ");
        if (utf8_count(word, length) >= 2 && keyword_is_reserved(mem_text(word, length))) {
            return true;
        }
        word += length;
    }
    return false;
}

/* A keyword that would fit and the number stuck to it, `分值4`, `扣1分`, set apart; NULL: the text is nothing of the kind. */
static const char *number_apart(const struct parse *parse, const char *text)
{
    size_t length = strcspn(text, "0123456789");
    for (size_t i = 0; i < keyword_count() && text[length] != '\0'; i++) {
        const struct spelling *spelling = keyword_at(i);
        if (strlen(spelling->text) == length && strncmp(spelling->text, text, length) == 0 &&
            parse->accepts[spelling->token]) {
            return str_print("%s %s", spelling->text, text + length);
        }
    }
    return NULL;
}

static bool number_after_keyword(struct parse *parse)
{
    const char *apart = is_plain_name(parse, 0) ? number_apart(parse, slip_text(parse, 0)) : NULL;
    if (apart == NULL) {
        return false;
    }
    struct span span = slip_token(parse, 0)->span;
    diag_fix(diag_add(parse->diags, DIAG_HIDDEN_KEYWORD, span, slip_text(parse, 0), apart, NULL), span,
             apart);
    return true;
}

/* `不低于95%`, of which the scanner has already spoken since the sign stands behind a word. */
static bool hidden_before(const struct parse *parse)
{
    struct span span = slip_token(parse, 0)->span;
    for (size_t i = 0; i < parse->diags->list.count; i++) {
        const struct diag *diag = parse->diags->list.items[i];
        if (diag->code == DIAG_HIDDEN_KEYWORD && diag->span.source == span.source &&
            diag->span.start == span.start) {
            return true;
        }
    }
    return false;
}

bool slip_hidden_keyword(struct parse *parse)
{
    if (hidden_before(parse) || number_after_keyword(parse)) {
        return true;
    }
    for (int offset = -2; offset <= 0; offset++) {
        const char *spaced =
            is_plain_name(parse, offset) ? keyword_hidden_in(slip_text(parse, offset)) : NULL;
        if (spaced == NULL) {
            continue;
        }
        if (contains_long_keyword(offset == -2 ? strrchr(spaced, ' ') : spaced) ||
            (offset == 0 && begins_with_fitting(parse, spaced))) {
            struct span span = slip_token(parse, offset)->span;
            struct diag *diag =
                diag_add(parse->diags, DIAG_HIDDEN_KEYWORD, span, slip_text(parse, offset), spaced, NULL);
            if (parse->accepts[TOKEN_START_AT] && offset == 0 &&
                !begins_with_fitting(parse, spaced)) { /* a sentence in place of a line of a criterion */
                diag_note(diag, slip_tongue(parse) == LANG_ZH ? "@form_statement_zh" : "@form_statement_en");
            } else {
                diag_fix(diag, span, spaced);
            }
            return true;
        }
    }
    return false;
}

static bool joins(int kind)
{
    switch (kind) {
    case TOKEN_AND:
    case TOKEN_OR:
    case TOKEN_THEN:
    case TOKEN_ELSE:
    case TOKEN_WHEN:
    case TOKEN_PER:
    case TOKEN_TO:
    case TOKEN_HAS:
    case TOKEN_WHERE:
    case TOKEN_IN:
    case TOKEN_IS_ONE_OF:
    case TOKEN_IS_KNOWN: return true;
    default: return slip_is_compare(kind);
    }
}

static bool follows_a_name(const struct parse *parse)
{
    int kind = slip_kind(parse, 1);
    bool mark = kind >= TOKEN_BAR && kind <= TOKEN_RBRACKET && kind != TOKEN_LPAREN && kind != TOKEN_LBRACE &&
                kind != TOKEN_LBRACKET;
    return slip_is_compare(kind) || kind == TOKEN_IS_KNOWN || kind == TOKEN_IS_ONE_OF || mark ||
           !slip_same_line(parse, 1);
}

/* Is a keyword of this text written as a name that is declared, somewhere in the file: `define stage = …`, `stage "Stage" : yesno`? */
static bool declared_as_name(const struct parse *parse, const char *text)
{
    for (size_t i = 0; i + 1 < parse->tape->tokens.count; i++) {
        if (strcmp(span_text(parse_token(parse, i)->span), text) != 0) {
            continue;
        }
        const struct token *next = parse_token(parse, i + 1),
                           *before = parse_token(parse, i > 0 ? i - 1 : SIZE_MAX);
        bool opened = token_class(before) == KEYWORD_OPENER;
        bool bound = slip_is_compare(before->kind) || before->kind == TOKEN_TO; /* of a band */
        bool typed =
            !bound && (next->kind == TOKEN_STRING ? parse_token(parse, i + 2) : next)->kind == TOKEN_COLON;
        if (typed || (opened && next->kind != TOKEN_NAME) ||
            (parse->tape->values && next->kind == TOKEN_EQ)) {
            return true;
        }
    }
    return false;
}

/* `stage` where a name is wanted. */
bool slip_reserved_name(struct parse *parse)
{
    const struct token *token = slip_token(parse, 0);
    enum keyword_class class = token_class(token);
    bool reserved = (class == KEYWORD_OPENER || class == KEYWORD_RESERVED) && token->pieces == 1;
    bool only_name = parse->accepts[TOKEN_NAME] && !parse->accepts[TOKEN_NUMBER] &&
                     !parse->accepts[TOKEN_RBRACE] && slip_same_line(parse, 0);
    bool first = !slip_same_line(parse, 0) && !parse->accepts[TOKEN_NUMBER] &&
                 (slip_kind(parse, 1) == TOKEN_EQ || slip_kind(parse, 1) == TOKEN_COLON ||
                  slip_kind(parse, 1) == TOKEN_DOT);
    bool inside = slip_same_line(parse, 0) && follows_a_name(parse);
    int labelled = slip_kind(parse, 1) == TOKEN_STRING ? 2 : 1;
    first |= slip_block(parse) == TOKEN_FACTS && slip_kind(parse, labelled) == TOKEN_COLON &&
             !parse->accepts[TOKEN_NUMBER];
    if (!reserved || !parse->accepts[TOKEN_NAME] ||
        !(first || (!joins(token->kind) && (only_name || inside)))) {
        return false;
    }
    parse->as_name = true;
    struct diag *diag = diag_add(parse->diags, DIAG_RESERVED_NAME, token->span, slip_text(parse, 0), NULL);
    const char *right = str_print("`%s`", slip_text(parse, 0));
    if (slip_kind(parse, 1) != TOKEN_NAME && declared_as_name(parse, slip_text(parse, 0))) {
        diag_mend(diag, token->span, right);
    } else { /* or another word is meant */
        diag_fix(diag, token->span, right);
    }
    return true;
}

bool slip_twice(struct parse *parse)
{
    const struct token *token = slip_token(parse, 0), *before = slip_token(parse, -1);
    bool mark = token->node == NULL && token->kind != TOKEN_YYEOF && token->kind != TOKEN_ROW &&
                token->kind != TOKEN_DIVIDE;
    bool bracket = token->kind >= TOKEN_LPAREN && token->kind <= TOKEN_RBRACKET;
    bool name = token_class(token) == KEYWORD_OPENER && slip_kind(parse, 1) != TOKEN_NAME &&
                slip_kind(parse, 1) != TOKEN_STRING;
    if (!mark || bracket || name || before->kind != token->kind) {
        return false;
    }
    struct span span = slip_span(parse, -1, 0);
    diag_mend(diag_add(parse->diags, DIAG_TWICE, token->span, slip_text(parse, 0), NULL), span,
              slip_text(parse, -1));
    return true;
}

/* ---------------------------------------------------------------- misspelt keywords */

enum { SHORTEST_GUESSED = 3 };

static struct suggest near_keywords(const struct parse *parse, const char *text, bool any)
{
    size_t characters = utf8_count(text, strlen(text));
    struct suggest suggest;
    suggest_start(&suggest, text);
    for (size_t i = 0; i < keyword_count() && characters >= SHORTEST_GUESSED; i++) {
        const struct spelling *spelling = keyword_at(i);
        bool word = spelling->class != KEYWORD_PREDEFINED && spelling->class != KEYWORD_UNITWORD &&
                    (strchr(text, ' ') == NULL || strchr(spelling->text, ' ') != NULL);
        if (word && (any || parse->accepts[spelling->token])) {
            suggest_offer(&suggest, spelling->text);
        }
    }
    if (suggest.distance > (characters > 5 ? 2 : 1)) {
        suggest.best = NULL;
    }
    return suggest;
}

const char *slip_nearest(const struct parse *parse, const char *text, bool any)
{
    struct suggest suggest = near_keywords(parse, text, any);
    return suggest_best(&suggest);
}

static bool misspelt(struct parse *parse, int from, int to, bool any)
{
    struct span span = slip_span(parse, from, to);
    struct suggest suggest = near_keywords(parse, span_text(span), any);
    const char *right = suggest_best(&suggest);
    return right != NULL && slip_instead(parse, span, right, suggest_is_sole(&suggest));
}

static bool is_type(int kind)
{
    return kind == TOKEN_YESNO || kind == TOKEN_COUNT || kind == TOKEN_SHARE || kind == TOKEN_AMOUNT ||
           kind == TOKEN_NUMBER_T || kind == TOKEN_TEXT || kind == TOKEN_DATE_T || kind == TOKEN_MONTHS;
}

/* `open on weekends "Open" : yesno` among facts. */
static bool fact_of_words(struct parse *parse)
{
    int first = -1, last = 0;
    while (slip_same_line(parse, first) && slip_kind(parse, first - 1) != TOKEN_LBRACE) {
        first--;
    }
    while (slip_same_line(parse, last) && !is_type(slip_kind(parse, last)) &&
           tape_name_bytes(slip_text(parse, last), strlen(slip_text(parse, last))) > 0) {
        last++;
    }
    int colon = slip_kind(parse, last) == TOKEN_STRING ? last + 1 : last;
    if (slip_block(parse) != TOKEN_FACTS || !parse->accepts[TOKEN_COLON] || last == 0 ||
        slip_kind(parse, colon) != TOKEN_COLON) {
        return false;
    }
    struct str name = {0};
    for (int i = first; i < last; i++) {
        struct span span = slip_token(parse, i)->span;
        bool word = tape_name_bytes(slip_text(parse, i), strlen(slip_text(parse, i))) > 0;
        bool apart = i + 1 == last ||
                     span.source->text[span.end] == ' '; /* and not by a character that cannot be seen */
        if (!word || !apart) {
            return false;
        }
        str_add(&name, str_print("%s%s", i > first ? "_" : "", slip_text(parse, i)));
    }
    return slip_instead(parse, slip_span(parse, first, last - 1), str_text(&name), false);
}

/* `criterion first aid`, `define first-aid`: a name of one word is wanted. */
bool slip_name_of_words(struct parse *parse)
{
    if (fact_of_words(parse)) {
        return true;
    }
    int last = slip_kind(parse, 0) == TOKEN_MINUS ? 1 : 0;
    bool declared = token_class(slip_token(parse, -2)) == KEYWORD_OPENER && is_plain_name(parse, -1) &&
                    is_plain_name(parse, last) && slip_same_line(parse, 0) && slip_same_line(parse, last);
    bool late = slip_nearest(parse, slip_text(parse, last), false) != NULL;
    if (!declared || parse->accepts[TOKEN_NAME] || (late && last == 0)) {
        return false;
    }
    return slip_instead(parse, slip_span(parse, -1, last),
                        str_print("%s_%s", slip_text(parse, -1), slip_text(parse, last)), false);
}

static bool is_word(const struct parse *parse, int offset)
{
    enum keyword_class class = token_class(slip_token(parse, offset));
    return is_plain_name(parse, offset) || class == KEYWORD_CONTEXT || class == KEYWORD_PLACED;
}

/* `a : chioce { x, y }`, where the word is taken for the name of a scale. */
static bool misspelt_type(struct parse *parse)
{
    return slip_kind(parse, 0) == TOKEN_LBRACE && is_plain_name(parse, -1) &&
           slip_kind(parse, -2) == TOKEN_COLON && misspelt(parse, -1, -1, true);
}

/* `whn`, `at lest`; or, at the head of a line, the word before the one that failed: `revew by …`. */
bool slip_misspelt(struct parse *parse)
{
    bool reserved = token_class(slip_token(parse, 1)) == KEYWORD_RESERVED;
    bool two = is_word(parse, 0) && (is_word(parse, 1) || reserved);
    if (two && slip_same_line(parse, 1) && misspelt(parse, 0, 1, false)) {
        return true;
    }
    if (is_word(parse, 0) && misspelt(parse, 0, 0, false)) {
        return true;
    }
    if (misspelt_type(parse)) {
        return true;
    }
    return is_plain_name(parse, -1) && !slip_same_line(parse, -1) && slip_same_line(parse, 0) &&
           !slip_is_value(slip_kind(parse, 0)) && misspelt(parse, -1, -1, true);
}
