/* The list of nodes: what the verifier refuses, when two nodes are the same, what blocks and fields can hold. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/mem.h"
#include "core/cohort.h"
#include "core/ir.h"

static const struct type NUMBER = {.kind = TYPE_NUMBER}, TRUTH = {.kind = TYPE_YESNO};

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

static struct ir_node *number(struct ir *ir, int value)
{
    return ir_number(ir, num_int(value), SPAN_NONE);
}

static struct ir_node *fact(struct ir *ir, long index)
{
    return ir_input(ir, IR_FACT, index, NUMBER, value_range(range_all()), SPAN_NONE);
}

/* ---- what the verifier refuses */

static void test_a_sound_list(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    ir_round(ir, ir_binary(ir, IR_ADD, NUMBER, fact(ir, 0), number(ir, 1), SPAN_NONE), num_ratio(1, 2),
             NUM_UP, SPAN_NONE);
    assert_null(ir_verify(ir));
}

static void test_wrong_number_of_arguments(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    struct ir_node *sum = ir_binary(ir, IR_ADD, NUMBER, fact(ir, 0), number(ir, 1), SPAN_NONE);
    sum->arg_count = 1;
    assert_string_equal(ir_verify(ir), "a node with a wrong number of arguments");
}

static void test_arguments_come_first(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    struct ir_node *sum = ir_binary(ir, IR_ADD, NUMBER, fact(ir, 0), fact(ir, 1), SPAN_NONE);
    struct ir_node *itself[][2] = {{sum, sum}, {sum->args[0], sum}};
    for (int i = 0; i < 2; i++) {
        sum->args = itself[i];
        assert_string_equal(ir_verify(ir), "an argument that stands after its use");
    }
}

static void test_arguments_are_of_the_list(void **state)
{
    (void)state;
    struct ir *ir = ir_new(), *other = ir_new();
    struct ir_node *stranger = fact(other, 0);
    struct ir_node *sum = ir_binary(ir, IR_ADD, NUMBER, fact(ir, 0), fact(ir, 1), SPAN_NONE);
    struct ir_node *strangers[][2] = {{stranger, stranger}, {sum->args[0], stranger}};
    for (int i = 0; i < 2; i++) {
        sum->args = strangers[i];
        assert_string_equal(ir_verify(ir), "an argument of another list");
    }
}

/* A list of digits. */
static struct type list_type(void)
{
    struct field *digit = MEM_NEW(struct field);
    digit->type = NUMBER;
    digit->limits.range = range_whole(0, 9);
    return (struct type){.kind = TYPE_LIST, .element = digit};
}

static struct ir_node *list(struct ir *ir, struct range count)
{
    struct value *any = MEM_NEW(struct value);
    *any = value_range(range_whole(0, 9));
    return ir_input(ir, IR_FACT, 0, list_type(), value_open_sequence(1, count, any), SPAN_NONE);
}

static void test_rows_have_blocks(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    struct ir_block *block = ir_block_open(ir, list(ir, range_counting()));
    assert_string_equal(ir_verify(ir), "a block that is not closed");
    struct ir_node *element = ir_element(ir, block, 0, SPAN_NONE),
                   *position = ir_position(ir, block, SPAN_NONE);
    struct ir_node *bag = ir_block_close(ir, block, ir_truth(ir, true, SPAN_NONE), element, NULL, SPAN_NONE);
    assert_null(ir_verify(ir));
    struct ir_node *rows[] = {element, position, bag};
    for (size_t i = 0; i < 3; i++) {
        const struct ir_block *kept = rows[i]->block;
        rows[i]->block = NULL;
        assert_string_equal(ir_verify(ir), "a row's node without its block");
        rows[i]->block = kept;
    }
}

static void test_rounding_has_a_step(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    struct ir_node *rounded = ir_round(ir, fact(ir, 0), num_int(1), NUM_UP, SPAN_NONE);
    assert_null(ir_verify(ir));
    rounded->step = num_int(0);
    assert_string_equal(ir_verify(ir), "a rounding without a step");
}

/* ---- the same */

