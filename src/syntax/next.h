/* What may come next behind the beginning of a line, or of a value, that somebody is typing. Nothing is reported, and nothing fails: a text
 * that begins no line has nothing that may come next. */
#ifndef RUBRIC_SYNTAX_NEXT_H
#define RUBRIC_SYNTAX_NEXT_H
#include <stdbool.h>
#include "base/vec.h"
#include "diag/diag.h"

enum next_start { NEXT_LINE, NEXT_VALUE };

struct next {
    bool fits;                    /* the text is the beginning of a line; false: all the rest is empty */
    bool names, qualifies;        /* a name may stand here; that of a qualification */
    enum lang lang;               /* in which it is written */
    bool rows;                    /* one of many is looked at: rows of a table, parts */
    bool sources;                 /* … `section` and `criterion` too: after `every`, `count of` */
    const char *compared;         /* the path that what comes is compared with: "a.b"; NULL: none */
    VEC(const char *) words;      /* the keywords that fit and begin with `head`, as `lang` writes them first, others where those do not begin so */
};

/* `lang` counts where the text itself is written in no tongue more than in the other. */
struct next next_after(const char *text, enum next_start start, const char *head, enum lang lang);

/* Are brackets or a long text in quotes open at the end, or does an operator wait for what follows it? */
enum next_wait { NEXT_WHOLE, NEXT_OPERATOR, NEXT_OPEN };
enum next_wait next_waits(const char *text);
/* Whether a further line has any mark that may close what is open. */
bool next_closes(const char *line);
#endif
