#include "cli/call.h"
#include <string.h>
#include "base/date.h"
#include "base/io.h"
#include "base/mem.h"
#include "cli/firsts.h"
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

static bool is_set(const struct compile_setting *settings, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (settings[i].name != NULL && str_equal(settings[i].name, name)) {
            return true;
        }
    }
    return false;
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
        const char *name = mem_text(written, (size_t)(equals - written));
        if (is_set(settings, i, name)) {
            diag_add(diags, DIAG_OPTION_TWICE, SPAN_NONE, str_print("--set %s", name), NULL);
        }
        settings[i] = (struct compile_setting){.name = name, .text = equals + 1};
    }
    call->standards->options = (struct compile_options){.settings = settings, .setting_count = count};
}

struct scoring_call call_new(struct cli *cli, const struct arguments *arguments)
{
    return (struct scoring_call){.cli = cli,
                                 .arguments = arguments,
                                 .standards = MEM_NEW(struct standards),
                                 .input = MEM_NEW(struct standard_input)};
}

void call_read_values(struct scoring_call *call, struct diags *diags)
{
    read_day(call, diags);
    read_settings(call, diags);
}

void call_read(struct scoring_call *call, struct diags *diags)
{
    call_read_values(call, diags);
    struct diags missing = {0}; /* which does not stop the others */
    call->files = unit_files_find(call->arguments, &missing);
    cli_report(call->cli, &missing);
}

/* ---------------------------------------------------------------- from the file to the evaluation */

static void report_without_notes(struct cli *cli, const struct diags *diags)
{
    struct diags shown = cli_without_notes(diags);
    cli_report(cli, &shown);
}

/* Warnings are for who writes the standard: who scores by it is told that there are some. Those on what the call sets are for him. */
static void mention_warnings(struct cli *cli, const struct loaded *loaded, struct diags *errors)
{
    struct diags own = {0};
    standards_set_warnings(&loaded->diags, NULL, &own);
    size_t count = loaded->diags.warnings - own.warnings;
    diag_append(errors, &own);
    if (count > 0) {
        diag_add(errors, count == 1 ? DIAG_STANDARD_WARNS_ONCE : DIAG_STANDARD_WARNS, SPAN_NONE, loaded->path,
                 str_print("%zu", count), NULL);
    }
    cli_report(cli, errors);
}

static struct diags errors_of(const struct diags *diags)
{
    struct diags errors = {0};
    for (size_t i = 0; i < diags->list.count; i++) {
        if (diag_severity(diags->list.items[i]->code) == SEVERITY_ERROR) {
            vec_push(&errors.list, diags->list.items[i]);
            errors.errors++;
        }
    }
    return errors;
}

/* Is it what the call sets that is wrong, and not the standard? */
static bool is_of_call(const struct diags *errors)
{
    for (size_t i = 0; i < errors->list.count; i++) {
        const struct diag *diag = errors->list.items[i];
        if (diag->code != DIAG_SET_NO_THRESHOLD && diag->code != DIAG_LABEL_OF_SEVERAL &&
            !standards_is_set(diag, NULL)) {
            return false;
        }
    }
    return true;
}

/* What is wrong with a standard is said once a call. */
static void show_once(const struct scoring_call *call, struct loaded *loaded)
{
    struct cli *cli = call->cli;
    if (call->silent) {
        return;
    }
    struct diags errors = errors_of(&loaded->diags);
    if (!loaded->shown && errors.errors > 0 && !is_of_call(&errors)) {
        report_without_notes(cli, &loaded->diags);
    } else if (!loaded->shown && loaded->diags.list.count > 0) {
        mention_warnings(cli, loaded, &errors);
    }
    loaded->shown = true;
}

static void unknown_column(struct scoring *scoring, const char *name)
{
    const struct standard *standard = scoring->loaded->standard;
    struct suggest suggest;
    suggest_start(&suggest, name);
    for (size_t i = 0; i < standard->columns.count; i++) {
        const char *column = standard->columns.items[i].name;
        if (column != NULL) {
            suggest_list(&suggest, column);
        }
    }
    struct diag *diag = diag_add(&scoring->diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--column", name,
                                 suggest_listed(&suggest, "@nothing"), NULL);
    diag_suggest(diag, suggest_best(&suggest));
}

