/* What an evaluation costs in a process that goes on: rows of docs/benchmarks.md. Facts change to something else each time, in an order and to
 * values that were made before; what is counted is the processor time of the thread.
 *   warm MODEL-UNITS.rubric SHIPPED.rubric SHIPPED.facts */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "api/rubric.h"

enum { FACTS = 50, CHANGES = 1 << 10, TEXT = 12, RUNS = 21 };

static const struct {
    const char *name;
    int64_t worst, best;
} FACTS_OF[] = {
#define FACT(name, worst, best) {#name, worst, best},
#include "tests/bench/units.def"
#undef FACT
};

struct change {
    int fact;
    int64_t number;
};

static rubric_standard *standard;
static rubric_unit *unit;
static struct change changes[CHANGES];
static char texts[CHANGES][TEXT];
static int64_t sum;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void must(rubric_status status)
{
    if (status == RUBRIC_OK)
        return;
    fprintf(stderr, "%s\n%s", rubric_status_text(status, RUBRIC_EN),
            unit ? rubric_messages_shown(rubric_unit_messages(unit), RUBRIC_EN) : "");
    exit(1);
}

static void make_changes(void)
{
    unsigned long chance = 1;
    for (size_t i = 0; i < CHANGES; i++) {
        size_t which = i % FACTS;
        int64_t most = FACTS_OF[which].worst + FACTS_OF[which].best;
        chance = chance * 6364136223846793005u + 1442695040888963407u;
        changes[i].fact = rubric_fact_find(standard, FACTS_OF[which].name);
        changes[i].number = (int64_t)((chance >> 33) % (unsigned long)(most + 1));
        snprintf(texts[i], TEXT, "%lld", (long long)changes[i].number);
    }
}

/* ---- what is measured: so many evaluations */

static void read_total(void)
{
    int64_t total;
    must(rubric_evaluate(unit));
    must(rubric_score(unit, RUBRIC_TOTAL, 1, &total));
    sum += total;
}

static void one_number(size_t times)
{
    for (size_t i = 0; i < times; i++) {
        const struct change *change = &changes[i * 7 % CHANGES];
        must(rubric_set_number(unit, change->fact, change->number, 0));
        read_total();
    }
}

static void one_text(size_t times)
{
    for (size_t i = 0; i < times; i++) {
        const struct change *change = &changes[i * 7 % CHANGES];
        must(rubric_set_text(unit, change->fact, texts[i * 7 % CHANGES]));
        read_total();
    }
}

static void all_numbers(size_t times)
{
    for (size_t i = 0; i < times; i++) {
        for (size_t k = 0; k < FACTS; k++) {
            const struct change *change = &changes[(i * FACTS + k) % (CHANGES / FACTS * FACTS)];
            must(rubric_set_number(unit, change->fact, change->number, 0));
        }
        read_total();
    }
}

static void all_scores(size_t times)
{
    for (size_t i = 0; i < times; i++) {
        const struct change *change = &changes[i * 7 % CHANGES];
        must(rubric_set_number(unit, change->fact, change->number, 0));
        read_total();
        for (int part = 0; part < rubric_part_count(standard); part++) {
            int64_t score;
            must(rubric_score(unit, part, 1, &score));
            sum += score;
        }
    }
}

static void one_open(size_t times)
{
    for (size_t i = 0; i < times; i++) {
        char low[40];
        must(rubric_set_number(unit, changes[1].fact, changes[i % 20 * FACTS + 1].number, 0));
        must(rubric_evaluate(unit));
        sum += (int64_t)rubric_score_text(unit, RUBRIC_TOTAL, RUBRIC_LOW, low, sizeof low);
    }
}

static void exactly(size_t times)
{
    int fact = rubric_fact_find(standard, "lectures");
    for (size_t i = 0; i < times; i++) {
        must(rubric_set_number(unit, fact, (int64_t)(i % 3), 0));
        read_total();
    }
}

/* ---- */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(const char *what, void (*work)(size_t times), size_t times, rubric_way way)
{
    double each[RUNS];
    work(times);
    for (size_t i = 0; i < RUNS; i++) {
        double before = now();
        work(times);
        each[i] = (now() - before) / (double)times;
    }
    qsort(each, RUNS, sizeof *each, by_size);
    if (rubric_unit_way(unit) != way)
        fprintf(stderr, "%s: not evaluated as it was meant to be\n", what);
    printf("| %s | %.0f ns | %.0f – %.0f ns |\n", what, each[RUNS / 2], each[0], each[RUNS - 1]);
}

static void start(const char *rules, const rubric_options *options)
{
    rubric_unit_free(unit);
    rubric_standard_free(standard);
    unit = NULL;
    must(rubric_standard_load(rules, options, &standard, NULL));
}

static void measure_shipped(const char *rules, const char *facts)
{
    static char text[1 << 16];
    FILE *file = fopen(facts, "rb");
    size_t length = file ? fread(text, 1, sizeof text, file) : 0;
    const char *set_to[] = {"pass_mark=80"};
    start(rules, &(rubric_options){.set = set_to, .set_count = 1});
    must(rubric_unit_read(standard, facts, text, length, &unit, NULL));
    measure("the shipped standard, which columns do not hold: one fact set, total", exactly, 200,
            RUBRIC_BY_EVALUATOR);
    if (file)
        fclose(file);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: warm MODEL-UNITS.rubric SHIPPED.rubric SHIPPED.facts\n", stderr);
        return 2;
    }
    start(argv[1], NULL);
    must(rubric_unit_new(standard, "unit", &unit));
    make_changes();
    all_numbers(1);
    printf("| an evaluation | median of %d | least – most |\n| --- | ---: | ---: |\n", RUNS);
    measure("one fact set by number, total read", one_number, 20000, RUBRIC_BY_KNOWN);
    measure("one fact set by text, total read", one_text, 20000, RUBRIC_BY_KNOWN);
    measure("one fact set by number, total and all parts read", all_scores, 20000, RUBRIC_BY_KNOWN);
    measure("all 50 facts set by number, total read", all_numbers, 2000, RUBRIC_BY_KNOWN);
    must(rubric_set_unknown(unit, changes[0].fact));
    measure("one fact open, another set, total read as text", one_open, 2000, RUBRIC_BY_RANGES);
    measure_shipped(argv[2], argv[3]);
    return sum == 0;
}
