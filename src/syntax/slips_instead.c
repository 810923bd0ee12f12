/* Words that people write where the language has others. */
#include <string.h>
#include "base/mem.h"
#include "base/str.h"
#include "syntax/literal.h"
#include "syntax/slips.h"

/* ---------------------------------------------------------------- between values */

/* Words that people write for those that join and compare. */
static const struct {
    const char *text;
    int token;
} joining_words[] = {
#define JOINING(text, token) {text, TOKEN_##token},
#include "grammar/meant.def"
};

enum { JOINING_WORDS_MAX = 5 };

/* What is meant by such a word, with the number that may be stuck to it; NULL: it is none. */
static const char *joining_word(const char *text)
{
    for (size_t i = 0; i < sizeof joining_words / sizeof *joining_words; i++) {
        size_t length = strlen(joining_words[i].text);
        const char *rest = text + length;
        bool ends =
            strncmp(text, joining_words[i].text, length) == 0 && strspn(rest, "0123456789.%") == strlen(rest);
        if (!ends) {
            continue;
        }
        const char *right =
            keyword_spelling(joining_words[i].token, (text[0] & 0x80) != 0 ? LANG_ZH : LANG_EN);
        return *rest != '\0' ? str_print("%s %s", right, rest) : right;
    }
    return NULL;
}

/* `人次 大于 1000`, `visits over 1000`, behind a value; `visits is greater than 3`, where the word is taken for what it is compared with. */
bool slip_joining_word(struct parse *parse)
{
    if (!parse->accepts[TOKEN_AND] || slip_wants_value(parse) || !slip_same_line(parse, 0)) {
        return false;
    }
    for (int first = -1; first <= 0; first++) {
        bool is = slip_kind(parse, first - 1) == TOKEN_EQ;
        for (int last = first + JOINING_WORDS_MAX - 1; last >= first && (is || first == 0); last--) {
            const char *right = joining_word(span_text(slip_span(parse, first, last)));
            if (right != NULL) {
                return slip_instead(parse, slip_span(parse, is ? first - 1 : first, last), right, true);
            }
        }
    }
    return false;
}

/* `full when visits is over 3`, `full when share 80% to 95%`: the number is taken for points that follow, and fails a word late. */
bool slip_points_late(struct parse *parse)
{
    bool points = slip_kind(parse, -1) == TOKEN_NUMBER || slip_kind(parse, -1) == TOKEN_PERCENT;
    bool late = points && slip_same_line(parse, -1) && slip_is_value(slip_kind(parse, -2)) &&
                parse->accepts[TOKEN_WHEN] && parse->accepts[TOKEN_PER];
    if (!late) {
        return false;
    }
    const char *right = slip_kind(parse, -3) == TOKEN_EQ ? joining_word(slip_text(parse, -2)) : NULL;
    if (right != NULL) {
        return slip_instead(parse, slip_span(parse, -3, -2), right, true);
    }
    diag_add(parse->diags, DIAG_OPERATOR_MISSING, slip_token(parse, -1)->span, slip_text(parse, -2),
             slip_text(parse, -1), slip_spelling(parse, TOKEN_AND), slip_spelling(parse, TOKEN_OR), NULL);
    return true;
}

/* `full if met`, `5 分 如果 甲`. */
bool slip_condition_word(struct parse *parse)
{
    bool word = slip_kind(parse, 0) == TOKEN_IF || strcmp(slip_text(parse, 0), "如果") == 0;
    if (word && parse->accepts[TOKEN_WHEN] && !parse->accepts[TOKEN_IF]) {
        bool chinese = (slip_text(parse, 0)[0] & 0x80) != 0;
        return slip_instead(parse, slip_token(parse, 0)->span,
                            keyword_spelling(TOKEN_WHEN, chinese ? LANG_ZH : LANG_EN), true);
    }
    return false;
}

