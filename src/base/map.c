/* Open addressing: a slot holds the number of its entry plus one, 0 where it is free. At most two slots in
 * three are taken. */
#include "base/map.h"
#include <stdint.h>
#include <string.h>
#include "base/mem.h"
#include "base/vec.h"

enum { FIRST_SLOTS = 16 };

static size_t hash(const char *key)
{
    uint64_t sum = 14695981039346656037u;
    for (; *key; key++)
        sum = (sum ^ (unsigned char)*key) * 1099511628211u;
    return (size_t)(sum ^ sum >> 32);
}

/* Where the key stands or would stand. The slots must not be empty. */
static unsigned *slot_of(const struct map *map, const char *key)
{
    size_t mask = map->slot_count - 1, at = hash(key) & mask;
    while (map->slots[at] && strcmp(map->entries[map->slots[at] - 1].key, key) != 0)
        at = (at + 1) & mask;
    return &map->slots[at];
}

static void widen(struct map *map)
{
    map->slot_count = map->slot_count ? 2 * map->slot_count : FIRST_SLOTS;
    map->slots = mem_alloc_plain(map->slot_count * sizeof *map->slots);
    for (size_t i = 0; i < map->count; i++)
        *slot_of(map, map->entries[i].key) = (unsigned)i + 1;
}

void *map_find(const struct map *map, const char *key)
{
    if (!map->count)
        return NULL;
    unsigned entry = *slot_of(map, key);
    return entry ? map->entries[entry - 1].value : NULL;
}

static void append(struct map *map, const char *key, void *value)
{
    if (map->count == map->room)
        map->entries = vec_more(map->entries, &map->room, sizeof *map->entries);
    map->entries[map->count++] = (struct map_entry){key, value};
}

void *map_put(struct map *map, const char *key, void *value)
{
    if (3 * (map->count + 1) > 2 * map->slot_count)
        widen(map);
    unsigned *slot = slot_of(map, key);
    if (!*slot) {
        append(map, key, value);
        *slot = (unsigned)map->count;
        return NULL;
    }
    struct map_entry *entry = &map->entries[*slot - 1];
    void *before = entry->value;
    entry->value = value;
    return before;
}
