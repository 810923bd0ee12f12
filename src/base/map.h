/* From text to pointer, in the order of insertion. Keys are compared byte by byte and not copied. */
#ifndef RUBRIC_BASE_MAP_H
#define RUBRIC_BASE_MAP_H
#include <stddef.h>

struct map_entry { const char *key; void *value; };
struct map { struct map_entry *entries; size_t count, room; unsigned *slots; size_t slot_count; };

void *map_find(const struct map *map, const char *key);        /* NULL where the key is not there */
void *map_put(struct map *map, const char *key, void *value);  /* replaces; returns the value that stood there, or NULL */
#endif
