/* From a piece of the tape to the node of a literal. What is wrong with it is reported to the tape's diagnostics; a node is returned all the same. */
#ifndef RUBRIC_SYNTAX_LITERAL_H
#define RUBRIC_SYNTAX_LITERAL_H
#include "syntax/tape.h"

struct ast *literal_name(const struct tape *tape, const struct piece *piece);      /* a word, or a name in backquotes */
struct ast *literal_string(const struct tape *tape, const struct piece *piece);
struct ast *literal_date(const struct tape *tape, const struct piece *piece, const struct piece *weekday); /* weekday: a word or NULL */
struct ast *literal_percent(const struct tape *tape, const struct piece *piece);
struct num literal_value(const struct tape *tape, const struct piece *number);     /* 20万 is 200000 */

/* `20万元` where they touch is 20 with the unit 万元, `20万 元` is 200000 with the unit 元. */
struct ast *literal_quantity(const struct tape *tape, const struct piece *number, const struct piece *unit);

bool literal_is_weekday(const char *word, size_t length);
/* The day of the week that a misspelt or short word is near to, as it is written; NULL: none. *right: the date falls on it. */
const char *literal_weekday_near(const char *word, int64_t date, bool *right);
#endif
