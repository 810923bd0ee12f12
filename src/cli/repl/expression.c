/* What is no command: its value, with what it hangs on; a condition with why it holds or not. */
#include "cli/repl/commands.h"

void repl_expression(struct repl *repl, struct repl_input *input)
{
    (void)repl, (void)input;
}
