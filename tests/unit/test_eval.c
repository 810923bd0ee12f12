/* Evaluation of small standards built by hand: ranges, columns, faults, judged scores, ledgers. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/mem.h"
#include "eval/ledger.h"
#include "eval/probe.h"

static const struct type number_type = {.kind = TYPE_NUMBER}, truth_type = {.kind = TYPE_YESNO};

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

/* ---- building */

static struct ir *ir;
static struct standard *standard;

static void start(void)
{
    standard = MEM_NEW(struct standard);
    standard->ir = ir = ir_new();
    vec_push(&standard->columns, (struct column){.name = "only"});
}

static struct fact_declaration *declare(struct type type)
{
    struct fact_declaration *fact = MEM_NEW(struct fact_declaration);
    fact->slot = standard->facts.count;
    fact->field.type = type;
    fact->field.limits = (struct limits){.low_fact = -1, .high_fact = -1, .key_column = -1};
    vec_push(&standard->facts, fact);
    return fact;
}

static struct ir_node *read_fact(struct fact_declaration *fact)
{
    struct value bounds = ir_field_bounds(&fact->field);
    struct ir_node *node = ir_input(ir, IR_FACT, (long)fact->slot, fact->field.type, bounds, SPAN_NONE);
    fact->node = node;
    return node;
}

static struct ir_node *yesno(void)
{
    return read_fact(declare(truth_type));
}

static struct ir_node *number(int low, int high, bool whole)
{
    struct fact_declaration *fact = declare((struct type){.kind = TYPE_NUMBER, .whole = whole});
    fact->field.limits.range = range_of(cut_at(num_int(low), 0), cut_at(num_int(high), 0), whole);
    return read_fact(fact);
}

static struct ir_node *constant(int value)
{
    return ir_number(ir, num_int(value), SPAN_NONE);
}

static struct ir_node *binary(enum ir_op op, struct ir_node *a, struct ir_node *b)
{
    bool truth = op == IR_LESS || op == IR_LESS_EQUAL || op == IR_EQUAL;
    return ir_binary(ir, op, truth ? truth_type : number_type, a, b, SPAN_NONE);
}

static struct ir_node *choice(struct ir_node *when, struct ir_node *a, struct ir_node *b)
{
    return ir_if(ir, when, a, b, SPAN_NONE);
}

static void show(struct ir_node *node)
{
    vec_push(&standard->shows, (struct show){.name = "show", .value = node});
}

/* ---- units */

static const struct value open_value = {.kind = VALUE_NONE};

static bool is_open(const struct value *value)
{
    return value->kind == VALUE_NONE && !value->na;
}

static struct given give(const struct field *field, struct value value, size_t column)
{
    bool open = is_open(&value);
    return (struct given){.state = open ? GIVEN_NOTHING : GIVEN_VALUE,
                          .value = open ? ir_field_bounds(field) : value,
                          .column = column};
}

/* `values`: the facts of one column after the other; `scores` too. */
static const struct unit *unit_of(const struct value *values, const struct value *scores)
{
    struct unit *unit = MEM_NEW(struct unit);
    size_t columns = standard->columns.count, facts = standard->facts.count, judged = standard->judged.count;
    const struct given **all = MEM_ARRAY(const struct given *, columns),
                       **entered = MEM_ARRAY(const struct given *, columns);
    for (size_t c = 0; c < columns; c++) {
        struct given *given = MEM_ARRAY(struct given, facts + 1),
                     *score = MEM_ARRAY(struct given, judged + 1);
        for (size_t i = 0; i < facts; i++)
            given[i] = give(&standard->facts.items[i]->field, values[c * facts + i], c);
        for (size_t i = 0; i < judged; i++) {
            bool open = is_open(&scores[c * judged + i]);
            struct value bounds = standard->judged.items[i]->node->bounds;
            score[i] = (struct given){.state = open ? GIVEN_NOTHING : GIVEN_VALUE,
                                      .value = open ? bounds : scores[c * judged + i],
                                      .column = c};
        }
        all[c] = given;
        entered[c] = score;
    }
    *unit = (struct unit){.columns = columns, .facts = all, .scores = entered};
    return unit;
}

/* Of all that is evaluated here together. */
static size_t passes, steps;

static const struct evaluation *run_unit(const struct unit *unit)
{
    static const struct call call = {0};
    const struct evaluation *evaluation = evaluate(standard, unit, &call);
    passes += evaluation->passes;
    steps += evaluation->steps;
    return evaluation;
}

static const struct evaluation *run_with(const struct value *values)
{
    return run_unit(unit_of(values, NULL));
}

static const struct evaluation *run_open(void)
{
    return run_with(MEM_ARRAY(struct value, standard->facts.count + 1));
}

static void assert_between(const struct evaluation *evaluation, const struct ir_node *node, struct num low,
                           struct num high)
{
    const struct value *value = evaluation_value(evaluation, evaluation->final, node);
    assert_int_equal(value->kind, VALUE_NUMBER);
    assert_true(num_equal(value->range.low.at, low) && !value->range.low.infinite);
    assert_true(num_equal(value->range.high.at, high) && !value->range.high.infinite);
}

/* ---- what is known */

static void test_reads_follow_branches(void **state)
{
    (void)state;
    start();
    struct ir_node *when = yesno(), *a = number(0, 9, true), *b = number(0, 9, true);
    standard->total_node = choice(when, a, b);
    const struct evaluation *evaluation =
        run_with((struct value[]){value_truth(TRUTH_YES), value_int(3), value_int(5)});
    assert_between(evaluation, standard->total_node, num_int(3), num_int(3));
    struct read_facts reads = evaluation_reads(evaluation, 0, standard->total_node);
    assert_int_equal(reads.count, 2);
    assert_int_equal(reads.slots[0], 0);
    assert_int_equal(reads.slots[1], 1);
    assert_int_equal(evaluation->deciding_count, 0);
}

