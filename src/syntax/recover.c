#include <string.h>
#include "syntax/slips.h"

/* After an error bison gives up what it has read of the item at fault, a statement or a declaration, and waits for RESUME: the grammar's `lost`.
 * Which token comes next is decided here:
 *   - an error in the head of a part goes on with the head's name and its `{`, so that the body is still read;
 *   - otherwise everything up to the next token that may begin an item of the same block, or ends the block, is passed over;
 *   - a word that opens a declaration where none may stand means that a `}` was lost: blocks are closed until it may stand. */

static int kind_at(const struct parse *parse, size_t index)
{
    return parse_token(parse, index)->kind;
}

static bool starts_line(const struct parse *parse, size_t index)
{
    return index < parse->tape->tokens.count && tape_starts_line(parse->tape, index);
}

static void resume(struct parse *parse)
{
    parse_push(parse, TOKEN_RESUME, NULL, span_after(parse_token(parse, parse->at)->span));
    parse->failed = false;
    grammar_acceptable(parse->state, parse->accepts);
}

/* ---------------------------------------------------------------- where an item may begin */

/* `section` and `criterion` also stand inside conditions, after one of these. */
static bool runs_over(int kind)
{
    return kind == TOKEN_EVERY || kind == TOKEN_SOME || kind == TOKEN_IN || slip_is_fold(kind);
}

static size_t indent_of(const struct parse *parse, size_t index)
{
    size_t length;
    struct span span = parse_token(parse, index)->span;
    const char *line = source_line_text(span.source, source_line(span), &length);
    return strspn(line, " \t");
}

/* Inside braces that were opened after the error, only a word further out than the error shows that one of them was not closed. */
static bool opens_declaration(const struct parse *parse, size_t index, size_t inner)
{
    int next = kind_at(parse, index + 1);
    bool opener = token_class(parse_token(parse, index)) == KEYWORD_OPENER && !parse->tape->values;
    if (!opener || next == TOKEN_EQ || next == TOKEN_COLON ||
        (index > 0 && runs_over(kind_at(parse, index - 1)))) {
        return false;
    }
    if (inner > 0) {
        return starts_line(parse, index) && indent_of(parse, index) <= indent_of(parse, parse->at);
    }
    return index == parse->at || starts_line(parse, index) || parse->accepts[kind_at(parse, index)];
}

/* At the head of a line after the error: an item with a slip of its own, a misspelt word or a keyword for a name. */
static bool begins_wrong_item(const struct parse *parse, size_t index)
{
    const struct token *token = parse_token(parse, index);
    int next = kind_at(parse, index + 1);
    if (index == parse->at || !starts_line(parse, index)) {
        return false;
    }
    if (token->kind == TOKEN_NAME) {
        return !parse->accepts[TOKEN_NAME] && (slip_nearest(parse, span_text(token->span), false) != NULL ||
                                               slip_begins_clause(parse, token));
    }
    bool as_name = parse->accepts[TOKEN_NAME] && (next == TOKEN_EQ || next == TOKEN_COLON);
    return token_class(token) == KEYWORD_OPENER || (token_class(token) == KEYWORD_RESERVED && as_name);
}

/* A word in the middle of a line begins an item only where it cannot be a name. */
static bool begins_item(const struct parse *parse, size_t index)
{
    const struct token *token = parse_token(parse, index);
    if (!parse->accepts[token->kind]) {
        return begins_wrong_item(parse, index);
    }
    return starts_line(parse, index) || token->kind == TOKEN_SEMICOLON ||
           (token_class(token) != KEYWORD_NONE && index > parse->at && !parse->accepts[TOKEN_NAME]);
}

/* The first token, `least` or a later one, at which reading can go on, seen from a block `inner` levels further out. */
static size_t find_next(const struct parse *parse, size_t least, size_t inner)
{
    for (size_t index = parse->at;; index++) {
        int kind = kind_at(parse, index);
        if (kind == TOKEN_YYEOF || (index >= least && opens_declaration(parse, index, inner))) {
            return index;
        }
        if (kind == TOKEN_LBRACE) {
            inner++;
        } else if (kind == TOKEN_RBRACE && inner > 0) {
            inner--;
        } else if (index >= least && inner == 0 &&
                   ((kind == TOKEN_RBRACE && parse->braces.count > 0) || begins_item(parse, index))) {
            return index;
        }
    }
}

/* ---------------------------------------------------------------- the head of a part */

static bool has_body(int kind)
{
    switch (kind) {
    case TOKEN_STANDARD:
    case TOKEN_FACTS:
    case TOKEN_LADDER:
    case TOKEN_PATTERN:
    case TOKEN_SECTION:
    case TOKEN_CRITERION:
    case TOKEN_BONUS:
    case TOKEN_PENALTY:
    case TOKEN_STAGE: return true;
    default: return false;
    }
}

