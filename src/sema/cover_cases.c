/* Conditions looked at together: what they compare with constants are the axes, so is every pair of values
 * that they compare with each other, and every truth that they take from the facts. Axes are taken as
 * independent of one another. */
#include "base/mem.h"
#include "core/kernel.h"
#include "sema/cover.h"

/* Where cases differ: a number that is compared with constants, a truth (no 0, yes 1), or a pair (less -1,
 * equal 0, more 1). */
struct input {
    const struct ir_node *node, *other; /* other: the second of a pair, or NULL */
    struct axis axis;
};

struct probe {
    struct sema *sema;
    VEC(struct input) inputs;
    bool *seen;           /* by node id: collected */
    size_t *atoms;        /* by input, of the case at hand */
    struct value *values; /* by node id, of the case at hand */
    size_t *known_in;     /* by node id: the case it was computed in */
    size_t at;
};

static bool is_comparison(const struct ir_node *node)
{
    return node->op == IR_LESS || node->op == IR_LESS_EQUAL || node->op == IR_EQUAL;
}

static bool is_logic(const struct ir_node *node)
{
    bool truth = node->type.kind == TYPE_YESNO;
    return node->op == IR_NOT || node->op == IR_AND || node->op == IR_OR || node->op == IR_AT_LEAST ||
           (truth && (node->op == IR_IF || node->op == IR_NA_AS));
}

/* ---- finding the axes */

static bool is_constant_number(const struct ir_node *node)
{
    return ir_is_const(node) && node->bounds.kind == VALUE_NUMBER;
}

/* A comparison of a number with a constant: that number, and where the constant divides its axis. */
static const struct ir_node *divided_by_constant(const struct ir_node *node, struct num *at)
{
    for (int side = 0; side < 2; side++) {
        const struct ir_node *constant = node->args[side], *number = node->args[1 - side];
        if (!is_constant_number(constant) || number->bounds.kind != VALUE_NUMBER)
            continue;
        *at = value_point(&constant->bounds);
        return number;
    }
    return NULL;
}

static struct input *find_input(struct probe *probe, const struct ir_node *node, const struct ir_node *other)
{
    for (size_t i = 0; i < probe->inputs.count; i++) {
        struct input *input = &probe->inputs.items[i];
        if ((input->node == node && input->other == other) ||
            (other && input->node == other && input->other == node))
            return input;
    }
    return NULL;
}

static struct input *input_for(struct probe *probe, const struct ir_node *node, const struct ir_node *other)
{
    struct input *known = find_input(probe, node, other);
    if (known)
        return known;
    struct input input = {node, other, axis_of(probe->sema, node)};
    if (other)
        input.axis = (struct axis){.domain = range_whole(-1, 1)};
    vec_push(&probe->inputs, input);
    return &vec_last(&probe->inputs);
}

static void divide(struct input *input, int64_t low, int64_t high)
{
    for (int64_t at = low; at <= high; at++)
        axis_break(&input->axis, range_point(num_int(at)));
}

static void collect(struct probe *probe, const struct ir_node *node)
{
    struct num at;
    if (ir_is_const(node) || probe->seen[node->id])
        return;
    probe->seen[node->id] = true;
    bool compares = is_comparison(node);
    const struct ir_node *number = compares ? divided_by_constant(node, &at) : NULL;
    if (number)
        axis_break(&input_for(probe, number, NULL)->axis, range_point(at));
    else if (compares)
        divide(input_for(probe, node->args[0], node->args[1]), -1, 1);
    else if (is_logic(node))
        for (size_t i = 0; i < node->arg_count; i++)
            collect(probe, node->args[i]);
    else
        divide(input_for(probe, node, NULL), 0, 1);
}

/* ---- one case */

static struct range atom_of(const struct probe *probe, const struct input *input)
{
    return input->axis.atoms.items[probe->atoms[input - probe->inputs.items]];
}

static struct value value_of_input(const struct probe *probe, const struct input *input)
{
    struct range atom = atom_of(probe, input);
    if (input->node->type.kind != TYPE_YESNO)
        return value_range(atom);
    return value_truth(num_sign(atom.low.at) ? TRUTH_YES : TRUTH_NO);
}

