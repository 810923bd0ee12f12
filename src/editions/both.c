#include "editions/both.h"
#include "base/mem.h"

struct reading {
    const struct joint *joint;
    struct given **facts, **scores; /* [column][slot of both] */
    bool alike;
};

/* [column]: each slot that no edition fills is open. */
static struct given **nothing(size_t columns, size_t count)
{
    struct given **all = MEM_ARRAY(struct given *, columns + 1);
    for (size_t c = 0; c < columns; c++)
        all[c] = MEM_ARRAY(struct given, count + 1);
    return all;
}

static bool is_open(const struct given *given)
{
    bool silent = given->state == GIVEN_NOTHING || given->state == GIVEN_UNPROVEN;
    return silent || (given->state == GIVEN_UNKNOWN && !value_is_partly_known(&given->value));
}

/* A value of a choice by its place among those of both. */
static struct value by_place(const struct joint *joint, enum edition edition, size_t slot, struct value value)
{
    const size_t *places = joint->symbols[edition][slot];
    const struct choice *choice = joint->standard->facts.items[slot]->field.type.choice;
    int64_t at = 0;
    if (!places || !value_is_point(&value) || !num_to_int(value_point(&value), &at))
        return value;
    for (size_t i = 0; i < choice->count; i++)
        if (places[i] == (size_t)at)
            return value_int((int64_t)i);
    return value;
}

/* What is open may be whatever both allow. */
static struct given as_both_read(const struct joint *joint, enum edition edition, size_t slot,
                                 struct given given)
{
    given.value = is_open(&given) ? ir_field_bounds(&joint->standard->facts.items[slot]->field)
                                  : by_place(joint, edition, slot, given.value);
    return given;
}

static void put(struct reading *reading, struct given *place, struct given given)
{
    bool first = place->value.kind == VALUE_NONE && !place->value.nothing_else;
    if (!first && !str_equal(form_of_value(&place->value), form_of_value(&given.value)))
        reading->alike = false;
    *place = given;
}

static void read_edition(struct reading *reading, enum edition edition, const struct unit *unit)
{
    const struct joint *joint = reading->joint;
    for (size_t c = 0; c < unit->columns; c++) {
        for (size_t i = 0; i < joint->of[edition]->facts.count; i++) {
            size_t slot = joint->facts[edition][i];
            put(reading, &reading->facts[c][slot], as_both_read(joint, edition, slot, unit->facts[c][i]));
        }
        for (size_t i = 0; i < joint->of[edition]->judged.count; i++)
            put(reading, &reading->scores[c][joint->judged[edition][i]], unit->scores[c][i]);
    }
}

const struct unit *both_unit(const struct joint *joint, const struct unit *const *of)
{
    struct unit *unit = MEM_NEW(struct unit);
    *unit = *of[EDITION_NEW];
    struct reading reading = {.joint = joint, .alike = true};
    reading.facts = nothing(unit->columns, joint->standard->facts.count);
    reading.scores = nothing(unit->columns, joint->standard->judged.count);
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++)
        read_edition(&reading, edition, of[edition]);
    unit->facts = (const struct given *const *)reading.facts;
    unit->scores = (const struct given *const *)reading.scores;
    unit->decision_count = 0;
    return reading.alike ? unit : NULL;
}
