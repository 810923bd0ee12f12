/* What the word at a place of a line can be completed to: commands, names, values, and the words that the grammar goes on with. */
#ifndef RUBRIC_CLI_REPL_COMPLETE_H
#define RUBRIC_CLI_REPL_COMPLETE_H
#include <stdbool.h>
#include <stddef.h>
#include "base/vec.h"

struct repl;

/* Words come in the order in which they are listed, each once, and hold no control characters. */
struct completions {
    VEC(const char *) words;
    size_t start; /* where in the text the word begins that they replace */
    bool blank;   /* a blank belongs behind the word if it is the only one */
};

struct completions complete(const struct repl *repl, const char *text, size_t point);
#endif
