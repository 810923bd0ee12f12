/* Which unit of a call was the first to have an id. Lives in collected memory. */
#ifndef RUBRIC_CLI_FIRSTS_H
#define RUBRIC_CLI_FIRSTS_H
#include "cli/call.h"

struct first_place {
    const char *path;
    size_t line; /* of a row; 0: a facts file */
};

struct firsts {       /* starts zeroed */
    struct map by_id; /* its place in the list, plus 1 */
    VEC(struct first_place) list;
};

/* A unit that could be read. False: another had its id before; a message names both places. */
bool firsts_add(struct firsts *firsts, const struct scoring *scoring, struct diags *diags);
#endif
