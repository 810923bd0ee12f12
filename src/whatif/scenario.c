#include "whatif/scenario.h"
#include "base/mem.h"
#include "base/str.h"

const struct scenario *scenario_new(const struct standard *standard, const struct unit *loaded)
{
    struct scenario *scenario = MEM_NEW(struct scenario);
    *scenario = (struct scenario){.standard = standard, .loaded = loaded};
    return scenario;
}

const struct scenario *scenario_add(const struct scenario *scenario, const struct scenario_step *step)
{
    struct scenario *next = MEM_NEW(struct scenario);
    *next = *scenario;
    next->step = step;
    next->before = scenario;
    next->after = NULL;
    return next;
}

/* Was the step before taken by the same command? */
static bool is_one_of_several(const struct scenario *scenario)
{
    const struct scenario_step *step = scenario->step, *before = scenario->before->step;
    return step->together != NULL && before != NULL && before->together == step->together;
}

const struct scenario *scenario_undo(const struct scenario *scenario)
{
    if (scenario->before == NULL) {
        return NULL;
    }
    const struct scenario *first = scenario;
    while (is_one_of_several(first)) {
        first = first->before;
    }
    struct scenario *back = MEM_NEW(struct scenario);
    *back = *first->before;
    back->after = scenario;
    return back;
}

const struct scenario *scenario_redo(const struct scenario *scenario)
{
    return scenario->after;
}

struct scenario_steps scenario_steps(const struct scenario *scenario)
{
    struct scenario_steps back = {0}, steps = {0};
    for (; scenario->step != NULL && scenario->step->kind != STEP_RESET; scenario = scenario->before) {
        vec_push(&back.list, scenario->step);
    }
    for (size_t i = back.list.count; i-- > 0;) {
        vec_push(&steps.list, back.list.items[i]);
    }
    return steps;
}

bool scenario_is_changed(const struct scenario *scenario)
{
    return scenario_steps(scenario).list.count > 0;
}

/* ---------------------------------------------------------------- the unit */

const struct unit *scenario_unit(const struct scenario *scenario)
{
    struct scenario_steps steps = scenario_steps(scenario);
    struct unit *unit = MEM_NEW(struct unit);
    *unit = *scenario->loaded;
    struct given **facts = unit_copy_columns(unit->facts, unit->columns, scenario->standard->facts.count);
    struct given **scores = unit_copy_columns(unit->scores, unit->columns, scenario->standard->judged.count);
    for (size_t i = 0; i < steps.list.count; i++) {
        const struct scenario_step *step = steps.list.items[i];
        for (size_t k = 0; step->kind == STEP_ENTER && k < step->entries.count; k++) {
            const struct entered *entry = &step->entries.items[k];
            unit_enter(entry->score ? scores : facts, unit->columns, step->column, entry->slot,
                       &entry->given);
        }
    }
    unit->facts = (const struct given *const *)facts;
    unit->scores = (const struct given *const *)scores;
    return unit;
}

/* ---------------------------------------------------------------- the rest */

const struct scenario_step *scenario_last(const struct scenario *scenario, enum scenario_kind kind,
                                          const char *name)
{
    for (; scenario->step != NULL && scenario->step->kind != STEP_RESET; scenario = scenario->before) {
        const struct scenario_step *step = scenario->step;
        if (step->kind == kind && (name == NULL || str_equal(step->name, name))) {
            return step;
        }
    }
    return NULL;
}

static bool has_setting(const struct scenario_steps *settings, const char *name)
{
    for (size_t i = 0; i < settings->list.count; i++) {
        if (str_equal(settings->list.items[i]->name, name)) {
            return true;
        }
    }
    return false;
}

struct scenario_steps scenario_settings(const struct scenario *scenario)
{
    struct scenario_steps steps = scenario_steps(scenario), settings = {0};
    for (size_t i = 0; i < steps.list.count; i++) {
        const struct scenario_step *step = steps.list.items[i];
        if (step->kind == STEP_SETTING && !has_setting(&settings, step->name)) {
            vec_push(&settings.list, scenario_last(scenario, STEP_SETTING, step->name));
        }
    }
    return settings;
}
