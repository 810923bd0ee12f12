/* Slips in conditions and values. */
#include <string.h>
#include "base/date.h"
#include "base/str.h"
#include "base/utf8.h"
#include "syntax/slips.h"

/* Where a condition, as an author sees one, begins: after one of these. */
static bool bounds_condition(int kind)
{
    switch (kind) {
    case TOKEN_THEN:
    case TOKEN_ELSE:
    case TOKEN_COMMA:
    case TOKEN_COLON:
    case TOKEN_LBRACE:
    case TOKEN_RBRACE:
    case TOKEN_SEMICOLON:
    case TOKEN_LPAREN:
    case TOKEN_YYEOF: return true;
    default: return slip_takes_condition(kind);
    }
}

/* The offset, before the token that failed, of the nearest one for which `wanted` holds, inside the same condition; 0: none.
 * What stands in round or square brackets is passed over. */
static int look_back(const struct parse *parse, bool (*wanted)(int kind), bool (*stop)(int kind))
{
    size_t closed = 0;
    for (int offset = -1; parse->at >= (size_t)-offset; offset--) {
        int kind = slip_kind(parse, offset);
        if (slip_opens_statement(parse, offset)) {
            return 0;
        }
        if (kind == TOKEN_RPAREN || kind == TOKEN_RBRACKET) {
            closed++;
        } else if (closed > 0) {
            closed -= kind == TOKEN_LPAREN || kind == TOKEN_LBRACKET;
        } else if (wanted(kind)) {
            return offset;
        } else if (stop(kind)) {
            return 0;
        }
    }
    return 0;
}

static bool is_where(int kind)
{
    return kind == TOKEN_WHERE;
}

static bool is_one_of(int kind)
{
    return kind == TOKEN_IS_ONE_OF;
}

static bool is_if(int kind)
{
    return kind == TOKEN_IF;
}

/* Where a whole statement begins, however many conditions it joins. */
static bool bounds_statement(int kind)
{
    return bounds_condition(kind) && kind != TOKEN_AND && kind != TOKEN_OR && kind != TOKEN_NOT &&
           kind != TOKEN_COMMA;
}

/* ---------------------------------------------------------------- comparisons */

/* `a >= 1 <= 3`, where the first or the middle value is meant twice. */
bool slip_chained(struct parse *parse)
{
    if (!slip_is_compare(slip_kind(parse, 0)) || !parse->accepts[TOKEN_AND] || parse->accepts[TOKEN_COLON]) {
        return false;
    }
    int first = look_back(parse, slip_is_compare, bounds_condition);
    if (first == 0 || first == -1) {
        return false;
    }
    int start = first;
    while (parse->at >= (size_t) - (start - 1) && !bounds_condition(slip_kind(parse, start - 1)) &&
           !slip_is_compare(slip_kind(parse, start - 1))) {
        start--;
    }
    bool constant = slip_is_value(slip_kind(parse, -1)) && slip_kind(parse, -1) != TOKEN_NAME && first == -2;
    const char *again =
        span_text(constant ? slip_span(parse, start, first - 1) : slip_span(parse, first + 1, -1));
    const char *both =
        str_print("%s %s %s %s %s", span_text(slip_span(parse, start, -1)), slip_spelling(parse, TOKEN_AND),
                  again, slip_text(parse, 0), slip_is_value(slip_kind(parse, 1)) ? slip_text(parse, 1) : "…");
    struct diag *diag =
        diag_add(parse->diags, DIAG_CHAINED_COMPARISON, slip_token(parse, 0)->span, both, NULL);
    slip_insert(diag, slip_token(parse, 0)->span,
                str_print("%s %s ", slip_spelling(parse, TOKEN_AND), again));
    return true;
}

/* `a is at least 3`. */
bool slip_is_compared(struct parse *parse)
{
    if (slip_kind(parse, -1) != TOKEN_EQ || !slip_is_compare(slip_kind(parse, 0)) ||
        !slip_wants_value(parse)) {
        return false;
    }
    const char *right = slip_text(parse, 0);
    diag_fix(diag_add(parse->diags, DIAG_CHAINED_COMPARISON, slip_token(parse, 0)->span, right, NULL),
             slip_span(parse, -1, 0), right);
    return true;
}

