#include <string.h>
#include "base/str.h"
#include "syntax/driver.h"
#include "syntax/slips.h"

/* The general message: what could have stood here, at most four things, in the reader's words. Sets of tokens that make up one thing are shown as that. */

enum { NEEDS_MAX = 6, COVERS_MAX = 16 };

struct group {
    const char *word; /* of words.def */
    bool by_tongue;   /* the word has a row for each tongue that the file may be written in */
    const char *form; /* of words.def, for each tongue: how such a thing is written; NULL: nothing is told */
    int needs[NEEDS_MAX];   /* shown when all of these would fit … */
    int covers[COVERS_MAX]; /* … in place of these and those */
    enum { ONLY, OPENERS = 1, CONTEXT = 2, UNLESS_NAME = 4 } also;
};
/* OPENERS: covers the words of declarations too, and the end of the file. CONTEXT: and every contextual word.
 * UNLESS_NAME: not where a name would fit, for then every contextual word does. */

static const struct group groups[] = {
    {"a_declaration",
     true,
     "form_declaration",
     {TOKEN_STANDARD, TOKEN_FACTS, TOKEN_STAGE},
     {TOKEN_CITE},
     OPENERS | CONTEXT},
    {"a_statement",
     true,
     "form_statement",
     {TOKEN_FULL, TOKEN_PRORATA, TOKEN_JUDGED},
     {TOKEN_PERCENT, TOKEN_NUMBER, TOKEN_BANDS, TOKEN_BEST_OF, TOKEN_START_AT, TOKEN_CITE, TOKEN_EVIDENCE},
     CONTEXT},
    {"a_changed_thing",
     true,
     "form_change",
     {TOKEN_THRESHOLD, TOKEN_SECTION, TOKEN_CRITERION},
     {TOKEN_FACTS},
     OPENERS | CONTEXT},
    {"a_part",
     true,
     "form_part",
     {TOKEN_SECTION, TOKEN_CRITERION, TOKEN_BONUS},
     {TOKEN_CITE, TOKEN_EVIDENCE},
     OPENERS | CONTEXT},
    {"an_attribute", true, "form_head", {TOKEN_CAP, TOKEN_WEIGHT, TOKEN_MINIMUM}, {TOKEN_CITE}, UNLESS_NAME},
    {"a_header_line",
     true,
     "form_header",
     {TOKEN_EDITION, TOKEN_TOTAL},
     {TOKEN_BETTER_LOWER, TOKEN_TRANSITION_UNTIL, TOKEN_CITE},
     CONTEXT | UNLESS_NAME},
    {"a_stage_line",
     true,
     NULL,
     {TOKEN_DUE, TOKEN_NEEDS},
     {TOKEN_BY, TOKEN_EACH_YEAR, TOKEN_QUOTA_TOP, TOKEN_ON_REJECTION, TOKEN_REQUIRE, TOKEN_CITE},
     CONTEXT | UNLESS_NAME},
    {"a_type",
     true,
     "form_fact",
     {TOKEN_YESNO, TOKEN_SHARE, TOKEN_LIST_OF},
     {TOKEN_NAME, TOKEN_TABLE, TOKEN_DOCUMENT},
     CONTEXT},
    {"a_qualifier",
     true,
     "form_qualifier",
     {TOKEN_EVIDENCE_REQUIRED, TOKEN_WITHIN},
     {TOKEN_OTHERWISE, TOKEN_OR, TOKEN_IN_STEPS_OF, TOKEN_LE, TOKEN_GE, TOKEN_EXACTLY, TOKEN_KEY,
      TOKEN_NONE_COUNTS_AS, TOKEN_NONE_IS_NA, TOKEN_ONE_OF, TOKEN_CITE, TOKEN_SETTLED, TOKEN_CAN_ONLY_GROW,
      TOKEN_CAN_ONLY_FALL},
     ONLY},
    {"a_band",
     true,
     "form_band",
     {TOKEN_GE, TOKEN_LE, TOKEN_FROM, TOKEN_OTHERWISE},
     {TOKEN_GT, TOKEN_LT, TOKEN_EQ},
     ONLY},
    {"a_fact_line",
     true,
     "form_fact_line",
     {TOKEN_DECISION, TOKEN_AS_OF},
     {TOKEN_CITE, TOKEN_EVIDENCE},
     OPENERS | CONTEXT},
    {"a_condition",
     false,
     "form_condition",
     {TOKEN_NUMBER, TOKEN_NAME, TOKEN_LPAREN, TOKEN_NOT},
     {TOKEN_EVERY, TOKEN_SOME, TOKEN_ALL_OF, TOKEN_ANY_OF, TOKEN_GE, TOKEN_QUALIFIES, TOKEN_IF},
     ONLY},
    {"a_value",
     false,
     NULL,
     {TOKEN_NUMBER, TOKEN_NAME, TOKEN_STRING, TOKEN_YES},
     {TOKEN_PERCENT, TOKEN_QUANTITY, TOKEN_SPAN, TOKEN_DATE, TOKEN_NO, TOKEN_UNKNOWN, TOKEN_NA, TOKEN_LPAREN,
      TOKEN_MINUS, TOKEN_LBRACKET, TOKEN_CHARS, TOKEN_ROWCOUNT, TOKEN_TABLE, TOKEN_DOCUMENT, TOKEN_BY,
      TOKEN_SETTLED},
     CONTEXT},
    {"a_value",
     false,
     NULL,
     {TOKEN_COUNT_OF, TOKEN_DAYS_FROM},
     {TOKEN_SUM_OF, TOKEN_MEAN_OF, TOKEN_HIGHEST_OF, TOKEN_LOWEST_OF, TOKEN_RANK_OF, TOKEN_MONTHS_FROM,
      TOKEN_YEARS_FROM},
     ONLY},
    {"has_or_compare",
     true,
     "form_condition",
     {TOKEN_HAS, TOKEN_GE},
     {TOKEN_LE, TOKEN_GT, TOKEN_LT, TOKEN_EQ, TOKEN_NE, TOKEN_DOT, TOKEN_IN, TOKEN_WHERE},
     ONLY},
    {"an_operator",
     true,
     "form_condition",
     {TOKEN_PLUS, TOKEN_TIMES},
     {TOKEN_MINUS, TOKEN_DIVIDE, TOKEN_DOT, TOKEN_LPAREN, TOKEN_WHERE},
     ONLY},
    {"an_operator",
     true,
     "form_condition",
     {TOKEN_GE, TOKEN_GT},
     {TOKEN_LE, TOKEN_LT, TOKEN_EQ, TOKEN_NE, TOKEN_IS_ONE_OF, TOKEN_IS_KNOWN},
     ONLY},
    {"an_operator", true, "form_condition", {TOKEN_AND, TOKEN_OR}, {0}, ONLY},
    {"a_name", false, NULL, {TOKEN_NAME}, {TOKEN_TABLE, TOKEN_DOCUMENT, TOKEN_BY, TOKEN_SETTLED}, CONTEXT},
};

