/* rubric eval: units scored one after another; what is wrong with one does not stop the others. */
#include <stdlib.h>
#include <string.h>
#include "base/date.h"
#include "base/io.h"
#include "base/mem.h"
#include "cli/cohorts.h"
#include "cli/commands.h"
#include "cli/standards.h"
#include "diag/suggest.h"
#include "facts/facts.h"
#include "report/complaints.h"
#include "report/json.h"
#include "report/sheet.h"
#include "report/why.h"

struct eval {
    struct cli *cli;
    const struct arguments *arguments;
    struct standards standards;
    struct cohorts cohorts;
    struct call call;
    bool json, require;
    size_t written; /* units on standard output */
};

/* One unit on its way. */
struct scoring {
    struct eval *eval;
    const char *path;
    size_t place; /* among the units of the call */
    struct facts_file *file;
    struct diags diags; /* of this unit */
    struct loaded *loaded;
    const struct evaluation *evaluation;
};

/* ---------------------------------------------------------------- what the call says */

static void bad_value(struct diags *diags, enum option option, const char *value)
{
    diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, str_print("--%s", option_rows[option].name), value,
             option_rows[option].word, NULL);
}

static void read_day(struct eval *eval, struct diags *diags)
{
    const char *day = options_value(eval->arguments, OPTION_ON);
    if (day == NULL) {
        return;
    }
    eval->call.has_on = date_parse(day, &eval->call.on);
    if (!eval->call.has_on) {
        bad_value(diags, OPTION_ON, day);
    }
}

static void read_settings(struct eval *eval, struct diags *diags)
{
    size_t count = eval->arguments->options[OPTION_SET].list.count;
    struct compile_setting *settings = MEM_ARRAY(struct compile_setting, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *written = eval->arguments->options[OPTION_SET].list.items[i],
                   *equals = strchr(written, '=');
        if (equals == NULL || equals == written || equals[1] == '\0') {
            bad_value(diags, OPTION_SET, written);
            continue;
        }
        settings[i] = (struct compile_setting){mem_text(written, (size_t)(equals - written)), equals + 1};
    }
    eval->standards.options = (struct compile_options){settings, count};
}

static bool read_call(struct eval *eval)
{
    struct diags diags = {0};
    read_day(eval, &diags);
    read_settings(eval, &diags);
    if (eval->json && options_has(eval->arguments, OPTION_WHY)) {
        diag_add(&diags, DIAG_OPTIONS_CLASH, SPAN_NONE, "--why", "--json", NULL);
    }
    cli_report(eval->cli, &diags);
    return diags.errors == 0;
}

/* ---------------------------------------------------------------- from the file to the evaluation */

static bool open_facts(struct scoring *scoring)
{
    if (cli_ends_in(scoring->path, ".rubric")) {
        diag_add(&scoring->diags, DIAG_FACTS_WANTED, SPAN_NONE, scoring->path, NULL);
        return false;
    }
    scoring->file = cohorts_open(&scoring->eval->cohorts, scoring->place, &scoring->diags);
    return scoring->file != NULL && scoring->file->tree != NULL && scoring->diags.errors == 0;
}

/* Notes are for who checks a file, not for who scores by it. */
static void report_without_notes(struct cli *cli, struct diags *diags)
{
    struct diags shown = {0};
    diag_sort(diags);
    for (size_t i = 0; i < diags->list.count; i++) {
        enum severity severity = diag_severity(diags->list.items[i]->code);
        if (severity == SEVERITY_NOTE)
            continue;
        vec_push(&shown.list, diags->list.items[i]);
        shown.errors += severity == SEVERITY_ERROR;
        shown.warnings += severity == SEVERITY_WARNING;
    }
    cli_report(cli, &shown);
}

/* What is wrong with a standard is said once a call. */
static void show_once(struct cli *cli, struct loaded *loaded)
{
    if (!loaded->shown)
        report_without_notes(cli, &loaded->diags);
    loaded->shown = true;
}

static bool load_standard(struct scoring *scoring)
{
    const char *asked = options_value(scoring->eval->arguments, OPTION_RULES);
    const char *path = asked != NULL ? asked : scoring->file->standard;
    if (path == NULL) {
        diag_add(&scoring->diags, DIAG_NO_STANDARD, SPAN_NONE, scoring->path, NULL);
        return false;
    }
    struct span named = asked != NULL ? SPAN_NONE : scoring->file->standard_span;
    scoring->loaded = standards_get(&scoring->eval->standards, path, named);
    show_once(scoring->eval->cli, scoring->loaded);
    return scoring->loaded->standard != NULL;
}

static bool is_called(const struct column *column, const char *name)
{
    return str_equal(column->name, name) || (column->label != NULL && str_equal(column->label, name));
}

