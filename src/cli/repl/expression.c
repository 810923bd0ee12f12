/* What is no command: its value, with what it hangs on; a condition with why it holds or not. */
#include "cli/repl/commands.h"
#include "report/why.h"
#include "syntax/parse.h"

void repl_expression(struct repl *repl, struct repl_input *input)
{
    struct outlook outlook;
    struct diags diags = {0};
    struct str out = {0};
    struct page page = repl_page(&out);
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    struct compile_question question = {.ast = parse_line(input->source, &diags), .diags = &diags};
    if (question.ast != NULL && diags.errors == 0 &&
        session_ask(repl, session_scenario(repl), &question, 1, &outlook, &diags)) {
        why_question(&page, &outlook.view, outlook.view.evaluation->standard->questions.items[0]);
    }
    cli_write(&out);
    repl_report(repl, &diags);
}
