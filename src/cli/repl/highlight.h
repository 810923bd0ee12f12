/* A line of input in colours, as it is typed: the command and the keywords stand out, texts in quotes, numbers and dates have their colours, and a
 * bracket that closes nothing is shown as wrong. The characters stay the same, one for one: the line holds none that cannot be seen. */
#ifndef RUBRIC_CLI_REPL_HIGHLIGHT_H
#define RUBRIC_CLI_REPL_HIGHLIGHT_H
#include "report/page.h"

void highlight(struct page *page, const char *line);
#endif
