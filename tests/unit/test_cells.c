/* What an open fact is cut into: the cells and their points, told one by one. A cell or point too few loses an end; one too many costs passes. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/mem.h"
#include "base/str.h"
#include "eval/cells.h"
#include "eval/search.h"

static struct ir *ir;
static struct standard *standard;
static struct ir_node *fact;
static struct field *field;

static const struct type NUMBER = {.kind = TYPE_NUMBER}, TRUTH = {.kind = TYPE_YESNO};

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

/* ---- one fact, and a total that reads it */

static void start(struct type type, struct limits limits)
{
    struct fact_declaration *declared = MEM_NEW(struct fact_declaration);
    standard = MEM_NEW(struct standard);
    standard->ir = ir = ir_new();
    vec_push(&standard->columns, (struct column){.name = "only"});
    limits.low_fact = limits.high_fact = limits.key_column = -1;
    declared->field = (struct field){.type = type, .limits = limits};
    field = &declared->field;
    vec_push(&standard->facts, declared);
    fact = ir_input(ir, IR_FACT, 0, type, ir_field_bounds(field), SPAN_NONE);
    declared->node = fact;
}

static void start_number(struct range range)
{
    start(NUMBER, (struct limits){.range = range});
}

static struct ir_node *number(struct num value)
{
    return ir_number(ir, value, SPAN_NONE);
}

static struct ir_node *one_if(struct ir_node *when)
{
    return ir_if(ir, when, number(num_int(1)), number(num_int(0)), SPAN_NONE);
}

static struct ir_node *less_than(struct ir_node *node, struct num value)
{
    return ir_binary(ir, IR_LESS, TRUTH, node, number(value), SPAN_NONE);
}

/* The hole of a fact that is given as `value`. */
static const struct hole *hole_given(const struct ir_node *total, struct value value)
{
    static const struct call call = {0};
    struct unit *unit = MEM_NEW(struct unit);
    const struct given **columns = MEM_ARRAY(const struct given *, 1),
                       **scores = MEM_ARRAY(const struct given *, 1);
    struct given *given = MEM_NEW(struct given);
    *given = (struct given){.state = GIVEN_NOTHING, .value = value};
    columns[0] = given;
    *unit = (struct unit){.columns = 1, .facts = columns, .scores = scores};
    standard->total_node = total;
    struct run *run = run_new(standard, unit, &call);
    run_pass(run);
    struct search *search = search_new(run);
    assert_int_equal(search_holes(search), 1);
    return search_hole(search, 0);
}

static const struct hole *hole_of(const struct ir_node *total)
{
    return hole_given(total, ir_field_bounds(field));
}

static const struct hole *hole_below(struct num value)
{
    return hole_of(one_if(less_than(fact, value)));
}

/* ---- what is expected */

static const char *end_text(struct cut end)
{
    if (end.infinite)
        return end.infinite < 0 ? "-inf" : "inf";
    return str_print("%s%s", num_text(end.at), end.side < 0 ? "-" : end.side > 0 ? "+" : "");
}

static const char *value_text_of(const struct value *value)
{
    if (value->nothing_else)
        return "n/a";
    switch (value->kind) {
    case VALUE_TRUTH: return value->truth == TRUTH_YES ? "yes" : "no";
    case VALUE_TEXT: return !value->text ? "any" : cells_made_text(value) ? "other" : value->text;
    case VALUE_MONTHS:
        return str_print("%d..%d", __builtin_popcount(value->months.sure),
                         __builtin_popcount(value->months.possible));
    case VALUE_NUMBER:
    case VALUE_DOCUMENT:
        return range_is_point(value->range) || cut_compare(value->range.low, value->range.high) == 0
                   ? end_text(value->range.low)
                   : str_print("%s..%s", end_text(value->range.low), end_text(value->range.high));
    case VALUE_SEQUENCE:
        if (value->sequence->open)
            return str_print("%zu&%s..%s", value->sequence->count, end_text(value->sequence->extra.low),
                             end_text(value->sequence->extra.high));
        return str_print("%zu", value->sequence->count);
    case VALUE_NONE: break;
    }
    return "?";
}