static void unknown_column(struct scoring *scoring, const char *name)
{
    const struct standard *standard = scoring->loaded->standard;
    struct suggest suggest;
    struct str names = {0};
    suggest_start(&suggest, name);
    for (size_t i = 0; i < standard->columns.count; i++) {
        const char *column = standard->columns.items[i].name;
        if (column != NULL) {
            suggest_offer(&suggest, column);
            str_add(&names, names.length > 0 ? ", " : "");
            str_add(&names, column);
        }
    }
    const char *word = names.length > 0 ? str_text(&names) : "@nothing";
    struct diag *diag =
        diag_add(&scoring->diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--column", name, word, NULL);
    diag_suggest(diag, suggest_best(&suggest));
}

/* The standard as the call wants it: with `--column` that column is final. */
static const struct standard *standard_asked(struct scoring *scoring)
{
    const char *name = options_value(scoring->eval->arguments, OPTION_COLUMN);
    const struct standard *standard = scoring->loaded->standard;
    if (name == NULL) {
        return standard;
    }
    for (size_t i = 0; i < standard->columns.count; i++) {
        if (is_called(&standard->columns.items[i], name)) {
            struct standard *other = MEM_NEW(struct standard);
            *other = *standard;
            other->mixed = false;
            other->final_column = i;
            return other;
        }
    }
    unknown_column(scoring, name);
    return NULL;
}

static bool score(struct scoring *scoring)
{
    const struct standard *standard = standard_asked(scoring);
    if (standard == NULL) {
        return false;
    }
    const struct unit *unit = facts_read(scoring->file, scoring->loaded->standard, &scoring->diags);
    if (unit == NULL) {
        return false;
    }
    struct call call = scoring->eval->call;
    call.others = cohorts_others(&scoring->eval->cohorts, scoring->loaded, standard, &call, scoring->place);
    scoring->evaluation = evaluate(standard, unit, &call);
    complaints_add(scoring->evaluation, &scoring->diags);
    return !scoring->evaluation->refused;
}

/* ---------------------------------------------------------------- output */

static struct view view_of(const struct scoring *scoring, enum lang lang)
{
    return (struct view){
        .evaluation = scoring->evaluation, .context = scoring->evaluation->final, .lang = lang};
}

static void write_unit_json(struct scoring *scoring)
{
    struct str out = {0};
    struct view view = view_of(scoring, cli_json_lang(scoring->eval->cli));
    json_unit(&out, &view, &scoring->diags);
    cli_write(&out);
}

static const char *stem_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot != NULL && dot != name ? mem_text(name, (size_t)(dot - name)) : name;
}

static void write_refused_json(struct scoring *scoring)
{
    struct str out = {0};
    const struct facts_file *file = scoring->file;
    struct diags all = {0};
    diag_append(&all, &scoring->diags);
    if (scoring->loaded != NULL && scoring->loaded->standard == NULL) {
        diag_append(&all, &scoring->loaded->diags);
    }
    diag_sort(&all);
    json_refused(&out, file != NULL && file->id != NULL ? file->id : stem_of(scoring->path),
                 file != NULL ? file->label : NULL, &all, cli_json_lang(scoring->eval->cli));
    cli_write(&out);
}

static void separate(struct scoring *scoring, struct str *out)
{
    str_add(out, scoring->eval->written++ > 0 ? "\n\n" : "");
}

static void write_sheet(struct scoring *scoring)
{
    struct str out = {0};
    separate(scoring, &out);
    struct page page = cli_page(&out);
    struct view view = view_of(scoring, scoring->eval->cli->lang);
    sheet_write(&page, &view, scoring->diags.warnings);
    cli_write(&out);
}

/* With several units each derivation says whose it is. */
static void write_whose(struct scoring *scoring, struct page *page)
{
    const struct unit *unit = scoring->evaluation->unit;
    if (scoring->eval->arguments->names.count > 1) {
        page_paragraph(page, 0, INK_DIM, unit->label != NULL ? unit->label : unit->id);
    }
}

static void write_why(struct scoring *scoring)
{
    const struct arguments *arguments = scoring->eval->arguments;
    struct view view = view_of(scoring, scoring->eval->cli->lang);
    struct diags diags = {0};
    for (size_t i = 0; i < arguments->options[OPTION_WHY].list.count; i++) {
        struct why_target target;
        if (why_find(scoring->evaluation->standard, arguments->options[OPTION_WHY].list.items[i], &target,
                     &diags)) {
            struct str out = {0};
            separate(scoring, &out);
            struct page page = cli_page(&out);
            write_whose(scoring, &page);
            why_write(&page, &view, &target);
            cli_write(&out);
        }
    }
    cli_report(scoring->eval->cli, &diags);
}

static void write_unit(struct scoring *scoring)
{
    const struct evaluation *evaluation = scoring->evaluation;
    const struct ir_node *eligible = evaluation->standard->eligible;
    if (eligible != NULL && !value_is_yes(evaluation_value(evaluation, evaluation->final, eligible)) &&
        scoring->eval->require) {
        cli_worsen(scoring->eval->cli, EXIT_NOT_MET);
    }
    if (scoring->eval->json) {
        write_unit_json(scoring);
    } else if (options_has(scoring->eval->arguments, OPTION_WHY)) {
        write_why(scoring);
    } else {
        write_sheet(scoring);
    }
}

static void eval_unit(struct eval *eval, size_t place)
{
    struct scoring scoring = {.eval = eval, .path = eval->arguments->names.items[place], .place = place};
    bool done = open_facts(&scoring) && load_standard(&scoring) && score(&scoring);
    report_without_notes(eval->cli, &scoring.diags);
    if (done) {
        write_unit(&scoring);
        return;
    }
    cli_worsen(eval->cli, EXIT_INPUT);
    if (eval->json) {
        write_refused_json(&scoring);
    }
}

void eval_run(struct cli *cli, const struct arguments *arguments)
{
    struct eval eval = {.cli = cli, .arguments = arguments};
    eval.json = options_has(arguments, OPTION_JSON);
    eval.require = options_has(arguments, OPTION_REQUIRE);
    eval.cohorts = (struct cohorts){.paths = arguments->names.items,
                                    .count = arguments->names.count,
                                    .rules = options_value(arguments, OPTION_RULES),
                                    .standards = &eval.standards};
    if (!read_call(&eval)) {
        return;
    }
    for (size_t i = 0; i < arguments->names.count; i++) {
        eval_unit(&eval, i);
    }
}
