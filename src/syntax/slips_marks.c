/* Slips with marks and brackets, and what is missing, wherever it is. */
#include <string.h>
#include "base/str.h"
#include "syntax/slips.h"

static bool opens(int kind)
{
    return kind == TOKEN_LPAREN || kind == TOKEN_LBRACE || kind == TOKEN_LBRACKET;
}

static bool closes(int kind)
{
    return kind == TOKEN_RPAREN || kind == TOKEN_RBRACE || kind == TOKEN_RBRACKET;
}

/* The innermost bracket of the statement that is open; NULL: none. */
static const struct token *open_bracket(const struct parse *parse)
{
    size_t closed = 0;
    for (int offset = -1; parse->at >= (size_t)-offset && !slip_opens_statement(parse, offset); offset--) {
        int kind = slip_kind(parse, offset);
        if (closes(kind)) {
            closed++;
        } else if (opens(kind) && closed-- == 0) {
            return slip_token(parse, offset);
        }
    }
    return NULL;
}

/* ---------------------------------------------------------------- what is missing */

bool slip_name_missing(struct parse *parse)
{
    bool only_name = parse->accepts[TOKEN_NAME] && !parse->accepts[TOKEN_NUMBER] &&
                     !parse->accepts[TOKEN_RBRACE] && !parse->accepts[TOKEN_YYEOF];
    if (!only_name || token_class(slip_token(parse, -1)) == KEYWORD_NONE) {
        return false;
    }
    diag_add(parse->diags, DIAG_NAME_MISSING, slip_token(parse, -1)->span, slip_text(parse, -1), NULL);
    return true;
}

/* A facts file: `members =`, and the next line is taken for the value. */
static bool table_bare(struct parse *parse)
{
    if (!parse->tape->values || slip_kind(parse, -1) != TOKEN_EQ || slip_kind(parse, 0) != TOKEN_LBRACE) {
        return false;
    }
    const char *right = str_print("%s {", slip_spelling(parse, TOKEN_TABLE));
    return slip_instead(parse, slip_token(parse, 0)->span, right, false);
}

static bool value_on_next_line(struct parse *parse)
{
    if (slip_kind(parse, 0) != TOKEN_EQ || slip_kind(parse, -2) != TOKEN_EQ || slip_same_line(parse, -1)) {
        return false;
    }
    diag_add(parse->diags, DIAG_NOTHING_AFTER, slip_token(parse, -2)->span, slip_text(parse, -2), "@a_value",
             NULL);
    return true;
}

/* The one thing that could have followed; NULL where there are several. */
static const char *only_wanted(const struct parse *parse)
{
    static const struct {
        int token;
        const char *word;
    } things[] = {{TOKEN_NUMBER, "@a_number"},
                  {TOKEN_PERCENT, "@percentage"},
                  {TOKEN_DATE, "@date"},
                  {TOKEN_SPAN, "@span"},
                  {TOKEN_STRING, "@a_label"}};
    for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
        if (parse->accepts[things[i].token]) {
            return parse->accepts[TOKEN_NUMBER] && parse->accepts[TOKEN_NAME] ? "@a_value" : things[i].word;
        }
    }
    return NULL;
}

bool slip_nothing_after(struct parse *parse)
{
    if (value_on_next_line(parse) || table_bare(parse)) {
        return true;
    }
    const struct token *before = slip_token(parse, -1);
    bool mark = before->node == NULL && before->kind != TOKEN_RBRACE && before->kind != TOKEN_LBRACE &&
                before->kind != TOKEN_SEMICOLON;
    bool ended = !slip_same_line(parse, 0) || closes(slip_kind(parse, 0));
    const char *wanted = slip_wants_value(parse)
                             ? (slip_takes_condition(before->kind) ? "@a_condition" : "@a_value")
                         : ended ? only_wanted(parse)
                                 : NULL;
    if (wanted == NULL || !mark || parse->accepts[TOKEN_RBRACE] || parse->accepts[TOKEN_YYEOF] ||
        before->kind == TOKEN_YYEOF) {
        return false;
    }
    diag_add(parse->diags, DIAG_NOTHING_AFTER, before->span, slip_text(parse, -1), wanted, NULL);
    return true;
}

