/* A library to be loaded before others (LD_PRELOAD): makes one call of the system fail, as on a machine without memory or with a full disk.
 *   RUBRIC_FAIL=alloc:7    the 7th allocation fails, and each after it
 *   RUBRIC_FAIL=write:2    the 2nd write to a file fails, and so `sync`, `rename`, `create`, `close`, `mode`, `read`, `open`, `out` and `in`
 *                          (standard output and input)
 *   RUBRIC_GROW=FILE       somebody writes to FILE each time that something was read
 *   RUBRIC_COUNT=FILE      how many calls of each kind there were is written there at the end, nothing fails */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { ALLOC, WRITE, SYNC, RENAME, CREATE, CLOSE, MODE, READ, OPEN, OUT, IN, KINDS };

static const char *const names[KINDS] = {"alloc", "write", "sync", "rename", "create", "close", "mode", "read", "open", "out", "in"};
static const int errors[KINDS] = {ENOMEM, ENOSPC, EIO, EACCES, EMFILE, EIO, EPERM, EIO, EMFILE, ENOSPC, EIO};

static long counts[KINDS], fail_at[KINDS];
static bool ready;

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

static bool fails(enum kind kind)
{
    if (!ready || ++counts[kind] < fail_at[kind] || fail_at[kind] == 0) {
        return false;
    }
    errno = errors[kind];
    return kind == ALLOC || counts[kind] == fail_at[kind];
}

/* Standard output and input by way of streams of ours: the C library's own do not call write and read where others can see it. */
static ssize_t put_out(void *cookie, const char *bytes, size_t length)
{
    static ssize_t (*real)(int, const void *, size_t);
    (void)cookie;
    real = real ? real : (ssize_t(*)(int, const void *, size_t))next("write");
    return fails(OUT) ? 0 : real(STDOUT_FILENO, bytes, length);
}

static ssize_t take_in(void *cookie, char *bytes, size_t length)
{
    static ssize_t (*real)(int, void *, size_t);
    (void)cookie;
    real = real ? real : (ssize_t(*)(int, void *, size_t))next("read");
    return fails(IN) ? -1 : real(STDIN_FILENO, bytes, length);
}

__attribute__((constructor)) static void start(void)
{
    const char *asked = getenv("RUBRIC_FAIL");
    for (int i = 0; asked && i < KINDS; i++) {
        size_t length = strlen(names[i]);
        if (strncmp(asked, names[i], length) == 0 && asked[length] == ':') {
            fail_at[i] = atol(asked + length + 1);
        }
    }
    FILE *out = fopencookie(NULL, "w", (cookie_io_functions_t){.write = put_out});
    static char room[1 << 12];
    setvbuf(out, room, _IOFBF, sizeof room);
    stdout = out;
    stdin = fopencookie(NULL, "r", (cookie_io_functions_t){.read = take_in});
    ready = true;
}

static void tell(void)
{
    const char *path = getenv("RUBRIC_COUNT");
    ready = false;
    FILE *file = path ? fopen(path, "w") : NULL;
    for (int i = 0; file && i < KINDS; i++) {
        fprintf(file, "%s %ld\n", names[i], counts[i]);
    }
    if (file) {
        fclose(file);
    }
}

__attribute__((destructor)) static void end(void)
{
    tell();
}

/* ---- memory. The first calls come from looking up the real ones: a small heap of our own serves them. */

static char early[1 << 14];
static size_t early_used;

static void *from_early(size_t size)
{
    void *block = early + early_used;
    early_used += (size + 15) & ~(size_t)15;
    return early_used <= sizeof early ? block : NULL;
}

static bool is_early(const void *block)
{
    return (const char *)block >= early && (const char *)block < early + sizeof early;
}

#define REAL(result, name, ...)                                       \
    static result (*real)(__VA_ARGS__);                               \
    static bool looking;                                              \
    if (!real && !looking) {                                          \
        looking = true;                                               \
        real = (result(*)(__VA_ARGS__))next(name);                    \
        looking = false;                                              \
    }

void *malloc(size_t size)
{
    REAL(void *, "malloc", size_t)
    return !real ? from_early(size) : fails(ALLOC) ? NULL : real(size);
}

void *calloc(size_t count, size_t size)
{
    REAL(void *, "calloc", size_t, size_t)
    return !real ? from_early(count * size) : fails(ALLOC) ? NULL : real(count, size);
}

void *realloc(void *block, size_t size)
{
    REAL(void *, "realloc", void *, size_t)
    return fails(ALLOC) ? NULL : real(block, size);
}

void free(void *block)
{
    REAL(void, "free", void *)
    if (real && !is_early(block)) {
        real(block);
    }
}

void *mmap(void *at, size_t length, int protection, int flags, int file, off_t offset)
{
    REAL(void *, "mmap", void *, size_t, int, int, int, off_t)
    return fails(ALLOC) ? MAP_FAILED : real(at, length, protection, flags, file, offset);
}

void *sbrk(intptr_t more)
{
    REAL(void *, "sbrk", intptr_t)
    return more > 0 && fails(ALLOC) ? (void *)-1 : real(more); /* NOLINT: that is what sbrk returns */
}

/* ---- files */

ssize_t write(int file, const void *bytes, size_t length)
{
    REAL(ssize_t, "write", int, const void *, size_t)
    return fails(WRITE) ? -1 : real(file, bytes, length);
}

static void grow(const char *path)
{
    FILE *file = path ? fopen(path, "a") : NULL;
    if (file) {
        fputs("# more\n", file);
        fclose(file);
    }
}

ssize_t read(int file, void *bytes, size_t length)
{
    REAL(ssize_t, "read", int, void *, size_t)
    if (fails(READ)) {
        return -1;
    }
    ssize_t got = real(file, bytes, length);
    if (ready) {
        grow(getenv("RUBRIC_GROW"));
    }
    return got;
}

int fsync(int file)
{
    REAL(int, "fsync", int)
    return fails(SYNC) ? -1 : real(file);
}

int rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *)
    return fails(RENAME) ? -1 : real(from, to);
}

int mkstemp(char *path)
{
    REAL(int, "mkstemp", char *)
    return fails(CREATE) ? -1 : real(path);
}

int fchmod(int file, mode_t mode)
{
    REAL(int, "fchmod", int, mode_t)
    return fails(MODE) ? -1 : real(file, mode);
}

/* The file is closed all the same, as the kernel does. */
int close(int file)
{
    REAL(int, "close", int)
    int result = real(file);
    return fails(CLOSE) ? -1 : result;
}

int open(const char *path, int flags, ...)
{
    REAL(int, "open", const char *, int, ...)
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return fails(OPEN) ? -1 : real(path, flags, mode);
}