static void test_same(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    struct ir_node *a = fact(ir, 1), *b = fact(ir, 2), *again = fact(ir, 1);
    assert_true(ir_same(a, again));
    assert_false(ir_same(a, b));
    assert_false(ir_same(a, ir_input(ir, IR_JUDGED, 1, NUMBER, value_range(range_all()), SPAN_NONE)));
    assert_true(ir_same(number(ir, 3), number(ir, 3)));
    assert_false(ir_same(number(ir, 3), number(ir, 4)));
    assert_true(ir_same(ir_binary(ir, IR_ADD, NUMBER, a, b, SPAN_NONE),
                        ir_binary(ir, IR_ADD, NUMBER, again, b, SPAN_NONE)));
    assert_false(ir_same(ir_binary(ir, IR_ADD, NUMBER, a, b, SPAN_NONE),
                         ir_binary(ir, IR_ADD, NUMBER, b, a, SPAN_NONE)));
    assert_false(ir_same(ir_binary(ir, IR_ADD, NUMBER, a, b, SPAN_NONE),
                         ir_binary(ir, IR_ADD, NUMBER, a, a, SPAN_NONE)));
    struct ir_node *two[] = {a, b}, *three[] = {a, b, b};
    assert_false(ir_same(ir_apply(ir, IR_AND, TRUTH, 2, two, SPAN_NONE),
                         ir_apply(ir, IR_AND, TRUTH, 3, three, SPAN_NONE)));
}

static void test_same_roundings(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    struct ir_node *a = fact(ir, 1);
    struct ir_node *up = ir_round(ir, a, num_int(1), NUM_UP, SPAN_NONE);
    assert_true(ir_same(up, ir_round(ir, a, num_int(1), NUM_UP, SPAN_NONE)));
    assert_false(ir_same(up, ir_round(ir, a, num_int(2), NUM_UP, SPAN_NONE)));
    assert_false(ir_same(up, ir_round(ir, a, num_int(1), NUM_DOWN, SPAN_NONE)));
}

static void test_same_drops(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    struct ir_node *pair[] = {ir_truth(ir, true, SPAN_NONE), fact(ir, 1)};
    struct ir_node *bag = ir_apply(ir, IR_BAG, NUMBER, 2, pair, SPAN_NONE);
    struct ir_node *drop = ir_drop(ir, bag, 1, 2, SPAN_NONE);
    assert_true(ir_same(drop, ir_drop(ir, bag, 1, 2, SPAN_NONE)));
    assert_false(ir_same(drop, ir_drop(ir, bag, 2, 2, SPAN_NONE)));
    assert_false(ir_same(drop, ir_drop(ir, bag, 1, 1, SPAN_NONE)));
}

/* Over rows, only one and the same node is the same, whichever of the two has the block. */
static void test_rows_are_never_the_same(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    struct ir_block *block = ir_block_open(ir, list(ir, range_counting()));
    struct ir_node *element = ir_element(ir, block, 0, SPAN_NONE),
                   *other = ir_element(ir, block, 0, SPAN_NONE);
    assert_true(ir_same(element, element));
    assert_false(ir_same(element, other));
    other->block = NULL;
    assert_false(ir_same(element, other));
    assert_false(ir_same(other, element));
}

static struct ir_node *chain(struct ir *ir, int length)
{
    struct ir_node *node = fact(ir, 1);
    for (int i = 0; i < length; i++)
        node = ir_unary(ir, IR_ABS, NUMBER, node, SPAN_NONE);
    return node;
}

/* A thousand nodes are looked at and no more. */
static void test_same_within_reason(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    assert_true(ir_same(chain(ir, 999), chain(ir, 999)));
    assert_false(ir_same(chain(ir, 1000), chain(ir, 1000)));
}

/* ---- what is known beforehand */

static void test_settings_are_no_constants(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    assert_true(ir_is_const(number(ir, 1)));
    assert_false(ir_is_const(fact(ir, 1)));
    assert_false(ir_is_const(ir_input(ir, IR_SETTING, 0, NUMBER, value_int(1), SPAN_NONE)));
    assert_false(
        ir_is_const(ir_input(ir, IR_FACT, 0, NUMBER, (struct value){.kind = VALUE_NONE}, SPAN_NONE)));
}

static void test_is_known_waits_for_facts(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    struct ir_node *setting = ir_input(ir, IR_SETTING, 0, NUMBER, value_int(1), SPAN_NONE);
    assert_int_equal(ir_unary(ir, IR_IS_KNOWN, TRUTH, setting, SPAN_NONE)->bounds.truth, TRUTH_UNKNOWN);
    assert_int_equal(ir_unary(ir, IR_IS_KNOWN, TRUTH, number(ir, 1), SPAN_NONE)->bounds.truth, TRUTH_YES);
}

static struct value bag_over(struct value rows)
{
    struct ir *ir = ir_new();
    struct ir_block *block = ir_block_open(ir, ir_input(ir, IR_FACT, 0, list_type(), rows, SPAN_NONE));
    struct ir_node *element = ir_element(ir, block, 0, SPAN_NONE);
    return ir_block_close(ir, block, ir_truth(ir, true, SPAN_NONE), element, NULL, SPAN_NONE)->bounds;
}

