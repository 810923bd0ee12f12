#include "cli/repl/complete.h"
#include <string.h>
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/repl/command.h"
#include "cli/repl/offer.h"
#include "cli/repl/repl.h"
#include "cli/repl/words.h"
#include "syntax/keywords.h"
#include "syntax/next.h"

enum { WORDS_BACK = 4 };

/* A line that is typed, up to where it is typed. */
struct typed {
    const struct repl *repl;
    const char *text;                   /* of this command: a `:` and blanks before it are gone */
    const struct repl_command *command; /* NULL: none, or its word still grows */
    enum lang lang;
    struct completions *found;
};

static struct offer offer_for(const struct typed *typed, const char *head)
{
    return (struct offer){
        .standard = repl_standard(typed->repl), .head = head, .lang = typed->lang, .found = typed->found};
}

/* ---------------------------------------------------------------- words */

/* The first byte of the character before `at`. */
static const char *step_back(const char *text, const char *at)
{
    for (at--; at > text && ((unsigned char)*at & 0xC0) == 0x80; at--) {
    }
    return at;
}

static bool is_of_a_word(const char *at)
{
    uint32_t code;
    utf8_next(at, strlen(at), &code);
    return utf8_is_name_char(code) || code == '.' || code == '`';
}

/* Where the last word begins: a name or a path, perhaps of no letters yet. */
static const char *last_word(const char *text, const char *end)
{
    while (end > text && is_of_a_word(step_back(text, end))) {
        end = step_back(text, end);
    }
    return end;
}

/* … and the one before it, where blanks alone part them; NULL: something else does. */
static const char *word_before(const char *text, const char *word)
{
    const char *end = word;
    while (end > text && end[-1] == ' ') {
        end--;
    }
    const char *before = last_word(text, end);
    return end < word && before < end ? before : NULL;
}

/* ---------------------------------------------------------------- names */

typedef void offering(const struct typed *typed, struct offer *offer);

/* Strictly; then by labels and by the last names of paths. */
static void search(const struct typed *typed, const char *word, offering *list)
{
    struct offer offer = offer_for(typed, word);
    if (offer.standard == NULL) {
        return;
    }
    typed->found->start = (size_t)(word - typed->text);
    list(typed, &offer);
    if (typed->found->words.count == 0 && *word != '\0') {
        offer.loose = true;
        list(typed, &offer);
    }
}

/* A label may have blanks: words are taken together until something is found. Behind a whole word nothing more is taken. */
static void search_words(const struct typed *typed, const char *from, offering *list)
{
    const char *word = last_word(from, from + strlen(from));
    if (*word == '\0' && word > from) {
        return;
    }
    for (size_t i = 0; i < WORDS_BACK && word != NULL && typed->found->words.count == 0; i++) {
        search(typed, word, list);
        word = word_before(from, word);
    }
}

static void list_entries(const struct typed *typed, struct offer *offer)
{
    (void)typed;
    offer_facts(offer);
    offer_judged(offer);
}

static void list_thresholds(const struct typed *typed, struct offer *offer)
{
    (void)typed;
    offer_declared(offer, true);
}

static void list_results(const struct typed *typed, struct offer *offer)
{
    (void)typed;
    offer_results(offer);
    offer_parts(offer);
}

static void list_goals(const struct typed *typed, struct offer *offer)
{
    (void)typed;
    offer_grades(offer);
    offer_qualifications(offer);
    offer_keyword(offer, "eligible");
}

static void list_columns(const struct typed *typed, struct offer *offer)
{
    (void)typed;
    offer_columns(offer);
}

static void list_all_names(const struct typed *typed, struct offer *offer)
{
    (void)typed;
    offer_facts(offer);
    offer_declared(offer, false);
    offer_results(offer);
    offer_parts(offer);
    offer_grades(offer);
}

/* ---------------------------------------------------------------- commands */

