#include "batch/ways.h"
#include <string.h>
#include "base/mem.h"
#include "core/limits.h"

/* The walk along the list: the ways of the node at hand are made of those of its arguments. */
struct walk {
    const struct program *program;
    const struct standard *standard;
    const struct ir_node *leaf; /* NULL: the inputs are what is followed */
    struct ways ways;
    unsigned char *made; /* of the node at hand */
};

static unsigned char joined(unsigned char a, unsigned char b)
{
    if (a == WAY_NONE || b == WAY_NONE)
        return a | b;
    return a == b && a != WAY_ALONE ? a : WAY_TANGLED;
}

static unsigned char turned(unsigned char way)
{
    return way == WAY_UP ? WAY_DOWN : way == WAY_DOWN ? WAY_UP : way;
}

/* A way through something that does not rise or fall with it, and has only this to go by. */
static unsigned char alone(unsigned char way)
{
    return way == WAY_NONE || way == WAY_TANGLED ? way : WAY_ALONE;
}

static unsigned char tangled(unsigned char way)
{
    return way == WAY_NONE ? WAY_NONE : WAY_TANGLED;
}

/* Whether something is n/a hangs on what stands alone in it: what rises and falls moves the number. */
static unsigned char presence(unsigned char way)
{
    return way == WAY_UP || way == WAY_DOWN ? WAY_NONE : way;
}

static unsigned char same_way(unsigned char way)
{
    return way;
}

typedef unsigned char turning(unsigned char way);

static void take(struct walk *walk, const struct ir_node *from, turning *turn)
{
    const unsigned char *ways = walk->ways.of[from->id];
    for (size_t i = 0; ways && i < walk->ways.inputs; i++)
        walk->made[i] = joined(walk->made[i], turn(ways[i]));
}

static void take_all(struct walk *walk, const struct ir_node *node, turning *turn)
{
    for (size_t i = 0; i < node->arg_count; i++)
        take(walk, node->args[i], turn);
}

static void change_all(struct walk *walk, turning *turn)
{
    for (size_t i = 0; i < walk->ways.inputs; i++)
        walk->made[i] = turn(walk->made[i]);
}

/* ---- numbers */

static bool is_number(const struct value *value)
{
    return value->kind == VALUE_NUMBER && !value->fault;
}

static bool never_below_zero(const struct ir_node *node)
{
    const struct cut low = node->bounds.range.low;
    return is_number(&node->bounds) && !low.infinite && num_sign(low.at) >= 0;
}

static bool never_above_zero(const struct ir_node *node)
{
    const struct cut high = node->bounds.range.high;
    return is_number(&node->bounds) && !high.infinite && num_sign(high.at) <= 0;
}

/* `by` is what the node is multiplied with. */
static void take_scaled(struct walk *walk, const struct ir_node *node, const struct ir_node *by)
{
    take(walk, node, never_below_zero(by) ? same_way : never_above_zero(by) ? turned : tangled);
}

static void divide(struct walk *walk, const struct ir_node *node)
{
    const struct ir_node *top = node->args[0], *bottom = node->args[1];
    take(walk, top, never_below_zero(bottom) ? same_way : tangled);
    take(walk, bottom, never_below_zero(top) && never_below_zero(bottom) ? turned : tangled);
}

/* ---- truths */

static bool is_input(const struct ir_node *node)
{
    return node->op == IR_FACT || node->op == IR_JUDGED;
}

/* A value that the input takes: one on its steps. */
static bool can_be_given(const struct walk *walk, const struct ir_node *node, struct num number)
{
    long at = program_input_of(walk->program, node);
    const struct input *input = at < 0 ? NULL : &walk->program->inputs[at];
    if (!input || !range_holds(node->bounds.range, number))
        return false;
    const struct field *field = input->field;
    const struct limits *limits = field ? &field->limits : &walk->standard->judged.items[input->slot]->limits;
    return (!field || !field->type.whole || num_is_int(number)) && limits_on_step(limits, number) &&
           limits_are_legal(limits, number);
}

