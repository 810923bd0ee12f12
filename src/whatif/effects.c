#include "whatif/effects.h"
#include "base/mem.h"

/* In the order of the nodes. */
struct effect_list {
    struct effect *items;
    size_t count;
};

struct effects {
    struct levers *levers;
    size_t first_context;
    struct value **open;         /* [context][node id]: with every lever open */
    struct effect_list **lists;  /* [lever][context] */
    struct effect_list *through; /* [context]: of the node asked about last */
    struct value
        *ends[2]; /* [node id]: of two worlds, with every lever open; NULL: the effects are those of levers */
};

static const struct effect *find(const struct effect_list *list, unsigned id)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (list->items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && list->items[low].id == id ? &list->items[low] : NULL;
}

const struct effect *effects_of(const struct effects *effects, size_t lever, const struct ir_node *node)
{
    return find(&effects->lists[lever][effects->levers->context], node->id);
}

const struct value *effects_open(const struct effects *effects, const struct ir_node *node)
{
    return &effects->open[effects->levers->context][node->id];
}

static struct range nothing(void)
{
    return range_point(num_int(0));
}

/* Anywhere in its range before, anywhere after. */
static struct range any_change(struct range range)
{
    range.whole = false;
    return range_sub(range, range);
}

static struct effect wild(unsigned id)
{
    return (struct effect){.id = id, .wild = true, .by = nothing()};
}

/* The effects of one lever, or of one node, as they are worked out. */
struct making {
    const struct effects *effects;
    const struct effect_list *lists; /* [context] */
    const struct lever *lever;       /* NULL: of a node */
    size_t context;
};

static const struct value *open_value(const struct making *it, const struct ir_node *node)
{
    const struct effects *effects = it->effects;
    return &effects->open[effects->levers->search->run->first[it->context]][node->id];
}

static const struct effect *effect_on(const struct making *it, const struct ir_node *node)
{
    return find(&it->lists[it->effects->levers->search->run->first[it->context]], node->id);
}

/* Of an argument: one that does not read the lever does not change. */
static struct effect arg_change(const struct making *it, const struct ir_node *node)
{
    const struct effect *change = effect_on(it, node);
    return change ? *change : (struct effect){.id = node->id, .by = nothing()};
}

static bool changes_at_all(const struct making *it, const struct ir_node *node)
{
    return effect_on(it, node) != NULL;
}

static bool is_number(const struct value *value)
{
    return value_has_range(value) && !value->na;
}

static struct range from_end_to_end(struct range before, struct range after)
{
    before.whole = after.whole = false;
    return range_sub(after, before);
}

static struct effect unbound(const struct making *it, const struct ir_node *node)
{
    const struct value *before = it->effects->ends[0], *after = it->effects->ends[1];
    if (before && is_number(&before[node->id]) && is_number(&after[node->id]))
        return (struct effect){.id = node->id,
                               .by = from_end_to_end(before[node->id].range, after[node->id].range)};
    const struct value *value = open_value(it, node);
    if (!value_has_range(value) || value->na)
        return wild(node->id);
    return (struct effect){.id = node->id, .by = any_change(value->range)};
}

static struct effect by(const struct ir_node *node, struct range range)
{
    range.whole = false;
    return (struct effect){.id = node->id, .by = range};
}

static struct range between(struct range a, struct range b)
{
    return range_of(cut_min(a.low, b.low), cut_max(a.high, b.high), false);
}

static struct effect product(const struct making *it, const struct ir_node *node, struct effect a,
                             struct effect b)
{
    bool first = changes_at_all(it, node->args[0]), second = changes_at_all(it, node->args[1]);
    if (first && second)
        return unbound(it, node);
    struct range other = open_value(it, node->args[first ? 1 : 0])->range;
    return by(node, range_mul(first ? a.by : b.by, other));
}

