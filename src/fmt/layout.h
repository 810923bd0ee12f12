/* Words put on lines: what stays on one line, what is broken, and where. */
#ifndef RUBRIC_FMT_LAYOUT_H
#define RUBRIC_FMT_LAYOUT_H
#include "fmt/lines.h"

enum { FMT_WIDTH = 110, FMT_INDENT = 2, FMT_FURTHER = 4 /* of a line that goes on a statement */ };

struct lines layout(struct words *words);

/* Blanks between two words of a line: as they are written, and in the room that is reckoned with. */
size_t gap_written(const struct word *word);
size_t gap_room(const struct word *word);
/* Sets `wraps` of the words [from, to) so that lines fit, the first beginning behind `column` cells, the others `indent` cells in. */
void wrap(struct words *words, size_t from, size_t to, size_t column, size_t indent);
/* The room that they take on one line; more than FMT_WIDTH where there is not enough, SIZE_MAX where they cannot stand on one line. */
size_t room_of_words(const struct words *words, size_t from, size_t to);
#endif
