#include "eval/favour.h"
#include <string.h>

/* Not `known`: `better` means nothing. */
struct verdict {
    bool known;
    int better;
};

static struct verdict of_ranges(struct range a, struct range b)
{
    if (cut_compare(a.low, b.high) > 0)
        return (struct verdict){true, 1};
    if (cut_compare(b.low, a.high) > 0)
        return (struct verdict){true, -1};
    return (struct verdict){range_is_point(a) && range_is_point(b), 0};
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

static struct verdict by_eligible(const struct evaluation *first, const struct evaluation *second)
{
    unsigned a = eligible(first), b = eligible(second);
    bool known = a != TRUTH_UNKNOWN && b != TRUTH_UNKNOWN;
    return (struct verdict){known, a == b ? 0 : a == TRUTH_YES ? 1 : -1};
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

static struct verdict by_total(const struct evaluation *first, const struct evaluation *second)
{
    const struct standard *standard = first->standard, *other = second->standard;
    const struct value *a = final_value(first, standard->total_node),
                       *b = final_value(second, other->total_node);
    if (!value_has_range(a) || !value_has_range(b) || a->na || b->na)
        return (struct verdict){value_is_na(a) && value_is_na(b), 0};
    struct range one = a->range, two = b->range;
    if (!num_equal(standard->total, other->total)) {
        one = range_div(one, range_point(standard->total));
        two = range_div(two, range_point(other->total));
    }
    struct verdict verdict = of_ranges(one, two);
    verdict.better = standard->better_lower ? -verdict.better : verdict.better;
    return verdict;
}

/* ---- the first that differs */

struct favour favour_of(const struct evaluation *first, const struct evaluation *second)
{
    const struct standard *a = first->standard, *b = second->standard;
    bool grades = a->grade && b->grade && same_grades(a->grades, b->grades), totals = have_totals(a, b);
    struct favour favour = {.compared = grades || totals};
    for (; favour.by < FAVOUR_NOTHING; favour.by++) {
        struct verdict verdict = {true, 0};
        if (favour.by == FAVOUR_ELIGIBLE)
            verdict = by_eligible(first, second);
        else if (favour.by == FAVOUR_GRADE && grades)
            verdict = of_ranges(grade(first), grade(second));
        else if (favour.by == FAVOUR_TOTAL && totals)
            verdict = by_total(first, second);
        favour.known = verdict.known;
        favour.better = verdict.known ? verdict.better : 0;
        favour.compared |= favour.better != 0;
        if (!favour.known || favour.better != 0)
            break;
    }
    return favour;
}
