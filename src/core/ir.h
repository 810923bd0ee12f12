/* The core IR: a list of nodes in which arguments stand before what uses them. Adding a node computes its bounds, what it can come to when
 * nothing at all is known, by the same kernel that evaluation uses; a node whose bounds are one value is a constant.
 * Nodes are immutable once added and live in collected memory. */
#ifndef RUBRIC_CORE_IR_H
#define RUBRIC_CORE_IR_H
#include "base/str.h"
#include "base/vec.h"
#include "core/type.h"
#include "core/value.h"

enum ir_op {
#define OP(name, arguments) IR_##name,
#include "core/ir.def"
#undef OP
    IR_OP_COUNT
};

enum calendar { CALENDAR_TODAY, CALENDAR_PERIOD_START, CALENDAR_PERIOD_END, CALENDAR_IN_FORCE /* --on, else the period's end */ };

struct ir_block;

struct ir_node {
    enum ir_op op;
    unsigned id;                             /* its place in ir.nodes */
    struct type type;
    struct ir_node *const *args;
    size_t arg_count;
    long index, index2;
    struct num step;
    enum num_rounding rounding;
    const struct ir_block *block;            /* ELEMENT, POSITION: whose row; BAG_OF: what it runs */
    struct span origin;                      /* the author's words it came from */
    struct value bounds;
};

/* Nodes that run once a row. */
struct ir_block {
    unsigned id;
    const struct ir_block *outer;            /* NULL: the standard itself */
    VEC(struct ir_node *) nodes;
    const struct ir_node *sequence;          /* what it runs over */
    const struct ir_node *presence, *value, *key;    /* key NULL: none */
};

struct ir {
    VEC(struct ir_node *) nodes;
    VEC(struct ir_block *) blocks;           /* blocks.items[0] is the standard itself */
    struct ir_block *open;                   /* where new nodes go */
};

struct ir *ir_new(void);
/* All nodes of a finished list and, behind them, room for others: what is added stands in the fork alone. */
struct ir *ir_fork(const struct ir *ir);

/* Adding nodes. `origin` may be SPAN_NONE. Types of results that do not follow from the arguments are given. */
struct ir_node *ir_input(struct ir *ir, enum ir_op op, long index, struct type type, struct value bounds, struct span origin);
struct ir_node *ir_const(struct ir *ir, struct type type, struct value value, struct span origin);
struct ir_node *ir_number(struct ir *ir, struct num number, struct span origin);     /* a plain number */
struct ir_node *ir_truth(struct ir *ir, bool truth, struct span origin);
struct ir_node *ir_apply(struct ir *ir, enum ir_op op, struct type type, size_t count, struct ir_node *const *args, struct span origin);
struct ir_node *ir_unary(struct ir *ir, enum ir_op op, struct type type, struct ir_node *of, struct span origin);
struct ir_node *ir_binary(struct ir *ir, enum ir_op op, struct type type, struct ir_node *a, struct ir_node *b, struct span origin);
struct ir_node *ir_if(struct ir *ir, struct ir_node *when, struct ir_node *then, struct ir_node *otherwise, struct span origin);
struct ir_node *ir_round(struct ir *ir, struct ir_node *of, struct num step, enum num_rounding how, struct span origin);
struct ir_node *ir_drop(struct ir *ir, struct ir_node *bag, long highest, long lowest, struct span origin);
struct ir_node *ir_at_least(struct ir *ir, long least, size_t count, struct ir_node *const *args, struct span origin);

/* Aggregates over rows: open a block, add its nodes (ELEMENT, POSITION and whatever is computed from them), close it. */
struct ir_block *ir_block_open(struct ir *ir, struct ir_node *sequence);
struct ir_node *ir_element(struct ir *ir, const struct ir_block *block, long column, struct span origin);
struct ir_node *ir_position(struct ir *ir, const struct ir_block *block, struct span origin);
struct ir_node *ir_block_close(struct ir *ir, struct ir_block *block, struct ir_node *presence, struct ir_node *value,
                               struct ir_node *key, struct span origin);

/* Do both compute the same from the same inputs, as far as their form tells? Nodes over rows are the same only if they are one. */
bool ir_same(const struct ir_node *a, const struct ir_node *b);
uint64_t ir_hash(const struct ir_node *node);                    /* of the form: one for all that are the same */
/* Marks, by node id, all that the marked nodes are worked out from. */
void ir_mark_below(const struct ir *ir, unsigned char *marks);
/* The same, short of the nodes of `stops` (by node id; NULL: none) and of what only they need. */
void ir_mark_as_far_as(const struct ir *ir, unsigned char *marks, const unsigned char *stops);
/* [node id]: a node and all that it is worked out from. */
unsigned char *ir_below(const struct ir *ir, const struct ir_node *node);
bool ir_reads(const struct ir *ir, const struct ir_node *node, enum ir_op op);   /* is one of these such an operation? */
bool ir_is_const(const struct ir_node *node);                    /* its bounds are one number, truth or text */
/* What a field can hold when nothing is given. */
struct value ir_field_bounds(const struct field *field);

/* NULL if the list is well-formed (arguments before use, counts and kinds right), else what is wrong: a fault of the program. */
const char *ir_verify(const struct ir *ir);
#endif
