/* Needs go from a node to its arguments, so one walk backwards along the list does. */
#include "eval/demand.h"
#include "base/mem.h"
#include "core/limits.h"

/* ---- what is shown */

struct node_list {
    VEC(const struct ir_node *) nodes;
};

static void list_add(struct node_list *list, const struct ir_node *node)
{
    if (node)
        vec_push(&list->nodes, node);
}

static void add_parts(struct node_list *list, const struct part *part)
{
    list_add(list, part->score);
    for (size_t i = 0; i < part->parts.count; i++)
        add_parts(list, part->parts.items[i]);
}

static void add_requirements(struct node_list *list, const struct standard *standard)
{
    for (size_t i = 0; i < standard->stages.count; i++)
        for (size_t k = 0; k < standard->stages.items[i]->requires.count; k++)
            list_add(list, standard->stages.items[i]->requires.items[k].when);
}

static void add_outcomes(struct node_list *list, const struct standard *standard)
{
    for (size_t i = 0; i < standard->outcomes.count; i++)
        list_add(list, standard->outcomes.items[i]->holds);
    list_add(list, standard->eligible);
    list_add(list, standard->grade);
    for (size_t i = 0; i < standard->shows.count; i++)
        list_add(list, standard->shows.items[i].value);
}

static void add_asked(struct node_list *list, const struct call *call)
{
    for (size_t i = 0; i < call->asked_count; i++)
        list_add(list, call->asked[i]);
    for (size_t i = 0; i < call->narrowing_count; i++)
        list_add(list, call->narrowings[i].node);
}

struct outputs outputs_of(const struct run *run, bool outcomes)
{
    const struct standard *standard = run->standard;
    struct node_list list = {0};
    if (standard->root)
        add_parts(&list, standard->root);
    list_add(&list, standard->subtotal);
    list_add(&list, standard->total_node);
    if (outcomes) {
        add_outcomes(&list, standard);
        add_asked(&list, run->call);
    }
    if (outcomes && run->call->stages)
        add_requirements(&list, standard);
    return (struct outputs){list.nodes.items, list.nodes.count};
}

struct outputs outputs_in(const struct run *run, size_t context)
{
    return outputs_of(run, !run->standard->mixed || run_is_mix(run, context));
}

/* ---- what is needed */

struct demand *demand_new(const struct run *run)
{
    struct demand *demand = MEM_NEW(struct demand);
    demand->need = MEM_ARRAY(unsigned char *, run->contexts);
    for (size_t i = 0; i < run->contexts; i++)
        demand->need[i] = mem_alloc_plain(run->nodes);
    return demand;
}

/* One walk: the needs and the values of a context. */
struct walk {
    const struct run *run;
    struct demand *demand;
    const struct value *const *values;
    size_t context;
};

static const struct value *known(const struct walk *walk, const struct ir_node *node)
{
    return &walk->values[walk->context][node->id];
}

static void raise_need(struct demand *demand, size_t context, const struct ir_node *node, enum need need)
{
    unsigned char *place = &demand->need[context][node->id];
    if (demand->listing && need && !*place)
        vec_push(&demand->list, (struct needed){context, node});
    if (*place < need)
        *place = (unsigned char)need;
}

void demand_add(struct demand *demand, size_t context, const struct ir_node *node)
{
    raise_need(demand, context, node, NEED_SURE);
}

static void want(const struct walk *walk, const struct ir_node *node, enum need need)
{
    raise_need(walk->demand, walk->context, node, need);
}

static void want_all(const struct walk *walk, const struct ir_node *node, enum need need)
{
    for (size_t i = 0; i < node->arg_count; i++)
        want(walk, node->args[i], need);
}

/* How far what hangs on a truth is needed. */
static enum need if_truth(const struct value *condition, unsigned wanted, enum need need)
{
    if (!(condition->truth & wanted))
        return NEED_NONE;
    bool sure = condition->truth == wanted && !condition->na;
    return sure || need == NEED_NONE ? need : NEED_PERHAPS;
}

static void want_branches(const struct walk *walk, const struct ir_node *node, enum need need)
{
    const struct value *condition = known(walk, node->args[0]);
    want(walk, node->args[0], need);
    want(walk, node->args[1], if_truth(condition, TRUTH_YES, need));
    want(walk, node->args[2], if_truth(condition, TRUTH_NO, need));
}