/* `a is one of x, y and b`; among commas `a is one of x, y`. */
bool slip_one_of_bare(struct parse *parse)
{
    int one_of = slip_kind(parse, -1) == TOKEN_IS_ONE_OF && parse->accepts[TOKEN_LBRACKET] ? -1 : 0;
    bool joined = slip_kind(parse, 0) == TOKEN_AND || slip_kind(parse, 0) == TOKEN_OR;
    if (one_of == 0 && joined) {
        one_of = look_back(parse, is_one_of, bounds_statement);
    }
    if (one_of == 0) {
        return false;
    }
    int last = joined ? -1 : 0;
    const char *list = span_text(slip_span(parse, one_of + 1, last));
    struct diag *diag = diag_add(parse->diags, DIAG_LIST_NEEDS_BRACKETS, slip_span(parse, one_of + 1, last),
                                 slip_text(parse, one_of), joined ? list : str_print("%s, …", list), NULL);
    if (joined) {
        diag_mend(diag, slip_span(parse, one_of + 1, last), str_print("[%s]", list));
    }
    return true;
}

/* ---------------------------------------------------------------- aggregates */

static bool goes_on(int kind)
{
    return slip_is_compare(kind) || kind == TOKEN_PLUS || kind == TOKEN_MINUS || kind == TOKEN_TIMES ||
           kind == TOKEN_DIVIDE || kind == TOKEN_IS_KNOWN || kind == TOKEN_IS_ONE_OF || kind == TOKEN_AND ||
           kind == TOKEN_OR;
}

/* `count of t where a > 1 >= 2`, `1 + count of t where a`. */
bool slip_where_inside(struct parse *parse)
{
    int kind = slip_kind(parse, 0);
    int where = kind == TOKEN_WHERE ? 0 : goes_on(kind) ? look_back(parse, is_where, bounds_statement) : 1;
    if (where > 0 || (where == 0 && kind != TOKEN_WHERE)) {
        return false;
    }
    int start = where - 1;
    while (parse->at >= (size_t)-start && !slip_is_fold(slip_kind(parse, start)) &&
           !bounds_statement(slip_kind(parse, start)) && !slip_opens_statement(parse, start)) {
        start--;
    }
    if (!slip_is_fold(slip_kind(parse, start))) {
        return false;
    }
    struct span span = slip_span(parse, start, where == 0 ? 0 : -1);
    const char *text = where == 0 ? str_print("%s …", span_text(span)) : span_text(span);
    struct diag *diag =
        diag_add(parse->diags, DIAG_WHERE_NEEDS_BRACKETS, span, slip_text(parse, where), text, NULL);
    if (where < 0) {
        diag_mend(diag, span, str_print("(%s)", text));
    }
    return true;
}

static bool comes_last(int kind)
{
    return kind == TOKEN_WHERE || kind == TOKEN_DROPPING;
}

/* `highest per`, `dropping`, `where` in another order. */
bool slip_after_where(struct parse *parse)
{
    int kind = slip_kind(parse, 0);
    int later = kind == TOKEN_DROPPING || kind == TOKEN_HIGHEST_PER
                    ? look_back(parse, comes_last, bounds_statement)
                    : 0;
    if (later == 0) {
        return false;
    }
    struct diag *diag =
        diag_add(parse->diags, DIAG_AFTER_WHERE, slip_token(parse, 0)->span, slip_text(parse, 0),
                 slip_text(parse, later), slip_spelling(parse, TOKEN_HIGHEST_PER),
                 slip_spelling(parse, TOKEN_DROPPING), slip_spelling(parse, TOKEN_WHERE), NULL);
    diag_other(diag, slip_token(parse, later)->span, NULL);
    return true;
}

/* `dropping 1 highest`, `dropping 1 lowest`, `dropping 1`. */
bool slip_dropping_half(struct parse *parse)
{
    int start = slip_kind(parse, -2) == TOKEN_DROPPING ? -2 : slip_kind(parse, -3) == TOKEN_DROPPING ? -3 : 0;
    if (start == 0 || slip_kind(parse, start + 1) != TOKEN_NUMBER) {
        return false;
    }
    const char *word = slip_text(parse, start), *number = slip_text(parse, start + 1);
    const char *highest = slip_spelling(parse, TOKEN_HIGHEST), *lowest = slip_spelling(parse, TOKEN_LOWEST);
    bool of_lowest = slip_kind(parse, 0) == TOKEN_LOWEST;
    const char *right = of_lowest ? str_print("%s 0 %s %s %s", word, highest, number, lowest)
                                  : str_print("%s %s %s 0 %s", word, number, highest, lowest);
    struct span span = slip_span(parse, start, of_lowest ? 0 : -1);
    diag_mend(diag_add(parse->diags, DIAG_DROPPING_HALF, span, word, right, NULL), span, right);
    return true;
}

