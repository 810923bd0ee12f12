/* From a question to a program: which values are needed, what they become as columns, which of them are the answers, which must not be faults, and
 * where what is open has to be looked at unit by unit. */
#include "batch/program.h"
#include <string.h>
#include "base/mem.h"
#include "batch/joints.h"
#include "batch/machine.h"

/* ---- what can be a fault, and what has to be worked out */

static bool divides_by_none(const struct ir_node *node)
{
    return node->op == IR_DIV && (node->args[1]->bounds.kind != VALUE_NUMBER || node->args[1]->bounds.fault ||
                                  range_holds(node->args[1]->bounds.range, num_int(0)));
}

static bool may_fault_itself(const struct lowering *lowering, const struct ir_node *node)
{
    bool days = node->type.kind == TYPE_DATE && node->arg_count > 0 && node->op != IR_IF &&
                node->op != IR_MIN && node->op != IR_MAX && node->op != IR_NA_AS && node->op != IR_MIX;
    bool no_period = node->op == IR_CALENDAR && !lowering->question->standard->period.known;
    return node->op == IR_FAULT || node->op == IR_BAG_OF || node->op == IR_COHORT || days || no_period ||
           divides_by_none(node);
}

static const bool *find_faults(const struct lowering *lowering)
{
    const struct ir *ir = lowering->question->standard->ir;
    bool *marks = mem_alloc_plain(ir->nodes.count);
    for (size_t i = 0; i < ir->nodes.count; i++) {
        const struct ir_node *node = ir->nodes.items[i];
        marks[i] = may_fault_itself(lowering, node);
        for (size_t k = 0; k < node->arg_count; k++)
            marks[i] |= marks[node->args[k]->id];
    }
    return marks;
}

static bool is_guarded(const struct lowering *lowering, size_t at)
{
    return lowering->can_fault[lowering->question->guarded[at]->id];
}

/* Of what is settled, and of what is asked whether it is known, nothing below is worked out. */
static void mark_below(const struct lowering *lowering, unsigned char *marks)
{
    const struct ir *ir = lowering->question->standard->ir;
    for (size_t i = ir->nodes.count; i-- > 0;) {
        const struct ir_node *node = ir->nodes.items[i];
        if (!marks[i] || lowering_is_settled(lowering, node) || node->op == IR_IS_KNOWN)
            continue;
        for (size_t k = 0; k < node->arg_count; k++)
            marks[node->args[k]->id] = true;
    }
}

static const unsigned char *find_needed(const struct lowering *lowering)
{
    const struct batch_question *question = lowering->question;
    unsigned char *marks = mem_alloc_plain(question->standard->ir->nodes.count);
    for (size_t i = 0; i < question->asked_count; i++)
        if (question->asked[i])
            marks[question->asked[i]->id] = true;
    for (size_t i = 0; i < question->guarded_count; i++)
        if (is_guarded(lowering, i))
            marks[question->guarded[i]->id] = true;
    mark_below(lowering, marks);
    return marks;
}

static enum output_kind kind_of(const struct ir_node *node)
{
    return node->type.kind == TYPE_YESNO    ? OUTPUT_TRUTH
           : node->type.kind == TYPE_CHOICE ? OUTPUT_CHOICE
                                            : OUTPUT_NUMBER;
}

static struct answer as_answer(struct lowering *lowering, const struct ir_node *node, const struct held *held)
{
    struct answer answer = {.number = NO_REG, .whole = NO_REG, .can = NO_REG};
    answer.output =
        (struct output){kind_of(node), held->form == HELD_NUMBER ? held->scale : 1, node->type.choice};
    if (held->form == HELD_TRUTH) {
        answer.can = lowering_can(lowering, held);
        return answer;
    }
    answer.number = held->reg;
    answer.can = held_is_plain(held) ? NO_REG : lowering_can(lowering, held);
    answer.is_const = held->reg == NO_REG;
    if (held->form == HELD_QUOTIENT) {
        answer.output.scale = 0;
        answer.whole = held->whole;
    }
    if (answer.is_const && held->number.big)
        held_misfit(lowering, "@batch_too_large");
    else if (answer.is_const) {
        answer.output.scale = held->number.bottom;
        answer.constant = held->number.top;
    }
    return answer;
}

static struct answer no_answer(struct lowering *lowering)
{
    unsigned na = lowering_fill(lowering, CAN_BE_NA);
    return (struct answer){.number = NO_REG, .whole = NO_REG, .can = na, .is_const = true, .output.scale = 1};
}

/* What is not asked of this standard is n/a. */
static struct answer answer(struct lowering *lowering, const struct ir_node *node)
{
    lowering->node = node;
    if (!node)
        return no_answer(lowering);
    struct held held = lowering_value(lowering, node);
    return held.form != HELD_NOTHING ? as_answer(lowering, node, &held) : (struct answer){0};
}

