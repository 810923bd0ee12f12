#include "eval/cost.h"
#include <stdlib.h>
#include "base/mem.h"

/* ---------------------------------------------------------------- operations */

static bool is_given(enum ir_op op)
{
    return op == IR_CONST || op == IR_FACT || op == IR_SETTING || op == IR_JUDGED || op == IR_CALENDAR ||
           op == IR_ELEMENT || op == IR_POSITION || op == IR_COHORT || op == IR_FAULT;
}

/* As in breaks.h: between two such places a result is a straight line. */
static bool jumps(enum ir_op op)
{
    return op == IR_LESS || op == IR_LESS_EQUAL || op == IR_EQUAL || op == IR_MIN || op == IR_MAX ||
           op == IR_ABS || op == IR_ROUND || op == IR_YEAR || op == IR_ADD_MONTHS || op == IR_MONTHS_FROM ||
           op == IR_YEARS_FROM;
}

static bool counts(const struct ir_node *node)
{
    return !is_given(node->op) && !ir_is_const(node);
}

static void count_operations(struct cost *cost, const struct ir *ir)
{
    for (size_t i = 0; i < ir->nodes.count; i++) {
        const struct ir_node *node = ir->nodes.items[i];
        cost->operations += counts(node);
        cost->jumps += counts(node) && jumps(node->op);
    }
}

static void count_rows(struct cost *cost, const struct ir *ir)
{
    bool *seen = mem_alloc_plain(ir->nodes.count);
    for (size_t i = 1; i < ir->blocks.count; i++) {
        const struct ir_block *block = ir->blocks.items[i];
        for (size_t k = 0; k < block->nodes.count; k++) {
            cost->in_rows += counts(block->nodes.items[k]);
        }
        cost->row_passes++;
        cost->tables += !seen[block->sequence->id];
        seen[block->sequence->id] = true;
    }
}

/* ---------------------------------------------------------------- what a part hangs on */

static void mark(unsigned char *marks, const struct ir_node *node)
{
    if (node != NULL) {
        marks[node->id] = true;
    }
}

static size_t operations_below(const struct ir *ir, const struct part *part)
{
    unsigned char *marks = mem_alloc_plain(ir->nodes.count);
    size_t operations = 0;
    mark(marks, part->score);
    mark(marks, part->due);
    mark(marks, part->skipped);
    ir_mark_below(ir, marks);
    for (size_t i = 0; i < ir->nodes.count; i++) {
        operations += marks[i] && counts(ir->nodes.items[i]);
    }
    return operations;
}

/* ---------------------------------------------------------------- parts */

static void add_parts(struct cost *cost, const struct ir *ir, const struct part *part)
{
    for (size_t i = 0; i < part->parts.count; i++) {
        const struct part *inner = part->parts.items[i];
        cost->parts++;
        if (inner->kind == PART_SECTION) {
            add_parts(cost, ir, inner);
        } else {
            vec_push(&cost->criteria, (struct part_cost){inner, operations_below(ir, inner)});
        }
    }
}

static int order(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int by_operations(const void *a, const void *b)
{
    const struct part_cost *left = a, *right = b;
    int most_first = order(right->operations, left->operations);
    return most_first ? most_first : order(left->part->span.start, right->part->span.start);
}

struct cost cost_of(const struct evaluation *evaluation)
{
    const struct standard *standard = evaluation->standard;
    struct cost cost = {.facts = standard->facts.count,
                        .settings = standard->settings.count,
                        .cohort_rounds = standard->cohort.levels,
                        .passes = evaluation->passes,
                        .steps = evaluation->steps,
                        .spent = evaluation->spent};
    for (size_t i = 0; i < standard->judged.count; i++) {
        cost.scores += unit_is_first_score(standard, i);
    }
    count_operations(&cost, standard->ir);
    count_rows(&cost, standard->ir);
    if (standard->root != NULL) {
        add_parts(&cost, standard->ir, standard->root);
        if (cost.criteria.count)
            qsort(cost.criteria.items, cost.criteria.count, sizeof *cost.criteria.items, by_operations);
    }
    return cost;
}
