/* Slips in statements, bands, grades, facts. */
#include <string.h>
#include "base/mem.h"
#include "base/str.h"
#include "syntax/slips.h"

static bool is_numeric_type(int kind)
{
    return kind == TOKEN_COUNT || kind == TOKEN_AMOUNT || kind == TOKEN_NUMBER_T;
}

/* `a : count 人`, which fails a token late. */
bool slip_count_unit(struct parse *parse)
{
    bool unit = parse->accepts[TOKEN_COLON] && slip_kind(parse, -1) == TOKEN_NAME &&
                slip_same_line(parse, -1) && is_numeric_type(slip_kind(parse, -2)) &&
                slip_kind(parse, -3) == TOKEN_COLON;
    if (!unit) {
        return false;
    }
    const char *name = slip_text(parse, -1);
    struct span span = slip_token(parse, -1)->span;
    diag_mend(diag_add(parse->diags, DIAG_UNIT_NEEDS_BRACKETS, span, name, slip_text(parse, -2), NULL),
              slip_span(parse, -2, -1), str_print("%s(%s)", slip_text(parse, -2), name));
    return true;
}

/* `share, evidence`: the qualifier is two words. */
bool slip_evidence_alone(struct parse *parse)
{
    if (slip_kind(parse, 0) != TOKEN_EVIDENCE || !parse->accepts[TOKEN_EVIDENCE_REQUIRED]) {
        return false;
    }
    return slip_instead(parse, slip_token(parse, 0)->span, slip_spelling(parse, TOKEN_EVIDENCE_REQUIRED),
                        true);
}

/* ---------------------------------------------------------------- facts files */

/* `met except partly 5`. */
bool slip_except(struct parse *parse)
{
    if (slip_kind(parse, -1) != TOKEN_EXCEPT) {
        return false;
    }
    bool swapped = slip_kind(parse, 1) == TOKEN_NUMBER;
    struct span span = swapped ? slip_span(parse, 0, 1) : slip_token(parse, 0)->span;
    const char *value =
        slip_is_value(slip_kind(parse, 0)) ? slip_text(parse, 0) : slip_spelling(parse, TOKEN_NO);
    struct diag *diag =
        diag_add(parse->diags, DIAG_EXCEPT_WITHOUT_NUMBER, span, slip_text(parse, -1), value, NULL);
    if (swapped) {
        diag_mend(diag, span, str_print("%s %s", slip_text(parse, 1), value));
    }
    return true;
}

/* Neither a bar nor the head of a line: the bar of a row heads its line. */
static bool is_cell_word(const struct parse *parse, int offset)
{
    return slip_same_line(parse, offset) && slip_kind(parse, offset) != TOKEN_BAR;
}

/* `| a | b c |`: the words from the last bar to the next. */
bool slip_cell_words(struct parse *parse)
{
    if (!parse->accepts[TOKEN_BAR] || !is_cell_word(parse, -1) || !slip_same_line(parse, 0) ||
        slip_kind(parse, 0) == TOKEN_RBRACE) {
        return false;
    }
    int first = -1, last = 0;
    while (is_cell_word(parse, first - 1)) {
        first--;
    }
    while (is_cell_word(parse, last + 1)) {
        last++;
    }
    struct span span = slip_span(parse, first, last);
    diag_mend(diag_add(parse->diags, DIAG_CELL_NEEDS_QUOTES, span, span_text(span), NULL), span,
              str_print("\"%s\"", span_text(span)));
    return true;
}

/* `name = two words`: the second is read as the next fact, and its `=` is missed. */
bool slip_words_as_value(struct parse *parse)
{
    bool late = parse->tape->values && parse->accepts[TOKEN_EQ] &&
                (!slip_same_line(parse, 0) || slip_kind(parse, 0) == TOKEN_RBRACE);
    int first = -1;
    while (slip_kind(parse, first) == TOKEN_NAME && slip_same_line(parse, first)) {
        first--;
    }
    if (!late || slip_kind(parse, first) != TOKEN_EQ || first > -3) {
        return false;
    }
    struct span span = slip_span(parse, first + 1, -1);
    diag_mend(diag_add(parse->diags, DIAG_CELL_NEEDS_QUOTES, span, span_text(span), NULL), span,
              str_print("\"%s\"", span_text(span)));
    return true;
}

