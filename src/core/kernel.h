/* What each operation means: from what is known of its arguments to what is known of its result.
 * Used by the builder (bounds, constants) and by evaluation; batch engines are tested against it. */
#ifndef RUBRIC_CORE_KERNEL_H
#define RUBRIC_CORE_KERNEL_H
#include "core/ir.h"

/* Of every operation that needs nothing but its arguments; of others: a fault of ours. */
struct value kernel_apply(const struct ir_node *node, const struct value *const *args);

/* A number of the result, or the fault of one past the limit. */
struct value kernel_range(const struct ir_node *node, struct range range);

/* The groups, for kernel_apply alone. Days past the calendar are a fault where nothing else is possible. */
struct value kernel_days(const struct ir_node *node, struct range days);
struct value kernel_calendar(const struct ir_node *node, const struct value *const *args);
struct value kernel_bag(const struct ir_node *node, const struct value *const *args);
#endif
