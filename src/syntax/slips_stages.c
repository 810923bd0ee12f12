/* Slips in stages and decisions, and how spans of time and dates are written. */
#include <stdlib.h>
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "syntax/slips.h"

/* ---------------------------------------------------------------- names in quotes */

/* What the names of a clause stand for: the word that declares it, and how a message calls it. */
static const struct naming {
    int clause, declared_by;
    const char *word;
} namings[] = {
    {TOKEN_BY, TOKEN_AUTHORITY, "@an_authority"}, {TOKEN_AFTER, TOKEN_STAGE, "@a_stage"},
    {TOKEN_DECISION, TOKEN_STAGE, "@a_stage"},    {TOKEN_CONFERS, TOKEN_TITLE, "@a_title"},
    {TOKEN_REVOKES, TOKEN_TITLE, "@a_title"},     {TOKEN_NEEDS, TOKEN_YYEOF, "@document"},
};

/* Of the clause in whose list of names the text stands; NULL: of none. */
static const struct naming *naming_here(const struct parse *parse)
{
    int clause = -1;
    while (slip_kind(parse, clause) == TOKEN_COMMA || slip_kind(parse, clause) == TOKEN_NAME) {
        clause--;
    }
    if (!parse->tape->values && slip_block(parse) != TOKEN_STAGE) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof namings / sizeof *namings; i++) {
        if (namings[i].clause == slip_kind(parse, clause)) {
            return &namings[i];
        }
    }
    return NULL;
}

/* The name that is declared with this label in this file; NULL: none. */
static const char *name_labelled(const struct parse *parse, const char *label, int declared_by)
{
    for (size_t i = 2; i + 1 < parse->tape->tokens.count; i++) {
        const struct token *token = parse_token(parse, i);
        bool declared = parse_token(parse, i - 2)->kind == declared_by ||
                        (declared_by == TOKEN_YYEOF && parse_token(parse, i + 1)->kind == TOKEN_COLON);
        if (declared && token->kind == TOKEN_STRING && strcmp(ast_text(token->node), label) == 0) {
            return span_text(parse_token(parse, i - 1)->span);
        }
    }
    return NULL;
}

static bool could_be_name(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && tape_name_bytes(text, length) == length && !keyword_is_reserved(text);
}

/* `by "Town"`, `decision "Apply" approved …`. */
bool slip_name_quoted(struct parse *parse)
{
    const struct token *token = slip_token(parse, 0);
    const struct naming *naming =
        token->kind == TOKEN_STRING && parse->accepts[TOKEN_NAME] ? naming_here(parse) : NULL;
    if (naming == NULL) {
        return false;
    }
    const char *text = ast_text(token->node), *name = name_labelled(parse, text, naming->declared_by);
    const char *right = name != NULL ? name : could_be_name(text) ? text : NULL;
    struct diag *diag = diag_add(parse->diags, DIAG_NAME_QUOTED, token->span, naming->word,
                                 right != NULL ? right : "@name_before_label", NULL);
    if (right != NULL) {
        diag_mend(diag, token->span, right);
    }
    return true;
}

/* `confers title gold`: what the name stands for is told by the clause. */
bool slip_kind_named(struct parse *parse)
{
    bool named = slip_kind(parse, 0) == TOKEN_NAME && slip_same_line(parse, 0);
    for (size_t i = 0; i < sizeof namings / sizeof *namings && named; i++) {
        if (slip_kind(parse, -2) == namings[i].clause && slip_kind(parse, -1) == namings[i].declared_by) {
            return slip_leave_out(parse, -1, 0,
                                  str_print("%s %s", slip_text(parse, -2), slip_text(parse, 0)));
        }
    }
    return false;
}

/* Of `1 year`, `1年后` the span of time; NULL: it is none. */
static const char *span_alone(const struct parse *parse, int offset)
{
    static const char *const units[] = {"年", "个月", "天", "日"};
    const char *text = slip_text(parse, offset), *unit = text + strspn(text, "0123456789");
    if (slip_kind(parse, offset) == TOKEN_SPAN) {
        return text;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units && slip_kind(parse, offset) == TOKEN_QUANTITY; i++) {
        size_t length = strlen(units[i]);
        if (strncmp(unit, units[i], length) == 0 && strcmp(unit + length, "后") == 0) {
            return mem_text(text, (size_t)(unit - text) + length);
        }
    }
    return NULL;
}