/* `a : share,` and then the next fact; `[1, 2,` is well. */
bool slip_comma_extra(struct parse *parse)
{
    int kind = slip_kind(parse, 0), next = slip_kind(parse, 1);
    bool item = kind == TOKEN_NAME && (next == TOKEN_COLON || next == TOKEN_STRING || next == TOKEN_EQ);
    bool ended =
        kind == TOKEN_RPAREN || kind == TOKEN_RBRACE || kind == TOKEN_RBRACKET || !slip_same_line(parse, 0);
    bool next_fact =
        parse->tape->values && kind == TOKEN_COMMA && next == TOKEN_NAME && slip_kind(parse, 2) == TOKEN_EQ;
    bool line_end = parse->tape->values && kind == TOKEN_COMMA && !slip_same_line(parse, 1) &&
                    open_bracket(parse) == NULL;
    if (next_fact || line_end) {
        struct span comma = slip_token(parse, 0)->span;
        diag_fix(diag_add(parse->diags, DIAG_COMMA_EXTRA, comma, NULL), comma, line_end ? "" : ";");
        return true;
    }
    if (slip_kind(parse, -1) != TOKEN_COMMA || !(item || ended)) {
        return false;
    }
    struct span span = slip_token(parse, -1)->span;
    bool touches = item && span.end == slip_token(parse, 0)->span.start;
    diag_mend(diag_add(parse->diags, DIAG_COMMA_EXTRA, span, NULL), span, touches ? " " : "");
    return true;
}

/* A comma that fits nowhere, and what stands behind it does: `period 2024, total 100`. */
bool slip_comma_stray(struct parse *parse)
{
    bool fits = parse->accepts[slip_kind(parse, 1)] || slip_kind(parse, 1) == TOKEN_RBRACE;
    if (slip_kind(parse, 0) != TOKEN_COMMA || !fits || parse->tape->values) {
        return false;
    }
    struct span span = slip_token(parse, 0)->span;
    bool touches = span.end == slip_token(parse, 1)->span.start;
    diag_mend(diag_add(parse->diags, DIAG_COMMA_EXTRA, span, NULL), span, touches ? " " : "");
    return true;
}

/* `at least 2 of (a, b, c)`: several conditions stand in braces. */
bool slip_braces_wanted(struct parse *parse)
{
    int before = slip_kind(parse, -1), last = 1;
    bool several = before == TOKEN_OF || before == TOKEN_ALL_OF || before == TOKEN_ANY_OF;
    if (slip_kind(parse, 0) != TOKEN_LPAREN || !several || !parse->accepts[TOKEN_LBRACE]) {
        return false;
    }
    while (slip_same_line(parse, last) && slip_kind(parse, last) != TOKEN_RPAREN &&
           slip_kind(parse, last) != TOKEN_LPAREN) {
        last++;
    }
    struct span span = slip_token(parse, 0)->span;
    struct diag *diag = diag_add(parse->diags, DIAG_OTHER_MARK, span, slip_text(parse, 0), "{ … }", NULL);
    if (slip_kind(parse, last) == TOKEN_RPAREN && last > 1) {
        diag_mend(diag, slip_span(parse, 0, last),
                  str_print("{ %s }", span_text(slip_span(parse, 1, last - 1))));
    }
    return true;
}

bool slip_equals_missing(struct parse *parse)
{
    int kind = slip_kind(parse, 0);
    bool value = slip_is_value(kind) || kind == TOKEN_STRING || kind == TOKEN_LBRACKET ||
                 kind == TOKEN_TABLE || kind == TOKEN_DOCUMENT;
    if (!parse->accepts[TOKEN_EQ] || parse->accepts[TOKEN_GE] || parse->accepts[TOKEN_BY] || !value) {
        return false;
    }
    if (parse->tape->values && kind == TOKEN_NAME && slip_kind(parse, -1) == TOKEN_NAME &&
        slip_kind(parse, 1) == TOKEN_EQ && slip_same_line(parse, 0)) { /* `open days = 300` */
        const char *joined = str_print("%s_%s", slip_text(parse, -1), slip_text(parse, 0));
        return slip_instead(parse, slip_span(parse, -1, 0), joined, false);
    }
    struct diag *diag =
        diag_add(parse->diags, DIAG_EQUALS_MISSING, slip_token(parse, 0)->span, slip_text(parse, 0), NULL);
    slip_insert(diag, slip_token(parse, 0)->span, "= ");
    return true;
}

