/* Branch and bound over the cells of what is unknown: the end it proves is the end that enumeration finds, and it takes no more passes than it
 * did when it was written. What it takes shows whether the heap, the order of splits and the halving still do their work. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/mem.h"
#include "eval/branch.h"
#include "eval/run.h"

enum { FACTS_MAX = 8 };

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
    const struct given **columns = MEM_ARRAY(const struct given *, 1), **scores = MEM_ARRAY(const struct given *, 1);
    struct given *given = MEM_ARRAY(struct given, FACTS_MAX);
    for (size_t i = 0; i < fact_count; i++)
        given[i] = (struct given){.state = GIVEN_NOTHING, .value = ir_field_bounds(&standard->facts.items[i]->field)};
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

/* The end that is proved when nothing is known of a witness, in at most so many passes. */
static void check_end(const struct ir_node *node, enum claim_kind kind, int64_t end, size_t most)
{
    struct search *search = search_of(node);
    struct claim claim = {0, node, kind};
    struct cut bound = branch_bound(search, &claim, cut_infinite(-1));
    assert_true(num_equal(bound.at, num_int(kind == CLAIM_HIGH ? end : -end)) && !bound.infinite);
    if (search->passes > most)
        fail_msg("%zu passes, %zu were enough", search->passes, most);
}

static void check_ends(const struct ir_node *node, size_t most_up, size_t most_down)
{
    int64_t lowest, highest;
    enumerate(node, &lowest, &highest);
    check_end(node, CLAIM_HIGH, highest, most_up);
    check_end(node, CLAIM_LOW, lowest, most_down);
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
    check_ends(mixed, 42, 28);
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
    assert_true(search->passes <= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_hill),
        cmocka_unit_test(test_what_matters_is_split_first),
        cmocka_unit_test(test_hills_that_meet),
        cmocka_unit_test(test_products),
        cmocka_unit_test(test_a_witness_spares_the_search),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