static const struct standard *standard_asked(struct scoring *scoring)
{
    const char *name = options_value(scoring->of->arguments, OPTION_COLUMN);
    const struct standard *standard = scoring->loaded->standard;
    if (name == NULL) {
        return standard;
    }
    size_t column = standards_column(standard, name);
    if (column < standard->columns.count) {
        return standards_final(standard, column);
    }
    unknown_column(scoring, name);
    return NULL;
}

bool call_load_standard(struct scoring *scoring)
{
    const char *asked = options_value(scoring->of->arguments, OPTION_RULES);
    const struct facts_file *file = scoring->file;
    const char *path = asked != NULL ? asked : file != NULL ? file->standard : NULL;
    if (path == NULL) {
        enum diag_code code = file != NULL ? DIAG_NO_STANDARD : DIAG_UNITS_WANT_RULES;
        diag_add(&scoring->diags, code, SPAN_NONE, scoring->path, NULL);
        return false;
    }
    struct span named = asked != NULL ? SPAN_NONE : file->standard_span;
    scoring->loaded = standards_get(scoring->of->standards, path, named);
    show_once(scoring->of, scoring->loaded);
    scoring->standard = scoring->loaded->standard != NULL ? standard_asked(scoring) : NULL;
    return scoring->standard != NULL;
}

/* ---------------------------------------------------------------- the units, one after another */

static const struct facts_file *open_facts(struct scoring_call *call, const char *path, struct diags *diags)
{
    if (strcmp(path, "-") != 0) {
        return facts_open(path, diags);
    }
    if (!call->input->read) {
        call->input->read = true;
        call->input->file = facts_open(path, &call->input->diags);
    }
    diag_append(diags, &call->input->diags);
    return call->input->file;
}

/* With `--rules`: the standard that the file itself names, where that amends the asked one and has a transition. NULL: no such thing. */
static const struct standard *edition_beside(const struct scoring *scoring)
{
    const char *own = scoring->file->standard;
    if (own == NULL || !options_has(scoring->of->arguments, OPTION_RULES)) {
        return NULL;
    }
    const char *real = io_real_path(own), *asked = io_real_path(scoring->loaded->path);
    if (real == NULL || (asked != NULL && str_equal(real, asked))) {
        return NULL;
    }
    const struct standard *standard = standards_get(&scoring->of->input->beside, own, SPAN_NONE)->standard;
    const struct standard *amended = standard != NULL ? standard->transition.amended : NULL;
    return amended != NULL && str_equal(amended->sha256, scoring->loaded->standard->sha256) ? standard : NULL;
}

static void read_facts(struct scoring *scoring)
{
    scoring->file = open_facts(scoring->of, scoring->path, &scoring->diags);
    bool readable = scoring->file != NULL && scoring->file->tree != NULL && scoring->diags.errors == 0;
    if (readable && call_load_standard(scoring)) {
        struct facts_file file = *scoring->file;
        file.also = edition_beside(scoring);
        scoring->unit = facts_read(&file, scoring->loaded->standard, &scoring->diags);
    }
}

/* One walk through the units of a call. */
struct walk {
    struct scoring_call *call;
    call_visitor *see;
    void *data;
    size_t index;
    struct firsts firsts; /* where each unit has to be there once */
};

static bool show(struct walk *walk, struct scoring *scoring)
{
    scoring->index = walk->index++;
    scoring->again =
        walk->call->once && scoring->unit != NULL && !firsts_add(&walk->firsts, scoring, &scoring->diags);
    if (scoring->again) {
        scoring->unit = NULL;
    }
    return walk->see(scoring, walk->data);
}

static bool walk_facts(struct walk *walk, const char *path)
{
    struct scoring scoring = {.of = walk->call, .path = path};
    read_facts(&scoring);
    return show(walk, &scoring);
}

static bool walk_rules(struct walk *walk, const char *path)
{
    struct scoring scoring = {.of = walk->call, .path = path};
    diag_add(&scoring.diags, DIAG_FACTS_WANTED, SPAN_NONE, path, NULL);
    return show(walk, &scoring);
}

static bool walk_rows(struct walk *walk, const struct scoring *table)
{
    for (;;) {
        struct scoring scoring = *table;
        if (!units_next(scoring.table, &scoring.row, &scoring.diags)) {
            return true;
        }
        scoring.unit = scoring.row.unit;
        if (!show(walk, &scoring)) {
            return false;
        }
    }
}

