#include "core/apart.h"

/* The points that a criterion's scores may differ by. */
static struct num allowed(const struct apart_rule *rule, const struct part *criterion)
{
    return rule->of_cap ? num_mul(rule->most, criterion->cap) : rule->most;
}

static bool is_number(const struct given *given)
{
    return given->state == GIVEN_VALUE && value_is_point(&given->value);
}

struct aparts apart_find(const struct standard *standard, const struct given *const *scores, size_t column)
{
    struct aparts aparts = {0};
    for (size_t i = 0; standard->apart.declared && column > 0 && i < standard->judged.count; i++) {
        const struct given *score = &scores[column][i], *before = &scores[column - 1][i];
        if (score->column != column || !is_number(score) || !is_number(before) ||
            !unit_is_first_score(standard, i))
            continue;
        struct apart apart = {standard->judged.items[i], column, score, before, num_int(0), num_int(0)};
        apart.distance = num_abs(num_sub(value_point(&score->value), value_point(&before->value)));
        apart.allowed = allowed(&standard->apart, apart.judged->criterion);
        if (num_compare(apart.distance, apart.allowed) > 0)
            vec_push(&aparts.list, apart);
    }
    return aparts;
}
