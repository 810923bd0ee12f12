#include "cli/batch/progress.h"
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "report/say.h"

enum { EVERY = 200 /* milliseconds */, CELLS = 24 };

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

struct progress progress_new(enum lang lang)
{
    int64_t start = now();
    return (struct progress){isatty(STDERR_FILENO) != 0, lang, start, start, false};
}

static void add_bar(struct str *out, uint64_t taken, uint64_t size)
{
    uint64_t done = taken < size ? taken : size;
    size_t full = (size_t)(done * CELLS / size);
    str_add_repeat(out, "█", full);
    str_add_repeat(out, "░", CELLS - full);
    str_format(out, " %3d%%  ", (int)(done * 100 / size));
}

static void add_left(struct str *out, uint64_t taken, uint64_t size, int64_t spent, enum lang lang)
{
    uint64_t left = taken > 0 && taken < size ? (size - taken) * (uint64_t)spent / taken / 1000 : 0;
    str_add(out, say(SAY_LIST_COMMA, lang));
    str_add(out, say_with(SAY_BATCH_LEFT, lang, str_print("%llu", (unsigned long long)left), NULL));
}

void progress_show(struct progress *progress, uint64_t units, uint64_t taken, uint64_t size)
{
    int64_t at = progress->shown ? now() : 0;
    if (!progress->shown || at - progress->last < EVERY) {
        return;
    }
    struct str out = {0};
    int64_t spent = at - progress->start;
    progress->last = at;
    progress->drawn = true;
    str_add(&out, "\r\033[K");
    if (size > 0) {
        add_bar(&out, taken, size);
    }
    str_add(&out, say_with(SAY_BATCH_PROGRESS, progress->lang, str_print("%llu", (unsigned long long)units),
                           str_print("%llu", (unsigned long long)(units * 1000 / (uint64_t)spent)), NULL));
    if (size > 0) {
        add_left(&out, taken, size, spent, progress->lang);
    }
    fputs(str_text(&out), stderr);
    fflush(stderr);
}

void progress_clear(struct progress *progress)
{
    if (progress->drawn) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    progress->drawn = false;
}