/* "cell: its points | cell: its points" */
static const char *cells_text(const struct hole *hole)
{
    struct str text = {0};
    for (size_t i = 0; i < hole->cell_count; i++) {
        str_format(&text, "%s%s:", i ? " | " : "", value_text_of(&hole->cells[i]));
        for (size_t k = hole->first_point[i]; k < hole->first_point[i + 1]; k++)
            str_format(&text, " %s", value_text_of(&hole->points[k]));
    }
    assert_int_equal(cells_points(hole), hole->first_point[hole->cell_count]);
    return str_text(&text);
}

static void assert_cells(const struct hole *hole, const char *expected)
{
    assert_string_equal(cells_text(hole), expected);
}

/* ---- numbers */

static void test_between_breaks(void **state)
{
    (void)state;
    start_number(range_between(num_int(0), num_int(10)));
    assert_cells(hole_of(fact), "0..10: 0 10");
    assert_cells(hole_below(num_int(5)), "0..5-: 0 5- | 5: 5 | 5+..10: 5+ 10");
    start_number(range_between(num_int(0), num_int(10)));
    struct ir_node *above = ir_binary(ir, IR_LESS, TRUTH, number(num_int(0)), fact, SPAN_NONE);
    assert_cells(hole_of(one_if(above)), "0: 0 | 0+..10: 0+ 10");
    start_number(range_between(num_int(0), num_int(10)));
    assert_cells(hole_below(num_int(10)), "0..10-: 0 10- | 10: 10");
    start_number(range_between(num_int(0), num_int(10)));
    struct ir_node *near = less_than(ir_unary(ir, IR_ABS, NUMBER, fact, SPAN_NONE), num_int(3));
    assert_cells(hole_of(one_if(near)), "0: 0 | 0+..3-: 0+ 3- | 3: 3 | 3+..10: 3+ 10");
    start_number(range_between(num_int(0), num_int(10)));
    struct ir_node *far = ir_binary(ir, IR_MIN, NUMBER, number(num_int(15)),
                                    ir_binary(ir, IR_ADD, NUMBER, fact, fact, SPAN_NONE), SPAN_NONE);
    assert_cells(hole_of(far), "0..10: 0 10");
    start_number(range_from(num_int(3)));
    assert_cells(hole_below(num_int(5)), "3..5-: 3 5- | 5: 5 | 5+..inf: 5+ inf");
}

/* Twenty-five whole numbers are told one by one, more of them at the breaks. */
static void test_whole_numbers(void **state)
{
    (void)state;
    start_number(range_whole(1, 25));
    const struct hole *hole = hole_below(num_int(5));
    assert_int_equal(hole->cell_count, 25);
    assert_int_equal(cells_points(hole), 25);
    start_number(range_whole(0, 25));
    assert_cells(hole_below(num_int(5)), "0..4: 0 4 | 5: 5 | 6..25: 6 25");
    start_number(range_whole(0, 25));
    assert_cells(hole_below(num_ratio(11, 2)), "0..5: 0 5 | 6..25: 6 25");
    start_number(range_whole(0, 25));
    assert_cells(hole_of(fact), "0..25: 0 25");
}

/* Steps are counted from the low end. */
static void test_steps(void **state)
{
    (void)state;
    start(NUMBER,
          (struct limits){
              .range = range_between(num_ratio(1, 2), num_int(3)), .stepped = true, .step = num_int(1)});
    assert_cells(hole_of(fact), "0.5: 0.5 | 1.5: 1.5 | 2.5: 2.5");
    start(NUMBER,
          (struct limits){
              .range = range_between(num_int(0), num_int(12)), .stepped = true, .step = num_ratio(1, 2)});
    assert_int_equal(hole_of(fact)->cell_count, 25);
    start(NUMBER,
          (struct limits){
              .range = range_between(num_int(0), num_int(20)), .stepped = true, .step = num_ratio(1, 2)});
    assert_cells(hole_below(num_ratio(49, 4)), "0..12: 0 12 | 12.5..20: 12.5 20");
    start(NUMBER,
          (struct limits){
              .range = range_between(num_int(0), num_int(20)), .stepped = true, .step = num_ratio(1, 2)});
    assert_cells(hole_below(num_int(12)), "0..11.5: 0 11.5 | 12: 12 | 12.5..20: 12.5 20");
    start(NUMBER, (struct limits){.range = range_whole(0, 90), .stepped = true, .step = num_int(3)});
    assert_cells(hole_below(num_int(10)), "0..9: 0 9 | 12..90: 12 90");
    start(NUMBER, (struct limits){.range = range_whole(0, 40), .stepped = true, .step = num_ratio(3, 2)});
    assert_cells(hole_below(num_int(10)), "0..9: 0 9 | 10: 10 | 11..40: 11 40");
}