/* `entry plus 10 days`, `甲 除以 乙`. */
bool slip_reckoning_word(struct parse *parse)
{
    static const struct {
        const char *text, *mark;
    } words[] = {
#define RECKONING(text, mark) {text, mark},
#include "grammar/meant.def"
    };
    if (!parse->accepts[TOKEN_PLUS] || slip_wants_value(parse) || !slip_same_line(parse, 0)) {
        return false;
    }
    for (int last = 0; last <= 1; last++) {
        struct span span = slip_span(parse, 0, last);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            if (strcmp(words[i].text, span_text(span)) == 0) {
                return slip_instead(parse, span, words[i].mark, true);
            }
        }
    }
    return false;
}

/* `86 out of 88` in a facts file, where 86 out is read as a number with its unit. */
bool slip_out_of(struct parse *parse)
{
    const char *part = slip_text(parse, -2);
    size_t digits = strspn(part, "0123456789._");
    bool share = slip_kind(parse, -2) == TOKEN_QUANTITY && strcmp(part + digits, " out") == 0 &&
                 strcmp(slip_text(parse, -1), "of") == 0 && slip_kind(parse, 0) == TOKEN_NUMBER;
    if (!share) {
        return false;
    }
    return slip_instead(parse, slip_span(parse, -2, 0),
                        str_print("%s of %s", mem_text(part, digits), slip_text(parse, 0)), true);
}

/* `95 percent`. */
bool slip_percent_word(struct parse *parse)
{
    if (slip_kind(parse, -1) != TOKEN_NUMBER || !slip_same_line(parse, 0) ||
        strcmp(slip_text(parse, 0), "percent") != 0) {
        return false;
    }
    return slip_instead(parse, slip_span(parse, -1, 0), str_print("%s%%", slip_text(parse, -1)), true);
}

/* `x between 80% and 95%`, `甲 在 80% 到 95% 之间`. */
bool slip_between(struct parse *parse)
{
    const char *text = slip_text(parse, 0);
    bool word = strcmp(text, "between") == 0 || strcmp(text, "介于") == 0 || strcmp(text, "在") == 0;
    int joined = slip_kind(parse, 2), kind = slip_kind(parse, 1);
    bool two = slip_is_value(kind) && slip_is_value(slip_kind(parse, 3)) &&
               (joined == TOKEN_AND || joined == TOKEN_TO || joined == TOKEN_DOTDOT || joined == TOKEN_MINUS);
    if (!word || !two || !parse->accepts[TOKEN_AND] || slip_kind(parse, -1) != TOKEN_NAME) {
        return false;
    }
    int last = strcmp(slip_text(parse, 4), "之间") == 0 ? 4 : 3;
    const char *right = str_print("%s %s %s %s %s %s", slip_spelling(parse, TOKEN_GE), slip_text(parse, 1),
                                  slip_spelling(parse, TOKEN_AND), slip_text(parse, -1),
                                  slip_spelling(parse, TOKEN_LE), slip_text(parse, 3));
    return slip_instead(parse, slip_span(parse, 0, last), right, false); /* the ends may be meant otherwise */
}

/* `no violations`, `无 违纪`: the answer no, and then a name. */
bool slip_no_before_name(struct parse *parse)
{
    const char *no = slip_text(parse, -1);
    bool none = slip_kind(parse, -1) == TOKEN_NO || strcmp(no, "无") == 0 || strcmp(no, "没有") == 0;
    if (!none || slip_kind(parse, 0) != TOKEN_NAME || !slip_same_line(parse, 0) || parse->tape->values ||
        !parse->accepts[TOKEN_AND]) {
        return false;
    }
    const char *name = slip_text(parse, 0);
    diag_add(parse->diags, DIAG_NO_BEFORE_NAME, slip_span(parse, -1, 0), no, name,
             str_print("%s %s 0", name, slip_spelling(parse, TOKEN_EQ)),
             str_print("%s %s", slip_spelling(parse, TOKEN_NOT), name), NULL);
    return true;
}

/* ---------------------------------------------------------------- words of papers */

/* Each is taken for its keyword where that one fits; the first that fits counts. */
static const struct paper_word {
    const char *text;
    int token;
} paper_words[] = {
#define PAPER(text, token) {text, TOKEN_##token},
#include "grammar/meant.def"
};