/* `after apply 1 year later`, `after apply after 1 year`, `后于 申报 1年后`: a stage, then + and a span of time. */
bool slip_span_after(struct parse *parse)
{
    int first = slip_kind(parse, -1) == TOKEN_AFTER ? -1 : 0, clause = first - 1;
    const char *span = slip_kind(parse, clause) == TOKEN_NAME ? span_alone(parse, 0) : NULL;
    while (slip_kind(parse, clause) == TOKEN_NAME || slip_kind(parse, clause) == TOKEN_COMMA) {
        clause--;
    }
    if (span == NULL || slip_kind(parse, clause) != TOKEN_AFTER || slip_block(parse) != TOKEN_STAGE) {
        return false;
    }
    const char *next = slip_text(parse, 1);
    int last = strcmp(next, "later") == 0 || strcmp(next, "后") == 0;
    return slip_instead(parse, slip_span(parse, first, last), str_print("+ %s", span), true);
}

/* `1 year after apply`, `1 year after apply, visit`: the stages come first. */
bool slip_span_before(struct parse *parse)
{
    int last = 2;
    bool before = slip_kind(parse, 0) == TOKEN_SPAN && slip_kind(parse, 1) == TOKEN_AFTER &&
                  slip_kind(parse, last) == TOKEN_NAME && slip_block(parse) == TOKEN_STAGE;
    if (!before) {
        return false;
    }
    while (slip_kind(parse, last + 1) == TOKEN_COMMA && slip_kind(parse, last + 2) == TOKEN_NAME) {
        last += 2;
    }
    const char *right = str_print("%s + %s", span_text(slip_span(parse, 1, last)), slip_text(parse, 0));
    return slip_instead(parse, slip_span(parse, 0, last), right, slip_kind(parse, last + 1) != TOKEN_PLUS);
}

/* ---------------------------------------------------------------- quotas */

static bool is_rounding(int kind)
{
    return kind == TOKEN_HALF_UP || kind == TOKEN_HALF_EVEN || kind == TOKEN_UP || kind == TOKEN_DOWN;
}

/* The nearest such token before the one at fault, inside its clause; 0: none. */
static int clause_word(const struct parse *parse, int wanted)
{
    for (int offset = -1; parse->at >= (size_t)-offset; offset--) {
        int kind = slip_kind(parse, offset);
        if (kind == wanted) {
            return offset;
        }
        if (kind == TOKEN_LBRACE || kind == TOKEN_RBRACE || kind == TOKEN_SEMICOLON ||
            kind == TOKEN_OF_UNITS) {
            return 0;
        }
    }
    return 0;
}

/* `ranked by total, work, rounded down`, where `rounded` is read as something to rank by. */
bool slip_rounding_late(struct parse *parse)
{
    bool as_name = is_rounding(slip_kind(parse, 0)) && slip_kind(parse, -1) == TOKEN_ROUNDED;
    int rounded = as_name ? -1 : 0, ranked = clause_word(parse, TOKEN_RANKED_BY);
    if (ranked == 0 || slip_kind(parse, rounded) != TOKEN_ROUNDED ||
        !is_rounding(slip_kind(parse, rounded + 1))) {
        return false;
    }
    int last = slip_kind(parse, rounded - 1) == TOKEN_COMMA ? rounded - 2 : rounded - 1;
    const char *keys = span_text(slip_span(parse, ranked, last));
    const char *how = span_text(slip_span(parse, rounded, rounded + 1));
    bool twice = is_rounding(slip_kind(parse, ranked - 1)) || is_rounding(slip_kind(parse, ranked - 2));
    const char *comma = slip_tongue(parse) == LANG_ZH ? "，" : ", ";
    const char *right = twice ? keys : str_print("%s%s%s", how, comma, keys);
    struct span span = slip_span(parse, ranked, rounded + 1);
    diag_mend(diag_add(parse->diags, DIAG_ROUNDING_LATE, slip_span(parse, rounded, rounded + 1),
                       slip_text(parse, ranked), right, NULL),
              span, right);
    return true;
}

