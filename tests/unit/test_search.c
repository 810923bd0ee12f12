/* Branch and bound over the cells of what is unknown: the end it proves is the end that enumeration finds, and it takes as many passes as it did
 * when it was written. What it takes shows whether the heap, the order of splits and the halving still do their work. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/date.h"
#include "base/mem.h"
#include "eval/branch.h"
#include "eval/breaks.h"
#include "eval/run.h"

enum { FACTS_MAX = 130, MOST = 64 /* cells of a list told apart */ };

static const struct type NUMBER = {.kind = TYPE_NUMBER, .whole = true};

static struct ir *ir;
static struct standard *standard;
static struct ir_node *facts[FACTS_MAX];
static int lows[FACTS_MAX], highs[FACTS_MAX];
static size_t fact_count;

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

static void start(void)
{
    standard = MEM_NEW(struct standard);
    standard->ir = ir = ir_new();
    vec_push(&standard->columns, (struct column){.name = "only"});
    fact_count = 0;
}

static struct ir_node *whole(int low, int high)
{
    struct fact_declaration *fact = MEM_NEW(struct fact_declaration);
    fact->slot = standard->facts.count;
    fact->field.type = NUMBER;
    fact->field.limits = (struct limits){.low_fact = -1, .high_fact = -1, .key_column = -1};
    fact->field.limits.range = range_whole(low, high);
    vec_push(&standard->facts, fact);
    fact->node = ir_input(ir, IR_FACT, (long)fact->slot, NUMBER, ir_field_bounds(&fact->field), SPAN_NONE);
    lows[fact_count] = low, highs[fact_count] = high;
    return facts[fact_count++] = (struct ir_node *)(uintptr_t)fact->node;
}

static struct ir_node *binary(enum ir_op op, struct ir_node *a, struct ir_node *b)
{
    return ir_binary(ir, op, NUMBER, a, b, SPAN_NONE);
}

static struct ir_node *constant(int value)
{
    return ir_number(ir, num_int(value), SPAN_NONE);
}

/* The distance to the nearer end of `from`..`to`: read twice, so that plain ranges say too much. */
static struct ir_node *hill(struct ir_node *x, int from, int to)
{
    return binary(IR_MIN, binary(IR_SUB, x, constant(from)), binary(IR_SUB, constant(to), x));
}

static const struct unit *empty_unit(void)
{
    struct unit *unit = MEM_NEW(struct unit);
    const struct given **columns = MEM_ARRAY(const struct given *, 1),
                       **scores = MEM_ARRAY(const struct given *, 1);
    struct given *given = MEM_ARRAY(struct given, FACTS_MAX);
    for (size_t i = 0; i < fact_count; i++)
        given[i] = (struct given){.state = GIVEN_NOTHING,
                                  .value = ir_field_bounds(&standard->facts.items[i]->field)};
    columns[0] = given;
    scores[0] = MEM_ARRAY(struct given, 1);
    *unit = (struct unit){.columns = 1, .facts = columns, .scores = scores};
    return unit;
}

static struct search *search_of(const struct ir_node *node)
{
    static const struct call call = {0};
    standard->total_node = node;
    struct run *run = run_new(standard, empty_unit(), &call);
    hole_narrow(run);
    run_pass(run);
    return search_new(run);
}

/* What the node comes to in every world, one after the other. */
static void enumerate(const struct ir_node *node, int64_t *lowest, int64_t *highest)
{
    static const struct call call = {0};
    struct run *run = run_new(standard, empty_unit(), &call);
    int at[FACTS_MAX];
    for (size_t i = 0; i < fact_count; i++)
        at[i] = lows[i];
    *lowest = INT64_MAX, *highest = INT64_MIN;
    for (size_t i = 0; i < fact_count;) {
        int64_t value;
        for (size_t k = 0; k < fact_count; k++)
            run_set_fact(run, 0, k, value_int(at[k]));
        run_pass(run);
        assert_true(num_to_int(value_point(&run->values[0][node->id]), &value));
        *lowest = value < *lowest ? value : *lowest;
        *highest = value > *highest ? value : *highest;
        for (i = 0; i < fact_count && ++at[i] > highs[i]; i++)
            at[i] = lows[i];
    }
}

