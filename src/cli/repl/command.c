#include "cli/repl/command.h"
#include <string.h>
#include "base/mem.h"
#include "cli/repl/commands.h"
#include "diag/suggest.h"

const struct repl_command repl_commands[] = {
#define REPL(run, takes, optional, en, zh, en_takes, zh_takes, en_help, zh_help, en_text, zh_text) \
    {{en, zh}, run, takes, optional, {en_takes, zh_takes}, {en_help, zh_help}, {en_text, zh_text}},
#include "cli/repl/commands.def"
#undef REPL
};

const size_t repl_command_count = sizeof repl_commands / sizeof *repl_commands;

/* Is it among the spellings "quit, exit"? */
static bool is_spelled(const char *spellings, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = spellings; *at != '\0';) {
        size_t this = strcspn(at, ",");
        if (this == length && strncmp(at, word, length) == 0) {
            return true;
        }
        at += this;
        at += strspn(at, ", ");
    }
    return false;
}

const struct repl_command *repl_command_find(const char *word)
{
    for (size_t i = 0; i < repl_command_count; i++) {
        const struct repl_command *command = &repl_commands[i];
        if (is_spelled(command->words[LANG_EN], word) || is_spelled(command->words[LANG_ZH], word)) {
            return command;
        }
    }
    return NULL;
}

const char *repl_command_nearest(const char *word)
{
    struct suggest suggest;
    suggest_start(&suggest, word);
    for (size_t i = 0; i < repl_command_count; i++) {
        for (size_t lang = 0; lang < 2; lang++) {
            const char *words = repl_commands[i].words[lang];
            suggest_offer(&suggest, mem_text(words, strcspn(words, ",")));
        }
    }
    return suggest_best(&suggest);
}