/* A pair's order, turned round where the comparison names its two the other way. */
static struct value value_of_pair(const struct probe *probe, const struct input *input,
                                  const struct ir_node *node)
{
    int order = num_sign(atom_of(probe, input).low.at);
    if (input->node != node->args[0])
        order = -order;
    bool holds = node->op == IR_EQUAL ? order == 0 : node->op == IR_LESS ? order < 0 : order <= 0;
    return value_truth(holds ? TRUTH_YES : TRUTH_NO);
}

static struct value value_in_case(struct probe *probe, const struct ir_node *node);

static struct value value_of_logic(struct probe *probe, const struct ir_node *node)
{
    struct value *values = MEM_ARRAY(struct value, node->arg_count + 1);
    const struct value **args = MEM_ARRAY(const struct value *, node->arg_count + 1);
    for (size_t i = 0; i < node->arg_count; i++) {
        values[i] = value_in_case(probe, node->args[i]);
        args[i] = &values[i];
    }
    return kernel_apply(node, args);
}

static struct value computed(struct probe *probe, const struct ir_node *node)
{
    const struct input *input = find_input(probe, node, NULL);
    const struct input *pair = is_comparison(node) ? find_input(probe, node->args[0], node->args[1]) : NULL;
    if (input)
        return value_of_input(probe, input);
    if (pair)
        return value_of_pair(probe, pair, node);
    return is_logic(node) || is_comparison(node) ? value_of_logic(probe, node) : node->bounds;
}

static struct value value_in_case(struct probe *probe, const struct ir_node *node)
{
    if (ir_is_const(node))
        return node->bounds;
    if (probe->known_in[node->id] != probe->at) {
        probe->values[node->id] = computed(probe, node);
        probe->known_in[node->id] = probe->at;
    }
    return probe->values[node->id];
}

/* ---- all cases */

static const char *describe(const struct probe *probe)
{
    static const char *const SIGNS[] = {"<", "=", ">"};
    struct str text = {0};
    for (size_t i = 0; i < probe->inputs.count; i++) {
        const struct input *input = &probe->inputs.items[i];
        str_add(&text, i ? DIAG_NEXT : "");
        if (input->other)
            str_format(&text, "%s %s %s", span_text(input->node->origin),
                       SIGNS[num_sign(atom_of(probe, input).low.at) + 1], span_text(input->other->origin));
        else
            str_format(&text, "%s = %s", span_text(input->node->origin),
                       axis_text(&input->axis, probe->atoms[i]));
    }
    return str_text(&text);
}

static bool any_holds(struct probe *probe, size_t count, struct ir_node *const *conditions)
{
    for (size_t i = 0; i < count; i++) {
        struct value value = value_in_case(probe, conditions[i]);
        if (value.kind == VALUE_TRUTH && value.truth & TRUTH_YES)
            return true;
    }
    return false;
}

static struct axis *cut_axes(struct probe *probe)
{
    struct axis *axes = MEM_ARRAY(struct axis, probe->inputs.count + 1);
    for (size_t i = 0; i < probe->inputs.count; i++) {
        axis_cut(&probe->inputs.items[i].axis);
        axes[i] = probe->inputs.items[i].axis;
    }
    return axes;
}

bool cover_cases(struct sema *sema, size_t count, struct ir_node *const *conditions, const char **missed)
{
    enum { CASES_MAX = 20000 };
    size_t nodes = sema->ir->nodes.count;
    struct probe probe = {.sema = sema, .at = 1, .seen = MEM_ARRAY(bool, nodes)};
    for (size_t i = 0; i < count; i++)
        collect(&probe, conditions[i]);
    const struct axis *axes = cut_axes(&probe);
    if (!cases_few(axes, probe.inputs.count, CASES_MAX))
        return false;
    probe.atoms = MEM_ARRAY(size_t, probe.inputs.count + 1);
    probe.values = MEM_ARRAY(struct value, nodes);
    probe.known_in = MEM_ARRAY(size_t, nodes);
    *missed = NULL;
    do {
        if (!any_holds(&probe, count, conditions)) {
            *missed = describe(&probe);
            return true;
        }
        probe.at++;
    } while (cases_next(axes, probe.inputs.count, probe.atoms));
    return true;
}