static void start_legal(size_t count, struct range range)
{
    struct num *legal = MEM_ARRAY(struct num, count);
    for (size_t i = 0; i < count; i++)
        legal[i] = num_int((int64_t)(count - i) * 2);
    start(NUMBER, (struct limits){.range = range, .legal = legal, .legal_count = count});
}

/* Up to a hundred legal values, in order, as far as they lie in the range. */
static void test_legal_values(void **state)
{
    (void)state;
    start_legal(4, range_between(num_int(3), num_int(8)));
    assert_cells(hole_of(fact), "4: 4 | 6: 6 | 8: 8");
    start_legal(100, range_between(num_int(0), num_int(1000)));
    assert_int_equal(hole_of(fact)->cell_count, 100);
    start_legal(101, range_between(num_int(0), num_int(1000)));
    assert_cells(hole_of(fact), "0..1000: 0 1000");
}

/* ---- other kinds */

static void test_truths_and_na(void **state)
{
    (void)state;
    start(TRUTH, (struct limits){0});
    assert_cells(hole_of(one_if(fact)), "no: no | yes: yes");
    start(TRUTH, (struct limits){.or_na = true});
    assert_cells(hole_of(one_if(fact)), "no: no | yes: yes | n/a: n/a");
    start(NUMBER, (struct limits){.range = range_between(num_int(0), num_int(1)), .or_na = true});
    assert_cells(hole_of(fact), "0..1: 0 1 | n/a: n/a");
}

static void test_texts(void **state)
{
    (void)state;
    struct type text = {.kind = TYPE_TEXT};
    start(text, (struct limits){0});
    struct ir_node *a = ir_const(ir, text, value_text("a"), SPAN_NONE),
                   *b = ir_const(ir, text, value_text("b"), SPAN_NONE);
    struct ir_node *is_a = ir_binary(ir, IR_EQUAL, TRUTH, fact, a, SPAN_NONE),
                   *is_b = ir_binary(ir, IR_EQUAL, TRUTH, b, fact, SPAN_NONE);
    struct ir_node *elsewhere = ir_input(ir, IR_FACT, 0, text, value_text(NULL), SPAN_NONE);
    struct ir_node *again = ir_binary(ir, IR_EQUAL, TRUTH, elsewhere, a, SPAN_NONE);
    struct ir_node *two[] = {is_a, is_b, again};
    assert_cells(hole_of(one_if(ir_apply(ir, IR_OR, TRUTH, 3, two, SPAN_NONE))),
                 "b: b | a: a | other: other");
    struct ir_node *length = ir_unary(ir, IR_LENGTH, NUMBER, fact, SPAN_NONE);
    assert_cells(hole_of(ir_binary(ir, IR_ADD, NUMBER, one_if(is_a), length, SPAN_NONE)), "any: b a other");
}

/* A key tells rows apart, whatever it is: its texts are not told apart alone. */
static void test_keys(void **state)
{
    (void)state;
    for (int keyed = 0; keyed < 2; keyed++) {
        struct field *word = MEM_NEW(struct field);
        *word = (struct field){.type = {.kind = TYPE_TEXT}, .limits = {.low_fact = -1, .high_fact = -1}};
        start((struct type){.kind = TYPE_LIST, .element = word}, (struct limits){.count = range_whole(2, 2)});
        struct ir_block *block = ir_block_open(ir, fact);
        struct ir_node *it = ir_element(ir, block, 0, SPAN_NONE),
                       *a = ir_const(ir, word->type, value_text("a"), SPAN_NONE);
        struct ir_node *is_a = ir_binary(ir, IR_EQUAL, TRUTH, it, a, SPAN_NONE), *points = one_if(is_a);
        struct ir_node *bag =
            ir_block_close(ir, block, ir_truth(ir, true, SPAN_NONE), points, keyed ? it : NULL, SPAN_NONE);
        struct ir_node *best = keyed ? ir_unary(ir, IR_BEST_PER, NUMBER, bag, SPAN_NONE) : bag;
        struct value cells[] = {value_text("b"), value_text(NULL)};
        const struct hole *hole =
            hole_given(ir_unary(ir, IR_SUM, NUMBER, best, SPAN_NONE), value_sequence(1, 2, cells));
        assert_cells(hole, keyed ? "any: a other" : "a: a | other: other");
    }
}