/* The end that is proved when nothing is known of a witness, in so many passes: fewer are a change too. */
static void check_end(const struct ir_node *node, enum claim_kind kind, int64_t end, size_t passes)
{
    struct search *search = search_of(node);
    struct claim claim = {0, node, kind};
    struct cut bound = branch_bound(search, &claim, cut_infinite(-1));
    assert_true(num_equal(bound.at, num_int(kind == CLAIM_HIGH ? end : -end)) && !bound.infinite);
    assert_int_equal(search->passes, passes);
}

static void check_ends(const struct ir_node *node, size_t up, size_t down)
{
    int64_t lowest, highest;
    enumerate(node, &lowest, &highest);
    check_end(node, CLAIM_HIGH, highest, up);
    check_end(node, CLAIM_LOW, lowest, down);
}

static void test_one_hill(void **state)
{
    (void)state;
    start();
    check_ends(hill(whole(0, 20), 3, 14), 14, 14);
}

/* The one that matters is declared last, among others that hardly do. */
static void test_what_matters_is_split_first(void **state)
{
    (void)state;
    start();
    struct ir_node *sum = constant(0);
    for (int i = 0; i < 3; i++)
        sum = binary(IR_ADD, sum, hill(whole(0, 4), 1, 3));
    sum = binary(IR_ADD, sum, binary(IR_MUL, constant(50), hill(whole(0, 12), 2, 11)));
    check_ends(sum, 148, 50);
}

static void test_hills_that_meet(void **state)
{
    (void)state;
    start();
    struct ir_node *a = whole(0, 12), *b = whole(0, 12);
    struct ir_node *apart = ir_unary(ir, IR_ABS, NUMBER, binary(IR_SUB, a, b), SPAN_NONE);
    check_ends(binary(IR_SUB, binary(IR_ADD, hill(a, 0, 9), hill(b, 4, 12)), apart), 84, 20);
}

static void test_products(void **state)
{
    (void)state;
    start();
    struct ir_node *a = whole(-6, 9), *b = whole(-5, 7), *c = whole(0, 3);
    struct ir_node *mixed = binary(IR_SUB, binary(IR_MUL, a, b), binary(IR_MUL, b, binary(IR_MAX, a, c)));
    check_ends(mixed, 48, 34);
}

static struct ir_node *held(struct ir_node *when, struct ir_node *then, struct ir_node *otherwise)
{
    return ir_if(ir, when, then, otherwise, SPAN_NONE);
}

static struct ir_node *compared(enum ir_op op, struct ir_node *a, struct ir_node *b)
{
    return ir_binary(ir, op, (struct type){.kind = TYPE_YESNO}, a, b, SPAN_NONE);
}

/* What a number is compared with is unknown itself: it breaks at both ends of that, and between where that is little. */
static void test_compared_with_the_unknown(void **state)
{
    (void)state;
    for (int width = 3; width <= 15; width += 12) {
        start();
        struct ir_node *x = whole(0, 28), *y = whole(6, 6 + width);
        struct ir_node *least = compared(IR_LESS_EQUAL, x, y), *less = compared(IR_LESS, y, x),
                       *same = compared(IR_EQUAL, x, y);
        struct ir_node *minus = binary(IR_SUB, constant(0), x);
        size_t down = width < 9 ? 16 : 28;
        check_ends(held(least, x, minus), 14, down);
        check_ends(held(less, minus, x), 14, down);
        if (width < 9)
            check_ends(held(same, x, minus), 14, down);
    }
}

