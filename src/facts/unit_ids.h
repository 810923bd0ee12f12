/* The ids of a table of units seen so far, each by the place of its row: a few bytes a unit, however long the ids are. */
#ifndef RUBRIC_FACTS_UNIT_IDS_H
#define RUBRIC_FACTS_UNIT_IDS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct unit_id {
    uint32_t hash, row; /* row 0: free; the first row of a file names columns */
};
struct unit_ids {
    struct unit_id *slots;
    size_t count, room;
};

typedef bool unit_id_is(void *context, uint32_t row, const char *id);

/* Puts the id in, unless a row holds it, whose place is then returned; else 0. `is` tells what id a row has. */
uint32_t unit_ids_put(struct unit_ids *ids, const char *id, uint32_t row, unit_id_is *is, void *context);
#endif