bool slip_colon_missing(struct parse *parse)
{
    int kind = slip_kind(parse, 0);
    bool type = kind == TOKEN_YESNO || kind == TOKEN_COUNT || kind == TOKEN_SHARE || kind == TOKEN_AMOUNT ||
                kind == TOKEN_NUMBER_T || kind == TOKEN_TEXT || kind == TOKEN_DATE_T ||
                kind == TOKEN_MONTHS || kind == TOKEN_LIST_OF || kind == TOKEN_TABLE ||
                kind == TOKEN_CHOICE || kind == TOKEN_DOCUMENT;
    bool value = slip_is_value(kind) || kind == TOKEN_JUDGED || kind == TOKEN_BANDS;
    if (!parse->accepts[TOKEN_COLON] || !(type || value)) {
        return false;
    }
    int next = slip_kind(parse, 1);
    bool named = next == TOKEN_COLON || next == TOKEN_STRING;
    struct span span = slip_token(parse, 0)->span;
    struct diag *diag = diag_add(parse->diags, DIAG_COLON_MISSING, span, slip_text(parse, 0),
                                 type                         ? "@type_of_fact"
                                 : parse->accepts[TOKEN_PLUS] ? "@points_or_value"
                                                              : "@what_holds",
                                 NULL);
    if (!named && (type || !slip_same_line(parse, 1) || !slip_is_value(next))) {
        slip_insert(diag, span, ": ");
    }
    return true;
}

bool slip_comma_missing(struct parse *parse)
{
    int kind = slip_kind(parse, 0);
    bool item = slip_is_value(kind) || kind == TOKEN_STRING || kind == TOKEN_MINUS ||
                token_class(slip_token(parse, 0)) == KEYWORD_CONTEXT;
    bool next_clause =
        parse->accepts[TOKEN_DUE] && !slip_same_line(parse, 0); /* of a stage, after a list of names */
    if (!parse->accepts[TOKEN_COMMA] || !item || next_clause) {
        return false;
    }
    struct span after = span_after(slip_token(parse, -1)->span);
    diag_fix(diag_add(parse->diags, DIAG_COMMA_MISSING, slip_token(parse, 0)->span, slip_text(parse, -1),
                      slip_text(parse, 0), NULL),
             after, ",");
    return true;
}

/* ---------------------------------------------------------------- brackets */

static const char *mark_text(int token)
{
    return token == TOKEN_RPAREN ? ")" : token == TOKEN_RBRACKET ? "]" : "}";
}

bool slip_bracket_lost(struct parse *parse)
{
    const struct token *open = open_bracket(parse), *token = slip_token(parse, 0);
    int wanted = open == NULL                   ? 0
                 : open->kind == TOKEN_LPAREN   ? TOKEN_RPAREN
                 : open->kind == TOKEN_LBRACKET ? TOKEN_RBRACKET
                                                : 0;
    bool ended = closes(token->kind) || !slip_same_line(parse, 0) || token->kind == TOKEN_COLON ||
                 token->kind == TOKEN_STRING ||
                 (token_class(token) != KEYWORD_NONE && !parse->accepts[TOKEN_COMMA]);
    if (wanted == 0 || !parse->accepts[wanted] || !ended) {
        return false;
    }
    const char *shown = token->kind == TOKEN_YYEOF ? slip_end(parse) : slip_text(parse, 0);
    struct span after = span_after(slip_token(parse, -1)->span);
    struct diag *diag = diag_add(parse->diags, DIAG_BRACKET_LOST, after, mark_text(wanted), shown, NULL);
    diag_other(diag, open->span, "@opened_here");
    diag_fix(diag, after, mark_text(wanted));
    return true;
}