/* `quota top 25%, rounded down`. */
bool slip_of_units_missing(struct parse *parse)
{
    int kind = slip_kind(parse, 0), quota = clause_word(parse, TOKEN_QUOTA_TOP);
    bool ended = kind == TOKEN_COMMA || kind == TOKEN_RANKED_BY || kind == TOKEN_ROUNDED ||
                 kind == TOKEN_RBRACE || !slip_same_line(parse, 0);
    bool there = slip_kind(parse, -1) == TOKEN_OF_UNITS;
    if (quota == 0 || quota == -1 || !parse->accepts[TOKEN_OF_UNITS] || !ended || there) {
        return false;
    }
    const char *missing = slip_spelling(parse, TOKEN_OF_UNITS);
    struct span quoted = slip_span(parse, quota, -1);
    diag_mend(diag_add(parse->diags, DIAG_OF_UNITS_MISSING, quoted, missing,
                       str_print("%s %s", span_text(quoted), missing), NULL),
              span_after(quoted), str_print(" %s", missing));
    return true;
}

/* ---------------------------------------------------------------- other words for a clause */

/* Words that people write for those of the language; `day`: only before a date. */
static const struct other_word {
    const char *text;
    int clause;
    bool day;
} other_words[] = {
#define CLAUSE(text, token, day) {text, TOKEN_##token, day},
#include "grammar/meant.def"
};

static const struct other_word *other_word(const char *text, bool day)
{
    for (size_t i = 0; i < sizeof other_words / sizeof *other_words; i++) {
        if (other_words[i].day == day && strcmp(other_words[i].text, text) == 0) {
            return &other_words[i];
        }
    }
    return NULL;
}

bool slip_begins_clause(const struct parse *parse, const struct token *token)
{
    const char *text = token->kind == TOKEN_NAME && parse->accepts[TOKEN_DUE] ? span_text(token->span) : "";
    return other_word(text, true) != NULL || other_word(text, false) != NULL;
}

/* `before 2025-03-01`, `by 2025-03-01`, `quota 25% of units`, `every year` in a stage. */
bool slip_clause_word(struct parse *parse)
{
    bool begun = slip_kind(parse, -1) == TOKEN_BY && slip_kind(parse, 0) == TOKEN_DATE;
    if (slip_block(parse) != TOKEN_STAGE || !(begun || parse->accepts[TOKEN_DUE])) {
        return false;
    }
    int from = begun ? -1 : 0, to = slip_kind(parse, 0) == TOKEN_EVERY ? 1 : from;
    struct span span = slip_span(parse, from, to);
    const struct other_word *word = other_word(span_text(span), slip_kind(parse, to + 1) == TOKEN_DATE);
    if (word == NULL) {
        return false;
    }
    return slip_instead(parse, span, slip_spelling(parse, word->clause), true);
}

/* ---------------------------------------------------------------- spans of time */

/* The days of a number of weeks, `2 weeks`; NULL: it is none. */
static const char *days_of_weeks(const char *text)
{
    static const struct {
        const char *week, *days;
    } units[] = {{"week", " days"}, {"weeks", " days"}, {"周", "天"}, {"个星期", "天"}, {"星期", "天"}};
    enum { DIGITS_MAX = 4, DAYS_PER_WEEK = 7 };
    size_t digits = strspn(text, "0123456789");
    const char *unit = text + digits + strspn(text + digits, " ");
    for (size_t i = 0; i < sizeof units / sizeof *units && digits > 0 && digits <= DIGITS_MAX; i++) {
        if (strcmp(unit, units[i].week) == 0) {
            return str_print("%d%s", DAYS_PER_WEEK * atoi(text), units[i].days);
        }
    }
    return NULL;
}

/* `wait 1 week`, `valid one year`. */
bool slip_span_form(struct parse *parse)
{
    int kind = slip_kind(parse, 0), last = 0;
    bool value =
        kind == TOKEN_NUMBER || kind == TOKEN_QUANTITY || kind == TOKEN_PERCENT || kind == TOKEN_NAME;
    if (!parse->accepts[TOKEN_SPAN] || parse->accepts[TOKEN_NUMBER] || !value || !slip_same_line(parse, 0)) {
        return false;
    }
    while (slip_kind(parse, last + 1) == TOKEN_NAME && slip_same_line(parse, last + 1)) {
        last++;
    }
    struct span span = slip_span(parse, 0, last);
    const char *days = days_of_weeks(span_text(span));
    struct diag *diag = diag_add(parse->diags, DIAG_SPAN_FORM, span, span_text(span), NULL);
    if (days != NULL) {
        diag_suggest(diag, days);
        diag_mend(diag, span, days);
    }
    return true;
}

