/* A standard to read units by: what has another name in the other edition goes by that one, too, unless the facts file says it under its own. */
#ifndef RUBRIC_EDITIONS_READER_H
#define RUBRIC_EDITIONS_READER_H
#include "editions/impacts.h"

/* `facts`: the tree of the facts file; NULL: a table. The standard is that of the edition, but for its names. */
const struct standard *impacts_reader(const struct impacts *impacts, enum edition edition, const struct ast *facts);
#endif
