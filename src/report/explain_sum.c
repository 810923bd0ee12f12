/* Sums with their numbers in place: the expression of a node as a reader would write it down, less what changed nothing. */
#include <stdlib.h>
#include "report/explain.h"
#include "report/say.h"
#include "report/values.h"

enum { DEPTH_MAX = 100, LENGTH_MAX = 4000 };

enum strength { BINDS_ANY, BINDS_SUM, BINDS_PRODUCT, BINDS_POWER };

struct sum {
    const struct view *view;
    struct str *out;
    bool worked; /* some operation was written */
    int depth;
};

static void add_node(struct sum *sum, const struct ir_node *node, enum strength inside);

static const struct value *known(const struct sum *sum, const struct ir_node *node)
{
    const struct value *value = view_value(sum->view, node);
    return value_is_known(value) ? value : NULL;
}

static bool is_number(const struct sum *sum, const struct ir_node *node, int64_t number)
{
    const struct value *value = view_value(sum->view, node);
    return value_is_point(value) && num_equal(value_point(value), num_int(number));
}

/* A part's range stands in brackets; n/a beside it is said where the part is. */
static const char *range_of_part(const struct sum *sum, const struct ir_node *node)
{
    struct value value = value_without_na(*view_value(sum->view, node));
    return values_of(&node->type, &value, sum->view->lang);
}

static void add_leaf(struct sum *sum, const struct ir_node *node)
{
    if (known(sum, node) != NULL) {
        str_add(sum->out, explain_value(sum->view, node, NULL));
    } else if (node->op == IR_IF || view_stands_alone(sum->view, node) || view_is_figure(sum->view, node)) {
        str_format(sum->out, "(%s)", range_of_part(sum, node));
    } else {
        str_format(sum->out, "%s?", explain_name(sum->view, node));
    }
}

/* ---------------------------------------------------------------- operators */

static void add_infix(struct sum *sum, const struct ir_node *node, const char *sign, enum strength own,
                      enum strength inside)
{
    sum->worked = true;
    str_add(sum->out, inside > own ? "(" : "");
    add_node(sum, node->args[0], own);
    str_add(sum->out, sign);
    add_node(sum, node->args[1], own + 1);
    str_add(sum->out, inside > own ? ")" : "");
}

/* x + 0, x − 0, x × 1, x ÷ 1 are x. */
static const struct ir_node *without_effect(const struct sum *sum, const struct ir_node *node)
{
    bool sums = node->op == IR_ADD || node->op == IR_SUB;
    int64_t neutral = sums ? 0 : 1;
    if (is_number(sum, node->args[1], neutral)) {
        return node->args[0];
    }
    bool commutes = node->op == IR_ADD || node->op == IR_MUL;
    return commutes && is_number(sum, node->args[0], neutral) ? node->args[1] : NULL;
}

static void add_arithmetic(struct sum *sum, const struct ir_node *node, enum strength inside)
{
    const struct ir_node *same = without_effect(sum, node);
    if (same != NULL) {
        add_node(sum, same, inside);
    } else if (node->op == IR_ADD) {
        add_infix(sum, node, " + ", BINDS_SUM, inside);
    } else if (node->op == IR_SUB) {
        add_infix(sum, node, " − ", BINDS_SUM, inside);
    } else {
        add_infix(sum, node, node->op == IR_MUL ? " × " : " ÷ ", BINDS_PRODUCT, inside);
    }
}

static void add_call(struct sum *sum, const struct ir_node *node, enum say name)
{
    sum->worked = true;
    str_format(sum->out, "%s(", say(name, sum->view->lang));
    for (size_t i = 0; i < node->arg_count; i++) {
        str_add(sum->out, i > 0 ? ", " : "");
        add_node(sum, node->args[i], BINDS_ANY);
    }
    str_add(sum->out, node->op == IR_ROUND ? str_print(", %s)", values_number(node->step)) : ")");
}

/* A limit that did not bind is left out. */
static void add_limited(struct sum *sum, const struct ir_node *node, enum strength inside)
{
    const struct value *result = known(sum, node);
    for (size_t i = 0; result != NULL && i < node->arg_count; i++) {
        const struct value *arg = known(sum, node->args[i]);
        if (arg != NULL && value_equal(arg, result) && !ir_is_const(node->args[i])) {
            add_node(sum, node->args[i], inside);
            return;
        }
    }
    add_call(sum, node, node->op == IR_MIN ? SAY_SMALLER_OF : SAY_LARGER_OF);
}