/* ---------------------------------------------------------------- dates in words, or in another order */

/* 1 … 12 of a month's English name or its first three letters; 0: it is none. */
static int month_named(const char *word)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    enum { SHORT = 3 };
    const char *folded = utf8_casefold(word);
    for (int i = 0; i < (int)(sizeof months / sizeof *months); i++) {
        if (strcmp(folded, months[i]) == 0 ||
            (strlen(folded) == SHORT && strncmp(folded, months[i], SHORT) == 0)) {
            return i + 1;
        }
    }
    return 0;
}

static const char *whole_date(const char *rest, int year, int month, int day)
{
    bool right = *rest == '\0' && year >= 1000 && date_valid(year, month, day);
    return right ? date_text(date_from_civil(year, month, day)) : NULL;
}

/* `30 May 2025`, `May 30, 2025`. */
static const char *date_in_words(const char *text)
{
    char word[16];
    int day = 0, year = 0, end = 0;
    bool read = sscanf(text, "%2d %15[A-Za-z]%*[ ,]%4d%n", &day, word, &year, &end) == 3 ||
                sscanf(text, "%15[A-Za-z] %2d%*[ ,]%4d%n", word, &day, &year, &end) == 3;
    return read && end > 0 ? whole_date(text + end, year, month_named(word), day) : NULL;
}

/* `25/12/2024`: where only one of the two numbers can be the month. */
static const char *date_year_last(const char *text)
{
    enum { MONTHS = 12 };
    int first = 0, second = 0, year = 0, end = 0;
    if (sscanf(text, "%2d%*[/.-]%2d%*[/.-]%4d%n", &first, &second, &year, &end) != 3 || end == 0) {
        return NULL;
    }
    if (first <= MONTHS && second <= MONTHS && first != second) {
        return NULL;
    }
    return first > MONTHS ? whole_date(text + end, year, second, first)
                          : whole_date(text + end, year, first, second);
}

/* The month and the day of `8.3.2024` in a facts file are told by nothing; those of `25.12.2024` and of `25 April 2024` are. */
bool slip_day_first(struct parse *parse)
{
    int day, month, year, end = 0;
    for (int from = -4; from <= 0 && parse->tape->values; from++) {
        for (int to = 0; to <= 4; to++) {
            int kind = slip_kind(parse, from);
            bool begins = kind == TOKEN_NUMBER || kind == TOKEN_QUANTITY || kind == TOKEN_NAME;
            const char *text =
                begins && slip_same_line(parse, to > 0 ? to : 0) ? span_text(slip_span(parse, from, to)) : "";
            const char *right = date_in_words(text);
            bool whole = sscanf(text, "%2d%*[/.-]%2d%*[/.-]%4d%n", &day, &month, &year, &end) == 3 &&
                         text[end] == '\0' && year >= 1000;
            if (!whole && right == NULL) {
                continue;
            }
            struct span span = slip_span(parse, from, to);
            right = right != NULL ? right : date_year_last(text);
            if (right == NULL) {
                diag_add(parse->diags, DIAG_DATE_UNREADABLE, span, text, NULL);
            } else {
                diag_fix(diag_add(parse->diags, DIAG_DATE_FORM, span, text, right, NULL), span, right);
            }
            return true;
        }
    }
    return false;
}

/* `2017-04-25 10:30`, `2017-04-25T00:00` in a facts file: a date has no time of day. */
bool slip_time_of_day(struct parse *parse)
{
    int date = slip_kind(parse, -1) == TOKEN_DATE ? -1 : -2, hour = date + 1, last = 0;
    const char *text = slip_text(parse, hour) + (*slip_text(parse, hour) == 'T');
    bool clock = parse->tape->values && slip_kind(parse, date) == TOKEN_DATE && slip_same_line(parse, hour) &&
                 strspn(text, "0123456789") == strlen(text) && slip_kind(parse, hour + 1) == TOKEN_COLON;
    if (!clock) {
        return false;
    }
    while (slip_same_line(parse, last + 1) &&
           (slip_kind(parse, last + 1) == TOKEN_COLON || slip_kind(parse, last + 1) == TOKEN_NUMBER)) {
        last++;
    }
    struct span span = slip_span(parse, date, last);
    const char *right = slip_text(parse, date);
    diag_mend(diag_add(parse->diags, DIAG_DATE_FORM, span, span_text(span), right, NULL), span, right);
    return true;
}