/* a′/b′ − a/b = (a′ − a)/b′ − a (b′ − b)/(b b′) */
static struct effect quotient(const struct making *it, const struct ir_node *node, struct effect a,
                              struct effect b)
{
    struct range dividend = open_value(it, node->args[0])->range,
                 divisor = open_value(it, node->args[1])->range;
    divisor.whole = dividend.whole = false;
    if (cut_compare(divisor.low, cut_at(num_int(0), 0)) <= 0 &&
        cut_compare(divisor.high, cut_at(num_int(0), 0)) >= 0)
        return unbound(it, node);
    struct range first = range_div(a.by, divisor);
    if (!changes_at_all(it, node->args[1]))
        return by(node, first);
    return by(node, range_sub(first, range_div(range_mul(dividend, b.by), range_mul(divisor, divisor))));
}

/* To a multiple of the step, no further than the argument goes; half to even, a change of whole steps may go one further. */
static struct effect rounded(const struct ir_node *node, struct effect a)
{
    bool even = node->rounding == NUM_HALF_EVEN;
    struct range range = a.by;
    if (!range.low.infinite)
        range.low = cut_at(even ? num_sub(num_round(range.low.at, node->step, NUM_UP), node->step)
                                : num_round(range.low.at, node->step, NUM_DOWN),
                           0);
    if (!range.high.infinite)
        range.high = cut_at(even ? num_add(num_round(range.high.at, node->step, NUM_DOWN), node->step)
                                 : num_round(range.high.at, node->step, NUM_UP),
                            0);
    return by(node, range);
}

/* What a row adds to a sum. */
static struct range added(const struct value *there, const struct value *value)
{
    if (value_is_no(there))
        return nothing();
    return value_is_yes(there) ? value->range : range_join(value->range, nothing());
}

/* Of a row that may come or go. */
static struct range row_change(const struct making *it, const struct ir_node *there,
                               const struct ir_node *value)
{
    const struct value *before = it->effects->ends[0], *after = it->effects->ends[1];
    if (!before || !is_number(&before[value->id]) || !is_number(&after[value->id]))
        return any_change(range_join(open_value(it, value)->range, nothing()));
    return from_end_to_end(added(&before[there->id], &before[value->id]),
                           added(&after[there->id], &after[value->id]));
}

static struct effect list_sum(const struct making *it, const struct ir_node *node)
{
    const struct ir_node *bag = node->args[0];
    struct range sum = nothing();
    if (bag->op != IR_BAG)
        return unbound(it, node);
    for (size_t i = 0; i + 1 < bag->arg_count; i += 2) {
        const struct ir_node *there = bag->args[i], *value = bag->args[i + 1];
        struct effect change = arg_change(it, value);
        const struct value *open = open_value(it, value);
        if (changes_at_all(it, there)) {
            if (!value_has_range(open))
                return unbound(it, node);
            sum = range_add(sum, row_change(it, there, value));
        } else if (change.wild) {
            return unbound(it, node);
        } else if (!value_is_no(open_value(it, there))) {
            bool stays = value_is_yes(open_value(it, there));
            sum = range_add(sum, stays ? change.by : between(change.by, nothing()));
        }
    }
    return by(node, sum);
}

static struct effect chosen(const struct making *it, const struct ir_node *node)
{
    const struct value *when = open_value(it, node->args[0]);
    if (!when->fault && (value_is_yes(when) || value_is_no(when)))
        return arg_change(it, node->args[value_is_yes(when) ? 1 : 2]);
    struct effect a = arg_change(it, node->args[1]), b = arg_change(it, node->args[2]);
    if (changes_at_all(it, node->args[0]) || a.wild || b.wild)
        return unbound(it, node);
    return by(node, between(a.by, b.by));
}

static struct effect instead_of_na(const struct making *it, const struct ir_node *node)
{
    const struct value *open = open_value(it, node->args[0]);
    return open->na || open->fault ? unbound(it, node) : arg_change(it, node->args[0]);
}