/* Left to right until `dominant` decides. */
static void want_chain(const struct walk *walk, const struct ir_node *node, unsigned dominant, enum need need)
{
    for (size_t i = 0; i < node->arg_count && need; i++) {
        const struct value *value = known(walk, node->args[i]);
        want(walk, node->args[i], need);
        bool can_decide = value->truth & dominant;
        if (value->fault || (can_decide && value->truth == dominant && !value->na))
            return;
        if (can_decide)
            need = NEED_PERHAPS;
    }
}

static void want_substitute(const struct walk *walk, const struct ir_node *node, enum need need)
{
    const struct value *first = known(walk, node->args[0]);
    want(walk, node->args[0], need);
    if (first->na)
        want(walk, node->args[1], first->nothing_else ? need : NEED_PERHAPS);
}

static void want_rows(const struct walk *walk, const struct ir_node *node, enum need need)
{
    for (size_t i = 0; i < node->arg_count; i += 2) {
        want(walk, node->args[i], need);
        want(walk, node->args[i + 1], if_truth(known(walk, node->args[i]), TRUTH_YES, need));
    }
}

static bool has_rows(const struct value *sequence)
{
    return sequence->kind == VALUE_SEQUENCE && (sequence->sequence->open || sequence->sequence->count);
}

/* The block's nodes stand before it in the list and are walked like the others; rows are not told apart. */
static void want_block(const struct walk *walk, const struct ir_node *node, enum need need)
{
    want(walk, node->args[0], need);
    if (!walk->run->inner[node->id] && !has_rows(known(walk, node->args[0])))
        return;
    want(walk, node->block->presence, need);
    want(walk, node->block->value, NEED_PERHAPS);
    if (node->block->key)
        want(walk, node->block->key, NEED_PERHAPS);
}

static void want_mixed(const struct walk *walk, const struct ir_node *node, enum need need)
{
    if (!run_is_mix(walk->run, walk->context)) {
        want(walk, node->args[0], need);
        return;
    }
    for (size_t i = 0; i < walk->run->columns; i++)
        if (num_sign(walk->run->standard->columns.items[i].weight) > 0)
            raise_need(walk->demand, i, node->args[0], need);
}

static void want_args(const struct walk *walk, const struct ir_node *node, enum need need)
{
    switch ((int)node->op) {
    case IR_IF: want_branches(walk, node, need); return;
    case IR_AND: want_chain(walk, node, TRUTH_NO, need); return;
    case IR_OR: want_chain(walk, node, TRUTH_YES, need); return;
    case IR_NA_AS: want_substitute(walk, node, need); return;
    case IR_BAG: want_rows(walk, node, need); return;
    case IR_BAG_OF: want_block(walk, node, need); return;
    case IR_MIX: want_mixed(walk, node, need); return;
    }
    want_all(walk, node, need);
}

/* Values of a block's nodes are those of one row only: there every argument counts. */
static void spread_node(const struct walk *walk, const struct ir_node *node)
{
    enum need need = walk->demand->need[walk->context][node->id];
    if (need && walk->run->inner[node->id] && node->op != IR_BAG_OF)
        want_all(walk, node, NEED_PERHAPS);
    else if (need)
        want_args(walk, node, need);
}

static void spread_context(const struct walk *walk)
{
    const struct ir *ir = walk->run->standard->ir;
    for (size_t i = ir->nodes.count; i-- > 0;)
        spread_node(walk, ir->nodes.items[i]);
}

/* The mix, which comes last, asks the columns. */
void demand_spread(struct demand *demand, const struct run *run, const struct value *const *values)
{
    for (size_t i = run->contexts; i-- > 0;)
        spread_context(&(struct walk){run, demand, values, i});
}

void demand_reach(struct demand *demand, const struct run *run, const struct value *const *values,
                  size_t context, const struct ir_node *node)
{
    demand->listing = true;
    demand_add(demand, context, node);
    for (size_t i = 0; i < demand->list.count; i++) {
        struct needed next = demand->list.items[i];
        spread_node(&(struct walk){run, demand, values, next.context}, next.node);
    }
    demand->listing = false;
}

void demand_forget(struct demand *demand)
{
    for (size_t i = 0; i < demand->list.count; i++)
        demand->need[demand->list.items[i].context][demand->list.items[i].node->id] = NEED_NONE;
    demand->list.count = 0;
}

