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

unsigned requirements_truth(struct requirements *requirements, const struct requirement *requirement,
                            int64_t day)
{
    const struct evaluation *evaluation = requirements->first;
    if (requirements_dated(requirements, requirement))
        evaluation = evaluation_on(requirements, day);
    const struct value *value = evaluation_value(evaluation, evaluation->final, requirement->when);
    return value->kind == VALUE_TRUTH ? value->truth : TRUTH_UNKNOWN;
}

/* In the column that counts; of a mix the last. */
bool requirements_given(const struct requirements *requirements, size_t slot)
{
    const struct evaluation *evaluation = requirements->first;
    const struct unit *unit = evaluation->unit;
    size_t column = evaluation->final < unit->columns ? evaluation->final : unit->columns - 1;
    const struct given *given = &unit->facts[column][slot];
    return given->state == GIVEN_VALUE ||
           (given->state == GIVEN_UNKNOWN && value_is_partly_known(&given->value));
}

const struct evaluation *requirements_refusal(const struct requirements *requirements)
{
    return requirements->refusal;
}