static void add_rounded(struct sum *sum, const struct ir_node *node, enum strength inside)
{
    const struct value *before = known(sum, node->args[0]), *after = known(sum, node);
    bool one = num_equal(node->step, num_int(1));
    if (before != NULL && after != NULL && value_equal(before, after)) {
        add_node(sum, node->args[0], inside);
    } else if (one && (node->rounding == NUM_DOWN || node->rounding == NUM_UP)) {
        sum->worked = true;
        str_add(sum->out, node->rounding == NUM_DOWN ? "⌊" : "⌈");
        add_node(sum, node->args[0], BINDS_ANY);
        str_add(sum->out, node->rounding == NUM_DOWN ? "⌋" : "⌉");
    } else {
        add_call(sum, node, SAY_ROUND_TO);
    }
}

static void add_chosen(struct sum *sum, const struct ir_node *node, enum strength inside)
{
    const struct value *when = view_value(sum->view, node->args[0]);
    if (value_is_yes(when) || value_is_no(when)) {
        add_node(sum, node->args[value_is_yes(when) ? 1 : 2], inside);
    } else {
        add_leaf(sum, node);
    }
}

/* ---------------------------------------------------------------- sums over parts */

static bool rows_are_known(const struct sum *sum, const struct ir_node *bag)
{
    for (size_t i = 0; i < bag->arg_count; i += 2) {
        const struct value *there = view_value(sum->view, bag->args[i]);
        if (!value_is_yes(there) && !value_is_no(there)) {
            return false;
        }
    }
    return true;
}

static void add_rows(struct sum *sum, const struct ir_node *bag, enum strength inside)
{
    size_t written = 0;
    str_add(sum->out, inside > BINDS_SUM ? "(" : "");
    for (size_t i = 0; i + 1 < bag->arg_count; i += 2) {
        if (value_is_yes(view_value(sum->view, bag->args[i])) &&
            !value_is_na(view_value(sum->view, bag->args[i + 1]))) {
            str_add(sum->out, written++ > 0 ? " + " : "");
            add_node(sum, bag->args[i + 1], BINDS_SUM);
        }
    }
    str_add(sum->out, written == 0 ? "0" : "");
    str_add(sum->out, inside > BINDS_SUM ? ")" : "");
    sum->worked = sum->worked || written > 1;
}

/* ---------------------------------------------------------------- any node */

static bool is_arithmetic(enum ir_op op)
{
    return op == IR_ADD || op == IR_SUB || op == IR_MUL || op == IR_DIV;
}

static bool is_sum_of_known_rows(const struct sum *sum, const struct ir_node *node)
{
    return node->op == IR_SUM && node->args[0]->op == IR_BAG && rows_are_known(sum, node->args[0]);
}

static void add_inside(struct sum *sum, const struct ir_node *node, enum strength inside)
{
    if (is_arithmetic(node->op)) {
        add_arithmetic(sum, node, inside);
    } else if (node->op == IR_MIN || node->op == IR_MAX) {
        add_limited(sum, node, inside);
    } else if (node->op == IR_ROUND) {
        add_rounded(sum, node, inside);
    } else if (node->op == IR_IF) {
        add_chosen(sum, node, inside);
    } else if (node->op == IR_MIX) {
        add_node(sum, node->args[0], inside);
    } else if (node->op == IR_NA_AS) {
        add_node(sum, node->args[value_is_na(view_value(sum->view, node->args[0])) ? 1 : 0], inside);
    } else if (is_sum_of_known_rows(sum, node)) {
        add_rows(sum, node->args[0], inside);
    } else {
        add_leaf(sum, node);
    }
}

/* Chains can be as long as a standard, and definitions stand in each other many times over: past some depth, or some length, the value stands
 * for the rest. */
static void add_node(struct sum *sum, const struct ir_node *node, enum strength inside)
{
    bool whole = view_stands_alone(sum->view, node) || view_is_figure(sum->view, node);
    bool enough = sum->depth > DEPTH_MAX || sum->out->length > LENGTH_MAX;
    if (ir_is_const(node) || enough || whole) {
        add_leaf(sum, node);
        return;
    }
    sum->depth++;
    add_inside(sum, node, inside);
    sum->depth--;
}

const char *explain_sum(const struct view *view, const struct ir_node *node)
{
    struct str out = {0};
    struct sum sum = {.view = view, .out = &out};
    if (!view_is_figure(view, node)) {
        add_inside(&sum, node, BINDS_ANY);
    }
    return sum.worked ? str_text(&out) : NULL;
}
