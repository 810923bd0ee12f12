/* Both ledgers of a part in words: what gave points, what took them, in which order, and what is left out. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/str.h"
#include "eval/ledger.h"
#include "tests/unit/by_hand.h"

/* ---- a standard */

/* Three numbers from 0 to 9, then two truths. */
static void start(void)
{
    standard = MEM_NEW(struct standard);
    standard->ir = ir = ir_new();
    vec_push(&standard->columns, (struct column){.name = "only"});
    standard->root = MEM_NEW(struct part);
    standard->root->kind = PART_STANDARD;
    standard->offered = num_int(20);
    for (int i = 0; i < 3; i++)
        declare(NUMBER, range_between(num_int(0), num_int(9)));
    for (int i = 0; i < 2; i++)
        declare(TRUTH, range_all());
}

static struct ir_node *constant(int value)
{
    return ir_number(ir, num_int(value), SPAN_NONE);
}

static struct ir_node *binary(enum ir_op op, struct ir_node *a, struct ir_node *b)
{
    return ir_binary(ir, op, NUMBER, a, b, SPAN_NONE);
}

static struct ir_node *choice(struct ir_node *when, struct ir_node *a, struct ir_node *b)
{
    return ir_if(ir, when, a, b, SPAN_NONE);
}

static struct part *add_part(struct part *parent, enum part_kind kind, const char *name, int cap)
{
    struct part *part = MEM_NEW(struct part);
    *part = (struct part){
        .kind = kind, .name = name, .path = name, .parent = parent, .has_cap = true, .cap = num_int(cap)};
    vec_push(&parent->parts, part);
    return part;
}

static void add_line(struct part *part, enum line_kind kind, struct ir_node *points, struct ir_node *when)
{
    struct line *line = MEM_NEW(struct line);
    *line = (struct line){.kind = kind, .points = points, .when = when};
    vec_push(&part->lines, line);
}

/* On a grid of halves, between 0 and the cap. */
static struct ir_node *scored(struct part *part, struct ir_node *raw)
{
    struct ir_node *held =
        binary(IR_MIN, binary(IR_MAX, raw, constant(0)), ir_number(ir, part->cap, SPAN_NONE));
    struct ir_node *score = ir_round(ir, held, num_ratio(1, 2), NUM_HALF_UP, SPAN_NONE);
    part->raw = raw;
    part->held = held;
    part->score = score;
    return score;
}

/* ---- a unit; what it says nothing of is open */

static const struct value OPEN = {.kind = VALUE_NONE};

static const struct evaluation *evaluated(const struct value *values)
{
    static const struct call call = {0};
    struct unit *unit = MEM_NEW(struct unit);
    const struct given **columns = MEM_ARRAY(const struct given *, 1),
                       **scores = MEM_ARRAY(const struct given *, 1);
    struct given *given = MEM_ARRAY(struct given, FACTS_MAX);
    for (size_t i = 0; i < standard->facts.count; i++) {
        bool open = values[i].kind == VALUE_NONE;
        given[i].state = open ? GIVEN_NOTHING : GIVEN_VALUE;
        given[i].value = open ? ir_field_bounds(&standard->facts.items[i]->field) : values[i];
    }
    columns[0] = given;
    *unit = (struct unit){.columns = 1, .facts = columns, .scores = scores};
    return evaluate(standard, unit, &call);
}

/* ---- in words */

static const char *const REASONS[] = {"line",    "base",    "deducted",  "zeroed", "capped",
                                      "floored", "rounded", "unoffered", "part"};

static size_t place_of(const struct part *part, const struct line *line)
{
    size_t place = 0;
    while (part->lines.items[place] != line)
        place++;
    return place;
}

static void add_text(struct str *text, const struct part *part, const struct ledger_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct range points = lines[i].points.range;
        str_format(text, "%s%s", i ? ", " : "",
                   lines[i].part ? lines[i].part->name : REASONS[lines[i].reason]);
        if (lines[i].line)
            str_format(text, "%zu", place_of(part, lines[i].line));
        str_format(text, " %s", num_text(points.low.at));
        if (!range_is_point(points))
            str_format(text, "..%s", num_text(points.high.at));
    }
}

