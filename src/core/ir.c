#include "core/ir.h"
#include <stdlib.h>
#include "base/mem.h"
#include "core/kernel.h"

static const int ARGUMENTS[] = {
#define OP(name, arguments) [IR_##name] = arguments,
#include "core/ir.def"
#undef OP
};

/* ---- what fields can hold */

static struct value bounds_of_rows(const struct range count, size_t width, const struct value *row)
{
    enum { CLOSED_MAX = 10000 };
    int64_t exactly;
    if (!range_is_point(count) || !num_to_int(count.low.at, &exactly) || exactly > CLOSED_MAX)
        return value_open_sequence(width, count, row);
    size_t rows = (size_t)exactly;
    struct value *cells = MEM_ARRAY(struct value, rows * width);
    for (size_t i = 0; i < rows * width; i++)
        cells[i] = row[i % width];
    return value_sequence(width, rows, cells);
}

static struct value bounds_of_table(const struct field *field)
{
    struct value *row = MEM_ARRAY(struct value, field->type.column_count);
    for (size_t i = 0; i < field->type.column_count; i++)
        row[i] = ir_field_bounds(&field->type.columns[i]);
    return bounds_of_rows(field->limits.count, field->type.column_count, row);
}

static struct value bounds_of_list(const struct field *field)
{
    struct value *element = MEM_NEW(struct value);
    *element = ir_field_bounds(field->type.element);
    return bounds_of_rows(field->limits.count, 1, element);
}

static struct value bounds_of_type(const struct field *field)
{
    switch (field->type.kind) {
    case TYPE_YESNO: return value_truth(TRUTH_UNKNOWN);
    case TYPE_NUMBER:
    case TYPE_DATE: return value_range(field->limits.range);
    case TYPE_TEXT: return value_text(NULL);
    case TYPE_CHOICE: return value_range(range_whole(0, (int64_t)field->type.choice->count - 1));
    case TYPE_MONTHS: return value_months(0, 0xFFF);
    case TYPE_LIST: return bounds_of_list(field);
    case TYPE_TABLE: return bounds_of_table(field);
    case TYPE_DOCUMENT: return value_document(field->limits.count);
    }
    abort();
}

struct value ir_field_bounds(const struct field *field)
{
    struct value bounds = bounds_of_type(field);
    return field->limits.or_na || field->limits.none_is_na ? value_or_na(bounds) : bounds;
}

/* ---- adding nodes */

struct ir *ir_new(void)
{
    struct ir *ir = MEM_NEW(struct ir);
    struct ir_block *whole = MEM_NEW(struct ir_block);
    vec_push(&ir->blocks, whole);
    ir->open = whole;
    return ir;
}

struct ir *ir_fork(const struct ir *ir)
{
    struct ir *fork = ir_new();
    const struct ir_block *whole = ir->blocks.items[0];
    for (size_t i = 0; i < ir->nodes.count; i++)
        vec_push(&fork->nodes, ir->nodes.items[i]);
    for (size_t i = 0; i < whole->nodes.count; i++)
        vec_push(&fork->open->nodes, whole->nodes.items[i]);
    for (size_t i = 1; i < ir->blocks.count; i++)
        vec_push(&fork->blocks, ir->blocks.items[i]);
    return fork;
}

static struct ir_node *add(struct ir *ir, struct ir_node node)
{
    struct ir_node *kept = MEM_NEW(struct ir_node);
    *kept = node;
    kept->id = (unsigned)ir->nodes.count;
    vec_push(&ir->nodes, kept);
    vec_push(&ir->open->nodes, kept);
    return kept;
}

static struct ir_node *const *copy_args(size_t count, struct ir_node *const *args)
{
    struct ir_node **copy = MEM_ARRAY(struct ir_node *, count);
    for (size_t i = 0; i < count; i++)
        copy[i] = args[i];
    return copy;
}

static struct value bounds_of(const struct ir_node *node)
{
    const struct value **args = MEM_ARRAY(const struct value *, node->arg_count);
    for (size_t i = 0; i < node->arg_count; i++)
        args[i] = &node->args[i]->bounds;
    return kernel_apply(node, args);
}

/* IS_KNOWN is not known before there are facts, however narrow the bounds. */
static struct ir_node *add_applied(struct ir *ir, struct ir_node node, size_t count,
                                   struct ir_node *const *args)
{
    node.args = copy_args(count, args);
    node.arg_count = count;
    struct ir_node *added = add(ir, node);
    added->bounds =
        node.op == IR_IS_KNOWN && !ir_is_const(args[0]) ? value_truth(TRUTH_UNKNOWN) : bounds_of(added);
    return added;
}

struct ir_node *ir_input(struct ir *ir, enum ir_op op, long index, struct type type, struct value bounds,
                         struct span origin)
{
    return add(ir,
               (struct ir_node){.op = op, .index = index, .type = type, .bounds = bounds, .origin = origin});
}

struct ir_node *ir_const(struct ir *ir, struct type type, struct value value, struct span origin)
{
    return ir_input(ir, IR_CONST, 0, type, value, origin);
}

