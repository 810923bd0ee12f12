#include "smt/script.h"
#include "base/mem.h"
#include "smt/terms.h"

/* ---- numbers */

const char *smt_number(struct num number)
{
    const char *top = num_text(num_top(num_abs(number))), *bottom = num_text(num_bottom(number));
    const char *text = num_is_int(number) ? str_print("%s.0", top) : str_print("(/ %s.0 %s.0)", top, bottom);
    return num_sign(number) < 0 ? str_print("(- %s)", text) : text;
}

/* ---- worlds */

struct smt *smt_new(const struct standard *standard, const struct ir *ir)
{
    struct smt *smt = MEM_NEW(struct smt);
    smt->standard = standard;
    smt->ir = ir;
    smt->contexts = standard->columns.count + standard->mixed;
    smt->few = MEM_ARRAY(const struct few *, ir->nodes.count + 1);
    return smt;
}

static size_t add_world(struct smt *smt)
{
    struct smt_world *world = MEM_NEW(struct smt_world);
    world->terms = MEM_ARRAY(struct smt_term *, smt->contexts);
    world->done = MEM_ARRAY(bool *, smt->contexts);
    for (size_t c = 0; c < smt->contexts; c++) {
        world->terms[c] = MEM_ARRAY(struct smt_term, smt->ir->nodes.count + 1);
        world->done[c] = mem_alloc_plain(smt->ir->nodes.count + 1);
    }
    vec_push(&smt->worlds, world);
    return smt->worlds.count - 1;
}

size_t smt_world(struct smt *smt)
{
    return add_world(smt);
}

static bool is_input(const struct ir_node *node, enum smt_input_kind kind, size_t slot)
{
    enum ir_op op = kind == SMT_FACT ? IR_FACT : kind == SMT_SCORE ? IR_JUDGED : IR_SETTING;
    return node->op == op && (size_t)node->index == slot;
}

/* Of figures of the cohort: a rank is the unit's own. What tells of the others moves with a threshold, which is theirs too, and where their
 * values rest on figures, in which the unit counts. */
static bool is_figure_touched(const struct smt *smt, const bool *touched, enum smt_input_kind kind,
                              const struct ir_node *node)
{
    const struct cohort_reads *cohort = &smt->standard->cohort;
    const struct cohort_input *input = &cohort->inputs.items[node->index];
    const struct cohort_operand *operand = &cohort->operands.items[input->operand];
    bool moves = input->fold == COHORT_RANK || operand->level > 0 || kind == SMT_SETTING;
    return moves && touched[operand->node->id];
}

static bool any_touched(const struct smt *smt, const bool *touched, enum smt_input_kind kind,
                        const struct ir_node *node)
{
    for (size_t i = 0; i < node->arg_count; i++)
        if (touched[node->args[i]->id])
            return true;
    for (size_t i = 0; node->op == IR_BAG_OF && i < node->block->nodes.count; i++)
        if (touched[node->block->nodes.items[i]->id])
            return true;
    return node->op == IR_COHORT && is_figure_touched(smt, touched, kind, node);
}

size_t smt_world_beside(struct smt *smt, size_t world, enum smt_input_kind kind, size_t slot)
{
    size_t beside = add_world(smt);
    bool *touched = mem_alloc_plain(smt->ir->nodes.count + 1);
    for (size_t i = 0; i < smt->ir->nodes.count; i++) {
        const struct ir_node *node = smt->ir->nodes.items[i];
        touched[i] = is_input(node, kind, slot) || any_touched(smt, touched, kind, node);
    }
    smt->worlds.items[beside]->touched = touched;
    smt->worlds.items[beside]->base = world;
    size_t last = smt->standard->mixed ? smt->standard->columns.count : 1;
    for (size_t c = 0; kind == SMT_FACT && c < last; c++)
        smt_hold_limits(smt, beside, smt->standard->mixed ? c : smt_final(smt), slot);
    return beside;
}

size_t smt_final(const struct smt *smt)
{
    return smt->standard->mixed ? smt->standard->columns.count : smt->standard->final_column;
}

/* ---- writing */

static void assert_no_fault(struct smt *smt, size_t world, size_t context, const struct ir_node *node)
{
    if (!node)
        return;
    struct smt_term term = smt_term(smt, world, context, node);
    if (term.fault)
        str_format(&smt->text, "(assert (not %s))\n", term.fault);
}

static void assert_part(struct smt *smt, size_t world, size_t context, const struct part *part)
{
    assert_no_fault(smt, world, context, part->score);
    assert_no_fault(smt, world, context, part->due);
    for (size_t i = 0; i < part->parts.count; i++)
        assert_part(smt, world, context, part->parts.items[i]);
}

void smt_assert_scored(struct smt *smt, size_t world)
{
    const struct standard *standard = smt->standard;
    size_t context = smt_final(smt);
    if (standard->root)
        assert_part(smt, world, context, standard->root);
    for (size_t i = 0; i < standard->outcomes.count; i++)
        assert_no_fault(smt, world, context, standard->outcomes.items[i]->holds);
    assert_no_fault(smt, world, context, standard->total_node);
    assert_no_fault(smt, world, context, standard->grade);
    assert_no_fault(smt, world, context, standard->eligible);
}

static bool is_limited(const struct fact_declaration *fact)
{
    return fact->node && (fact->field.limits.low_fact >= 0 || fact->field.limits.high_fact >= 0);
}

/* A term of such a fact brings the other one with it. */
bool smt_assert_limited(struct smt *smt, size_t world)
{
    const struct standard *standard = smt->standard;
    size_t columns = standard->mixed ? standard->columns.count : 1;
    bool any = false;
    for (size_t i = 0; i < standard->facts.count; i++)
        for (size_t c = 0; is_limited(standard->facts.items[i]) && c < columns; c++) {
            smt_term(smt, world, standard->mixed ? c : smt_final(smt), standard->facts.items[i]->node);
            any = true;
        }
    return any;
}

/* ---- texts */

const char *smt_text_number(struct smt *smt, const char *text)
{
    size_t i = 0;
    while (i < smt->texts.count && !str_equal(smt->texts.items[i], text))
        i++;
    if (i == smt->texts.count)
        vec_push(&smt->texts, text);
    return str_print("%zu.0", i);
}
