/* What is read of a standard before and while its open facts are searched, each told in words: the linear form of a node, which facts meet
 * where, what limits between facts leave of one, how far a fact moves a total and in how many passes. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/str.h"
#include "eval/decide.h"
#include "eval/interplay.h"
#include "eval/linear.h"
#include "eval/ratio.h"
#include "eval/search.h"
#include "eval/split.h"
#include "tests/unit/by_hand.h"

/* ---- a standard */

/* x, y and z from 0 to 30, then the truth t. */
static struct ir_node *x, *y, *z, *t;

static void start(void)
{
    standard = MEM_NEW(struct standard);
    standard->ir = ir = ir_new();
    vec_push(&standard->columns, (struct column){.name = "only"});
    for (int i = 0; i < 3; i++)
        declare(NUMBER, range_between(num_int(0), num_int(30)));
    declare(TRUTH, range_all());
    x = facts[0], y = facts[1], z = facts[2], t = facts[3];
}

static struct ir_node *number(int64_t top, int64_t bottom)
{
    return ir_number(ir, num_ratio(top, bottom), SPAN_NONE);
}

static struct ir_node *constant(int value)
{
    return number(value, 1);
}

static struct ir_node *binary(enum ir_op op, struct ir_node *a, struct ir_node *b)
{
    bool truth = op == IR_LESS || op == IR_LESS_EQUAL || op == IR_EQUAL;
    return ir_binary(ir, op, truth ? TRUTH : NUMBER, a, b, SPAN_NONE);
}

static struct ir_node *unary(enum ir_op op, struct ir_node *a)
{
    return ir_unary(ir, op, NUMBER, a, SPAN_NONE);
}

static struct ir_node *choice(struct ir_node *when, struct ir_node *a, struct ir_node *b)
{
    return ir_if(ir, when, a, b, SPAN_NONE);
}

static struct ir_node *bag(struct ir_node *there, struct ir_node *a, struct ir_node *b)
{
    struct ir_node *cells[] = {there, a, ir_truth(ir, true, SPAN_NONE), b};
    return ir_apply(ir, IR_BAG, NUMBER, 4, cells, SPAN_NONE);
}

static struct ir_node *yes(bool holds)
{
    return ir_truth(ir, holds, SPAN_NONE);
}

/* ---- its unit, of which nothing is given */

static const struct unit *empty_unit(void)
{
    struct unit *unit = MEM_NEW(struct unit);
    size_t columns = standard->columns.count;
    const struct given **all = MEM_ARRAY(const struct given *, columns),
                       **scores = MEM_ARRAY(const struct given *, columns);
    for (size_t c = 0; c < columns; c++) {
        struct given *given = MEM_ARRAY(struct given, FACTS_MAX);
        for (size_t i = 0; i < standard->facts.count; i++)
            given[i] =
                (struct given){.value = ir_field_bounds(&standard->facts.items[i]->field), .column = c};
        all[c] = given;
    }
    *unit = (struct unit){.columns = columns, .facts = all, .scores = scores};
    return unit;
}

static struct search *search_of(const struct ir_node *total)
{
    static const struct call call = {0};
    standard->total_node = total;
    struct run *run = run_new(standard, empty_unit(), &call);
    hole_narrow(run);
    run_pass(run);
    return search_new(run);
}

static struct fact_declaration *declaration(size_t slot)
{
    return (struct fact_declaration *)(uintptr_t)standard->facts.items[slot];
}

/* ---- linear forms */

static const char *range_text(struct range range)
{
    const char *low = range.low.infinite ? "-inf" : num_text(range.low.at),
               *high = range.high.infinite ? "inf" : num_text(range.high.at);
    return range_is_point(range) ? low : str_print("[%s %s]", low, high);
}

static const char *form_text(const struct linear *linear, const struct form *form)
{
    struct str text = {0};
    str_add(&text, form->is ? range_text(form->rest) : "none");
    for (size_t i = 0; i < linear->count && form->is; i++)
        if (num_sign(form->slopes[i]))
            str_format(&text, " %s%c", num_text(form->slopes[i]), "xyzt"[i]);
    return str_text(&text);
}

/* Where each number of holes is told apart. */
static struct search *linear_search(const struct ir_node *total)
{
    struct search *search = search_of(total);
    size_t chosen[LINEAR_HOLES];
    for (size_t i = 0; i < search_holes(search); i++)
        chosen[i] = i;
    run_keep_forms(search->run, linear_new(search->run, search->holes, chosen, search_holes(search)));
    run_pass(search->run);
    return search;
}

static void assert_form(struct ir_node *node, const char *expected)
{
    struct search *search = linear_search(node);
    assert_string_equal(
        form_text(search->run->linear, linear_form(search->run, standard->mixed ? 2 : 0, node)), expected);
}

