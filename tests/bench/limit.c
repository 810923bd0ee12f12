/* What can be had by hand: one program for the one table of model-units.rubric and the one shape of file that workload.c writes, nothing missing.
 * The figure for `rubric batch` to come near. Writes of each unit its id, its total, eligible as 0 or 1; prints the sums as `workload … sum` does.
 * usage: limit UNITS.csv OUT.csv [THREADS] */
#define _GNU_SOURCE
#include "units.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    TEXT_SIZE = 1 << 18,     /* read at once */
    RESULT_SIZE = TEXT_SIZE, /* of so much text the results are shorter */
    MOST_THREADS = 16,
    MOST_POINTS = 100
};

/* A stretch of the file, whole lines, for one thread. */
struct share {
    pthread_t thread;
    int from, to; /* files; `to` is -1 where the results are kept until those before are written */
    off_t at, end;
    uint8_t *results;
    size_t used, room;
    long units, total, eligible, sections[SECTION_COUNT];
    bool bad;
};

static _Noreturn void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* ---------------------------------------------------------------- scoring */

static inline long least(long a, long b)
{
    return a < b ? a : b;
}

static inline __attribute__((always_inline)) long score(const union unit *unit, struct share *share,
                                                        bool *eligible)
{
    const union unit u = *unit;
    bool clean = !u.violations;
    long leadership = (u.team == 1) + (u.duties == 1) + (u.staff == 1 ? 2 : 0) +
                      (u.trained >= 3   ? 5
                       : u.trained == 2 ? 3
                       : u.trained == 1 ? 1
                                        : 0) +
                      (u.rules_followed == 1 ? 2 : 0) + (u.special >= 1 ? 2 : 0) +
                      (u.kept >= 5   ? u.praised == 1 ? 4 : 3
                       : u.kept >= 3 ? 2
                       : u.kept >= 1 ? 1
                                     : 0) +
                      (u.months >= 12 && clean) + (u.lectures >= 1 && clean) + (u.memorials == 1 && clean) +
                      (u.mentoring >= 1 ? 3 : 0);
    long teaching = (u.plans >= 2   ? 3
                     : u.plans == 1 ? 1
                                    : 0) +
                    least(u.reviews, 2) + (u.integrity == 1) + u.study / 2 + (u.groups == 1 ? 2 : 0);
    long workings = (u.joint == 1 ? 3 : 0) + least(u.mechanisms, 6) + (u.life_meetings >= 1) +
                    (u.recruits_made >= u.recruits_planned ? 3 : 0) + (u.dues_paid >= u.dues_owed ? 4 : 0) +
                    (u.transferred >= u.floating ? 3 : 0) + (u.notices_made >= u.notices_due ? 3 : 0);
    long places = least(u.equipment, 5) + (u.flag == 1 ? 2 : 0) + (u.filing == 1 ? 2 : 0) +
                  (u.gallery == 1 ? u.updates >= 4 ? 2 : 1 : 0) + (u.subscribers >= u.members ? 2 : 0);
    long deeds = (u.july == 1 ? 3 : 0) + (u.visited >= u.members ? 2 : 0) + least(u.services, 2) +
                 u.pioneer_months / 3 + u.posts / 2 + (u.innovations >= 1 ? 2 : 0);
    long effects = (u.provincial >= 1 || u.municipal >= 2 ? 4 : 0) +
                   (u.votes > 0 && u.votes_yes * 100 >= u.votes * 95 ? 4 : 0) +
                   (u.awards >= 1 || u.spread >= 1 ? 3 : 0) +
                   (u.excellent >= 1 && u.excellent + u.passed == 3 ? 4 : 0);
    long total = leadership + teaching + workings + places + deeds + effects;
    share->sections[0] += leadership;
    share->sections[1] += teaching;
    share->sections[2] += workings;
    share->sections[3] += places;
    share->sections[4] += deeds;
    share->sections[5] += effects;
    *eligible = total >= 90 && clean;
    return total;
}

/* ---------------------------------------------------------------- reading and writing */

/* The end of each line of results, ready made. */
static char tails[MOST_POINTS + 1][2][8];
static size_t tail_lengths[MOST_POINTS + 1][2];

static void make_tails(void)
{
    for (int total = 0; total <= MOST_POINTS; total++)
        for (int eligible = 0; eligible < 2; eligible++)
            tail_lengths[total][eligible] =
                (size_t)snprintf(tails[total][eligible], 8, "%d,%d\n", total, eligible);
}

/* The id with its comma. Where it is short, eight bytes are written at once: what is too much is overwritten. */
static inline uint8_t *put_id(uint8_t *out, const uint8_t *id, const uint8_t *end)
{
    size_t length = (size_t)(end - id);
    if (length <= 8)
        memcpy(out, id, 8);
    else
        memcpy(out, id, length);
    return out + length;
}

