#include "cohort/requirements.h"
#include "base/date.h"
#include "base/mem.h"

enum dated { DATED_UNASKED, DATED_NO, DATED_YES };

struct requirements {
    const struct evaluation *first;
    struct call call;
    struct map by_day;    /* date_text → struct evaluation */
    unsigned char *dated; /* [node id]: enum dated */
    const struct evaluation *refusal;
};

struct requirements *requirements_new(const struct evaluation *evaluation, const struct call *call)
{
    struct requirements *requirements = MEM_NEW(struct requirements);
    requirements->first = evaluation;
    requirements->call = *call;
    requirements->dated = mem_alloc_plain(evaluation->standard->ir->nodes.count + 1);
    return requirements;
}

/* ---- does a condition depend on the day? */

static bool is_dated(const struct requirements *requirements, const struct ir_node *node);

static bool block_is_dated(const struct requirements *requirements, const struct ir_block *block)
{
    for (size_t i = 0; i < block->nodes.count; i++)
        if (is_dated(requirements, block->nodes.items[i]))
            return true;
    return false;
}

static bool find_dated(const struct requirements *requirements, const struct ir_node *node)
{
    if (node->op == IR_CALENDAR && (node->index == CALENDAR_TODAY || node->index == CALENDAR_IN_FORCE))
        return true;
    if (node->op == IR_BAG_OF && block_is_dated(requirements, node->block))
        return true;
    for (size_t i = 0; i < node->arg_count; i++)
        if (is_dated(requirements, node->args[i]))
            return true;
    return false;
}

static bool is_dated(const struct requirements *requirements, const struct ir_node *node)
{
    unsigned char *answer = &requirements->dated[node->id];
    if (*answer == DATED_UNASKED)
        *answer = find_dated(requirements, node) ? DATED_YES : DATED_NO;
    return *answer == DATED_YES;
}

bool requirements_dated(const struct requirements *requirements, const struct requirement *requirement)
{
    return is_dated(requirements, requirement->when);
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

static bool stage_is_dated(const struct requirements *requirements, const struct stage *stage)
{
    for (size_t i = 0; i < stage->requires.count; i++)
        if (requirements_dated(requirements, &stage->requires.items[i]))
            return true;
    return false;
}

struct conditions requirements_on(struct requirements *requirements, const struct stage *stage, int64_t day)
{
    struct conditions conditions = {.evaluation = requirements->first};
    if (stage_is_dated(requirements, stage))
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
