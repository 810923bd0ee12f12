#include "eval/favour.h"
#include <string.h>

/* What a comparison can come to. */
struct order {
    bool above, below, alike;
};

static struct order of_ranges(struct range a, struct range b)
{
    return (struct order){cut_compare(a.high, b.low) > 0, cut_compare(a.low, b.high) < 0,
                          !range_is_empty(range_meet(a, b))};
}

static const struct value *final_value(const struct evaluation *evaluation, const struct ir_node *node)
{
    return evaluation_value(evaluation, evaluation->final, node);
}

/* ---- eligible */

static unsigned eligible(const struct evaluation *evaluation)
{
    const struct ir_node *node = evaluation->standard->eligible;
    const struct value *value = node ? final_value(evaluation, node) : NULL;
    if (!value)
        return TRUTH_YES;
    return value->kind == VALUE_TRUTH && !value->na ? value->truth : TRUTH_UNKNOWN;
}

static struct order by_eligible(const struct evaluation *first, const struct evaluation *second)
{
    unsigned a = eligible(first), b = eligible(second);
    return (struct order){a & TRUTH_YES && b & TRUTH_NO, a & TRUTH_NO && b & TRUTH_YES, a & b};
}

/* ---- grade */

static bool same_grades(const struct choice *a, const struct choice *b)
{
    if (!a || !b || a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->symbols[i].name, b->symbols[i].name) != 0)
            return false;
    return true;
}

/* The place of the grade, -1 for none. */
static struct range grade(const struct evaluation *evaluation)
{
    const struct value *value = final_value(evaluation, evaluation->standard->grade);
    const struct range none = range_whole(-1, -1);
    if (!value_has_range(value))
        return none;
    return value->na ? range_join(value->range, none) : value->range;
}

/* ---- total */

static bool have_totals(const struct standard *a, const struct standard *b)
{
    return a->scored && b->scored && a->better_lower == b->better_lower;
}

static struct order by_total(const struct evaluation *first, const struct evaluation *second)
{
    const struct standard *standard = first->standard, *other = second->standard;
    const struct value *a = final_value(first, standard->total_node),
                       *b = final_value(second, other->total_node);
    if (!value_has_range(a) || !value_has_range(b) || a->na || b->na) {
        bool none = value_is_na(a) && value_is_na(b);
        return (struct order){!none, !none, true};
    }
    struct range one = a->range, two = b->range;
    if (!num_equal(standard->total, other->total)) {
        one = range_div(one, range_point(standard->total));
        two = range_div(two, range_point(other->total));
    }
    return standard->better_lower ? of_ranges(two, one) : of_ranges(one, two);
}

/* ---- one after the other */

struct favour favour_of(const struct evaluation *first, const struct evaluation *second)
{
    const struct standard *a = first->standard, *b = second->standard;
    bool grades = a->grade && b->grade && same_grades(a->grades, b->grades), totals = have_totals(a, b);
    struct favour favour = {.compared = grades || totals, .alike = true, .by = FAVOUR_NOTHING};
    for (enum favour_by by = FAVOUR_ELIGIBLE; by < FAVOUR_NOTHING && favour.alike; by++) {
        struct order order = {.alike = true};
        if (by == FAVOUR_ELIGIBLE)
            order = by_eligible(first, second);
        else if (by == FAVOUR_GRADE && grades)
            order = of_ranges(grade(first), grade(second));
        else if (by == FAVOUR_TOTAL && totals)
            order = by_total(first, second);
        if (favour.by == FAVOUR_NOTHING && (order.above || order.below))
            favour.by = by;
        favour.first |= order.above;
        favour.second |= order.below;
        favour.alike = order.alike;
    }
    favour.compared |= favour.first || favour.second;
    return favour;
}