/* Two digits at least are there behind the start of a cell: a digit, and what ends it. */
static inline __attribute__((always_inline)) const uint8_t *read_cell(const uint8_t *text, char end,
                                                                      long *cell, unsigned *bad)
{
    unsigned first = (unsigned)text[0] - '0', next = (unsigned)text[1] - '0';
    unsigned long number = first;
    *bad |= first > 9;
    text += 2;
    while (next <= 9) {
        number = number * 10 + next;
        next = (unsigned)*text++ - '0';
    }
    *bad |= next != (unsigned)end - '0';
    *cell = (long)number;
    return text;
}

static void score_lines(struct share *share, const uint8_t *text, const uint8_t *end)
{
    uint8_t *out = share->results + share->used;
    unsigned bad = 0;
    union unit unit;
    while (text < end) {
        const uint8_t *id = text;
        long number;
        bool eligible;
        const uint8_t *cell = text = read_cell(text, ',', &number, &bad);
#pragma GCC unroll 50
        for (int i = 0; i < FACT_COUNT; i++)
            text = read_cell(text, i == FACT_COUNT - 1 ? '\n' : ',', &unit.cells[i], &bad);
        if (bad)
            break;
        long total = score(&unit, share, &eligible);
        share->units++;
        share->total += total;
        share->eligible += eligible;
        out = put_id(out, id, cell);
        memcpy(out, tails[total][eligible], 8);
        out += tail_lengths[total][eligible];
    }
    share->bad |= bad;
    share->used = (size_t)(out - share->results);
}

static void write_results(struct share *share, int file)
{
    for (size_t done = 0; done < share->used;) {
        ssize_t wrote = write(file, share->results + done, share->used - done);
        if (wrote <= 0)
            fail("write");
        done += (size_t)wrote;
    }
    share->used = 0;
}

static size_t whole_lines(const uint8_t *text, size_t size)
{
    while (size && text[size - 1] != '\n')
        size--;
    return size;
}

static void *run(void *argument)
{
    struct share *share = argument;
    uint8_t *text = malloc(TEXT_SIZE);
    size_t have = 0;
    while (text && (share->at < share->end || have)) {
        size_t want = TEXT_SIZE - have, left = (size_t)(share->end - share->at);
        ssize_t got = pread(share->from, text + have, want < left ? want : left, share->at);
        if (got < 0)
            fail("read");
        share->at += got;
        have += (size_t)got;
        size_t whole = whole_lines(text, have);
        if (whole)
            score_lines(share, text, text + whole);
        if (!whole || share->bad) {
            share->bad |= have > 0;
            break;
        }
        if (share->to >= 0)
            write_results(share, share->to);
        have -= whole;
        memmove(text, text + whole, have);
    }
    free(text);
    return NULL;
}

/* ---------------------------------------------------------------- the whole file */

/* The first start of a line at or behind `at`, which lies behind the first line. */
static off_t line_start(int file, off_t at)
{
    char text[4096];
    ssize_t got = pread(file, text, sizeof text, at - 1);
    char *end = got > 0 ? memchr(text, '\n', (size_t)got) : NULL;
    if (!end)
        fail("no line");
    return at + (end - text);
}

static void start(struct share *shares, int count, int from, int to, off_t size)
{
    off_t first = line_start(from, 1), each = (size - first) / count;
    for (int i = 0; i < count; i++) {
        struct share *share = &shares[i];
        off_t at = i ? line_start(from, first + each * i) : first;
        *share = (struct share){.from = from, .to = i ? -1 : to, .at = at, .end = size};
        if (i)
            shares[i - 1].end = at;
    }
    for (int i = 0; i < count; i++) {
        struct share *share = &shares[i];
        share->room = RESULT_SIZE + (i ? (size_t)(share->end - share->at) / 4 : 0);
        share->results = mmap(NULL, share->room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (share->results == MAP_FAILED || (i && pthread_create(&share->thread, NULL, run, share)))
            fail("start");
    }
}

static void take(struct share *all, const struct share *share)
{
    all->units += share->units;
    all->total += share->total;
    all->eligible += share->eligible;
    all->bad |= share->bad;
    for (int i = 0; i < SECTION_COUNT; i++)
        all->sections[i] += share->sections[i];
}

int main(int argc, char **argv)
{
    int count = argc > 3 ? atoi(argv[3]) : 1;
    if (argc < 3 || argc > 4 || count < 1 || count > MOST_THREADS)
        return 2;
    struct share shares[MOST_THREADS], all = {0};
    struct stat status;
    int from = open(argv[1], O_RDONLY), to = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (from < 0 || to < 0 || fstat(from, &status))
        fail("open");
    make_tails();
    start(shares, count, from, to, status.st_size);
    run(&shares[0]);
    for (int i = 0; i < count; i++) {
        if (i)
            pthread_join(shares[i].thread, NULL);
        write_results(&shares[i], to);
        take(&all, &shares[i]);
    }
    printf("%ld %ld %ld", all.units, all.total, all.eligible);
    for (int i = 0; i < SECTION_COUNT; i++)
        printf(" %ld", all.sections[i]);
    putchar('\n');
    if (all.bad)
        fputs("this is no file of workload\n", stderr);
    return all.bad || close(to);
}
