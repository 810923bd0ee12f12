/* Which unit of a call was the first to have an id. Lives in collected memory; of a row of a table the id alone is kept. */
#ifndef RUBRIC_CLI_FIRSTS_H
#define RUBRIC_CLI_FIRSTS_H
#include "cli/call.h"

struct first_file {
    const char *path;
    struct units *table; /* NULL: a facts file */
};

struct firsts {       /* starts zeroed */
    struct map by_id; /* its struct first_file */
    struct first_file *last;
};

/* A unit that could be read. False: another had its id before; a message names both places. */
bool firsts_add(struct firsts *firsts, const struct scoring *scoring, struct diags *diags);
#endif