#define ASSERT_FORM(node, expected) \
    start();                        \
    assert_form(node, expected)

static void test_forms_of_arithmetic(void **state)
{
    (void)state;
    ASSERT_FORM(x, "0 1x");
    ASSERT_FORM(binary(IR_ADD, x, y), "0 1x 1y");
    ASSERT_FORM(binary(IR_SUB, binary(IR_ADD, x, constant(7)), z), "7 1x -1z");
    ASSERT_FORM(binary(IR_MUL, x, constant(3)), "0 3x");
    ASSERT_FORM(binary(IR_MUL, constant(3), binary(IR_SUB, x, constant(2))), "-6 3x");
    ASSERT_FORM(binary(IR_DIV, binary(IR_ADD, x, constant(5)), constant(2)), "2.5 0.5x");
    ASSERT_FORM(binary(IR_MUL, x, y), "[0 900]");
    ASSERT_FORM(binary(IR_DIV, constant(6), binary(IR_ADD, x, constant(2))), "[0.1875 3]");
    ASSERT_FORM(binary(IR_SUB, x, x), "0");
    ASSERT_FORM(binary(IR_ADD, binary(IR_MUL, x, y), z), "[0 900] 1z");
}

static void test_forms_of_choices(void **state)
{
    (void)state;
    ASSERT_FORM(binary(IR_MIN, x, binary(IR_ADD, x, constant(1))), "0 1x");
    ASSERT_FORM(binary(IR_MAX, x, binary(IR_ADD, x, constant(1))), "1 1x");
    ASSERT_FORM(binary(IR_MIN, binary(IR_ADD, x, constant(1)), x), "0 1x");
    ASSERT_FORM(binary(IR_MAX, binary(IR_ADD, x, constant(1)), x), "1 1x");
    ASSERT_FORM(binary(IR_MIN, x, y), "[0 30]");
    ASSERT_FORM(unary(IR_ABS, binary(IR_SUB, x, constant(30))), "30 -1x");
    ASSERT_FORM(unary(IR_ABS, binary(IR_SUB, x, constant(10))), "[0 20]");
    ASSERT_FORM(unary(IR_ABS, x), "0 1x");
    ASSERT_FORM(choice(binary(IR_LESS, x, binary(IR_ADD, x, constant(1))), y, z), "0 1y");
    ASSERT_FORM(choice(binary(IR_LESS, binary(IR_ADD, x, constant(1)), x), y, z), "0 1z");
    ASSERT_FORM(choice(t, y, z), "[0 30]");
    ASSERT_FORM(unary(IR_HIGHEST, bag(yes(true), x, binary(IR_ADD, x, constant(1)))), "1 1x");
    ASSERT_FORM(unary(IR_LOWEST, bag(yes(true), x, binary(IR_ADD, x, constant(1)))), "0 1x");
    ASSERT_FORM(unary(IR_HIGHEST, bag(yes(true), binary(IR_ADD, x, constant(1)), x)), "1 1x");
    ASSERT_FORM(unary(IR_HIGHEST, bag(yes(false), y, x)), "0 1x");
    ASSERT_FORM(unary(IR_HIGHEST, bag(yes(true), y, x)), "[0 30]");
    ASSERT_FORM(unary(IR_HIGHEST, bag(t, x, x)), "0 1x");
}

/* A rounding adds a range, but where whole numbers stay as they are. */
static void test_forms_of_roundings(void **state)
{
    (void)state;
    const struct {
        enum num_rounding how;
        const char *expected;
    } roundings[] = {{NUM_UP, "[0 2] 1x"},
                     {NUM_DOWN, "[-2 0] 1x"},
                     {NUM_HALF_UP, "[-1 1] 1x"},
                     {NUM_HALF_EVEN, "[-1 1] 1x"}};
    for (size_t i = 0; i < 4; i++) {
        start();
        assert_form(ir_round(ir, x, num_int(2), roundings[i].how, SPAN_NONE), roundings[i].expected);
    }
    for (int step = 1; step <= 2; step++) {
        start();
        struct ir_node *w = facts[declare(NUMBER, range_whole(0, 30))->slot];
        assert_form(binary(IR_SUB, ir_round(ir, w, num_ratio(step, 2), NUM_UP, SPAN_NONE), w), "0");
    }
}

