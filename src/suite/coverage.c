/* Which points an evaluation comes by. */
#include "suite/coverage.h"

/* ---------------------------------------------------------------- how near is just beside */

/* Of a quotient, such as a rate: what one more above the line makes. 0: it is none. */
static struct num one_of_divisor(const struct evaluation *evaluation, size_t context,
                                 const struct ir_node *node)
{
    while (node->op == IR_NA_AS || node->op == IR_MIX || node->op == IR_IF)
        node = node->args[node->op == IR_IF];
    const struct value *divisor =
        node->op == IR_DIV ? evaluation_value(evaluation, context, node->args[1]) : NULL;
    bool known = divisor && value_is_point(divisor) && num_sign(value_point(divisor)) != 0;
    return known ? num_abs(num_div(num_int(1), value_point(divisor))) : num_int(0);
}

/* One step of what is compared: of a count and a date 1, of a fact its step, of a share a hundredth, or one of the whole that it is given by; of
 * other numbers 1, or a hundredth of the figure. */
static struct num step_of(const struct evaluation *evaluation, size_t context, const struct ir_node *node,
                          struct num figure)
{
    const struct num hundredth = num_div(num_int(1), num_int(100));
    const struct type *type = &node->type;
    struct num step = type->share ? hundredth : num_int(1);
    if (type->kind == TYPE_NUMBER && !type->whole && !type->share)
        step = num_max(step, num_mul(num_abs(figure), hundredth));
    if (node->op != IR_FACT)
        return num_max(step, one_of_divisor(evaluation, context, node));
    const struct unit *unit = evaluation->unit;
    const struct limits *limits = &evaluation->standard->facts.items[node->index]->field.limits;
    const struct given *given = &unit->facts[context < unit->columns ? context : 0][node->index];
    if (limits->stepped)
        step = num_max(step, limits->step);
    if (given->has_parts && num_sign(given->whole) > 0)
        step = num_max(step, num_div(num_int(1), given->whole));
    return step;
}

/* ---------------------------------------------------------------- one point in one context */

static bool is_point_of(const struct coverage_point *point, const struct evaluation *evaluation,
                        size_t context)
{
    const struct value *value = evaluation_value(evaluation, context, point->node);
    const struct value *figure = point->figure ? evaluation_value(evaluation, context, point->figure) : NULL;
    if (!value_is_point(value) || (figure && !value_is_point(figure)))
        return false;
    struct num at = figure ? value_point(figure) : point->limit, gap = num_sub(value_point(value), at);
    int side = num_sign(gap);
    bool near = num_compare(num_abs(gap), step_of(evaluation, context, point->node, at)) <= 0;
    switch (point->kind) {
    case POINT_BELOW: return side < 0 && near;
    case POINT_AT: return side == 0;
    case POINT_ABOVE: return side > 0 && near;
    case POINT_BINDS: return side > 0;
    case POINT_FREE: return side < 0;
    case POINT_HOLDS:
    case POINT_FAILS:
    case POINT_TAKEN:
    case POINT_OPEN: break;
    }
    return false;
}

static bool is_taken(const struct coverage_point *point, const struct evaluation *evaluation, size_t context)
{
    for (size_t i = 0; i < point->before.count; i++) {
        const struct value *before = evaluation_value(evaluation, context, point->before.items[i]);
        if (!value_is_no(before) && !value_is_na(before))
            return false;
    }
    return !point->node || value_is_yes(evaluation_value(evaluation, context, point->node));
}

static bool is_met(const struct coverage_point *point, const struct evaluation *evaluation, size_t context)
{
    switch (point->kind) {
    case POINT_HOLDS: return value_is_yes(evaluation_value(evaluation, context, point->node));
    case POINT_FAILS: return value_is_no(evaluation_value(evaluation, context, point->node));
    case POINT_TAKEN: return is_taken(point, evaluation, context);
    case POINT_OPEN: return !value_is_known(evaluation_value(evaluation, context, point->node));
    case POINT_BELOW:
    case POINT_AT:
    case POINT_ABOVE:
    case POINT_BINDS:
    case POINT_FREE: break;
    }
    return is_point_of(point, evaluation, context);
}

bool coverage_meets(const struct coverage_point *point, const struct evaluation *evaluation)
{
    for (size_t context = 0; context < evaluation->contexts; context++)
        if (is_met(point, evaluation, context))
            return true;
    return false;
}

struct num coverage_step(const struct coverage_point *point, const struct evaluation *evaluation)
{
    const struct value *figure =
        point->figure ? evaluation_value(evaluation, evaluation->final, point->figure) : NULL;
    struct num at = !figure ? point->limit : value_is_point(figure) ? value_point(figure) : num_int(0);
    return step_of(evaluation, evaluation->final, point->node, at);
}

/* ---------------------------------------------------------------- many evaluations */

static const struct coverage *own_coverage(struct coverage *coverage, const struct standard *standard)
{
    if (coverage->standard == standard)
        return coverage;
    for (size_t i = 0; i < coverage->others.count; i++)
        if (coverage->others.items[i]->standard == standard)
            return coverage->others.items[i];
    vec_push(&coverage->others, (const struct coverage *)coverage_new(standard));
    return vec_last(&coverage->others);
}

const struct coverage_point *coverage_same(const struct coverage *other, const struct coverage *coverage,
                                           size_t place)
{
    size_t found = (size_t)(uintptr_t)map_find(&other->by_key, coverage->by_key.entries[place].key);
    return found > 0 ? &other->points.items[found - 1] : NULL;
}

void coverage_see(struct coverage *coverage, const struct evaluation *evaluation)
{
    const struct coverage *own = own_coverage(coverage, evaluation->standard);
    for (size_t i = 0; i < coverage->points.count; i++) {
        struct coverage_point *point = &coverage->points.items[i];
        const struct coverage_point *same = point->covered ? NULL : coverage_same(own, coverage, i);
        if (same)
            point->covered = coverage_meets(same, evaluation);
    }
}

size_t coverage_count(const struct coverage *coverage)
{
    size_t count = 0;
    for (size_t i = 0; i < coverage->points.count; i++)
        count += coverage->points.items[i].covered;
    return count;
}

size_t coverage_wanted(const struct coverage *coverage)
{
    size_t count = 0;
    for (size_t i = 0; i < coverage->points.count; i++)
        count += !coverage->points.items[i].out_of_reach;
    return count;
}

bool coverage_is_missing(const struct coverage_point *point)
{
    return !point->covered && !point->out_of_reach;
}