static bool is_points(int kind)
{
    return kind == TOKEN_NUMBER || kind == TOKEN_PERCENT;
}

/* The tokens from 0 to `last`; those that call points are followed by a number. */
static const struct paper_word *paper_word(const struct parse *parse, int last)
{
    const char *text = span_text(slip_span(parse, 0, last));
    bool number = is_points(slip_kind(parse, last + 1));
    for (size_t i = 0; i < sizeof paper_words / sizeof *paper_words; i++) {
        int token = paper_words[i].token;
        bool fits = parse->accepts[token] && (number || (token != TOKEN_CAP && token != TOKEN_TOTAL));
        if (fits && strcmp(paper_words[i].text, text) == 0) {
            return &paper_words[i];
        }
    }
    return NULL;
}

/* Of `veto_discipline` the words apart, where the first of them is a keyword that fits; NULL: it is none. */
static const char *keyword_joined(const struct parse *parse, const char *text)
{
    size_t length = strcspn(text, "_"), count;
    const struct spelling *some = keyword_starting(text, length, &count);
    bool keyword = count > 0 && strlen(some->text) == length && parse->accepts[some->token] &&
                   (some->class == KEYWORD_OPENER || some->class == KEYWORD_RESERVED);
    return text[length] == '_' && text[length + 1] != '\0' && keyword
               ? str_print("%s %s", mem_text(text, length), text + length + 1)
               : NULL;
}

/* Of a criterion; where a name fits, most keywords would, too. */
static bool begins_statement(const struct parse *parse)
{
    return parse->accepts[TOKEN_START_AT] && parse->accepts[TOKEN_NUMBER];
}

/* `分数 5` in the head of a part, `-1 when late`, `5 for open`, `else : 0` in bands, `年度 2024`. */
bool slip_paper_word(struct parse *parse)
{
    const char *apart = slip_kind(parse, 0) == TOKEN_NAME ? keyword_joined(parse, slip_text(parse, 0)) : NULL;
    if (apart != NULL) {
        return slip_instead(parse, slip_token(parse, 0)->span, apart, true);
    }
    if (slip_kind(parse, 0) == TOKEN_MINUS && begins_statement(parse) && is_points(slip_kind(parse, 1))) {
        const char *right = str_print("%s %s", slip_spelling(parse, TOKEN_DEDUCT), slip_text(parse, 1));
        return slip_instead(parse, slip_span(parse, 0, 1), right, true);
    }
    for (int last = slip_same_line(parse, 1) ? 1 : 0; last >= 0; last--) {
        const struct paper_word *word = paper_word(parse, last);
        if (word != NULL) {
            enum lang lang = span_tongue(slip_token(parse, 0)->span);
            return slip_instead(parse, slip_span(parse, 0, last), keyword_spelling(word->token, lang), true);
        }
    }
    return false;
}

/* `score = visits / 100`, `得分 = 人次 / 100` as a line of a criterion. */
bool slip_score_equals(struct parse *parse)
{
    const char *text = slip_text(parse, 0);
    bool score = strcmp(text, "score") == 0 || strcmp(text, "points") == 0 || strcmp(text, "得分") == 0 ||
                 strcmp(text, "分数") == 0;
    if (!score || slip_kind(parse, 1) != TOKEN_EQ || !begins_statement(parse)) {
        return false;
    }
    return slip_instead(parse, slip_span(parse, 0, 1), slip_spelling(parse, TOKEN_EARN), true);
}

/* `总分 80 以上`, `visits 100 or more` behind a value. */
bool slip_bound_behind(struct parse *parse)
{
    int number = slip_kind(parse, 0) == TOKEN_IN ? 1 : 0, kind = slip_kind(parse, number);
    bool bound = is_points(kind) && parse->accepts[TOKEN_AND] && !slip_wants_value(parse) &&
                 slip_same_line(parse, number);
    for (int last = number + 2; bound && last > number; last--) {
        const char *words = span_text(slip_span(parse, number + 1, last));
        int compare = slip_bound_word(words);
        if (compare != 0) {
            const char *right = str_print("%s %s", slip_spelling(parse, compare), slip_text(parse, number));
            return slip_instead(parse, slip_span(parse, 0, last), right, false);
        }
    }
    return false;
}

