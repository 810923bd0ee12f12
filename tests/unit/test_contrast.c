/* How far one column lies from another: what both know alike falls out, whatever it is; what the columns say each for itself does not. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/str.h"
#include "eval/contrast.h"
#include "eval/eval.h"
#include "tests/unit/by_hand.h"

enum { COLUMNS = 3, FACTS = 4 };

static struct ir_node *x, *y, *z, *t;

/* ---- a standard of three columns, and its unit */

static void start(void)
{
    standard = MEM_NEW(struct standard);
    standard->ir = ir = ir_new();
    for (int i = 0; i < COLUMNS; i++)
        vec_push(&standard->columns, (struct column){.name = "column"});
    standard->final_column = 2;
    x = facts[declare(NUMBER, range_between(num_int(0), num_int(90)))->slot];
    y = facts[declare(NUMBER, range_between(num_int(0), num_int(30)))->slot];
    z = facts[declare(NUMBER, range_between(num_int(0), num_int(90)))->slot];
    t = facts[declare(TRUTH, range_all())->slot];
}

/* Of the first column, of the second, which is never asked about, and of the third. Facts are open where they say nothing. */
struct entry {
    struct value first, second, third;
    bool taken_over; /* the first column's entry counts in all */
};

static const struct value OPEN = {.kind = VALUE_NONE};

static const struct unit *unit_of(const struct entry *entries)
{
    struct unit *unit = MEM_NEW(struct unit);
    const struct given **entered = MEM_ARRAY(const struct given *, COLUMNS),
                       **scores = MEM_ARRAY(const struct given *, COLUMNS);
    for (size_t c = 0; c < COLUMNS; c++) {
        struct given *given = MEM_ARRAY(struct given, FACTS);
        for (size_t i = 0; i < FACTS; i++) {
            const struct entry *entry = &entries[i];
            struct value value = entry->taken_over || c == 0 ? entry->first
                                 : c == 1                    ? entry->second
                                                             : entry->third;
            bool open = value.kind == VALUE_NONE && !value.na;
            given[i] = (struct given){.state = open ? GIVEN_NOTHING : GIVEN_VALUE,
                                      .column = entry->taken_over ? 0 : c};
            given[i].value = open ? ir_field_bounds(&standard->facts.items[i]->field) : value;
        }
        entered[c] = given;
    }
    *unit = (struct unit){.columns = COLUMNS, .facts = entered, .scores = scores};
    return unit;
}

/* x is 3, then 5; y is open, and the same in all columns; z is open in each for itself; t is yes. */
static const struct unit *usual(void)
{
    const struct entry entries[] = {
        {value_int(3), value_int(70), value_int(5), false},
        {OPEN, OPEN, OPEN, true},
        {OPEN, OPEN, OPEN, false},
        {value_truth(TRUTH_YES), value_truth(TRUTH_NO), value_truth(TRUTH_YES), true}};
    return unit_of(entries);
}

static struct ir_node *constant(int value)
{
    return ir_number(ir, num_int(value), SPAN_NONE);
}

static struct ir_node *binary(enum ir_op op, struct ir_node *a, struct ir_node *b)
{
    return ir_binary(ir, op, op == IR_LESS ? TRUTH : NUMBER, a, b, SPAN_NONE);
}

static struct ir_node *choice(struct ir_node *when, struct ir_node *a, struct ir_node *b)
{
    return ir_if(ir, when, a, b, SPAN_NONE);
}

/* ---- the third column less the first */

static const char *contrast_text(const struct contrast *contrast)
{
    struct range range = contrast->difference.range;
    if (contrast->difference.na)
        return "n/a";
    return str_print("%s..%s%s%s", num_text(range.low.at), num_text(range.high.at),
                     contrast->exact ? "" : " at most", contrast->alike ? " alike" : "");
}

static const char *contrast_in(const struct unit *unit, const struct call *call, const struct ir_node *node)
{
    standard->total_node = node;
    const struct evaluation *evaluation = evaluate(standard, unit, call);
    return contrast_text(contrast_of(evaluation, call, (struct contrast_columns){0, 2}, &node, 1));
}

static void assert_contrast(const struct ir_node *node, const char *expected)
{
    static const struct call call = {0};
    assert_string_equal(contrast_in(usual(), &call, node), expected);
}

#define ASSERT_CONTRAST(node, expected) \
    start();                            \
    assert_contrast(node, expected)

static void test_what_falls_out(void **state)
{
    (void)state;
    ASSERT_CONTRAST(x, "2..2");
    ASSERT_CONTRAST(y, "0..0 alike");
    ASSERT_CONTRAST(binary(IR_MUL, y, constant(4)), "0..0 alike");
    ASSERT_CONTRAST(binary(IR_ADD, x, y), "2..2");
    ASSERT_CONTRAST(binary(IR_SUB, y, x), "-2..-2");
    ASSERT_CONTRAST(binary(IR_SUB, binary(IR_ADD, x, y), binary(IR_ADD, y, constant(1))), "2..2");
    ASSERT_CONTRAST(binary(IR_MIN, x, binary(IR_ADD, y, constant(10))), "2..2");
    ASSERT_CONTRAST(binary(IR_MAX, binary(IR_ADD, y, constant(10)), x), "0..0");
    ASSERT_CONTRAST(binary(IR_MAX, binary(IR_ADD, x, constant(50)), y), "2..2");
    ASSERT_CONTRAST(choice(t, binary(IR_ADD, x, y), z), "2..2");
    ASSERT_CONTRAST(choice(ir_unary(ir, IR_NOT, TRUTH, t, SPAN_NONE), z, binary(IR_ADD, x, y)), "2..2");
    ASSERT_CONTRAST(ir_binary(ir, IR_NA_AS, NUMBER, binary(IR_ADD, x, y), z, SPAN_NONE), "2..2");
    ASSERT_CONTRAST(ir_unary(ir, IR_MIX, NUMBER, binary(IR_ADD, x, y), SPAN_NONE), "2..2");
}

