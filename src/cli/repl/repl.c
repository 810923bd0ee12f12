#include "cli/repl/repl.h"
#include <string.h>
#include "base/mem.h"
#include "cli/standards.h"
#include "cli/commands.h"
#include "cli/repl/session.h"
#include "cli/repl/terminal.h"
#include "cli/repl/complete.h"
#include "base/utf8.h"
struct repl *repl_new(struct cli *cli, const struct arguments *arguments)
{
    struct repl *repl = MEM_NEW(struct repl);
    struct standards *standards = MEM_NEW(struct standards);
    repl->cli = cli;
    struct loaded *l = standards_get(standards, arguments->names.items[0], SPAN_NONE);
    repl->standard = l->standard;
    return repl;
}
bool repl_line(struct repl *repl, const char *text)
{
    struct str out = {0};
    struct page page = cli_page(&out);
    if (strcmp(text, "spin") == 0)
        while (!repl_interrupted()) {
        }
    if (strcmp(text, "hang") == 0)
        for (;;) {
        }
    if (strncmp(text, "complete ", 9) == 0) {
        struct completions c = complete(repl, text + 9, strlen(text + 9));
        printf("%zu%s:", c.start, c.blank ? "_" : "");
        for (size_t i = 0; i < c.words.count; i++)
            printf(" [%s]", c.words.items[i]);
        puts("");
        return true;
    }
    page_text(&page, INK_GOOD, text);
    page_end(&page);
    page_rule(&page, page.width);
    cli_write(&out);
    (void)repl;
    return strcmp(text, "quit") != 0;
}
#define C(en, zh, takes)                        \
    {                                           \
        {en, zh}, NULL, takes, false, {0}, {0}, \
        {                                       \
            0                                   \
        }                                       \
    }
const struct repl_command repl_commands[] = {C("set", "设", TAKES_ENTRY),
                                             C("unset", "清除", TAKES_FACT),
                                             C("show", "显示", TAKES_RESULT),
                                             C("why", "为何", TAKES_RESULT),
                                             C("whynot", "为何不", TAKES_GOAL),
                                             C("reach", "达到", TAKES_GOAL),
                                             C("help", "帮助", TAKES_WORD),
                                             C("scenario", "方案", TAKES_SCENARIO),
                                             C("scenarios", "各方案", TAKES_NOTHING),
                                             C("compare", "比较", TAKES_SCENARIO),
                                             C("column", "栏", TAKES_COLUMN),
                                             C("load", "载入", TAKES_FILE),
                                             C("save", "保存", TAKES_FILE),
                                             C("quit", "退出", TAKES_NOTHING)};
const size_t repl_command_count = sizeof repl_commands / sizeof *repl_commands;
const struct repl_command *repl_command_find(const char *word)
{
    for (size_t i = 0; i < repl_command_count; i++)
        if (!strcmp(word, repl_commands[i].words[0]) || !strcmp(word, repl_commands[i].words[1]))
            return &repl_commands[i];
    return NULL;
}
const char *repl_prompt(const struct repl *repl, bool more)
{
    (void)repl;
    return more ? "...> " : "> ";
}
const struct standard *repl_standard(const struct repl *repl)
{
    return repl->standard;
}
size_t repl_scenario_count(const struct repl *repl)
{
    (void)repl;
    return 2;
}
const char *repl_scenario_name(const struct repl *repl, size_t place)
{
    (void)repl;
    return place ? "better" : "as-loaded";
}
enum lang repl_lang(const struct repl *repl)
{
    return repl->cli->lang;
}
void repl_error(struct repl *repl, struct diags *diags)
{
    cli_report(repl->cli, diags);
}
void repl_run(struct cli *cli, const struct arguments *arguments)
{
    struct repl *repl = repl_new(cli, arguments);
    if (terminal_is_there()) {
        terminal_run(repl);
        return;
    }
    static char line[4096];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        if (!repl_line(repl, line))
            break;
    }
}