static bool in_date(const struct parse *parse, int offset)
{
    switch (slip_kind(parse, offset)) {
    case TOKEN_NAME: return offset == 0 || month_named(slip_text(parse, offset)) > 0;
    case TOKEN_NUMBER:
    case TOKEN_QUANTITY:
    case TOKEN_SPAN:
    case TOKEN_DIVIDE:
    case TOKEN_MINUS:
    case TOKEN_DOT:
    case TOKEN_COMMA:
    case TOKEN_DATE: return true;
    default: return false;
    }
}

/* `Friday 2025-02-15`: the weekday stands behind. */
static const char *date_after_weekday(const struct parse *parse, int last)
{
    bool two = last == 1 || (last == 2 && slip_kind(parse, 1) == TOKEN_COMMA);
    return two && slip_kind(parse, 0) == TOKEN_NAME && slip_kind(parse, last) == TOKEN_DATE
               ? str_print("%s %s", slip_text(parse, last), slip_text(parse, 0))
               : NULL;
}

/* A date is wanted, and something else than 2025-05-30 stands there. */
bool slip_date_words(struct parse *parse)
{
    int last = 0;
    if (!parse->accepts[TOKEN_DATE] || parse->accepts[TOKEN_NUMBER] || !in_date(parse, 0) ||
        !slip_same_line(parse, 0)) {
        return false;
    }
    while (in_date(parse, last + 1) && slip_same_line(parse, last + 1)) {
        last++;
    }
    struct span span = slip_span(parse, 0, last);
    const char *text = span_text(span), *right = date_after_weekday(parse, last);
    right = right != NULL ? right : date_in_words(text);
    right = right != NULL ? right : date_year_last(text);
    if (right != NULL) {
        diag_mend(diag_add(parse->diags, DIAG_DATE_FORM, span, text, right, NULL), span, right);
    } else {
        diag_add(parse->diags, DIAG_DATE_UNREADABLE, span, text, NULL);
    }
    return true;
}

/* The numbers of `3月`, of `3月至5月`; NULL: it is neither. */
static const char *months_counted(const char *text)
{
    struct str numbers = {0};
    int month, end;
    while (end = 0, sscanf(text, "%2d月%n", &month, &end) == 1 && end > 0) {
        str_add(&numbers, str_print("%s%d", numbers.length > 0 ? ".." : "", month));
        text += end;
        text += strncmp(text, "份", strlen("份")) == 0 ? strlen("份") : 0;
        text += strncmp(text, "至", strlen("至")) == 0 || strncmp(text, "到", strlen("到")) == 0
                    ? strlen("至")
                    : 0;
    }
    return *text == '\0' && numbers.length > 0 ? str_text(&numbers) : NULL;
}

/* What one piece of a list of months comes to in numbers; NULL: it is no piece of one. */
static const char *month_piece(const struct parse *parse, int offset)
{
    const char *text = slip_text(parse, offset);
    int month;
    switch (slip_kind(parse, offset)) {
    case TOKEN_COMMA:
    case TOKEN_AND: return ", ";
    case TOKEN_MINUS:
    case TOKEN_TO:
    case TOKEN_DOTDOT: return "..";
    case TOKEN_NUMBER: return text;
    case TOKEN_QUANTITY: return months_counted(text);
    case TOKEN_NAME: month = month_named(text); return month > 0 ? str_print("%d", month) : NULL;
    default: return NULL;
    }
}

/* `study = 3月、4月`, `study = March to June`, in a facts file. */
bool slip_month_words(struct parse *parse)
{
    struct str numbers = {0};
    int first = 0, last;
    bool words = false;
    while (slip_same_line(parse, first) && month_piece(parse, first - 1) != NULL) {
        first--;
    }
    for (last = first; month_piece(parse, last) != NULL && slip_same_line(parse, last); last++) {
        str_add(&numbers, month_piece(parse, last));
        words |= slip_kind(parse, last) == TOKEN_NAME || slip_kind(parse, last) == TOKEN_QUANTITY;
    }
    if (!parse->tape->values || !words || slip_kind(parse, first - 1) != TOKEN_EQ || last <= 0) {
        return false;
    }
    struct span span = slip_span(parse, first, last - 1);
    diag_fix(diag_add(parse->diags, DIAG_MONTH_WORDS, span, str_text(&numbers), NULL), span,
             str_text(&numbers));
    return true;
}
