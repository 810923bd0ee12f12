#include "cli/repl/complete.h"
#include <string.h>
struct completions complete(const struct repl *repl, const char *text, size_t point)
{
    static const char *const w[] = {"set", "show", "scenario", "党费", "党员", "quit"};
    struct completions c = {.blank = true};
    size_t s = point;
    (void)repl;
    while (s > 0 && text[s-1] != ' ') s--;
    for (size_t i = 0; i < 6; i++) if (strncmp(w[i], text + s, point - s) == 0) vec_push(&c.words, w[i]);
    c.start = s;
    return c;
}
