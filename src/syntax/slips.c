#include "syntax/slips.h"
#include "base/str.h"

/* In this order: what is particular before what is general. */
static slip *const slips[] = {
    slip_keyword_split,  slip_twice,          slip_comment_mark,     slip_other_file,
    slip_score_equals,   slip_bound_behind,   slip_if_statement,     slip_cap_percent,
    slip_per_number,     slip_bands_bare,     slip_grade_colon,      slip_braces_wanted,
    slip_weekday,        slip_too_much,       slip_cap_inside,       slip_no_before_name,
    slip_between,        slip_condition_word, slip_joining_word,     slip_reckoning_word,
    slip_percent_word,   slip_paper_word,     slip_name_of_words,    slip_is_compared,
    slip_name_quoted,    slip_rounding_late,  slip_of_units_missing, slip_kind_named,
    slip_span_after,     slip_span_before,    slip_clause_word,      slip_day_first,
    slip_time_of_day,    slip_date_form,      slip_month_words,      slip_period_form,
    slip_span_form,      slip_date_words,     slip_digits_grouped,   slip_range_mark,
    slip_count_unit,     slip_except,         slip_cell_words,       slip_out_of,
    slip_words_run_on,   slip_remark_bare,    slip_words_as_value,   slip_remark_late,
    slip_comma_extra,    slip_row_in_line,    slip_evidence_alone,   slip_other_mark,
    slip_judged_bare,    slip_range_needed,   slip_label_of_grade,   slip_grade_after_notch,
    slip_negative_row,   slip_band_start,     slip_label_late,       slip_cap_missing,
    slip_percent_needed, slip_one_of_bare,    slip_where_inside,     slip_after_where,
    slip_dropping_half,  slip_chained,        slip_if_inside,        slip_unit_apart,
    slip_reserved_name,  slip_hidden_keyword, slip_misspelt,         slip_quotes_missing,
    slip_name_missing,   slip_nothing_after,  slip_body_missing,     slip_closes_nothing,
    slip_else_missing,   slip_bracket_lost,   slip_equals_missing,   slip_colon_missing,
    slip_brace_lost,     slip_points_late,    slip_two_names,        slip_comma_missing,
    slip_comma_stray,
};

bool slip_report(struct parse *parse)
{
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        if (slips[i](parse)) {
            return true;
        }
    }
    return false;
}

/* ---------------------------------------------------------------- what stands near */

const struct token *slip_token(const struct parse *parse, int offset)
{
    bool before_first = offset < 0 && (size_t)-offset > parse->at;
    return parse_token(parse, before_first ? SIZE_MAX : parse->at + (size_t)offset);
}

int slip_kind(const struct parse *parse, int offset)
{
    return slip_token(parse, offset)->kind;
}

const char *slip_text(const struct parse *parse, int offset)
{
    return span_text(slip_token(parse, offset)->span);
}

struct span slip_span(const struct parse *parse, int from, int to)
{
    return span_join(slip_token(parse, from)->span, slip_token(parse, to)->span);
}

bool slip_same_line(const struct parse *parse, int offset)
{
    const struct token *token = slip_token(parse, offset);
    return token->kind != TOKEN_YYEOF && !parse->tape->pieces.items[token->piece].starts_line;
}

bool slip_opens_statement(const struct parse *parse, int offset)
{
    const struct token *token = slip_token(parse, offset);
    bool in_conditions =
        token->kind == TOKEN_SECTION || token->kind == TOKEN_CRITERION || token->kind == TOKEN_QUALIFIES;
    return token_class(token) == KEYWORD_OPENER && (!in_conditions || !slip_same_line(parse, offset));
}

bool slip_is_value(int kind)
{
    switch (kind) {
    case TOKEN_NAME:
    case TOKEN_NUMBER:
    case TOKEN_PERCENT:
    case TOKEN_QUANTITY:
    case TOKEN_SPAN:
    case TOKEN_DATE:
    case TOKEN_YES:
    case TOKEN_NO:
    case TOKEN_UNKNOWN:
    case TOKEN_NA: return true;
    default: return false;
    }
}

