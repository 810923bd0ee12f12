/* help, ?NAME: the commands, how one is used, what a name stands for. */
#include <string.h>
#include "base/mem.h"
#include "cli/repl/command.h"
#include "cli/repl/commands.h"
#include "cli/repl/words.h"
#include "report/declared.h"
#include "report/message_page.h"

enum { HEAD_WIDTH = 26, INDENT = 2, GAP = 2 };

/* The spelling that is written, with what follows it. */
static const char *head_of(const struct repl_command *command, enum lang lang)
{
    const char *words = command->words[lang], *takes = command->arguments[lang];
    const char *word = mem_text(words, strcspn(words, ","));
    return *takes == '\0' ? word : str_print("%s %s", word, takes);
}

/* A head that leaves no room stands on a line of its own. */
static void list_command(struct page *page, const struct repl_command *command, enum lang lang)
{
    const char *head = head_of(command, lang);
    if (page_width(head) + GAP > HEAD_WIDTH) {
        page_paragraph(page, INDENT, INK_PLAIN, head);
        head = "";
    }
    page_entry(page, INDENT, head, HEAD_WIDTH, INK_PLAIN, command->summary[lang]);
}

static void list_commands(const struct repl *repl)
{
    struct str out = {0};
    struct page page = repl_page(&out);
    enum lang lang = repl->cli->lang;
    page_paragraph(&page, 0, INK_PLAIN, say(SAY_REPL_COMMANDS, lang));
    page_end(&page);
    for (size_t i = 0; i < repl_command_count; i++) {
        list_command(&page, &repl_commands[i], lang);
    }
    page_end(&page);
    page_paragraph(&page, 0, INK_DIM, say(SAY_REPL_HELP_MORE, lang));
    cli_write(&out);
}

/* Its other spellings, those of the other tongue included. */
static const char *other_words(const struct repl_command *command, enum lang lang)
{
    const char *own = command->words[lang], *more = strchr(own, ','),
               *other = command->words[lang == LANG_EN ? LANG_ZH : LANG_EN];
    return more != NULL ? str_print("%s, %s", more + 2, other) : other;
}

static void tell_command(const struct repl *repl, const struct repl_command *command)
{
    struct str out = {0};
    struct page page = repl_page(&out);
    enum lang lang = repl->cli->lang;
    page_text(&page, INK_BOLD, head_of(command, lang));
    page_text(&page, INK_DIM,
              str_print("   %s", say_with(SAY_HELP_ALSO, lang, other_words(command, lang), NULL)));
    page_end(&page);
    page_paragraph(&page, 0, INK_PLAIN, command->summary[lang]);
    page_end(&page);
    str_add(&out, command->text[lang]);
    cli_write(&out);
}

/* By its code with the letter: digits alone are an expression. */
static bool is_message(const char *written, enum diag_code *code)
{
    return !(*written >= '0' && *written <= '9') && diag_code_find(written, code);
}

static void tell_message(const struct repl *repl, enum diag_code code)
{
    struct str out = {0};
    struct page page = repl_page(&out);
    message_page(&page, code, repl->cli->lang);
    cli_write(&out);
}

void repl_help(struct repl *repl, struct repl_input *input)
{
    const struct repl_command *command = repl_command_find(input->rest);
    enum diag_code code;
    if (*input->rest == '\0') {
        list_commands(repl);
    } else if (command != NULL) {
        tell_command(repl, command);
    } else if (is_message(input->rest, &code)) {
        tell_message(repl, code);
    } else {
        repl_name(repl, input);
    }
}

void repl_name(struct repl *repl, struct repl_input *input)
{
    const char *name = words_name(input->rest);
    const struct repl_command *command = repl_command_find(name);
    struct str out = {0};
    struct page page = repl_page(&out);
    if (*name == '\0') {
        list_commands(repl);
        return;
    }
    bool loaded = repl->now.view.evaluation != NULL;
    if (loaded && declared_write(&page, &repl->now.view, repl->unit, name)) {
        cli_write(&out);
    } else if (command != NULL) {
        tell_command(repl, command);
    } else if (repl_needs_results(repl, input)) {
        struct diags diags = {0};
        struct diag *diag = diag_add(&diags, DIAG_REPL_NAME_UNKNOWN, input->span, name, NULL);
        diag_suggest(diag, declared_nearest(repl->standard, name));
        repl_report(repl, &diags);
    }
}

void repl_quit(struct repl *repl, struct repl_input *input)
{
    (void)input;
    repl->leaving = true;
}