static struct effect mixed(const struct making *it, const struct ir_node *node)
{
    const struct run *run = it->effects->levers->search->run;
    struct range sum = nothing();
    struct num weights = num_int(0);
    for (size_t c = 0; c < run->columns; c++) {
        struct making column = {it->effects, it->lists, it->lever, c};
        struct num weight = run->standard->columns.items[c].weight;
        struct effect change = arg_change(&column, node->args[0]);
        const struct value *open = open_value(&column, node->args[0]);
        if (!num_sign(weight))
            continue;
        if (change.wild || open->na || !value_has_range(open))
            return unbound(it, node);
        sum = range_add(sum, range_mul(change.by, range_point(weight)));
        weights = num_add(weights, weight);
    }
    return num_sign(weights) ? by(node, range_div(sum, range_point(weights))) : unbound(it, node);
}

static struct effect moved(const struct making *it, const struct ir_node *node)
{
    const struct lever *lever = it->lever;
    if (!lever)
        return unbound(it, node);
    const struct value *open = open_value(it, node);
    if (!value_has_range(open) || open->na || !value_has_range(&lever->now))
        return wild(node->id);
    struct range now = lever->now.range, all = open->range;
    now.whole = all.whole = false;
    return by(node, range_sub(all, now));
}

/* That which is the smaller one all along, if one is; else anything from the change of the one to that of the other. */
static struct effect chosen_number(const struct making *it, const struct ir_node *node, struct effect a,
                                   struct effect b)
{
    const struct value *one = open_value(it, node->args[0]), *other = open_value(it, node->args[1]);
    if (!is_number(one) || !is_number(other))
        return by(node, between(a.by, b.by));
    if (range_less_equal(one->range, other->range) == TRUTH_YES)
        return by(node, node->op == IR_MIN ? a.by : b.by);
    if (range_less_equal(other->range, one->range) == TRUTH_YES)
        return by(node, node->op == IR_MIN ? b.by : a.by);
    return by(node, between(a.by, b.by));
}

static bool any_wild(const struct making *it, const struct ir_node *node)
{
    for (size_t i = 0; i < node->arg_count; i++)
        if (arg_change(it, node->args[i]).wild)
            return true;
    return false;
}

/* None of whose arguments is wild. */
static struct effect applied(const struct making *it, const struct ir_node *node)
{
    struct effect a = arg_change(it, node->args[0]);
    struct effect b = node->arg_count > 1 ? arg_change(it, node->args[1]) : a;
    if (node->type.kind == TYPE_DATE)
        return unbound(it, node);
    switch ((int)node->op) {
    case IR_ADD: return by(node, range_add(a.by, b.by));
    case IR_SUB: return by(node, range_sub(a.by, b.by));
    case IR_MUL: return product(it, node, a, b);
    case IR_DIV: return quotient(it, node, a, b);
    case IR_MIN:
    case IR_MAX: return chosen_number(it, node, a, b);
    case IR_ROUND: return rounded(node, a);
    case IR_LENGTH: return a;
    }
    return unbound(it, node);
}

static struct effect computed(const struct making *it, const struct ir_node *node)
{
    switch ((int)node->op) {
    case IR_FACT:
    case IR_JUDGED: return moved(it, node);
    case IR_SUM: return list_sum(it, node);
    case IR_IF: return chosen(it, node);
    case IR_NA_AS: return instead_of_na(it, node);
    case IR_MIX:
        if (run_is_mix(it->effects->levers->search->run, it->context))
            return mixed(it, node);
        return arg_change(it, node->args[0]);
    }
    return node->arg_count == 0 || any_wild(it, node) ? unbound(it, node) : applied(it, node);
}

/* No further than from one end of what it can be to the other. */
static struct effect change_made(const struct making *it, const struct ir_node *node)
{
    struct effect change = computed(it, node), most = unbound(it, node);
    change.id = node->id;
    if (!change.wild && !most.wild) {
        struct range met = range_meet(change.by, most.by);
        change.by = range_is_empty(met) ? change.by : met;
    }
    return change;
}