/* As the tongue writes them first; once a letter is typed, every spelling of both. */
static void offer_commands(const struct typed *typed, struct offer *offer)
{
    for (size_t i = 0; i < 2 * repl_command_count; i++) {
        const char *words = repl_commands[i / 2].words[i % 2];
        for (size_t length; *words != '\0'; words += length + strspn(words + length, ", ")) {
            length = strcspn(words, ",");
            bool first = words == repl_commands[i / 2].words[i % 2];
            if (*offer->head != '\0' || (first && (enum lang)(i % 2) == typed->lang)) {
                offer_word(offer, mem_text(words, length));
            }
        }
    }
}

static void list_words(const struct typed *typed, struct offer *offer)
{
    offer_commands(typed, offer);
    list_all_names(typed, offer);
}

/* ---------------------------------------------------------------- expressions */

static void list_names_there(const struct next *next, struct offer *offer)
{
    if (next->qualifies) {
        offer_qualifications(offer);
        return;
    }
    if (next->sources) {
        offer_sources(offer);
        return;
    }
    offer_facts(offer);
    offer_declared(offer, false);
    offer_parts(offer);
    if (next->rows) {
        offer_table_columns(offer);
    }
    offer_predefined(offer, next->rows);
}

static void list_keywords(const struct next *next, struct offer *offer)
{
    for (size_t i = 0; i < next->words.count && !offer->loose; i++) {
        offer_word(offer, next->words.items[i]);
    }
}

static void list_all_there(const struct next *next, struct offer *offer)
{
    if (next->names && offer->standard != NULL && (!offer->loose || *offer->head != '\0')) {
        list_names_there(next, offer);
    }
    list_keywords(next, offer);
}

/* `grammar`: what the grammar is to read before the word. */
static void search_place(const struct typed *typed, const char *grammar, const char *word)
{
    struct next next = next_after(grammar, NEXT_LINE, word, typed->lang);
    struct offer offer = offer_for(typed, word);
    offer.lang = next.lang;
    typed->found->start = (size_t)(word - typed->text);
    typed->found->blank = true;
    for (int loose = 0; loose < 2 && next.fits && typed->found->words.count == 0; loose++) {
        offer.loose = loose;
        if (next.names && offer.standard != NULL && next.compared != NULL) {
            offer_symbols(&offer, next.compared);
        }
        if (typed->found->words.count == 0) {
            list_all_there(&next, &offer);
        }
    }
}

/* Keywords, and labels, may be of several words. */
static void complete_expression(const struct typed *typed, const char *from)
{
    const char *word = last_word(from, from + strlen(from));
    for (size_t i = 0; i < WORDS_BACK && word != NULL && typed->found->words.count == 0; i++) {
        search_place(typed, mem_text(from, (size_t)(word - from)), word);
        word = word_before(from, word);
    }
}

/* ---------------------------------------------------------------- what is entered */

static bool is_mark(const char *text, const char *mark)
{
    return strncmp(text, mark, strlen(mark)) == 0;
}

static const char *find_equals(const char *text)
{
    for (; *text != '\0' && *text != '=' && !is_mark(text, "＝"); text++) {
    }
    return *text != '\0' ? text : NULL;
}

/* With what a value begins tells its type; how it goes on, the grammar too. */
static void list_values(const struct next *next, struct offer *offer, const char *name, bool first)
{
    if (first) {
        offer_values(offer, name);
        return;
    }
    if (next->names) {
        offer_symbols(offer, name);
    }
    list_keywords(next, offer);
}

