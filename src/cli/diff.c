/* rubric diff: two editions of a standard side by side, and what the change does to units. */
#include "amend/whole.h"
#include "cli/commands.h"
#include "cli/firsts.h"
#include "cli/solver.h"
#include "cli/standards.h"
#include "cli/unit_files.h"
#include "editions/reader.h"
#include "base/date.h"
#include "base/mem.h"
#include "facts/facts.h"
#include "facts/units.h"
#include "report/complaints.h"
#include "report/editions.h"
#include "report/json.h"
#include "syntax/file.h"

struct diffing {
    struct cli *cli;
    const struct standard *standard[EDITIONS];
    struct impacts *impacts;
    struct editions_view view;
    struct editions_sums sums;
    struct call call;
    bool json, summary;
    struct firsts firsts; /* no unit counts twice */
};

/* ---------------------------------------------------------------- the editions */

static bool load(struct diffing *diffing, struct standards *standards, const char *path, enum edition edition)
{
    struct loaded *loaded = standards_get(standards, path, SPAN_NONE);
    struct diags shown = cli_without_notes(&loaded->diags);
    if (loaded->standard == NULL) {
        cli_report(diffing->cli, &shown);
    }
    diffing->standard[edition] = loaded->standard;
    return loaded->standard != NULL;
}

/* What is wrong with it was told when it was compiled. */
static const struct whole *whole_of(const struct standard *standard)
{
    struct diags unheard = {0};
    return whole_read(standard->source, NULL, NULL, &unheard);
}

/* False: there is no solver, and it was asked for. */
static bool compare(struct diffing *diffing, bool prove)
{
    struct smt_solver *solver = prove ? solver_start(diffing->cli) : NULL;
    if (prove && solver == NULL) {
        return false;
    }
    struct revisions *revisions = MEM_NEW(struct revisions);
    const struct standard *old = diffing->standard[EDITION_OLD], *new = diffing->standard[EDITION_NEW];
    *revisions = revisions_between(whole_of(old), whole_of(new));
    diffing->impacts = impacts_of(old, new, revisions, solver);
    diffing->view =
        (struct editions_view){.impacts = diffing->impacts,
                               .accounting = accounting_new(diffing->impacts),
                               .lang = diffing->json ? cli_json_lang(diffing->cli) : diffing->cli->lang};
    if (solver != NULL) {
        solver_end(diffing->cli, solver);
    }
    return true;
}

static bool found_any(const struct impacts *impacts)
{
    for (size_t i = 0; i < impacts->list.count; i++) {
        if (impacts->list.items[i].impact != IMPACT_SAME) {
            return true;
        }
    }
    return impacts->revisions->list.count > 0;
}

static void write_editions(struct diffing *diffing)
{
    struct str out = {0};
    struct page page = cli_page(&out);
    if (diffing->json) {
        editions_json(&out, &diffing->view);
    } else {
        editions_write(&page, &diffing->view);
    }
    cli_write(&out);
    if (found_any(diffing->impacts)) {
        cli_worsen(diffing->cli, EXIT_NOT_MET);
    }
}

/* ---------------------------------------------------------------- units */

static void refuse(struct diffing *diffing, const char *id, const char *label, struct diags *diags)
{
    diffing->sums.units++;
    diffing->sums.refused++;
    struct diags shown = cli_without_notes(diags);
    cli_report(diffing->cli, &shown);
    cli_worsen(diffing->cli, EXIT_INPUT);
    if (diffing->json) {
        struct str out = {0};
        json_refused(&out, id, label, diags, diffing->view.lang);
        cli_write(&out);
    }
}

static void write_unit(struct diffing *diffing, const struct evaluation *old, const struct evaluation *new)
{
    struct str out = {0};
    struct page page = cli_page(&out);
    struct account account = account_of(diffing->view.accounting, old, new, &diffing->call);
    editions_count(&diffing->sums, &diffing->view, &account);
    if (diffing->json) {
        editions_unit_json(&out, &diffing->view, &account);
    } else if (!diffing->summary) {
        page_end(&page);
        editions_unit(&page, &diffing->view, &account);
    }
    cli_write(&out);
}

/* `unit`: as each edition reads it. */
static void compare_unit(struct diffing *diffing, const struct scoring *place, const struct unit *const *unit,
                         const char *id, struct diags *diags)
{
    const struct evaluation *of[EDITIONS] = {NULL, NULL};
    for (enum edition edition = EDITION_OLD; edition < EDITIONS && unit[edition] != NULL; edition++) {
        of[edition] = evaluate(diffing->standard[edition], unit[edition], &diffing->call);
        complaints_add(of[edition], diags);
    }
    struct scoring first = *place;
    first.unit = unit[EDITION_NEW];
    if (first.unit != NULL && !firsts_add(&diffing->firsts, &first, diags)) {
        refuse(diffing, id, first.unit->label, diags);
        return;
    }
    bool refused = unit[EDITION_OLD] == NULL || unit[EDITION_NEW] == NULL || of[EDITION_OLD]->refused ||
                   of[EDITION_NEW]->refused;
    if (refused) {
        refuse(diffing, id, unit[EDITION_OLD] != NULL ? unit[EDITION_OLD]->label : NULL, diags);
        return;
    }
    struct diags shown = cli_without_notes(diags);
    cli_report(diffing->cli, &shown);
    write_unit(diffing, of[EDITION_OLD], of[EDITION_NEW]);
}