/* In a facts file: the offset of the first token of the value that the line gives; 0: it gives none before the token that failed. */
static int value_begun(const struct parse *parse)
{
    int first = -1;
    if (!parse->tape->values || !slip_same_line(parse, 0)) {
        return 0;
    }
    while (slip_same_line(parse, first)) {
        first--;
    }
    bool entry =
        first <= -3 && slip_kind(parse, first) == TOKEN_NAME && slip_kind(parse, first + 1) == TOKEN_EQ;
    return entry ? first + 2 : 0;
}

/* The last token of the line that belongs to neither a remark in quotes, nor evidence, nor the next entry. */
static int line_of_value_end(const struct parse *parse)
{
    int last = 0;
    while (slip_same_line(parse, last + 1) && slip_kind(parse, last + 1) != TOKEN_YYEOF) {
        int kind = slip_kind(parse, last + 1);
        if (kind == TOKEN_STRING || kind == TOKEN_EVIDENCE || kind == TOKEN_SEMICOLON ||
            kind == TOKEN_RBRACE || kind == TOKEN_EQ) {
            break;
        }
        last++;
    }
    return last;
}

/* `head = A. Lind`, `visits = about 300`. */
bool slip_words_run_on(struct parse *parse)
{
    int first = value_begun(parse), kind = slip_kind(parse, 0);
    bool goes_on = kind == TOKEN_NUMBER || kind == TOKEN_QUANTITY || kind == TOKEN_DOT || kind == TOKEN_MINUS;
    if (first == 0 || slip_kind(parse, first) != TOKEN_NAME || !goes_on) {
        return false;
    }
    struct span span = slip_span(parse, first, line_of_value_end(parse));
    diag_fix(diag_add(parse->diags, DIAG_CELL_NEEDS_QUOTES, span, span_text(span), NULL), span,
             str_print("\"%s\"", span_text(span)));
    return true;
}

/* `safe = yes, since 2010`: behind the comma stands no further value. */
static bool remark_behind_comma(struct parse *parse)
{
    if (value_begun(parse) == 0 || slip_kind(parse, 0) != TOKEN_COMMA || !slip_same_line(parse, 1) ||
        slip_kind(parse, 2) == TOKEN_EQ) {
        return false;
    }
    int last = line_of_value_end(parse);
    const char *right = str_print("\"%s\"", span_text(slip_span(parse, 1, last)));
    struct span span = slip_span(parse, 0, last);
    diag_fix(diag_add(parse->diags, DIAG_REMARK_BARE, span, right, NULL), span, str_print(" %s", right));
    return true;
}

/* `visits = 300 (estimated)`. */
bool slip_remark_bare(struct parse *parse)
{
    if (remark_behind_comma(parse)) {
        return true;
    }
    int last = line_of_value_end(parse);
    if (value_begun(parse) == 0 || slip_kind(parse, 0) != TOKEN_LPAREN) {
        return false;
    }
    bool closed = last > 1 && slip_kind(parse, last) == TOKEN_RPAREN;
    const char *inside = span_text(slip_span(parse, closed ? 1 : 0, closed ? last - 1 : last));
    const char *right = str_print("\"%s\"", inside);
    struct span span = slip_span(parse, 0, last);
    diag_fix(diag_add(parse->diags, DIAG_REMARK_BARE, span, right, NULL), span, right);
    return true;
}

