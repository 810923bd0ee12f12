/* What is said of facts, in the unit as the exact evaluator takes it, and in the row; the one is brought up to what the other knows. */
#include "api/held.h"
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "facts/change.h"
#include "facts/write.h"
#include "syntax/parse.h"

const char *entry_head(const struct sayable *sayable)
{
    return sayable->is_score ? str_print("score %s = ", write_path(sayable->name))
                             : str_print("%s = ", write_name(sayable->name));
}

/* ---------------------------------------------------------------- from the row to the unit */

/* Of a share its parts. */
static struct value value_of(const struct input *input, const struct cell *cell, struct given *given)
{
    struct num number = num_ratio(cell->number, input->kind == INPUT_SHARE ? 1 : input->scale);
    if (input->kind == INPUT_YESNO)
        return value_truth(cell->number ? TRUTH_YES : TRUTH_NO);
    if (input->kind != INPUT_SHARE)
        return value_number(number);
    given->has_parts = true;
    given->part = num_ratio(cell->number, input->scale);
    given->whole = num_ratio(cell->whole, input->scale);
    return value_number(num_ratio(cell->number, cell->whole));
}

static const char *text_of(const struct input *input, const struct cell *cell, const struct given *given)
{
    switch (input->kind) {
    case INPUT_YESNO: return cell->number ? "yes" : "no";
    case INPUT_DATE: return date_text(cell->number);
    case INPUT_CHOICE: return input->choice->symbols[cell->number].name;
    case INPUT_SHARE: return str_print("%s of %s", num_text(given->part), num_text(given->whole));
    case INPUT_NUMBER: break;
    }
    return num_text(value_point(&given->value));
}

static struct value bounds_of(const rubric_standard *of, const struct sayable *sayable, size_t slot)
{
    return sayable->is_score ? of->standard->judged.items[slot]->node->bounds
                             : ir_field_bounds(sayable->field);
}

static struct given given_of(const rubric_standard *of, const struct sayable *sayable,
                             const struct cell *cell)
{
    struct given given = {.state = GIVEN_VALUE};
    if (cell->state == INPUT_OPEN) {
        given.state = GIVEN_UNKNOWN;
        given.value = bounds_of(of, sayable, sayable->slot);
        given.shown = "unknown";
    } else if (cell->state == INPUT_NA) {
        given.value = value_na();
        given.shown = "n/a";
    } else {
        given.value = value_of(&of->inputs[sayable->input], cell, &given);
        given.shown = text_of(&of->inputs[sayable->input], cell, &given);
    }
    return given;
}

/* A place for what is told of it. */
static void give_place(struct given *given, const struct sayable *sayable)
{
    const char *head = entry_head(sayable), *line = str_print("%s%s", head, given->shown);
    given->span.source = source_part(sayable->name, line, strlen(line), 0);
    given->span.start = (uint32_t)strlen(head);
    given->span.end = (uint32_t)strlen(line);
}

static void enter(rubric_unit *unit, const struct sayable *sayable, size_t slot, const struct given *given)
{
    unit_enter(sayable->is_score ? unit->scores : unit->facts, unit->unit->columns, 0, slot, given);
}

static void enter_nothing(rubric_unit *unit, const struct sayable *sayable)
{
    const struct unit *nothing = unit->nothing;
    const struct standard *standard = unit->of->standard;
    if (!sayable->is_score) {
        enter(unit, sayable, sayable->slot, &nothing->facts[0][sayable->slot]);
        return;
    }
    for (size_t i = sayable->slot; i < standard->judged.count; i++)
        if (standard->judged.items[i]->criterion == sayable->criterion)
            enter(unit, sayable, i, &nothing->scores[0][i]);
}

void entry_update(rubric_unit *unit)
{
    for (int i = 0; i < unit->of->sayable_count; i++) {
        const struct sayable *sayable = &unit->of->sayables[i];
        if (unit->said[i] == SAID_IN_ROW) {
            struct cell cell = row_cell(unit->row, sayable->input);
            struct given given = given_of(unit->of, sayable, &cell);
            give_place(&given, sayable);
            enter(unit, sayable, sayable->slot, &given);
        } else if (unit->said[i] == SAID_NOTHING) {
            enter_nothing(unit, sayable);
        }
        unit->said[i] = SAID_IN_UNIT;
    }
}