/* `if open then 4 else 0` as a line of a criterion. */
bool slip_if_statement(struct parse *parse)
{
    int then = 1;
    while (slip_same_line(parse, then) && slip_kind(parse, then) != TOKEN_THEN) {
        then++;
    }
    bool points = slip_kind(parse, 0) == TOKEN_IF && begins_statement(parse) &&
                  slip_kind(parse, then) == TOKEN_THEN && is_points(slip_kind(parse, then + 1));
    bool otherwise = slip_kind(parse, then + 2) == TOKEN_ELSE && is_points(slip_kind(parse, then + 3));
    if (!points || then == 1) {
        return false;
    }
    const char *when = slip_spelling(parse, TOKEN_WHEN),
               *condition = span_text(slip_span(parse, 1, then - 1));
    const char *number = slip_text(parse, then + 1);
    bool nothing = !otherwise || strcmp(slip_text(parse, then + 3), "0") == 0;
    const char *right =
        nothing ? str_print("%s %s %s", number, when, condition)
                : str_print("%s { %s %s : %s  %s : %s }", slip_spelling(parse, TOKEN_CHOOSE), when, condition,
                            number, slip_spelling(parse, TOKEN_OTHERWISE), slip_text(parse, then + 3));
    return slip_instead(parse, slip_span(parse, 0, otherwise ? then + 3 : then + 1), right, true);
}

/* `cap 60%`. */
bool slip_cap_percent(struct parse *parse)
{
    if (slip_kind(parse, -1) != TOKEN_CAP || slip_kind(parse, 0) != TOKEN_PERCENT) {
        return false;
    }
    const char *right = str_print("%s %s", slip_spelling(parse, TOKEN_WEIGHT), slip_text(parse, 0));
    return slip_instead(parse, slip_span(parse, -1, 0), right, false); /* or points are meant */
}

/* `1 per 10 visits`, `每 10 人次`: as many as there are tens. */
bool slip_per_number(struct parse *parse)
{
    bool per = slip_kind(parse, -2) == TOKEN_PER && slip_kind(parse, -1) == TOKEN_NUMBER &&
               slip_kind(parse, 0) == TOKEN_NAME && slip_same_line(parse, 0);
    if (!per) {
        return false;
    }
    const char *right = str_print("%s / %s", slip_text(parse, 0), slip_text(parse, -1));
    return slip_instead(parse, slip_span(parse, -1, 0), right, true);
}

/* ---------------------------------------------------------------- what is too much */

static bool gives_points(const char *text)
{
    static const char *const words[] = {
#define GIVING(text) text,
#include "grammar/meant.def"
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], text) == 0) {
            return true;
        }
    }
    return false;
}

/* `give 5 when open`, `得 5分 当 甲`, `full marks when open`. */
static bool word_too_much(struct parse *parse)
{
    int next = slip_kind(parse, 1), then = slip_kind(parse, 2);
    bool points = begins_statement(parse) && gives_points(slip_text(parse, 0)) && is_points(next) &&
                  (then == TOKEN_WHEN || then == TOKEN_PER);
    bool full = slip_kind(parse, -1) == TOKEN_FULL && slip_kind(parse, 0) == TOKEN_NAME && next == TOKEN_WHEN;
    if (!points && !full) {
        return false;
    }
    return slip_leave_out(parse, 0, 1,
                          str_print("%s …", span_text(slip_span(parse, points ? 1 : -1, points ? 2 : -1))));
}