/* `x = 95% 以上`, `ok = no violations`: the word behind the value is taken for the next fact, and what follows it fails. */
bool slip_remark_late(struct parse *parse)
{
    bool late = parse->tape->values && parse->accepts[TOKEN_EQ] && parse->accepts[TOKEN_DOT] &&
                slip_kind(parse, -1) == TOKEN_NAME && slip_same_line(parse, -1) &&
                slip_kind(parse, 0) != TOKEN_EQ;
    int equals = -2;
    while (slip_same_line(parse, equals) && slip_kind(parse, equals) != TOKEN_EQ) {
        equals--;
    }
    if (!late || equals == -2 || slip_kind(parse, equals) != TOKEN_EQ) {
        return false;
    }
    struct span span = slip_span(parse, -1, slip_same_line(parse, 0) ? line_of_value_end(parse) : -1);
    bool touches = span.start == slip_token(parse, -2)->span.end;
    const char *right = str_print("\"%s\"", span_text(span));
    diag_fix(diag_add(parse->diags, DIAG_REMARK_BARE, span, right, NULL), span,
             touches ? str_print(" %s", right) : right);
    return true;
}

bool slip_row_in_line(struct parse *parse)
{
    if (slip_kind(parse, 0) != TOKEN_BAR || !parse->accepts[TOKEN_ROW]) {
        return false;
    }
    struct span span = slip_token(parse, 0)->span;
    diag_add(parse->diags, DIAG_ROW_IN_LINE, span, NULL);
    return true;
}

/* A declaration in a facts file, `members = 86` in a standard. */
bool slip_other_file(struct parse *parse)
{
    const struct token *token = slip_token(parse, 0);
    bool top = parse->braces.count == 0 && !slip_same_line(parse, 0);
    bool in_facts = parse->tape->values && token_class(token) == KEYWORD_OPENER &&
                    parse->accepts[TOKEN_DECISION] && slip_kind(parse, 1) != TOKEN_EQ;
    bool in_standard =
        token->kind == TOKEN_NAME && parse->accepts[TOKEN_STANDARD] && slip_kind(parse, 1) == TOKEN_EQ;
    if (!top || !(in_facts || in_standard)) {
        return false;
    }
    diag_add(parse->diags, DIAG_OTHER_FILE, token->span, slip_text(parse, 0),
             in_facts ? "@facts_file" : "@rubric_file", in_facts ? "@rubric_file" : "@facts_file", NULL);
    return true;
}

/* ---------------------------------------------------------------- heads of parts */

static bool is_followed_by_text(int kind)
{
    return kind == TOKEN_EDITION || kind == TOKEN_ISSUER || kind == TOKEN_CITE || kind == TOKEN_NOTE ||
           kind == TOKEN_EVIDENCE || kind == TOKEN_INTERPRETATION || kind == TOKEN_USE;
}

/* `edition 2017`, `issuer 县政府`. */
bool slip_quotes_missing(struct parse *parse)
{
    bool file =
        parse->tape->values && (slip_kind(parse, -1) == TOKEN_STANDARD || slip_kind(parse, -1) == TOKEN_UNIT);
    bool text = (file || is_followed_by_text(slip_kind(parse, -1))) && parse->accepts[TOKEN_STRING] &&
                slip_is_value(slip_kind(parse, 0)) && slip_same_line(parse, 0);
    int last = 0;
    while (file && slip_same_line(parse, last + 1)) { /* `standard base.rubric`, `unit 3` */
        last++;
    }
    if (!text || slip_kind(parse, 1) == TOKEN_STRING) {
        return false;
    }
    struct span span = slip_span(parse, 0, last);
    const char *right = str_print("\"%s\"", span_text(span));
    diag_mend(diag_add(parse->diags, DIAG_QUOTES_MISSING, span, slip_text(parse, -1), right, NULL), span,
              right);
    return true;
}

