/* What an evaluation of a standard costs at the least, counted by hand: operations, jumps, rows, and the parts by what hangs on them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/mem.h"
#include "eval/cost.h"

static struct ir *ir;
static struct standard *standard;

static const struct type NUMBER = {.kind = TYPE_NUMBER}, TRUTH = {.kind = TYPE_YESNO};

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

static struct fact_declaration *declare(struct type type)
{
    struct fact_declaration *fact = MEM_NEW(struct fact_declaration);
    fact->slot = standard->facts.count;
    fact->field = (struct field){.type = type, .limits = {.low_fact = -1, .high_fact = -1, .key_column = -1}};
    fact->field.limits.range = range_whole(0, 900);
    fact->field.limits.count = range_whole(0, 3);
    vec_push(&standard->facts, fact);
    return fact;
}

static struct ir_node *fact_of(struct type type)
{
    struct fact_declaration *fact = declare(type);
    struct ir_node *node =
        ir_input(ir, IR_FACT, (long)fact->slot, type, ir_field_bounds(&fact->field), SPAN_NONE);
    fact->node = node;
    return node;
}

static struct ir_node *number(int value)
{
    return ir_number(ir, num_int(value), SPAN_NONE);
}

static struct part *add_part(struct part *parent, enum part_kind kind, struct ir_node *score, uint32_t at)
{
    struct part *part = MEM_NEW(struct part);
    *part = (struct part){.kind = kind, .parent = parent, .score = score, .span = {NULL, at, at + 1}};
    if (parent)
        vec_push(&parent->parts, part);
    return part;
}

static const struct cost *cost_of_standard(void)
{
    static const struct call call = {0};
    static struct cost cost;
    struct unit *unit = MEM_NEW(struct unit);
    struct given *given = MEM_ARRAY(struct given, standard->facts.count);
    const struct given **columns = MEM_ARRAY(const struct given *, 1),
                       **scores = MEM_ARRAY(const struct given *, 1);
    for (size_t i = 0; i < standard->facts.count; i++)
        given[i].value = ir_field_bounds(&standard->facts.items[i]->field);
    columns[0] = given;
    scores[0] = MEM_ARRAY(struct given, standard->judged.count);
    *unit = (struct unit){.columns = 1, .facts = columns, .scores = scores};
    cost = cost_of(evaluate(standard, unit, &call));
    return &cost;
}

static void start(void)
{
    standard = MEM_NEW(struct standard);
    standard->ir = ir = ir_new();
    vec_push(&standard->columns, (struct column){.name = "only"});
}

/* Three criteria, two of them in a section: four operations hang on the one, two on each of the others, which stand as they are written. */
static void test_parts_by_what_hangs_on_them(void **state)
{
    (void)state;
    start();
    struct ir_node *x = fact_of(NUMBER), *y = fact_of(NUMBER);
    struct ir_node *sum = ir_binary(ir, IR_ADD, NUMBER, x, y, SPAN_NONE);
    struct ir_node *least = ir_binary(ir, IR_MIN, NUMBER, sum, number(4), SPAN_NONE);
    struct ir_node *less = ir_binary(ir, IR_LESS, TRUTH, sum, number(3), SPAN_NONE);
    struct ir_node *one = ir_if(ir, less, number(2), least, SPAN_NONE);
    struct ir_node *most = ir_binary(ir, IR_MAX, NUMBER, sum, number(5), SPAN_NONE);
    struct ir_node *fixed = ir_binary(ir, IR_ADD, NUMBER, number(1), number(2), SPAN_NONE);
    struct part *root = add_part(NULL, PART_STANDARD, NULL, 0),
                *section = add_part(root, PART_SECTION, one, 1);
    struct part *third = add_part(section, PART_CRITERION, most, 9),
                *second = add_part(section, PART_CRITERION, least, 7);
    struct part *first = add_part(root, PART_CRITERION, one, 20),
                *nothing = add_part(root, PART_CRITERION, fixed, 30);
    standard->root = root;
    standard->total_node = one;
    const struct cost *cost = cost_of_standard();
    assert_int_equal(cost->facts, 2);
    assert_int_equal(cost->parts, 5);
    assert_int_equal(cost->operations, 5);
    assert_int_equal(cost->jumps, 3);
    assert_int_equal(cost->in_rows + cost->row_passes + cost->tables, 0);
    const struct part *order[] = {first, second, third, nothing};
    const size_t operations[] = {4, 2, 2, 0};
    assert_int_equal(cost->criteria.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_ptr_equal(cost->criteria.items[i].part, order[i]);
        assert_int_equal(cost->criteria.items[i].operations, operations[i]);
    }
    first->due = most;
    section->parts.items[0]->skipped = less;
    cost = cost_of_standard();
    assert_int_equal(cost->criteria.items[0].operations, 5);
    assert_ptr_equal(cost->criteria.items[1].part, third);
    assert_int_equal(cost->criteria.items[1].operations, 3);
}

