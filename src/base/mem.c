#ifdef RUBRIC_ARENA
#define _DEFAULT_SOURCE /* madvise */
#endif
#include "base/mem.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef RUBRIC_ARENA
#include <sanitizer/asan_interface.h>
#include <sys/mman.h>
#endif
#ifndef RUBRIC_NO_GC
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

#ifdef RUBRIC_ARENA

/* Blocks one behind the other, in pages that count once they are written to. Between them lie poisoned bytes, and so does what was left
 * for a larger block: the sanitizer sees whoever reads there. */
enum { ALIGNMENT = 16, GAP = 32, RESIDENT = 64 << 20 };
#define ARENA_SIZE ((size_t)8 << 30)

static struct {
    char *start, *kept, *at;
} arena;

void mem_start(void)
{
    if (arena.start)
        return;
    arena.start =
        mmap(NULL, ARENA_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (arena.start == MAP_FAILED)
        mem_exhausted();
    arena.kept = arena.at = arena.start;
}

void mem_keep(void)
{
    arena.kept = arena.at;
}

void mem_forget(void)
{
    if (arena.at - arena.kept > RESIDENT) {
        char *page = arena.start + (((size_t)(arena.kept - arena.start) + 4095) & ~(size_t)4095);
        madvise(page, (size_t)(arena.at - page), MADV_DONTNEED);
    }
    arena.at = arena.kept;
}

void *mem_alloc(size_t size)
{
    mem_start();
    size_t room = (size + GAP + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (size > ARENA_SIZE || room > ARENA_SIZE - (size_t)(arena.at - arena.start))
        mem_exhausted();
    char *block = arena.at;
    arena.at += room;
    ASAN_UNPOISON_MEMORY_REGION(block, size);
    ASAN_POISON_MEMORY_REGION(block + size, room - size);
    return memset(block, 0, size);
}

static void *moved(void *block, size_t old_size, size_t new_size)
{
    void *fresh = memcpy(mem_alloc(new_size), block, old_size < new_size ? old_size : new_size);
    ASAN_POISON_MEMORY_REGION(block, old_size);
    return fresh;
}

#else

void mem_start(void)
{
}

static void *checked(void *block)
{
    if (!block)
        mem_exhausted();
    return block;
}

void *mem_alloc(size_t size)
{
    return checked(calloc(1, size ? size : 1));
}

/* The old block is gone, so that a sanitizer sees whoever still points into it. */
static void *moved(void *block, size_t old_size, size_t new_size)
{
    (void)old_size;
    return checked(realloc(block, new_size ? new_size : 1));
}

#endif

void *mem_alloc_plain(size_t size)
{
    return mem_alloc(size);
}

#else

#ifdef RUBRIC_TORTURE
/* A collection at every Nth allocation: N is what the environment says, else 1. */
static unsigned long every(void)
{
    const char *asked = getenv("RUBRIC_TORTURE");
    unsigned long count = asked ? strtoul(asked, NULL, 10) : 0;
    return count ? count : 1;
}

static void torture(void)
{
    static unsigned long allocations, interval;
    interval = interval ? interval : every();
    if (++allocations % interval == 0)
        GC_gcollect();
}
#else
#define torture() ((void)0)
#endif

enum { FIRST_HEAP = 8 << 20 }; /* address space; pages count only once they are written to */

static void *GC_CALLBACK refuse(size_t size)
{
    (void)size;
    mem_exhausted();
}

/* Without a message: the collector itself found no memory. */
static void GC_CALLBACK stop(const char *message)
{
    if (!message)
        mem_exhausted();
    fprintf(stderr, "rubric: %s\n", message);
}

void mem_start(void)
{
    GC_set_abort_func(stop);
    GC_set_dont_precollect(1);
    GC_set_free_space_divisor(1);
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
