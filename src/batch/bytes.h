/* Plain memory that grows and is used again; running out of it ends the program. */
#ifndef RUBRIC_BATCH_BYTES_H
#define RUBRIC_BATCH_BYTES_H
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

struct bytes {
    char *at;
    size_t length, room;
};

/* At least so much in all; what it holds stays. */
static inline void bytes_need(struct bytes *bytes, size_t room)
{
    if (room <= bytes->room)
        return;
    char *grown = realloc(bytes->at, room);
    if (!grown)
        mem_exhausted();
    bytes->at = grown;
    bytes->room = room;
}

static inline void bytes_add(struct bytes *bytes, const char *more, size_t length)
{
    bytes_need(bytes, bytes->length + length + 1);
    memcpy(bytes->at + bytes->length, more, length);
    bytes->length += length;
}

/* Off its front. */
static inline void bytes_drop(struct bytes *bytes, size_t length)
{
    bytes->length -= length;
    if (bytes->length > 0)
        memmove(bytes->at, bytes->at + length, bytes->length);
}
#endif
