/* save, load, reload. */
#include "cli/repl/keep.h"
#include <string.h>
#include "base/mem.h"
#include "cli/repl/commands.h"
#include "cli/repl/edit.h"
#include "cli/repl/words.h"
#include "facts/change.h"
#include "report/outcome.h"
#include "report/points.h"
#include "syntax/keywords.h"

/* ---------------------------------------------------------------- is it the same unit? */

static bool same_given(const struct given *a, const struct given *b)
{
    return changed_same(a, b) && (a->state != GIVEN_VALUE || str_equal(a->evidence, b->evidence));
}

static bool same_column(const struct given *a, const struct given *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!same_given(&a[i], &b[i])) {
            return false;
        }
    }
    return true;
}

static bool same_unit(const struct standard *standard, const struct unit *a, const struct unit *b)
{
    for (size_t k = 0; k < a->columns; k++) {
        if (!same_column(a->facts[k], b->facts[k], standard->facts.count) ||
            !same_column(a->scores[k], b->scores[k], standard->judged.count)) {
            return false;
        }
    }
    return a->has_as_of == b->has_as_of && a->as_of == b->as_of && a->decision_count == b->decision_count &&
           a->period.start == b->period.start && a->period.end == b->period.end;
}

/* The unit that the file has to give. */
static const struct unit *wanted_unit(const struct repl *repl)
{
    struct unit *unit = MEM_NEW(struct unit);
    const struct scenario_step *day = scenario_last(session_scenario(repl), STEP_DAY, NULL);
    *unit = *change_proven(repl->standard, repl->now.view.evaluation->unit);
    if (day != NULL) {
        unit->has_as_of = true;
        unit->as_of = day->day;
    }
    return unit;
}

/* The text is read as the file would be, before it is one. */
static bool reads_back(struct repl *repl, const char *path, const char *text, const struct unit *wanted)
{
    struct diags diags = {0};
    const struct facts_file *file = facts_open_text(source_new(path, text, strlen(text)), &diags);
    const struct unit *unit = file->tree != NULL ? facts_read(file, repl->standard, &diags) : NULL;
    bool same = unit != NULL && same_unit(repl->standard, unit, wanted);
    if (!same) {
        struct diags errors = {0};
        for (size_t i = 0; i < diags.list.count; i++) {
            if (diag_severity(diags.list.items[i]->code) == SEVERITY_ERROR) {
                vec_push(&errors.list, diags.list.items[i]);
                errors.errors++;
            }
        }
        diag_add(&errors, DIAG_REPL_NOT_THE_SAME, SPAN_NONE, path, NULL);
        repl_report(repl, &errors);
    }
    return same;
}

/* ---------------------------------------------------------------- may it be written? */

static bool is_loaded_file(const struct repl *repl, const char *path)
{
    return repl->path != NULL && str_equal(io_real_path(path), io_real_path(repl->path));
}

static bool has_changed(const struct repl *repl, const char *path)
{
    for (size_t i = 0; i < repl->watched.count; i++) {
        const struct watched *file = &repl->watched.items[i];
        if (str_equal(file->path, path)) {
            return file->changed || !io_stamp_equal(file->stamp, io_stamp(path));
        }
    }
    return false;
}

static bool may_write(struct repl *repl, const struct repl_input *input, const char *path)
{
    struct diags diags = {0};
    bool own = is_loaded_file(repl, path), there = io_stamp(path).there;
    if (!cli_ends_in(path, ".facts")) {
        diag_add(&diags, DIAG_REPL_SAVE_NOT_FACTS, SPAN_NONE, path, NULL);
    } else if (!input->forced && own && has_changed(repl, repl->path)) {
        diag_add(&diags, DIAG_REPL_SAVE_CHANGED, SPAN_NONE, path, NULL);
    } else if (!input->forced && there && !(own && repl->own_file)) {
        diag_add(&diags, DIAG_REPL_SAVE_EXISTS, SPAN_NONE, path, NULL);
    }
    repl_report(repl, &diags);
    return diags.errors == 0;
}

bool keep_write(struct repl *repl, const char *path, const char *text)
{
    struct diags diags = {0};
    enum io_result result = io_write(path, text, strlen(text));
    if (result != IO_OK) {
        diag_add(&diags, result == IO_DENIED ? DIAG_FILE_DENIED : DIAG_NOT_WRITTEN, SPAN_NONE, path, NULL);
    }
    repl_report(repl, &diags);
    for (size_t i = 0; result == IO_OK && i < repl->watched.count; i++) {
        struct watched *file = &repl->watched.items[i];
        if (str_equal(io_real_path(file->path), io_real_path(path))) {
            file->stamp = io_stamp(path);
            file->changed = false;
        }
    }
    return result == IO_OK;
}