/* `criterion c cap 4 "label" {`. */
bool slip_label_late(struct parse *parse)
{
    if (slip_kind(parse, 0) != TOKEN_STRING || !parse->accepts[TOKEN_CAP] || !parse->accepts[TOKEN_WEIGHT] ||
        parse->accepts[TOKEN_NAME]) {
        return false;
    }
    int word = -1;
    while (token_class(slip_token(parse, word)) != KEYWORD_OPENER && slip_kind(parse, word) != TOKEN_YYEOF) {
        word--;
    }
    if (slip_kind(parse, word + 2) == TOKEN_STRING &&
        word + 2 < 0) { /* it has its label, and this is something else */
        return false;
    }
    const char *attributes = word + 2 < 0 ? str_print(" %s", span_text(slip_span(parse, word + 2, -1))) : "";
    const char *right =
        str_print("%s %s%s", span_text(slip_span(parse, word, word + 1)), slip_text(parse, 0), attributes);
    diag_mend(diag_add(parse->diags, DIAG_LABEL_LATE, slip_token(parse, 0)->span, right, NULL),
              slip_span(parse, word, 0), right);
    return true;
}

/* `section s 23 {`. */
bool slip_cap_missing(struct parse *parse)
{
    int kind = slip_kind(parse, 0);
    bool number = kind == TOKEN_NUMBER || kind == TOKEN_PERCENT;
    bool in_head = parse->accepts[TOKEN_CAP] && parse->accepts[TOKEN_WEIGHT] && !parse->accepts[TOKEN_NAME];
    if (!number || !in_head) {
        return false;
    }
    const char *word = slip_spelling(parse, kind == TOKEN_NUMBER ? TOKEN_CAP : TOKEN_WEIGHT);
    struct span span = slip_token(parse, 0)->span;
    struct diag *diag = diag_add(parse->diags, DIAG_CAP_MISSING, span, word, slip_text(parse, 0), NULL);
    int before = -1;
    while (slip_kind(parse, before) != TOKEN_CAP && slip_kind(parse, before) != TOKEN_YYEOF &&
           token_class(slip_token(parse, before)) != KEYWORD_OPENER) {
        before--;
    }
    if (slip_kind(parse, before) != TOKEN_CAP && slip_kind(parse, 1) == TOKEN_LBRACE) {
        slip_insert(diag, span, str_print("%s ", word));
    }
    return true;
}

/* `weight 5`. */
bool slip_percent_needed(struct parse *parse)
{
    if (slip_kind(parse, 0) != TOKEN_NUMBER || !parse->accepts[TOKEN_PERCENT] ||
        token_class(slip_token(parse, -1)) == KEYWORD_NONE || parse->accepts[TOKEN_NAME]) {
        return false;
    }
    struct span span = slip_token(parse, 0)->span;
    struct diag *diag =
        diag_add(parse->diags, DIAG_PERCENT_NEEDED, span, slip_text(parse, -1), slip_text(parse, 0), NULL);
    if (num_compare(AST(number, slip_token(parse, 0)->node)->value, num_int(1)) > 0) {
        diag_mend(diag, span_after(span), "%");
    } else { /* 0.4 may be meant as 40% */
        diag_fix(diag, span_after(span), "%");
    }
    return true;
}

/* ---------------------------------------------------------------- judged */

static const char *sample_range(const struct parse *parse)
{
    return str_print("%s 0 %s 3", slip_spelling(parse, TOKEN_FROM), slip_spelling(parse, TOKEN_TO));
}

/* `judged 0 to 3`; outside bands it is the `to` that fails, since `judged` may stand alone. */
bool slip_judged_bare(struct parse *parse)
{
    int first = slip_kind(parse, 0) == TOKEN_TO ? -1 : 0, kind = slip_kind(parse, first);
    bool number = kind == TOKEN_NUMBER || kind == TOKEN_PERCENT || kind == TOKEN_QUANTITY;
    if (slip_kind(parse, first - 1) != TOKEN_JUDGED || !number) {
        return false;
    }
    const char *from = slip_spelling(parse, TOKEN_FROM);
    bool whole = slip_kind(parse, first + 1) == TOKEN_TO && slip_is_value(slip_kind(parse, first + 2));
    const char *right =
        whole ? str_print("%s %s", from, span_text(slip_span(parse, first, first + 2))) : sample_range(parse);
    struct span span = slip_token(parse, first)->span;
    struct diag *diag = diag_add(parse->diags, DIAG_JUDGED_WITHOUT_FROM, span, slip_text(parse, first - 1),
                                 from, right, NULL);
    if (whole) {
        slip_insert(diag, span, str_print("%s ", from));
    }
    return true;
}