struct ir_node *ir_number(struct ir *ir, struct num number, struct span origin)
{
    return ir_const(ir, (struct type){.kind = TYPE_NUMBER}, value_number(number), origin);
}

struct ir_node *ir_truth(struct ir *ir, bool truth, struct span origin)
{
    return ir_const(ir, (struct type){.kind = TYPE_YESNO}, value_truth(truth ? TRUTH_YES : TRUTH_NO), origin);
}

struct ir_node *ir_apply(struct ir *ir, enum ir_op op, struct type type, size_t count,
                         struct ir_node *const *args, struct span origin)
{
    return add_applied(ir, (struct ir_node){.op = op, .type = type, .origin = origin}, count, args);
}

struct ir_node *ir_unary(struct ir *ir, enum ir_op op, struct type type, struct ir_node *of,
                         struct span origin)
{
    return ir_apply(ir, op, type, 1, &of, origin);
}

struct ir_node *ir_binary(struct ir *ir, enum ir_op op, struct type type, struct ir_node *a,
                          struct ir_node *b, struct span origin)
{
    return ir_apply(ir, op, type, 2, (struct ir_node *[]){a, b}, origin);
}

struct ir_node *ir_if(struct ir *ir, struct ir_node *when, struct ir_node *then, struct ir_node *otherwise,
                      struct span origin)
{
    return ir_apply(ir, IR_IF, then->type, 3, (struct ir_node *[]){when, then, otherwise}, origin);
}

struct ir_node *ir_round(struct ir *ir, struct ir_node *of, struct num step, enum num_rounding how,
                         struct span origin)
{
    struct ir_node node = {.op = IR_ROUND, .type = of->type, .step = step, .rounding = how, .origin = origin};
    return add_applied(ir, node, 1, &of);
}

struct ir_node *ir_drop(struct ir *ir, struct ir_node *bag, long highest, long lowest, struct span origin)
{
    struct ir_node node = {
        .op = IR_DROP, .type = bag->type, .index = highest, .index2 = lowest, .origin = origin};
    return add_applied(ir, node, 1, &bag);
}

struct ir_node *ir_at_least(struct ir *ir, long least, size_t count, struct ir_node *const *args,
                            struct span origin)
{
    struct ir_node node = {.op = IR_AT_LEAST, .type = {.kind = TYPE_YESNO}, .index = least, .origin = origin};
    return add_applied(ir, node, count, args);
}

/* ---- rows */

struct ir_block *ir_block_open(struct ir *ir, struct ir_node *sequence)
{
    struct ir_block *block = MEM_NEW(struct ir_block);
    block->id = (unsigned)ir->blocks.count;
    block->outer = ir->open;
    block->sequence = sequence;
    vec_push(&ir->blocks, block);
    ir->open = block;
    return block;
}

struct ir_node *ir_element(struct ir *ir, const struct ir_block *block, long column, struct span origin)
{
    const struct type *of = &block->sequence->type;
    const struct field *field = of->kind == TYPE_LIST ? of->element : &of->columns[column];
    struct ir_node node = {
        .op = IR_ELEMENT, .index = column, .type = field->type, .block = block, .origin = origin};
    node.bounds = ir_field_bounds(field);
    return add(ir, node);
}

struct ir_node *ir_position(struct ir *ir, const struct ir_block *block, struct span origin)
{
    struct type whole = {.kind = TYPE_NUMBER, .whole = true};
    struct range from_one = range_of(cut_at(num_int(1), 0), cut_above_all(), true);
    return add(ir, (struct ir_node){.op = IR_POSITION,
                                    .type = whole,
                                    .block = block,
                                    .origin = origin,
                                    .bounds = value_range(from_one)});
}

/* Known rows keep their number; the values are those that any row can give. */
static struct value bounds_of_bag(const struct ir_block *block)
{
    const struct value *over = &block->sequence->bounds;
    struct value *row = MEM_ARRAY(struct value, BAG_WIDTH);
    row[BAG_PRESENCE] = block->presence->bounds;
    row[BAG_VALUE] = block->value->bounds;
    row[BAG_KEY] = block->key ? block->key->bounds : value_na();
    if (over->nothing_else || over->fault)
        return *over;
    struct range count = range_point(num_int((int64_t)over->sequence->count));
    if (over->sequence->open)
        count = range_add(count, over->sequence->extra);
    struct value bag = value_open_sequence(BAG_WIDTH, count, row);
    return over->na ? value_or_na(bag) : bag;
}

struct ir_node *ir_block_close(struct ir *ir, struct ir_block *block, struct ir_node *presence,
                               struct ir_node *value, struct ir_node *key, struct span origin)
{
    block->presence = presence;
    block->value = value;
    block->key = key;
    ir->open = ir->blocks.items[block->outer->id];
    struct ir_node *sequence = ir->nodes.items[block->sequence->id];
    struct ir_node node = {
        .op = IR_BAG_OF, .type = value->type, .block = block, .origin = origin, .arg_count = 1};
    node.args = copy_args(1, &sequence);
    node.bounds = bounds_of_bag(block);
    return add(ir, node);
}

