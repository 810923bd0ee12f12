/* Conditions looked at together: what they compare with constants are the axes, and so is every truth that they take from the facts. Axes are
 * taken as independent of one another. */
#include "base/mem.h"
#include "core/kernel.h"
#include "sema/cover.h"

struct probe {
    struct sema *sema;
    VEC(const struct ir_node *) inputs;
    VEC(struct axis) axes;
    size_t *atoms;
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
    return node->op == IR_NOT || node->op == IR_AND || node->op == IR_OR || node->op == IR_AT_LEAST ||
           (node->op == IR_IF && node->type.kind == TYPE_YESNO) ||
           (node->op == IR_NA_AS && node->type.kind == TYPE_YESNO);
}

static struct axis *axis_for(struct probe *probe, const struct ir_node *node)
{
    for (size_t i = 0; i < probe->inputs.count; i++)
        if (probe->inputs.items[i] == node || (node->op == IR_FACT && probe->inputs.items[i]->op == IR_FACT &&
                                               probe->inputs.items[i]->index == node->index))
            return &probe->axes.items[i];
    struct axis axis = axis_of(probe->sema, node);
    if (node->type.kind == TYPE_YESNO)
        axis.domain = range_of(cut_at(num_int(0), 0), cut_at(num_int(1), 0), true);
    vec_push(&probe->inputs, node);
    vec_push(&probe->axes, axis);
    return &vec_last(&probe->axes);
}

/* A comparison of a number with a constant divides that number's axis. Any other comparison is a truth of its own. */
static bool divides(const struct ir_node *node, const struct ir_node **number, struct num *at)
{
    if (!is_comparison(node))
        return false;
    for (int side = 0; side < 2; side++) {
        const struct ir_node *constant = node->args[side], *other = node->args[1 - side];
        if (!ir_is_const(constant) || constant->bounds.kind != VALUE_NUMBER ||
            other->bounds.kind != VALUE_NUMBER || ir_is_const(other))
            continue;
        *number = other;
        *at = value_point(&constant->bounds);
        return true;
    }
    return false;
}

static void collect(struct probe *probe, const struct ir_node *node)
{
    const struct ir_node *number;
    struct num at;
    if (ir_is_const(node))
        return;
    if (divides(node, &number, &at))
        axis_break(axis_for(probe, number), range_point(at));
    else if (is_logic(node))
        for (size_t i = 0; i < node->arg_count; i++)
            collect(probe, node->args[i]);
    else
        axis_break(axis_for(probe, node), range_between(num_int(0), num_int(1)));
}

static struct value atom_value(const struct probe *probe, size_t input)
{
    struct range atom = probe->axes.items[input].atoms.items[probe->atoms[input]];
    if (probe->inputs.items[input]->type.kind != TYPE_YESNO)
        return value_range(atom);
    return value_truth(num_sign(atom.low.at) ? TRUTH_YES : TRUTH_NO);
}

static struct value value_in_case(struct probe *probe, const struct ir_node *node)
{
    if (ir_is_const(node))
        return node->bounds;
    if (probe->known_in[node->id] == probe->at)
        return probe->values[node->id];
    const struct value **args = MEM_ARRAY(const struct value *, node->arg_count + 1);
    struct value value;
    const struct axis *axis = NULL;
    for (size_t i = 0; i < probe->inputs.count && !axis; i++)
        if (probe->inputs.items[i] == node || (node->op == IR_FACT && probe->inputs.items[i]->op == IR_FACT &&
                                               probe->inputs.items[i]->index == node->index)) {
            axis = &probe->axes.items[i];
            value = atom_value(probe, i);
        }
    if (!axis && (is_logic(node) || is_comparison(node))) {
        for (size_t i = 0; i < node->arg_count; i++) {
            struct value *arg = MEM_NEW(struct value);
            *arg = value_in_case(probe, node->args[i]);
            args[i] = arg;
        }
        value = kernel_apply(node, args);
    } else if (!axis)
        value = node->bounds;
    probe->known_in[node->id] = probe->at;
    return probe->values[node->id] = value;
}

static const char *describe(const struct probe *probe)
{
    struct str text = {0};
    for (size_t i = 0; i < probe->inputs.count; i++) {
        const struct ir_node *node = probe->inputs.items[i];
        bool yes = node->type.kind == TYPE_YESNO;
        const char *value =
            yes ? (value_is_yes(&(struct value){.kind = VALUE_TRUTH, .truth = atom_value(probe, i).truth})
                       ? "yes"
                       : "no")
                : axis_text(&probe->axes.items[i], probe->atoms[i]);
        str_format(&text, "%s%s = %s", i ? ", " : "", span_text(node->origin), value);
    }
    return str_text(&text);
}

static bool next(struct probe *probe)
{
    probe->at++;
    for (size_t i = probe->inputs.count; i-- > 0;) {
        if (++probe->atoms[i] < probe->axes.items[i].atoms.count)
            return true;
        probe->atoms[i] = 0;
    }
    return false;
}

bool cover_cases(struct sema *sema, size_t count, struct ir_node *const *conditions, const char **missed)
{
    enum { CASES_MAX = 20000 };
    struct probe probe = {.sema = sema, .at = 1};
    size_t cases = 1;
    for (size_t i = 0; i < count; i++)
        collect(&probe, conditions[i]);
    for (size_t i = 0; i < probe.axes.count; i++) {
        axis_cut(&probe.axes.items[i]);
        if (!probe.axes.items[i].atoms.count || (cases *= probe.axes.items[i].atoms.count) > CASES_MAX)
            return false;
    }
    probe.atoms = MEM_ARRAY(size_t, probe.inputs.count + 1);
    probe.values = MEM_ARRAY(struct value, sema->ir->nodes.count);
    probe.known_in = MEM_ARRAY(size_t, sema->ir->nodes.count);
    *missed = NULL;
    do {
        bool held = false;
        for (size_t i = 0; i < count && !held; i++) {
            struct value value = value_in_case(&probe, conditions[i]);
            held = value.kind == VALUE_TRUTH && value.truth & TRUTH_YES;
        }
        if (!held)
            return *missed = describe(&probe), true;
    } while (next(&probe));
    return true;
}