/* `judged by bureau` where points are wanted. */
bool slip_range_needed(struct parse *parse)
{
    if (slip_kind(parse, -1) != TOKEN_JUDGED || parse->accepts[TOKEN_BY]) {
        return false;
    }
    diag_add(parse->diags, DIAG_RANGE_NEEDED, slip_token(parse, -1)->span, slip_text(parse, -1),
             sample_range(parse), NULL);
    return true;
}

/* ---------------------------------------------------------------- bands and rows */

/* `choose by a { -2 : 3 }`; behind another row, `0 : 1  -2 : 3`, the sign is taken for a minus and the colon fails. */
bool slip_negative_row(struct parse *parse)
{
    int sign = slip_kind(parse, 0) == TOKEN_COLON ? -2 : 0;
    bool row = slip_kind(parse, sign) == TOKEN_MINUS && parse->accepts[TOKEN_EQ] &&
               parse->accepts[TOKEN_NAME] && parse->accepts[TOKEN_FROM];
    if (!row) {
        return false;
    }
    struct span span = slip_span(parse, sign, sign + 1);
    const char *is = slip_spelling(parse, TOKEN_EQ);
    struct diag *diag = diag_add(parse->diags, DIAG_NEGATIVE_IN_ROW, span, is, span_text(span), NULL);
    slip_insert(diag, span, str_print("%s ", is));
    return true;
}

static bool is_range_mark(int kind)
{
    return kind == TOKEN_MINUS || kind == TOKEN_TO || kind == TOKEN_DOTDOT;
}

/* Words behind a bound. */
static const struct {
    const char *text;
    int compare;
} bound_words[] = {
#define BOUND(text, token) {text, TOKEN_##token},
#include "grammar/meant.def"
};

int slip_bound_word(const char *words)
{
    for (size_t i = 0; i < sizeof bound_words / sizeof *bound_words; i++) {
        if (strcmp(bound_words[i].text, words) == 0) {
            return bound_words[i].compare;
        }
    }
    return 0;
}

/* What a band is written as that begins with a value; *last is its last token. NULL: nothing of the kind stands here. */
static const char *band_meant(const struct parse *parse, int *last)
{
    const char *from = slip_spelling(parse, TOKEN_FROM), *to = slip_spelling(parse, TOKEN_TO);
    const char *below = slip_spelling(parse, TOKEN_LT), *value = slip_text(parse, 0);
    if (is_range_mark(slip_kind(parse, 1)) && slip_is_value(slip_kind(parse, 2))) { /* `80%-95%` */
        *last = 2;
        return str_print("%s %s %s %s %s", from, value, to, below, slip_text(parse, 2));
    }
    int low = slip_kind(parse, 1), high = slip_kind(parse, 3);
    if ((low == TOKEN_LE || low == TOKEN_LT) &&
        (high == TOKEN_LE || high == TOKEN_LT)) { /* `80% <= x < 95%` */
        *last = 4;
        return str_print("%s %s%s%s %s %s%s%s", from, low == TOKEN_LT ? slip_spelling(parse, TOKEN_GT) : "",
                         low == TOKEN_LT ? " " : "", value, to, high == TOKEN_LT ? below : "",
                         high == TOKEN_LT ? " " : "", slip_text(parse, 4));
    }
    *last = 1;
    while (slip_same_line(parse, *last + 1) && slip_kind(parse, *last + 1) != TOKEN_COLON) {
        (*last)++;
    }
    const char *words = span_text(slip_span(parse, 1, *last));
    int compare = slip_bound_word(words);
    if (compare != 0) {
        return str_print("%s %s", slip_spelling(parse, compare), value);
    }
    const char *digits =
        words + strcspn(words, "0123456789"); /* `80%至95%`, where the number is stuck to the word */
    bool until = strncmp(words, "至", strlen("至")) == 0 || strncmp(words, "到", strlen("到")) == 0;
    bool percent = slip_kind(parse, 0) == TOKEN_PERCENT && strchr(digits, '%') == NULL;
    return until && *digits != '\0'
               ? str_print("%s %s %s %s %s%s", from, value, to, below, digits, percent ? "%" : "")
               : NULL;
}

