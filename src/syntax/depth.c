#include "syntax/depth.h"
#include "base/str.h"
#include "syntax/parse.h"

struct depth {
    struct diags *diags;
    size_t nested, chained;
    bool exceeded;
};

/* What an author sees as one thing inside another. */
static bool nests(enum ast_kind kind)
{
    static const enum ast_kind nesting[] = {
        AST_e_group,     AST_e_not,       AST_e_negate, AST_e_if,    AST_e_every,   AST_e_of,    AST_e_call,
        AST_e_aggregate, AST_e_span_from, AST_section,  AST_extra,   AST_criterion, AST_s_bands, AST_s_choose,
        AST_s_table,     AST_s_best,      AST_t_list,   AST_t_table, AST_v_list,
    };
    for (size_t i = 0; i < sizeof nesting / sizeof *nesting; i++) {
        if (nesting[i] == kind) {
            return true;
        }
    }
    return false;
}

static void go_inside(const struct ast *node, void *data)
{
    struct depth *depth = data;
    bool nesting = nests(node->kind), chain = node->kind == AST_e_binary;
    if (depth->exceeded) {
        return;
    }
    depth->nested += nesting;
    depth->chained += chain;
    if (depth->nested > NESTING_MAX) {
        diag_add(depth->diags, DIAG_NESTED_TOO_DEEP, node->span, str_print("%d", NESTING_MAX), NULL);
        depth->exceeded = true;
    } else if (depth->chained > CHAIN_MAX) {
        diag_add(depth->diags, DIAG_CHAIN_TOO_LONG, node->span, str_print("%d", CHAIN_MAX), NULL);
        depth->exceeded = true;
    } else {
        ast_each(node, go_inside, depth);
    }
    depth->nested -= nesting;
    depth->chained -= chain;
}

bool depth_check(const struct ast *tree, struct diags *diags)
{
    struct depth depth = {.diags = diags};
    go_inside(tree, &depth);
    return !depth.exceeded;
}