/* An input beside a number: at its end a comparison, in between it stands alone. */
static void equal_to(struct walk *walk, const struct ir_node *input, struct num number)
{
    struct range range = input->bounds.range;
    struct cut at = cut_at(number, 0);
    if (cut_compare(range.low, at) == 0)
        take(walk, input, turned);
    else if (cut_compare(range.high, at) == 0)
        take(walk, input, same_way);
    else
        take(walk, input, can_be_given(walk, input, number) ? alone : tangled);
}

static void equal(struct walk *walk, const struct ir_node *node)
{
    for (size_t i = 0; i < 2; i++) {
        const struct ir_node *input = node->args[i], *other = node->args[1 - i];
        if (value_is_yes(&other->bounds) || value_is_no(&other->bounds)) {
            take(walk, input, value_is_yes(&other->bounds) ? same_way : turned);
            return;
        }
        if (is_input(input) && is_number(&input->bounds) && value_is_point(&other->bounds)) {
            equal_to(walk, input, value_point(&other->bounds));
            return;
        }
    }
    take_all(walk, node, tangled);
}

/* What is n/a is neither more nor less. */
static void junction(struct walk *walk, const struct ir_node *node)
{
    bool na = false;
    for (size_t i = 0; i < node->arg_count; i++)
        na |= node->args[i]->bounds.na;
    take_all(walk, node, same_way);
    if (na)
        change_all(walk, alone);
}

static void count(struct walk *walk, const struct ir_node *node)
{
    bool na = false;
    for (size_t i = 0; i < node->arg_count; i++)
        na |= node->args[i]->bounds.na;
    take_all(walk, node, na ? tangled : same_way);
}

/* ---- choosing */

static bool truth_above(const struct value *a, const struct value *b)
{
    return a->truth == TRUTH_YES || b->truth == TRUTH_NO;
}

bool ways_above(const struct value *a, const struct value *b)
{
    if (a->fault || b->fault || a->na || b->na || a->kind != b->kind)
        return false;
    if (a->kind == VALUE_TRUTH)
        return truth_above(a, b);
    return a->kind == VALUE_NUMBER && !b->range.high.infinite && !a->range.low.infinite &&
           num_compare(a->range.low.at, b->range.high.at) >= 0;
}

/* Where neither arm is always at least the other, what decides must have nothing to do with the arms. */
static void choose(struct walk *walk, const struct ir_node *node)
{
    const struct ir_node *when = node->args[0], *then = node->args[1], *otherwise = node->args[2];
    take(walk, then, same_way);
    take(walk, otherwise, same_way);
    if (!when->bounds.na && ways_above(&then->bounds, &otherwise->bounds))
        take(walk, when, same_way);
    else if (!when->bounds.na && ways_above(&otherwise->bounds, &then->bounds))
        take(walk, when, turned);
    else
        take(walk, when, alone);
}

/* ---- rows */

/* Of a bag: presence and value of each row, as one that adds its value where it is there. */
static void aggregate(struct walk *walk, const struct ir_node *bag, enum ir_op op)
{
    bool na = false, below = false;
    for (size_t i = 0; i < bag->arg_count; i++) {
        na |= bag->args[i]->bounds.na;
        below |= i % 2 == 1 && op == IR_SUM && !never_below_zero(bag->args[i]);
    }
    bool extreme = op == IR_HIGHEST || op == IR_LOWEST;
    for (size_t i = 0; i < bag->arg_count; i += 2) {
        take(walk, bag->args[i], extreme ? alone : op == IR_EVERY ? turned : below ? tangled : same_way);
        take(walk, bag->args[i + 1], op == IR_COUNT ? presence : same_way);
    }
    if (na && !extreme)
        change_all(walk, alone);
}

static void fold(struct walk *walk, const struct ir_node *node)
{
    if (node->args[0]->op == IR_BAG)
        aggregate(walk, node->args[0], node->op);
}

/* ---- the walk */

