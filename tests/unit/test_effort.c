/* What it takes to evaluate units that are partly known, and how much comes of it: each unit of a `.cases` file, as it is written and with
 * each of its entries left out in turn. The figures of a file stand in tests/effort-of-units.tsv. What changes them much changes no answer that
 * a case tells, but costs time, knows less, or was not meant. RUBRIC_BLESS=1 writes them anew; an argument is the one file to look at. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "base/io.h"
#include "base/mem.h"
#include "base/str.h"
#include "eval/ledger.h"
#include "facts/facts.h"
#include "sema/compile.h"

#define FIGURES "tests/effort-of-units.tsv"
enum { ENTRIES_MAX = 64, SIZE_MAX_OF_FILE = 1 << 20 };

/* Every so many of the files where each run is slow, or memory is not given back. */
#if defined RUBRIC_TORTURE
enum { FILES = 20 };
#elif defined RUBRIC_NO_GC
enum { FILES = 5 };
#else
enum { FILES = 1 };
#endif

/* A sum over nodes or steps may be off by this part of it: less is the way of the day. */
enum { PART = 8 };

/* Sums over the units of a file: how many there are, are refused; passes and steps; values of which both ends are known to be reached, and
 * be it not in the limit; facts and scores that may decide, or were read by parts; lines of ledgers. */
struct effort {
    size_t units, refused, passes, steps, exact, attained, deciding, read, lines;
};

static const char *only;

static char *text_of(const char *path)
{
    char *text;
    size_t length;
    assert_int_equal(io_read(path, SIZE_MAX_OF_FILE, &text, &length), IO_OK);
    return text;
}

/* ---- one unit */

static void count_values(struct effort *effort, const struct evaluation *evaluation)
{
    for (size_t c = 0; c < evaluation->contexts; c++)
        for (size_t i = 0; i < evaluation->standard->ir->nodes.count; i++) {
            effort->exact += evaluation->exact[c][i];
            effort->attained += evaluation->attained[c][i];
        }
}

static void count_inside(struct effort *effort, const struct evaluation *evaluation, const struct part *part);

static void count_part(struct effort *effort, const struct evaluation *evaluation, const struct part *part)
{
    struct ledger ledger = ledger_of(evaluation, evaluation->final, part);
    effort->lines += ledger.earned_count + ledger.lost_count;
    for (size_t i = 0; i < ledger.earned_count; i++)
        effort->read += ledger.earned[i].facts.count;
    for (size_t i = 0; i < ledger.lost_count; i++)
        effort->read += ledger.lost[i].facts.count;
    effort->read += evaluation_reads(evaluation, evaluation->final, part->score).count;
    effort->read += evaluation_scores(evaluation, evaluation->final, part->score).count;
    count_inside(effort, evaluation, part);
}

static void count_inside(struct effort *effort, const struct evaluation *evaluation, const struct part *part)
{
    for (size_t i = 0; i < part->parts.count; i++)
        count_part(effort, evaluation, part->parts.items[i]);
}

static void count_unit(struct effort *effort, const struct standard *standard, const char *entries)
{
    struct diags diags = {0};
    const struct source *source = source_new("unit.facts", entries, strlen(entries));
    const struct facts_file *file = facts_open_text(source, &diags);
    const struct unit *unit = facts_read(file, standard, &diags);
    if (!unit)
        return;
    const struct evaluation *evaluation = evaluate(standard, unit, &(struct call){0});
    effort->units++;
    effort->refused += evaluation->refused;
    effort->passes += evaluation->passes;
    effort->steps += evaluation->steps;
    if (evaluation->refused)
        return;
    count_values(effort, evaluation);
    effort->deciding += evaluation->deciding_count;
    count_inside(effort, evaluation, standard->root);
}

/* ---- the units of a file */