static bool walk_table(struct walk *walk, const char *path)
{
    struct scoring scoring = {.of = walk->call, .path = path};
    if (call_load_standard(&scoring)) {
        scoring.table = units_open(path, scoring.loaded->standard, &scoring.diags);
    }
    if (scoring.table == NULL) {
        return show(walk, &scoring);
    }
    call_report(&scoring);
    scoring.diags = (struct diags){0};
    return walk_rows(walk, &scoring);
}

void call_each(struct scoring_call *call, call_visitor *see, void *data)
{
    struct walk walk = {.call = call, .see = see, .data = data};
    bool more = true;
    for (size_t i = 0; more && i < call->files.list.count; i++) {
        const struct unit_file *file = &call->files.list.items[i];
        switch (file->kind) {
        case UNIT_FILE_FACTS: more = walk_facts(&walk, file->path); break;
        case UNIT_FILE_TABLE: more = walk_table(&walk, file->path); break;
        case UNIT_FILE_RULES: more = walk_rules(&walk, file->path); break;
        }
    }
}

bool call_is_of_several(const struct scoring_call *call)
{
    return unit_files_several(&call->files);
}

struct unit_place call_place(const struct scoring *scoring)
{
    return (struct unit_place){scoring->index, scoring->path, scoring->table,
                               scoring->table != NULL ? scoring->row.at : 0};
}

struct scoring call_again(struct scoring_call *call, const struct unit_place *place)
{
    struct scoring scoring = {.of = call, .index = place->index, .path = place->path, .table = place->table};
    if (place->table == NULL) {
        read_facts(&scoring);
    } else if (call_load_standard(&scoring)) {
        units_at(place->table, place->row, &scoring.row, &scoring.diags);
        scoring.unit = scoring.row.unit;
    }
    return scoring;
}

bool call_evaluate(struct scoring *scoring, const struct call *call)
{
    scoring->evaluation = evaluate(scoring->standard, scoring->unit, call);
    complaints_add(scoring->evaluation, &scoring->diags);
    return !scoring->evaluation->refused;
}

static const char *stages_listed(const struct timeline_result *result)
{
    struct str list = {0};
    for (size_t i = 0; i < result->open.count; i++) {
        const struct stage *stage = result->open.items[i];
        str_item(&list, DIAG_NEXT, stage->label != NULL ? stage->label : stage->name);
    }
    return str_text(&list);
}

static bool timeline_failed(struct scoring *scoring, struct timeline_result result)
{
    switch (result.failure) {
    case TIMELINE_DONE: return false;
    case TIMELINE_NO_DAY:
        diag_add(&scoring->diags, DIAG_STAGES_WITHOUT_DAY, SPAN_NONE, scoring->path, NULL);
        break;
    case TIMELINE_REFUSED: complaints_add(result.evaluation, &scoring->diags); break;
    case TIMELINE_TOO_OPEN:
        diag_add(&scoring->diags, DIAG_STAGES_TOO_OPEN, SPAN_NONE, scoring->path,
                 str_print("%d", TIMELINE_QUESTIONS_MAX), stages_listed(&result), NULL);
    }
    return true;
}

const struct timeline *call_follow(struct scoring *scoring, const struct call *call,
                                   const struct evaluation *evaluation)
{
    struct timeline_result result = evaluation != NULL ? timeline_from(evaluation, call)
                                                       : timeline_of(scoring->standard, scoring->unit, call);
    return timeline_failed(scoring, result) ? NULL : result.timeline;
}

void call_report(struct scoring *scoring)
{
    if (!scoring->of->silent) {
        report_without_notes(scoring->of->cli, &scoring->diags);
    }
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
    const char *id = scoring->table != NULL ? scoring->row.id : file != NULL ? file->id : NULL;
    const char *label = scoring->table != NULL ? scoring->row.label : file != NULL ? file->label : NULL;
    struct diags all = {0};
    diag_append(&all, &scoring->diags);
    if (scoring->loaded != NULL && scoring->loaded->standard == NULL) {
        diag_append(&all, &scoring->loaded->diags);
    }
    diag_sort(&all);
    json_refused(&out, id != NULL ? id : stem_of(scoring->path), label, &all,
                 cli_json_lang(scoring->of->cli));
    cli_write(&out);
}
