/* The pieces of a curve: they cover the range without a gap, and whatever a straight piece says of a value between its ends is what the value comes
 * to when it is asked by itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/mem.h"
#include "syntax/parse.h"
#include "whatif/sweep.h"
#include "tests/unit/texts.h"

static const char STANDARD[] =
    "standard s \"S\" { total 20  period 2024 }\n"
    "facts f \"F\" {\n"
    "  x \"X\" : number within 0..10\n"
    "  n \"N\" : count within 0..10\n"
    "  y \"Y\" : number within 0..4\n"
    "}\n"
    "ladder rungs { at least 8 : 6  from 4 to below 8 : 3  otherwise : 0 }\n"
    "criterion a \"A\" cap 8 { bands x by rungs  0.5 per n up to 2 }\n"
    "criterion b \"B\" cap 12 { earn clamp(x * 2 - 3, 0, 9)  full when x > 9.5 and y >= 1 }\n";

static const char UNIT[] = "unit u \"U\"\nx = 3\nn = 4\n"; /* y is open */

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

struct swept {
    struct levers *levers;
    const struct ir_node *node;
    struct sweep sweep;
};

/* A fact over its range, as an expression of the standard sees it. */
static struct swept sweep_of(const char *expression, const char *fact)
{
    struct swept swept;
    struct diags diags = {0};
    static const struct lever_rules none;
    static const struct call call;
    const struct source *source = source_new("<test>", expression, strlen(expression));
    struct compile_question question = {.ast = parse_line(source, &diags), .diags = &diags};
    struct compile_options options = {.questions = &question, .question_count = 1};
    const struct standard *standard = text_standard(STANDARD, &options, &diags);
    assert_non_null(standard);
    swept.node = standard->questions.items[0];
    assert_non_null(swept.node);
    const struct unit *unit = text_unit(UNIT, standard);
    swept.levers = levers_open(standard, unit, &call, &none, swept.node);
    const struct fact_declaration *declared = map_find(&standard->facts_by_name, fact);
    assert_true(
        sweep_make(swept.levers, HOLE_FACT, declared->slot, range_all(), &swept.node, 1, &swept.sweep));
    return swept;
}

static const struct sweep_run *run_at(const struct swept *swept, struct num at)
{
    const struct sweep_run *found = NULL;
    for (size_t i = 0; i < swept->sweep.runs.count; i++) {
        const struct sweep_run *run = &swept->sweep.runs.items[i];
        if (range_holds((struct range){run->from, run->to, false}, at)) {
            assert_null(found); /* no two of them hold one value */
            found = run;
        }
    }
    return found;
}

static bool same(struct value a, struct value b)
{
    if (a.kind == VALUE_NUMBER && !a.nothing_else && !a.fault)
        a.range.low.side = a.range.high.side = b.range.low.side = b.range.high.side = 0;
    a.range.whole = b.range.whole = false;
    return value_equal(&a, &b);
}

/* At so many values between 0 and 10. */
static size_t straight_at(const struct swept *swept, int64_t parts)
{
    size_t straight = 0;
    for (int64_t i = 0; i <= parts; i++) {
        struct num at = num_ratio(10 * i, parts);
        if (!curve_takes(swept->levers, swept->sweep.lever, at))
            continue;
        const struct sweep_run *run = run_at(swept, at);
        assert_non_null(run);
        lever_move(swept->levers, swept->sweep.lever, curve_point(swept->levers, swept->sweep.lever, at));
        levers_pass(swept->levers);
        if (!run->straight)
            continue;
        straight++;
        assert_true(same(sweep_value(run, 0, at), *levers_value(swept->levers, swept->node)));
    }
    return straight;
}

static void straight_pieces_say_what_is(void **state)
{
    static const char *const expressions[] = {"x",
                                              "min(x, 5)",
                                              "max(2 * x, 8 - x)",
                                              "round(x, 1)",
                                              "floor(x / 3) * 2",
                                              "abs(x - 4)",
                                              "min(round(x, 1), 7 - x)",
                                              "clamp(x - 2, 0, 3) + clamp(6 - x, 0, 1)",
                                              "x > 3 or x < 1",
                                              "x = 4",
                                              "x >= 2 and x <= 2",
                                              "total",
                                              "a",
                                              "b",
                                              "round(3 * x, 0.5) / 7 + max(x, 5)",
                                              "min(x + y, 8)",
                                              "round_even(x / 2, 1)",
                                              "ceil(x * 1.5) - floor(x)",
                                              "x / 3 - x / 3"};
    (void)state;
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        struct swept swept = sweep_of(expressions[i], "x");
        assert_int_equal(straight_at(&swept, 840), 841);
        assert_true(swept.sweep.runs.count < 100);
    }
}

static void whole_numbers_are_pieces_too(void **state)
{
    static const char *const expressions[] = {"n", "total", "a", "min(n, 4) * 3", "floor(n / 3)", "n * n"};
    (void)state;
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        struct swept swept = sweep_of(expressions[i], "n");
        assert_int_equal(straight_at(&swept, 10), 11);
    }
}

/* Products and quotients of what moves bend: they say so, and their ends are what is there. */
static void what_bends_says_so(void **state)
{
    static const char *const expressions[] = {"x * x", "10 / (x + 1)", "x * (10 - x)", "round(x * x / 7, 1)"};
    (void)state;
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        struct swept swept = sweep_of(expressions[i], "x");
        size_t bends = 0;
        for (size_t k = 0; k < swept.sweep.runs.count; k++)
            bends += !swept.sweep.runs.items[k].straight;
        assert_true(bends > 0);
        straight_at(&swept, 840);
    }
}

/* x / (x - 4) faults at 4 alone, and the pieces on both sides know it. */
static void a_division_by_zero_is_a_place_of_its_own(void **state)
{
    (void)state;
    struct swept swept = sweep_of("10 / (x - 4) > 2", "x");
    const struct sweep_run *at = run_at(&swept, num_int(4));
    assert_non_null(at);
    assert_true(cut_compare(at->from, cut_at(num_int(4), 0)) == 0 &&
                cut_compare(at->to, cut_at(num_int(4), 0)) == 0);
    assert_non_null(at->low[0].fault);
}

static void walks_end_where_they_are_told(void **state)
{
    (void)state;
    struct swept swept = sweep_of("x", "x");
    assert_int_equal(swept.sweep.runs.count, 1);
    assert_true(cut_compare(swept.sweep.runs.items[0].from, cut_at(num_int(0), 0)) == 0);
    assert_true(cut_compare(swept.sweep.runs.items[0].to, cut_at(num_int(10), 0)) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(straight_pieces_say_what_is),
        cmocka_unit_test(whole_numbers_are_pieces_too),
        cmocka_unit_test(what_bends_says_so),
        cmocka_unit_test(a_division_by_zero_is_a_place_of_its_own),
        cmocka_unit_test(walks_end_where_they_are_told),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