static void test_documents(void **state)
{
    (void)state;
    start((struct type){.kind = TYPE_DOCUMENT}, (struct limits){.count = range_whole(0, 500)});
    struct ir_node *length = ir_unary(ir, IR_LENGTH, NUMBER, fact, SPAN_NONE);
    const struct hole *hole = hole_of(one_if(less_than(length, num_int(100))));
    assert_cells(hole, "0..99: 0 99 | 100: 100 | 101..500: 101 500");
    assert_int_equal(hole->cells[0].kind, VALUE_DOCUMENT);
}

/* By their number, as many as may be; opaque where they are read otherwise. */
static void test_months(void **state)
{
    (void)state;
    struct type months = {.kind = TYPE_MONTHS};
    start(months, (struct limits){.count = range_whole(0, 3)});
    assert_cells(hole_of(ir_unary(ir, IR_MONTH_COUNT, NUMBER, fact, SPAN_NONE)),
                 "0..0: 0..0 | 1..1: 1..1 | 2..2: 2..2 | 3..3: 3..3");
    struct ir_node *spring = ir_const(ir, months, value_months(7, 7), SPAN_NONE);
    assert_cells(hole_of(one_if(ir_binary(ir, IR_EQUAL, TRUTH, fact, spring, SPAN_NONE))),
                 "0..12: 0..0 12..12");
    start(months, (struct limits){.count = range_whole(0, 12)});
    const struct hole *hole =
        hole_given(ir_unary(ir, IR_MONTH_COUNT, NUMBER, fact, SPAN_NONE), value_months(5, 0xF));
    assert_cells(hole, "2..2: 2..2 | 3..3: 3..3 | 4..4: 4..4");
    assert_int_equal(hole->points[1].months.sure, 7);
}

/* ---- lists of unknown length */

static struct ir_node *rows_that_are_there(void)
{
    struct ir_block *block = ir_block_open(ir, fact);
    struct ir_node *it = ir_element(ir, block, 0, SPAN_NONE);
    return ir_block_close(ir, block, ir_truth(ir, true, SPAN_NONE), it, NULL, SPAN_NONE);
}

static struct ir_node *start_list(int most)
{
    struct field *digit = MEM_NEW(struct field);
    *digit = (struct field){.type = NUMBER,
                            .limits = {.range = range_whole(0, 9), .low_fact = -1, .high_fact = -1}};
    start((struct type){.kind = TYPE_LIST, .element = digit}, (struct limits){.count = range_whole(0, most)});
    return rows_that_are_there();
}

/* None, one, as many as are compared with, and what lies between; of each the rows all alike, at each of their points. */
static void test_lists(void **state)
{
    (void)state;
    struct ir_node *bag = start_list(6);
    const struct hole *hole =
        hole_of(one_if(less_than(ir_unary(ir, IR_COUNT, NUMBER, bag, SPAN_NONE), num_int(3))));
    assert_int_equal(hole->cell_count, 5);
    const size_t rows[] = {0, 1, 2, 3};
    for (size_t i = 0; i < 4; i++) {
        assert_false(hole->cells[i].sequence->open);
        assert_int_equal(hole->cells[i].sequence->count, rows[i]);
        assert_int_equal(hole->first_point[i + 1] - hole->first_point[i], i ? 10 : 1);
    }
    assert_string_equal(value_text_of(&hole->cells[4]), "0&4..6");
    assert_int_equal(cells_points(hole), 1 + 3 * 10 + 2 * 10);
    for (size_t k = hole->first_point[4]; k < cells_points(hole); k++)
        assert_int_equal(hole->points[k].sequence->count, k < hole->first_point[4] + 10 ? 4 : 6);
    for (size_t k = 0; k < 10; k++)
        for (size_t i = 0; i < 2; i++)
            assert_int_equal(hole->points[hole->first_point[2] + k].sequence->cells[i].range.low.at.top, k);
}

