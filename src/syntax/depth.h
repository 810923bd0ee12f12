/* Holds a tree to the depth that every recursive walk may rely on: NESTING_MAX of one thing inside another, and CHAIN_MAX operators of + - * / on
 * the way to any leaf. (Chains of `and` and `or` are flat lists and have no limit.) False: it was too deep, and that has been reported. */
#ifndef RUBRIC_SYNTAX_DEPTH_H
#define RUBRIC_SYNTAX_DEPTH_H
#include "syntax/ast.h"
#include "diag/diag.h"

enum { CHAIN_MAX = 1000 };

bool depth_check(const struct ast *tree, struct diags *diags);
#endif
