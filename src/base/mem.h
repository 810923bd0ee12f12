/* Collected memory. The only file that includes gc.h (or, with GC=0, malloc alone).
 * Whoever allocates here never frees; running out of memory ends the program with a message and exit code 3.
 * All memory is zeroed; a block of no bytes is a block. "plain" memory holds no pointers: the collector does not look inside. */
#ifndef RUBRIC_BASE_MEM_H
#define RUBRIC_BASE_MEM_H
#include <stddef.h>

void mem_start(void);                                        /* once, before anything else */
void mem_stay_small(void);                                   /* from now on: rather take time than more memory */
void mem_tidy(void);                                         /* collects now, if there is much to collect: where little is held */
void *mem_alloc(size_t size);
void *mem_alloc_plain(size_t size);
void *mem_grow(void *block, size_t old_size, size_t new_size); /* contents kept, the rest zeroed */
char *mem_text(const char *bytes, size_t length);            /* a NUL-terminated copy */
_Noreturn void mem_exhausted(void);                           /* for what takes memory elsewhere */
void mem_when_exhausted(void (*act)(void));                  /* what is still to be done then; it may take no memory */
void mem_parser_free(void *block);                           /* for bison and flex, which want a free; does nothing */

#define MEM_NEW(type) ((type *)mem_alloc(sizeof(type)))
#define MEM_ARRAY(type, count) ((type *)mem_alloc((size_t)(count) * sizeof(type)))
#endif