/* The word that opens the head in which the token at fault stands; `at` itself where there is none. */
static size_t head_before(const struct parse *parse)
{
    for (size_t i = parse->at; i-- > 0;) {
        int kind = kind_at(parse, i);
        if (kind == TOKEN_LBRACE || kind == TOKEN_RBRACE || kind == TOKEN_SEMICOLON) {
            break;
        }
        if (has_body(kind) && (i == 0 || !runs_over(kind_at(parse, i - 1)))) {
            return i;
        }
    }
    return parse->at;
}

/* The `{` of the head; 0 where something else comes first. */
static size_t body_after(const struct parse *parse, size_t head)
{
    for (size_t i = head + 2;; i++) { /* past its name, whatever that is */
        int kind = kind_at(parse, i);
        if (kind == TOKEN_LBRACE) {
            return i;
        }
        if (kind == TOKEN_RBRACE || kind == TOKEN_YYEOF ||
            token_class(parse_token(parse, i)) == KEYWORD_OPENER) {
            return 0;
        }
    }
}

/* Reads the head's word and name once more, a keyword as the name if need be, and goes on with the body. */
static bool resume_in_body(struct parse *parse)
{
    size_t head = head_before(parse), body = head == parse->at ? 0
                                             : parse->no_brace ? parse->at
                                                               : body_after(parse, head);
    const struct token *word = parse_token(parse, head), *name = parse_token(parse, head + 1);
    bool named = name->kind == TOKEN_NAME || name->keyword != NULL;
    if (parse->tape->values || body == 0 || body < parse->at || !parse->accepts[word->kind] || !named) {
        return false;
    }
    parse_push(parse, word->kind, NULL, word->span);
    parse_push(parse, TOKEN_NAME, name->node != NULL ? name->node : name_of_word(name->span), name->span);
    parse->at = body;
    if (parse->no_brace) {
        parse_push(parse, TOKEN_LBRACE, NULL, span_before(parse_token(parse, body)->span));
        vec_push(&parse->braces, body);
        parse->depth++;
    }
    return true;
}

/* ---------------------------------------------------------------- lost braces */

static void close_block(struct parse *parse)
{
    struct span here = span_before(parse_token(parse, parse->at)->span);
    parse_push(parse, TOKEN_RBRACE, NULL, here);
    parse->braces.count--;
    parse->depth--;
    grammar_acceptable(parse->state, parse->accepts);
}

/* Closes blocks until the token at parse->at may stand. */
static void close_blocks(struct parse *parse)
{
    while (parse->running && parse->braces.count > 0 && parse->accepts[TOKEN_RBRACE] &&
           !parse->accepts[kind_at(parse, parse->at)]) {
        close_block(parse);
        parse->lent++;
    }
}

/* Forgets the brackets that stood inside the item that was given up; returns how many of them were braces. */
static size_t leave_item(struct parse *parse)
{
    size_t open = grammar_open_braces(parse->state);
    size_t inner = parse->braces.count > open ? parse->braces.count - open : 0;
    parse->braces.count -= inner;
    parse->depth = parse->braces.count;
    return inner;
}

/* A keyword where a name was meant to begin an item: it is read as one. */
static bool resume_with_name(struct parse *parse)
{
    const struct token *token = parse_token(parse, parse->at);
    if (!parse->as_name || !parse->accepts[TOKEN_NAME] || !starts_line(parse, parse->at)) {
        return false;
    }
    parse_push(parse, TOKEN_NAME, name_of_word(token->span), token->span);
    parse->at++;
    return true;
}

static void go_on(struct parse *parse, size_t least, size_t inner)
{
    parse->at = find_next(parse, least, inner);
    if (opens_declaration(parse, parse->at, 0)) {
        close_blocks(parse);
    }
}

void recover(struct parse *parse)
{
    size_t inner = leave_item(parse);
    bool again = parse->failed_at == parse->at + 1; /* going on with this token did not work out */
    parse->failed_at = parse->at + 1;
    resume(parse);
    if (again || inner > 0 || !(resume_in_body(parse) || resume_with_name(parse))) {
        go_on(parse, parse->at + (again || parse->as_name), inner);
    }
    parse->as_name = parse->no_brace = false;
}

void recover_at_end(struct parse *parse)
{
    const struct token *end = parse_token(parse, parse->at);
    grammar_acceptable(parse->state, parse->accepts);
    if (!parse->accepts[TOKEN_YYEOF]) {
        parse_push(parse, TOKEN_START_RUBRIC, NULL,
                   end->span); /* fits nowhere: an error at the end itself would end the parse */
        if (parse->running) {
            leave_item(parse);
            resume(parse);
            close_blocks(parse);
        }
    }
    if (parse->running) {
        parse_push(parse, TOKEN_YYEOF, NULL, end->span);
    }
}
