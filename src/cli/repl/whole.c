#include <string.h>
#include "base/mem.h"
#include "cli/repl/repl.h"
#include "syntax/next.h"

/* What is entered, a goal and an expression follow the grammar; a name, a file and a text may end in anything. */
static bool is_read_by_the_grammar(const char *text)
{
    text += strspn(text, " \t:");
    const struct repl_command *command = repl_command_find(mem_text(text, strcspn(text, " \t\n")));
    return *text != '?' && (command == NULL || command->takes == TAKES_ENTRY || command->takes == TAKES_GOAL);
}

static bool ends_in_an_empty_line(const char *text)
{
    const char *last = strrchr(text, '\n');
    return last != NULL && last[1 + strspn(last + 1, " \t")] == '\0';
}

bool repl_is_whole(const struct repl *repl, const char *text)
{
    (void)repl;
    return !is_read_by_the_grammar(text) || ends_in_an_empty_line(text) || !next_waits(text);
}