/* Dates: the days on which a year, or a number of months, begins. */
static void test_calendar(void **state)
{
    (void)state;
    const int first = (int)date_from_civil(2021, 11, 20);
    start();
    struct ir_node *day = whole(first, first + 900), *base = constant(first - 100);
    struct ir_node *year = ir_unary(ir, IR_YEAR, NUMBER, day, SPAN_NONE);
    check_ends(hill(year, 2020, 2024), 10, 10);
    struct ir_node *gone = binary(IR_SUB, day, constant(first));
    struct ir_node *months = binary(IR_MONTHS_FROM, base, day),
                   *left = binary(IR_MONTHS_FROM, day, constant(first + 950));
    check_ends(held(compared(IR_LESS, months, constant(11)), gone, constant(0)), 12, 20);
    check_ends(held(compared(IR_LESS, left, constant(11)), constant(0), gone), 14, 16);
    struct ir_node *due = binary(IR_ADD_MONTHS, day, constant(3));
    check_ends(held(compared(IR_LESS, due, constant(first + 400)), gone, constant(0)), 14, 22);
    struct ir_node *later = binary(IR_ADD_MONTHS, constant(first), binary(IR_SUB, year, constant(2015)));
    check_ends(held(compared(IR_LESS, later, constant(first + 250)), gone, constant(0)), 14, 20);
}

/* The cells of a list that are open are unknown one by one, as long as they are not too many. */
static size_t holes_of_list(size_t rows, size_t open)
{
    start();
    struct field *digit = MEM_NEW(struct field);
    *digit = (struct field){.type = NUMBER,
                            .limits = {.range = range_whole(0, 9), .low_fact = -1, .high_fact = -1}};
    struct ir_node *fact = whole(0, 1);
    struct fact_declaration *list = standard->facts.items[0];
    list->field.type = (struct type){.kind = TYPE_LIST, .element = digit};
    list->field.limits.count = range_whole((int64_t)rows, (int64_t)rows);
    fact->type = list->field.type;
    fact->bounds = ir_field_bounds(&list->field);
    struct ir_block *block = ir_block_open(ir, fact);
    struct ir_node *it = ir_element(ir, block, 0, SPAN_NONE);
    struct ir_node *bag = ir_block_close(ir, block, ir_truth(ir, true, SPAN_NONE), it, NULL, SPAN_NONE);
    struct value *cells = MEM_ARRAY(struct value, rows);
    for (size_t i = 0; i < rows; i++)
        cells[i] = i < open ? value_range(range_whole(0, 9)) : value_int(1);
    const struct unit *unit = empty_unit();
    *(struct given *)(uintptr_t)&unit->facts[0][0] =
        (struct given){.state = GIVEN_VALUE, .value = value_sequence(1, rows, cells)};
    standard->total_node = ir_unary(ir, IR_SUM, NUMBER, bag, SPAN_NONE);
    static const struct call call = {0};
    struct run *run = run_new(standard, unit, &call);
    hole_narrow(run);
    run_pass(run);
    return search_holes(search_new(run));
}

static void test_cells_that_are_open(void **state)
{
    (void)state;
    assert_int_equal(holes_of_list(3, 1), 1);
    assert_int_equal(holes_of_list(7, 3), 3);
    assert_int_equal(holes_of_list(MOST + 2, MOST), MOST);
    assert_int_equal(holes_of_list(MOST + 3, MOST + 1), 1);
}

/* ---- where a fact turns something over */

/* Those of the first fact, for a condition. */
static const struct breaks *breaks_of(struct ir_node *condition)
{
    const struct search *search = search_of(held(condition, constant(1), constant(0)));
    return &breaks_find(search->run, search->depend)[facts[0]->id];
}

static void assert_breaks(struct ir_node *condition, size_t count, const struct num *expected)
{
    const struct breaks *breaks = breaks_of(condition);
    assert_int_equal(breaks->numbers.count, count);
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (size_t k = 0; k < count; k++)
            found |= num_equal(breaks->numbers.items[k], expected[i]);
        assert_true(found);
    }
}

static void assert_below(struct ir_node *node, int number, size_t count, const int *expected)
{
    struct num numbers[16];
    for (size_t i = 0; i < count; i++)
        numbers[i] = num_int(expected[i]);
    assert_breaks(compared(IR_LESS, node, constant(number)), count, numbers);
}

/* Two facts, in a standard of their own for each that is asked about. */
static struct ir_node *x, *y;

static void fresh(int low, int high)
{
    start();
    x = whole(low, high);
    y = whole(low, high);
}