/* What hangs on one hole along two ways is narrowed by its form. */
static void test_forms_narrow_values(void **state)
{
    (void)state;
    start();
    struct ir_node *apart = binary(IR_SUB, binary(IR_ADD, binary(IR_MUL, x, constant(2)), y), x),
                   *later = binary(IR_ADD, x, constant(1));
    struct ir_node *truths[] = {
        binary(IR_LESS, x, later), binary(IR_LESS_EQUAL, later, x), binary(IR_EQUAL, x, later),
        binary(IR_EQUAL, binary(IR_ADD, x, y), binary(IR_ADD, y, x)), binary(IR_LESS, x, y)};
    const unsigned expected[] = {TRUTH_YES, TRUTH_NO, TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN};
    struct ir_node *total = apart;
    for (size_t i = 0; i < 5; i++)
        total = binary(IR_ADD, total, choice(truths[i], z, constant(0)));
    struct search *search = linear_search(total);
    const struct value *values = search->run->values[0];
    assert_string_equal(range_text(values[apart->id].range), "[0 60]");
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(values[truths[i]->id].truth, expected[i]);
}

/* Of a mix the columns' forms in their shares; a column that does not weigh is left out. */
static void test_forms_of_mixes(void **state)
{
    (void)state;
    for (int third = 0; third < 2; third++) {
        start();
        standard->columns.items[0].weight = num_ratio(1, 4);
        vec_push(&standard->columns, (struct column){.name = "second", .weight = num_ratio(3, 4)});
        standard->mixed = true;
        struct ir_node *mix = unary(IR_MIX, third ? binary(IR_SUB, x, x) : x);
        struct search *search = linear_search(mix);
        assert_int_equal(search_holes(search), 8);
        assert_string_equal(form_text(search->run->linear, linear_form(search->run, 2, mix)),
                            third ? "0" : "0 0.25x 0.75y");
        assert_string_equal(form_text(search->run->linear, linear_form(search->run, 0, mix)),
                            third ? "0" : "0 1x");
    }
}

/* A column in which a part does not apply leaves its share to the others. */
static void test_forms_of_mixes_without_a_column(void **state)
{
    (void)state;
    static const struct call call = {0};
    start();
    standard->columns.items[0].weight = num_ratio(1, 4);
    vec_push(&standard->columns, (struct column){.name = "second", .weight = num_ratio(3, 4)});
    standard->mixed = true;
    declaration(0)->field.limits.or_na = true;
    struct ir_node *mix = unary(IR_MIX, x);
    standard->total_node = mix;
    const struct unit *unit = empty_unit();
    ((struct given *)(uintptr_t)unit->facts[0])[0].value = value_na();
    ((struct given *)(uintptr_t)unit->facts[1])[0].value =
        value_range(range_between(num_int(0), num_int(30)));
    struct run *run = run_new(standard, unit, &call);
    run_pass(run);
    struct search *search = search_new(run);
    const size_t first = 0;
    run_keep_forms(run, linear_new(run, search->holes, &first, 1));
    run_pass(run);
    assert_string_equal(form_text(run->linear, linear_form(run, 2, mix)), "0 1x");
}

/* ---- which facts meet */

static const char *set_text(const uint64_t *set)
{
    struct str text = {0};
    for (size_t i = 0; i < 4; i++)
        if (set_has(set, i))
            str_add_char(&text, "xyzt"[i]);
    return str_text(&text);
}

/* "x's, y's, z's, t's", and those of roundings alone. */
static const char *meetings(struct ir_node *total)
{
    struct search *search = search_of(total);
    const struct interplay *interplay = interplay_find(search, 0, total);
    struct str text = {0};
    for (size_t i = 0; i < 4; i++)
        str_format(&text, "%s%s", i ? "," : "", set_text(interplay->strong[i]));
    for (size_t i = 0; i < 4; i++)
        if (!set_is_empty(interplay->weak[i], interplay->words))
            str_format(&text, " %c~%s", "xyzt"[i], set_text(interplay->weak[i]));
    return str_text(&text);
}

#define ASSERT_MEET(node, expected) \
    start();                        \
    assert_string_equal(meetings(node), expected)

static void test_which_facts_meet(void **state)
{
    (void)state;
    ASSERT_MEET(binary(IR_ADD, x, binary(IR_SUB, y, z)), ",,,");
    ASSERT_MEET(binary(IR_MUL, x, constant(2)), ",,,");
    ASSERT_MEET(binary(IR_MUL, x, y), "y,x,,");
    ASSERT_MEET(binary(IR_MUL, binary(IR_ADD, x, y), z), "z,z,xy,");
    ASSERT_MEET(binary(IR_DIV, x, constant(2)), ",,,");
    ASSERT_MEET(binary(IR_DIV, x, binary(IR_ADD, binary(IR_ADD, y, z), constant(1))), "yz,xyz,xyz,");
    ASSERT_MEET(binary(IR_MIN, x, y), "xy,xy,,");
    ASSERT_MEET(binary(IR_ADD, z, binary(IR_MIN, x, y)), "xy,xy,,");
    ASSERT_MEET(binary(IR_MIN, x, binary(IR_ADD, y, constant(30))), ",,,");
    ASSERT_MEET(binary(IR_MAX, x, binary(IR_ADD, y, constant(30))), ",,,");
    ASSERT_MEET(choice(t, x, y), "t,t,,xyt");
    ASSERT_MEET(choice(binary(IR_LESS, z, constant(5)), x, y), "z,z,xyz,");
    ASSERT_MEET(ir_round(ir, binary(IR_ADD, x, y), num_int(1), NUM_UP, SPAN_NONE), ",,, x~xy y~xy");
    ASSERT_MEET(unary(IR_SUM, bag(t, x, y)), "xyt,xyt,,xyt");
}