static size_t reads_of_chain(enum ir_op op, unsigned a, unsigned b)
{
    start();
    struct ir_node *both[] = {yesno(), yesno()};
    struct ir_node *chain = ir_apply(ir, op, truth_type, 2, both, SPAN_NONE);
    standard->total_node = choice(chain, constant(1), constant(0));
    const struct evaluation *evaluation = run_with((struct value[]){value_truth(a), value_truth(b)});
    return evaluation_reads(evaluation, 0, standard->total_node).count;
}

/* As far as the first that decides. */
static void test_reads_of_chains(void **state)
{
    (void)state;
    assert_int_equal(reads_of_chain(IR_AND, TRUTH_YES, TRUTH_YES), 2);
    assert_int_equal(reads_of_chain(IR_AND, TRUTH_YES, TRUTH_NO), 2);
    assert_int_equal(reads_of_chain(IR_AND, TRUTH_NO, TRUTH_YES), 1);
    assert_int_equal(reads_of_chain(IR_OR, TRUTH_NO, TRUTH_NO), 2);
    assert_int_equal(reads_of_chain(IR_OR, TRUTH_NO, TRUTH_YES), 2);
    assert_int_equal(reads_of_chain(IR_OR, TRUTH_YES, TRUTH_NO), 1);
}

/* One that can be n/a as well does not decide alone. */
static void test_reads_past_what_may_be_na(void **state)
{
    (void)state;
    start();
    struct fact_declaration *perhaps = declare(truth_type);
    perhaps->field.limits.or_na = true;
    struct ir_node *both[] = {read_fact(perhaps), yesno()};
    struct ir_node *chain = ir_apply(ir, IR_AND, truth_type, 2, both, SPAN_NONE);
    standard->total_node = choice(chain, constant(1), constant(0));
    const struct evaluation *evaluation = run_with((struct value[]){value_na(), value_truth(TRUTH_NO)});
    assert_int_equal(evaluation_reads(evaluation, 0, standard->total_node).count, 2);
    evaluation = run_with((struct value[]){value_or_na(value_truth(TRUTH_NO)), value_truth(TRUTH_NO)});
    assert_int_equal(evaluation_reads(evaluation, 0, standard->total_node).count, 2);
}

