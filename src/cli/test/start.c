/* rubric test: the tests of standards, run. */
#include <string.h>
#include "base/io.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/guard.h"
#include "cli/test/test.h"
#include "report/say.h"

static bool has(const struct testing *testing, enum option option)
{
    return options_has(testing->arguments, option);
}

/* ---------------------------------------------------------------- running */

/* What looks into its evaluation, though it passed, does so now. */
static void run_test(struct testing *testing, const struct tested *tested, const struct test *test)
{
    struct test_run run = suite_run(test, tested->coverage != NULL);
    struct str out = {0};
    told_add(&testing->told, &run);
    if (tested->coverage != NULL && run.evaluation != NULL && !run.evaluation->refused) {
        coverage_see(tested->coverage, run.evaluation);
    }
    if (has(testing, OPTION_JSON)) {
        suite_json(&out, &vec_last(&testing->told.list), cli_json_lang(testing->cli));
        cli_write(&out);
    }
    told_let_go(&testing->told);
}

static void run_suite(struct testing *testing, const struct tested *tested, const struct suite *suite)
{
    for (size_t i = 0; i < suite->tests.count; i++) {
        run_test(testing, tested, suite->tests.items[i]);
    }
}

static void run_all(struct testing *testing)
{
    for (size_t i = 0; i < testing->standards_tested.count; i++) {
        struct tested *tested = testing->standards_tested.items[i];
        tested->coverage = has(testing, OPTION_COVER) || has(testing, OPTION_MIN) || has(testing, OPTION_GEN)
                               ? coverage_new(tested->standard)
                               : NULL;
        for (size_t k = 0; k < tested->suites.count; k++) {
            run_suite(testing, tested, tested->suites.items[k]);
        }
    }
}

/* ---------------------------------------------------------------- telling */

static void tell_test(const struct testing *testing, struct told_test *test)
{
    struct str out = {0};
    if (test->cannot || !test->run.passed) {
        struct page page = cli_page(&out);
        suite_failure(&page, test, testing->cli->lang);
        cli_write(&out);
    }
    struct diags shown = cli_without_notes(&test->diags);
    cli_show(testing->cli, &shown);
}

static void tell(struct testing *testing)
{
    struct str out = {0};
    if (has(testing, OPTION_JSON)) { /* each test was told when it was run */
        for (size_t i = 0; i < testing->told.refused.count; i++) {
            suite_json_refused(&out, &testing->told.refused.items[i], cli_json_lang(testing->cli));
        }
        cli_write(&out);
        return;
    }
    if (has(testing, OPTION_TAP)) {
        suite_tap(&out, &testing->told, testing->cli->lang);
        cli_write(&out);
        return;
    }
    for (size_t i = 0; i < testing->told.list.count; i++) {
        tell_test(testing, &testing->told.list.items[i]);
    }
    struct page page = cli_page(&out);
    suite_count(&page, &testing->told, testing->cli->lang);
    cli_write(&out);
}

static void write_junit(struct testing *testing)
{
    const char *path = options_value(testing->arguments, OPTION_JUNIT);
    if (path == NULL) {
        return;
    }
    struct str out = {0};
    struct diags diags = {0};
    suite_junit(&out, &testing->told, testing->cli->lang);
    if (io_write(path, str_text(&out), out.length) != IO_OK) {
        diag_add(&diags, DIAG_NOT_WRITTEN, SPAN_NONE, path, NULL);
        cli_worsen(testing->cli, EXIT_IO);
    }
    cli_show(testing->cli, &diags);
}

static void judge(struct testing *testing, bool accepted)
{
    if (testing->told.failed > 0 && !accepted) {
        cli_worsen(testing->cli, EXIT_NOT_MET);
    }
    if (testing->told.cannot > 0) {
        cli_worsen(testing->cli, EXIT_INPUT);
    }
}

/* A call that looks for nothing is not one that found all to be well. */
static void refuse_none(struct testing *testing)
{
    struct diags diags = {0};
    const char *wanted = options_value(testing->arguments, OPTION_RUN);
    if (testing->told.list.count == 0 && testing->told.refused.count == 0 &&
        testing->standards_tested.count > 0) {
        diag_add(&diags, wanted != NULL ? DIAG_NO_SUCH_TEST : DIAG_NO_TESTS, SPAN_NONE,
                 wanted != NULL ? wanted : testing->standards_tested.items[0]->source->name, NULL);
    }
    cli_report(testing->cli, &diags);
}

static bool may_write_junit(const struct testing *testing)
{
    struct io_names read = {0};
    test_paths(testing, &read);
    return guard_output(testing->cli, options_value(testing->arguments, OPTION_JUNIT), &read);
}

