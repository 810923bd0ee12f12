#include "facts/unit_ids.h"
#include "base/mem.h"

enum { FIRST_ROOM = 64 };

static uint32_t hash_of(const char *id)
{
    uint64_t sum = 14695981039346656037u;
    for (; *id; id++)
        sum = (sum ^ (unsigned char)*id) * 1099511628211u;
    return (uint32_t)(sum ^ sum >> 32);
}

/* The first free slot for the hash. */
static struct unit_id *free_slot(const struct unit_ids *ids, uint32_t hash)
{
    size_t at = hash & (ids->room - 1);
    while (ids->slots[at].row)
        at = (at + 1) & (ids->room - 1);
    return &ids->slots[at];
}

/* At most half of the slots are taken. */
static void widen(struct unit_ids *ids)
{
    struct unit_ids wide = {.count = ids->count, .room = ids->room ? 2 * ids->room : FIRST_ROOM};
    wide.slots = mem_alloc_plain(wide.room * sizeof *wide.slots);
    for (size_t i = 0; i < ids->room; i++)
        if (ids->slots[i].row)
            *free_slot(&wide, ids->slots[i].hash) = ids->slots[i];
    *ids = wide;
}

uint32_t unit_ids_put(struct unit_ids *ids, const char *id, uint32_t row, unit_id_is *is, void *context)
{
    uint32_t hash = hash_of(id);
    if (2 * (ids->count + 1) > ids->room)
        widen(ids);
    size_t mask = ids->room - 1, at = hash & mask;
    for (; ids->slots[at].row; at = (at + 1) & mask)
        if (ids->slots[at].hash == hash && is(context, ids->slots[at].row, id))
            return ids->slots[at].row;
    ids->slots[at] = (struct unit_id){hash, row};
    ids->count++;
    return 0;
}
