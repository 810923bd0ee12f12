/* What is no command: its value, with what it hangs on; a condition with why it holds or not. */
#include "cli/repl/commands.h"
#include "report/why.h"

void repl_expression(struct repl *repl, struct repl_input *input)
{
    struct outlook outlook;
    struct diags diags = {0};
    struct str out = {0};
    struct page page = repl_page(&out);
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    const struct ir_node *node = session_ask(repl, session_scenario(repl), input->source, false, &outlook, &diags);
    if (node != NULL) {
        why_question(&page, &outlook.view, node);
    }
    cli_write(&out);
    repl_report(repl, &diags);
}