static void once(struct testing *testing)
{
    test_find(testing);
    if (!may_write_junit(testing)) {
        return;
    }
    run_all(testing);
    if (has(testing, OPTION_GEN)) {
        if (test_prove_out_of_reach(testing)) {
            test_propose(testing);
        }
        return;
    }
    refuse_none(testing);
    bool machine = has(testing, OPTION_JSON) || has(testing, OPTION_TAP);
    if (testing->told.list.count > 0 || (machine && testing->told.refused.count > 0)) {
        tell(testing);
    }
    write_junit(testing);
    if (has(testing, OPTION_MUTATE)) {
        test_mutate(testing);
    } else {
        test_cover(testing);
    }
    judge(testing, has(testing, OPTION_ACCEPT) && test_accept(testing));
}

/* ---------------------------------------------------------------- the command */

static void clash(const struct arguments *arguments, enum option a, enum option b, struct diags *diags)
{
    if (options_has(arguments, a) && options_has(arguments, b)) {
        diag_add(diags, DIAG_OPTIONS_CLASH, SPAN_NONE, options_dashed(a), options_dashed(b), NULL);
    }
}

/* Where nothing is asked that a proof could answer. */
static void refuse_idle_proof(const struct arguments *arguments, struct diags *diags)
{
    bool asked = options_has(arguments, OPTION_COVER) || options_has(arguments, OPTION_MIN) ||
                 options_has(arguments, OPTION_GEN) || options_has(arguments, OPTION_MUTATE);
    clash(arguments, OPTION_MUTATE, OPTION_COVER_PROVE, diags);
    if (options_has(arguments, OPTION_COVER_PROVE) && !asked) {
        diag_add(diags, DIAG_OPTION_ALONE, SPAN_NONE, options_dashed(OPTION_COVER_PROVE),
                 options_dashed(OPTION_COVER), NULL);
    }
}

/* What is read once is not waited for, and is nowhere to be written to. */
static void refuse_input(const struct arguments *arguments, struct diags *diags)
{
    if (options_has(arguments, OPTION_WATCH)) {
        diag_add(diags, DIAG_OPTIONS_CLASH, SPAN_NONE, options_dashed(OPTION_WATCH), "-", NULL);
    }
    if (options_has(arguments, OPTION_ACCEPT)) {
        diag_add(diags, DIAG_MEND_STANDARD_INPUT, SPAN_NONE, options_dashed(OPTION_ACCEPT), NULL);
    }
}

/* A name that was left out makes the standard behind it the file that is written. */
static void refuse_rules_as_junit(const struct arguments *arguments, struct diags *diags)
{
    const char *path = options_value(arguments, OPTION_JUNIT);
    if (path != NULL && (cli_ends_in(path, ".rubric") || cli_ends_in(path, ".facts"))) {
        diag_add(diags, DIAG_JUNIT_ELSEWHERE, SPAN_NONE, path, NULL);
    }
}

void test_run_command(struct cli *cli, const struct arguments *arguments)
{
    struct diags diags = {0};
    clash(arguments, OPTION_JSON, OPTION_TAP, &diags);
    clash(arguments, OPTION_ACCEPT, OPTION_JSON, &diags);
    clash(arguments, OPTION_ACCEPT, OPTION_TAP, &diags);
    clash(arguments, OPTION_ACCEPT, OPTION_WATCH, &diags);
    clash(arguments, OPTION_COVER, OPTION_TAP, &diags);
    clash(arguments, OPTION_MUTATE, OPTION_TAP, &diags);
    clash(arguments, OPTION_MUTATE, OPTION_COVER, &diags);
    clash(arguments, OPTION_MUTATE, OPTION_ACCEPT, &diags);
    clash(arguments, OPTION_GEN, OPTION_MUTATE, &diags);
    clash(arguments, OPTION_GEN, OPTION_JSON, &diags);
    clash(arguments, OPTION_GEN, OPTION_TAP, &diags);
    clash(arguments, OPTION_GEN, OPTION_COVER, &diags);
    clash(arguments, OPTION_GEN, OPTION_ACCEPT, &diags);
    clash(arguments, OPTION_GEN, OPTION_WATCH, &diags);
    clash(arguments, OPTION_GEN, OPTION_JUNIT, &diags);
    clash(arguments, OPTION_GEN, OPTION_MIN, &diags);
    if (options_name_input(arguments)) {
        refuse_input(arguments, &diags);
    }
    options_want_file(arguments, OPTION_JUNIT, &diags);
    refuse_rules_as_junit(arguments, &diags);
    refuse_idle_proof(arguments, &diags);
    struct num least;
    test_read_least(&(struct testing){.arguments = arguments}, &least, &diags);
    cli_report(cli, &diags);
    if (diags.errors > 0) {
        return;
    }
    if (options_has(arguments, OPTION_WATCH)) {
        test_watch(cli, arguments, once);
    } else {
        struct testing testing = {.cli = cli, .arguments = arguments};
        once(&testing);
    }
}