/* Entries stand between ` ; `, and `\n` begins a new line in one. */
static size_t split_entries(char *given, char *entries[ENTRIES_MAX])
{
    size_t count = 0;
    for (char *next = given; next; count++) {
        assert_true(count < ENTRIES_MAX);
        entries[count] = next;
        next = strstr(next, " ; ");
        if (next)
            *next = '\0', next += 3;
        for (char *at = entries[count]; (at = strstr(at, "\\n"));)
            at[0] = '\n', at[1] = ' ';
    }
    return count;
}

static void count_case(struct effort *effort, const struct standard *standard, char *line)
{
    char *given = line, *entries[ENTRIES_MAX], *arrow = strstr(line, "=>");
    if (!arrow || strchr("#+[", *given))
        return;
    *arrow = '\0';
    size_t count = split_entries(given, entries);
    for (size_t left_out = 0; left_out <= count; left_out++) {
        struct str text = {0};
        str_add(&text, "unit \"case\"\n");
        for (size_t i = 0; i < count; i++)
            if (i != left_out)
                str_format(&text, "%s\n", entries[i]);
        count_unit(effort, standard, str_text(&text));
    }
}

static struct effort effort_of(const char *cases)
{
    struct effort effort = {0};
    struct diags diags = {0};
    const char *rules = str_print("%.*srubric", (int)(strlen(cases) - strlen("cases")), cases);
    const struct standard *standard = compile_standard(rules, &(struct compile_options){0}, &diags);
    assert_non_null(standard);
    for (char *line = text_of(cases), *end; *line; line = end) {
        end = line + strcspn(line, "\n");
        if (*end)
            *end++ = '\0';
        count_case(&effort, standard, line);
    }
    return effort;
}

static const char *line_of(const char *cases, struct effort e)
{
    return str_print("%s\t%zu\t%zu\t%zu\t%zu\t%zu\t%zu\t%zu\t%zu\t%zu\n", cases, e.units, e.refused, e.passes,
                     e.steps, e.exact, e.attained, e.deciding, e.read, e.lines);
}

/* False: the figures have no such file. */
static bool effort_before(const char *figures, const char *cases, struct effort *e)
{
    const char *line = strstr(figures, str_print("%s\t", cases));
    return line &&
           sscanf(line + strlen(cases), "%zu%zu%zu%zu%zu%zu%zu%zu%zu", &e->units, &e->refused, &e->passes,
                  &e->steps, &e->exact, &e->attained, &e->deciding, &e->read, &e->lines) == 9;
}

static bool near(size_t now, size_t before)
{
    return (now > before ? now - before : before - now) * PART <= before;
}

static bool as_before(const struct effort *now, const struct effort *before)
{
    return now->units == before->units && now->refused == before->refused &&
           near(now->passes, before->passes) && near(now->steps, before->steps) &&
           near(now->exact, before->exact) && near(now->attained, before->attained) &&
           now->deciding == before->deciding && now->read == before->read && now->lines == before->lines;
}

/* ---- against the figures */

static void test_effort(void **state)
{
    (void)state;
    struct io_names files = {0};
    struct str now = {0};
    const char *kept = getenv("RUBRIC_BLESS") ? NULL : text_of(FIGURES);
    size_t changed = 0;
    assert_int_equal(io_list("tests/forms", ".cases", &files), IO_OK);
    assert_int_equal(io_list("tests/agree", ".cases", &files), IO_OK);
    for (size_t i = 0; i < files.list.count; i++) {
        if (only ? strcmp(only, files.list.items[i]) != 0 : i % FILES != 0)
            continue;
        struct effort effort = effort_of(files.list.items[i]), before;
        const char *line = line_of(files.list.items[i], effort);
        str_add(&now, line);
        if (kept && !(effort_before(kept, files.list.items[i], &before) && as_before(&effort, &before)))
            print_message("is now: %s", line), changed++;
    }
    if (!kept)
        assert_int_equal(io_write(FIGURES, str_text(&now), now.length), IO_OK);
    assert_int_equal(changed, 0);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_effort)};
    mem_start();
    only = count > 1 ? arguments[1] : NULL;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
