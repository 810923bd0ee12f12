#include "cohort/requirements.h"
#include "base/date.h"
#include "base/mem.h"

struct requirements {
    const struct evaluation *first;
    struct call call;
    struct map by_day; /* date_text → struct evaluation */
    const struct evaluation *refusal;
};

struct requirements *requirements_new(const struct evaluation *evaluation, const struct call *call)
{
    struct requirements *requirements = MEM_NEW(struct requirements);
    requirements->first = evaluation;
    requirements->call = *call;
    return requirements;
}

/* ---- asking */

static const struct evaluation *evaluation_on(struct requirements *requirements, int64_t day)
{
    if (requirements->first->on == day)
        return requirements->first;
    const char *key = date_text(day);
    const struct evaluation *evaluation = map_find(&requirements->by_day, key);
    if (evaluation)
        return evaluation;
    struct call call = requirements->call;
    call.has_on = true;
    call.on = day;
    call.others = NULL; /* what they came to on that day is not known */
    evaluation = evaluate(requirements->first->standard, requirements->first->unit, &call);
    map_put(&requirements->by_day, key, (void *)(uintptr_t)evaluation);
    if (evaluation->refused && !requirements->refusal)
        requirements->refusal = evaluation;
    return evaluation;
}

/* In the column that counts; of a mix the last. */
static bool is_given(const struct evaluation *evaluation, size_t slot)
{
    const struct unit *unit = evaluation->unit;
    size_t column = evaluation->final < unit->columns ? evaluation->final : unit->columns - 1;
    const struct given *given = &unit->facts[column][slot];
    return given->state == GIVEN_VALUE ||
           (given->state == GIVEN_UNKNOWN && value_is_partly_known(&given->value));
}

static bool stage_is_dated(const struct stage *stage)
{
    for (size_t i = 0; i < stage->requires.count; i++)
        if (stage->requires.items[i].dated)
            return true;
    return false;
}

struct conditions requirements_on(struct requirements *requirements, const struct stage *stage, int64_t day)
{
    struct conditions conditions = {.evaluation = requirements->first};
    if (stage_is_dated(stage))
        conditions.evaluation = evaluation_on(requirements, day);
    for (size_t i = 0; i < stage->needs.list.count; i++)
        if (!is_given(requirements->first, stage->needs.list.items[i]))
            vec_push(&conditions.missing.list, stage->needs.list.items[i]);
    for (size_t i = 0; i < stage->requires.count; i++) {
        const struct requirement *requirement = &stage->requires.items[i];
        const struct value *value =
            evaluation_value(conditions.evaluation, conditions.evaluation->final, requirement->when);
        if (value_is_no(value))
            vec_push(&conditions.failing, requirement);
        else if (!value_is_yes(value))
            vec_push(&conditions.undecided, requirement);
    }
    return conditions;
}

const struct evaluation *requirements_refusal(const struct requirements *requirements)
{
    return requirements->refusal;
}
