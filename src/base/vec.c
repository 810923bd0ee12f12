#include "base/vec.h"
#include "base/mem.h"

enum { FIRST_ROOM = 8 };

void *vec_more(void *items, size_t *room, size_t item_size)
{
    size_t old_room = *room;
    *room = old_room ? 2 * old_room : FIRST_ROOM;
    return mem_grow(items, old_room * item_size, *room * item_size);
}
