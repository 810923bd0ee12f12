/* What differs between two columns is followed from what their entries differ in, through all that is linear, and what both have alike drops out.
 * The rest is an even mix of the two columns in which one counts with the opposite sign: the standard is given one fact more, −1 in the earlier
 * column and 1 in the later, by which values are multiplied. So all that narrows the ranges of a mix narrows these. */
#include "eval/contrast.h"
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

static const struct type PLAIN = {.kind = TYPE_NUMBER};

struct asking {
    const struct evaluation *evaluation;
    struct contrast_columns columns;
    struct standard *standard; /* the one that asks */
    struct ir_node *sign;
    bool *differs; /* [node id]: it may be something else in the later column */
};

static const struct value *earlier(const struct asking *asking, const struct ir_node *node)
{
    return evaluation_value(asking->evaluation, asking->columns.earlier, node);
}

static const struct value *later(const struct asking *asking, const struct ir_node *node)
{
    return evaluation_value(asking->evaluation, asking->columns.later, node);
}

static bool may_be_na(const struct asking *asking, const struct ir_node *node)
{
    return earlier(asking, node)->na || later(asking, node)->na;
}

/* ---- what differs */

static bool same_entry(const struct given *a, const struct given *b)
{
    return a->column == b->column && a->state == b->state;
}

/* Of the other units, one column may say something else than another, unless all is known. */
static bool cohort_differs(const struct asking *asking, const struct ir_node *node)
{
    return !value_is_known(earlier(asking, node)) || !value_equal(earlier(asking, node), later(asking, node));
}

static bool input_differs(const struct asking *asking, const struct ir_node *node)
{
    if (node->op == IR_COHORT)
        return cohort_differs(asking, node);
    const struct unit *unit = asking->evaluation->unit;
    const struct given *const *given = node->op == IR_FACT     ? unit->facts
                                       : node->op == IR_JUDGED ? unit->scores
                                                               : NULL;
    return given && !same_entry(&given[asking->columns.earlier][node->index],
                                &given[asking->columns.later][node->index]);
}

static bool node_differs(const struct asking *asking, const struct ir_node *node)
{
    const bool *differs = asking->differs;
    bool any = input_differs(asking, node);
    for (size_t i = 0; i < node->arg_count; i++)
        any |= differs[node->args[i]->id];
    if (node->op == IR_ELEMENT || node->op == IR_POSITION)
        any |= differs[node->block->sequence->id];
    if (node->op == IR_BAG_OF)
        any |= differs[node->block->presence->id] || differs[node->block->value->id] ||
               (node->block->key && differs[node->block->key->id]);
    return any;
}

/* Arguments stand before what uses them. */
static void find_differing(struct asking *asking)
{
    const struct ir *ir = asking->evaluation->standard->ir;
    asking->differs = MEM_ARRAY(bool, ir->nodes.count);
    for (size_t i = 0; i < ir->nodes.count; i++)
        asking->differs[i] = node_differs(asking, ir->nodes.items[i]);
}

/* ---- the standard that asks */

/* The two alone, in even shares. */
static void keep_columns(struct standard *standard, struct contrast_columns columns)
{
    const size_t kept[] = {columns.earlier, columns.later};
    struct standard from = *standard;
    memset(&standard->columns, 0, sizeof standard->columns);
    for (size_t i = 0; i < 2; i++) {
        struct column column = from.columns.items[kept[i]];
        column.weight = num_ratio(1, 2);
        vec_push(&standard->columns, column);
    }
    standard->mixed = true;
}

/* The fact that is −1 and 1; its slot comes after all others. */
static struct ir_node *add_sign(struct standard *standard)
{
    struct standard from = *standard;
    struct fact_declaration *sign = MEM_NEW(struct fact_declaration);
    struct value bounds = value_range(range_between(num_int(-1), num_int(1)));
    sign->slot = from.facts.count;
    sign->field.limits = (struct limits){
        .range = bounds.range, .count = range_counting(), .low_fact = -1, .high_fact = -1, .key_column = -1};
    struct ir_node *node = ir_input(standard->ir, IR_FACT, (long)sign->slot, PLAIN, bounds, SPAN_NONE);
    sign->node = node;
    memset(&standard->facts, 0, sizeof standard->facts);
    for (size_t i = 0; i < from.facts.count; i++)
        vec_push(&standard->facts, from.facts.items[i]);
    vec_push(&standard->facts, sign);
    return node;
}

/* Nothing else is worked out than what is asked about. */
static void prepare(struct asking *asking)
{
    struct standard *standard = MEM_NEW(struct standard);
    *standard = *asking->evaluation->standard;
    standard->ir = ir_fork(standard->ir);
    keep_columns(standard, asking->columns);
    standard->root = NULL;
    standard->subtotal = standard->total_node = standard->grade = standard->eligible = NULL;
    memset(&standard->outcomes, 0, sizeof standard->outcomes);
    memset(&standard->shows, 0, sizeof standard->shows);
    asking->standard = standard;
    asking->sign = add_sign(standard);
}