/* ---- limits between facts */

/* y is at least x and at most z; and what x and z are known to be narrows it, before and while they are filled. */
static void test_limits_between_facts(void **state)
{
    (void)state;
    start();
    declaration(0)->field.limits.range = range_between(num_int(5), num_int(20));
    declaration(2)->field.limits.range = range_between(num_int(10), num_int(25));
    declaration(1)->field.limits.low_fact = 0;
    declaration(1)->field.limits.high_fact = 2;
    struct search *search = search_of(binary(IR_ADD, binary(IR_ADD, x, y), z));
    assert_int_equal(search_holes(search), 4);
    const char *const expected[] = {"[5 20]", "[5 25]", "[10 25]"};
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(range_text(search_hole(search, i)->domain.range), expected[i]);
    assert_true(search_pass(search));
    search_fill(search, 0, value_int(12));
    search_fill(search, 2, value_int(15));
    assert_true(search_pass(search));
    assert_string_equal(range_text(hole_allowed(search->holes, search->run, 1)), "[12 15]");
    assert_string_equal(range_text(hole_allowed(search->holes, search->run, 0)), "[5 20]");
    search_fill(search, 1, value_int(13));
    assert_true(search_pass(search));
    assert_string_equal(range_text(hole_allowed(search->holes, search->run, 0)), "[5 13]");
    assert_string_equal(range_text(hole_allowed(search->holes, search->run, 2)), "[13 25]");
    const int tried[] = {11, 12, 15, 16};
    for (int i = 0; i < 4; i++) {
        search_fill(search, 1, value_int(tried[i]));
        assert_int_equal(search_pass(search), i == 1 || i == 2);
    }
}

/* Whichever of the facts has the limit: x is at most y, and z at least x. */
static void test_limits_of_the_first_fact(void **state)
{
    (void)state;
    start();
    declaration(1)->field.limits.range = range_between(num_int(5), num_int(20));
    declaration(0)->field.limits.high_fact = 1;
    declaration(2)->field.limits.low_fact = 0;
    declaration(0)->field.limits.range = range_between(num_int(8), num_int(30));
    struct search *search = search_of(binary(IR_ADD, binary(IR_ADD, x, y), z));
    const char *const expected[] = {"[8 20]", "[8 20]", "[8 30]"};
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(range_text(search_hole(search, i)->domain.range), expected[i]);
}

/* A fact that may be n/a holds none of the others. */
static void test_limits_that_may_not_apply(void **state)
{
    (void)state;
    start();
    declaration(0)->field.limits.range = range_between(num_int(5), num_int(20));
    declaration(0)->field.limits.or_na = true;
    declaration(1)->field.limits.low_fact = 0;
    struct search *search =
        search_of(binary(IR_ADD, ir_binary(ir, IR_NA_AS, NUMBER, x, constant(0), SPAN_NONE), y));
    assert_string_equal(range_text(search_hole(search, 0)->domain.range), "[5 20]");
    assert_string_equal(range_text(search_hole(search, 1)->domain.range), "[0 30]");
    search_fill(search, 1, value_int(4));
    assert_true(search_pass(search));
    assert_string_equal(range_text(hole_allowed(search->holes, search->run, 1)), "[0 30]");
    search_fill(search, 0, value_int(5));
    assert_false(search_pass(search));
    assert_string_equal(range_text(hole_allowed(search->holes, search->run, 1)), "[5 30]");
    search_fill(search, 0, value_na());
    assert_true(search_pass(search));
}

/* Where no world keeps the limits there is no witness: nothing is proved, and nothing decides. */
static void test_limits_that_no_world_keeps(void **state)
{
    (void)state;
    static const struct call call = {0};
    start();
    declaration(0)->field.limits.range = range_between(num_int(5), num_int(20));
    declaration(2)->field.limits.range = range_between(num_int(25), num_int(30));
    declaration(1)->field.limits.high_fact = 0;
    declaration(1)->field.limits.low_fact = 2;
    standard->total_node = binary(IR_ADD, binary(IR_ADD, x, y), z);
    const struct evaluation *evaluation = evaluate(standard, empty_unit(), &call);
    assert_false(evaluation->refused || evaluation_exact(evaluation, 0, standard->total_node));
    assert_int_equal(evaluation->deciding_count, 0);
}

