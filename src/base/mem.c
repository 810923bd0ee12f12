#include "base/mem.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef RUBRIC_NO_GC
#include <sanitizer/asan_interface.h>
#include <stdint.h>
#else
#include <gc.h>
#include <gc/gc_inline.h>
#include <gc/gc_mark.h>
#endif

/* Nothing that was printed in part may pass for a whole, so standard output is not flushed. */
void mem_exhausted(void)
{
    fputs("rubric: out of memory\nrubric: 内存不足\n", stderr);
    _Exit(3);
}

#ifdef RUBRIC_NO_GC

/* Every block is linked, so that all can be given back at once. The links are poisoned: whoever reads before his own block is seen. */
struct link {
    struct link *before, *after;
};

static struct link blocks = {&blocks, &blocks};

static void open_link(struct link *link)
{
    if (link != &blocks)
        ASAN_UNPOISON_MEMORY_REGION(link, sizeof *link);
}

static void close_link(struct link *link)
{
    if (link != &blocks)
        ASAN_POISON_MEMORY_REGION(link, sizeof *link);
}

static void put_in(struct link *fresh)
{
    struct link *first = blocks.after;
    open_link(first);
    *fresh = (struct link){&blocks, first};
    first->before = blocks.after = fresh;
    close_link(first);
    close_link(fresh);
}

static void give_back(struct link *link)
{
    open_link(link);
    struct link *before = link->before, *after = link->after;
    if (after == link) {
        close_link(link);
        return;
    }
    open_link(before);
    before->after = after;
    close_link(before);
    open_link(after);
    after->before = before;
    close_link(after);
    free(link);
}

void mem_start(void)
{
}

/* A block that is kept is linked to itself. */
void mem_keep(void)
{
    for (struct link *link = blocks.after, *after; link != &blocks; link = after) {
        open_link(link);
        after = link->after;
        *link = (struct link){link, link};
        close_link(link);
    }
    blocks = (struct link){&blocks, &blocks};
}

void mem_forget(void)
{
    while (blocks.after != &blocks) {
        struct link *link = blocks.after;
        open_link(link);
        blocks.after = link->after;
        free(link);
    }
    blocks.before = &blocks;
}

void *mem_alloc(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct link))
        mem_exhausted();
    struct link *link = calloc(1, sizeof *link + size);
    if (!link)
        mem_exhausted();
    put_in(link);
    return link + 1;
}

void *mem_alloc_plain(size_t size)
{
    return mem_alloc(size);
}

/* The old block is gone, so that a sanitizer sees whoever still points into it. */
static void *moved(void *block, size_t old_size, size_t new_size)
{
    void *fresh = memcpy(mem_alloc(new_size), block, old_size < new_size ? old_size : new_size);
    give_back((struct link *)block - 1);
    return fresh;
}

#else

#ifdef RUBRIC_TORTURE
static void torture(void)
{
    static unsigned long allocations;
    if (++allocations % RUBRIC_TORTURE == 0)
        GC_gcollect();
}
#else
#define torture() ((void)0)
#endif

enum { FIRST_HEAP = 2 << 20 }; /* address space; pages count only once they are written to */

static void *GC_CALLBACK refuse(size_t size)
{
    (void)size;
    mem_exhausted();
}

void mem_start(void)
{
    GC_set_dont_precollect(1);
    GC_set_warn_proc(GC_ignore_warn_proc);
    GC_set_oom_fn(refuse);
    GC_INIT();
    GC_expand_hp(FIRST_HEAP);
}

void *mem_alloc(size_t size)
{
    torture();
    return GC_MALLOC(size);
}

static void *alloc_unset(size_t size)
{
    torture();
    return GC_MALLOC_ATOMIC(size);
}

void *mem_alloc_plain(size_t size)
{
    return memset(alloc_unset(size), 0, size);
}

/* The old block is left to the collector: a pointer still held into it reads old contents, never another's.
 */
static void *moved(void *block, size_t old_size, size_t new_size)
{
    bool plain = GC_get_kind_and_size(block, NULL) == GC_I_PTRFREE;
    void *fresh = plain ? alloc_unset(new_size) : mem_alloc(new_size);
    return memcpy(fresh, block, old_size < new_size ? old_size : new_size);
}

#endif

void *mem_grow(void *block, size_t old_size, size_t new_size)
{
    if (!block)
        return mem_alloc(new_size);
    char *fresh = moved(block, old_size, new_size);
    if (new_size > old_size)
        memset(fresh + old_size, 0, new_size - old_size);
    return fresh;
}

char *mem_text(const char *bytes, size_t length)
{
    char *copy = mem_alloc_plain(length + 1);
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

void mem_parser_free(void *block)
{
    (void)block;
}
