/* The session: reads a line, finds out what it is, hands it on. */
#include "cli/repl/repl.h"
#include <stdio.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/repl/called.h"
#include "cli/repl/command.h"
#include "cli/repl/commands.h"
#include "cli/repl/words.h"
#include "syntax/keywords.h"
#include "syntax/parse.h"

/* ---------------------------------------------------------------- which command */

static void unknown_command(struct repl *repl, const char *word)
{
    struct diags diags = {0};
    diag_suggest(diag_add(&diags, DIAG_REPL_UNKNOWN_COMMAND, SPAN_NONE, word, NULL),
                 repl_command_nearest(word));
    repl_report(repl, &diags);
}

/* A word that is both a command and a name: the command wins where the whole line fits it. */
static bool fits(const struct repl_command *command, const char *rest)
{
    bool operated = words_operator(rest, command->takes == TAKES_FILE);
    if (command->takes == TAKES_WORD && repl_command_find(rest) != NULL) {
        return true; /* 帮助 达到: a comparison may be the name of a command too */
    }
    return *rest == '\0' ? command->takes == TAKES_NOTHING || command->optional : !operated;
}

/* ---------------------------------------------------------------- reading a line */

static void set_rest(struct repl_input *input, size_t at)
{
    const char *text = input->source->text;
    at = words_skip(text, at);
    size_t length = words_trimmed(text + at);
    input->rest = mem_text(text + at, length);
    input->span = (struct span){input->source, (uint32_t)at, (uint32_t)(at + length)};
}

/* The first word, its `!` taken off. */
static void set_word(struct repl_input *input, size_t start)
{
    const char *text = input->source->text;
    size_t end = words_end(text, start), length = end - start;
    input->forced = length > 1 && text[end - 1] == '!';
    input->word = mem_text(text + start, length - input->forced);
    input->command = repl_command_find(input->word);
    set_rest(input, end);
}

static void wrong_arguments(struct repl *repl, const struct repl_input *input)
{
    struct diags diags = {0};
    enum lang lang = repl->cli->lang;
    if (*input->rest == '\0') {
        diag_add(&diags, DIAG_REPL_ARGUMENT_MISSING, SPAN_NONE, input->word, input->command->arguments[lang],
                 NULL);
    } else {
        diag_add(&diags, DIAG_REPL_ARGUMENT_EXTRA, input->span, input->word, NULL);
    }
    repl_report(repl, &diags);
}

static void run_command(struct repl *repl, struct repl_input *input)
{
    const struct repl_command *command = input->command;
    bool extra = command->takes == TAKES_NOTHING && *input->rest != '\0';
    bool missing = command->takes != TAKES_NOTHING && !command->optional && *input->rest == '\0';
    if (extra || missing) {
        wrong_arguments(repl, input);
    } else {
        command->run(repl, input);
    }
}

static bool is_known(const struct standard *standard, const char *word)
{
    bool known = keyword_canonical(word) != NULL || map_find(&standard->facts_by_name, word) != NULL ||
                 map_find(&standard->parts_by_path, word) != NULL;
    for (size_t i = 0; !known && i < standard->named.count; i++) {
        known = str_equal(standard->named.items[i].name, word);
    }
    return known;
}

/* Letters and digits, as the words of commands are. */
static bool is_plain(const char *word)
{
    size_t length = strlen(word);
    uint32_t code;
    for (size_t at = 0; at < length;) {
        at += utf8_next(word + at, length - at, &code);
        if (!utf8_is_name_char(code)) {
            return false;
        }
    }
    return true;
}

static bool is_expression(const struct source *line)
{
    struct diags unheard = {0};
    return parse_line(line, &unheard) != NULL && unheard.errors == 0;
}

/* Is the word more likely a command that was misspelt than the beginning of an expression? */
static bool is_misspelt(const struct repl *repl, const struct repl_input *input)
{
    bool known = repl->standard != NULL && is_known(repl->standard, input->word);
    bool near = repl_command_nearest(input->word) != NULL;
    bool label = repl->standard != NULL && called_alone(repl, input->source) != input->source;
    if (label || !is_plain(input->word) || words_operator(input->rest, false)) {
        return false;
    }
    return *input->rest != '\0' ? (near || !known) && !is_expression(input->source) : near && !known;
}

/* Blanks in its place: the grammar knows no colon there, and every place stays where it was. */
static const struct source *without_colon(const struct repl *repl, const struct source *source, size_t start,
                                          size_t colon)
{
    char *text = mem_text(source->text, source->length);
    memset(text + start, ' ', colon);
    return session_source(repl, source->name, text);
}

