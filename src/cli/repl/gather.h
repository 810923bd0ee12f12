/* Inputs of the session are gathered line by line, at a terminal and from a script. The time that takes grows with the text, not with its square:
 * the lines before are looked at again only where one may have closed what is open. */
#ifndef RUBRIC_CLI_REPL_GATHER_H
#define RUBRIC_CLI_REPL_GATHER_H
#include "base/str.h"
#include "cli/repl/repl.h"

/* Starts zeroed, and is zeroed where its input is done with. */
struct gathered {
    struct str text; /* lines, each with its newline */
    bool open;       /* a bracket or a long text is */
};

/* Adds a line, without its newline. False: more lines follow. */
bool gather_line(struct gathered *gathered, const char *line);
/* Runs the lines of standard input, without prompt and echo. A line that is no text is reported and left out; one that is too long, and a stream
 * that cannot be read, end the script. */
void gather_script(struct repl *repl);
#endif