/* What is shown of tokens that are no keywords. */
static const struct {
    int token;
    const char *word;
} plain[] = {
    {TOKEN_NUMBER, "@a_number"}, {TOKEN_PERCENT, "@percentage"},
    {TOKEN_DATE, "@date"},       {TOKEN_SPAN, "@span"},
    {TOKEN_STRING, "@a_label"},  {TOKEN_QUANTITY, "@a_quantity"},
    {TOKEN_CHARS, "@a_length"},  {TOKEN_ROWCOUNT, "@a_row_count"},
    {TOKEN_ROW, "@a_row"},       {TOKEN_YYEOF, "@end_of_file"},
    {TOKEN_DOTDOT, "“..”"},      {TOKEN_DOT, "“.”"},
    {TOKEN_COMMA, "“,”"},        {TOKEN_COLON, "“:”"},
    {TOKEN_PLUS, "“+”"},         {TOKEN_MINUS, "“-”"},
    {TOKEN_TIMES, "“*”"},        {TOKEN_DIVIDE, "“/”"},
    {TOKEN_BAR, "“|”"},          {TOKEN_EQ, "“=”"},
    {TOKEN_LPAREN, "“(”"},       {TOKEN_RPAREN, "“)”"},
    {TOKEN_LBRACE, "“{”"},       {TOKEN_RBRACE, "“}”"},
    {TOKEN_LBRACKET, "“[”"},     {TOKEN_RBRACKET, "“]”"},
};

struct list {
    const char *items[TOKEN_MAX];
    size_t count;
};

static bool needs_hold(const struct group *group, const bool *fits)
{
    if ((group->also & UNLESS_NAME) != 0 && fits[TOKEN_NAME]) {
        return false;
    }
    for (size_t i = 0; i < NEEDS_MAX && group->needs[i] != 0; i++) {
        if (!fits[group->needs[i]]) {
            return false;
        }
    }
    return true;
}

