#include "batch/joints.h"
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "core/limits.h"

/* ---- which values */

struct search {
    const struct lowering *lowering;
    const unsigned char *marks;
    const struct ir_node *answer;
    unsigned char *front;           /* [node id]: on the way down */
    const struct node_list **gates; /* [input]; NULL: not looked for yet */
    struct ways room;
};

static const unsigned char *ways_of(const struct search *search, const struct ir_node *node)
{
    return search->lowering->ways.of[node->id];
}

/* Going down from the answer along all that hangs on an input, arguments standing before their uses: where the front is one node, all goes
 * through it. Those nodes, the answer first. */
static const struct node_list *find_gates(struct search *search, size_t input)
{
    const struct ir *ir = search->lowering->question->standard->ir;
    struct node_list *gates = MEM_NEW(struct node_list);
    size_t wide = 1;
    memset(search->front, 0, search->answer->id + 1);
    search->front[search->answer->id] = true;
    for (size_t i = search->answer->id + 1; i-- > 0 && wide > 0;) {
        const struct ir_node *node = ir->nodes.items[i];
        if (!search->front[i])
            continue;
        if (wide == 1)
            vec_push(&gates->list, node);
        wide--;
        for (size_t k = 0; k < node->arg_count; k++) {
            const struct ir_node *arg = node->args[k];
            const unsigned char *ways = ways_of(search, arg);
            if (ways && ways[input] != WAY_NONE && !search->front[arg->id]) {
                search->front[arg->id] = true;
                wide++;
            }
        }
    }
    return gates;
}

static const struct node_list *gates(struct search *search, size_t input)
{
    if (!search->gates[input])
        search->gates[input] = find_gates(search, input);
    return search->gates[input];
}