/* `left`: so many nodes may still be looked at, so that no chain is too deep and no web too wide. */
static bool same(const struct ir_node *a, const struct ir_node *b, size_t *left)
{
    if (a == b)
        return true;
    if (*left == 0)
        return false;
    --*left;
    bool alike = a->op == b->op && !a->block && !b->block && a->index == b->index && a->index2 == b->index2 &&
                 a->arg_count == b->arg_count && a->rounding == b->rounding;
    if (alike && a->op == IR_CONST)
        alike = value_equal(&a->bounds, &b->bounds);
    if (alike && a->op == IR_ROUND)
        alike = num_equal(a->step, b->step);
    for (size_t i = 0; alike && i < a->arg_count; i++)
        alike = same(a->args[i], b->args[i], left);
    return alike;
}

bool ir_same(const struct ir_node *a, const struct ir_node *b)
{
    enum { LOOKED_AT_MAX = 1000 };
    size_t left = LOOKED_AT_MAX;
    return same(a, b, &left);
}

static void stir(uint64_t *hash, uint64_t part)
{
    *hash = (*hash ^ part) * 0x9E3779B97F4A7C15u;
    *hash ^= *hash >> 32;
}

static void hash_form(const struct ir_node *node, uint64_t *hash, size_t *left)
{
    if (*left == 0)
        return;
    --*left;
    stir(hash, node->op);
    stir(hash, (uint64_t)node->index);
    stir(hash, (uint64_t)node->index2);
    stir(hash, node->block ? node->id : node->arg_count);
    if (node->op == IR_CONST && node->bounds.kind == VALUE_NUMBER)
        stir(hash, (uint64_t)node->bounds.range.low.at.top);
    for (size_t i = 0; !node->block && i < node->arg_count; i++)
        hash_form(node->args[i], hash, left);
}

uint64_t ir_hash(const struct ir_node *node)
{
    enum { LOOKED_AT_MAX = 100 };
    size_t left = LOOKED_AT_MAX;
    uint64_t hash = 0;
    hash_form(node, &hash, &left);
    return hash;
}

bool ir_is_const(const struct ir_node *node)
{
    return node->bounds.kind != VALUE_NONE && value_is_known(&node->bounds) && node->op != IR_SETTING;
}

static void mark_argument(unsigned char *marks, const unsigned char *stops, const struct ir_node *node)
{
    if (!stops || !stops[node->id])
        marks[node->id] = true;
}

/* Arguments stand before what uses them: one sweep from the last marks them all. */
void ir_mark_as_far_as(const struct ir *ir, unsigned char *marks, const unsigned char *stops)
{
    for (size_t id = ir->nodes.count; id-- > 0;) {
        const struct ir_node *node = ir->nodes.items[id];
        if (!marks[id])
            continue;
        for (size_t i = 0; i < node->arg_count; i++)
            mark_argument(marks, stops, node->args[i]);
        if (node->op != IR_BAG_OF)
            continue;
        mark_argument(marks, stops, node->block->presence);
        mark_argument(marks, stops, node->block->value);
        if (node->block->key)
            mark_argument(marks, stops, node->block->key);
    }
}

void ir_mark_below(const struct ir *ir, unsigned char *marks)
{
    ir_mark_as_far_as(ir, marks, NULL);
}

unsigned char *ir_below(const struct ir *ir, const struct ir_node *node)
{
    unsigned char *below = mem_alloc_plain(ir->nodes.count + 1);
    below[node->id] = true;
    ir_mark_below(ir, below);
    return below;
}

bool ir_reads(const struct ir *ir, const struct ir_node *node, enum ir_op op)
{
    const unsigned char *below = ir_below(ir, node);
    for (size_t i = 0; i < ir->nodes.count; i++)
        if (below[i] && ir->nodes.items[i]->op == op)
            return true;
    return false;
}

/* ---- checking */

static const char *verify_node(const struct ir *ir, const struct ir_node *node)
{
    if (ARGUMENTS[node->op] >= 0 && (size_t)ARGUMENTS[node->op] != node->arg_count)
        return "a node with a wrong number of arguments";
    for (size_t i = 0; i < node->arg_count; i++) {
        if (node->args[i]->id >= node->id)
            return "an argument that stands after its use";
        if (ir->nodes.items[node->args[i]->id] != node->args[i])
            return "an argument of another list";
    }
    if ((node->op == IR_ELEMENT || node->op == IR_POSITION || node->op == IR_BAG_OF) && !node->block)
        return "a row's node without its block";
    if (node->op == IR_ROUND && num_sign(node->step) <= 0)
        return "a rounding without a step";
    return NULL;
}

const char *ir_verify(const struct ir *ir)
{
    for (size_t i = 0; i < ir->nodes.count; i++) {
        const char *wrong = verify_node(ir, ir->nodes.items[i]);
        if (wrong)
            return wrong;
    }
    return ir->open == ir->blocks.items[0] ? NULL : "a block that is not closed";
}