bool slip_closes_nothing(struct parse *parse)
{
    const struct token *open = open_bracket(parse), *token = slip_token(parse, 0);
    bool stray = token->kind == TOKEN_RBRACE ? parse->braces.count == 0 && open == NULL
                                             : open == NULL || open->kind == TOKEN_LBRACE;
    if (!closes(token->kind) || !stray) {
        return false;
    }
    diag_fix(diag_add(parse->diags, DIAG_CLOSES_NOTHING, token->span, slip_text(parse, 0), NULL), token->span,
             "");
    return true;
}

/* `criterion c`, `test "t"`, `choose`: the word and what follows it on the tape, up to its `{`. */
static const char *head_text(const struct token *word)
{
    const struct token *name = word + (word->kind != TOKEN_LBRACE);
    bool named = name->kind == TOKEN_NAME || name->kind == TOKEN_STRING;
    return span_text(named ? span_join(word->span, name->span) : word->span);
}

/* `section s cap 4` and then no `{`. */
bool slip_body_missing(struct parse *parse)
{
    const struct token *token = slip_token(parse, 0);
    bool ended =
        token_class(token) == KEYWORD_OPENER || token->kind == TOKEN_RBRACE || token->kind == TOKEN_YYEOF;
    bool inside =
        (token_class(token) != KEYWORD_NONE || !slip_same_line(parse, 0)) && token->kind != TOKEN_LIKE;
    if (!parse->accepts[TOKEN_LBRACE] || !(ended || inside)) {
        return false;
    }
    parse->no_brace = !ended;
    struct span before = slip_token(parse, -1)->span;
    struct diag *diag = diag_add(parse->diags, DIAG_BODY_MISSING, before, span_text(before), NULL);
    if (!ended) {
        diag_fix(diag, span_after(before), " {");
    }
    return true;
}

static size_t indent_of_line(struct span span)
{
    size_t length;
    const char *line = source_line_text(span.source, source_line(span), &length);
    return strspn(line, " \t");
}

/* At the end of the file: the block whose end is missing. It is the first that seems to be closed by a `}` further out than itself,
 * since that one was meant for another block; else the innermost. */
static size_t block_not_closed(const struct parse *parse)
{
    VEC(size_t) open = {0};
    for (size_t i = 0; i < parse->at; i++) {
        const struct token *token = parse_token(parse, i);
        if (token->kind == TOKEN_LBRACE) {
            vec_push(&open, i);
        } else if (token->kind == TOKEN_RBRACE && open.count > 0) {
            struct span opened = parse_token(parse, vec_last(&open))->span;
            if (tape_starts_line(parse->tape, i) && indent_of_line(token->span) < indent_of_line(opened)) {
                break;
            }
            open.count--;
        }
    }
    return open.count > 0 ? vec_last(&open) : vec_last(&parse->braces);
}

static bool not_closed(struct parse *parse)
{
    size_t brace = block_not_closed(parse);
    const struct token *head = slip_head(parse, brace);
    diag_add(parse->diags, DIAG_BLOCK_NOT_CLOSED, parse_token(parse, brace)->span, head_text(head), NULL);
    return true;
}

bool slip_brace_lost(struct parse *parse)
{
    const struct token *token = slip_token(parse, 0);
    if (parse->braces.count == 0) {
        return false;
    }
    if (token->kind == TOKEN_YYEOF) {
        return not_closed(parse);
    }
    if (token_class(token) != KEYWORD_OPENER) {
        return false;
    }
    size_t brace = vec_last(&parse->braces);
    const char *block = head_text(slip_head(parse, brace));
    struct diag *diag =
        diag_add(parse->diags, DIAG_BRACE_LOST, token->span, slip_text(parse, 0), block, NULL);
    diag_other(diag, parse_token(parse, brace)->span, "@opened_here");
    return true;
}

/* ---------------------------------------------------------------- other marks */