/* Worlds that are found impossible only where the last fact is filled: even and odd are never the same, and nothing else is tried again for that. */
static void test_worlds_that_end_late(void **state)
{
    (void)state;
    static const struct call call = {.without_deciding = true};
    start();
    struct ir_node *sum = binary(IR_ADD, binary(IR_ADD, x, y), z);
    for (int i = 0; i < 4; i++)
        sum = binary(IR_ADD, sum, facts[declare(NUMBER, range_whole(0, 9))->slot]);
    struct fact_declaration *even = declare(NUMBER, range_whole(0, 100)),
                            *odd = declare(NUMBER, range_whole(1, 101));
    even->field.limits.stepped = odd->field.limits.stepped = true;
    even->field.limits.step = odd->field.limits.step = num_int(2);
    odd->field.limits.low_fact = odd->field.limits.high_fact = (int)even->slot;
    standard->total_node = binary(IR_ADD, sum, facts[odd->slot]);
    const struct evaluation *evaluation = evaluate(standard, empty_unit(), &call);
    assert_false(evaluation_exact(evaluation, 0, standard->total_node));
    assert_int_equal(evaluation->passes, 153);
}

/* ---- what hangs together with the other units */

/* The unit's own place among the others is worked out with its own value in mind; what tells it of them otherwise is not: where both are read,
 * an end that each can reach is perhaps none of both together. */
static void test_tied_to_its_own(void **state)
{
    (void)state;
    for (int rank = 0; rank < 2; rank++)
        for (int own = 0; own < 2; own++) {
            start();
            struct value others_value = value_range(range_whole(1, 5));
            unsigned char tie = TIE_OWN;
            struct others others = {.units = 5, .alike = true, .values = &others_value, .ties = &tie};
            struct call call = {.others = &others, .without_deciding = true};
            struct ir_node *input =
                ir_input(ir, IR_COHORT, 0, NUMBER, value_range(range_whole(1, 9)), SPAN_NONE);
            struct ir_node *figure = own ? binary(IR_ADD, input, y) : input;
            vec_push(&standard->cohort.operands, (struct cohort_operand){.node = y});
            vec_push(&standard->cohort.inputs,
                     (struct cohort_input){rank ? COHORT_RANK : COHORT_HIGHEST, 0, input});
            vec_push(&standard->cohort.figures,
                     (struct cohort_figure){rank ? COHORT_RANK : COHORT_HIGHEST, 0, figure});
            cohort_find_levels(&standard->cohort, ir);
            standard->total_node = figure;
            const struct evaluation *evaluation = evaluate(standard, empty_unit(), &call);
            assert_int_equal(evaluation_exact(evaluation, 0, figure), rank || !own);
        }
}

/* Among units that nobody has named the best of its kind has no better one; which end is the best the standard says. */
static void test_ties_of_the_best(void **state)
{
    (void)state;
    static const struct call call = {0};
    const int values[] = {0, 5, 30};
    for (int lower = 0; lower < 2; lower++)
        for (int i = 0; i < 3; i++) {
            start();
            struct ir_node *input =
                ir_input(ir, IR_COHORT, 0, NUMBER, value_range(range_whole(1, 9)), SPAN_NONE);
            standard->better_lower = lower;
            vec_push(&standard->cohort.operands, (struct cohort_operand){.node = y});
            vec_push(&standard->cohort.inputs, (struct cohort_input){COHORT_RANK, 0, input});
            cohort_find_levels(&standard->cohort, ir);
            standard->total_node = binary(IR_ADD, input, y);
            const struct unit *unit = empty_unit();
            ((struct given *)(uintptr_t)unit->facts[0])[1].value = value_int(values[i]);
            struct run *run = run_new(standard, unit, &call);
            run_pass(run);
            struct search *search = search_new(run);
            const struct hole *hole = search_hole(search, search_holes(search) - 1);
            assert_int_equal(hole->kind, HOLE_COHORT);
            assert_int_equal(hole->tie, i == (lower ? 0 : 2) ? TIE_LOOSE : TIE_OWN);
        }
}

/* In units of their own: x in thousands is at least y. */
static void test_limits_in_other_units(void **state)
{
    (void)state;
    static const struct measure one = {"one", NULL, NULL, {1, 1, NULL}},
                                thousand = {"thousand", NULL, &one, {1000, 1, NULL}};
    start();
    declaration(0)->field.type.unit = &thousand;
    declaration(1)->field.type.unit = &one;
    declaration(1)->field.limits.range = range_between(num_int(2500), num_int(9000));
    declaration(0)->field.limits.low_fact = 1;
    struct search *search = search_of(binary(IR_ADD, x, y));
    assert_string_equal(range_text(search_hole(search, 0)->domain.range), "[2.5 30]");
    search_fill(search, 0, value_int(4));
    assert_true(search_pass(search));
    assert_string_equal(range_text(hole_allowed(search->holes, search->run, 1)), "[2500 4000]");
}