/* `bands x { 3 : 4 }`; behind another band, `at least 5 : 6  3 : 4`, the colon tells that it is none of its points. */
bool slip_band_start(struct parse *parse)
{
    bool band = parse->accepts[TOKEN_GE] && parse->accepts[TOKEN_FROM] && parse->accepts[TOKEN_OTHERWISE] &&
                !parse->accepts[TOKEN_NAME];
    if (slip_kind(parse, 0) == TOKEN_NAME && slip_kind(parse, 1) == TOKEN_COLON &&
        slip_hidden_keyword(parse)) {
        return true;
    }
    int last;
    const char *meant = slip_is_value(slip_kind(parse, 0)) ? band_meant(parse, &last) : NULL;
    bool in_points = parse->accepts[TOKEN_PLUS] && slip_kind(parse, 1) != TOKEN_COLON && meant == NULL;
    bool word = slip_kind(parse, 0) == TOKEN_NAME && slip_is_value(slip_kind(parse, 1));
    if (!band || word || !slip_is_value(slip_kind(parse, 0)) || in_points) {
        return false;
    }
    const char *value = slip_text(parse, 0);
    const char *forms =
        str_print("%s %s" DIAG_NEXT "%s %s" DIAG_NEXT "%s %s", slip_spelling(parse, TOKEN_GE), value,
                  slip_spelling(parse, TOKEN_EQ), value, slip_spelling(parse, TOKEN_LT), value);
    struct diag *diag = diag_add(parse->diags, DIAG_BAND_WITHOUT_START, slip_token(parse, 0)->span,
                                 meant != NULL ? meant : forms, NULL);
    if (meant != NULL) {
        struct span span = slip_span(parse, 0, last);
        span.end += span.source->text[span.end] == '%';
        diag_fix(diag, span, meant); /* its ends may be meant otherwise */
    }
    return true;
}

/* `90% and above : 5`, `at least 90% : 5` as a line of a criterion. */
bool slip_bands_bare(struct parse *parse)
{
    bool begins = parse->accepts[TOKEN_START_AT] && parse->accepts[TOKEN_NUMBER];
    bool late = parse->accepts[TOKEN_WHEN] && parse->accepts[TOKEN_PER] &&
                slip_is_value(slip_kind(parse, -1)) &&
                (!slip_same_line(parse, -1) || slip_kind(parse, -2) == TOKEN_LBRACE);
    bool bound = begins && (slip_is_compare(slip_kind(parse, 0)) || slip_kind(parse, 0) == TOKEN_FROM);
    int colon = 0;
    while (slip_kind(parse, colon) != TOKEN_COLON && slip_same_line(parse, colon + 1)) {
        colon++;
    }
    if (slip_block(parse) != TOKEN_CRITERION || !(bound || late) || slip_kind(parse, colon) != TOKEN_COLON) {
        return false;
    }
    struct span span = slip_span(parse, bound ? 0 : -1, colon - (colon > 0));
    const char *bands = slip_spelling(parse, TOKEN_BANDS);
    const char *form = slip_tongue(parse) == LANG_ZH ? "%s 满意率 { 不低于 90%%：5  其余：0 }"
                                                     : "%s satisfaction { at least 90%% : 5  otherwise : 0 }";
    diag_add(parse->diags, DIAG_BANDS_BARE, span, span_text(span), bands, str_print(form, bands), NULL);
    return true;
}