static void cover_tokens(const int tokens[], size_t count, bool *fits)
{
    for (size_t i = 0; i < count && tokens[i] != 0; i++) {
        fits[tokens[i]] = false;
    }
}

static void cover(const struct group *group, bool *fits)
{
    bool openers = (group->also & OPENERS) != 0, context = (group->also & CONTEXT) != 0;
    cover_tokens(group->needs, NEEDS_MAX, fits);
    cover_tokens(group->covers, COVERS_MAX, fits);
    fits[TOKEN_YYEOF] = fits[TOKEN_YYEOF] && !openers;
    for (size_t i = 0; i < keyword_count(); i++) {
        const struct spelling *spelling = keyword_at(i);
        if ((openers && spelling->class == KEYWORD_OPENER) ||
            (context && spelling->class == KEYWORD_CONTEXT)) {
            fits[spelling->token] = false;
        }
    }
}

static const char *in_tongue(const struct parse *parse, const char *word)
{
    return str_print("@%s_%s", word, slip_tongue(parse) == LANG_ZH ? "zh" : "en");
}

static const char *word_of(const struct parse *parse, const struct group *group)
{
    return group->by_tongue ? in_tongue(parse, group->word) : str_print("@%s", group->word);
}

static void add_once(struct list *list, const char *item)
{
    if (list->count == 0 || strcmp(list->items[list->count - 1], item) != 0) {
        list->items[list->count++] = item;
    }
}

/* Takes out of `fits` what the groups stand for. */
static void list_groups(const struct parse *parse, bool *fits, struct list *list)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (needs_hold(&groups[i], fits)) {
            cover(&groups[i], fits);
            add_once(list, word_of(parse, &groups[i]));
        }
    }
}

static void list_plain(const struct parse *parse, bool *fits, struct list *list)
{
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (fits[plain[i].token]) {
            bool end = plain[i].token == TOKEN_YYEOF;
            list->items[list->count++] = end ? slip_end(parse) : plain[i].word;
            fits[plain[i].token] = false;
        }
    }
}

/* What the first of the groups that fit tells of its form; NULL: nothing. */
static const char *form_of(const struct parse *parse)
{
    bool fits[TOKEN_MAX];
    memcpy(fits, parse->accepts, sizeof fits);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (needs_hold(&groups[i], fits)) {
            cover(&groups[i], fits);
            if (groups[i].form != NULL) {
                return in_tongue(parse, groups[i].form);
            }
        }
    }
    return parse->accepts[TOKEN_WHEN] ? in_tongue(parse, "form_when") : NULL;
}

static void list_expected(const struct parse *parse, struct list *list)
{
    bool fits[TOKEN_MAX];
    struct list things = {.count = 0};
    memcpy(fits, parse->accepts, sizeof fits);
    fits[TOKEN_SEMICOLON] = false;
    list_groups(parse, fits, &things);
    list_plain(parse, fits, list);
    for (int token = 0; token < TOKEN_MAX; token++) {
        const char *spelling = fits[token] ? slip_spelling(parse, token) : NULL;
        if (spelling != NULL) {
            list->items[list->count++] = str_print("“%s”", spelling);
        }
    }
    for (size_t i = 0; i < things.count; i++) {
        list->items[list->count++] = things.items[i];
    }
}

static const char *found(const struct parse *parse, const struct token *token)
{
    if (token->kind == TOKEN_YYEOF) {
        return slip_end(parse);
    }
    return token->kind == TOKEN_STRING ? span_text(token->span) : str_print("“%s”", span_text(token->span));
}

enum { SHOWN_MAX = 4 };

void expected_report(struct parse *parse)
{
    const struct token *token = parse_token(parse, parse->at);
    struct list list = {.count = 0};
    list_expected(parse, &list);
    struct diag *diag = diag_add(parse->diags, DIAG_EXPECTED, token->span, found(parse, token), "", "", "",
                                 "", "", "", "", NULL);
    const char *form = form_of(parse);
    if (form != NULL) {
        diag_note(diag, form);
    }
    size_t shown = list.count > SHOWN_MAX ? SHOWN_MAX - 1 : list.count;
    for (size_t i = 0; i < shown; i++) {
        diag->args[2 * i] = i > 0 ? "@or" : diag->args[0];
        diag->args[1 + 2 * i] = list.items[i];
    }
    if (shown < list.count) {
        diag->args[2 * shown] = "@or_the_like";
    }
}
