/* The one value behind a result: what a clerk would look up. */
#include "report/explain.h"
#include "report/say.h"

static bool is_over_rows(enum ir_op op)
{
    return op == IR_COUNT || op == IR_SUM || op == IR_MEAN || op == IR_HIGHEST || op == IR_LOWEST;
}

/* Worked out from what is in a fact; `best of` and sums of parts are over other results. */
static bool is_aggregate(const struct ir_node *node)
{
    if (is_over_rows(node->op)) {
        return node->args[0]->op != IR_BAG;
    }
    return node->op == IR_MONTH_COUNT || node->op == IR_LENGTH || node->op == IR_MONTHS_FROM ||
           node->op == IR_YEARS_FROM;
}

/* The only argument that is not fixed; of an `if` the branch taken. NULL where there are several. */
static const struct ir_node *only_input(const struct view *view, const struct ir_node *node)
{
    if (node->op == IR_IF) {
        const struct value *when = view_value(view, node->args[0]);
        return value_is_yes(when) ? node->args[1] : value_is_no(when) ? node->args[2] : NULL;
    }
    const struct ir_node *only = NULL;
    for (size_t i = 0; i < node->arg_count; i++) {
        if (ir_is_const(node->args[i])) {
            continue;
        }
        if (only != NULL) {
            return NULL;
        }
        only = node->args[i];
    }
    return only;
}

static const char *named(const struct view *view, const struct ir_node *node)
{
    return say_with(SAY_IS, view->lang, explain_name(view, node), explain_value(view, node, NULL), NULL);
}

const char *explain_telling(const struct view *view, const struct ir_node *node)
{
    while (node != NULL && !is_aggregate(node) && !view_is_figure(view, node) &&
           !view_stands_alone(view, node)) {
        node = only_input(view, node);
    }
    if (node != NULL && view_is_figure(view, node)) {
        return str_print("%s%s", named(view, node),
                         say_with(SAY_IN_BRACKETS, view->lang, view_units(view), NULL));
    }
    return node != NULL && is_aggregate(node) ? named(view, node) : NULL;
}

/* ---------------------------------------------------------------- what bands compare */

static const struct ir_node *side_compared(const struct ir_node *comparison)
{
    if (comparison->arg_count != 2 || ir_is_const(comparison->args[0]) == ir_is_const(comparison->args[1])) {
        return NULL;
    }
    return comparison->args[ir_is_const(comparison->args[0]) ? 1 : 0];
}

/* Whether every single condition of a case is about the same node as those before. */
static bool is_about_one(const struct view *view, const struct ir_node *when, const struct ir_node **one)
{
    struct explain_leaves leaves = explain_all(view, when);
    for (size_t i = 0; i < leaves.list.count; i++) {
        const struct ir_node *node = leaves.list.items[i].node;
        const struct ir_node *side = explain_has_values(view, node) ? side_compared(node) : NULL;
        if (side == NULL || (*one != NULL && *one != side)) {
            return false;
        }
        *one = side;
    }
    return true;
}

const char *explain_compared(const struct view *view, const struct check *cases, size_t count)
{
    const struct ir_node *one = NULL;
    size_t asked = 0;
    for (size_t i = 0; i < count; i++) {
        if (cases[i].when != NULL) {
            asked++;
            if (!is_about_one(view, cases[i].when, &one)) {
                return NULL;
            }
        }
    }
    return asked > 1 && one != NULL ? named(view, one) : NULL;
}