/* ---------------------------------------------------------------- from the unit to the row */

static const struct given *given_at(const rubric_unit *unit, const struct sayable *sayable)
{
    return sayable->is_score ? &unit->scores[0][sayable->slot] : &unit->facts[0][sayable->slot];
}

static void note_beyond(rubric_unit *unit, int fact, bool beyond)
{
    unit->beyond_count += beyond - (size_t)unit->beyond[fact];
    unit->beyond[fact] = beyond;
}

/* Rows of tables that stand beside are given, too, though nobody said so. */
static void tell_row(rubric_unit *unit, int fact)
{
    const struct sayable *sayable = &unit->of->sayables[fact];
    const struct given *given = given_at(unit, sayable);
    if (!unit->row)
        return;
    if (sayable->input == NO_INPUT) {
        note_beyond(unit, fact, given->state != GIVEN_NOTHING && given->state != GIVEN_ASSUMED);
        return;
    }
    struct cell cell = cell_of_given(&unit->of->rules[sayable->input], given);
    row_set(unit->row, sayable->input, &cell);
}

/* The same in every column, in the period of the standard. */
static bool is_like_a_row(const struct unit *unit, const struct standard *standard)
{
    const struct period *own = &unit->period, *period = &standard->period;
    bool alike = !unit->has_as_of && own->known == period->known && own->start == period->start &&
                 own->end == period->end;
    for (size_t c = 0; c < unit->columns; c++) {
        for (size_t i = 0; i < standard->facts.count; i++)
            alike &= unit->facts[c][i].column == 0 && unit->facts[c][i].state != GIVEN_UNPROVEN;
        for (size_t i = 0; i < standard->judged.count; i++)
            alike &= unit->scores[c][i].column == 0;
    }
    return alike;
}

void entry_take_unit(rubric_unit *unit, const struct unit *taken)
{
    const struct standard *standard = unit->of->standard;
    unit->unit = MEM_NEW(struct unit);
    *unit->unit = *taken;
    unit->facts = unit_copy_columns(taken->facts, taken->columns, standard->facts.count);
    unit->scores = unit_copy_columns(taken->scores, taken->columns, standard->judged.count);
    unit->unit->facts = (const struct given *const *)unit->facts;
    unit->unit->scores = (const struct given *const *)unit->scores;
    unit->apart = !is_like_a_row(taken, standard);
    unit->way = RUBRIC_BY_NONE;
    for (int i = 0; i < unit->of->sayable_count; i++) {
        unit->said[i] = SAID_IN_UNIT;
        tell_row(unit, i);
    }
}

/* ---------------------------------------------------------------- one entry */

static int sayable_named(const rubric_unit *unit, const struct fact_change *change)
{
    int at = 0;
    while (unit->of->sayables[at].is_score != change->score ||
           !str_equal(unit->of->sayables[at].name, change->name))
        at++;
    return at;
}

static const struct ast *parse_entry(const char *file, const char *line, struct diags *diags)
{
    const struct ast *ast = parse_line(source_part(file, line, strlen(line), 0), diags);
    return ast && diags->errors == 0 ? AST(repl_set, ast)->entry : NULL;
}

bool entry_set(rubric_unit *unit, const char *file, const char *line, struct diags *diags)
{
    entry_update(unit);
    struct change_place place = {unit->of->standard, unit->unit, 0};
    struct fact_change change;
    const struct ast *entry = parse_entry(file, line, diags);
    if (!entry || !change_read(&place, entry, diags, &change))
        return false;
    int fact = sayable_named(unit, &change);
    for (size_t i = 0; i < change.entries.count; i++) {
        const struct entered *entered = &change.entries.items[i];
        enter(unit, &unit->of->sayables[fact], entered->slot, &entered->given);
    }
    tell_row(unit, fact);
    return true;
}

void entry_unset(rubric_unit *unit, int fact)
{
    entry_update(unit);
    enter_nothing(unit, &unit->of->sayables[fact]);
    tell_row(unit, fact);
}