static void complete_value(const struct typed *typed, const char *rest, const char *value)
{
    const char *word = last_word(value, value + strlen(value));
    const char *grammar = str_print("set %s", mem_text(rest, (size_t)(word - rest)));
    const char *name = mem_text(rest, strcspn(rest, " =\t"));
    struct next next = next_after(grammar, NEXT_LINE, word, typed->lang);
    struct offer offer = offer_for(typed, word);
    bool first = word == value + words_skip(value, 0);
    offer.lang = next.lang;
    typed->found->start = (size_t)(word - typed->text);
    typed->found->blank = !first;
    for (int loose = 0; loose < 2 && next.fits && offer.standard != NULL && typed->found->words.count == 0;
         loose++) {
        offer.loose = loose;
        list_values(&next, &offer, name, first);
    }
}

/* A fact, a judged score, or a threshold, with that word before it or without. */
static void complete_entered(const struct typed *typed, const char *rest)
{
    const char *threshold = keyword_behind(rest, "threshold"), *names = threshold != NULL ? threshold : rest;
    search_words(typed, names, threshold != NULL ? list_thresholds : list_entries);
    if (typed->found->words.count == 0 && *names != '\0') {
        search_words(typed, names, list_thresholds);
    }
    if (threshold == NULL && strchr(names, ' ') == NULL) {
        struct offer offer = offer_for(typed, names);
        typed->found->blank = typed->found->blank || typed->found->words.count == 0;
        offer_keyword(&offer, "threshold");
    }
}

static void complete_entry(const struct typed *typed, const char *rest)
{
    const char *equals = find_equals(rest);
    size_t length = strlen(rest);
    typed->found->blank = true;
    if (equals != NULL) {
        complete_value(typed, rest, equals + (*equals == '=' ? 1 : strlen("＝")));
        return;
    }
    complete_entered(typed, rest);
    const char *threshold = keyword_behind(rest, "threshold");
    if (typed->found->words.count == 0 && length > 0 && rest[length - 1] == ' ' &&
        (threshold == NULL || *threshold != '\0')) {
        struct offer offer = offer_for(typed, "");
        typed->found->start = strlen(typed->text);
        offer_word(&offer, "=");
    }
}

/* ---------------------------------------------------------------- arguments */

static void complete_scenario(const struct typed *typed, const char *rest)
{
    const char *blank = strrchr(rest, ' '), *word = blank != NULL ? blank + 1 : rest;
    struct offer offer = offer_for(typed, word);
    typed->found->start = (size_t)(word - typed->text);
    for (size_t i = 0; i < repl_scenario_count(typed->repl); i++) {
        offer_word(&offer, repl_scenario_name(typed->repl, i));
    }
}

static void complete_goal(const struct typed *typed, const char *rest)
{
    search_words(typed, rest, list_goals);
    if (typed->found->words.count == 0 || *rest == '\0') {
        complete_expression(typed, rest);
    }
}

/* The quote that is still open; NULL: none is. */
static const char *open_quote(const char *text)
{
    const char *open = NULL;
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            open = open != NULL ? NULL : text;
        }
    }
    return open;
}

static const char *behind_blanks(const char *text)
{
    const char *word = text;
    for (const char *at = text; *at != '\0'; at++) {
        word = words_blank(at) > 0 ? at + words_blank(at) : word;
    }
    return word;
}

/* `save` writes facts, and behind `test "…"` a standard; `load` reads facts and tables. */
static void complete_file(const struct typed *typed, const char *rest)
{
    static const char *const units[] = {".facts", ".csv", NULL}, *const facts[] = {".facts", NULL};
    static const char *const rules[] = {".rubric", NULL};
    bool saves = str_equal(typed->command->words[LANG_EN], "save"), test = saves && strchr(rest, '"') != NULL;
    const char *quote = open_quote(rest), *word = quote != NULL ? quote + 1 : behind_blanks(rest);
    struct offer offer = offer_for(typed, word);
    typed->found->start = (size_t)(word - typed->text) - (quote != NULL);
    if (test && quote == strchr(rest, '"') && quote > rest) {
        return; /* what the test is called */
    }
    offer_files(&offer, !saves ? units : test && quote != rest ? rules : facts, quote != NULL);
    if (saves && word == rest) {
        offer_keyword(&offer, "test");
        typed->found->blank = true;
    }
}