/* What both editions find wrong is said once. */
static void compare_facts(struct diffing *diffing, const char *path)
{
    struct diags diags = {0};
    struct facts_file *file = facts_open(path, &diags);
    const struct unit *unit[EDITIONS] = {NULL, NULL};
    bool readable = file != NULL && file->tree != NULL && diags.errors == 0;
    for (enum edition edition = EDITION_OLD; readable && edition < EDITIONS; edition++) {
        struct diags found = {0};
        file->also = diffing->standard[edition == EDITION_OLD ? EDITION_NEW : EDITION_OLD];
        unit[edition] = facts_read(file, impacts_reader(diffing->impacts, edition, file->tree), &found);
        diag_append(&diags, &found);
        readable = unit[edition] != NULL;
    }
    compare_unit(diffing, &(struct scoring){.path = path}, unit, file != NULL ? file->id : path, &diags);
}

/* Columns by their names in either edition; where that names one twice, each by its own alone. */
static bool open_tables(struct diffing *diffing, const char *path, struct units **tables, struct diags *diags)
{
    for (int own = 0; own < 2; own++) {
        const struct standard *of[EDITIONS];
        *diags = (struct diags){0};
        for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++) {
            of[edition] = own ? diffing->standard[edition] : impacts_reader(diffing->impacts, edition, NULL);
        }
        tables[EDITION_OLD] = units_open_beside(path, of[EDITION_OLD], of[EDITION_NEW], diags);
        tables[EDITION_NEW] = tables[EDITION_OLD] != NULL
                                  ? units_beside(tables[EDITION_OLD], of[EDITION_NEW], of[EDITION_OLD], diags)
                                  : NULL;
        if (tables[EDITION_NEW] != NULL) {
            return true;
        }
    }
    return false;
}

static void compare_rows(struct diffing *diffing, const char *path)
{
    struct diags diags = {0};
    struct units *tables[EDITIONS];
    if (!open_tables(diffing, path, tables, &diags)) {
        cli_report(diffing->cli, &diags);
        return;
    }
    for (;;) {
        struct units_row row[EDITIONS];
        struct diags found = {0}, again = {0};
        bool more = units_next(tables[EDITION_OLD], &row[EDITION_OLD], &found);
        units_next(tables[EDITION_NEW], &row[EDITION_NEW], found.errors > 0 ? &again : &found);
        if (!more) {
            cli_report(diffing->cli, &found);
            return;
        }
        const struct unit *unit[] = {row[EDITION_OLD].unit, row[EDITION_NEW].unit};
        compare_unit(diffing, &(struct scoring){.path = path, .table = tables[EDITION_NEW]}, unit,
                     row[EDITION_OLD].id, &found);
    }
}

static void refuse_rules(struct diffing *diffing, const char *path)
{
    struct diags diags = {0};
    diag_add(&diags, DIAG_FACTS_WANTED, SPAN_NONE, path, NULL);
    cli_report(diffing->cli, &diags);
}

static void compare_units(struct diffing *diffing, const struct arguments *arguments)
{
    struct arguments units = *arguments;
    struct diags diags = {0};
    units.names.items += EDITIONS;
    units.names.count -= EDITIONS;
    struct unit_files files = unit_files_find(&units, &diags);
    cli_report(diffing->cli, &diags);
    for (size_t i = 0; i < files.list.count; i++) {
        const struct unit_file *file = &files.list.items[i];
        if (file->kind == UNIT_FILE_TABLE) {
            compare_rows(diffing, file->path);
        } else if (file->kind == UNIT_FILE_RULES) {
            refuse_rules(diffing, file->path);
        } else {
            compare_facts(diffing, file->path);
        }
    }
    bool told = diffing->summary || unit_files_several(&files);
    if (told && diffing->sums.units > 0 && !diffing->json) {
        struct str out = {0};
        struct page page = cli_page(&out);
        page_end(&page);
        editions_summary(&page, &diffing->view, &diffing->sums);
        if (diffing->summary) {
            page_end(&page);
            editions_table(&page, &diffing->view, &diffing->sums);
        }
        cli_write(&out);
    }
}

/* ---------------------------------------------------------------- the command */

static bool read_call(struct diffing *diffing, const struct arguments *arguments)
{
    struct diags diags = {0};
    const char *day = options_value(arguments, OPTION_ON);
    if (arguments->names.count < EDITIONS) {
        diag_add(&diags, DIAG_DIFF_TWO, SPAN_NONE, NULL);
    }
    diffing->call.has_on = day != NULL && date_parse(day, &diffing->call.on);
    if (day != NULL && !diffing->call.has_on) {
        diag_add(&diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--on", day, option_rows[OPTION_ON].word, NULL);
    }
    cli_report(diffing->cli, &diags);
    return diags.errors == 0;
}

void diff_run(struct cli *cli, const struct arguments *arguments)
{
    struct diffing diffing = {.cli = cli,
                              .json = options_has(arguments, OPTION_JSON),
                              .summary = options_has(arguments, OPTION_SUMMARY)};
    struct standards standards = {0};
    if (!read_call(&diffing, arguments)) {
        return;
    }
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++) {
        if (!load(&diffing, &standards, arguments->names.items[edition], edition)) {
            return;
        }
    }
    if (compare(&diffing, options_has(arguments, OPTION_PROVE))) {
        write_editions(&diffing);
        compare_units(&diffing, arguments);
    }
}
