#include "syntax/parse.h"
#include <string.h>
#include "base/mem.h"
#include "base/str.h"
#include "syntax/depth.h"
#include "syntax/driver.h"

/* ---------------------------------------------------------------- what the parser calls */

void parse_done(struct parse *parse, const struct ast *tree)
{
    parse->tree = tree;
}

void parse_unexpected(struct parse *parse, const int expected[], size_t count)
{
    memset(parse->accepts, 0, sizeof parse->accepts);
    for (size_t i = 0; i < count; i++) {
        parse->accepts[expected[i]] = true;
    }
    parse->failed = true;
    if (!slip_report(parse)) {
        expected_report(parse);
    }
}

static void too_deep(struct parse *parse)
{
    diag_add(parse->diags, DIAG_NESTED_TOO_DEEP, parse_token(parse, parse->at)->span,
             str_print("%d", NESTING_MAX), NULL);
    parse->running = false;
}

/* The parser's own message is always that its stack is full. */
void rubric_error(const struct span *span, struct parse *parse, const char *message)
{
    (void)span;
    (void)message;
    too_deep(parse);
}

/* ---------------------------------------------------------------- pushing */

const struct token *parse_token(const struct parse *parse, size_t index)
{
    const struct tape *tape = parse->tape;
    return index < tape->tokens.count ? &tape->tokens.items[index] : &vec_last(&tape->tokens);
}

enum keyword_class token_class(const struct token *token)
{
    return token->keyword != NULL ? token->keyword->class : KEYWORD_NONE;
}

void parse_push(struct parse *parse, int kind, struct ast *node, struct span span)
{
    RUBRIC_STYPE value = {.node = node};
    int result = rubric_push_parse(parse->state, kind, &value, &span, parse);
    parse->running = parse->running && result == YYPUSH_MORE;
}

static void note_bracket(struct parse *parse, int kind)
{
    switch (kind) {
    case TOKEN_LBRACE:
        vec_push(&parse->braces, parse->at);
        parse->depth++;
        break;
    case TOKEN_LPAREN:
    case TOKEN_LBRACKET: parse->depth++; break;
    case TOKEN_RBRACE:
        parse->braces.count -= parse->braces.count > 0;
        parse->depth -= parse->depth > 0;
        break;
    case TOKEN_RPAREN:
    case TOKEN_RBRACKET: parse->depth -= parse->depth > 0; break;
    default: break;
    }
}

static void push_next(struct parse *parse)
{
    const struct token *token = parse_token(parse, parse->at);
    if (token->kind == TOKEN_YYEOF) {
        recover_at_end(parse);
        return;
    }
    if (token->kind == TOKEN_RBRACE && parse->braces.count == 0 && parse->lent > 0) {
        parse->lent--;
        parse->at++;
        return;
    }
    parse_push(parse, token->kind, token->node, token->span);
    if (parse->failed && parse->running) {
        recover(parse);
        return;
    }
    note_bracket(parse, token->kind);
    if (parse->depth > NESTING_MAX) {
        too_deep(parse);
    }
    parse->at++;
}

/* Errors are shown up to a number: reading stops there. */
static bool enough(const struct diags *diags)
{
    return diags->errors >= DIAG_SHOWN_MAX;
}

static const struct ast *run(const struct source *source, bool values, int start, struct tape **tape,
                             struct diags *diags)
{
    struct diags own = {0};
    struct parse parse = {.tape = tape_read(source, values, &own), .diags = &own, .running = true};
    if (parse.tape != NULL) {
        parse.state = rubric_pstate_new();
        parse_push(&parse, start, NULL, (struct span){source, 0, 0});
        while (parse.running && !enough(&own)) {
            push_next(&parse);
        }
        if (parse.tree != NULL && !depth_check(parse.tree, &own)) {
            parse.tree = NULL;
        }
    }
    diag_sort(&own);
    diag_append(diags, &own);
    if (tape != NULL) {
        *tape = parse.tape;
    }
    return parse.tree;
}

const struct ast *parse_rubric(const struct source *source, struct diags *diags)
{
    return run(source, false, TOKEN_START_RUBRIC, NULL, diags);
}

const struct ast *parse_facts(const struct source *source, struct diags *diags)
{
    return run(source, true, TOKEN_START_FACTS, NULL, diags);
}

const struct ast *parse_line(const struct source *source, struct diags *diags)
{
    return run(source, true, TOKEN_START_LINE, NULL, diags);
}

const struct ast *parse_value(const struct source *source, struct diags *diags)
{
    return run(source, true, TOKEN_START_VALUE, NULL, diags);
}

const struct ast *parse_with_words(const struct source *source, bool facts, struct tape **tape,
                                   struct diags *diags)
{
    return run(source, facts, facts ? TOKEN_START_FACTS : TOKEN_START_RUBRIC, tape, diags);
}