static void find(struct walk *walk, const struct ir_node *node)
{
    long input;
    if (node == walk->leaf) {
        walk->made[0] = node->bounds.na ? WAY_ALONE : WAY_UP; /* whether it is n/a is no more or less */
        return;
    }
    switch (node->op) {
    case IR_FACT:
    case IR_JUDGED:
        input = program_input_of(walk->program, node);
        if (input >= 0 && !walk->leaf)
            walk->made[input] = WAY_UP;
        return;
    case IR_ADD:
    case IR_MIN:
    case IR_MAX:
    case IR_ROUND:
    case IR_MIX:
    case IR_YEAR:
    case IR_ADD_MONTHS:
    case IR_NA_AS: take_all(walk, node, same_way); return;
    case IR_SUB:
        take(walk, node->args[0], same_way);
        take(walk, node->args[1], turned);
        return;
    case IR_MUL:
        take_scaled(walk, node->args[0], node->args[1]);
        take_scaled(walk, node->args[1], node->args[0]);
        return;
    case IR_DIV: divide(walk, node); return;
    case IR_LESS:
    case IR_LESS_EQUAL:
        take(walk, node->args[0], turned);
        take(walk, node->args[1], same_way);
        return;
    case IR_EQUAL: equal(walk, node); return;
    case IR_NOT: take(walk, node->args[0], turned); return;
    case IR_AND:
    case IR_OR: junction(walk, node); return;
    case IR_AT_LEAST: count(walk, node); return;
    case IR_IF: choose(walk, node); return;
    case IR_IS_NA: take(walk, node->args[0], presence); return;
    case IR_COUNT:
    case IR_SUM:
    case IR_HIGHEST:
    case IR_LOWEST:
    case IR_EVERY:
    case IR_SOME: fold(walk, node); return;
    case IR_CONST:
    case IR_SETTING:
    case IR_CALENDAR:
    case IR_ELEMENT:
    case IR_POSITION:
    case IR_COHORT:
    case IR_FAULT:
    case IR_IS_KNOWN: /* whether something is given is the same in every world */ return;
    case IR_MONTHS_FROM:
    case IR_YEARS_FROM:
        take(walk, node->args[0], turned);
        take(walk, node->args[1], same_way);
        return;
    case IR_ABS:
    case IR_BAG: /* what folds it looks at its rows */
    case IR_BAG_OF:
    case IR_MONTH:
    case IR_LENGTH:
    case IR_MONTH_COUNT:
    case IR_BEST_PER:
    case IR_DROP:
    case IR_MEAN: take_all(walk, node, tangled); return;
    case IR_OP_COUNT: return;
    }
}

struct ways ways_room(const struct standard *standard, size_t inputs)
{
    size_t nodes = standard->ir->nodes.count;
    struct ways room = {.inputs = inputs, .of = MEM_ARRAY(unsigned char *, nodes)};
    room.bytes = mem_alloc_plain(nodes * inputs + 1);
    return room;
}

/* The nodes from one to another, both included. */
static void walk_on(struct walk *walk, size_t from, size_t to, const unsigned char *marks)
{
    struct ways *ways = &walk->ways;
    for (size_t i = from; i <= to; i++) {
        if (!marks[i])
            continue;
        walk->made = ways->of[i] = ways->bytes + i * ways->inputs;
        memset(walk->made, WAY_NONE, ways->inputs);
        find(walk, walk->standard->ir->nodes.items[i]);
    }
}

struct ways ways_find(const struct program *program, const struct standard *standard,
                      const unsigned char *marks)
{
    struct walk walk = {
        .program = program, .standard = standard, .ways = ways_room(standard, program->input_count)};
    if (standard->ir->nodes.count)
        walk_on(&walk, 0, standard->ir->nodes.count - 1, marks);
    return walk.ways;
}

enum way ways_from(struct ways *room, const struct program *program, const struct standard *standard,
                   const unsigned char *marks, const struct ir_node *leaf, const struct ir_node *answer)
{
    struct walk walk = {.program = program, .standard = standard, .leaf = leaf, .ways = *room};
    memset(room->of, 0, (answer->id + 1) * sizeof *room->of);
    walk_on(&walk, leaf->id, answer->id, marks);
    return (enum way)room->of[answer->id][0];
}
