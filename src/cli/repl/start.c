/* rubric repl: the session at a terminal, or from a script. */
#include "cli/commands.h"
#include "cli/repl/gather.h"
#include "cli/repl/session.h"
#include "cli/repl/terminal.h"

void repl_run(struct cli *cli, const struct arguments *arguments)
{
    struct repl *repl = repl_new(cli, arguments);
    if (repl->standard == NULL && arguments->names.count > 0) {
        return;
    }
    if (terminal_is_there()) {
        terminal_run(repl);
        cli->exit = cli->exit == EXIT_INPUT || cli->exit == EXIT_NOT_MET
                        ? EXIT_MET
                        : cli->exit; /* who typed it has seen it */
    } else {
        gather_script(repl);
    }
}