/* ---- complaints */

struct complaint_list {
    VEC(struct complaint) items;
    bool refused;
};

static void complain(struct complaint_list *list, struct complaint complaint)
{
    vec_push(&list->items, complaint);
    list->refused |= complaint.kind != COMPLAINT_JUDGED_UNUSED;
}

static bool fault_is_listed(const struct complaint_list *list, const struct fault *fault)
{
    for (size_t i = 0; i < list->items.count; i++)
        if (list->items.items[i].node == fault->node && list->items.items[i].fault == fault->kind)
            return true;
    return false;
}

/* A fault that was needed is passed on as far as what is shown. */
static void add_faults(struct complaint_list *list, const struct run *run, size_t context,
                       const struct value *values)
{
    struct outputs outputs = outputs_in(run, context);
    for (size_t i = 0; i < outputs.count; i++) {
        const struct fault *fault = values[outputs.nodes[i]->id].fault;
        if (fault && !fault_is_listed(list, fault))
            complain(list, (struct complaint){.fault = fault->kind, .node = fault->node, .column = context});
    }
}

static bool is_allowed(const struct limits *limits, const struct value *score)
{
    return !value_is_point(score) || limits_allow(limits, value_point(score));
}

bool are_scores_allowed(const struct run *run)
{
    for (size_t c = 0; c < run->columns; c++)
        for (size_t i = 0; i < run->standard->judged.count; i++) {
            const struct given *given = &run->unit->scores[c][i];
            if (given->state == GIVEN_VALUE &&
                !is_allowed(&run->standard->judged.items[i]->limits, &given->value))
                return false;
        }
    return true;
}

static bool entered_here(const struct run *run, size_t column, size_t slot)
{
    const struct given *given = &run->unit->scores[column][slot];
    return given->state == GIVEN_VALUE && given->column == column;
}

/* The furthest that a criterion's judged scores are reached, in any column that takes what was entered in this one. */
static enum need criterion_need(const struct run *run, const struct demand *demand, size_t column,
                                size_t slot)
{
    enum need most = NEED_NONE;
    const struct part *criterion = run->standard->judged.items[slot]->criterion;
    for (size_t i = 0; i < run->standard->judged.count; i++) {
        const struct judged *judged = run->standard->judged.items[i];
        for (size_t c = column; c < run->columns && judged->criterion == criterion; c++) {
            enum need need = (enum need)demand->need[c][judged->node->id];
            if (run->unit->scores[c][i].column == column && need > most)
                most = need;
        }
    }
    return most;
}

static void check_score(struct complaint_list *list, const struct run *run, const struct demand *demand,
                        size_t column, size_t slot)
{
    const struct judged *judged = run->standard->judged.items[slot];
    struct complaint complaint = {.node = judged->node, .column = column, .slot = slot};
    if (!entered_here(run, column, slot))
        return;
    bool surely = demand->need[column][judged->node->id] == NEED_SURE;
    if (surely && !is_allowed(&judged->limits, &run->unit->scores[column][slot].value)) {
        complaint.kind = COMPLAINT_JUDGED_RANGE;
        complain(list, complaint);
    }
    if (unit_is_first_score(run->standard, slot) && !criterion_need(run, demand, column, slot)) {
        complaint.kind = COMPLAINT_JUDGED_UNUSED;
        complain(list, complaint);
    }
}

static struct demand *demand_of_outputs(const struct run *run, const struct value *const *values)
{
    struct demand *demand = demand_new(run);
    for (size_t c = 0; c < run->contexts; c++) {
        struct outputs outputs = outputs_in(run, c);
        for (size_t i = 0; i < outputs.count; i++)
            demand_add(demand, c, outputs.nodes[i]);
    }
    demand_spread(demand, run, values);
    return demand;
}

struct complaints complaints_of(const struct run *run, const struct value *const *values)
{
    struct complaint_list list = {0};
    for (size_t c = 0; c < run->contexts; c++)
        add_faults(&list, run, c, values[c]);
    if (run->standard->judged.count) {
        struct demand *demand = demand_of_outputs(run, values);
        for (size_t c = 0; c < run->columns; c++)
            for (size_t slot = 0; slot < run->standard->judged.count; slot++)
                check_score(&list, run, demand, c, slot);
    }
    return (struct complaints){list.items.items, list.items.count, list.refused};
}