static const char *ledger_text(const struct part *part, const struct value *values)
{
    struct ledger ledger = ledger_of(evaluated(values), 0, part);
    struct str text = {0};
    add_text(&text, part, ledger.earned, ledger.earned_count);
    str_add(&text, " | ");
    add_text(&text, part, ledger.lost, ledger.lost_count);
    return str_text(&text);
}

static struct value number(int64_t top, int64_t bottom)
{
    return value_number(num_ratio(top, bottom));
}

#define YES value_truth(TRUTH_YES)
#define NO  value_truth(TRUTH_NO)
#define ASSERT_LEDGER(part, expected, ...) \
    assert_string_equal(ledger_text(part, (const struct value[]){__VA_ARGS__}), expected)

/* ---- criteria */

/* The first fact and four when yes, less the second, nothing when the last is yes; out of eight. */
static struct part *criterion(void)
{
    start();
    struct part *part = add_part(standard->root, PART_CRITERION, "c", 8);
    struct ir_node *four = choice(facts[3], constant(4), constant(0));
    add_line(part, LINE_EARN, facts[0], NULL);
    add_line(part, LINE_EARN, four, facts[3]);
    add_line(part, LINE_DEDUCT, facts[1], NULL);
    add_line(part, LINE_ZERO, NULL, facts[4]);
    struct ir_node *sum = binary(IR_SUB, binary(IR_ADD, facts[0], four), facts[1]);
    standard->total_node = scored(part, choice(facts[4], constant(0), sum));
    return part;
}

static void test_a_criterion(void **state)
{
    (void)state;
    const struct part *part = criterion();
    struct value none = number(0, 1);
    ASSERT_LEDGER(part, "line0 3 | line0 5, line1 4, capped -4", number(3, 1), none, none, NO, NO);
    ASSERT_LEDGER(part, "line0 3, line1 4 | line0 5, capped -4", number(3, 1), none, none, YES, NO);
    ASSERT_LEDGER(part, "line0 8 | line1 4, capped -4", number(8, 1), none, none, NO, NO);
    ASSERT_LEDGER(part, "line0 6, line1 4, capped -2 | line0 2, capped -2", number(6, 1), none, none, YES,
                  NO);
    ASSERT_LEDGER(part, "line0 6, line1 4, deducted2 -3 | line0 2, deducted2 3, capped -4", number(6, 1),
                  number(3, 1), none, YES, NO);
    ASSERT_LEDGER(part,
                  "line0 2, deducted2 -5, floored 3 | line0 6, line1 4, deducted2 5, floored -3, capped -4",
                  number(2, 1), number(5, 1), none, NO, NO);
    ASSERT_LEDGER(part, "line0 3, zeroed3 -3 | line0 5, line1 4, zeroed3 3, capped -4", number(3, 1), none,
                  none, NO, YES);
    ASSERT_LEDGER(part, "line0 1.2, rounded -0.2 | line0 6.8, line1 4, rounded 0.2, capped -4", number(6, 5),
                  none, none, NO, NO);
    ASSERT_LEDGER(part, "line0 1.3, rounded 0.2 | line0 6.7, line1 4, rounded -0.2, capped -4",
                  number(13, 10), none, none, NO, NO);
    ASSERT_LEDGER(part, " | line0 8, line1 4, capped -4", none, none, none, NO, NO);
    ASSERT_LEDGER(part, " | line0 8, line1 4, capped -4", none, none, none, NO, YES);
}

/* Where the score is open the lines are ranges, and what may take all is one of them. */
static void test_an_open_criterion(void **state)
{
    (void)state;
    const struct part *part = criterion();
    struct value none = number(0, 1);
    ASSERT_LEDGER(part, "line0 0..9 | line0 -1..8, line1 4", OPEN, none, none, NO, NO);
    ASSERT_LEDGER(part, "line0 3, line1 0..4 | line0 5, line1 0..4", number(3, 1), none, none, OPEN, NO);
    ASSERT_LEDGER(part, "line0 3, zeroed3 -3..0 | line0 5, line1 4, zeroed3 0..3", number(3, 1), none, none,
                  NO, OPEN);
    ASSERT_LEDGER(part, "line0 3, deducted2 -9..0 | line0 5, line1 4, deducted2 0..9", number(3, 1), OPEN,
                  none, NO, NO);
}