/* Two aggregates over one list and one over another: three passes over rows, two lists. */
static void test_rows(void **state)
{
    (void)state;
    start();
    struct field *digit = MEM_NEW(struct field);
    *digit = (struct field){.type = NUMBER,
                            .limits = {.range = range_whole(0, 9), .low_fact = -1, .high_fact = -1}};
    struct type list = {.kind = TYPE_LIST, .element = digit};
    struct ir_node *lists[] = {fact_of(list), fact_of(list)}, *total = number(0);
    for (int i = 0; i < 3; i++) {
        struct ir_block *block = ir_block_open(ir, lists[i / 2]);
        struct ir_node *it = ir_element(ir, block, 0, SPAN_NONE), *value = it;
        for (int k = 0; k < i; k++)
            value = ir_binary(ir, IR_ADD, NUMBER, value, it, SPAN_NONE);
        struct ir_node *bag =
            ir_block_close(ir, block, ir_truth(ir, true, SPAN_NONE), value, NULL, SPAN_NONE);
        total = ir_binary(ir, IR_ADD, NUMBER, total, ir_unary(ir, IR_SUM, NUMBER, bag, SPAN_NONE), SPAN_NONE);
    }
    standard->total_node = total;
    const struct cost *cost = cost_of_standard();
    assert_int_equal(cost->row_passes, 3);
    assert_int_equal(cost->tables, 2);
    assert_int_equal(cost->in_rows, 0 + 1 + 2);
    assert_int_equal(cost->operations, 3 * 3 + 3);
}

static struct ir_node *of_op(enum ir_op op, struct ir_node *a, struct ir_node *b)
{
    bool one = op == IR_ABS || op == IR_YEAR || op == IR_NOT;
    bool truth = op == IR_LESS || op == IR_LESS_EQUAL || op == IR_EQUAL;
    return one ? ir_unary(ir, op, NUMBER, a, SPAN_NONE)
               : ir_binary(ir, op, truth ? TRUTH : NUMBER, a, b, SPAN_NONE);
}

/* What is given counts for nothing; of operations those count as jumps at which a result can jump or turn. */
static void test_operations_one_by_one(void **state)
{
    (void)state;
    const enum ir_op jumps[] = {IR_LESS, IR_LESS_EQUAL, IR_EQUAL,      IR_MIN,         IR_MAX,
                                IR_ABS,  IR_YEAR,       IR_ADD_MONTHS, IR_MONTHS_FROM, IR_YEARS_FROM};
    const enum ir_op others[] = {IR_ADD, IR_SUB, IR_MUL, IR_DIV};
    for (size_t i = 0; i < sizeof jumps / sizeof *jumps + sizeof others / sizeof *others; i++) {
        bool jump = i < sizeof jumps / sizeof *jumps;
        start();
        struct ir_node *x = fact_of(NUMBER), *y = fact_of(NUMBER);
        of_op(jump ? jumps[i] : others[i - sizeof jumps / sizeof *jumps], x, y);
        standard->total_node = x;
        assert_int_equal(cost_of_standard()->operations, 1);
        assert_int_equal(cost_of_standard()->jumps, jump);
    }
    start();
    struct ir_node *x = fact_of(NUMBER);
    ir_round(ir, x, num_int(2), NUM_UP, SPAN_NONE);
    ir_input(ir, IR_FAULT, FAULT_STEP, NUMBER, value_fault(FAULT_STEP, NULL), SPAN_NONE);
    ir_input(ir, IR_CALENDAR, CALENDAR_TODAY, NUMBER, value_range(range_all()), SPAN_NONE);
    standard->total_node = x;
    assert_int_equal(cost_of_standard()->operations, 1);
    assert_int_equal(cost_of_standard()->jumps, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parts_by_what_hangs_on_them),
                                       cmocka_unit_test(test_rows),
                                       cmocka_unit_test(test_operations_one_by_one)};
    return cmocka_run_group_tests(tests, set_up, NULL);
}
