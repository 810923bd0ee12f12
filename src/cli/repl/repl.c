#include "cli/repl/repl.h"
#include <string.h>
#include "base/mem.h"
#include "cli/standards.h"
#include "cli/commands.h"
#include "cli/repl/terminal.h"
#include "cli/repl/complete.h"
#include "syntax/next.h"
#include "base/utf8.h"
struct repl { struct cli *cli; const struct standard *standard; };
struct repl *repl_new(struct cli *cli, const struct arguments *arguments)
{
    struct repl *repl = MEM_NEW(struct repl);
    struct standards *standards = MEM_NEW(struct standards);
    repl->cli = cli;
    struct loaded *l = standards_get(standards, arguments->names.items[0], SPAN_NONE);
    repl->standard = l->standard;
    cli_report(cli, &l->diags);
    return repl;
}
bool repl_line(struct repl *repl, const char *text)
{
    struct str out = {0};
    struct page page = cli_page(&out);
    if (strcmp(text, "spin") == 0)
        while (!repl_interrupted()) {}
    if (strcmp(text, "hang") == 0)
        for (;;) {}
    page_text(&page, INK_GOOD, text);
    page_end(&page);
    page_rule(&page, page.width);
    cli_write(&out);
    (void)repl;
    return strcmp(text, "quit") != 0;
}
bool repl_is_whole(const struct repl *repl, const char *text) { (void)repl; return !next_waits(text); }
const char *repl_prompt(const struct repl *repl, bool more) { (void)repl; return more ? "...> " : "> "; }
struct cli *repl_cli(const struct repl *repl) { return repl->cli; }
const struct standard *repl_standard(const struct repl *repl) { return repl->standard; }
void repl_run(struct cli *cli, const struct arguments *arguments);
void repl_run(struct cli *cli, const struct arguments *arguments)
{
    struct repl *repl = repl_new(cli, arguments);
    terminal_run(repl);
}