/* The score is known whatever its lines come to: they are put down with the least that they can be. */
static void test_a_criterion_known_all_the_same(void **state)
{
    (void)state;
    start();
    struct part *part = add_part(standard->root, PART_CRITERION, "c", 8);
    add_line(part, LINE_EARN, facts[0], NULL);
    standard->total_node = scored(part, binary(IR_MIN, binary(IR_MUL, facts[0], constant(0)), constant(5)));
    ASSERT_LEDGER(part, " | line0 8", OPEN, OPEN, OPEN, NO, NO);
}

/* One that only deducts starts full; one with a base of its own there; one that offers less than its cap says so. */
static void test_bases(void **state)
{
    (void)state;
    struct value none = number(0, 1);
    start();
    struct part *full = add_part(standard->root, PART_CRITERION, "full", 8),
                *based = add_part(standard->root, PART_CRITERION, "based", 8);
    struct part *small = add_part(standard->root, PART_CRITERION, "small", 8),
                *free = add_part(standard->root, PART_CRITERION, "free", 0);
    add_line(full, LINE_DEDUCT, facts[0], NULL);
    scored(full, binary(IR_SUB, constant(8), facts[0]));
    add_line(based, LINE_BASE, constant(5), NULL);
    add_line(based, LINE_DEDUCT, facts[0], NULL);
    scored(based, binary(IR_SUB, constant(5), facts[0]));
    struct ir_node *three = choice(facts[3], constant(3), constant(1));
    add_line(small, LINE_EARN, three, facts[3]);
    scored(small, three);
    free->has_cap = false;
    add_line(free, LINE_EARN, facts[1], NULL);
    free->score = facts[1];
    ASSERT_LEDGER(full, "base 8, deducted0 -3 | deducted0 3", number(3, 1), none, none, NO, NO);
    ASSERT_LEDGER(full, "base 8, deducted0 -9, floored 1 | deducted0 9, floored -1", number(9, 1), none, none,
                  NO, NO);
    ASSERT_LEDGER(based, "base0 5, deducted1 -3 | deducted1 3, unoffered 3", number(3, 1), none, none, NO,
                  NO);
    ASSERT_LEDGER(small, "line0 3 | unoffered 5", none, none, none, YES, NO);
    ASSERT_LEDGER(small, "line0 1 | line0 2, unoffered 5", none, none, none, NO, NO);
    ASSERT_LEDGER(free, "line0 7 | ", none, number(7, 1), none, NO, NO);
}

/* ---- sections */

/* Two criteria of 6 and 4 and a bonus of 2 in a section of 9. */
static struct part *section(void)
{
    start();
    struct part *whole = add_part(standard->root, PART_SECTION, "s", 9),
                *first = add_part(whole, PART_CRITERION, "a", 6);
    struct part *second = add_part(whole, PART_CRITERION, "b", 4),
                *bonus = add_part(whole, PART_BONUS, "bonus", 2);
    struct ir_node *na = ir_const(ir, NUMBER, value_na(), SPAN_NONE),
                   *extra = binary(IR_MIN, facts[2], constant(2));
    struct ir_node *score = choice(facts[3], na, scored(first, facts[0]));
    first->score = score;
    scored(second, facts[1]);
    add_line(bonus, LINE_EARN, facts[2], NULL);
    bonus->score = extra;
    struct ir_node *sum = binary(IR_ADD, ir_binary(ir, IR_NA_AS, NUMBER, score, constant(0), SPAN_NONE),
                                 ir->nodes.items[second->score->id]);
    whole->raw = sum;
    add_line(whole, LINE_ZERO, NULL, facts[4]);
    struct ir_node *total = binary(IR_ADD, binary(IR_MIN, sum, constant(9)), extra);
    standard->total_node = whole->score = choice(facts[4], constant(0), total);
    return whole;
}

