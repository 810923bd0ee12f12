#include "base/mem.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifndef RUBRIC_NO_GC
#define GC_THREADS
#define GC_NO_THREAD_REDIRECTS
#include <gc.h>
#include <gc/gc_inline.h>
#include <gc/gc_mark.h>
#endif

static void (*last)(void);

void mem_when_exhausted(void (*act)(void))
{
    last = act;
}

/* Where a visit goes on when there is no memory. */
static _Thread_local jmp_buf *way_out;

/* Nothing that was printed in part may pass for a whole, so standard output is not flushed. */
void mem_exhausted(void)
{
    if (way_out)
        longjmp(*way_out, 1);
    if (last)
        last();
    fputs("rubric: out of memory\nrubric: 内存不足\n", stderr);
    _Exit(3);
}

#ifdef RUBRIC_NO_GC

void mem_stay_small(void)
{
}

void mem_tidy(void)
{
}

void mem_start(void)
{
}

static bool arrive(void)
{
    return false;
}

static void leave(bool is_new)
{
    (void)is_new;
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

void *mem_alloc_plain(size_t size)
{
    return mem_alloc(size);
}

void *mem_keep(size_t size)
{
    return mem_alloc(size);
}

void mem_let_go(void *block)
{
    free(block);
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

enum { UNTIDY = 1 << 20 };     /* bytes */
enum { SMALL_DIVISOR = 16 };   /* collect before the heap grows, as a rule */
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

/* Of the collector's warnings, the one that it finds no room for its own tables: going on, it would mark by a table that is not there. */
static void GC_CALLBACK warned(char *message, GC_word argument)
{
    (void)argument;
    if (strstr(message, "Out of memory - "))
        mem_exhausted();
}

static bool started;

void mem_start(void)
{
    started = true;
    GC_set_abort_func(stop);
    GC_set_dont_precollect(1);
    GC_set_free_space_divisor(1);
    GC_set_warn_proc(warned);
    GC_set_oom_fn(refuse);
    GC_INIT();
    GC_expand_hp(FIRST_HEAP);
}

/* The stack of the thread at hand, found once: of the first thread of a process that takes long. */
static struct GC_stack_base *own_stack(void)
{
    static _Thread_local struct GC_stack_base base;
    static _Thread_local bool known;
    if (!known)
        known = GC_get_stack_base(&base) == GC_SUCCESS;
    return &base;
}

/* The collector takes the thread that starts it for the first of the process, which it need not be; and it starts none of its own. */
static void start_anywhere(void)
{
    GC_set_markers_count(1);
    GC_set_stackbottom(NULL, own_stack());
    mem_start();
    GC_allow_register_threads();
    GC_unregister_my_thread();
}

/* Is the thread new to the collector? Then it is so again once the visit ends: no thread is ever stopped for a collection, and one may end
 * whenever it likes. */
static bool arrive(void)
{
    if (!started)
        start_anywhere();
    if (GC_thread_is_registered())
        return false;
    if (GC_register_my_thread(own_stack()) != GC_SUCCESS)
        mem_exhausted();
    return true;
}

static void leave(bool is_new)
{
    if (is_new)
        GC_unregister_my_thread();
}

void mem_stay_small(void)
{
    GC_set_free_space_divisor(SMALL_DIVISOR);
}

void mem_tidy(void)
{
    if (GC_get_bytes_since_gc() > UNTIDY)
        GC_gcollect();
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

void *mem_keep(size_t size)
{
    torture();
    return GC_MALLOC_UNCOLLECTABLE(size);
}

void mem_let_go(void *block)
{
    GC_FREE(block);
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

/* ---- visits */

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

bool mem_visit(void (*work)(void *data), void *data)
{
    jmp_buf here;
    volatile bool is_new = false, done = false;
    pthread_mutex_lock(&one_at_a_time);
    way_out = &here;
    if (setjmp(here) == 0) {
        is_new = arrive();
        work(data);
        done = true;
    }
    way_out = NULL;
    leave(is_new);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}
