/* Memory that is given back at once: what takes many inputs in one process forgets each of them. Linked with --wrap, so that whoever asks base/mem
 * for memory gets it here. Blocks stand one behind the other, in pages that count once they are written to. Between them lie poisoned bytes,
 * and so does what was left for a larger block: the sanitizer sees whoever reads there. */
#define _DEFAULT_SOURCE /* madvise */
#include <sanitizer/asan_interface.h>
#include <string.h>
#include <sys/mman.h>
#include "base/mem.h"
#include "tests/fuzz/fuzz.h"

enum { ALIGNMENT = 16, GAP = 32, RESIDENT = 64 << 20 };
#define ARENA_SIZE ((size_t)8 << 30)

void *__wrap_mem_alloc(size_t size);
void *__wrap_mem_alloc_plain(size_t size);
void *__wrap_mem_grow(void *block, size_t old_size, size_t new_size);
char *__wrap_mem_text(const char *bytes, size_t length);

static struct {
    char *start, *kept, *at;
} arena;

static void start(void)
{
    if (arena.start)
        return;
    arena.start =
        mmap(NULL, ARENA_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (arena.start == MAP_FAILED)
        mem_exhausted();
    arena.kept = arena.at = arena.start;
}

void fuzz_keep(void)
{
    start();
    arena.kept = arena.at;
}

void fuzz_forget(void)
{
    if (arena.at - arena.kept > RESIDENT) {
        char *page = arena.start + (((size_t)(arena.kept - arena.start) + 4095) & ~(size_t)4095);
        madvise(page, (size_t)(arena.at - page), MADV_DONTNEED);
    }
    arena.at = arena.kept;
}

void *__wrap_mem_alloc(size_t size)
{
    start();
    size_t room = (size + GAP + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (size > ARENA_SIZE || room > ARENA_SIZE - (size_t)(arena.at - arena.start))
        mem_exhausted();
    char *block = arena.at;
    arena.at += room;
    ASAN_UNPOISON_MEMORY_REGION(block, size);
    ASAN_POISON_MEMORY_REGION(block + size, room - size);
    return memset(block, 0, size);
}

void *__wrap_mem_alloc_plain(size_t size)
{
    return __wrap_mem_alloc(size);
}

void *__wrap_mem_grow(void *block, size_t old_size, size_t new_size)
{
    char *fresh = __wrap_mem_alloc(new_size);
    if (block) {
        memcpy(fresh, block, old_size < new_size ? old_size : new_size);
        ASAN_POISON_MEMORY_REGION(block, old_size);
    }
    return fresh;
}

char *__wrap_mem_text(const char *bytes, size_t length)
{
    char *copy = __wrap_mem_alloc(length + 1);
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}