/* ---- how far facts move a total */

static const char *decisions_text(struct ir_node *total, size_t *passes)
{
    static const struct call call = {0};
    standard->total_node = total;
    const struct evaluation *evaluation = evaluate(standard, empty_unit(), &call);
    struct str text = {0};
    for (size_t i = 0; i < evaluation->deciding_count; i++)
        str_format(&text, "%s%c %s", i ? ", " : "", "xyztl"[evaluation->deciding[i].slot],
                   num_text(evaluation->deciding[i].swing.high.at));
    *passes = evaluation->passes;
    return str_text(&text);
}

static void assert_decides(struct ir_node *total, const char *expected, size_t expected_passes)
{
    size_t passes;
    assert_string_equal(decisions_text(total, &passes), expected);
    assert_int_equal(passes, expected_passes);
}

static void test_what_decides(void **state)
{
    (void)state;
    start();
    assert_decides(binary(IR_ADD, x, binary(IR_MUL, y, constant(2))), "y 60, x 30", 64);
    start();
    assert_decides(choice(t, x, constant(7)), "x 30, t 23", 64);
    start();
    assert_decides(binary(IR_MIN, binary(IR_ADD, x, y), binary(IR_MUL, z, constant(3))), "z 60, x 30, y 30",
                   104);
    start();
    assert_decides(binary(IR_MUL, binary(IR_SUB, x, constant(10)), y), "x 900, y 600", 64);
    start();
    assert_decides(
        ir_round(ir, binary(IR_DIV, binary(IR_ADD, x, y), constant(4)), num_int(5), NUM_UP, SPAN_NONE),
        "x 10, y 10", 64);
}

/* Of one width: facts, then thresholds that nobody has set, each as they are declared. */
static void test_the_order_of_what_decides(void **state)
{
    (void)state;
    static const struct call call = {0};
    start();
    struct ir_node *settings[2], *sum = binary(IR_ADD, binary(IR_ADD, z, y), x);
    for (int i = 0; i < 2; i++) {
        vec_push(&standard->settings, (struct setting){.name = "t"});
        settings[i] = ir_input(ir, IR_SETTING, i, NUMBER, value_range(range_between(num_int(0), num_int(30))),
                               SPAN_NONE);
    }
    standard->total_node = binary(IR_SUB, binary(IR_SUB, sum, settings[1]), settings[0]);
    const struct evaluation *evaluation = evaluate(standard, empty_unit(), &call);
    assert_int_equal(evaluation->deciding_count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_true(num_equal(evaluation->deciding[i].swing.high.at, num_int(30)));
        assert_int_equal(evaluation->deciding[i].kind, i < 3 ? DECIDES_FACT : DECIDES_SETTING);
        assert_int_equal(evaluation->deciding[i].slot, i < 3 ? i : i - 3);
    }
}

static void declare_digits(int rows)
{
    struct field *digit = MEM_NEW(struct field);
    *digit = (struct field){.type = NUMBER,
                            .limits = {.range = range_whole(0, 9), .low_fact = -1, .high_fact = -1}};
    struct fact_declaration *fact = declare((struct type){.kind = TYPE_LIST, .element = digit}, range_all());
    fact->field.limits.count = range_whole(rows, rows);
    facts[fact->slot]->bounds = ir_field_bounds(&fact->field);
}

/* The sum over the rows of how far each lies from four. */
static struct ir_node *apart_from_four(struct ir_node *rows)
{
    struct ir_block *block = ir_block_open(ir, rows);
    struct ir_node *it = ir_element(ir, block, 0, SPAN_NONE),
                   *apart = unary(IR_ABS, binary(IR_SUB, it, constant(4)));
    return unary(IR_SUM, ir_block_close(ir, block, yes(true), apart, NULL, SPAN_NONE));
}

/* The cells of a list move the total together, all their fillings told or, where these are too many, one cell after the other. */
static void test_what_lists_decide(void **state)
{
    (void)state;
    const struct {
        int rows;
        const char *expected;
        size_t passes;
    } lists[] = {{2, "x 30, l 10", 216}, {3, "x 30, l 15", 296}, {6, "x 30, l 30", 536}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        start();
        declare_digits(lists[i].rows);
        assert_decides(binary(IR_ADD, x, apart_from_four(facts[4])), lists[i].expected, lists[i].passes);
    }
}

/* ---- ends that ranges alone do not prove */

