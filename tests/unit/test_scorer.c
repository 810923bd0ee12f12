/* One pass, or the whole evaluation: the answers are the same. Small standards made at random of facts, judged scores
 * and thresholds that nobody has set, asked of one scorer for units that are known, open, and judged past what a
 * criterion allows. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/mem.h"
#include "eval/probe.h"
#include "eval/scorer.h"
#include "tests/unit/chance.h"

enum { INPUTS = 2, NODES = 12, ASKED = 3, UNITS = 12, COLUMNS = 2 };

#if defined RUBRIC_TORTURE
enum { STANDARDS = 5 };
#else
enum { STANDARDS = 300 };
#endif

static const struct type number_type = {.kind = TYPE_NUMBER, .whole = true},
                         truth_type = {.kind = TYPE_YESNO};
static struct standard *standard;
static struct ir_node *nodes[NODES], *asked[ASKED];
static size_t refused;

static const struct limits *limits(void)
{
    static struct limits limits;
    limits = (struct limits){.range = range_whole(-1, 2), .low_fact = -1, .high_fact = -1, .key_column = -1};
    return &limits;
}

static struct value bounds(void)
{
    return value_range(range_whole(-1, 2));
}

static struct ir_node *add_fact(void)
{
    struct fact_declaration *fact = MEM_NEW(struct fact_declaration);
    fact->slot = standard->facts.count;
    fact->field.type = number_type;
    fact->field.limits = *limits();
    vec_push(&standard->facts, fact);
    struct ir_node *node =
        ir_input(standard->ir, IR_FACT, (long)fact->slot, number_type, bounds(), SPAN_NONE);
    fact->node = node;
    return node;
}

static struct ir_node *add_judged(void)
{
    struct judged *judged = MEM_NEW(struct judged);
    long slot = (long)standard->judged.count;
    judged->criterion = MEM_NEW(struct part);
    judged->bounded = true;
    judged->limits = *limits();
    vec_push(&standard->judged, judged);
    struct ir_node *node = ir_input(standard->ir, IR_JUDGED, slot, number_type, bounds(), SPAN_NONE);
    judged->node = node;
    return node;
}

static struct ir_node *add_setting(void)
{
    vec_push(&standard->settings, (struct setting){.name = "set", .typed = true});
    long slot = (long)standard->settings.count - 1;
    return ir_input(standard->ir, IR_SETTING, slot, number_type, bounds(), SPAN_NONE);
}

static struct ir_node *any(size_t count)
{
    return nodes[chance((unsigned)count)];
}

static struct ir_node *made_of(size_t count)
{
    static const enum ir_op ops[] = {IR_ADD, IR_DIV, IR_MIN, IR_SUB, IR_MUL};
    struct ir *ir = standard->ir;
    struct ir_node *a = any(count), *b = any(count), *c = any(count);
    if (standard->mixed && chance(3) == 0)
        return ir_unary(ir, IR_MIX, number_type, a, SPAN_NONE);
    if (chance(4) == 0)
        return ir_if(ir, ir_binary(ir, IR_LESS, truth_type, a, b, SPAN_NONE), c, a, SPAN_NONE);
    return ir_binary(ir, ops[chance(5)], number_type, a, b, SPAN_NONE);
}

static void make_standard(void)
{
    standard = MEM_NEW(struct standard);
    standard->ir = ir_new();
    standard->mixed = chance(2);
    for (size_t i = 0; i < COLUMNS; i++)
        vec_push(&standard->columns, (struct column){.name = "one", .weight = num_ratio(1, 2)});
    standard->final_column = chance(COLUMNS);
    size_t count = 0;
    for (size_t i = 0; i < INPUTS; i++)
        nodes[count++] = add_fact();
    for (size_t i = 0; i < INPUTS; i++)
        nodes[count++] = add_judged();
    nodes[count++] = chance(2) ? add_setting() : ir_number(standard->ir, num_int(2), SPAN_NONE);
    for (; count < NODES; count++)
        nodes[count] = made_of(count);
    standard->scored = true;
    standard->total_node = nodes[NODES - 1 - chance(3)];
    if (chance(2))
        vec_push(&standard->shows, (struct show){.name = "show", .value = any(NODES)});
    for (size_t i = 0; i < ASKED; i++)
        asked[i] = chance(2) ? any(NODES) : any(INPUTS);
}

/* Mostly known; a score of 3 is more than is allowed. */
static const struct given *give(unsigned open, int highest)
{
    struct given *given = MEM_ARRAY(struct given, INPUTS);
    for (size_t i = 0; i < INPUTS; i++)
        if (chance(open) == 0)
            given[i] = (struct given){.state = GIVEN_NOTHING, .value = bounds()};
        else
            given[i] = (struct given){.state = GIVEN_VALUE,
                                      .value = value_int((int)chance((unsigned)highest + 2) - 1)};
    return given;
}

