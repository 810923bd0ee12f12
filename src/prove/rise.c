#include "prove/rise.h"
#include "base/mem.h"
#include "smt/known.h"

enum knowledge { NOT_ASKED, PROVED, NOT_PROVED };

struct rise {
    struct prove *prove;
    size_t beside;
    const bool *touched; /* [node id]: may differ */
    const struct ir_node *raised;
    unsigned char *falls, *climbs; /* enum knowledge [node id]: is it never less; never more? */
};

static bool never(struct rise *rise, const struct ir_node *node, int sign);

/* ---- the solver's words */

static struct smt_term term_in(struct prove *prove, size_t world, const struct ir_node *node)
{
    return smt_term(prove->smt, world, smt_final(prove->smt), node);
}

static const char *surely(const struct smt_term *term)
{
    return str_print("(not %s) (not %s)", term->na ? term->na : "false", term->fault ? term->fault : "false");
}

const char *rise_less(const struct ir_node *node, const char *a, const char *b)
{
    return node->type.kind == TYPE_YESNO ? str_print("(and (not %s) %s)", a, b)
                                         : str_print("(< %s %s)", a, b);
}

const char *rise_claim(struct prove *prove, size_t beside, const struct ir_node *node, int sign)
{
    struct smt_term before = term_in(prove, prove->world, node), after = term_in(prove, beside, node);
    const char *moved =
        sign > 0 ? rise_less(node, before.value, after.value) : rise_less(node, after.value, before.value);
    return str_print("(and %s %s %s)", moved, surely(&before), surely(&after));
}

static bool same_na(const struct rise *rise, const struct ir_node *node)
{
    struct smt_term before = term_in(rise->prove, rise->prove->world, node),
                    after = term_in(rise->prove, rise->beside, node);
    return str_equal(before.na, after.na);
}

/* ---- by form */

static bool all_never(struct rise *rise, const struct ir_node *node, size_t first, int sign)
{
    for (size_t i = first; i < node->arg_count; i++)
        if (!never(rise, node->args[i], sign))
            return false;
    return true;
}

/* 1: never negative; -1: never positive; 0: both, or not known. */
static int sign_of(const struct ir_node *node)
{
    const struct value *bounds = &node->bounds;
    struct cut zero = cut_at(num_int(0), 0);
    if (bounds->kind != VALUE_NUMBER || bounds->fault)
        return 0;
    return cut_compare_places(bounds->range.low, zero) >= 0    ? 1
           : cut_compare_places(bounds->range.high, zero) <= 0 ? -1
                                                               : 0;
}

/* A factor or divisor that stays keeps the direction, or turns it. */
static bool scaled(struct rise *rise, const struct ir_node *of, const struct ir_node *by, int sign)
{
    int turn = sign_of(by);
    return !rise->touched[by->id] && turn && never(rise, of, sign * turn);
}

/* Whatever they are, is the one at least as much as the other? */
static bool is_above(const struct ir_node *a, const struct ir_node *b)
{
    const struct value *one = &a->bounds, *other = &b->bounds;
    if (one->fault || other->fault)
        return false;
    if (one->kind == VALUE_TRUTH && other->kind == VALUE_TRUTH)
        return one->truth == TRUTH_YES || other->truth == TRUTH_NO;
    return one->kind == VALUE_NUMBER && other->kind == VALUE_NUMBER &&
           cut_compare_places(one->range.low, other->range.high) >= 0;
}

static bool branch(struct rise *rise, const struct ir_node *node, int sign)
{
    const struct ir_node *when = node->args[0], *yes = node->args[1], *no = node->args[2];
    if (!all_never(rise, node, 1, sign))
        return false;
    return !rise->touched[when->id] || (is_above(yes, no) && never(rise, when, sign)) ||
           (is_above(no, yes) && never(rise, when, -sign));
}

static bool by_form(struct rise *rise, const struct ir_node *node, int sign)
{
    struct ir_node *const *args = node->args;
    switch ((int)node->op) {
    case IR_ADD:
    case IR_MIN:
    case IR_MAX:
    case IR_ROUND:
    case IR_AND:
    case IR_OR:
    case IR_AT_LEAST:
    case IR_NA_AS: return all_never(rise, node, 0, sign);
    case IR_MIX: return !rise->prove->standard->mixed && never(rise, args[0], sign);
    case IR_SUB:
    case IR_LESS:
    case IR_LESS_EQUAL: {
        int first = node->op == IR_SUB ? sign : -sign;
        return never(rise, args[0], first) && never(rise, args[1], -first);
    }
    case IR_NOT: return never(rise, args[0], -sign);
    case IR_IS_KNOWN: return args[0] == rise->raised; /* in both */
    case IR_MUL: return scaled(rise, args[0], args[1], sign) || scaled(rise, args[1], args[0], sign);
    case IR_DIV: return scaled(rise, args[0], args[1], sign);
    case IR_IF: return branch(rise, node, sign);
    }
    return false;
}

/* ---- one node */

static bool by_solver(struct rise *rise, const struct ir_node *node, int sign)
{
    struct prove *prove = rise->prove;
    struct smt_term low = term_in(prove, prove->world, rise->raised),
                    high = term_in(prove, rise->beside, rise->raised);
    const char *moved = rise_claim(prove, rise->beside, node, -sign);
    const char *claim = str_print("(and %s %s %s)", rise_less(rise->raised, low.value, high.value), moved,
                                  smt_both_known(prove->smt, prove->world, rise->beside, rise->raised));
    return smt_solver_ask(prove->solver, prove->smt, claim) == SMT_IMPOSSIBLE;
}

/* Where arguments move the wrong way the solver is not asked: how much each other one gives up is for the whole to tell. */
static bool found_out(struct rise *rise, const struct ir_node *node, int sign)
{
    if (node == rise->raised)
        return sign > 0;
    if (!type_has_order(&node->type) || !same_na(rise, node))
        return false;
    if (by_form(rise, node, sign))
        return true;
    bool deepest = node->op == IR_IF || node->op == IR_EQUAL || node->op == IR_DIV || node->op == IR_MUL ||
                   node->op == IR_ABS;
    return deepest && by_solver(rise, node, sign);
}

static bool never(struct rise *rise, const struct ir_node *node, int sign)
{
    unsigned char *known = sign > 0 ? rise->falls : rise->climbs;
    if (!rise->touched[node->id])
        return true;
    if (!known[node->id])
        known[node->id] = found_out(rise, node, sign) ? PROVED : NOT_PROVED;
    return known[node->id] == PROVED;
}

bool rise_never_moves(struct prove *prove, size_t beside, const struct ir_node *raised,
                      const struct ir_node *node, int sign)
{
    size_t count = prove->standard->ir->nodes.count + 1;
    struct rise rise = {.prove = prove,
                        .beside = beside,
                        .touched = prove->smt->worlds.items[beside]->touched,
                        .raised = raised,
                        .falls = mem_alloc_plain(count),
                        .climbs = mem_alloc_plain(count)};
    return !prove->standard->mixed && never(&rise, node, sign);
}