static void test_a_section(void **state)
{
    (void)state;
    const struct part *part = section();
    struct value none = number(0, 1);
    ASSERT_LEDGER(part, "a 5, b 3 | a 1, b 1, capped -1", number(5, 1), number(3, 1), none, NO, NO);
    ASSERT_LEDGER(part, "a 6, b 4, capped -1 | ", number(6, 1), number(4, 1), none, NO, NO);
    ASSERT_LEDGER(part, "a 5, b 3, bonus 1 | a 1, b 1, bonus -1, capped -1", number(5, 1), number(3, 1),
                  number(1, 1), NO, NO);
    ASSERT_LEDGER(part, "a 5, b 3, zeroed0 -8 | a 1, b 1, zeroed0 8, capped -1", number(5, 1), number(3, 1),
                  none, NO, YES);
    ASSERT_LEDGER(part, "b 3 | a 6, b 1, capped -1", number(5, 1), number(3, 1), none, YES, NO);
    ASSERT_LEDGER(part, "a 0..6, b 3 | a 0..6, b 1", OPEN, number(3, 1), none, NO, NO);
    ASSERT_LEDGER(part, "a 5, b 3, bonus 0..2 | a 1, b 1, bonus -2..0", number(5, 1), number(3, 1), OPEN, NO,
                  NO);
    ASSERT_LEDGER(part, "a 5, b 3, zeroed0 -8..0 | a 1, b 1, zeroed0 0..8", number(5, 1), number(3, 1), none,
                  NO, OPEN);
}

/* Under `skipped full` what does not apply counts as full, where the section's sum says so. */
static void test_skipped_as_full(void **state)
{
    (void)state;
    start();
    struct part *whole = add_part(standard->root, PART_SECTION, "s", 9),
                *first = add_part(whole, PART_CRITERION, "a", 6);
    struct part *second = add_part(whole, PART_CRITERION, "b", 4);
    struct ir_node *na = ir_const(ir, NUMBER, value_na(), SPAN_NONE),
                   *score = choice(facts[3], na, scored(first, facts[0]));
    first->score = score;
    struct ir_node *full = ir_binary(ir, IR_NA_AS, NUMBER, score, constant(6), SPAN_NONE);
    standard->total_node = scored(whole, binary(IR_ADD, full, scored(second, facts[1])));
    struct value none = number(0, 1);
    ASSERT_LEDGER(whole, "a 6, b 2 | b 2, capped -1", number(5, 1), number(2, 1), none, YES, NO);
    ASSERT_LEDGER(whole, "a 5, b 2 | a 1, b 2, capped -1", number(5, 1), number(2, 1), none, NO, NO);
    ASSERT_LEDGER(whole, "a 6, b 4, capped -1 | ", number(5, 1), number(4, 1), none, YES, NO);
}

/* Weighted parts add their rate of what they are worth: of what the standard offers, or of the cap of the section. */
static void test_weighted_parts(void **state)
{
    (void)state;
    for (int nested = 0; nested < 2; nested++) {
        start();
        struct part *whole = nested ? add_part(standard->root, PART_SECTION, "outer", 10) : standard->root;
        struct part *first = add_part(whole, PART_SECTION, "a", 6),
                    *second = add_part(whole, PART_SECTION, "b", 4);
        first->has_weight = second->has_weight = true;
        first->weight = num_ratio(3, 5), second->weight = num_ratio(2, 5);
        struct ir_node *score = scored(first, facts[0]), *other = scored(second, facts[1]);
        first->rate = binary(IR_DIV, score, constant(6));
        second->rate = binary(IR_DIV, other, constant(4));
        whole->has_cap = true;
        whole->cap = num_int(nested ? 10 : 20);
        int worth = nested ? 10 : 20;
        struct ir_node *sum =
            binary(IR_ADD, binary(IR_MUL, score, ir_number(ir, num_ratio(worth, 10), SPAN_NONE)),
                   binary(IR_MUL, other, ir_number(ir, num_ratio(worth, 10), SPAN_NONE)));
        standard->total_node = scored(whole, sum);
        struct value none = number(0, 1);
        ASSERT_LEDGER(whole, nested ? "a 5, b 2 | a 1, b 2" : "a 10, b 4 | a 2, b 4", number(5, 1),
                      number(2, 1), none, NO, NO);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_criterion),
        cmocka_unit_test(test_an_open_criterion),
        cmocka_unit_test(test_a_criterion_known_all_the_same),
        cmocka_unit_test(test_skipped_as_full),
        cmocka_unit_test(test_weighted_parts),
        cmocka_unit_test(test_bases),
        cmocka_unit_test(test_a_section),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