bool slip_comment_mark(struct parse *parse)
{
    for (int offset = -1; offset <= 0; offset++) {
        int next = slip_kind(parse, offset + 1);
        bool touch = slip_token(parse, offset)->span.end == slip_token(parse, offset + 1)->span.start;
        if (slip_kind(parse, offset) == TOKEN_DIVIDE && (next == TOKEN_DIVIDE || next == TOKEN_TIMES) &&
            touch) {
            struct span span = slip_span(parse, offset, offset + 1);
            struct diag *diag = diag_add(parse->diags, DIAG_COMMENT_MARK, span, NULL);
            if (next == TOKEN_DIVIDE) {
                diag_mend(diag, span, "#");
            } else { /* a remark between two marks may go on behind the second */
                diag_fix(diag, span, "#");
            }
            return true;
        }
    }
    return false;
}

/* `:` for `=` in a facts file, `=` for `:` in a group of facts. */
bool slip_other_mark(struct parse *parse)
{
    const struct token *open = slip_kind(parse, 0) == TOKEN_SEMICOLON ? open_bracket(parse) : NULL;
    if (open != NULL && open->kind == TOKEN_LBRACKET) { /* `[90; 95]` */
        struct span semicolon = slip_token(parse, 0)->span;
        diag_mend(diag_add(parse->diags, DIAG_OTHER_MARK, semicolon, slip_text(parse, 0), ",", NULL),
                  semicolon, ",");
        return true;
    }
    int kind = slip_kind(parse, 0);
    bool equals = kind == TOKEN_COLON && parse->accepts[TOKEN_EQ] && !parse->accepts[TOKEN_GE];
    bool colon = kind == TOKEN_EQ && parse->accepts[TOKEN_COLON];
    bool part = kind == TOKEN_COLON && parse->tape->values && slip_kind(parse, -2) == TOKEN_EQ &&
                slip_kind(parse, -1) == TOKEN_NUMBER && slip_kind(parse, 1) == TOKEN_NUMBER; /* `86：88` */
    struct span span = slip_token(parse, 0)->span;
    if (part) {
        diag_fix(diag_add(parse->diags, DIAG_OTHER_MARK, span, slip_text(parse, 0), "/", NULL), span, "/");
        return true;
    }
    if (!equals && !colon) {
        return false;
    }
    const char *right = equals ? "=" : ":";
    diag_mend(diag_add(parse->diags, DIAG_OTHER_MARK, span, slip_text(parse, 0), right, NULL), span, right);
    return true;
}

/* In a list. In a facts file a comma fits after any value, but few of them are lists. */
static bool could_lack_comma(const struct parse *parse)
{
    return parse->accepts[TOKEN_COMMA] && (!parse->tape->values || open_bracket(parse) != NULL);
}

/* `1,500`, `1 500`, which read as two numbers; where a comma could be missing between them they are two. In a facts file the comma fits, and
 * `12,000.00 yuan` fails behind it. */
bool slip_digits_grouped(struct parse *parse)
{
    bool late = slip_kind(parse, -1) == TOKEN_COMMA && slip_kind(parse, 0) == TOKEN_QUANTITY;
    bool comma = late || slip_kind(parse, 0) == TOKEN_COMMA;
    int last = comma && !late ? 1 : 0, first = comma ? last - 2 : -1, kind = slip_kind(parse, last);
    struct span span = slip_span(parse, first, last);
    const char *head = slip_text(parse, first), *group = slip_text(parse, last);
    size_t digits = strspn(group, "0123456789");
    bool numbers =
        slip_kind(parse, first) == TOKEN_NUMBER && digits == 3 &&
        (kind == TOKEN_QUANTITY ? comma : kind == TOKEN_NUMBER && (comma || group[digits] == '\0'));
    bool touch = comma ? span.end - span.start == strlen(head) + 1 + strlen(group)
                       : strlen(head) <= 3 && slip_same_line(parse, 0) && !could_lack_comma(parse);
    if (!numbers || !touch) {
        return false;
    }
    const char *shown = str_print("%s_%s", head, group);
    diag_mend(diag_add(parse->diags, DIAG_DIGITS_GROUPED, span, shown, NULL), span, shown);
    return true;
}