bool slip_is_compare(int kind)
{
    switch (kind) {
    case TOKEN_EQ:
    case TOKEN_NE:
    case TOKEN_GE:
    case TOKEN_LE:
    case TOKEN_GT:
    case TOKEN_LT: return true;
    default: return false;
    }
}

bool slip_is_fold(int kind)
{
    switch (kind) {
    case TOKEN_COUNT_OF:
    case TOKEN_SUM_OF:
    case TOKEN_MEAN_OF:
    case TOKEN_HIGHEST_OF:
    case TOKEN_LOWEST_OF:
    case TOKEN_RANK_OF: return true;
    default: return false;
    }
}

bool slip_takes_condition(int kind)
{
    switch (kind) {
    case TOKEN_WHEN:
    case TOKEN_AND:
    case TOKEN_OR:
    case TOKEN_NOT:
    case TOKEN_IF:
    case TOKEN_WHERE:
    case TOKEN_HAS:
    case TOKEN_WHILE:
    case TOKEN_REQUIRE:
    case TOKEN_NEVER:
    case TOKEN_ALWAYS:
    case TOKEN_EXPECT: return true;
    default: return false;
    }
}

bool slip_wants_value(const struct parse *parse)
{
    return parse->accepts[TOKEN_NUMBER] && parse->accepts[TOKEN_NAME] && parse->accepts[TOKEN_YES];
}

/* The word that opens a block, on the way back from its `{`; the `{` itself where there is none. */
const struct token *slip_head(const struct parse *parse, size_t brace)
{
    for (size_t i = brace; i-- > 0;) {
        const struct token *token = parse_token(parse, i);
        if (token->kind == TOKEN_LBRACE || token->kind == TOKEN_RBRACE || token->kind == TOKEN_SEMICOLON) {
            break;
        }
        switch (token->kind) {
        case TOKEN_BANDS:
        case TOKEN_CHOOSE:
        case TOKEN_BEST_OF:
        case TOKEN_STEPS:
        case TOKEN_REVIEW:
        case TOKEN_TABLE: return token;
        default: break;
        }
        if (token_class(token) == KEYWORD_OPENER) {
            return token;
        }
    }
    return parse_token(parse, brace);
}

int slip_block(const struct parse *parse)
{
    return parse->braces.count > 0 ? slip_head(parse, vec_last(&parse->braces))->kind : 0;
}

/* ---------------------------------------------------------------- what is said */

const char *slip_end(const struct parse *parse)
{
    return parse->tape->source->name[0] == '<' ? "@end_of_line" : "@end_of_file";
}

enum lang slip_tongue(const struct parse *parse)
{
    const size_t *spelled = parse->tape->spelled;
    return spelled[LANG_ZH] > spelled[LANG_EN] ? LANG_ZH : LANG_EN;
}

const char *slip_spelling(const struct parse *parse, int token)
{
    return keyword_spelling(token, slip_tongue(parse));
}

void slip_insert(struct diag *diag, struct span span, const char *text)
{
    diag_mend(diag, span_before(span), text);
}

bool slip_instead(struct parse *parse, struct span span, const char *right, bool sure)
{
    struct diag *diag = diag_add(parse->diags, DIAG_MISSPELT, span, span_text(span), NULL);
    diag_suggest(diag, right);
    if (sure) {
        diag_mend(diag, span, right);
    } else {
        diag_fix(diag, span, right);
    }
    return true;
}

bool slip_leave_out(struct parse *parse, int from, int to, const char *right)
{
    struct span span = slip_span(parse, from, to - 1);
    struct diag *diag = diag_add(parse->diags, DIAG_TOO_MUCH, span, span_text(span), right, NULL);
    bool touches = span.start == slip_token(parse, from - 1)->span.end;
    span.end = slip_token(parse, to)->span.start;
    diag_mend(diag, span, touches ? " " : "");
    return true;
}