/* Not before a line that reads it anew, or leaves. */
static bool reads_anew(const struct repl_command *command)
{
    return command != NULL &&
           (command->run == repl_reload || command->run == repl_load || command->run == repl_quit);
}

static void tell_changed_file(struct repl *repl, const struct repl_command *command)
{
    const char *file = session_changed_file(repl);
    if (file != NULL && !reads_anew(command)) {
        repl_say(say_with(SAY_REPL_FILE_CHANGED, repl->cli->lang, file, NULL));
    }
}

static void run_line(struct repl *repl, struct repl_input *input, size_t start)
{
    const char *text = input->source->text;
    size_t colon = words_colon(text + start), question = words_question(text + start);
    if (question > 0) {
        tell_changed_file(repl, NULL);
        set_rest(input, start + question);
        repl_name(repl, input);
        return;
    }
    if (colon > 0) {
        input->source = without_colon(repl, input->source, start, colon);
    }
    set_word(input, words_skip(text, start + colon));
    tell_changed_file(repl, input->command);
    if (input->command != NULL && (colon > 0 || *input->rest == '\0' || fits(input->command, input->rest))) {
        run_command(repl, input);
    } else if (colon > 0 || is_misspelt(repl, input)) {
        unknown_command(repl, input->word);
    } else {
        input->command = NULL;
        set_rest(input, start);
        repl_expression(repl, input);
    }
}

/* A mark at the end, as sentences and lines of other languages have it, says nothing. */
static size_t line_trimmed(const char *text)
{
    static const char *const marks[] = {";", "；", "。"};
    size_t length = words_trimmed(text);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t mark = strlen(marks[i]);
        if (length > mark && strncmp(text + length - mark, marks[i], mark) == 0) {
            return words_trimmed(mem_text(text, length - mark));
        }
    }
    return length;
}

void repl_line_at(struct repl *repl, size_t lines_before)
{
    repl->numbered = true;
    repl->lines_before = lines_before;
}

bool repl_line(struct repl *repl, const char *text)
{
    size_t start = words_skip(text, 0), bad = utf8_bad_at(text, strlen(text));
    struct repl_input input = {.source = session_source(repl, "<input>", mem_text(text, line_trimmed(text)))};
    repl->input = input.source;
    if (text[start] == '\0' || text[start] == '#') {
        return true;
    }
    if (text[bad] != '\0') {
        struct diags diags = {0};
        diag_add(&diags, DIAG_NOT_UTF8, SPAN_NONE, "<input>", "1", str_print("%zu", bad + 1), NULL);
        repl_report(repl, &diags);
        return true;
    }
    run_line(repl, &input, start);
    fflush(stdout);
    return !repl->leaving;
}

const char *repl_prompt(const struct repl *repl, bool more)
{
    if (more) {
        return "   ... ";
    }
    return repl->at == 0 || repl->scenarios.count == 0
               ? "rubric> "
               : str_print("rubric %s> ", utf8_visible(repl->scenarios.items[repl->at].name));
}

/* ---------------------------------------------------------------- what completion reads */

const struct standard *repl_standard(const struct repl *repl)
{
    return repl->now.view.evaluation != NULL ? repl->now.view.evaluation->standard : repl->standard;
}

size_t repl_scenario_count(const struct repl *repl)
{
    return repl->scenarios.count;
}

const char *repl_scenario_name(const struct repl *repl, size_t place)
{
    return repl->scenarios.items[place].name;
}

enum lang repl_lang(const struct repl *repl)
{
    return repl->cli->lang;
}

/* ---------------------------------------------------------------- the session */

static void open_first(struct repl *repl, struct diags *diags)
{
    const struct arguments *arguments = repl->arguments;
    const char *path =
        arguments->names.count > 0 ? arguments->names.items[0] : options_value(arguments, OPTION_RULES);
    if (arguments->names.count > 1) {
        diag_add(diags, DIAG_REPL_ONE_UNIT, SPAN_NONE, NULL);
    } else if (path != NULL) {
        session_load(repl, path, NULL);
    }
}

struct repl *repl_new(struct cli *cli, const struct arguments *arguments)
{
    struct repl *repl = MEM_NEW(struct repl);
    struct diags diags = {0};
    struct arguments *without = MEM_NEW(struct arguments); /* names: a session opens its unit itself */
    *without = *arguments;
    without->names.count = 0;
    *repl = (struct repl){.cli = cli, .arguments = arguments, .asked = call_new(cli, without)};
    call_read(&repl->asked, &diags);
    open_first(repl, &diags);
    repl_report(repl, &diags);
    return repl;
}