/* A list of parts: whether each is there, and what it comes to where it is. */
static void test_reads_of_lists(void **state)
{
    (void)state;
    start();
    struct ir_node *cells[] = {yesno(), number(0, 9, true), yesno(), number(0, 9, true)};
    struct ir_node *bag = ir_apply(ir, IR_BAG, number_type, 4, cells, SPAN_NONE);
    standard->total_node = ir_unary(ir, IR_SUM, number_type, bag, SPAN_NONE);
    const struct evaluation *evaluation =
        run_with((struct value[]){value_truth(TRUTH_YES), value_int(3), value_truth(TRUTH_NO), value_int(5)});
    assert_between(evaluation, standard->total_node, num_int(3), num_int(3));
    struct read_facts reads = evaluation_reads(evaluation, 0, standard->total_node);
    assert_int_equal(reads.count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(reads.slots[i], i);
}

static struct fact_declaration *declare_digits(int rows)
{
    struct field *element = MEM_NEW(struct field);
    *element = (struct field){.type = number_type, .limits = {.low_fact = -1, .high_fact = -1}};
    element->limits.range = range_whole(0, 9);
    struct fact_declaration *fact = declare((struct type){.kind = TYPE_LIST, .element = element});
    fact->field.limits.count = range_whole(0, rows);
    return fact;
}

/* The highest of each key, of the rows that are there: each reads a fact of its own. */
static const struct evaluation *read_in_rows(size_t rows)
{
    start();
    struct ir_node *list = read_fact(declare_digits(2)), *line = number(0, 9, true),
                   *factor = number(0, 9, true), *shift = number(0, 9, true);
    struct ir_block *block = ir_block_open(ir, list);
    struct ir_node *it = ir_element(ir, block, 0, SPAN_NONE);
    struct ir_node *here = binary(IR_LESS, line, it), *value = binary(IR_MUL, it, factor),
                   *key = binary(IR_ADD, it, shift);
    struct ir_node *bag = ir_block_close(ir, block, here, value, key, SPAN_NONE);
    standard->total_node =
        ir_unary(ir, IR_SUM, number_type, ir_unary(ir, IR_BEST_PER, number_type, bag, SPAN_NONE), SPAN_NONE);
    struct value cells[] = {value_int(3), value_int(7)};
    return run_with(
        (struct value[]){value_sequence(1, rows, cells), value_int(1), value_int(2), value_int(3)});
}

static void test_reads_in_rows(void **state)
{
    (void)state;
    const struct evaluation *evaluation = read_in_rows(2);
    assert_between(evaluation, standard->total_node, num_int(20), num_int(20));
    assert_int_equal(evaluation_reads(evaluation, 0, standard->total_node).count, 4);
    evaluation = read_in_rows(0);
    struct read_facts reads = evaluation_reads(evaluation, 0, standard->total_node);
    assert_int_equal(reads.count, 1);
    assert_int_equal(reads.slots[0], 0);
}

/* ---- splitting */

static void test_a_fact_read_twice(void **state)
{
    (void)state;
    start();
    struct ir_node *a = number(0, 9, true), *b = binary(IR_SUB, constant(9), a);
    standard->total_node = binary(IR_ADD, a, b);
    struct ir_node *product = binary(IR_MUL, a, b);
    show(product);
    const struct evaluation *evaluation = run_open();
    assert_between(evaluation, standard->total_node, num_int(9), num_int(9));
    assert_between(evaluation, product, num_int(0), num_int(20));
    assert_true(evaluation_exact(evaluation, 0, product));
    assert_int_equal(evaluation->deciding_count, 0);
}

/* How much `factor` moves the total hangs on six others, too many to try each way; it moves it the most where no end of
 * the total lies. */
static void test_a_swing_among_many(void **state)
{
    (void)state;
    start();
    struct ir_node *factor = number(0, 3, true), *hills = constant(0), *slopes = constant(0);
    for (int i = 0; i < 6; i++) {
        struct ir_node *at = number(0, 9, true);
        struct ir_node *hill = binary(IR_MIN, at, binary(IR_SUB, constant(9), at));
        hills = binary(IR_ADD, hills, hill);
        slopes = binary(IR_ADD, slopes, binary(IR_MUL, constant(100), at));
    }
    standard->total_node = binary(IR_SUB, binary(IR_MUL, factor, hills), slopes);
    const struct evaluation *evaluation = run_open();
    assert_int_equal(evaluation->deciding_count, 7);
    for (size_t i = 0; i < 6; i++)
        assert_true(num_equal(evaluation->deciding[i].swing.high.at, num_int(900)));
    assert_int_equal(evaluation->deciding[6].slot, 0);
    assert_true(num_equal(evaluation->deciding[6].swing.high.at, num_int(3 * 6 * 4)));
}

/* got ÷ due × 100 where an item of 10 may not apply. */
static void test_what_may_not_apply(void **state)
{
    (void)state;
    start();
    struct fact_declaration *fact = declare(number_type);
    fact->field.limits.range = range_between(num_int(0), num_int(1));
    fact->field.limits.or_na = true;
    struct ir_node *share = read_fact(fact), *score = binary(IR_MUL, share, constant(10));
    struct ir_node *skipped = ir_unary(ir, IR_IS_NA, truth_type, score, SPAN_NONE);
    struct ir_node *got = binary(IR_ADD, constant(88), binary(IR_NA_AS, score, constant(0)));
    struct ir_node *due = binary(IR_ADD, constant(90), choice(skipped, constant(0), constant(10)));
    standard->total_node = binary(IR_DIV, binary(IR_MUL, got, constant(100)), due);
    const struct evaluation *evaluation = run_open();
    assert_between(evaluation, standard->total_node, num_int(88), num_int(98));
    assert_true(evaluation_exact(evaluation, 0, standard->total_node));
    assert_int_equal(evaluation->deciding_count, 1);
    assert_true(num_equal(evaluation->deciding[0].swing.high.at, num_int(10)));
}

static void test_what_holds_only_in_the_limit(void **state)
{
    (void)state;
    start();
    struct ir_node *x = number(0, 10, false), *below = binary(IR_LESS, x, constant(10));
    struct ir_node *total = choice(below, x, constant(0));
    standard->total_node = total;
    standard->eligible = binary(IR_LESS, total, constant(10));
    const struct evaluation *evaluation = run_open();
    assert_between(evaluation, standard->total_node, num_int(0), num_int(10));
    assert_true(evaluation_exact(evaluation, 0, standard->total_node));
    assert_true(value_is_yes(evaluation_value(evaluation, 0, standard->eligible)));
}

static void test_limits_between_facts(void **state)
{
    (void)state;
    start();
    struct ir_node *all = number(0, 20, true), *some = number(0, 99, true);
    standard->facts.items[1]->field.limits.high_fact = 0;
    standard->total_node = binary(IR_SUB, all, some);
    show(some);
    const struct evaluation *evaluation = run_open();
    assert_between(evaluation, standard->total_node, num_int(0), num_int(20));
    assert_between(evaluation, some, num_int(0), num_int(20));
    evaluation = run_with((struct value[]){value_int(7), open_value});
    assert_between(evaluation, some, num_int(0), num_int(7));
}

static void test_cells_of_a_list(void **state)
{
    (void)state;
    start();
    struct field *element = MEM_NEW(struct field);
    *element = (struct field){.type = {.kind = TYPE_NUMBER, .whole = true},
                              .limits = {.low_fact = -1, .high_fact = -1}};
    element->limits.range = range_of(cut_at(num_int(0), 0), cut_at(num_int(5), 0), true);
    struct fact_declaration *fact = declare((struct type){.kind = TYPE_LIST, .element = element});
    fact->field.limits.count = range_point(num_int(2));
    struct ir_node *list = read_fact(fact);
    struct ir_block *block = ir_block_open(ir, list);
    struct ir_node *it = ir_element(ir, block, 0, SPAN_NONE);
    struct ir_node *bag = ir_block_close(ir, block, ir_truth(ir, true, SPAN_NONE), it, NULL, SPAN_NONE);
    struct ir_node *sum = ir_unary(ir, IR_SUM, number_type, bag, SPAN_NONE),
                   *most = ir_unary(ir, IR_HIGHEST, number_type, bag, SPAN_NONE);
    standard->total_node = binary(IR_SUB, sum, most);
    struct value cells[] = {value_int(3), ir_field_bounds(element)};
    struct value partly = value_sequence(1, 2, cells);
    const struct evaluation *evaluation = run_with(&partly);
    assert_between(evaluation, standard->total_node, num_int(0), num_int(3));
    assert_true(evaluation_exact(evaluation, 0, standard->total_node));
    assert_int_equal(evaluation->deciding_count, 1);
}

static void test_an_end_that_no_split_reaches(void **state)
{
    (void)state;
    start();
    struct ir_node *x = number(0, 1, false), *square = binary(IR_MUL, x, x);
    standard->total_node = binary(IR_MUL, x, binary(IR_SUB, constant(1), square));
    const struct evaluation *evaluation = run_open();
    const struct value *total = evaluation_value(evaluation, 0, standard->total_node);
    assert_between(evaluation, standard->total_node, num_int(0), total->range.high.at);
    assert_true(num_compare(total->range.high.at, num_ratio(384, 1000)) >
                0); /* at the root of a third: 0.3849 */
    assert_true(num_compare(total->range.high.at, num_ratio(45, 100)) < 0);
    assert_false(evaluation_exact(evaluation, 0, standard->total_node));
}

static void test_without_an_end(void **state)
{
    (void)state;
    start();
    struct fact_declaration *fact = declare((struct type){.kind = TYPE_NUMBER, .whole = true});
    fact->field.limits.range = range_of(cut_at(num_int(0), 0), cut_infinite(1), true);
    struct ir_node *count = read_fact(fact);
    standard->total_node = binary(IR_SUB, constant(100), binary(IR_MUL, count, constant(2)));
    struct ir_node *held = binary(IR_MIN, count, constant(5));
    show(held);
    const struct evaluation *evaluation = run_open();
    const struct value *total = evaluation_value(evaluation, 0, standard->total_node);
    assert_true(total->range.low.infinite < 0 && num_equal(total->range.high.at, num_int(100)));
    assert_true(evaluation_exact(evaluation, 0, standard->total_node));
    assert_true(evaluation_exact(evaluation, 0, held));
    assert_between(evaluation, held, num_int(0), num_int(5));
    assert_true(evaluation->deciding[0].swing.high.infinite);
}

static void test_what_is_known_stays_so(void **state)
{
    (void)state;
    start();
    struct ir_node *x = number(0, 4, true);
    struct ir_node *known = ir_unary(ir, IR_IS_KNOWN, truth_type, x, SPAN_NONE);
    standard->total_node = choice(known, constant(100), x);
    const struct evaluation *evaluation = run_open();
    assert_between(evaluation, standard->total_node, num_int(0), num_int(4));
    evaluation = run_with((struct value[]){value_int(2)});
    assert_between(evaluation, standard->total_node, num_int(100), num_int(100));
}

/* ---- faults */

static void test_faults_rule_worlds_out(void **state)
{
    (void)state;
    start();
    struct ir_node *x = number(0, 5, true);
    standard->total_node = binary(IR_DIV, constant(10), x);
    show(x);
    const struct evaluation *evaluation = run_open();
    assert_false(evaluation->refused);
    assert_between(evaluation, standard->total_node, num_int(2), num_int(10));
    assert_between(evaluation, x, num_int(1), num_int(5));
    assert_true(evaluation_exact(evaluation, 0, x));
}

static void test_faults_that_are_sure(void **state)
{
    (void)state;
    start();
    struct ir_node *x = number(0, 5, true), *none = binary(IR_SUB, x, x);
    standard->total_node = binary(IR_DIV, constant(10), none);
    const struct evaluation *evaluation = run_open();
    assert_true(evaluation->refused);
    assert_int_equal(evaluation->complaint_count, 1);
    assert_int_equal(evaluation->complaints[0].kind, COMPLAINT_FAULT);
    assert_int_equal(evaluation->complaints[0].fault, FAULT_DIVISION);
    assert_ptr_equal(evaluation->complaints[0].node, standard->total_node);
}

/* Each fault once, however often it is shown. */
static void test_faults_are_told_once(void **state)
{
    (void)state;
    start();
    struct ir_node *x = number(0, 9, true), *halves[2];
    for (int i = 0; i < 2; i++)
        halves[i] = binary(IR_DIV, constant(i + 1), x);
    for (int i = 0; i < 4; i++)
        show(binary(IR_ADD, halves[i % 2], constant(i)));
    const struct evaluation *evaluation = run_with((struct value[]){value_int(0)});
    assert_true(evaluation->refused);
    assert_int_equal(evaluation->complaint_count, 2);
    for (size_t i = 0; i < 2; i++)
        assert_ptr_equal(evaluation->complaints[i].node, halves[i]);
}

static void test_no_day_is_known(void **state)
{
    (void)state;
    start();
    standard->total_node = ir_input(ir, IR_CALENDAR, CALENDAR_TODAY, (struct type){.kind = TYPE_DATE},
                                    value_range(range_all()), SPAN_NONE);
    const struct evaluation *evaluation = run_open();
    assert_false(evaluation->has_on);
    assert_int_equal(evaluation->complaints[0].fault, FAULT_NO_PERIOD);
    const struct call call = {.has_on = true, .on = 17000};
    evaluation = evaluate(standard, unit_of(NULL, NULL), &call);
    assert_true(evaluation->has_on && evaluation->on == 17000);
    assert_false(evaluation->refused);
}

/* ---- columns */

static struct ir_node *mixed_share(void)
{
    start();
    vec_push(&standard->columns, (struct column){.name = "second", .weight = num_ratio(7, 10)});
    standard->columns.items[0].weight = num_ratio(3, 10);
    standard->mixed = true;
    struct fact_declaration *fact = declare(number_type);
    fact->field.limits.range = range_between(num_int(0), num_int(10));
    fact->field.limits.or_na = true;
    struct ir_node *score = read_fact(fact);
    standard->total_node = ir_unary(ir, IR_MIX, number_type, score, SPAN_NONE);
    return score;
}

static void test_mix(void **state)
{
    (void)state;
    struct ir_node *score = mixed_share();
    const struct evaluation *evaluation = run_with((struct value[]){value_int(10), value_int(5)});
    assert_int_equal(evaluation->contexts, 3);
    assert_int_equal(evaluation->final, 2);
    assert_between(evaluation, standard->total_node, num_ratio(13, 2), num_ratio(13, 2));
    assert_true(num_equal(value_point(evaluation_value(evaluation, 0, standard->total_node)), num_int(10)));
    assert_true(num_equal(value_point(evaluation_value(evaluation, 2, score)), num_int(5)));
    evaluation = run_with((struct value[]){value_na(), value_int(5)});
    assert_between(evaluation, standard->total_node, num_int(5), num_int(5));
    evaluation = run_with((struct value[]){value_na(), value_na()});
    assert_true(value_is_na(evaluation_value(evaluation, 2, standard->total_node)));
}

static void test_open_mix(void **state)
{
    (void)state;
    mixed_share();
    const struct evaluation *evaluation = run_with((struct value[]){open_value, value_int(5)});
    assert_between(evaluation, standard->total_node, num_ratio(7, 2), num_ratio(13, 2));
    assert_true(evaluation_exact(evaluation, 2, standard->total_node));
    assert_true(num_equal(evaluation->deciding[0].swing.high.at, num_int(3)));
}

/* Is what is asked the same in every column? One that says something else comes last. */
static void test_columns_that_are_one(void **state)
{
    (void)state;
    static const struct call call = {0};
    mixed_share();
    vec_push(&standard->columns, (struct column){.name = "third"});
    const struct ir_node *asked[] = {standard->total_node, standard->total_node->args[0]};
    for (int last = 4; last < 6; last++) {
        const struct unit *unit =
            unit_of((struct value[]){value_int(4), value_int(4), value_int(last)}, NULL);
        for (size_t c = 0; c < 3; c++)
            ((struct given *)(uintptr_t)unit->facts[c])->column = last == 5 && c == 2 ? 2 : 0;
        struct probe probe = probe_nodes(standard, unit, &call, asked, 2);
        assert_false(probe.refused);
        assert_int_equal(probe.one_column, last == 4);
        for (int c = 0; c < 4; c++)
            for (int i = 0; i < 2; i++)
                assert_true(num_equal(value_point(&probe.values[2 * c + i].value),
                                      num_int(c == 2 || (c == 3 && i) ? last : 4)));
    }
}

/* A column without a weight is none of the mix's: neither what it says nor what it leaves open. */
static void test_a_column_that_does_not_weigh(void **state)
{
    (void)state;
    mixed_share();
    standard->columns.items[1].weight = num_int(0);
    vec_push(&standard->columns, (struct column){.name = "third", .weight = num_ratio(7, 10)});
    const struct value besides[] = {value_int(0), value_na(), open_value};
    for (size_t i = 0; i < sizeof besides / sizeof *besides; i++) {
        const struct evaluation *evaluation =
            run_with((struct value[]){value_int(10), besides[i], value_int(5)});
        assert_between(evaluation, standard->total_node, num_ratio(13, 2), num_ratio(13, 2));
        assert_int_equal(evaluation->deciding_count, 0);
        evaluation = run_with((struct value[]){value_int(10), besides[i], open_value});
        assert_between(evaluation, standard->total_node, num_int(3), num_int(10));
        assert_int_equal(evaluation->deciding_count, 1);
        assert_true(num_equal(evaluation->deciding[0].swing.high.at, num_int(7)));
    }
}

/* ---- rows that nobody has counted */

/* Two rows are known, one to three more may follow: they stand in the third to fifth place. */
static void test_places_of_further_rows(void **state)
{
    (void)state;
    start();
    struct ir_node *list = read_fact(declare_digits(5));
    struct ir_block *block = ir_block_open(ir, list);
    struct ir_node *place = ir_position(ir, block, SPAN_NONE);
    struct ir_node *bag = ir_block_close(ir, block, ir_truth(ir, true, SPAN_NONE), place, NULL, SPAN_NONE);
    struct ir_node *last = ir_unary(ir, IR_HIGHEST, number_type, bag, SPAN_NONE),
                   *first = ir_unary(ir, IR_LOWEST, number_type, bag, SPAN_NONE);
    struct ir_block *behind = ir_block_open(ir, list);
    struct ir_node *at = ir_position(ir, behind, SPAN_NONE), *here = binary(IR_LESS, constant(2), at);
    struct ir_node *late = ir_unary(ir, IR_LOWEST, number_type,
                                    ir_block_close(ir, behind, here, at, NULL, SPAN_NONE), SPAN_NONE);
    standard->total_node = last;
    show(first);
    show(late);
    struct value cells[] = {value_int(3), value_int(7)}, any = value_range(range_whole(0, 9));
    struct value known = value_sequence(1, 2, cells),
                 more = value_further_rows(known.sequence, range_whole(1, 3), &any);
    assert_between(run_with(&known), last, num_int(2), num_int(2));
    const struct evaluation *evaluation = run_with(&more);
    assert_true(num_equal(evaluation_value(evaluation, 0, last)->range.high.at, num_int(5)));
    assert_between(evaluation, first, num_int(1), num_int(1));
    assert_true(num_equal(evaluation_value(evaluation, 0, late)->range.low.at, num_int(3)));
}

/* Of open months only the number is told apart: which of them is shown as it was given. */
static void test_months_are_shown_as_given(void **state)
{
    (void)state;
    start();
    struct fact_declaration *fact = declare((struct type){.kind = TYPE_MONTHS});
    fact->field.limits.count = range_whole(2, 3);
    struct ir_node *months = read_fact(fact),
                   *count = ir_unary(ir, IR_MONTH_COUNT, number_type, months, SPAN_NONE);
    standard->total_node = count;
    const struct evaluation *evaluation = run_open();
    assert_between(evaluation, count, num_int(2), num_int(3));
    assert_int_equal(evaluation_value(evaluation, 0, months)->months.sure, 0);
    assert_int_equal(evaluation_value(evaluation, 0, months)->months.possible, 0xFFF);
}

/* ---- figures of the cohort */

static struct ir_node *add_figure(enum cohort_fold fold, enum ir_op op, struct ir_node *own)
{
    struct cohort_reads *reads = &standard->cohort;
    struct ir_node *others = ir_input(ir, IR_COHORT, (long)reads->inputs.count, number_type,
                                      value_range(range_whole(0, 9)), SPAN_NONE);
    struct ir_node *figure = binary(op, own, others);
    vec_push(&reads->inputs, (struct cohort_input){fold, 0, others});
    vec_push(&reads->figures, (struct cohort_figure){fold, 0, figure});
    return figure;
}

static void assert_figures(const struct evaluation *evaluation, const struct ir_node *node, size_t first,
                           size_t count)
{
    struct read_figures figures = evaluation_figures(evaluation, 0, node);
    assert_int_equal(figures.count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(figures.places[i], first + i);
}

/* Only those that a node was worked out from, however often it is asked. */
static void test_figures_that_were_read(void **state)
{
    (void)state;
    start();
    struct ir_node *own = number(0, 9, true);
    vec_push(&standard->cohort.operands, (struct cohort_operand){.node = own});
    struct ir_node *most = add_figure(COHORT_HIGHEST, IR_MAX, own),
                   *least = add_figure(COHORT_LOWEST, IR_MIN, own);
    struct ir_node *when = yesno(), *chosen = choice(when, most, least), *both = binary(IR_ADD, most, least);
    cohort_find_levels(&standard->cohort, ir);
    standard->total_node = chosen;
    show(both);
    for (int round = 0; round < 2; round++) {
        const struct evaluation *evaluation =
            run_with((struct value[]){value_int(4), value_truth(round ? TRUTH_NO : TRUTH_YES)});
        assert_figures(evaluation, own, 0, 0);
        assert_figures(evaluation, most, 0, 1);
        assert_figures(evaluation, least, 1, 1);
        assert_figures(evaluation, both, 0, 2);
        assert_figures(evaluation, chosen, round ? 1 : 0, 1);
        assert_between(evaluation, most, num_int(4), num_int(9));
    }
}

/* ---- judged scores */

static struct part *judged_criterion(int cap)
{
    start();
    struct part *criterion = MEM_NEW(struct part);
    *criterion = (struct part){.kind = PART_CRITERION, .path = "c", .has_cap = true, .cap = num_int(cap)};
    struct judged *judged = MEM_NEW(struct judged);
    judged->criterion = criterion;
    judged->limits = (struct limits){
        .range = range_between(num_int(0), num_int(cap)), .stepped = true, .step = num_ratio(1, 2)};
    judged->node = ir_input(ir, IR_JUDGED, 0, number_type, value_range(judged->limits.range), SPAN_NONE);
    vec_push(&standard->judged, judged);
    struct ir_node *skip = yesno(), *na = ir_const(ir, number_type, value_na(), SPAN_NONE);
    standard->total_node = criterion->score = choice(skip, na, ir->nodes.items[judged->node->id]);
    standard->root = criterion;
    return criterion;
}

static const struct evaluation *judge(struct value skip, struct value score)
{
    return run_unit(unit_of(&skip, &score));
}

static void test_judged(void **state)
{
    (void)state;
    const struct part *criterion = judged_criterion(4);
    struct value no = value_truth(TRUTH_NO), yes = value_truth(TRUTH_YES);
    assert_int_equal(judge(no, value_number(num_ratio(5, 2)))->complaint_count, 0);
    const struct evaluation *evaluation = judge(no, value_number(num_ratio(1, 3)));
    assert_true(evaluation->refused && evaluation->complaints[0].kind == COMPLAINT_JUDGED_RANGE);
    assert_true(judge(no, value_int(5))->refused);
    evaluation = judge(yes, value_int(3));
    assert_false(evaluation->refused);
    assert_int_equal(evaluation->complaints[0].kind, COMPLAINT_JUDGED_UNUSED);
    assert_int_equal(judge(open_value, value_int(5))->complaint_count, 0);
    evaluation = judge(no, open_value);
    assert_between(evaluation, criterion->score, num_int(0), num_int(4));
    assert_int_equal(evaluation->deciding[0].kind, DECIDES_SCORE);
}

/* A score that a later column takes over is complained of where it was entered, once. */
static void test_judged_once_for_all_columns(void **state)
{
    (void)state;
    judged_criterion(4);
    vec_push(&standard->columns, (struct column){.name = "later"});
    standard->final_column = 1;
    struct value no = value_truth(TRUTH_NO), five = value_int(5);
    for (size_t entered = 0; entered < 2; entered++) {
        const struct unit *unit =
            unit_of((struct value[]){no, no}, (struct value[]){entered ? value_int(4) : five, five});
        ((struct given *)(uintptr_t)unit->scores[1])->column = entered;
        const struct evaluation *evaluation = run_unit(unit);
        assert_true(evaluation->refused);
        assert_int_equal(evaluation->complaint_count, 1);
        assert_int_equal(evaluation->complaints[0].kind, COMPLAINT_JUDGED_RANGE);
        assert_int_equal(evaluation->complaints[0].column, entered);
    }
}

/* What is asked may be known, and the unit be one that no world allows, by a score that nobody has given: here the second one. */
static void test_a_score_that_no_world_allows(void **state)
{
    (void)state;
    static const struct call call = {0};
    judged_criterion(4);
    struct judged *second = MEM_NEW(struct judged);
    *second = *standard->judged.items[0];
    second->node = ir_input(ir, IR_JUDGED, 1, number_type, value_range(second->limits.range), SPAN_NONE);
    struct part *other = MEM_NEW(struct part);
    *other = (struct part){.kind = PART_CRITERION, .path = "d", .has_cap = true, .cap = num_int(4)};
    second->criterion = other;
    vec_push(&standard->judged, second);
    struct ir_node *score = ir->nodes.items[second->node->id];
    show(binary(IR_DIV, constant(1), binary(IR_SUB, score, score)));
    const struct value no = value_truth(TRUTH_NO);
    const struct ir_node *asked = standard->judged.items[0]->node;
    struct probe probe =
        probe_nodes(standard, unit_of(&no, (struct value[]){value_int(2), open_value}), &call, &asked, 1);
    assert_true(probe.refused);
    assert_true(value_is_point(&probe.values[0].value));
}

/* The same by a fact, the second one. */
static void test_a_fact_that_no_world_allows(void **state)
{
    (void)state;
    static const struct call call = {0};
    start();
    struct ir_node *first = number(0, 3, true), *second = number(0, 3, true);
    show(binary(IR_DIV, constant(1), binary(IR_SUB, second, second)));
    const struct ir_node *asked = first;
    struct probe probe =
        probe_nodes(standard, unit_of((struct value[]){value_int(2), open_value}, NULL), &call, &asked, 1);
    assert_true(probe.refused);
    assert_true(value_is_point(&probe.values[0].value));
}

/* ---- ledgers */

static void add_line(struct part *part, enum line_kind kind, struct ir_node *points, struct ir_node *when)
{
    struct line *line = MEM_NEW(struct line);
    *line = (struct line){.kind = kind, .points = points, .when = when};
    vec_push(&part->lines, line);
}

static struct part *new_criterion(int cap)
{
    struct part *part = MEM_NEW(struct part);
    *part = (struct part){.kind = PART_CRITERION, .path = "c", .has_cap = true, .cap = num_int(cap)};
    standard->root = part;
    return part;
}

static void finish(struct part *part, struct ir_node *raw)
{
    struct ir_node *held =
        binary(IR_MIN, binary(IR_MAX, raw, constant(0)), ir_number(ir, part->cap, SPAN_NONE));
    part->raw = raw;
    part->held = held;
    part->score = ir_round(ir, held, num_ratio(1, 2), NUM_HALF_UP, SPAN_NONE);
}

static struct num sum_of(const struct ledger_line *lines, size_t count)
{
    struct num sum = num_int(0);
    for (size_t i = 0; i < count; i++) {
        assert_true(value_is_point(&lines[i].points) && num_sign(value_point(&lines[i].points)));
        sum = num_add(sum, value_point(&lines[i].points));
    }
    return sum;
}

static struct ledger balanced(const struct evaluation *evaluation, const struct part *part)
{
    struct ledger ledger = ledger_of(evaluation, evaluation->final, part);
    struct num score = value_point(evaluation_value(evaluation, evaluation->final, part->score));
    assert_true(num_equal(sum_of(ledger.earned, ledger.earned_count), score));
    assert_true(num_equal(sum_of(ledger.lost, ledger.lost_count), num_sub(part->cap, score)));
    return ledger;
}

/* 3 when a, 3 when b, 1/3 per c, less 1 per d, out of 5. */
static struct part *busy_criterion(void)
{
    start();
    struct part *part = new_criterion(5);
    struct ir_node *a = yesno(), *b = yesno(), *c = number(0, 9, true), *d = number(0, 9, true),
                   *zero = yesno();
    struct ir_node *one = choice(a, constant(3), constant(0)), *two = choice(b, constant(3), constant(0));
    struct ir_node *three = binary(IR_DIV, c, constant(3));
    add_line(part, LINE_EARN, one, a);
    add_line(part, LINE_EARN, two, b);
    add_line(part, LINE_EARN, three, NULL);
    add_line(part, LINE_DEDUCT, d, NULL);
    add_line(part, LINE_ZERO, NULL, zero);
    struct ir_node *raw = binary(IR_SUB, binary(IR_ADD, binary(IR_ADD, one, two), three), d);
    finish(part, choice(zero, constant(0), raw));
    return part;
}

static void test_ledgers_add_up(void **state)
{
    (void)state;
    const struct part *part = busy_criterion();
    for (int choice_of = 0; choice_of < 2 * 2 * 2 * 10 * 4; choice_of++) {
        struct value values[] = {value_truth(choice_of & 1 ? TRUTH_YES : TRUTH_NO),
                                 value_truth(choice_of & 2 ? TRUTH_YES : TRUTH_NO),
                                 value_int(choice_of / 8 % 10), value_int(choice_of / 80 * 2),
                                 value_truth(choice_of & 4 ? TRUTH_YES : TRUTH_NO)};
        balanced(run_with(values), part);
    }
}

static void test_ledger_without_idle_lines(void **state)
{
    (void)state;
    const struct part *part = busy_criterion();
    struct value yes = value_truth(TRUTH_YES), no = value_truth(TRUTH_NO), none = value_int(0);
    struct ledger ledger = balanced(run_with((struct value[]){yes, yes, none, none, no}), part);
    assert_int_equal(ledger.earned_count, 3);
    assert_int_equal(ledger.earned[2].reason, LEDGER_CAPPED);
    ledger = balanced(run_with((struct value[]){yes, no, value_int(1), none, no}), part);
    assert_int_equal(ledger.earned[2].reason, LEDGER_ROUNDED);
    assert_int_equal(ledger.earned[1].facts.count, 1);
    assert_int_equal(ledger.earned[1].facts.slots[0], 2);
    ledger = balanced(run_with((struct value[]){yes, no, none, none, yes}), part);
    assert_int_equal(ledger.earned[1].reason, LEDGER_ZEROED);
}

static void test_ledger_of_deductions(void **state)
{
    (void)state;
    start();
    struct part *part = new_criterion(5);
    struct ir_node *faults = number(0, 20, true);
    add_line(part, LINE_DEDUCT, faults, NULL);
    finish(part, binary(IR_SUB, constant(5), faults));
    struct ledger ledger = balanced(run_with((struct value[]){value_int(2)}), part);
    assert_int_equal(ledger.earned[0].reason, LEDGER_BASE);
    assert_int_equal(ledger.lost_count, 1);
    ledger = balanced(run_with((struct value[]){value_int(9)}), part);
    assert_int_equal(ledger.earned[2].reason, LEDGER_FLOORED);
    ledger = ledger_of(run_open(), 0, part);
    assert_int_equal(ledger.lost_count, 1);
    assert_false(value_is_point(&ledger.lost[0].points));
}

/* What rounding gives in one column and takes in the other is nothing in their mix. */
static void test_lines_that_cancel_in_a_mix(void **state)
{
    (void)state;
    start();
    vec_push(&standard->columns, (struct column){.name = "second", .weight = num_ratio(1, 2)});
    standard->columns.items[0].weight = num_ratio(1, 2);
    standard->mixed = true;
    struct part *part = new_criterion(5);
    struct ir_node *earned = number(0, 5, false);
    add_line(part, LINE_EARN, earned, NULL);
    finish(part, earned);
    part->score = ir_unary(ir, IR_MIX, number_type, ir->nodes.items[part->score->id], SPAN_NONE);
    const struct evaluation *evaluation =
        run_with((struct value[]){value_number(num_ratio(6, 5)), value_number(num_ratio(9, 5))});
    for (size_t c = 0; c < 2; c++)
        assert_int_equal(ledger_of(evaluation, c, part).earned_count, 2);
    struct ledger ledger = balanced(evaluation, part);
    assert_int_equal(ledger.earned_count, 1);
    assert_int_equal(ledger.lost_count, 1);
    evaluation = run_with((struct value[]){value_number(num_ratio(6, 5)), value_number(num_ratio(6, 5))});
    ledger = balanced(evaluation, part);
    assert_int_equal(ledger.earned_count, 2);
    assert_int_equal(ledger.lost_count, 2);
    assert_true(num_equal(value_point(&ledger.earned[1].points), num_ratio(-1, 5)));
}

/* Less is a change too: is it meant? */
static void test_what_all_of_this_took(void **state)
{
    (void)state;
    assert_int_equal(passes, 4333);
    assert_int_equal(steps, 125341);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_follow_branches),
        cmocka_unit_test(test_reads_of_chains),
        cmocka_unit_test(test_reads_past_what_may_be_na),
        cmocka_unit_test(test_reads_of_lists),
        cmocka_unit_test(test_reads_in_rows),
        cmocka_unit_test(test_a_fact_read_twice),
        cmocka_unit_test(test_a_swing_among_many),
        cmocka_unit_test(test_what_may_not_apply),
        cmocka_unit_test(test_what_holds_only_in_the_limit),
        cmocka_unit_test(test_limits_between_facts),
        cmocka_unit_test(test_cells_of_a_list),
        cmocka_unit_test(test_an_end_that_no_split_reaches),
        cmocka_unit_test(test_without_an_end),
        cmocka_unit_test(test_what_is_known_stays_so),
        cmocka_unit_test(test_faults_rule_worlds_out),
        cmocka_unit_test(test_faults_that_are_sure),
        cmocka_unit_test(test_faults_are_told_once),
        cmocka_unit_test(test_no_day_is_known),
        cmocka_unit_test(test_mix),
        cmocka_unit_test(test_open_mix),
        cmocka_unit_test(test_columns_that_are_one),
        cmocka_unit_test(test_a_column_that_does_not_weigh),
        cmocka_unit_test(test_places_of_further_rows),
        cmocka_unit_test(test_months_are_shown_as_given),
        cmocka_unit_test(test_figures_that_were_read),
        cmocka_unit_test(test_judged),
        cmocka_unit_test(test_judged_once_for_all_columns),
        cmocka_unit_test(test_a_score_that_no_world_allows),
        cmocka_unit_test(test_a_fact_that_no_world_allows),
        cmocka_unit_test(test_ledgers_add_up),
        cmocka_unit_test(test_ledger_without_idle_lines),
        cmocka_unit_test(test_ledger_of_deductions),
        cmocka_unit_test(test_lines_that_cancel_in_a_mix),
        cmocka_unit_test(test_what_all_of_this_took),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
