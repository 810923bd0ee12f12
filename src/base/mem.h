/* Collected memory. The only file that includes gc.h (or, with GC=0, malloc alone).
 * Whoever allocates here never frees; running out of memory ends the program with a message and exit code 3.
 * All memory is zeroed; a block of no bytes is a block. "plain" memory holds no pointers: the collector does not look inside. */
#ifndef RUBRIC_BASE_MEM_H
#define RUBRIC_BASE_MEM_H
#include <stdbool.h>
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

/* For who calls from threads and with a heap of its own. The work is done with the collector started and the thread known to it for as long, one
 * thread after another; none may call it from inside. False: memory ran out, and the work was left where it stood; what it took elsewhere stays taken. */
bool mem_visit(void (*work)(void *data), void *data);
/* What such a caller holds: looked through like all else, and never collected. Both inside a visit. */
void *mem_keep(size_t size);
void mem_let_go(void *block);                                /* NULL is let go, too */

#define MEM_NEW(type) ((type *)mem_alloc(sizeof(type)))
#define MEM_ARRAY(type, count) ((type *)mem_alloc((size_t)(count) * sizeof(type)))
#endif