static void complete_argument(const struct typed *typed, const char *rest)
{
    switch (typed->command->takes) {
    case TAKES_ENTRY: complete_entry(typed, rest); break;
    case TAKES_FACT: complete_entered(typed, rest); break;
    case TAKES_RESULT: search_words(typed, rest, list_results); break;
    case TAKES_GOAL: complete_goal(typed, rest); break;
    case TAKES_WORD: search_words(typed, rest, list_words); break;
    case TAKES_SCENARIO: complete_scenario(typed, rest); break;
    case TAKES_COLUMN: search_words(typed, rest, list_columns); break;
    case TAKES_FILE: complete_file(typed, rest); break;
    case TAKES_NOTHING:
    case TAKES_DAY:
    case TAKES_TEXT: break;
    }
}

/* ---------------------------------------------------------------- the line */

/* The command, or the first word of an expression. */
static void complete_first(const struct typed *typed, bool colon)
{
    struct completions *found = typed->found;
    struct offer offer = offer_for(typed, typed->text);
    found->start = 0;
    offer_commands(typed, &offer);
    const struct repl_command *only =
        found->words.count == 1 ? repl_command_find(found->words.items[0]) : NULL;
    found->blank = only != NULL && only->takes != TAKES_NOTHING;
    if (colon || *typed->text == '\0') {
        return;
    }
    struct completions names = {.start = 0};
    struct typed expression = *typed;
    expression.found = &names;
    complete_expression(&expression, typed->text);
    if (found->words.count == 0) {
        *found = names;
        return;
    }
    for (size_t i = 0; i < names.words.count && names.start == 0; i++) {
        offer_word(&offer, names.words.items[i]);
    }
}

/* A path goes on behind a part that has parts, a function behind its bracket, a file behind its folder. */
static bool goes_on(const struct repl *repl, const char *word)
{
    const struct standard *standard = repl_standard(repl);
    const struct part *part = standard != NULL ? map_find(&standard->parts_by_path, word) : NULL;
    size_t length = strlen(word);
    return (part != NULL && part->parts.count > 0) ||
           (length > 0 && (word[length - 1] == '(' || word[length - 1] == '/'));
}

static enum lang tongue(const struct typed *typed, const char *first)
{
    bool han = (unsigned char)*first >= 0x80;
    return typed->command != NULL && han ? LANG_ZH : repl_lang(typed->repl);
}

/* The length of this mark, or of its full-width twin, at the start. */
static size_t mark_at(const char *text, const char *mark, const char *wide)
{
    return is_mark(text, mark) ? strlen(mark) : is_mark(text, wide) ? strlen(wide) : 0;
}

struct completions complete(const struct repl *repl, const char *text, size_t point)
{
    struct completions found = {.start = point};
    const char *line = mem_text(text, point), *start = line + words_skip(line, 0);
    size_t question = mark_at(start, "?", "？"), colon = mark_at(start, ":", "：");
    start += question + colon;
    start += words_skip(start, 0);
    size_t first = words_end(start, 0), rest = words_skip(start, first);
    struct typed typed = {.repl = repl, .text = start, .lang = repl_lang(repl), .found = &found};
    bool command = rest > first && (colon > 0 || !words_operator(start + rest, true));
    typed.command = command ? repl_command_find(mem_text(start, first)) : NULL;
    typed.lang = tongue(&typed, start);
    if (question > 0) {
        search_words(&typed, start, list_words);
    } else if (rest == first) {
        complete_first(&typed, colon > 0);
    } else if (typed.command != NULL) {
        complete_argument(&typed, start + rest);
    } else {
        complete_expression(&typed, start);
    }
    found.start += (size_t)(start - line);
    found.blank = found.blank && found.words.count == 1 && !goes_on(repl, found.words.items[0]);
    return found;
}
