/* Changing the unit: set, unset, undo, redo, reset, on, column. */
#include "cli/repl/commands.h"

void repl_undo(struct repl *repl, struct repl_input *input)
{
    (void)repl, (void)input;
}

void repl_expression(struct repl *repl, struct repl_input *input)
{
    (void)repl, (void)input;
}