static void guard(struct lowering *lowering, const struct ir_node *node)
{
    lowering->node = node;
    struct held held = lowering_value(lowering, node);
    if (held.form == HELD_NOTHING)
        return;
    vec_push(&lowering->program->guards.list, lowering_can(lowering, &held));
}

/* In the order of the list, so that no chain of sums is gone down at once. A bag is read by what folds it. */
static void lower_all(struct lowering *lowering, const unsigned char *needed)
{
    const struct ir *ir = lowering->question->standard->ir;
    for (size_t i = 0; i < ir->nodes.count && !lowering->misfit->why; i++)
        if (needed[i] && ir->nodes.items[i]->op != IR_BAG)
            lowering_value(lowering, ir->nodes.items[i]);
}

/* ---- where what is open has to be looked at */

static bool has_joint(const struct program *program, const struct ir_node *node)
{
    for (size_t i = 0; i < program->joints.count; i++)
        if (program->joints.items[i].node == node)
            return true;
    return false;
}

/* What is tried would be known: where that is asked, nothing is tried. */
static void add_joint(struct lowering *lowering, const struct ir_node *node)
{
    struct joint joint = {.node = node};
    if (has_joint(lowering->program, node))
        return;
    lowering->node = node;
    joint.value = as_answer(lowering, node, &lowering->held[node->id]);
    joints_find_trials(lowering, &joint);
    for (size_t i = 0; i < joint.tangled.count; i++) {
        size_t input = joint.tangled.items[i].input;
        lowering->program->inputs[input].takes_open &= !lowering->is_asked_known[input];
    }
    vec_push(&lowering->program->joints, joint);
}

static void find_joints(struct lowering *lowering, const unsigned char *needed)
{
    const struct batch_question *question = lowering->question;
    struct program *program = lowering->program;
    for (size_t i = 0; i < question->asked_count; i++) {
        if (!question->asked[i])
            continue;
        struct node_list nodes = joints_below(lowering, needed, question->asked[i]);
        for (size_t k = 0; k < nodes.list.count; k++)
            add_joint(lowering, nodes.list.items[k]);
    }
    for (size_t i = 0; i < program->joints.count; i++)
        program->joints.items[i].alone = program_alone(program, &program->joints.items[i].value);
}

static const struct program *without_joints(const struct program *program)
{
    struct program *whole = MEM_NEW(struct program);
    *whole = *program;
    memset(&whole->joints, 0, sizeof whole->joints);
    return whole;
}

/* What no value hangs on may be open. */
static void free_unread(struct program *program)
{
    bool *read = mem_alloc_plain(program->input_count + 1);
    for (size_t i = 0; i < program->entries.count; i++)
        read[program->entries.items[i].input] = true;
    for (size_t i = 0; i < program->input_count; i++)
        program->inputs[i].takes_open |= !read[i];
}

const struct program *program_new(const struct batch_question *question, struct misfit *misfit)
{
    struct program *program = MEM_NEW(struct program);
    const struct standard *standard = question->standard;
    struct lowering lowering = {.program = program, .question = question, .misfit = misfit};
    *misfit = (struct misfit){0};
    program_find_inputs(program, standard);
    lowering.is_asked_known = mem_alloc_plain(program->input_count + 1);
    lowering.can_fault = find_faults(&lowering);
    const unsigned char *needed = find_needed(&lowering);
    lowering.ways = ways_find(program, standard, needed);
    lowering.held = MEM_ARRAY(struct held, standard->ir->nodes.count);
    program->answers = MEM_ARRAY(struct answer, question->asked_count);
    program->outputs = MEM_ARRAY(struct output, question->asked_count);
    program->answer_count = question->asked_count;
    lower_all(&lowering, needed);
    for (size_t i = 0; i < question->asked_count && !misfit->why; i++) {
        program->answers[i] = answer(&lowering, question->asked[i]);
        program->outputs[i] = program->answers[i].output;
    }
    for (size_t i = 0; i < question->guarded_count && !misfit->why; i++)
        if (is_guarded(&lowering, i))
            guard(&lowering, question->guarded[i]);
    if (misfit->why)
        return NULL;
    find_joints(&lowering, needed);
    joints_find_split(program);
    free_unread(program);
    program_place(program);
    if (program->joints.count)
        program->whole = without_joints(program);
    return program;
}

const struct input *program_inputs(const struct program *program, size_t *count)
{
    *count = program->input_count;
    return program->inputs;
}

const struct output *program_outputs(const struct program *program, size_t *count)
{
    *count = program->answer_count;
    return program->outputs;
}
