/* rubric check: every fault of standards, and of facts files against theirs. */
#include <string.h>
#include "audit/audit.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/standards.h"
#include "cli/unit_files.h"
#include "facts/facts.h"
#include "report/stages.h"

struct checking {
    struct cli *cli;
    bool json;
    struct standards standards;
    size_t errors, warnings, notes;
};

static void write_json(struct checking *check, struct diags *diags)
{
    struct str out = {0};
    diag_sort(diags);
    for (size_t i = 0; i < diags->list.count; i++) {
        struct json json = {.out = &out};
        diag_json(&json, diags->list.items[i], cli_json_lang(check->cli));
        str_add_char(&out, '\n');
    }
    cli_write(&out);
    cli_note_errors(check->cli, diags);
}

static void report(struct checking *check, struct diags *diags)
{
    check->errors += diags->errors;
    check->warnings += diags->warnings;
    check->notes += diags->list.count - diags->errors - diags->warnings;
    if (check->json) {
        write_json(check, diags);
    } else {
        cli_report(check->cli, diags);
    }
}

static struct loaded *check_standard(struct checking *check, const char *path, struct span named)
{
    struct loaded *loaded = standards_get(&check->standards, path, named);
    if (!loaded->shown) {
        if (loaded->standard != NULL) {
            audit_standard(loaded->standard, &loaded->diags);
        }
        report(check, &loaded->diags);
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
        enum lang lang = check->json ? cli_json_lang(check->cli) : check->cli->lang;
        struct view view = {
            .evaluation = result.evaluation, .context = result.evaluation->final, .lang = lang};
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

static const char *counted(size_t count, const char *one, const char *many)
{
    return str_print("%zu %s", count, count == 1 ? one : many);
}

static void write_count(const struct checking *check)
{
    struct str line = {0};
    if (check->cli->lang == LANG_ZH) {
        str_format(&line, "%zu个错误，%zu个警告，%zu条说明\n", check->errors, check->warnings, check->notes);
    } else {
        str_format(&line, "%s, %s, %s\n", counted(check->errors, "error", "errors"),
                   counted(check->warnings, "warning", "warnings"), counted(check->notes, "note", "notes"));
    }
    cli_write(&line);
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

void check_run(struct cli *cli, const struct arguments *arguments)
{
    struct checking check = {.cli = cli, .json = options_has(arguments, OPTION_JSON)};
    check.standards.options.checked = true;
    struct diags diags = {0};
    struct unit_files files = unit_files_find(arguments, &diags);
    report(&check, &diags);
    for (size_t i = 0; i < files.list.count; i++) {
        check_file(&check, &files.list.items[i]);
    }
    if (!check.json) {
        write_count(&check);
    }
}