/* ---------------------------------------------------------------- grades */

/* `优秀 when total >= 90 "很好"  良好 when …`: the text is read as the next grade. */
bool slip_label_of_grade(struct parse *parse)
{
    if (slip_block(parse) != TOKEN_GRADES || slip_kind(parse, -1) != TOKEN_STRING ||
        !parse->accepts[TOKEN_WHEN] || !slip_same_line(parse, -1) || slip_kind(parse, -2) == TOKEN_LBRACE) {
        return false;
    }
    int when = -2;
    while (slip_kind(parse, when) != TOKEN_WHEN && slip_kind(parse, when) != TOKEN_YYEOF &&
           slip_kind(parse, when) != TOKEN_LBRACE) {
        when--;
    }
    if (slip_kind(parse, when) != TOKEN_WHEN) {
        return false;
    }
    const char *right = str_print("%s %s %s", slip_text(parse, when - 1), slip_text(parse, -1),
                                  span_text(slip_span(parse, when, -2)));
    struct diag *diag = diag_add(parse->diags, DIAG_LABEL_OF_GRADE, slip_token(parse, -1)->span,
                                 slip_text(parse, when), right, NULL);
    diag_mend(diag, slip_span(parse, when - 1, -1), right);
    return true;
}

/* `A : total >= 90`, `优秀：90分以上`. */
bool slip_grade_colon(struct parse *parse)
{
    if (slip_block(parse) != TOKEN_GRADES || slip_kind(parse, 0) != TOKEN_COLON ||
        !parse->accepts[TOKEN_WHEN]) {
        return false;
    }
    const char *when = slip_spelling(parse, TOKEN_WHEN), *text = slip_text(parse, 1);
    size_t digits = strspn(text, "0123456789.");
    bool above = slip_kind(parse, 1) == TOKEN_QUANTITY && strstr(text, "以上") != NULL;
    const char *right = above ? str_print(" %s %s %s %s", when, slip_spelling(parse, TOKEN_TOTAL),
                                          slip_spelling(parse, TOKEN_GE), mem_text(text, digits))
                              : str_print(" %s", when);
    struct span span = slip_span(parse, 0, above ? 1 : 0);
    struct diag *diag = diag_add(parse->diags, DIAG_MISSPELT, span, span_text(span), NULL);
    diag_suggest(diag, right + 1);
    bool gap = span.source->text[span.end] == ' ' || above;
    diag_mend(diag, span, gap ? right : str_print("%s ", right));
    return true;
}

static bool is_notch(int kind)
{
    return kind == TOKEN_LOWER || kind == TOKEN_RAISE || kind == TOKEN_NO_HIGHER_THAN ||
           kind == TOKEN_NO_LOWER_THAN;
}

bool slip_grade_after_notch(struct parse *parse)
{
    int kind = slip_kind(parse, 0);
    bool grade = slip_kind(parse, 1) == TOKEN_WHEN || kind == TOKEN_OTHERWISE;
    if (slip_block(parse) != TOKEN_GRADES || !parse->accepts[TOKEN_NO_HIGHER_THAN] || !grade) {
        return false;
    }
    int notch = -1;
    while (!is_notch(slip_kind(parse, notch)) && slip_kind(parse, notch) != TOKEN_YYEOF &&
           slip_kind(parse, notch) != TOKEN_LBRACE) {
        notch--;
    }
    if (!is_notch(slip_kind(parse, notch))) {
        return false;
    }
    struct diag *diag = diag_add(parse->diags, DIAG_GRADE_AFTER_NOTCH, slip_token(parse, 0)->span,
                                 slip_text(parse, notch), NULL);
    diag_other(diag, slip_token(parse, notch)->span, NULL);
    return true;
}