#define ASSERT_BELOW(node, number, ...) \
    fresh(0, 30);                       \
    ASSERT_BELOW_OF(node, number, __VA_ARGS__)
#define ASSERT_BELOW_OF(node, number, ...) \
    assert_below(node, number, sizeof(int[]){__VA_ARGS__} / sizeof(int), (const int[]){__VA_ARGS__})

static void test_breaks_of_arithmetic(void **state)
{
    (void)state;
    ASSERT_BELOW(x, 12, 12);
    ASSERT_BELOW(binary(IR_ADD, x, constant(5)), 12, 7);
    ASSERT_BELOW(binary(IR_ADD, constant(5), x), 12, 7);
    ASSERT_BELOW(binary(IR_SUB, x, constant(5)), 12, 17);
    ASSERT_BELOW(binary(IR_SUB, constant(20), x), 12, 8);
    ASSERT_BELOW(binary(IR_MUL, x, constant(4)), 12, 3);
    ASSERT_BELOW(binary(IR_MUL, constant(4), x), 12, 3);
    ASSERT_BELOW(binary(IR_DIV, x, constant(2)), 12, 24);
    ASSERT_BELOW(binary(IR_DIV, constant(12), binary(IR_ADD, x, constant(1))), 3, -1, 3);
    ASSERT_BELOW(ir_unary(ir, IR_ABS, NUMBER, x, SPAN_NONE), 3, 0, 3, -3);
    ASSERT_BELOW(binary(IR_MIN, x, constant(6)), 4, 6, 4);
    ASSERT_BELOW(binary(IR_MAX, constant(2), x), 4, 2, 4);
    ASSERT_BELOW(binary(IR_SUB, binary(IR_MUL, x, constant(3)), constant(6)), 12, 6);
}

static void test_breaks_of_roundings(void **state)
{
    (void)state;
    ASSERT_BELOW(ir_round(ir, x, num_int(5), NUM_UP, SPAN_NONE), 10, 5, 10);
    ASSERT_BELOW(ir_round(ir, x, num_int(5), NUM_DOWN, SPAN_NONE), 10, 10, 15);
    ASSERT_BELOW(ir_round(ir, x, num_int(4), NUM_HALF_UP, SPAN_NONE), 10, 6, 10);
    ASSERT_BELOW(ir_round(ir, x, num_int(4), NUM_HALF_EVEN, SPAN_NONE), 10, 6, 10);
}

/* By what it is compared with, where that is unknown: its ends, and what lies between if that is little. */
static void test_breaks_by_the_unknown(void **state)
{
    (void)state;
    for (int width = 7; width <= 9; width++) {
        start();
        struct ir_node *tells = whole(0, 30), *compares = whole(4, 4 + width);
        const struct breaks *breaks = breaks_of(compared(IR_LESS, tells, compares));
        assert_int_equal(breaks->numbers.count, width < 9 ? width + 1 : 2);
        assert_false(breaks->opaque);
        for (size_t i = 0; i < breaks->numbers.count; i++)
            assert_true(range_holds(range_whole(4, 4 + width), breaks->numbers.items[i]));
    }
}

static struct ir_node *bag_of(bool there, struct ir_node *what, struct ir_node *other)
{
    struct ir_node *yes = ir_truth(ir, true, SPAN_NONE), *first = ir_truth(ir, there, SPAN_NONE);
    struct ir_node *args[] = {first, what, yes, constant(4), yes, other};
    return ir_apply(ir, IR_BAG, NUMBER, 6, args, SPAN_NONE);
}

static struct ir_node *over(enum ir_op op, struct ir_node *bag)
{
    return ir_unary(ir, op, NUMBER, bag, SPAN_NONE);
}

