#include "smt/known.h"
#include "smt/terms.h"

static bool is_input(const struct ir_node *node)
{
    return node->op == IR_FACT || node->op == IR_JUDGED || node->op == IR_SETTING;
}

static bool same_argument(const struct ir_node *a, const struct ir_node *b)
{
    return a == b || (is_input(a) && a->op == b->op && a->index == b->index);
}

struct smt_term smt_known(const struct place *place)
{
    struct smt *smt = place->smt;
    const struct ir_node *of = place->node->args[0];
    for (size_t i = 0; i < smt->known.count; i++) {
        const struct smt_is_known *known = &smt->known.items[i];
        if (known->world == place->world && known->context == place->context && known->row == place->row &&
            same_argument(known->of, of))
            return (struct smt_term){.value = known->value, .fault = place->args[0].fault};
    }
    struct smt_term term = smt_loose(place);
    vec_push(&smt->known, (struct smt_is_known){.world = place->world,
                                                .context = place->context,
                                                .row = place->row,
                                                .of = of,
                                                .value = term.value});
    term.fault = place->args[0].fault;
    return term;
}

const char *smt_all_known(const struct smt *smt)
{
    const char *all = "true";
    for (size_t i = 0; i < smt->known.count; i++)
        all = smt_and(all, smt->known.items[i].value);
    return all;
}

static bool any_asks(const struct ir *ir, const struct ir_node *of, const unsigned char *marks)
{
    for (size_t i = 0; i < ir->nodes.count; i++) {
        const struct ir_node *node = ir->nodes.items[i];
        if (marks[i] && node->op == IR_IS_KNOWN && same_argument(node->args[0], of))
            return true;
    }
    return false;
}

const char *smt_input_known(const struct smt *smt, const struct smt_input *input, const unsigned char *marks)
{
    for (size_t i = 0; i < smt->known.count; i++) {
        const struct smt_is_known *known = &smt->known.items[i];
        if (known->world == input->world && known->context == input->column && !known->row &&
            same_argument(input->node, known->of))
            return any_asks(smt->ir, known->of, marks) ? known->value : NULL;
    }
    return NULL;
}

const char *smt_both_known(const struct smt *smt, size_t world, size_t beside, const struct ir_node *input)
{
    const char *all = "true";
    for (size_t i = 0; i < smt->known.count; i++) {
        const struct smt_is_known *known = &smt->known.items[i];
        if ((known->world == world || known->world == beside) && same_argument(input, known->of))
            all = smt_and(all, known->value);
    }
    return all;
}
