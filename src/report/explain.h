/* What the core computed, put back into words: conditions with the values that decided them, sums with their numbers in place.
 * Works on the IR alone; what it cannot put better it shows in the author's own words with the value beside. */
#ifndef RUBRIC_REPORT_EXPLAIN_H
#define RUBRIC_REPORT_EXPLAIN_H
#include "report/view.h"

/* A name or the author's words for what a node stands for. */
const char *explain_name(const struct view *view, const struct ir_node *node);
/* A node's value, as the type of another says where `like` is not NULL (a number beside a share is a percentage). */
const char *explain_value(const struct view *view, const struct ir_node *node, const struct ir_node *like);

/* A single condition: "dues 85/86 < 100%", "班子健全：否". `wanted` is the truth that would have served: it chooses the sign of what is open. */
const char *explain_condition(const struct view *view, const struct ir_node *node, bool wanted);

/* Whether that says more than yes or no: a comparison does. */
bool explain_has_values(const struct view *view, const struct ir_node *node);
/* The same as it is written, with the values behind it: "dues >= dues_floor   dues 85/86 < 100%". */
const char *explain_written(const struct view *view, const struct ir_node *node, bool wanted);

/* The single conditions inside a condition, each with the truth that would have served. */
struct explain_leaf {
    const struct ir_node *node;
    bool wanted;
};
struct explain_leaves {
    VEC(struct explain_leaf) list;
};

/* Those that keep `node` from being `wanted`, or may. */
struct explain_leaves explain_blame(const struct view *view, const struct ir_node *node, bool wanted);
/* Those that were looked at. */
struct explain_leaves explain_all(const struct view *view, const struct ir_node *node);

/* Of a condition over parts or rows that are known by name: those rows that keep it from being `wanted`; none where it is no such. */
struct explain_leaves explain_rows(const struct view *view, const struct ir_node *node, bool wanted);

/* "4 × 7/8", without its result; NULL where there is nothing to work out. */
const char *explain_sum(const struct view *view, const struct ir_node *node);
/* The one value that a result hangs on, where it was worked out from a table, a list or the cohort: "count of drills 2"; NULL where it is no such. */
const char *explain_telling(const struct view *view, const struct ir_node *node);
/* The value that all these cases compare, with its name: that of `bands`; NULL where they ask about several. */
const char *explain_compared(const struct view *view, const struct check *cases, size_t count);
/* The statement's `if … then` taken: conditions under which a value was chosen, outermost first. */
struct explain_leaves explain_choices(const struct view *view, const struct ir_node *node);
#endif