/* Of a sum or mean what the known rows leave for the one that is open; where two are open, nothing is told. */
static void test_breaks_of_bags(void **state)
{
    (void)state;
    ASSERT_BELOW(over(IR_SUM, bag_of(true, constant(3), x)), 20, 13);
    ASSERT_BELOW(over(IR_SUM, bag_of(false, constant(3), x)), 20, 16);
    ASSERT_BELOW(over(IR_MEAN, bag_of(true, constant(3), x)), 5, 8);
    ASSERT_BELOW(over(IR_MEAN, bag_of(false, constant(3), x)), 5, 6);
    ASSERT_BELOW(over(IR_HIGHEST, bag_of(true, constant(3), x)), 20, 20);
    ASSERT_BELOW(over(IR_LOWEST, bag_of(true, constant(3), x)), 2, 2);
    fresh(0, 30);
    assert_breaks(compared(IR_LESS, over(IR_SUM, bag_of(true, y, x)), constant(20)), 0, NULL);
}

static int day(int year, int month, int of_month)
{
    return (int)date_from_civil(year, month, of_month);
}

#define ASSERT_DAYS(node, number, ...)         \
    fresh(day(2021, 1, 1), day(2024, 12, 31)); \
    ASSERT_BELOW_OF(node, number, __VA_ARGS__)

static struct ir_node *base(void)
{
    return constant(day(2021, 5, 10));
}

/* The first day that counts as one more, and the first that counts as two more. */
static void test_breaks_of_calendars(void **state)
{
    (void)state;
    ASSERT_DAYS(ir_unary(ir, IR_YEAR, NUMBER, x, SPAN_NONE), 2022, day(2022, 1, 1), day(2023, 1, 1));
    ASSERT_DAYS(binary(IR_MONTHS_FROM, base(), x), 3, day(2021, 8, 10), day(2021, 9, 10));
    ASSERT_DAYS(binary(IR_YEARS_FROM, base(), x), 2, day(2023, 5, 10), day(2024, 5, 10));
    ASSERT_DAYS(binary(IR_MONTHS_FROM, x, base()), 3, day(2021, 2, 11), day(2021, 1, 11));
    ASSERT_DAYS(binary(IR_ADD_MONTHS, x, constant(2)), day(2022, 3, 10), day(2022, 1, 10), day(2022, 1, 11));
    ASSERT_DAYS(binary(IR_SUB, x, base()), 30, day(2021, 6, 9));
}

static struct ir_node *up_to(struct ir_node *node, int most)
{
    return binary(IR_MIN, node, constant(most));
}

/* What stands between carries as many as there are. */
static void test_breaks_of_two(void **state)
{
    (void)state;
    ASSERT_BELOW(up_to(x, 20), 10, 10, 20);
    ASSERT_BELOW(up_to(binary(IR_ADD, x, constant(5)), 20), 10, 5, 15);
    ASSERT_BELOW(up_to(binary(IR_SUB, constant(30), x), 20), 10, 20, 10);
    ASSERT_BELOW(up_to(binary(IR_MUL, x, constant(2)), 20), 10, 5, 10);
    ASSERT_BELOW(up_to(ir_unary(ir, IR_ABS, NUMBER, binary(IR_SUB, x, constant(15)), SPAN_NONE), 8), 2, 15,
                 17, 13, 23, 7);
    ASSERT_BELOW(up_to(ir_round(ir, x, num_int(5), NUM_UP, SPAN_NONE), 20), 10, 5, 10, 15, 20);
    ASSERT_BELOW(up_to(over(IR_SUM, bag_of(true, constant(3), x)), 20), 10, 3, 13);
    ASSERT_BELOW(up_to(over(IR_MEAN, bag_of(true, constant(3), x)), 10), 5, 8, 23);
    ASSERT_BELOW(up_to(over(IR_HIGHEST, bag_of(true, constant(3), x)), 20), 10, 10, 20);
    ASSERT_BELOW(up_to(held(compared(IR_LESS, y, constant(4)), x, constant(2)), 20), 10, 10, 20);
    ASSERT_DAYS(up_to(ir_unary(ir, IR_YEAR, NUMBER, x, SPAN_NONE), 2024), 2022, day(2022, 1, 1),
                day(2023, 1, 1), day(2024, 1, 1), day(2025, 1, 1));
}

/* ---- sets of holes */

