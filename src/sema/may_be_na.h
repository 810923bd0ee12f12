/* Can a truth come to n/a? What it asks `is n/a` of is looked at in turn as n/a and as not, so that `x is n/a or x` cannot. Says yes where it
 * cannot tell. */
#ifndef RUBRIC_SEMA_MAY_BE_NA_H
#define RUBRIC_SEMA_MAY_BE_NA_H
#include "core/ir.h"

bool may_be_na(const struct ir *ir, const struct ir_node *node);
#endif