static void find_effects(struct effects *effects, size_t lever)
{
    const struct search *search = effects->levers->search;
    const struct run *run = search->run;
    struct effect_list *lists = effects->lists[lever] = MEM_ARRAY(struct effect_list, run->contexts);
    for (size_t c = effects->first_context; c <= effects->levers->context; c++) {
        if (run->first[c] != c)
            continue;
        struct nodes nodes = effects->levers->list.items[lever].readers[c];
        struct making making = {effects, lists, &effects->levers->list.items[lever], c};
        lists[c].items = MEM_ARRAY(struct effect, nodes.count + 1);
        for (size_t i = 0; i < nodes.count; i++) {
            struct effect change = change_made(&making, nodes.items[i]);
            lists[c].items[lists[c].count++] = change;
        }
        levers_spend(effects->levers, nodes.count);
    }
}

static void keep_open(struct effects *effects)
{
    const struct run *run = effects->levers->search->run;
    effects->open = MEM_ARRAY(struct value *, run->contexts);
    for (size_t c = effects->first_context; c <= effects->levers->context; c++) {
        if (run->first[c] != c)
            continue;
        effects->open[c] = MEM_ARRAY(struct value, run->nodes + 1);
        for (size_t i = 0; i < run->nodes; i++)
            effects->open[c][i] = run->values[c][i];
    }
}

/* Anything that it moves to, or rests at. */
static void open_with_rest(struct levers *levers, size_t lever)
{
    const struct lever *at = &levers->list.items[lever];
    if (at->applying == APPLIES && at->rest.nothing_else)
        lever_open(levers, lever);
    else
        lever_open_as_decided(levers, lever);
}

struct effects *effects_find(struct levers *levers)
{
    struct effects *effects = MEM_NEW(struct effects);
    const struct run *run = levers->search->run;
    effects->levers = levers;
    effects->first_context = run_is_mix(run, levers->context) ? 0 : levers->context;
    levers_rest(levers);
    for (size_t i = 0; i < levers->list.count; i++)
        open_with_rest(levers, i);
    levers_pass(levers);
    keep_open(effects);
    levers_rest(levers);
    levers_pass(levers);
    effects->lists = MEM_ARRAY(struct effect_list *, levers->list.count + 1);
    for (size_t i = 0; i < levers->list.count; i++)
        find_effects(effects, i);
    effects->through = MEM_ARRAY(struct effect_list, run->contexts);
    effects->through[levers->context].items = MEM_ARRAY(struct effect, run->nodes + 1);
    return effects;
}

/* ---- between two worlds */

static void open_all(struct levers *levers)
{
    levers_as_is(levers);
    for (size_t i = 0; i < levers->list.count; i++)
        lever_open(levers, i);
}

struct effects *effects_apart_begin(struct levers *levers)
{
    const struct run *run = levers->search->run;
    struct effects *effects = MEM_NEW(struct effects);
    *effects = (struct effects){.levers = levers, .first_context = levers->context};
    open_all(levers);
    levers_pass(levers);
    keep_open(effects);
    for (size_t i = 0; i < 2; i++) {
        effects->ends[i] = MEM_ARRAY(struct value, run->nodes + 1);
        for (size_t k = 0; k < run->nodes; k++)
            effects->ends[i][k] = effects->open[levers->context][k];
    }
    effects->lists = MEM_ARRAY(struct effect_list *, 1);
    effects->lists[0] = MEM_ARRAY(struct effect_list, run->contexts);
    effects->lists[0][levers->context].items = MEM_ARRAY(struct effect, run->nodes + 1);
    return effects;
}

/* One of the worlds is at hand; of these nodes it may say something else than the other. */
static void take_end(const struct effects *effects, size_t end, struct nodes nodes)
{
    levers_pass(effects->levers);
    for (size_t i = 0; i < nodes.count; i++)
        effects->ends[end][nodes.items[i]->id] = *levers_value(effects->levers, nodes.items[i]);
}