/* `（4分） 当 甲`, `full (4) when open`; in the head of a part `（4分）` are its points. */
static bool points_in_brackets(struct parse *parse)
{
    bool points = slip_kind(parse, 0) == TOKEN_LPAREN && is_points(slip_kind(parse, 1)) &&
                  slip_kind(parse, 2) == TOKEN_RPAREN;
    bool in_head = parse->accepts[TOKEN_CAP] && parse->accepts[TOKEN_WEIGHT] && !parse->accepts[TOKEN_NAME];
    bool after_full = slip_kind(parse, -1) == TOKEN_FULL;
    if (!points || !(in_head || after_full || begins_statement(parse))) {
        return false;
    }
    struct span span = slip_span(parse, 0, 2);
    const char *number = slip_text(parse, 1);
    if (in_head) {
        const char *word = slip_spelling(parse, TOKEN_CAP);
        const char *text = span.source->text;
        const char *before = text[span.start - 1] == ' ' ? "" : " ",
                   *after = text[span.end] == ' ' ? "" : " ";
        diag_mend(diag_add(parse->diags, DIAG_CAP_MISSING, span, word, number, NULL), span,
                  str_print("%s%s %s%s", before, word, number, after));
    } else if (after_full) {
        return slip_leave_out(parse, 0, 3, str_print("%s …", slip_text(parse, -1)));
    } else {
        diag_mend(diag_add(parse->diags, DIAG_TOO_MUCH, slip_token(parse, 0)->span, slip_text(parse, 0),
                           str_print("%s …", number), NULL),
                  span, number);
    }
    return true;
}

/* Words that say something by what stands right behind them. */
static bool is_said_bare(const struct parse *parse, int kind)
{
    switch (kind) {
    case TOKEN_AS_OF:
    case TOKEN_STANDARD:
    case TOKEN_UNIT: return parse->tape->values;
    case TOKEN_EDITION:
    case TOKEN_ISSUER:
    case TOKEN_ISSUED:
    case TOKEN_PERIOD:
    case TOKEN_TOTAL:
    case TOKEN_CITE:
    case TOKEN_NOTE:
    case TOKEN_EVIDENCE:
    case TOKEN_CAP:
    case TOKEN_WEIGHT:
    case TOKEN_MINIMUM:
    case TOKEN_BY:
    case TOKEN_DUE:
    case TOKEN_AFTER:
    case TOKEN_WAIT:
    case TOKEN_NEEDS:
    case TOKEN_CONFERS: return true;
    default: return false;
    }
}

/* `as of = 2017-12-20`, `total: 100`, `分值：4`. */
static bool mark_too_much(struct parse *parse)
{
    int kind = slip_kind(parse, 0);
    bool mark = kind == TOKEN_EQ || kind == TOKEN_COLON;
    if (!mark || !is_said_bare(parse, slip_kind(parse, -1)) || !slip_same_line(parse, 0) ||
        !slip_same_line(parse, 1)) {
        return false;
    }
    bool in_quotes = slip_kind(parse, -1) == TOKEN_UNIT || slip_kind(parse, -1) == TOKEN_STANDARD;
    bool quoted = slip_kind(parse, 1) == TOKEN_STRING || slip_kind(parse, 2) == TOKEN_STRING;
    if (in_quotes && !quoted) { /* `unit: 3`, `standard: base.rubric` */
        int last = 1;
        while (slip_same_line(parse, last + 1)) {
            last++;
        }
        const char *right =
            str_print("%s \"%s\"", slip_text(parse, -1), span_text(slip_span(parse, 1, last)));
        diag_mend(diag_add(parse->diags, DIAG_TOO_MUCH, slip_token(parse, 0)->span, slip_text(parse, 0),
                           right, NULL),
                  slip_span(parse, -1, last), right);
        return true;
    }
    return slip_leave_out(parse, 0, 1, str_print("%s %s", slip_text(parse, -1), slip_text(parse, 1)));
}

/* `full when the visits`, `by the unit`: the article is taken for a name. */
static bool article(struct parse *parse)
{
    const char *word = slip_text(parse, -1);
    bool article =
        slip_kind(parse, -1) == TOKEN_NAME && (strcmp(word, "the") == 0 || strcmp(word, "an") == 0);
    bool name = slip_kind(parse, 0) == TOKEN_NAME || slip_kind(parse, 0) == TOKEN_UNIT;
    if (!article || !name || !slip_same_line(parse, 0)) {
        return false;
    }
    return slip_leave_out(parse, -1, 0, str_print("%s %s", slip_text(parse, -2), slip_text(parse, 0)));
}