/* Where there may be any number of rows only the least of them is sampled. */
static void test_lists_without_an_end(void **state)
{
    (void)state;
    struct ir_node *bag = start_list(2);
    field->limits.count = range_counting();
    fact->bounds = ir_field_bounds(field);
    const struct hole *hole = hole_of(ir_unary(ir, IR_SUM, NUMBER, bag, SPAN_NONE));
    assert_int_equal(hole->cell_count, 3);
    assert_string_equal(value_text_of(&hole->cells[2]), "0&2..inf");
    assert_int_equal(cells_points(hole), 1 + 10 + 10);
    for (size_t k = hole->first_point[2]; k < cells_points(hole); k++)
        assert_int_equal(hole->points[k].sequence->count, 2);
}

/* Of rows in steps each step is a point. */
static void test_lists_of_steps(void **state)
{
    (void)state;
    struct ir_node *bag = start_list(2);
    struct limits *limits = (struct limits *)(uintptr_t)&field->type.element->limits;
    limits->stepped = true;
    limits->step = num_int(3);
    const struct hole *hole = hole_of(ir_unary(ir, IR_SUM, NUMBER, bag, SPAN_NONE));
    assert_int_equal(hole->cell_count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(hole->first_point[i + 1] - hole->first_point[i], i ? 4 : 1);
    assert_int_equal(hole->points[2].sequence->cells[0].range.low.at.top, 3);
}

/* Behind two rows that are known; a hundred further rows are sampled, not more. */
static void test_lists_that_go_on(void **state)
{
    (void)state;
    struct ir_node *bag = start_list(6);
    struct value cells[] = {value_int(3), value_int(7)}, any = value_range(range_whole(0, 9));
    struct value known = value_sequence(1, 2, cells),
                 more = value_further_rows(known.sequence, range_whole(1, 100), &any);
    const struct hole *hole =
        hole_given(one_if(less_than(ir_unary(ir, IR_COUNT, NUMBER, bag, SPAN_NONE), num_int(5))), more);
    assert_int_equal(hole->cell_count, 4);
    assert_int_equal(hole->cells[0].sequence->count, 3);
    assert_string_equal(value_text_of(&hole->cells[1]), "4");
    assert_string_equal(value_text_of(&hole->cells[2]), "5");
    assert_string_equal(value_text_of(&hole->cells[3]), "2&4..100");
    const struct value *last = &hole->points[cells_points(hole) - 1];
    assert_int_equal(last->sequence->count, 102);
    assert_int_equal(last->sequence->cells[1].range.low.at.top, 7);
    assert_int_equal(last->sequence->cells[2].range.low.at.top, 9);
    more = value_further_rows(known.sequence, range_whole(1, 101), &any);
    hole = hole_given(one_if(less_than(ir_unary(ir, IR_COUNT, NUMBER, bag, SPAN_NONE), num_int(5))), more);
    assert_int_equal(hole->points[cells_points(hole) - 1].sequence->count, 6);
}

/* Where a row that is known is known in part, the others are not told apart. */
static void test_lists_known_in_part(void **state)
{
    (void)state;
    struct ir_node *bag = start_list(6);
    struct value cells[] = {value_int(3), value_range(range_whole(0, 9))},
                 any = value_range(range_whole(0, 9));
    struct value known = value_sequence(1, 2, cells),
                 more = value_further_rows(known.sequence, range_whole(1, 4), &any);
    assert_cells(hole_given(ir_unary(ir, IR_COUNT, NUMBER, bag, SPAN_NONE), more), "2&1..4:");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_between_breaks),
        cmocka_unit_test(test_whole_numbers),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_legal_values),
        cmocka_unit_test(test_truths_and_na),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_documents),
        cmocka_unit_test(test_months),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_lists_of_steps),
        cmocka_unit_test(test_lists_without_an_end),
        cmocka_unit_test(test_lists_that_go_on),
        cmocka_unit_test(test_lists_known_in_part),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
