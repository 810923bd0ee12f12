/* rubric check: every fault of standards, and of facts files against theirs. */
#include <string.h>
#include <unistd.h>
#include "audit/audit.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/mending.h"
#include "cli/standards.h"
#include "cli/unit_files.h"
#include "diag/sarif.h"
#include "facts/facts.h"
#include "report/cost.h"
#include "report/say.h"
#include "report/stages.h"
#include "suite/suite.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_SARIF };

struct checking {
    struct cli *cli;
    const struct arguments *arguments;
    enum format format;
    bool strict; /* warnings count as errors */
    struct unit_files files;
    struct standards standards;
    struct diags all;            /* of every file, in the order of the call */
    bool held;                   /* what is found is not shown yet */
    VEC(struct diags *) reports; /* what is held, a file each */
};

/* ---------------------------------------------------------------- what is found */

static enum lang lang_of(const struct checking *check)
{
    return check->format == FORMAT_TEXT ? check->cli->lang : cli_json_lang(check->cli);
}

static void write_json(struct checking *check, const struct diags *diags)
{
    struct str out = {0};
    for (size_t i = 0; i < diags->list.count; i++) {
        struct json json = {.out = &out};
        diag_json(&json, diags->list.items[i], lang_of(check));
        str_add_char(&out, '\n');
    }
    cli_write(&out);
}

/* All of them, even those that are said of two files in the same words. */
static void gather(struct diags *all, const struct diags *diags)
{
    for (size_t i = 0; i < diags->list.count; i++) {
        vec_push(&all->list, diags->list.items[i]);
    }
    all->errors += diags->errors;
    all->warnings += diags->warnings;
}

static void show(struct checking *check, struct diags *diags)
{
    switch (check->format) {
    case FORMAT_TEXT: cli_report(check->cli, diags); break;
    case FORMAT_JSON: write_json(check, diags); break;
    case FORMAT_SARIF: break; /* one document, at the end */
    }
    cli_note_errors(check->cli, diags);
    if (check->strict && diags->warnings > 0) {
        cli_worsen(check->cli, EXIT_INPUT);
    }
}

static void report(struct checking *check, struct diags *diags)
{
    diag_sort(diags);
    gather(&check->all, diags);
    if (check->held) {
        struct diags *kept = MEM_NEW(struct diags);
        *kept = *diags;
        vec_push(&check->reports, kept);
    } else {
        show(check, diags);
    }
}

/* ---------------------------------------------------------------- files */

static void write_cost(const struct checking *check, const struct loaded *loaded)
{
    struct diags unheard = {0};
    struct call call = {.without_deciding = true};
    const struct unit *nothing = facts_nothing("", loaded->standard, &unheard);
    struct cost cost = cost_of(evaluate(loaded->standard, nothing, &call));
    struct str out = {0};
    struct page page = cli_page(&out);
    if (check->format == FORMAT_JSON) {
        cost_json(&out, loaded->path, &cost);
    } else {
        cost_write(&page, loaded->path, &cost, lang_of(check));
    }
    cli_write(&out);
}

/* Names, values and files of the tests that stand in it. What is wrong with the units that they take is for those to hear who score them. */
static void check_tests(struct loaded *loaded)
{
    struct map files = {0};
    if (loaded->tests.list.count == 0) {
        return;
    }
    const struct suite *suite = suite_new(loaded->source, &loaded->tests, NULL, &files);
    for (size_t i = 0; i < suite->tests.count; i++) {
        struct diags found = cli_without_notes(&suite->tests.items[i]->diags);
        diag_append(&loaded->diags, &found);
    }
}

static struct loaded *check_standard(struct checking *check, const char *path, struct span named)
{
    struct loaded *loaded = standards_get(&check->standards, path, named);
    if (!loaded->shown) {
        if (loaded->standard != NULL) {
            audit_standard(loaded->standard, &loaded->diags);
            check_tests(loaded);
        }
        report(check, &loaded->diags);
        if (options_has(check->arguments, OPTION_CHECK_COST) && loaded->standard != NULL) {
            write_cost(check, loaded);
        }
        loaded->shown = true;
    }
    return loaded;
}