/* ---------------------------------------------------------------- what a file does not hold */

static void add_name(struct str *names, const struct repl *repl, const char *name)
{
    str_item(names, say(SAY_LIST_COMMA, repl->cli->lang), name);
}

/* `--set NAME=VALUE`, as a shell takes it. */
static const char *option_of(const char *name, const char *value)
{
    const char *setting = str_print("%s=%s", name, value);
    bool plain = setting[strcspn(setting, " \t\n\"'`$&|;<>()*?[]{}\\!#~")] == '\0';
    struct str quoted = {0};
    for (const char *at = setting; *at != '\0'; at++)
        str_add(&quoted, *at == '\'' ? "'\\''" : str_print("%c", *at));
    return plain ? str_print("--set %s", setting) : str_print("--set '%s'", str_text(&quoted));
}

static void tell_left_out(const struct repl *repl, const struct unit *wanted)
{
    const struct unit *unit = repl->now.view.evaluation->unit;
    struct scenario_steps settings = scenario_settings(session_scenario(repl));
    struct str left = {0}, thresholds = {0}, unproven = {0};
    for (size_t i = 0; i < settings.list.count; i++) {
        const struct scenario_step *step = settings.list.items[i];
        if (step->text != NULL) {
            str_item(&thresholds, " ", option_of(step->name, step->text));
        }
    }
    const struct scenario_step *column = scenario_last(session_scenario(repl), STEP_COLUMN, NULL);
    if (column != NULL) {
        add_name(&left, repl, say_with(SAY_SAVE_COLUMN, repl->cli->lang, column->name, NULL));
    }
    for (size_t i = 0; i < repl->standard->facts.count; i++) {
        bool lost = false;
        for (size_t k = 0; k < unit->columns; k++) {
            lost = lost ||
                   (wanted->facts[k][i].state == GIVEN_UNPROVEN && unit->facts[k][i].state != GIVEN_UNPROVEN);
        }
        if (lost) {
            add_name(&unproven, repl, repl->standard->facts.items[i]->field.name);
        }
    }
    if (thresholds.length > 0) {
        repl_say(say_with(SAY_SAVE_THRESHOLDS, repl->cli->lang, str_text(&thresholds), NULL));
    }
    if (left.length > 0) {
        repl_say(say_with(SAY_SAVE_LEFT_OUT, repl->cli->lang, str_text(&left), NULL));
    }
    if (unproven.length > 0) {
        repl_say(say_with(SAY_SAVE_UNPROVEN, repl->cli->lang, str_text(&unproven), NULL));
    }
}

/* ---------------------------------------------------------------- save */

/* A file holds what was done in the current scenario. */
static void note_saved(struct repl *repl)
{
    repl->scenarios.items[repl->at].saved = session_scenario(repl)->step;
}

static void save_facts(struct repl *repl, const struct repl_input *input, const char *path)
{
    if (!may_write(repl, input, path)) {
        return;
    }
    const struct unit *wanted = wanted_unit(repl);
    const char *text = repl->file != NULL ? keep_edited(repl, path) : keep_whole(repl, path);
    if (reads_back(repl, path, text, wanted) && keep_write(repl, path, text)) {
        repl->own_file = repl->own_file || is_loaded_file(repl, path);
        note_saved(repl);
        repl_say(say_with(SAY_SAVED, repl->cli->lang, path, NULL));
        tell_left_out(repl, wanted);
    }
}

void repl_save(struct repl *repl, struct repl_input *input)
{
    if (!repl_needs_results(repl, input)) {
        return;
    }
    const char *first = words_at(input->rest, 0);
    bool test = words_count(input->rest) > 1 && str_equal(keyword_canonical(first), "test");
    if (test) {
        keep_test(repl, input);
    } else {
        save_facts(repl, input, words_count(input->rest) == 1 ? first : input->rest);
    }
}

/* ---------------------------------------------------------------- load, reload */

static void tell_loaded(const struct repl *repl)
{
    const struct unit *unit = repl->unit;
    repl_say(say_with(SAY_LOADED, repl->cli->lang, unit->label != NULL ? unit->label : unit->id, repl->rules,
                      NULL));
}

