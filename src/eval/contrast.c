/* The difference is an even mix of two columns, one of which counts with the opposite sign: the standard is given one fact more, −1 in the
 * earlier column and 1 in the later, and what is asked about is multiplied by it. So all that narrows the ranges of a mix narrows these. */
#include "eval/contrast.h"
#include <string.h>
#include "base/mem.h"

static const struct type PLAIN = {.kind = TYPE_NUMBER};

static bool is_settled(const struct evaluation *evaluation, struct contrast_columns columns,
                       const struct ir_node *node)
{
    return value_is_point(evaluation_value(evaluation, columns.earlier, node)) &&
           value_is_point(evaluation_value(evaluation, columns.later, node));
}

static bool may_be_na(const struct evaluation *evaluation, struct contrast_columns columns,
                      const struct ir_node *node)
{
    return evaluation_value(evaluation, columns.earlier, node)->na ||
           evaluation_value(evaluation, columns.later, node)->na;
}

/* ---- the standard that asks */

static struct ir *copy_ir(const struct ir *ir)
{
    struct ir *copy = MEM_NEW(struct ir);
    struct ir_block *whole = MEM_NEW(struct ir_block);
    *whole = *ir->blocks.items[0];
    memset(&whole->nodes, 0, sizeof whole->nodes);
    for (size_t i = 0; i < ir->blocks.items[0]->nodes.count; i++)
        vec_push(&whole->nodes, ir->blocks.items[0]->nodes.items[i]);
    for (size_t i = 0; i < ir->nodes.count; i++)
        vec_push(&copy->nodes, ir->nodes.items[i]);
    for (size_t i = 0; i < ir->blocks.count; i++)
        vec_push(&copy->blocks, i > 0 ? ir->blocks.items[i] : whole);
    copy->open = whole;
    return copy;
}

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
    sign->field = (struct field){.name = "", .type = PLAIN};
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
static struct standard *asking(const struct standard *from, struct contrast_columns columns)
{
    struct standard *standard = MEM_NEW(struct standard);
    *standard = *from;
    standard->ir = copy_ir(from->ir);
    keep_columns(standard, columns);
    standard->root = NULL;
    standard->subtotal = standard->total_node = standard->grade = standard->eligible = NULL;
    memset(&standard->outcomes, 0, sizeof standard->outcomes);
    memset(&standard->shows, 0, sizeof standard->shows);
    return standard;
}

static struct ir_node *ask(struct standard *standard, struct ir_node *sign, const struct ir_node *node)
{
    struct ir_node *inner = standard->ir->nodes.items[node->id];
    struct ir_node *signed_value = ir_binary(standard->ir, IR_MUL, PLAIN, inner, sign, node->origin);
    struct ir_node *half = ir_unary(standard->ir, IR_MIX, PLAIN, signed_value, node->origin);
    vec_push(&standard->shows, (struct show){.name = "", .value = half});
    return half;
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
    half.range = range_add(half.range, half.range);
    return half;
}

/* ---- the whole */

static void answer(const struct evaluation *asked, const struct ir_node *const *halves,
                   struct contrast *contrasts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!halves[i])
            continue;
        contrasts[i].difference = twice(*evaluation_value(asked, asked->final, halves[i]));
        contrasts[i].exact = evaluation_exact(asked, asked->final, halves[i]);
    }
}

static struct value known_difference(const struct evaluation *evaluation, struct contrast_columns columns,
                                     const struct ir_node *node)
{
    return value_number(num_sub(value_point(evaluation_value(evaluation, columns.later, node)),
                                value_point(evaluation_value(evaluation, columns.earlier, node))));
}

const struct contrast *contrast_of(const struct evaluation *evaluation, const struct call *call,
                                   struct contrast_columns columns, const struct ir_node *const *nodes,
                                   size_t count)
{
    struct contrast *contrasts = MEM_ARRAY(struct contrast, count + 1);
    const struct ir_node **halves = MEM_ARRAY(const struct ir_node *, count + 1);
    struct standard *standard = NULL;
    struct ir_node *sign = NULL;
    for (size_t i = 0; i < count; i++) {
        contrasts[i] = (struct contrast){value_na(), true};
        if (is_settled(evaluation, columns, nodes[i])) {
            contrasts[i].difference = known_difference(evaluation, columns, nodes[i]);
        } else if (!may_be_na(evaluation, columns, nodes[i])) {
            standard = standard ? standard : asking(evaluation->standard, columns);
            sign = sign ? sign : add_sign(standard);
            halves[i] = ask(standard, sign, nodes[i]);
        }
    }
    if (standard)
        answer(evaluate(standard, answering(evaluation->unit, (size_t)sign->index, columns), call), halves,
               contrasts, count);
    return contrasts;
}