static const struct unit *make_unit(void)
{
    struct unit *unit = MEM_NEW(struct unit);
    const struct given **facts = MEM_ARRAY(const struct given *, COLUMNS);
    const struct given **scores = MEM_ARRAY(const struct given *, COLUMNS);
    unsigned open = chance(2) ? 1000 : 4;
    for (size_t c = 0; c < COLUMNS; c++) {
        bool taken = c > 0 && chance(2);
        facts[c] = taken ? facts[0] : give(open, 2);
        scores[c] = taken ? scores[0] : give(open, chance(3) ? 2 : 3);
        for (size_t i = 0; i < INPUTS && !taken; i++) {
            ((struct given *)(uintptr_t)facts[c])[i].column = c;
            ((struct given *)(uintptr_t)scores[c])[i].column = c;
        }
    }
    *unit = (struct unit){.columns = COLUMNS, .facts = facts, .scores = scores};
    return unit;
}

/* A fault is one of its kind, wherever it was found. */
static bool same(const struct value *a, const struct value *b)
{
    if (a->fault && b->fault)
        return a->fault->kind == b->fault->kind && a->fault->node == b->fault->node;
    return value_equal(a, b);
}

static void check_unit(struct scorer *scorer, const struct unit *unit, const struct call *call)
{
    const struct evaluation *whole = evaluate(standard, unit, call);
    struct value values[ASKED];
    bool exact[ASKED], taken = scorer_unit(scorer, unit, values, exact);
    assert_int_equal(taken, !whole->refused);
    refused += whole->refused;
    for (size_t i = 0; i < ASKED && taken; i++) {
        assert_true(same(&values[i], evaluation_value(whole, whole->final, asked[i])));
        assert_int_equal(exact[i], evaluation_exact(whole, whole->final, asked[i]));
    }
    struct probe probe = probe_nodes(standard, unit, call, (const struct ir_node *const *)asked, ASKED);
    assert_int_equal(probe.refused, whole->refused);
}

static void test_one_pass_or_all(void **state)
{
    (void)state;
    size_t passes = 0;
    mem_start();
    for (uint64_t i = 1; i <= STANDARDS; i++) {
        seed = i * 0x9E3779B97F4A7C15u;
        make_standard();
        const struct ir_node *const *list = (const struct ir_node *const *)asked;
        struct call call = {.asked = list, .asked_count = ASKED}, bare = {0};
        struct scorer *scorer = scorer_new(standard, &call, list, ASKED);
        struct scorer *alone = scorer_new(standard, &bare, list, ASKED);
        for (int k = 0; k < UNITS; k++) {
            const struct unit *unit = make_unit();
            check_unit(scorer, unit, &call);
            check_unit(alone, unit, &bare);
        }
        passes += scorer_passes(scorer) + scorer_passes(alone);
    }
    print_message("%zu units in one pass, %zu refused, of %d\n", passes, refused, STANDARDS * UNITS);
    if (STANDARDS < 300)
        return;
    assert_int_equal(passes, 3035);
    assert_int_equal(refused, 1197);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_one_pass_or_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