/* Are they known to be reached? */
static bool has_ends(struct ir_node *total, const char *expected, size_t passes)
{
    static const struct call call = {.without_deciding = true};
    standard->total_node = total;
    const struct evaluation *evaluation = evaluate(standard, empty_unit(), &call);
    assert_string_equal(range_text(evaluation_value(evaluation, 0, total)->range), expected);
    assert_int_equal(evaluation->passes, passes);
    return evaluation_exact(evaluation, 0, total);
}

#define ASSERT_ENDS(node, expected, passes) \
    start();                                \
    assert_true(has_ends(node, expected, passes))

/* What rises in one fact along one way and falls along another turns where both meet. */
static void test_ends_where_forms_bend(void **state)
{
    (void)state;
    ASSERT_ENDS(binary(IR_MIN, x, binary(IR_SUB, constant(50), x)), "[0 25]", 116);
    ASSERT_ENDS(binary(IR_MAX, x, binary(IR_SUB, constant(50), x)), "[25 50]", 116);
    ASSERT_ENDS(binary(IR_MIN, binary(IR_ADD, x, y), binary(IR_SUB, constant(40), x)), "[0 35]", 98);
    ASSERT_ENDS(unary(IR_ABS, binary(IR_SUB, binary(IR_MUL, x, constant(2)), y)), "[0 60]", 64);
    ASSERT_ENDS(binary(IR_SUB, unary(IR_ABS, binary(IR_SUB, x, y)), binary(IR_MUL, x, constant(2))),
                "[-60 30]", 64);
    ASSERT_ENDS(binary(IR_SUB, ir_round(ir, x, num_int(4), NUM_DOWN, SPAN_NONE), x), "[-4 0]", 102);
    ASSERT_ENDS(binary(IR_SUB, ir_round(ir, binary(IR_ADD, x, y), num_int(4), NUM_UP, SPAN_NONE),
                       binary(IR_ADD, y, x)),
                "[0 4]", 128);
    ASSERT_ENDS(binary(IR_SUB, ir_round(ir, x, num_int(4), NUM_HALF_UP, SPAN_NONE), x), "[-2 2]", 101);
    ASSERT_ENDS(binary(IR_SUB, ir_round(ir, binary(IR_ADD, x, y), num_int(4), NUM_HALF_EVEN, SPAN_NONE),
                       binary(IR_ADD, y, x)),
                "[-2 2]", 128);
    ASSERT_ENDS(choice(t, binary(IR_MIN, x, binary(IR_SUB, constant(50), x)), constant(3)), "[0 25]", 174);
    ASSERT_ENDS(choice(t, binary(IR_MAX, x, binary(IR_SUB, constant(50), x)), constant(40)), "[25 50]", 174);
}

/* Each column turns where it does, and the mix between them. */
static void test_ends_of_a_mix(void **state)
{
    (void)state;
    static const struct call call = {.without_deciding = true};
    start();
    standard->columns.items[0].weight = num_ratio(1, 4);
    vec_push(&standard->columns, (struct column){.name = "second", .weight = num_ratio(3, 4)});
    standard->mixed = true;
    struct ir_node *mix = unary(IR_MIX, binary(IR_MIN, x, binary(IR_SUB, constant(50), x)));
    standard->total_node = mix;
    const struct evaluation *evaluation = evaluate(standard, empty_unit(), &call);
    for (size_t c = 0; c < 3; c++) {
        assert_string_equal(range_text(evaluation_value(evaluation, c, mix)->range), "[0 25]");
        assert_true(evaluation_exact(evaluation, c, mix));
    }
    assert_int_equal(evaluation->passes, 322);
}

/* Where the facts have no end, as far again as they are long so far. */
static void test_ends_without_an_end(void **state)
{
    (void)state;
    const struct {
        struct range range;
        size_t passes;
    } ranges[] = {{range_from(num_int(3)), 95},
                  {range_all(), 83},
                  {{cut_infinite(-1), cut_at(num_int(-3), 0), false}, 103}};
    for (size_t i = 0; i < 3; i++) {
        standard = MEM_NEW(struct standard);
        standard->ir = ir = ir_new();
        vec_push(&standard->columns, (struct column){.name = "only"});
        struct ir_node *w = facts[declare(NUMBER, ranges[i].range)->slot];
        assert_true(has_ends(binary(IR_SUB, ir_round(ir, w, num_int(4), NUM_DOWN, SPAN_NONE), w), "[-4 0]",
                             ranges[i].passes));
    }
}