/* ---------------------------------------------------------------- if … then … else */

bool slip_if_inside(struct parse *parse)
{
    if (slip_kind(parse, 0) != TOKEN_IF || !parse->accepts[TOKEN_LPAREN] || !slip_wants_value(parse)) {
        return false;
    }
    diag_add(parse->diags, DIAG_IF_NEEDS_BRACKETS, slip_token(parse, 0)->span, slip_text(parse, 0), NULL);
    return true;
}

static bool bounds_block(int kind)
{
    return kind == TOKEN_LBRACE || kind == TOKEN_RBRACE || kind == TOKEN_SEMICOLON || kind == TOKEN_WHEN;
}

/* `if a then 1`, `if a 1 else 2`. */
bool slip_else_missing(struct parse *parse)
{
    int kind = slip_kind(parse, 0), start = look_back(parse, is_if, bounds_block);
    bool ended = !slip_same_line(parse, 0) || kind == TOKEN_RBRACE || kind == TOKEN_RPAREN ||
                 kind == TOKEN_STRING || kind == TOKEN_COMMA || kind == TOKEN_SEMICOLON ||
                 kind == TOKEN_COLON;
    bool then = parse->accepts[TOKEN_THEN] && (ended || slip_is_value(kind));
    if (start == 0 || !(then || (parse->accepts[TOKEN_ELSE] && ended))) {
        return false;
    }
    const char *wanted = slip_spelling(parse, then ? TOKEN_THEN : TOKEN_ELSE);
    diag_add(parse->diags, DIAG_ELSE_MISSING, slip_token(parse, start)->span, slip_text(parse, start), wanted,
             NULL);
    return true;
}

/* ---------------------------------------------------------------- two things side by side */

/* `20 万元` in a standard. */
bool slip_unit_apart(struct parse *parse)
{
    bool apart =
        slip_kind(parse, -1) == TOKEN_NUMBER && slip_kind(parse, 0) == TOKEN_NAME && slip_same_line(parse, 0);
    bool unit =
        apart && (parse->accepts[TOKEN_AND] || parse->accepts[TOKEN_LBRACE] || parse->accepts[TOKEN_RBRACE]);
    if (!unit || slip_kind(parse, 1) == TOKEN_EQ) {
        return false;
    }
    const char *keyword = utf8_casefold(slip_text(parse, 0));
    if (keyword_is_reserved(keyword)) { /* `100 AND b` */
        return slip_instead(parse, slip_token(parse, 0)->span, keyword, true);
    }
    struct span span = slip_span(parse, -1, 0);
    const char *number = slip_text(parse, -1), *word = slip_text(parse, 0);
    bool latin = (unsigned char)*word < 0x80;
    const char *right = latin ? number : str_print("%s%s", number, word);
    if (latin) { /* the unit may not be the one of what it is compared with */
        diag_fix(diag_add(parse->diags, DIAG_UNIT_LATIN, span, right, NULL), span, right);
    } else {
        diag_mend(diag_add(parse->diags, DIAG_UNIT_APART, span, right, NULL), span, right);
    }
    return true;
}

bool slip_two_names(struct parse *parse)
{
    bool value = slip_is_value(slip_kind(parse, 0)) || slip_kind(parse, 0) == TOKEN_LPAREN;
    if (!value || !parse->accepts[TOKEN_AND] || slip_wants_value(parse)) {
        return false;
    }
    diag_add(parse->diags, DIAG_OPERATOR_MISSING, slip_token(parse, 0)->span, slip_text(parse, -1),
             slip_text(parse, 0), slip_spelling(parse, TOKEN_AND), slip_spelling(parse, TOKEN_OR), NULL);
    return true;
}

/* ---------------------------------------------------------------- dates and ranges */

/* The date that three numbers with signs between them make, in any of the forms that people write. */
static const char *date_in(const char *text)
{
    int year = 0, month = 0, day = 0, end = 0;
    bool parted = sscanf(text, "%4d%*[/.-]%2d%*[/.-]%2d%n", &year, &month, &day, &end) == 3;
    if (!parted) {
        parted = strlen(text) == 8 && sscanf(text, "%4d%2d%2d%n", &year, &month, &day, &end) == 3;
    }
    return parted && text[end] == '\0' && year >= 1000 && date_valid(year, month, day)
               ? date_text(date_from_civil(year, month, day))
               : NULL;
}