static void test_sets(void **state)
{
    (void)state;
    enum { WORDS = 3 };
    for (size_t member = 0; member < WORDS * 64; member += 21) {
        uint64_t set[WORDS] = {0}, other[WORDS] = {0}, all[WORDS] = {0};
        assert_true(set_is_empty(set, WORDS) && set_holds(all, set, WORDS));
        set_add(set, member);
        set_add(other, (member + 64) % (WORDS * 64));
        for (size_t i = 0; i < WORDS * 64; i++)
            assert_int_equal(set_has(set, i), i == member);
        assert_false(set_is_empty(set, WORDS) || set_holds(all, set, WORDS) || set_meets(set, other, WORDS));
        set_join(all, set, WORDS);
        assert_true(set_holds(all, set, WORDS) && set_meets(set, all, WORDS) &&
                    !set_holds(all, other, WORDS));
        set_join(all, other, WORDS);
        assert_true(set_holds(all, set, WORDS) && set_holds(all, other, WORDS) &&
                    set_meets(other, all, WORDS));
    }
}

/* More facts than a word has bits: those that matter stand in the second word, one of them in the third. */
static void test_many_facts(void **state)
{
    (void)state;
    start();
    struct ir_node *sum = constant(0);
    for (int i = 0; i < 130; i++) {
        struct ir_node *one = whole(0, 3);
        bool bends = i == 0 || i == 65 || i == 129;
        sum = binary(IR_ADD, sum, bends ? binary(IR_MUL, constant(2), hill(one, 0, 3)) : one);
    }
    check_end(sum, CLAIM_HIGH, 127 * 3 + 3 * 2, 74);
    check_end(sum, CLAIM_LOW, 0, 32);
}

/* The budget is spent with the last pass that it holds, not with the next one. */
static void test_the_budget_of_a_search(void **state)
{
    (void)state;
    start();
    struct search *search = search_of(whole(0, 3));
    assert_true(search_pass(search));
    search_allow(search, 1);
    assert_false(search_spent(search));
    search_fill(search, 0, value_int(2));
    assert_true(search_pass(search));
    assert_true(search_spent(search));
}

/* A threshold that nothing reads is none. */
static void test_thresholds_that_are_read(void **state)
{
    (void)state;
    start();
    for (int i = 0; i < 3; i++)
        vec_push(&standard->settings, (struct setting){.name = "t"});
    struct ir_node *read = ir_input(ir, IR_SETTING, 1, NUMBER, value_range(range_whole(2, 5)), SPAN_NONE);
    struct search *search = search_of(binary(IR_ADD, whole(0, 3), read));
    assert_int_equal(search_holes(search), 2);
    assert_int_equal(search_hole(search, 1)->kind, HOLE_SETTING);
    assert_int_equal(search_hole(search, 1)->slot, 1);
}

/* A witness that is already there spares the search. */
static void test_a_witness_spares_the_search(void **state)
{
    (void)state;
    start();
    struct ir_node *node = hill(whole(0, 15), 3, 12);
    int64_t lowest, highest;
    enumerate(node, &lowest, &highest);
    struct search *search = search_of(node);
    struct claim claim = {0, node, CLAIM_HIGH};
    struct cut bound = branch_bound(search, &claim, cut_at(num_int(highest), 0));
    assert_true(num_equal(bound.at, num_int(highest)));
    assert_int_equal(search->passes, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_hill),
        cmocka_unit_test(test_what_matters_is_split_first),
        cmocka_unit_test(test_hills_that_meet),
        cmocka_unit_test(test_products),
        cmocka_unit_test(test_compared_with_the_unknown),
        cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_cells_that_are_open),
        cmocka_unit_test(test_breaks_of_arithmetic),
        cmocka_unit_test(test_breaks_of_roundings),
        cmocka_unit_test(test_breaks_of_two),
        cmocka_unit_test(test_breaks_by_the_unknown),
        cmocka_unit_test(test_breaks_of_bags),
        cmocka_unit_test(test_breaks_of_calendars),
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_many_facts),
        cmocka_unit_test(test_the_budget_of_a_search),
        cmocka_unit_test(test_thresholds_that_are_read),
        cmocka_unit_test(test_a_witness_spares_the_search),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