static void test_bags_have_as_many_rows_as_their_list(void **state)
{
    (void)state;
    struct value *cells = MEM_ARRAY(struct value, 3), any = value_range(range_whole(0, 9));
    for (int i = 0; i < 3; i++)
        cells[i] = value_int(i);
    struct value three = value_sequence(1, 3, cells), bag = bag_over(three);
    assert_true(range_equal(bag.sequence->extra, range_whole(3, 3)));
    bag = bag_over(value_open_sequence(1, range_whole(2, 5), &any));
    assert_true(range_equal(bag.sequence->extra, range_whole(2, 5)));
    assert_false(bag.na);
    assert_true(bag_over(value_or_na(three)).na);
}

static void test_bags_over_what_is_not_there(void **state)
{
    (void)state;
    struct value *any = MEM_NEW(struct value);
    *any = value_int(0);
    struct value na = value_na(), fault = value_fault(FAULT_DIVISION, NULL);
    na.sequence = value_open_sequence(1, range_counting(), any).sequence;
    fault.sequence = na.sequence;
    assert_true(bag_over(na).nothing_else);
    assert_ptr_equal(bag_over(fault).fault, fault.fault);
}

static struct value rows_of_list(struct range count)
{
    struct field list_field = {.type = list_type(), .limits = {.count = count}};
    return ir_field_bounds(&list_field);
}

/* Lists of a number of rows that is given are told row by row, unless there are very many. */
static void test_fields_of_rows(void **state)
{
    (void)state;
    struct value closed = rows_of_list(range_whole(3, 3));
    assert_false(closed.sequence->open);
    assert_int_equal(closed.sequence->count, 3);
    assert_true(range_equal(closed.sequence->cells[2].range, range_whole(0, 9)));
    assert_true(rows_of_list(range_whole(3, 4)).sequence->open);
    assert_false(rows_of_list(range_whole(10000, 10000)).sequence->open);
    assert_true(rows_of_list(range_whole(10001, 10001)).sequence->open);
    assert_true(rows_of_list(range_point(num_div(num_int(5), num_int(2)))).sequence->open);
}

static struct value bounds_of(struct type type, struct limits limits)
{
    struct field field = {.type = type, .limits = limits};
    return ir_field_bounds(&field);
}

static void test_fields_of_every_type(void **state)
{
    (void)state;
    const struct choice choice = {.name = "of three", .count = 3};
    struct limits limits = {.range = range_whole(2, 7), .count = range_whole(4, 6)};
    assert_int_equal(bounds_of(TRUTH, limits).truth, TRUTH_UNKNOWN);
    assert_true(range_equal(bounds_of(NUMBER, limits).range, range_whole(2, 7)));
    assert_true(range_equal(bounds_of((struct type){.kind = TYPE_DATE}, limits).range, range_whole(2, 7)));
    assert_null(bounds_of((struct type){.kind = TYPE_TEXT}, limits).text);
    assert_true(range_equal(bounds_of((struct type){.kind = TYPE_CHOICE, .choice = &choice}, limits).range,
                            range_whole(0, 2)));
    struct value months = bounds_of((struct type){.kind = TYPE_MONTHS}, limits);
    assert_int_equal(months.months.sure, 0);
    assert_int_equal(months.months.possible, 0xFFF);
    struct value document = bounds_of((struct type){.kind = TYPE_DOCUMENT}, limits);
    assert_int_equal(document.kind, VALUE_DOCUMENT);
    assert_true(range_equal(document.range, range_whole(4, 6)));
    assert_false(document.na);
    assert_true(bounds_of(TRUTH, (struct limits){.or_na = true}).na);
    assert_true(bounds_of(TRUTH, (struct limits){.none_is_na = true}).na);
}

/* ---- what stands below */

static bool is_marked(const struct ir *ir, const struct ir_node *from, const struct ir_node *node)
{
    unsigned char *marks = MEM_ARRAY(unsigned char, ir->nodes.count);
    marks[from->id] = 1;
    ir_mark_below(ir, marks);
    return marks[node->id];
}

