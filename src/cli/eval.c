/* rubric eval: units scored one after another; what is wrong with one does not stop the others. */
#include <stdlib.h>
#include <string.h>
#include "base/date.h"
#include "base/io.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/standards.h"
#include "cli/unit_files.h"
#include "diag/suggest.h"
#include "facts/facts.h"
#include "facts/units.h"
#include "report/complaints.h"
#include "report/json.h"
#include "report/sheet.h"
#include "report/why.h"

struct eval {
    struct cli *cli;
    const struct arguments *arguments;
    struct standards standards;
    struct call call;
    struct unit_files files;
    bool json, require;
    size_t written; /* units on standard output */
};

/* One unit on its way. */
struct scoring {
    struct eval *eval;
    const char *path;
    struct facts_file *file;
    struct diags diags; /* of this unit */
    struct loaded *loaded;
    const struct units_row *row;     /* of a table of units, where there is no file; else NULL */
    const struct standard *standard; /* as the call wants it */
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
    scoring->file = facts_open(scoring->path, &scoring->diags);
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
    const char *path = asked != NULL ? asked : scoring->file != NULL ? scoring->file->standard : NULL;
    if (path == NULL) {
        enum diag_code code = scoring->file != NULL ? DIAG_NO_STANDARD : DIAG_UNITS_WANT_RULES;
        diag_add(&scoring->diags, code, SPAN_NONE, scoring->path, NULL);
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

/* Loaded, and as the call wants it. */
static bool find_standard(struct scoring *scoring)
{
    scoring->standard = load_standard(scoring) ? standard_asked(scoring) : NULL;
    return scoring->standard != NULL;
}

static bool evaluate_unit(struct scoring *scoring, const struct unit *unit)
{
    if (unit == NULL) {
        return false;
    }
    scoring->evaluation = evaluate(scoring->standard, unit, &scoring->eval->call);
    complaints_add(scoring->evaluation, &scoring->diags);
    return !scoring->evaluation->refused;
}

static bool score(struct scoring *scoring)
{
    return evaluate_unit(scoring, facts_read(scoring->file, scoring->loaded->standard, &scoring->diags));
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
    const struct units_row *row = scoring->row;
    const char *id = row != NULL ? row->id : file != NULL ? file->id : NULL;
    const char *label = row != NULL ? row->label : file != NULL ? file->label : NULL;
    struct diags all = {0};
    diag_append(&all, &scoring->diags);
    if (scoring->loaded != NULL && scoring->loaded->standard == NULL) {
        diag_append(&all, &scoring->loaded->diags);
    }
    diag_sort(&all);
    json_refused(&out, id != NULL ? id : stem_of(scoring->path), label, &all,
                 cli_json_lang(scoring->eval->cli));
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
    if (unit_files_several(&scoring->eval->files)) {
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

/* The unit as it was scored, or that it was not. */
static void write_done(struct scoring *scoring, bool done)
{
    struct eval *eval = scoring->eval;
    report_without_notes(eval->cli, &scoring->diags);
    if (done) {
        write_unit(scoring);
        return;
    }
    cli_worsen(eval->cli, EXIT_INPUT);
    if (eval->json) {
        write_refused_json(scoring);
    }
}

static void eval_unit(struct eval *eval, const char *path)
{
    struct scoring scoring = {.eval = eval, .path = path};
    write_done(&scoring, open_facts(&scoring) && find_standard(&scoring) && score(&scoring));
}

static void eval_rows(const struct scoring *table, struct units *units)
{
    struct units_row row;
    for (bool more = true; more;) {
        struct scoring scoring = *table;
        scoring.row = &row;
        more = units_next(units, &row, &scoring.diags);
        if (more)
            write_done(&scoring, evaluate_unit(&scoring, row.unit));
    }
}

static void eval_table(struct eval *eval, const char *path)
{
    struct scoring scoring = {.eval = eval, .path = path};
    struct units *units =
        find_standard(&scoring) ? units_open(path, scoring.loaded->standard, &scoring.diags) : NULL;
    if (units == NULL) {
        write_done(&scoring, false);
        return;
    }
    report_without_notes(eval->cli, &scoring.diags);
    scoring.diags = (struct diags){0};
    eval_rows(&scoring, units);
}

static void refuse_rules(struct eval *eval, const char *path)
{
    struct scoring scoring = {.eval = eval, .path = path};
    diag_add(&scoring.diags, DIAG_FACTS_WANTED, SPAN_NONE, path, NULL);
    write_done(&scoring, false);
}

static void eval_file(struct eval *eval, const struct unit_file *file)
{
    switch (file->kind) {
    case UNIT_FILE_FACTS: eval_unit(eval, file->path); return;
    case UNIT_FILE_TABLE: eval_table(eval, file->path); return;
    case UNIT_FILE_RULES: refuse_rules(eval, file->path); return;
    }
}

void eval_run(struct cli *cli, const struct arguments *arguments)
{
    struct eval eval = {.cli = cli, .arguments = arguments};
    struct diags diags = {0};
    eval.json = options_has(arguments, OPTION_JSON);
    eval.require = options_has(arguments, OPTION_REQUIRE);
    if (!read_call(&eval)) {
        return;
    }
    eval.files = unit_files_find(arguments, &diags);
    cli_report(cli, &diags);
    for (size_t i = 0; i < eval.files.list.count; i++) {
        eval_file(&eval, &eval.files.list.items[i]);
    }
}