/* What ranges hold for possible and no world comes to: yes where it can be n/a alone. */
static void test_truths_that_no_world_has(void **state)
{
    (void)state;
    static const struct call call = {0};
    start();
    struct ir_node *most = binary(IR_MIN, x, binary(IR_SUB, constant(50), x)),
                   *past = binary(IR_LESS, number(51, 2), most);
    struct ir_node *na = ir_const(ir, TRUTH, value_na(), SPAN_NONE),
                   *node = ir_if(ir, past, yes(true), na, SPAN_NONE);
    struct ir_node *other = ir_if(ir, past, na, yes(false), SPAN_NONE);
    standard->eligible = node;
    vec_push(&standard->shows, (struct show){.name = "other", .value = other});
    const struct evaluation *evaluation = evaluate(standard, empty_unit(), &call);
    assert_int_equal(evaluation_value(evaluation, 0, past)->truth, TRUTH_NO);
    assert_true(value_is_na(evaluation_value(evaluation, 0, node)));
    assert_true(value_is_no(evaluation_value(evaluation, 0, other)));
    assert_true(evaluation_exact(evaluation, 0, node) && evaluation_exact(evaluation, 0, other));
}

/* ---- quotients of sums */

static const char *bounds_of_ratio(struct ir_node *ratio)
{
    struct search *search = search_of(ratio);
    struct cut ends[2];
    for (int i = 0; i < 2; i++)
        ends[i] = ratio_bound(search, &(struct claim){0, ratio, i ? CLAIM_HIGH : CLAIM_LOW});
    const char *low = ends[0].infinite ? "none" : num_text(num_neg(ends[0].at)),
               *high = ends[1].infinite ? "none" : num_text(ends[1].at);
    return str_print("%s..%s", low, high);
}

#define ASSERT_RATIO(node, expected) \
    start();                         \
    assert_string_equal(bounds_of_ratio(node), expected)

/* Points over what is due, where a part that does not apply stands on neither side of the line. */
static void test_quotients_of_sums(void **state)
{
    (void)state;
    ASSERT_RATIO(binary(IR_DIV, x, binary(IR_ADD, y, constant(10))), "0..3");
    ASSERT_RATIO(binary(IR_DIV, binary(IR_ADD, x, constant(6)), binary(IR_ADD, x, constant(10))),
                 "0.15..3.6");
    ASSERT_RATIO(binary(IR_DIV, binary(IR_ADD, choice(t, constant(8), constant(0)), constant(3)),
                        binary(IR_ADD, choice(t, constant(10), constant(0)), constant(5))),
                 "0.6..11/15");
    ASSERT_RATIO(binary(IR_DIV, binary(IR_SUB, constant(40), x),
                        binary(IR_ADD, binary(IR_MUL, constant(2), y), constant(4))),
                 "0.15625..10");
    ASSERT_RATIO(binary(IR_DIV, x, binary(IR_SUB, y, constant(10))), "none..none");
    ASSERT_RATIO(binary(IR_DIV, x, y), "none..none");
    start();
    struct ir_node *endless = facts[declare(NUMBER, range_from(num_int(5)))->slot];
    assert_string_equal(bounds_of_ratio(binary(IR_DIV, endless, binary(IR_ADD, y, constant(10)))),
                        "none..none");
    assert_string_equal(bounds_of_ratio(binary(IR_DIV, binary(IR_ADD, y, constant(10)), endless)),
                        "none..none");
    assert_string_equal(bounds_of_ratio(binary(IR_DIV, binary(IR_MIN, endless, constant(7)),
                                               binary(IR_ADD, y, constant(10)))),
                        "0.125..0.7");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms_of_arithmetic),
        cmocka_unit_test(test_forms_of_choices),
        cmocka_unit_test(test_forms_of_roundings),
        cmocka_unit_test(test_forms_narrow_values),
        cmocka_unit_test(test_forms_of_mixes),
        cmocka_unit_test(test_which_facts_meet),
        cmocka_unit_test(test_forms_of_mixes_without_a_column),
        cmocka_unit_test(test_limits_between_facts),
        cmocka_unit_test(test_limits_of_the_first_fact),
        cmocka_unit_test(test_limits_that_may_not_apply),
        cmocka_unit_test(test_limits_in_other_units),
        cmocka_unit_test(test_worlds_that_end_late),
        cmocka_unit_test(test_tied_to_its_own),
        cmocka_unit_test(test_ties_of_the_best),
        cmocka_unit_test(test_ends_of_a_mix),
        cmocka_unit_test(test_limits_that_no_world_keeps),
        cmocka_unit_test(test_what_decides),
        cmocka_unit_test(test_the_order_of_what_decides),
        cmocka_unit_test(test_what_lists_decide),
        cmocka_unit_test(test_ends_where_forms_bend),
        cmocka_unit_test(test_ends_without_an_end),
        cmocka_unit_test(test_truths_that_no_world_has),
        cmocka_unit_test(test_quotients_of_sums),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
