/* What a sheet shows: a fault in one of these refuses the unit, so that none may be left out. Each node here is there for one reason. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/mem.h"
#include "eval/demand.h"

enum { MOST = 64 };

static struct standard *standard;
static const struct ir_node *expected[MOST];
static size_t expected_count;

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

/* A node of its own, that is expected from now on. */
static const struct ir_node *next(void)
{
    const struct ir_node *node = ir_number(standard->ir, num_int((int64_t)expected_count), SPAN_NONE);
    expected[expected_count++] = node;
    return node;
}

static void start(bool mixed)
{
    standard = MEM_NEW(struct standard);
    standard->ir = ir_new();
    standard->mixed = mixed;
    for (int i = 0; i < 2; i++)
        vec_push(&standard->columns, (struct column){.name = "one", .weight = num_ratio(1, 2)});
    standard->final_column = 1;
    expected_count = 0;
}

static struct part *add_part(struct part *parent)
{
    struct part *part = MEM_NEW(struct part);
    part->score = next();
    if (parent)
        vec_push(&parent->parts, part);
    return part;
}

static void add_scores(void)
{
    struct part *section;
    standard->root = add_part(NULL);
    section = add_part(standard->root);
    add_part(section);
    add_part(section);
    add_part(standard->root);
    standard->subtotal = next();
    standard->total_node = next();
}

static void add_results(void)
{
    for (int i = 0; i < 2; i++) {
        struct outcome *outcome = MEM_NEW(struct outcome);
        outcome->holds = next();
        vec_push(&standard->outcomes, outcome);
    }
    standard->eligible = next();
    standard->grade = next();
    for (int i = 0; i < 2; i++)
        vec_push(&standard->shows, (struct show){.name = "show", .value = next()});
}

static void add_stages(void)
{
    for (int i = 0; i < 2; i++) {
        struct stage *stage = MEM_NEW(struct stage);
        for (int k = 0; k < 2; k++)
            vec_push(&stage->requires, (struct requirement){.when = next()});
        vec_push(&standard->stages, stage);
    }
}

static const struct unit *empty_unit(void)
{
    struct unit *unit = MEM_NEW(struct unit);
    const struct given **columns = MEM_ARRAY(const struct given *, 2);
    columns[0] = columns[1] = MEM_ARRAY(struct given, 1);
    *unit = (struct unit){.columns = 2, .facts = columns, .scores = columns};
    return unit;
}

static void check(struct outputs outputs, size_t count)
{
    assert_int_equal(outputs.count, count);
    for (size_t i = 0; i < count; i++)
        assert_ptr_equal(outputs.nodes[i], expected[i]);
}

static void test_what_is_shown(void **state)
{
    (void)state;
    start(true);
    add_scores();
    size_t scores = expected_count;
    add_results();
    const struct ir_node *asked[] = {next(), next()};
    struct narrowing narrowings[] = {{.node = next(), .within = value_int(0)},
                                     {.node = next(), .within = value_int(0)}};
    struct call call = {.asked = asked, .asked_count = 2, .narrowings = narrowings, .narrowing_count = 2};
    size_t results = expected_count;
    add_stages();
    struct run *run = run_new(standard, empty_unit(), &call);
    check(outputs_of(run, false), scores);
    check(outputs_of(run, true), results);
    check(outputs_in(run, 0), scores);
    check(outputs_in(run, 2), results);
    call.stages = true;
    run = run_new(standard, empty_unit(), &call);
    check(outputs_of(run, false), scores);
    check(outputs_of(run, true), expected_count);
}

/* Without a mix every column has results of its own; a standard that scores nothing has no parts. */
static void test_what_is_shown_without_scores(void **state)
{
    (void)state;
    static const struct call call = {0};
    start(false);
    add_results();
    struct run *run = run_new(standard, empty_unit(), &call);
    check(outputs_in(run, 0), expected_count);
    check(outputs_in(run, 1), expected_count);
}

/* ---- what a fault refuses */

static const struct ir_node *fault(enum fault_kind kind)
{
    return ir_input(standard->ir, IR_FAULT, (long)kind, (struct type){.kind = TYPE_NUMBER},
                    value_fault(kind, NULL), SPAN_NONE);
}

/* Each place of what is shown in turn holds the fault, all others a number. */
static void test_a_fault_anywhere_refuses(void **state)
{
    (void)state;
    for (size_t place = 0; place < 4; place++) {
        start(false);
        struct stage *stage = MEM_NEW(struct stage);
        const struct ir_node *nodes[4], *bad = fault(FAULT_ROWS);
        for (size_t i = 0; i < 4; i++)
            nodes[i] = i == place ? bad : next();
        struct call call = {.asked = &nodes[0], .asked_count = 1, .stages = true};
        vec_push(&stage->requires, (struct requirement){.when = nodes[1]});
        vec_push(&standard->stages, stage);
        vec_push(&standard->shows, (struct show){.name = "show", .value = nodes[2]});
        standard->grade = nodes[3];
        const struct evaluation *evaluation = evaluate(standard, empty_unit(), &call);
        assert_true(evaluation->refused);
        assert_int_equal(evaluation->complaint_count, 1);
        assert_int_equal(evaluation->complaints[0].fault, FAULT_ROWS);
        call.stages = false;
        assert_int_equal(evaluate(standard, empty_unit(), &call)->refused, place != 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_shown),
        cmocka_unit_test(test_what_is_shown_without_scores),
        cmocka_unit_test(test_a_fault_anywhere_refuses),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
