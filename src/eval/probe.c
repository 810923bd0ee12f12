/* The first pass tells all where the facts are known. Else what is unknown is split, for these nodes and what stands below them alone; that also
 * finds a unit of which every world is a fault. */
#include "eval/probe.h"
#include "base/mem.h"
#include "eval/demand.h"
#include "eval/split.h"

struct wanted {
    const struct ir_node *const *nodes;
    size_t count;
};

static bool are_known(const struct run *run, const struct wanted *wanted)
{
    for (size_t c = 0; c < run->contexts; c++)
        for (size_t i = 0; i < wanted->count; i++) {
            const struct value *value = &run->values[c][wanted->nodes[i]->id];
            if (!value->fault && !value_is_known(value))
                return false;
        }
    return true;
}

static bool all_given(const struct run *run)
{
    for (size_t c = 0; c < run->columns; c++) {
        for (size_t i = 0; i < run->standard->facts.count; i++)
            if (!value_is_known(&run->facts[c][i]))
                return false;
        for (size_t i = 0; i < run->standard->judged.count; i++)
            if (!value_is_known(&run->scores[c][i]))
                return false;
    }
    return true;
}

/* Thresholds that nobody has set are the same for all units, and other units' facts are none of its own. */
static bool hangs_on_own(const struct search *search, size_t context, const struct ir_node *node)
{
    const uint64_t *on = depend_on(search->depend, context, node);
    for (size_t i = 0; i < search_holes(search); i++) {
        enum hole_kind kind = search_hole(search, i)->kind;
        if (set_has(on, i) && (kind == HOLE_SETTING || kind == HOLE_COHORT))
            return false;
    }
    return true;
}

static struct probed probed(const struct run *run, const struct search *search, size_t context,
                            const struct ir_node *node)
{
    struct probed probed = {.value = run->values[context][node->id]};
    probed.free = value_is_known(&probed.value) || (search && split_is_exact(run, search, context, node) &&
                                                    hangs_on_own(search, context, node));
    return probed;
}

static bool is_one_column(const struct run *run)
{
    for (size_t c = 0; c < run->columns; c++)
        if (!run_same_column(run, 0, c))
            return false;
    return true;
}

struct probe probe_nodes(const struct standard *standard, const struct unit *unit, const struct call *call,
                         const struct ir_node *const *nodes, size_t count)
{
    struct wanted wanted = {nodes, count};
    struct run *run = run_new(standard, unit, call);
    hole_narrow(run);
    run_pass(run);
    bool settled = are_known(run, &wanted) && all_given(run);
    struct search *search = settled ? NULL : split_unknown(run, split_wanted(run, nodes, count));
    struct probed *values = MEM_ARRAY(struct probed, run->contexts * count);
    for (size_t c = 0; c < run->contexts; c++)
        for (size_t i = 0; i < count; i++)
            values[c * count + i] = probed(run, search, c, nodes[i]);
    const struct value *const *all = (const struct value *const *)run->values;
    return (struct probe){complaints_of(run, all).refused, is_one_column(run), values, run->effort};
}

const struct value *probe_glance(const struct standard *standard, const struct unit *unit,
                                 const struct call *call, const struct ir_node *node)
{
    struct run *run = run_new(standard, unit, call);
    hole_narrow(run);
    run_pass(run);
    const struct value *const *all = (const struct value *const *)run->values;
    if (!are_scores_allowed(run) || complaints_of(run, all).refused)
        return NULL;
    return &run->values[run_final(run)][node->id];
}