/* A block in a block: its rows rest on both lists, on presence, value and key, and on nothing beside. */
static void test_what_rows_rest_on(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    struct ir_node *beside = fact(ir, 7), *rows = list(ir, range_counting());
    struct ir_block *outer = ir_block_open(ir, rows);
    struct ir_node *element = ir_element(ir, outer, 0, SPAN_NONE),
                   *position = ir_position(ir, outer, SPAN_NONE);
    assert_true(range_equal(element->bounds.range, range_whole(0, 9)));
    assert_true(
        range_equal(position->bounds.range, (struct range){cut_at(num_int(1), 0), cut_infinite(1), true}));
    struct ir_block *inner = ir_block_open(ir, rows);
    struct ir_node *other = ir_element(ir, inner, 0, SPAN_NONE);
    assert_ptr_equal(inner->outer, outer);
    struct ir_node *there = ir_truth(ir, true, SPAN_NONE),
                   *key = ir_unary(ir, IR_ABS, NUMBER, other, SPAN_NONE);
    struct ir_node *bag = ir_block_close(ir, inner, there, other, key, SPAN_NONE);
    assert_ptr_equal(ir->open, outer);
    struct ir_node *sum = ir_unary(ir, IR_SUM, NUMBER, bag, SPAN_NONE);
    struct ir_node *all = ir_block_close(ir, outer, ir_truth(ir, true, SPAN_NONE), sum, NULL, SPAN_NONE);
    assert_null(ir_verify(ir));
    assert_int_equal(ir->blocks.count, 3);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(ir->blocks.items[i]->id, i);
    const struct ir_node *below[] = {rows, other, there, key, bag, sum};
    for (size_t i = 0; i < sizeof below / sizeof *below; i++)
        assert_true(is_marked(ir, all, below[i]));
    const struct ir_node *not_below[] = {beside, element, position};
    for (size_t i = 0; i < sizeof not_below / sizeof *not_below; i++)
        assert_false(is_marked(ir, all, not_below[i]));
    assert_false(is_marked(ir, key, there));
}

/* ---- levels of what is read of the others */

/* A figure read inside a row of another: its level is found through the block. */
static void test_levels_through_blocks(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    struct ir_node *plain = fact(ir, 0), *key_rows[2];
    struct cohort_reads reads = {0};
    vec_push(&reads.operands, (struct cohort_operand){.node = plain});
    vec_push(&reads.inputs, (struct cohort_input){.operand = 0});
    for (int keyed = 0; keyed < 2; keyed++) {
        struct ir_block *block = ir_block_open(ir, list(ir, range_counting()));
        struct ir_node *read = ir_input(ir, IR_COHORT, 0, NUMBER, value_range(range_all()), SPAN_NONE);
        struct ir_node *element = ir_element(ir, block, 0, SPAN_NONE);
        key_rows[keyed] = ir_block_close(ir, block, ir_truth(ir, true, SPAN_NONE), keyed ? element : read,
                                         keyed ? read : NULL, SPAN_NONE);
    }
    vec_push(&reads.operands, (struct cohort_operand){.node = key_rows[0]});
    vec_push(&reads.operands, (struct cohort_operand){.node = key_rows[1]});
    cohort_find_levels(&reads, ir);
    assert_int_equal(reads.operands.items[0].level, 0);
    assert_int_equal(reads.operands.items[1].level, 1);
    assert_int_equal(reads.operands.items[2].level, 1);
    assert_int_equal(reads.levels, 2);
}

static void test_no_levels_where_nothing_is_read(void **state)
{
    (void)state;
    struct ir *ir = ir_new();
    struct cohort_reads reads = {0};
    vec_push(&reads.operands, (struct cohort_operand){.node = fact(ir, 0)});
    cohort_find_levels(&reads, ir);
    assert_int_equal(reads.levels, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sound_list),
        cmocka_unit_test(test_wrong_number_of_arguments),
        cmocka_unit_test(test_arguments_come_first),
        cmocka_unit_test(test_arguments_are_of_the_list),
        cmocka_unit_test(test_rows_have_blocks),
        cmocka_unit_test(test_rounding_has_a_step),
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_same_roundings),
        cmocka_unit_test(test_same_drops),
        cmocka_unit_test(test_rows_are_never_the_same),
        cmocka_unit_test(test_same_within_reason),
        cmocka_unit_test(test_settings_are_no_constants),
        cmocka_unit_test(test_is_known_waits_for_facts),
        cmocka_unit_test(test_bags_have_as_many_rows_as_their_list),
        cmocka_unit_test(test_bags_over_what_is_not_there),
        cmocka_unit_test(test_fields_of_rows),
        cmocka_unit_test(test_fields_of_every_type),
        cmocka_unit_test(test_what_rows_rest_on),
        cmocka_unit_test(test_levels_through_blocks),
        cmocka_unit_test(test_no_levels_where_nothing_is_read),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