/* The nodes of the pair before have nothing to do with it. */
static void tell_apart(struct effects *effects, struct nodes nodes)
{
    struct levers *levers = effects->levers;
    struct effect_list *list = &effects->lists[0][levers->context];
    struct making making = {effects, effects->lists[0], NULL, levers->context};
    list->count = 0;
    for (size_t i = 0; i < nodes.count; i++) {
        struct effect change = change_made(&making, nodes.items[i]);
        list->items[list->count++] = change;
    }
    for (size_t i = 0; i < nodes.count; i++)
        for (size_t end = 0; end < 2; end++)
            effects->ends[end][nodes.items[i]->id] = effects->open[levers->context][nodes.items[i]->id];
    levers_spend(levers, nodes.count);
}

void effects_apart_lever(struct effects *effects, size_t lever, struct value one, struct value other)
{
    struct levers *levers = effects->levers;
    struct nodes nodes = levers->list.items[lever].readers[levers->context];
    lever_move(levers, lever, one);
    take_end(effects, 0, nodes);
    lever_move(levers, lever, other);
    take_end(effects, 1, nodes);
    lever_open(levers, lever);
    tell_apart(effects, nodes);
}

static struct nodes reading(const struct levers *levers, const uint64_t *holes)
{
    const struct search *search = levers->search;
    struct nodes live = search->run->live[levers->context], reading = {0};
    reading.items = MEM_ARRAY(const struct ir_node *, live.count + 1);
    for (size_t i = 0; i < live.count; i++)
        if (set_meets(depend_on(search->depend, levers->context, live.items[i]), holes,
                      search->depend->words))
            reading.items[reading.count++] = live.items[i];
    return reading;
}

static void fill_fixed(const struct levers *levers, const struct value *world)
{
    for (size_t i = 0; i < levers->fixed.count; i++)
        search_fill(levers->search, levers->fixed.items[i], world[levers->fixed.items[i]]);
}

void effects_apart_worlds(struct effects *effects, size_t one, size_t other)
{
    struct levers *levers = effects->levers;
    const struct value *a = levers->worlds.items[one], *b = levers->worlds.items[other];
    uint64_t *holes = mem_alloc_plain(levers->search->depend->words * sizeof *holes);
    for (size_t i = 0; i < levers->fixed.count; i++)
        if (!value_equal(&a[levers->fixed.items[i]], &b[levers->fixed.items[i]]))
            set_add(holes, levers->fixed.items[i]);
    struct nodes nodes = reading(levers, holes);
    fill_fixed(levers, a);
    take_end(effects, 0, nodes);
    fill_fixed(levers, b);
    take_end(effects, 1, nodes);
    open_all(levers);
    tell_apart(effects, nodes);
}

struct effect effects_apart(const struct effects *effects, const struct ir_node *node)
{
    const struct effect *found = find(&effects->lists[0][effects->levers->context], node->id);
    return found ? *found : (struct effect){.id = node->id, .by = nothing()};
}

/* ---- through one node */

struct effect effects_through(const struct effects *effects, size_t lever, const struct ir_node *from,
                              struct range by, const struct ir_node *to)
{
    const struct levers *levers = effects->levers;
    struct nodes nodes = levers->list.items[lever].readers[levers->context];
    struct effect_list *list = &effects->through[levers->context];
    struct making making = {effects, effects->through, NULL, levers->context};
    list->count = 0;
    for (size_t i = 0; i < nodes.count && nodes.items[i]->id <= to->id; i++) {
        const struct ir_node *node = nodes.items[i];
        bool reads = node->op == IR_BAG_OF && node->id > from->id;
        for (size_t k = 0; k < node->arg_count && node != from; k++)
            reads |= changes_at_all(&making, node->args[k]);
        struct effect change = {.id = node->id, .by = by};
        if (node != from && reads)
            change = change_made(&making, node);
        if (node == from || reads)
            list->items[list->count++] = change;
    }
    levers_spend(effects->levers, list->count);
    const struct effect *found = find(list, to->id);
    return found ? *found : (struct effect){.id = to->id, .by = nothing()};
}