/* They stand in the order of the list, the last first. */
static bool is_gate(struct search *search, size_t input, const struct ir_node *node)
{
    const struct node_list *all = gates(search, input);
    size_t low = 0, high = all->list.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (all->list.items[middle]->id > node->id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < all->list.count && all->list.items[low] == node;
}

/* Nothing below the node has to do with the answer in any other way. */
static bool is_apart(struct search *search, const struct ir_node *node)
{
    const unsigned char *ways = ways_of(search, node);
    for (size_t i = 0; i < search->lowering->program->input_count; i++)
        if (ways[i] != WAY_NONE && !is_gate(search, i, node))
            return false;
    return true;
}

static bool moves_plainly(struct search *search, const struct ir_node *node)
{
    const struct lowering *lowering = search->lowering;
    return ways_from(&search->room, lowering->program, lowering->question->standard, search->marks, node,
                     search->answer) != WAY_TANGLED;
}

/* A bag has no value of its own. */
static bool can_be_joint(struct search *search, const struct ir_node *node, size_t input)
{
    return node->op != IR_BAG && ways_of(search, node)[input] == WAY_TANGLED && is_apart(search, node) &&
           moves_plainly(search, node);
}

/* The lowest gate that will do; at last the answer itself. */
static const struct ir_node *joint_of(struct search *search, size_t input)
{
    const struct node_list *all = gates(search, input);
    for (size_t i = all->list.count; i-- > 1;)
        if (can_be_joint(search, all->list.items[i], input))
            return all->list.items[i];
    return search->answer;
}

struct node_list joints_below(const struct lowering *lowering, const unsigned char *marks,
                              const struct ir_node *answer)
{
    struct search search = {.lowering = lowering, .marks = marks, .answer = answer};
    struct node_list found = {0};
    search.front = mem_alloc_plain(lowering->question->standard->ir->nodes.count);
    search.gates = MEM_ARRAY(const struct node_list *, lowering->program->input_count);
    search.room = ways_room(lowering->question->standard, 1);
    const unsigned char *ways = ways_of(&search, answer);
    for (size_t i = 0; i < lowering->program->input_count; i++) {
        if (ways[i] != WAY_TANGLED)
            continue;
        const struct ir_node *node = joint_of(&search, i);
        bool there = false;
        for (size_t k = 0; k < found.list.count; k++)
            there |= found.list.items[k] == node;
        if (!there)
            vec_push(&found.list, node);
    }
    return found;
}

/* ---- what to try */

enum {
    ALL_MAX = 16,   /* an input that can be no more than this is tried at each */
    TRIALS_MAX = 24 /* of one input */
};

static bool may_be_given(const struct lowering *lowering, const struct input *input,
                         const struct opening *opening, int64_t number)
{
    const struct limits *limits = input->field
                                      ? &input->field->limits
                                      : &lowering->question->standard->judged.items[input->slot]->limits;
    struct num plain = num_ratio(number, input->scale);
    bool whole =
        input->kind != INPUT_NUMBER || (limits_on_step(limits, plain) && limits_are_legal(limits, plain));
    return whole && number >= opening->low && number <= opening->high;
}

static void try_number(const struct lowering *lowering, struct trials *trials, int64_t number)
{
    const struct input *input = &lowering->program->inputs[trials->input];
    const struct opening *opening = &lowering->program->openings[trials->input];
    if (trials->numbers.count >= TRIALS_MAX || !may_be_given(lowering, input, opening, number))
        return;
    for (size_t i = 0; i < trials->numbers.count; i++)
        if (trials->numbers.items[i] == number)
            return;
    vec_push(&trials->numbers, number);
}

static void try_share(struct trials *trials, int64_t part, int64_t whole)
{
    if (part < 0 || part > whole || trials->numbers.count >= TRIALS_MAX)
        return;
    vec_push(&trials->numbers, part);
    vec_push(&trials->wholes, whole);
}

/* A number that the input is compared with: at it, and just beside it. */
static void try_beside(const struct lowering *lowering, struct trials *trials, struct num number)
{
    enum { FINE = 1000 };
    const struct input *input = &lowering->program->inputs[trials->input];
    int64_t held;
    if (input->kind == INPUT_SHARE) {
        if (number.big || number.bottom > FINE)
            return;
        try_share(trials, number.top, number.bottom);
        try_share(trials, number.top * FINE - 1, number.bottom * FINE);
        try_share(trials, number.top * FINE + 1, number.bottom * FINE);
        return;
    }
    int64_t step = input->step ? input->step : 1;
    if (!num_to_int(num_floor(num_mul(number, num_int(input->scale))), &held))
        return;
    for (int64_t k = -1; k <= 1; k++)
        try_number(lowering, trials, held + k * step);
}

static bool reads_input(const struct ir_node *node, const struct input *input)
{
    return node->op == (input->is_score ? IR_JUDGED : IR_FACT) && (size_t)node->index == input->slot;
}

static bool is_comparison(const struct ir_node *node)
{
    return node->op == IR_LESS || node->op == IR_LESS_EQUAL || node->op == IR_EQUAL || node->op == IR_MIN ||
           node->op == IR_MAX;
}

/* Below the joint, whatever the input stands beside. */
static void try_compared(const struct lowering *lowering, struct trials *trials, const struct ir_node *joint)
{
    const struct ir *ir = lowering->question->standard->ir;
    const struct input *input = &lowering->program->inputs[trials->input];
    for (size_t i = 0; i <= joint->id; i++) {
        const struct ir_node *node = ir->nodes.items[i];
        if (!lowering->ways.of[i] || !is_comparison(node))
            continue;
        for (size_t k = 0; k < 2; k++)
            if (reads_input(node->args[k], input) && value_is_point(&node->args[1 - k]->bounds))
                try_beside(lowering, trials, value_point(&node->args[1 - k]->bounds));
    }
}

static void try_ends(const struct lowering *lowering, struct trials *trials)
{
    const struct input *input = &lowering->program->inputs[trials->input];
    const struct opening *opening = &lowering->program->openings[trials->input];
    int64_t step = input->step ? input->step : 1;
    if (input->kind == INPUT_SHARE) {
        try_share(trials, 0, 1);
        try_share(trials, 1, 1);
        return;
    }
    int64_t many = (opening->high - opening->low) / step;
    for (int64_t k = 0; many < ALL_MAX && k <= many; k++)
        try_number(lowering, trials, opening->low + k * step);
    try_number(lowering, trials, opening->low);
    try_number(lowering, trials, opening->high);
    try_number(lowering, trials, opening->low + step);
}

void joints_find_trials(const struct lowering *lowering, struct joint *joint)
{
    const unsigned char *ways = lowering->ways.of[joint->node->id];
    for (size_t i = 0; i < lowering->program->input_count; i++) {
        struct trials trials = {.input = i};
        if (ways[i] != WAY_TANGLED)
            continue;
        try_ends(lowering, &trials);
        try_compared(lowering, &trials, joint->node);
        vec_push(&joint->tangled, trials);
    }
}

/* ---- all of them together */

static int by_size(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static struct trials *split_of(struct program *program, size_t input)
{
    for (size_t i = 0; i < program->split.count; i++)
        if (program->split.items[i].input == input)
            return &program->split.items[i];
    vec_push(&program->split, (struct trials){.input = input});
    return &vec_last(&program->split);
}

static void add_all(struct trials *to, const struct trials *from)
{
    for (size_t i = 0; i < from->numbers.count; i++)
        vec_push(&to->numbers, from->numbers.items[i]);
    for (size_t i = 0; i < from->wholes.count; i++)
        vec_push(&to->wholes, from->wholes.items[i]);
}

/* Ascending, each once. Shares are not cut, and stay as they are. */
static void sort(struct trials *trials)
{
    size_t kept = 0;
    if (trials->wholes.count || !trials->numbers.count)
        return;
    qsort(trials->numbers.items, trials->numbers.count, sizeof *trials->numbers.items, by_size);
    for (size_t i = 0; i < trials->numbers.count; i++)
        if (i == 0 || trials->numbers.items[i] != trials->numbers.items[i - 1])
            trials->numbers.items[kept++] = trials->numbers.items[i];
    trials->numbers.count = kept;
}

void joints_find_split(struct program *program)
{
    for (size_t i = 0; i < program->joints.count; i++)
        for (size_t k = 0; k < program->joints.items[i].tangled.count; k++) {
            const struct trials *trials = &program->joints.items[i].tangled.items[k];
            add_all(split_of(program, trials->input), trials);
        }
    for (size_t i = 0; i < program->split.count; i++)
        sort(&program->split.items[i]);
}