/* … and a message: what was changed, and stands in no file, would be lost. */
static bool would_lose(struct repl *repl, const char *path)
{
    struct diags diags = {0};
    struct str names = {0};
    for (size_t i = 0; i < repl->scenarios.count; i++) {
        const struct named_scenario *named = &repl->scenarios.items[i];
        if (scenario_is_changed(named->scenario) && named->scenario->step != named->saved) {
            add_name(&names, repl, named->name);
        }
    }
    if (names.length > 0) {
        diag_add(&diags, DIAG_REPL_UNSAVED, SPAN_NONE, path, str_text(&names), NULL);
        repl_report(repl, &diags);
    }
    return names.length > 0;
}

void repl_load(struct repl *repl, struct repl_input *input)
{
    const char *path = words_at(input->rest, 0), *id = words_at(input->rest, 1);
    if ((input->forced || !would_lose(repl, path)) && session_load(repl, path, id)) {
        tell_loaded(repl);
    }
}

/* A scenario whose steps are taken again, one after another; those that do not fit are told. */
static const struct scenario *take_again(struct repl *repl, const struct scenario *old, size_t *lost)
{
    struct scenario_steps steps = scenario_steps(old);
    const struct scenario *scenario = scenario_new(repl->standard, repl->unit);
    for (size_t i = 0; i < steps.list.count; i++) {
        struct diags diags = {0};
        struct outlook outlook;
        const struct scenario_step *step = edit_again(repl, scenario, steps.list.items[i], &diags);
        const struct scenario *next = step != NULL ? scenario_add(scenario, step) : NULL;
        if (next != NULL && session_look(repl, next, &outlook, &diags)) {
            scenario = next;
            continue;
        }
        repl_report(repl, &diags);
        repl_say(say_with(SAY_RELOAD_LOST, repl->cli->lang, steps.list.items[i]->typed, NULL));
        ++*lost;
    }
    return scenario;
}

static void tell_from_to(const struct repl *repl, enum say name, const char *before, const char *after)
{
    enum lang lang = repl->cli->lang;
    if (!str_equal(before, after)) {
        repl_say(say_with(SAY_FROM_TO, lang, say(name, lang), before, after, NULL));
    }
}

/* The rules may be others now: only what any have can be told beside what was. */
static void tell_difference(const struct repl *repl, const struct outlook *before)
{
    const struct view *was = &before->view, *is = &repl->now.view;
    bool outer = false;
    if (was->evaluation == NULL || is->evaluation == NULL) {
        return;
    }
    const struct standard *then = was->evaluation->standard, *now = is->evaluation->standard;
    if (then->scored && now->scored) {
        tell_from_to(repl, SAY_EFFECT_TOTAL, points_text(was, then->total_node, true, &outer),
                     points_text(is, now->total_node, true, &outer));
    }
    if (then->grade != NULL && now->grade != NULL) {
        tell_from_to(repl, SAY_EFFECT_GRADE, outcome_grade(was), outcome_grade(is));
    }
}

void repl_reload(struct repl *repl, struct repl_input *input)
{
    if (repl->standard == NULL && repl->path != NULL) {
        if (session_load(repl, repl->path, repl->id)) {
            tell_loaded(repl);
        }
        return;
    }
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    struct named_scenario *old = repl->scenarios.items;
    size_t count = repl->scenarios.count, at = repl->at, lost = 0;
    repl->scenarios.items = NULL;
    repl->scenarios.count = repl->scenarios.room = 0;
    struct outlook before = repl->now;
    if (!session_load(repl, repl->path != NULL ? repl->path : repl->rules, repl->id)) {
        repl_say(say(SAY_RELOAD_NOT, repl->cli->lang));
        repl->scenarios.items = old;
        repl->scenarios.count = repl->scenarios.room = count;
        return;
    }
    for (size_t i = 1; i < count; i++) {
        struct named_scenario kept = old[i];
        bool saved = kept.saved == kept.scenario->step;
        kept.scenario = take_again(repl, kept.scenario, &lost);
        kept.saved = saved ? kept.scenario->step : NULL;
        vec_push(&repl->scenarios, kept);
    }
    repl->at = at;
    struct diags diags = {0};
    session_look(repl, session_scenario(repl), &repl->now, &diags);
    repl_report(repl, &diags);
    tell_loaded(repl);
    tell_difference(repl, &before);
}