/* `2017/04/25`, `2017.04.25`, `20170425` where a date is wanted or where it did not parse. */
bool slip_date_form(struct parse *parse)
{
    for (int from = -3; from <= 0; from++) {
        for (int to = from; to <= from + 4; to++) {
            bool reaches = from <= 0 && to >= 0 && slip_kind(parse, from) == TOKEN_NUMBER &&
                           slip_same_line(parse, to > from ? to : 0);
            const char *right = reaches ? date_in(span_text(slip_span(parse, from, to))) : NULL;
            if (right != NULL && (from < to || parse->accepts[TOKEN_DATE])) {
                struct span span = slip_span(parse, from, to);
                diag_mend(diag_add(parse->diags, DIAG_DATE_FORM, span, span_text(span), right, NULL), span,
                          right);
                return true;
            }
        }
    }
    return false;
}

/* A month of a year, `2024-03`, and no stretch of numbers. */
static bool is_year_month(const char *text)
{
    int year, month, end = 0;
    bool whole = sscanf(text, "%4d-%2d%n", &year, &month, &end) == 2 && text[end] == '\0';
    return whole && year >= 1000 && month >= 1 && month <= 12;
}

static bool is_month(const char *text)
{
    int month = 0, end = 0;
    return sscanf(text, "%2d%n", &month, &end) == 1 && text[end] == '\0' && month >= 1 && month <= 12;
}

/* `study = 1-6`, `within 0 to 12`. */
bool slip_range_mark(struct parse *parse)
{
    int kind = slip_kind(parse, 0);
    bool in_facts =
        kind == TOKEN_MINUS && slip_kind(parse, -2) != TOKEN_DIVIDE && parse->accepts[TOKEN_DOTDOT];
    bool in_limits = (kind == TOKEN_MINUS || kind == TOKEN_TO) && parse->accepts[TOKEN_DOTDOT];
    if (!(in_facts || in_limits) || slip_kind(parse, -1) != slip_kind(parse, 1)) {
        return false;
    }
    struct span span = slip_span(parse, -1, 1);
    if (parse->tape->values && is_year_month(span_text(span))) {
        diag_add(parse->diags, DIAG_DATE_UNREADABLE, span, span_text(span), NULL);
        return true;
    }
    if (parse->tape->values &&
        !(is_month(slip_text(parse, -1)) && is_month(slip_text(parse, 1)))) { /* `0730-8880123` */
        const char *quoted = str_print("\"%s\"", span_text(span));
        diag_fix(diag_add(parse->diags, DIAG_CELL_NEEDS_QUOTES, span, span_text(span), NULL), span, quoted);
        return true;
    }
    const char *right = str_print("%s..%s", slip_text(parse, -1), slip_text(parse, 1));
    diag_mend(diag_add(parse->diags, DIAG_RANGE_MARK, span, right, NULL), span, right);
    return true;
}

static bool in_period(int kind)
{
    return slip_is_value(kind) || kind == TOKEN_MINUS || kind == TOKEN_DIVIDE || kind == TOKEN_DOTDOT ||
           kind == TOKEN_TO || kind == TOKEN_STRING;
}

/* `period 2023/2024`, `period 2024-03`, `period spring`, `period 2024-01-01..2024-06-30`. */
bool slip_period_form(struct parse *parse)
{
    int from = 0, to = -1;
    while (from > -3 && slip_kind(parse, from - 1) != TOKEN_PERIOD && in_period(slip_kind(parse, from - 1))) {
        from--;
    }
    while (in_period(slip_kind(parse, to + 1)) && slip_same_line(parse, to + 1)) {
        to++;
    }
    bool begins = from < 0 || parse->accepts[TOKEN_DATE];
    bool whole =
        to == from && (slip_kind(parse, from) == TOKEN_NUMBER || slip_kind(parse, from) == TOKEN_SPAN);
    if (slip_kind(parse, from - 1) != TOKEN_PERIOD || !begins || to < from || whole) {
        return false;
    }
    struct span span = slip_span(parse, from, to);
    struct diag *diag = diag_add(parse->diags, DIAG_PERIOD_UNCLEAR, span, span_text(span), NULL);
    if (to - from == 2 && slip_kind(parse, from) == TOKEN_DATE && slip_kind(parse, to) == TOKEN_DATE) {
        bool chinese = (*slip_text(parse, from - 1) & 0x80) != 0;
        const char *form = chinese ? "%s 至 %s" : "%s to %s";
        diag_mend(diag, span, str_print(form, slip_text(parse, from), slip_text(parse, to)));
    }
    return true;
}
