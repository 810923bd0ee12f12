/* The terminal side of `rubric repl`: lines are typed, edited, completed, remembered. All of GNU readline stands in terminal.c. */
#ifndef RUBRIC_CLI_REPL_TERMINAL_H
#define RUBRIC_CLI_REPL_TERMINAL_H
#include <stdbool.h>

struct repl;

bool terminal_is_there(void); /* somebody types, and sees what is printed */
/* Until `repl_line` or the one who types ends it. */
void terminal_run(struct repl *repl);
/* Ctrl-C was typed since the command that runs began. What may take long asks now and then. */
bool repl_interrupted(void);
#endif