static int64_t latest_day(const struct unit *unit)
{
    int64_t latest = unit->decisions[0].on;
    for (size_t i = 1; i < unit->decision_count; i++) {
        latest = unit->decisions[i].on > latest ? unit->decisions[i].on : latest;
    }
    return latest;
}

/* Decisions against the stages, as on the day of the last of them. */
static void check_unit(struct checking *check, const struct unit *unit, const struct standard *standard,
                       struct diags *diags)
{
    if (unit == NULL || unit->decision_count == 0) {
        return;
    }
    struct call call = {.has_on = true, .on = latest_day(unit)};
    struct timeline_result result = timeline_of(standard, unit, &call);
    if (result.timeline != NULL) {
        struct view view = {
            .evaluation = result.evaluation, .context = result.evaluation->final, .lang = lang_of(check)};
        stages_complain(&view, result.timeline, diags);
    }
}

static void check_facts(struct checking *check, const char *path)
{
    struct diags diags = {0};
    struct facts_file *file = facts_open(path, &diags);
    if (file != NULL && file->tree != NULL && file->standard != NULL) {
        struct loaded *loaded = check_standard(check, file->standard, file->standard_span);
        if (loaded->standard != NULL) {
            check_unit(check, facts_read(file, loaded->standard, &diags), loaded->standard, &diags);
        }
    } else if (diags.errors == 0) {
        diag_add(&diags, DIAG_NO_STANDARD, SPAN_NONE, path, NULL);
    }
    report(check, &diags);
}

static void refuse_table(struct checking *check, const char *path)
{
    struct diags diags = {0};
    diag_add(&diags, DIAG_UNITS_UNCHECKED, SPAN_NONE, path, NULL);
    report(check, &diags);
}

/* What does not end as a facts file is taken for a standard. */
static void check_file(struct checking *check, const struct unit_file *file)
{
    if (file->kind == UNIT_FILE_TABLE) {
        refuse_table(check, file->path);
    } else if (cli_ends_in(file->path, ".facts")) {
        check_facts(check, file->path);
    } else {
        check_standard(check, file->path, SPAN_NONE);
    }
}

/* ---------------------------------------------------------------- the end */

static void write_count(const struct checking *check)
{
    const struct diags *all = &check->all;
    enum lang lang = check->cli->lang;
    size_t notes = all->list.count - all->errors - all->warnings;
    bool strict = check->strict && all->warnings > 0;
    struct str line = {0};
    str_add(&line,
            say_with(SAY_CHECK_COUNT, lang, say_counted(SAY_CHECK_ERROR, SAY_CHECK_ERRORS, all->errors, lang),
                     say_counted(SAY_CHECK_WARNING, SAY_CHECK_WARNINGS, all->warnings, lang),
                     strict ? say(SAY_CHECK_STRICT, lang) : "",
                     say_counted(SAY_CHECK_NOTE, SAY_CHECK_NOTES, notes, lang), NULL));
    str_add_char(&line, '\n');
    cli_write(&line);
}

static const struct diag *worst_of(const struct diags *diags)
{
    const struct diag *worst = NULL;
    for (size_t i = 0; i < diags->list.count; i++) {
        const struct diag *diag = diags->list.items[i];
        if (worst == NULL || diag_severity(diag->code) > diag_severity(worst->code)) {
            worst = diag;
        }
    }
    return worst;
}

/* For a person who looks on: scripts know the codes. */
static void mention_explain(const struct checking *check)
{
    const struct diag *worst = worst_of(&check->all);
    if (worst == NULL || !isatty(STDERR_FILENO)) {
        return;
    }
    fflush(stdout);
    fprintf(stderr, "%s\n", say_with(SAY_CHECK_EXPLAIN, check->cli->lang, diag_code_name(worst->code), NULL));
}

