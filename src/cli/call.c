#include "cli/call.h"
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "diag/suggest.h"
#include "report/complaints.h"
#include "report/json.h"

/* ---------------------------------------------------------------- what the call says */

static void bad_value(struct diags *diags, enum option option, const char *value)
{
    diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, str_print("--%s", option_rows[option].name), value,
             option_rows[option].word, NULL);
}

static void read_day(struct scoring_call *call, struct diags *diags)
{
    const char *day = options_value(call->arguments, OPTION_ON);
    if (day == NULL) {
        return;
    }
    call->call.has_on = date_parse(day, &call->call.on);
    if (!call->call.has_on) {
        bad_value(diags, OPTION_ON, day);
    }
}

static void read_settings(struct scoring_call *call, struct diags *diags)
{
    size_t count = call->arguments->options[OPTION_SET].list.count;
    struct compile_setting *settings = MEM_ARRAY(struct compile_setting, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *written = call->arguments->options[OPTION_SET].list.items[i],
                   *equals = strchr(written, '=');
        if (equals == NULL || equals == written || equals[1] == '\0') {
            bad_value(diags, OPTION_SET, written);
            continue;
        }
        settings[i] = (struct compile_setting){mem_text(written, (size_t)(equals - written)), equals + 1};
    }
    call->standards.options = (struct compile_options){settings, count};
}

void call_read(struct scoring_call *call, struct diags *diags)
{
    read_day(call, diags);
    read_settings(call, diags);
}

/* ---------------------------------------------------------------- from the file to the evaluation */

static bool open_facts(struct scoring *scoring)
{
    if (cli_ends_in(scoring->path, ".rubric")) {
        diag_add(&scoring->diags, DIAG_FACTS_WANTED, SPAN_NONE, scoring->path, NULL);
        return false;
    }
    scoring->file = facts_open(scoring->path, &scoring->diags);
    return scoring->file != NULL && scoring->file->tree != NULL && scoring->diags.errors == 0;
}

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
    const char *asked = options_value(scoring->of->arguments, OPTION_RULES);
    const char *path = asked != NULL ? asked : scoring->file->standard;
    if (path == NULL) {
        diag_add(&scoring->diags, DIAG_NO_STANDARD, SPAN_NONE, scoring->path, NULL);
        return false;
    }
    struct span named = asked != NULL ? SPAN_NONE : scoring->file->standard_span;
    scoring->loaded = standards_get(&scoring->of->standards, path, named);
    show_once(scoring->of->cli, scoring->loaded);
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

static const struct standard *standard_asked(struct scoring *scoring)
{
    const char *name = options_value(scoring->of->arguments, OPTION_COLUMN);
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

bool call_open(struct scoring *scoring)
{
    if (!open_facts(scoring) || !load_standard(scoring)) {
        return false;
    }
    scoring->standard = standard_asked(scoring);
    if (scoring->standard == NULL) {
        return false;
    }
    scoring->unit = facts_read(scoring->file, scoring->loaded->standard, &scoring->diags);
    return scoring->unit != NULL;
}

bool call_evaluate(struct scoring *scoring)
{
    scoring->evaluation = evaluate(scoring->standard, scoring->unit, &scoring->of->call);
    complaints_add(scoring->evaluation, &scoring->diags);
    return !scoring->evaluation->refused;
}

void call_report(struct scoring *scoring)
{
    report_without_notes(scoring->of->cli, &scoring->diags);
}

/* ---------------------------------------------------------------- output */

struct view call_view(const struct scoring *scoring, enum lang lang)
{
    return (struct view){
        .evaluation = scoring->evaluation, .context = scoring->evaluation->final, .lang = lang};
}

static const char *stem_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot != NULL && dot != name ? mem_text(name, (size_t)(dot - name)) : name;
}

void call_write_refused(const struct scoring *scoring)
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
                 file != NULL ? file->label : NULL, &all, cli_json_lang(scoring->of->cli));
    cli_write(&out);
}