/* ---- half the difference of a node */

/* The argument that a `min` or `max` comes to in both columns, whatever is open; -1. */
static int chosen_of_both(const struct asking *asking, const struct ir_node *node)
{
    bool first = true, second = true;
    for (int column = 0; column < 2; column++) {
        const struct value *a = (column ? later : earlier)(asking, node->args[0]);
        const struct value *b = (column ? later : earlier)(asking, node->args[1]);
        if (a->kind != VALUE_NUMBER || b->kind != VALUE_NUMBER)
            return -1;
        first &= cut_compare(a->range.high, b->range.low) <= 0;
        second &= cut_compare(b->range.high, a->range.low) <= 0;
    }
    bool least = node->op == IR_MIN;
    return first ? !least : second ? least : -1;
}

static int chosen_branch(const struct asking *asking, const struct ir_node *when)
{
    if (value_is_yes(earlier(asking, when)) && value_is_yes(later(asking, when)))
        return 1;
    return value_is_no(earlier(asking, when)) && value_is_no(later(asking, when)) ? 2 : -1;
}

/* The argument that a node is the same as in both columns; -1. */
static int same_as(const struct asking *asking, const struct ir_node *node)
{
    switch ((int)node->op) {
    case IR_MIX: return 0;
    case IR_NA_AS: return may_be_na(asking, node->args[0]) ? -1 : 0;
    case IR_IF: return chosen_branch(asking, node->args[0]);
    case IR_MIN:
    case IR_MAX: return chosen_of_both(asking, node);
    }
    return -1;
}

/* Of a product or quotient: the argument that both columns have alike; -1. */
static int factor_of(const struct asking *asking, const struct ir_node *node)
{
    if (!asking->differs[node->args[1]->id])
        return 1;
    return node->op == IR_MUL && !asking->differs[node->args[0]->id] ? 0 : -1;
}

/* What the half of a node is made of. */
enum route { ROUTE_NOTHING, ROUTE_SAME, ROUTE_SUM, ROUTE_SCALED, ROUTE_MIXED };

struct way {
    enum route route;
    int arg; /* ROUTE_SAME: the one; ROUTE_SCALED: the factor */
};

static struct way way_of(const struct asking *asking, const struct ir_node *node)
{
    if (!asking->differs[node->id])
        return (struct way){ROUTE_NOTHING, -1};
    int same = same_as(asking, node);
    if (same >= 0)
        return (struct way){ROUTE_SAME, same};
    if (node->op == IR_ADD || node->op == IR_SUB)
        return (struct way){ROUTE_SUM, -1};
    int factor = node->op == IR_MUL || node->op == IR_DIV ? factor_of(asking, node) : -1;
    return (struct way){factor >= 0 ? ROUTE_SCALED : ROUTE_MIXED, factor};
}

static void want_args(bool *wanted, const struct ir_node *node, struct way way)
{
    switch (way.route) {
    case ROUTE_NOTHING:
    case ROUTE_MIXED: break;
    case ROUTE_SAME: wanted[node->args[way.arg]->id] = true; break;
    case ROUTE_SCALED: wanted[node->args[1 - way.arg]->id] = true; break;
    case ROUTE_SUM: wanted[node->args[0]->id] = wanted[node->args[1]->id] = true; break;
    }
}

static struct ir_node *copied(const struct asking *asking, const struct ir_node *node)
{
    return asking->standard->ir->nodes.items[node->id];
}

static struct ir_node *build_half(const struct asking *asking, const struct ir_node *node,
                                  struct ir_node *const *halves)
{
    struct ir *ir = asking->standard->ir;
    struct way way = way_of(asking, node);
    switch (way.route) {
    case ROUTE_NOTHING: return ir_number(ir, num_int(0), node->origin);
    case ROUTE_SAME: return halves[node->args[way.arg]->id];
    case ROUTE_SUM:
        return ir_binary(ir, node->op, PLAIN, halves[node->args[0]->id], halves[node->args[1]->id],
                         node->origin);
    case ROUTE_SCALED:
        return ir_binary(ir, node->op, PLAIN, halves[node->args[1 - way.arg]->id],
                         copied(asking, node->args[way.arg]), node->origin);
    case ROUTE_MIXED:
        return ir_unary(ir, IR_MIX, PLAIN,
                        ir_binary(ir, IR_MUL, PLAIN, copied(asking, node), asking->sign, node->origin),
                        node->origin);
    }
    abort();
}

/* From what is asked about down to what it is made of, then up again: sums may be of any length. */
static struct ir_node *const *build_halves(const struct asking *asking, bool *wanted)
{
    const struct ir *ir = asking->evaluation->standard->ir;
    struct ir_node **halves = MEM_ARRAY(struct ir_node *, ir->nodes.count);
    for (size_t i = ir->nodes.count; i-- > 0;)
        if (wanted[i])
            want_args(wanted, ir->nodes.items[i], way_of(asking, ir->nodes.items[i]));
    for (size_t i = 0; i < ir->nodes.count; i++)
        if (wanted[i])
            halves[i] = build_half(asking, ir->nodes.items[i], halves);
    return halves;
}