static void write_end(struct checking *check)
{
    struct str out = {0};
    switch (check->format) {
    case FORMAT_TEXT:
        write_count(check);
        mention_explain(check);
        break;
    case FORMAT_JSON: break;
    case FORMAT_SARIF:
        diag_sarif(&out, &check->all, lang_of(check), CLI_VERSION);
        cli_write(&out);
        break;
    }
}

/* ---------------------------------------------------------------- a pass */

static void find_files(struct checking *check)
{
    struct diags diags = {0};
    check->files = unit_files_find(check->arguments, &diags);
    report(check, &diags);
}

static void check_files(struct checking *check)
{
    check->standards = (struct standards){.options = {.checked = true}};
    check->all = (struct diags){0};
    check->reports.count = 0;
    find_files(check);
    for (size_t i = 0; i < check->files.list.count; i++) {
        check_file(check, &check->files.list.items[i]);
    }
}

/* ---------------------------------------------------------------- mending */

/* Pass after pass, until one finds nothing to change; what the last one finds is what is left. */
static void mend_files(struct checking *check, struct mend_call *call, struct diags *failures)
{
    enum { ROUNDS_MAX = 20 };
    bool more = true;
    for (size_t round = 0; more && round < ROUNDS_MAX; round++) {
        check_files(check);
        more = mend_round(call, &check->all, failures) && call->write;
    }
    if (more || failures->errors > 0) {
        check_files(check);
    }
}

static void mend(struct checking *check)
{
    struct mend_call call = {
        .cli = check->cli, .files = &check->files, .write = options_has(check->arguments, OPTION_WRITE)};
    struct diags failures = {0};
    check->held = true;
    mend_files(check, &call, &failures);
    mend_tell(&call);
    cli_report(check->cli, &failures);
    if (call.unwritten) {
        cli_worsen(check->cli, EXIT_IO);
    }
    for (size_t i = 0; i < check->reports.count; i++) {
        show(check, check->reports.items[i]);
    }
}

/* ---------------------------------------------------------------- the command */

static void clash(struct checking *check, enum option a, enum option b, struct diags *diags)
{
    if (options_has(check->arguments, a) && options_has(check->arguments, b)) {
        diag_add(diags, DIAG_OPTIONS_CLASH, SPAN_NONE, options_dashed(a), options_dashed(b), NULL);
    }
}

static bool options_agree(struct checking *check)
{
    struct diags diags = {0};
    bool fix = options_has(check->arguments, OPTION_FIX), write = options_has(check->arguments, OPTION_WRITE);
    clash(check, OPTION_JSON, OPTION_SARIF, &diags);
    clash(check, OPTION_FIX, OPTION_JSON, &diags);
    clash(check, OPTION_FIX, OPTION_SARIF, &diags);
    clash(check, OPTION_CHECK_COST, OPTION_SARIF, &diags);
    clash(check, OPTION_CHECK_COST, OPTION_FIX, &diags);
    if (write && !fix) {
        diag_add(&diags, DIAG_OPTION_ALONE, SPAN_NONE, options_dashed(OPTION_WRITE),
                 options_dashed(OPTION_FIX), NULL);
    }
    if (write && fix && options_name_input(check->arguments)) {
        diag_add(&diags, DIAG_MEND_STANDARD_INPUT, SPAN_NONE, options_dashed(OPTION_WRITE), NULL);
    }
    cli_report(check->cli, &diags);
    return diags.errors == 0;
}

void check_run(struct cli *cli, const struct arguments *arguments)
{
    bool json = options_has(arguments, OPTION_JSON), sarif = options_has(arguments, OPTION_SARIF);
    struct checking check = {.cli = cli,
                             .arguments = arguments,
                             .format = sarif  ? FORMAT_SARIF
                                       : json ? FORMAT_JSON
                                              : FORMAT_TEXT,
                             .strict = options_has(arguments, OPTION_WERROR)};
    if (!options_agree(&check)) {
        return;
    }
    if (options_has(arguments, OPTION_FIX)) {
        mend(&check);
    } else {
        check_files(&check);
    }
    write_end(&check);
}
