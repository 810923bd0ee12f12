/* Growable arrays: `VEC(struct thing) things;` starts zeroed, lives in collected memory.
 *   vec_push(&things, thing);   for (size_t i = 0; i < things.count; i++) use(things.items[i]); */
#ifndef RUBRIC_BASE_VEC_H
#define RUBRIC_BASE_VEC_H
#include <stddef.h>

#define VEC(type) struct { type *items; size_t count, room; }
#define vec_push(vec, ...) \
    (*((void)((vec)->count == (vec)->room && \
              ((vec)->items = vec_more((vec)->items, &(vec)->room, sizeof *(vec)->items), 0)), \
       &(vec)->items[(vec)->count++]) = (__VA_ARGS__))
#define vec_last(vec) ((vec)->items[(vec)->count - 1])

void *vec_more(void *items, size_t *room, size_t item_size); /* doubles the room */
#endif