/* ---- the unit that answers */

static const struct given *with_sign(const struct given *from, size_t slot, int sign)
{
    struct given *facts = MEM_ARRAY(struct given, slot + 1);
    for (size_t i = 0; i < slot; i++)
        facts[i] = from[i];
    facts[slot] = (struct given){.state = GIVEN_VALUE, .value = value_int(sign)};
    return facts;
}

static const struct unit *answering(const struct unit *from, size_t slot, struct contrast_columns columns)
{
    struct unit *unit = MEM_NEW(struct unit);
    const struct given **facts = MEM_ARRAY(const struct given *, 2);
    const struct given **scores = MEM_ARRAY(const struct given *, 2);
    facts[0] = with_sign(from->facts[columns.earlier], slot, -1);
    facts[1] = with_sign(from->facts[columns.later], slot, 1);
    scores[0] = from->scores[columns.earlier];
    scores[1] = from->scores[columns.later];
    *unit = *from;
    unit->columns = 2;
    unit->facts = facts;
    unit->scores = scores;
    return unit;
}

static struct value twice(struct value half)
{
    if (half.kind != VALUE_NUMBER)
        return value_na();
    half.range = range_add(half.range, half.range);
    return half;
}

/* What needs no evaluation of its own; false where it does. */
static bool settle(const struct asking *asking, const struct ir_node *node, struct contrast *contrast)
{
    *contrast = (struct contrast){value_na(), true, !asking->differs[node->id]};
    if (may_be_na(asking, node))
        return true;
    bool points = value_is_point(earlier(asking, node)) && value_is_point(later(asking, node));
    if (points)
        contrast->difference =
            value_number(num_sub(value_point(later(asking, node)), value_point(earlier(asking, node))));
    else if (contrast->alike)
        contrast->difference = value_int(0);
    return points || contrast->alike;
}

/* What the other units come to, in the two columns and under their mix. */
static const struct others *keep_others(const struct standard *standard, const struct others *others,
                                        struct contrast_columns columns)
{
    const size_t kept[] = {columns.earlier, columns.later, columns.later};
    size_t inputs = standard->cohort.inputs.count, contexts = sizeof kept / sizeof *kept;
    if (!others || !inputs)
        return others;
    struct others *two = MEM_NEW(struct others);
    struct value *values = MEM_ARRAY(struct value, contexts * inputs);
    unsigned char *ties = mem_alloc_plain(contexts * inputs);
    for (size_t i = 0; i < contexts; i++) {
        memcpy(values + i * inputs, others->values + kept[i] * inputs, inputs * sizeof *values);
        memcpy(ties + i * inputs, others->ties + kept[i] * inputs, inputs);
    }
    *two = (struct others){others->units, others->alike, values, ties};
    return two;
}

/* ---- the whole */

/* What is asked about: its number in the caller's list. */
struct question {
    const struct ir_node *node;
    size_t at;
};

struct questions {
    VEC(struct question) list;
};

static void answer(struct asking *asking, const struct call *call, const struct questions *questions,
                   struct contrast *contrasts)
{
    bool *wanted = MEM_ARRAY(bool, asking->evaluation->standard->ir->nodes.count);
    for (size_t i = 0; i < questions->list.count; i++)
        wanted[questions->list.items[i].node->id] = true;
    prepare(asking);
    struct ir_node *const *halves = build_halves(asking, wanted);
    for (size_t i = 0; i < questions->list.count; i++)
        vec_push(&asking->standard->shows,
                 (struct show){.name = "", .value = halves[questions->list.items[i].node->id]});
    const struct unit *unit =
        answering(asking->evaluation->unit, (size_t)asking->sign->index, asking->columns);
    struct call two = *call;
    two.others = keep_others(asking->standard, asking->evaluation->others, asking->columns);
    const struct evaluation *asked = evaluate(asking->standard, unit, &two);
    for (size_t i = 0; i < questions->list.count; i++) {
        const struct question *question = &questions->list.items[i];
        const struct ir_node *half = halves[question->node->id];
        contrasts[question->at].difference = twice(*evaluation_value(asked, asked->final, half));
        contrasts[question->at].exact = evaluation_exact(asked, asked->final, half);
    }
}

const struct contrast *contrast_of(const struct evaluation *evaluation, const struct call *call,
                                   struct contrast_columns columns, const struct ir_node *const *nodes,
                                   size_t count)
{
    struct contrast *contrasts = MEM_ARRAY(struct contrast, count);
    struct asking asking = {.evaluation = evaluation, .columns = columns};
    struct questions questions = {0};
    find_differing(&asking);
    for (size_t i = 0; i < count; i++)
        if (!settle(&asking, nodes[i], &contrasts[i]))
            vec_push(&questions.list, (struct question){nodes[i], i});
    if (questions.list.count)
        answer(&asking, call, &questions, contrasts);
    return contrasts;
}