static void test_what_stays(void **state)
{
    (void)state;
    ASSERT_CONTRAST(z, "-90..90");
    ASSERT_CONTRAST(binary(IR_ADD, x, z), "-88..92");
    ASSERT_CONTRAST(binary(IR_MUL, x, y), "0..60");
    ASSERT_CONTRAST(binary(IR_MUL, y, x), "0..60");
    ASSERT_CONTRAST(binary(IR_MUL, x, z), "-270..450");
    ASSERT_CONTRAST(binary(IR_MUL, z, x), "-270..450");
    ASSERT_CONTRAST(binary(IR_DIV, x, binary(IR_ADD, y, constant(2))), "0.0625..1");
    ASSERT_CONTRAST(binary(IR_DIV, y, x), "-4..0");
    ASSERT_CONTRAST(binary(IR_MIN, binary(IR_MUL, x, constant(8)), binary(IR_ADD, y, constant(10))), "0..16");
    ASSERT_CONTRAST(choice(binary(IR_LESS, x, constant(4)), y, x), "-25..5");
    ASSERT_CONTRAST(ir_round(ir, binary(IR_ADD, x, y), num_int(4), NUM_DOWN, SPAN_NONE), "0..4");
}

/* Rows that both columns have, each times what the columns say apart, and beside what is open in both. */
static void test_rows(void **state)
{
    (void)state;
    start();
    struct field *digit = MEM_NEW(struct field);
    *digit = (struct field){.type = NUMBER,
                            .limits = {.range = range_whole(0, 9), .low_fact = -1, .high_fact = -1}};
    struct type list = {.kind = TYPE_LIST, .element = digit};
    struct value cells[] = {value_int(2), value_int(4)};
    struct ir_node *rows = ir_const(ir, list, value_sequence(1, 2, cells), SPAN_NONE), *sums[2];
    for (int i = 0; i < 2; i++) {
        struct ir_block *block = ir_block_open(ir, rows);
        struct ir_node *it = ir_element(ir, block, 0, SPAN_NONE), *points = binary(IR_MUL, it, i ? y : x);
        struct ir_node *bag =
            ir_block_close(ir, block, ir_truth(ir, true, SPAN_NONE), points, NULL, SPAN_NONE);
        sums[i] = ir_unary(ir, IR_SUM, NUMBER, bag, SPAN_NONE);
    }
    assert_contrast(binary(IR_ADD, sums[0], y), "12..12");
    assert_contrast(binary(IR_ADD, sums[1], z), "-90..90");
    assert_contrast(binary(IR_ADD, sums[0], sums[1]), "12..12");
}

/* Nothing is said of what may be n/a in one of them. */
static void test_what_may_be_na(void **state)
{
    (void)state;
    for (int column = 0; column < 3; column++) {
        start();
        struct entry entries[FACTS] = {{value_int(3), value_int(70), value_int(5), false},
                                       {OPEN, OPEN, OPEN, true},
                                       {OPEN, OPEN, OPEN, false},
                                       {OPEN, OPEN, OPEN, true}};
        struct value *where = column == 0   ? &entries[0].first
                              : column == 1 ? &entries[0].second
                                            : &entries[0].third;
        *where = value_na();
        static const struct call call = {0};
        assert_string_equal(contrast_in(unit_of(entries), &call, binary(IR_ADD, x, y)),
                            column == 1 ? "2..2" : "n/a");
    }
}

/* Of the other units each column has its own. */
static void test_others(void **state)
{
    (void)state;
    start();
    struct ir_node *inputs[2];
    vec_push(&standard->cohort.operands, (struct cohort_operand){.node = y});
    for (int i = 0; i < 2; i++) {
        inputs[i] = ir_input(ir, IR_COHORT, i, NUMBER, value_range(range_between(num_int(0), num_int(99))),
                             SPAN_NONE);
        vec_push(&standard->cohort.inputs,
                 (struct cohort_input){i ? COHORT_LOWEST : COHORT_HIGHEST, 0, inputs[i]});
    }
    cohort_find_levels(&standard->cohort, ir);
    const int ends[COLUMNS][2][2] = {{{10, 12}, {1, 2}}, {{90, 95}, {50, 60}}, {{20, 25}, {4, 8}}};
    struct value *values = MEM_ARRAY(struct value, COLUMNS * 2);
    for (int i = 0; i < COLUMNS * 2; i++)
        values[i] =
            value_range(range_between(num_int(ends[i / 2][i % 2][0]), num_int(ends[i / 2][i % 2][1])));
    struct others others = {.units = 4, .values = values, .ties = MEM_ARRAY(unsigned char, COLUMNS * 2)};
    struct call call = {.others = &others};
    assert_string_equal(contrast_in(usual(), &call, inputs[0]), "8..15 at most");
    assert_string_equal(contrast_in(usual(), &call, inputs[1]), "2..7 at most");
    assert_string_equal(contrast_in(usual(), &call, binary(IR_ADD, x, inputs[1])), "4..9 at most");
    static const struct call nobody_named = {0};
    assert_string_equal(contrast_in(usual(), &nobody_named, binary(IR_ADD, x, inputs[1])),
                        "-97..101 at most");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_falls_out), cmocka_unit_test(test_what_stays),
        cmocka_unit_test(test_what_may_be_na), cmocka_unit_test(test_rows), cmocka_unit_test(test_others)};
    return cmocka_run_group_tests(tests, set_up, NULL);
}
