/* --mutate: do the tests see it if the standard says something else? */
#include "cli/test/test.h"
#include "report/say.h"
#include "report/view.h"
#include "suite/mutants.h"
#include "syntax/parse.h"

enum fate { KILLED, REFUSED /* by the checks: no test is needed to see it */, SURVIVED };

/* Some tests of one suite: they are compiled and made ready together. */
struct chunk {
    const struct source *source;
    struct compile_tests tests;
};

struct mutating {
    struct testing *testing;
    const struct tested *tested;
    VEC(struct chunk) chunks; /* of tests that pass */
    size_t first;             /* the one that saw the last change: the next one is near */
    size_t counts[3];
};

/* Tests that fail as it is see nothing. */
static void find_passing(struct mutating *it)
{
    enum { TESTS_TOGETHER = 12 };
    for (size_t i = 0; i < it->tested->suites.count; i++) {
        const struct suite *suite = it->tested->suites.items[i];
        for (size_t k = 0, count = 0; k < suite->tests.count; k++) {
            if (!suite_run(suite->tests.items[k], false).passed) {
                continue;
            }
            if (count++ % TESTS_TOGETHER == 0) {
                vec_push(&it->chunks, (struct chunk){.source = suite->source});
            }
            vec_push(&vec_last(&it->chunks).tests.list, suite->tests.items[k]->ast);
        }
    }
}

static enum fate fate_in(struct mutating *it, const struct chunk *chunk, const struct source *instead)
{
    const struct suite *suite = suite_new(chunk->source, &chunk->tests, instead, &it->testing->files);
    for (size_t i = 0; i < suite->tests.count; i++) {
        if (suite->tests.items[i]->standard == NULL) {
            return REFUSED;
        }
        if (!suite_run(suite->tests.items[i], false).passed) {
            return KILLED;
        }
    }
    return SURVIVED;
}

static enum fate fate_of(struct mutating *it, const struct mutant *mutant)
{
    const struct source *instead = mutant_source(mutant);
    for (size_t i = 0; i < it->chunks.count; i++) {
        size_t at = (it->first + i) % it->chunks.count;
        enum fate fate = fate_in(it, &it->chunks.items[at], instead);
        if (fate != SURVIVED) {
            it->first = fate == KILLED ? at : it->first;
            return fate;
        }
    }
    return SURVIVED;
}

/* `first`: of those that are listed. */
static void tell_survivor(const struct testing *testing, const struct mutant *mutant, bool first)
{
    enum { CELLS = 90 };
    struct str out = {0};
    struct page page = cli_page(&out);
    if (first) {
        page_text(&page, INK_BOLD, say(SAY_MUTANT_HEAD, testing->cli->lang));
        page_end(&page);
    }
    const char *words = view_words(mutant->shown, CELLS);
    const char *text = *mutant->instead == '\0'
                           ? say_with(SAY_MUTANT_OUT, testing->cli->lang, words, NULL)
                           : say_with(SAY_MUTANT_OTHER, testing->cli->lang, words, mutant->instead, NULL);
    page_text(&page, INK_DIM, str_print("%s:%zu  ", view_place(mutant->shown), source_column(mutant->shown)));
    page_text(&page, INK_BAD, text);
    page_end(&page);
    cli_write(&out);
}

static void survivor_json(const struct mutant *mutant)
{
    struct str out = {0};
    struct json json = {.out = &out};
    json_open(&json, '{');
    json_key(&json, "rubric");
    json_int(&json, 1);
    json_key(&json, "survived");
    json_open(&json, '{');
    json_pair(&json, "file", mutant->shown.source->name);
    json_key(&json, "line");
    json_int(&json, (long long)source_line(mutant->shown));
    json_pair(&json, "words", span_text(mutant->shown));
    json_pair(&json, "instead", mutant->instead);
    json_close(&json, '}');
    json_close(&json, '}');
    str_add_char(&out, '\n');
    cli_write(&out);
}

static void try_file(struct mutating *it, const struct source *source)
{
    struct diags unheard = {0};
    struct mutants mutants = {0};
    const struct ast *tree = parse_rubric(source, &unheard);
    if (tree != NULL) {
        mutants_of(tree, &mutants);
    }
    for (size_t i = 0; i < mutants.list.count; i++) {
        const struct mutant *mutant = &mutants.list.items[i];
        enum fate fate = fate_of(it, mutant);
        it->counts[fate]++;
        if (fate == SURVIVED && options_has(it->testing->arguments, OPTION_JSON)) {
            survivor_json(mutant);
        } else if (fate == SURVIVED) {
            tell_survivor(it->testing, mutant, it->counts[SURVIVED] == 1);
        }
    }
}

static void count_json(const struct mutating *it, struct str *out)
{
    static const char *const names[] = {[KILLED] = "seen", [REFUSED] = "refused", [SURVIVED] = "survived"};
    struct json json = {.out = out};
    json_open(&json, '{');
    json_key(&json, "rubric");
    json_int(&json, 1);
    json_key(&json, "changes");
    json_open(&json, '{');
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        json_key(&json, names[i]);
        json_int(&json, (long long)it->counts[i]);
    }
    json_close(&json, '}');
    json_close(&json, '}');
    str_add_char(out, '\n');
}

static void tell_count(const struct mutating *it)
{
    struct str out = {0};
    struct page page = cli_page(&out);
    enum lang lang = it->testing->cli->lang;
    size_t killed = it->counts[KILLED], seen = killed + it->counts[SURVIVED];
    if (options_has(it->testing->arguments, OPTION_JSON)) {
        count_json(it, &out);
    } else {
        page_paragraph(
            &page, 0, it->counts[SURVIVED] > 0 ? INK_BAD : INK_GOOD,
            say_with(SAY_MUTANT_COUNT, lang, str_print("%zu", seen > 0 ? killed * 100 / seen : 100),
                     str_print("%zu", killed), str_print("%zu", seen), str_print("%zu", it->counts[REFUSED]),
                     NULL));
    }
    cli_write(&out);
}

static void mutate(struct testing *testing, const struct tested *tested, struct num least)
{
    struct mutating it = {.testing = testing, .tested = tested};
    find_passing(&it);
    for (size_t i = 0; i < tested->standard->sources.count; i++) {
        try_file(&it, tested->standard->sources.items[i]);
    }
    tell_count(&it);
    if (!test_is_enough(it.counts[KILLED], it.counts[KILLED] + it.counts[SURVIVED], least)) {
        cli_worsen(testing->cli, EXIT_NOT_MET);
    }
}

void test_mutate(struct testing *testing)
{
    struct diags diags = {0};
    struct num least;
    test_read_least(testing, &least, &diags);
    for (size_t i = 0; i < testing->standards_tested.count; i++) {
        mutate(testing, testing->standards_tested.items[i], least);
    }
}