bool slip_too_much(struct parse *parse)
{
    return article(parse) || mark_too_much(parse) || word_too_much(parse) || points_in_brackets(parse);
}

/* ---------------------------------------------------------------- points of a part inside its braces */

static bool is_cap(const struct parse *parse)
{
    int kind = slip_kind(parse, 0);
    bool cap = kind == TOKEN_CAP || kind == TOKEN_WEIGHT || kind == TOKEN_MINIMUM;
    for (size_t i = 0; i < sizeof paper_words / sizeof *paper_words && !cap; i++) {
        cap = paper_words[i].token == TOKEN_CAP && strcmp(paper_words[i].text, slip_text(parse, 0)) == 0;
    }
    return cap && is_points(slip_kind(parse, 1));
}

/* `criterion c "C" { cap 5  full when open }`. */
bool slip_cap_inside(struct parse *parse)
{
    int block = slip_block(parse);
    bool part =
        block == TOKEN_CRITERION || block == TOKEN_SECTION || block == TOKEN_BONUS || block == TOKEN_PENALTY;
    if (!part || !is_cap(parse) || parse->accepts[TOKEN_CAP]) {
        return false;
    }
    size_t brace = vec_last(&parse->braces);
    const struct token *head = slip_head(parse, brace), *last = parse_token(parse, brace - 1);
    bool stated = false;
    for (const struct token *token = head; token <= last; token++) {
        stated |= token->kind == TOKEN_CAP || token->kind == TOKEN_WEIGHT;
    }
    bool own = token_class(slip_token(parse, 0)) != KEYWORD_NONE && slip_kind(parse, 0) != TOKEN_FULL;
    const char *word = own ? slip_text(parse, 0) : slip_spelling(parse, TOKEN_CAP);
    const char *points = str_print("%s %s", word, slip_text(parse, 1));
    const char *line = span_text(span_join(head->span, last->span));
    struct span span = slip_span(parse, 0, 1), opened = parse_token(parse, brace)->span;
    struct diag *diag = diag_add(parse->diags, DIAG_CAP_INSIDE, span, slip_text(parse, 0),
                                 str_print(stated ? "%s {" : "%s %s {", line, points), NULL);
    if (!stated && brace + 1 == parse->at && slip_kind(parse, 2) != TOKEN_LBRACE) {
        diag_mend(diag, span_join(opened, span), str_print("%s {", points));
    }
    return true;
}

/* ---------------------------------------------------------------- days of the week */

/* `2017-04-25 Wensday`, `2017年4月25日（星期二）`; in a facts file the word is taken for the next fact, and what follows it fails. */
bool slip_weekday(struct parse *parse)
{
    int date = slip_kind(parse, -1) == TOKEN_DATE ? -1 : -2;
    bool bracket = slip_kind(parse, date + 1) == TOKEN_LPAREN, late = date == -2 && parse->tape->values;
    int word = bracket ? date + 2 : date + 1;
    int last = bracket && slip_kind(parse, word + 1) == TOKEN_RPAREN ? word + 1 : word;
    if (slip_kind(parse, date) != TOKEN_DATE || !(date == -1 || late) ||
        slip_kind(parse, word) != TOKEN_NAME || !slip_same_line(parse, word)) {
        return false;
    }
    bool right_day;
    const char *right = literal_weekday_near(slip_text(parse, word),
                                             AST(date, slip_token(parse, date)->node)->day, &right_day);
    if (right == NULL) {
        return false;
    }
    struct span span = slip_span(parse, date + 1, last);
    bool touches = span.start == slip_token(parse, date)->span.end;
    struct diag *diag = diag_add(parse->diags, DIAG_MISSPELT, span, span_text(span), NULL);
    diag_suggest(diag, right);
    const char *text = touches ? str_print(" %s", right) : right;
    if (right_day) {
        diag_mend(diag, span, text);
    } else {
        diag_fix(diag, span, text);
    }
    return true;
}
