/* Kernels against enumeration: truths of three values, branches, bags whose rows may be absent. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/mem.h"
#include "core/kernel.h"

enum { YES = 1, NO = 2, NA = 4, SETS = 8 };

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

/* ---- truths as sets */

static struct value of_set(unsigned set)
{
    if (set == NA)
        return value_na();
    struct value value = value_truth(set & (YES | NO));
    return set & NA ? value_or_na(value) : value;
}

static unsigned set_of(struct value value)
{
    if (value.nothing_else)
        return NA;
    return value.truth | (value.na ? (unsigned)NA : 0u);
}

static unsigned apply(const struct ir_node *node, const unsigned *sets, size_t count)
{
    struct value values[4];
    const struct value *args[4];
    for (size_t i = 0; i < count; i++) {
        values[i] = of_set(sets[i]);
        args[i] = &values[i];
    }
    return set_of(kernel_apply(node, args));
}

typedef unsigned table(const unsigned *singles, size_t count, long index);

/* All that single truths out of the sets come to, by a table of single truths. */
static unsigned enumerate(table *by, const unsigned *sets, size_t count, long index)
{
    unsigned result = 0, single[4];
    for (unsigned choice = 0; choice < 81; choice++) {
        unsigned rest = choice;
        bool possible = true;
        for (size_t i = 0; i < count; i++, rest /= 3) {
            single[i] = 1u << rest % 3;
            possible &= (sets[i] & single[i]) != 0;
        }
        if (possible && !rest)
            result |= by(single, count, index);
    }
    return result;
}

static void check_table(enum ir_op op, size_t count, long index, table *by)
{
    struct ir_node node = {.op = op, .arg_count = count, .index = index};
    unsigned sets[4] = {1, 1, 1, 1};
    for (unsigned choice = 0; choice < 7 * 7 * 7 * 7; choice++) {
        unsigned rest = choice;
        for (size_t i = 0; i < count; i++, rest /= 7)
            sets[i] = rest % 7 + 1;
        if (!rest)
            assert_int_equal(apply(&node, sets, count), enumerate(by, sets, count, index));
    }
}

static unsigned and_table(const unsigned *of, size_t count, long index)
{
    unsigned result = YES;
    (void)index;
    for (size_t i = 0; i < count && result != NO; i++)
        result = of[i] == NO || of[i] == NA ? of[i] : result;
    for (size_t i = 0; i < count; i++)
        if (of[i] == NO)
            return NO;
    return result;
}

static unsigned not_table(const unsigned *of, size_t count, long index)
{
    (void)count;
    (void)index;
    return of[0] == YES ? NO : of[0] == NO ? YES : NA;
}

static unsigned or_table(const unsigned *of, size_t count, long index)
{
    unsigned turned[4];
    for (size_t i = 0; i < count; i++)
        turned[i] = not_table(&of[i], 1, 0);
    unsigned both = and_table(turned, count, index);
    return not_table(&both, 1, 0);
}

static unsigned at_least_table(const unsigned *of, size_t count, long index)
{
    long yes = 0, na = 0;
    for (size_t i = 0; i < count; i++) {
        yes += of[i] == YES;
        na += of[i] == NA;
    }
    return yes >= index ? YES : yes + na < index ? NO : NA;
}

static unsigned if_table(const unsigned *of, size_t count, long index)
{
    (void)count;
    (void)index;
    return of[0] == NA ? NA : of[0] == YES ? of[1] : of[2];
}

static unsigned na_as_table(const unsigned *of, size_t count, long index)
{
    (void)count;
    (void)index;
    return of[0] == NA ? of[1] : of[0];
}

static unsigned equal_table(const unsigned *of, size_t count, long index)
{
    (void)count;
    (void)index;
    return of[0] == NA || of[1] == NA ? NA : of[0] == of[1] ? YES : NO;
}

static unsigned is_na_table(const unsigned *of, size_t count, long index)
{
    (void)count;
    (void)index;
    return of[0] == NA ? YES : NO;
}

static void test_truth_tables(void **state)
{
    (void)state;
    for (size_t count = 1; count <= 4; count++) {
        check_table(IR_AND, count, 0, and_table);
        check_table(IR_OR, count, 0, or_table);
        for (long index = 0; index <= 5; index++)
            check_table(IR_AT_LEAST, count, index, at_least_table);
    }
    check_table(IR_NOT, 1, 0, not_table);
    check_table(IR_IS_NA, 1, 0, is_na_table);
    check_table(IR_IF, 3, 0, if_table);
    check_table(IR_NA_AS, 2, 0, na_as_table);
    check_table(IR_EQUAL, 2, 0, equal_table);
}

/* ---- faults */

static struct value run_two(enum ir_op op, struct value a, struct value b)
{
    struct ir_node node = {.op = op, .arg_count = 2};
    return kernel_apply(&node, (const struct value *[]){&a, &b});
}

static void test_faults_that_are_not_reached(void **state)
{
    (void)state;
    struct value fault = value_fault(FAULT_DIVISION, NULL), yes = of_set(YES), no = of_set(NO);
    assert_true(run_two(IR_AND, no, fault).fault == NULL);
    assert_true(run_two(IR_OR, yes, fault).fault == NULL);
    assert_true(run_two(IR_AND, yes, fault).fault != NULL);
    assert_true(run_two(IR_AND, fault, no).fault != NULL);
    assert_true(run_two(IR_NA_AS, value_int(1), fault).fault == NULL);
    struct ir_node one_of = {.op = IR_AT_LEAST, .index = 1, .arg_count = 2, .type = {.kind = TYPE_YESNO}};
    struct value perhaps = of_set(YES | NO);
    assert_int_equal(set_of(kernel_apply(&one_of, (const struct value *[]){&perhaps, &fault})), YES);
    assert_true(kernel_apply(&one_of, (const struct value *[]){&no, &fault}).fault != NULL);
    assert_true(run_two(IR_NA_AS, value_na(), fault).fault != NULL);
}

/* The unknown stands for what can be given without an error. */
static void test_faults_that_need_not_be(void **state)
{
    (void)state;
    struct value fault = value_fault(FAULT_DIVISION, NULL), perhaps = of_set(YES | NO);
    assert_int_equal(set_of(run_two(IR_AND, perhaps, fault)), NO);
    struct ir_node choice = {.op = IR_IF, .arg_count = 3};
    struct value one = value_int(1), with_na = of_set(YES | NA), result;
    result = kernel_apply(&choice, (const struct value *[]){&perhaps, &fault, &one});
    assert_true(value_is_point(&result));
    result = kernel_apply(&choice, (const struct value *[]){&with_na, &fault, &one});
    assert_true(value_is_na(&result));
    struct value number = value_or_na(value_int(3));
    result = run_two(IR_DIV, number, value_int(0));
    assert_true(value_is_na(&result));
    struct value from_zero = value_range(range_between(num_int(0), num_int(4)));
    result = run_two(IR_DIV, value_int(1), from_zero);
    assert_true(result.range.high.infinite && num_equal(result.range.low.at, num_ratio(1, 4)));
}

/* Where several arguments are faults, the first is told. */
static void test_the_first_fault(void **state)
{
    (void)state;
    struct value first = value_fault(FAULT_DIVISION, NULL), second = value_fault(FAULT_CALENDAR, NULL),
                 one = value_int(1);
    assert_ptr_equal(run_two(IR_ADD, first, second).fault, first.fault);
    assert_ptr_equal(run_two(IR_ADD, one, second).fault, second.fault);
    assert_ptr_equal(run_two(IR_ADD, value_na(), second).fault, second.fault);
    assert_ptr_equal(run_two(IR_AND, first, second).fault, first.fault);
    struct value cells[] = {of_set(YES), first, value_na(), of_set(YES), second,
                            value_na(),  first, one,        value_na()};
    struct ir_node sum = {.op = IR_SUM, .arg_count = 1};
    for (int start = 0; start < 3; start++) {
        struct value bag = value_sequence(BAG_WIDTH, (size_t)(3 - start), cells + start * BAG_WIDTH);
        struct value result = kernel_apply(&sum, (const struct value *[]){&bag});
        assert_ptr_equal(result.fault, start == 1 ? second.fault : first.fault);
    }
}

/* ---- bags */

enum { ROWS = 3, KINDS = 7, PRESENCES = 4, CASES_MAX = 64 };

/* What a row can be, one by one: the value, NA_CASE or ABSENT. */
enum { ABSENT = 100, NA_CASE = 101 };

struct row_case {
    struct value presence, value;
    int cases[8];
    size_t count;
};

static struct value whole_between(int low, int high)
{
    return value_range(range_of(cut_at(num_int(low), 0), cut_at(num_int(high), 0), true));
}

static void add_cases(struct row_case *row, int low, int high, bool na)
{
    for (int i = low; i <= high; i++)
        row->cases[row->count++] = i;
    if (na)
        row->cases[row->count++] = NA_CASE;
}

static struct row_case row_of(int presence, int kind)
{
    static const struct {
        int low, high;
        bool na;
    } kinds[KINDS] = {{2, 2, false}, {-1, -1, false}, {0, 2, false}, {2, 3, true},
                      {1, 0, true},  {-1, 1, false},  {3, 3, true}};
    struct row_case row = {.count = 0};
    row.presence = of_set(presence == 0 ? YES : presence == 1 ? NO : presence == 2 ? YES | NO : YES | NA);
    row.value =
        kinds[kind].low > kinds[kind].high ? value_na() : whole_between(kinds[kind].low, kinds[kind].high);
    if (kinds[kind].na)
        row.value = value_or_na(row.value);
    if (presence != 1)
        add_cases(&row, kinds[kind].low, kinds[kind].high, kinds[kind].na);
    if (presence != 0)
        row.cases[row.count++] = ABSENT;
    return row;
}

struct fold {
    enum ir_op op;
    bool exact;
};

static bool contains(const struct value *outer, struct value single)
{
    if (value_is_na(&single))
        return outer->na;
    if (outer->nothing_else)
        return false;
    if (single.kind == VALUE_TRUTH)
        return (outer->truth & single.truth) != 0;
    return range_holds(outer->range, value_point(&single));
}

static struct value fold_bag(const struct fold *fold, const struct value *cells, size_t rows, long highest,
                             long lowest)
{
    struct value bag = value_sequence(BAG_WIDTH, rows, cells);
    struct ir_node drop = {.op = IR_DROP, .arg_count = 1, .index = highest, .index2 = lowest};
    if (highest || lowest)
        bag = kernel_apply(&drop, (const struct value *[]){&bag});
    struct ir_node node = {.op = fold->op, .arg_count = 1};
    return kernel_apply(&node, (const struct value *[]){&bag});
}

/* Rows of single values, without those that are absent. */
static size_t single_rows(const struct row_case *rows, unsigned choice, struct value *cells)
{
    size_t count = 0;
    for (size_t i = 0; i < ROWS; i++) {
        int one = rows[i].cases[choice % rows[i].count];
        choice /= (unsigned)rows[i].count;
        if (one == ABSENT)
            continue;
        cells[count * BAG_WIDTH + BAG_PRESENCE] = of_set(YES);
        cells[count * BAG_WIDTH + BAG_VALUE] = one == NA_CASE ? value_na() : value_int(one);
        cells[count * BAG_WIDTH + BAG_KEY] = value_na();
        count++;
    }
    return count;
}

static void check_bag(const struct fold *fold, const struct row_case *rows, long highest, long lowest)
{
    struct value cells[ROWS * BAG_WIDTH], single[ROWS * BAG_WIDTH], hull = {.kind = VALUE_NONE};
    unsigned choices = 1;
    for (size_t i = 0; i < ROWS; i++) {
        cells[i * BAG_WIDTH + BAG_PRESENCE] = rows[i].presence;
        cells[i * BAG_WIDTH + BAG_VALUE] = rows[i].value;
        cells[i * BAG_WIDTH + BAG_KEY] = value_na();
        choices *= (unsigned)rows[i].count;
    }
    struct value outer = fold_bag(fold, cells, ROWS, highest, lowest);
    for (unsigned choice = 0; choice < choices; choice++) {
        size_t count = single_rows(rows, choice, single);
        struct value result = fold_bag(fold, single, count, highest, lowest);
        assert_true(contains(&outer, result));
        hull = value_join(hull, result);
    }
    if (fold->exact && !highest && !lowest) {
        assert_int_equal(outer.na, hull.na);
        assert_true(hull.nothing_else || outer.kind == VALUE_TRUTH ||
                    (cut_compare(outer.range.low, hull.range.low) == 0 &&
                     cut_compare(outer.range.high, hull.range.high) == 0));
    }
}

static void check_bags(const struct fold *fold, long highest, long lowest)
{
    enum { EACH = KINDS * PRESENCES };
    struct row_case rows[ROWS];
    for (int choice = 0; choice < EACH * EACH * EACH; choice++) {
        int rest = choice;
        for (size_t i = 0; i < ROWS; i++, rest /= EACH)
            rows[i] = row_of(rest % EACH / KINDS, rest % KINDS);
        check_bag(fold, rows, highest, lowest);
    }
}

static void test_folds(void **state)
{
    (void)state;
    const struct fold folds[] = {
        {IR_COUNT, true}, {IR_SUM, true}, {IR_HIGHEST, true}, {IR_LOWEST, true}, {IR_MEAN, false}};
    for (size_t i = 0; i < sizeof folds / sizeof *folds; i++)
        check_bags(&folds[i], 0, 0);
}

static void test_dropping(void **state)
{
    (void)state;
    const struct fold folds[] = {{IR_COUNT, false}, {IR_SUM, false}, {IR_MEAN, false}};
    for (size_t i = 0; i < sizeof folds / sizeof *folds; i++) {
        check_bags(&folds[i], 1, 0);
        check_bags(&folds[i], 1, 1);
    }
}

/* ---- `every`, `some` */

static void check_quantified(enum ir_op op, const unsigned *presences, const unsigned *truths)
{
    struct value cells[2 * BAG_WIDTH];
    for (size_t i = 0; i < 2; i++) {
        cells[i * BAG_WIDTH + BAG_PRESENCE] = of_set(presences[i]);
        cells[i * BAG_WIDTH + BAG_VALUE] = of_set(truths[i]);
        cells[i * BAG_WIDTH + BAG_KEY] = value_na();
    }
    struct fold fold = {op, true};
    unsigned outer = set_of(fold_bag(&fold, cells, 2, 0, 0)), hull = 0, dominant = op == IR_EVERY ? NO : YES;
    for (unsigned choice = 0; choice < 81; choice++) {
        unsigned one[] = {1u << choice % 3, 1u << choice / 3 % 3},
                 there[] = {1u << choice / 9 % 3, 1u << choice / 27};
        bool possible = true, decided = false;
        for (size_t i = 0; i < 2; i++) {
            possible &= one[i] & truths[i] && there[i] & presences[i];
            decided |= there[i] == YES && one[i] == dominant;
        }
        if (possible)
            hull |= decided ? dominant : dominant ^ (YES | NO);
    }
    assert_int_equal(outer, hull);
}

static void test_quantifiers(void **state)
{
    (void)state;
    for (unsigned choice = 0; choice < 7 * 7 * 7 * 7; choice++) {
        unsigned presences[] = {choice % 7 + 1, choice / 7 % 7 + 1},
                 truths[] = {choice / 49 % 7 + 1, choice / 343 + 1};
        check_quantified(IR_EVERY, presences, truths);
        check_quantified(IR_SOME, presences, truths);
    }
}

/* ---- bags of an unknown number of rows */

/* Rows that are known, and then so many more of `any`: presence, value, key. */
static struct value open_bag(struct value known, struct value any_there, struct value any, int least,
                             int most)
{
    struct value *cells = MEM_ARRAY(struct value, BAG_WIDTH), *row = MEM_ARRAY(struct value, BAG_WIDTH);
    cells[BAG_PRESENCE] = of_set(YES), cells[BAG_VALUE] = known, cells[BAG_KEY] = value_na();
    row[BAG_PRESENCE] = any_there, row[BAG_VALUE] = any, row[BAG_KEY] = value_na();
    struct value closed = value_sequence(BAG_WIDTH, value_is_na(&known) ? 0 : 1, cells);
    return value_further_rows(closed.sequence, range_whole(least, most), row);
}

static struct value folded(enum ir_op op, struct value bag)
{
    struct ir_node node = {.op = op, .arg_count = 1, .index = 1};
    return kernel_apply(&node, (const struct value *[]){&bag});
}

static void assert_numbers(struct value value, int low, int high, bool na)
{
    assert_int_equal(value.kind, VALUE_NUMBER);
    assert_int_equal(cut_compare(value.range.low, cut_at(num_int(low), 0)), 0);
    assert_int_equal(cut_compare(value.range.high, cut_at(num_int(high), 0)), 0);
    assert_int_equal(value.na, na);
}

/* A four, and one to three further numbers from 2 to 5. */
static void test_further_rows(void **state)
{
    (void)state;
    struct value bag = open_bag(value_int(4), of_set(YES), whole_between(2, 5), 1, 3);
    assert_numbers(folded(IR_COUNT, bag), 2, 4, false);
    assert_numbers(folded(IR_SUM, bag), 6, 19, false);
    assert_numbers(folded(IR_HIGHEST, bag), 4, 5, false);
    assert_numbers(folded(IR_LOWEST, bag), 2, 4, false);
    assert_numbers(folded(IR_MEAN, bag), 2, 5, false);
    assert_false(folded(IR_MEAN, bag).range.whole);
    assert_numbers(folded(IR_COUNT, folded(IR_DROP, bag)), 1, 3, false);
    assert_numbers(folded(IR_LOWEST, folded(IR_DROP, bag)), 2, 5, false);
    assert_numbers(folded(IR_COUNT, folded(IR_BEST_PER, bag)), 1, 4, false);
    assert_numbers(folded(IR_HIGHEST, folded(IR_BEST_PER, bag)), 2, 5, false);
}

/* No row is known; there may be none, or there is one at the least. */
static void test_further_rows_alone(void **state)
{
    (void)state;
    for (int least = 0; least < 2; least++) {
        struct value bag = open_bag(value_na(), of_set(YES), whole_between(2, 5), least, 3);
        assert_numbers(folded(IR_COUNT, bag), least, 3, false);
        assert_numbers(folded(IR_SUM, bag), 2 * least, 15, false);
        assert_numbers(folded(IR_HIGHEST, bag), 2, 5, !least);
        assert_numbers(folded(IR_MEAN, bag), 2, 5, !least);
        assert_numbers(folded(IR_COUNT, folded(IR_DROP, bag)), 0, 2, false);
        assert_numbers(folded(IR_COUNT, folded(IR_BEST_PER, bag)), least, 3, false);
    }
}

/* Further rows that may be absent may all be; those that cannot be there, or would be a fault, are none. */
static void test_further_rows_that_may_be_absent(void **state)
{
    (void)state;
    struct value five = value_int(5), fault = value_fault(FAULT_DIVISION, NULL);
    assert_numbers(folded(IR_COUNT, open_bag(five, of_set(YES | NO), five, 2, 3)), 1, 4, false);
    assert_numbers(folded(IR_COUNT, open_bag(five, of_set(YES | NA), five, 2, 3)), 1, 4, false);
    assert_numbers(folded(IR_COUNT, open_bag(five, of_set(YES), value_or_na(five), 2, 3)), 1, 4, false);
    assert_numbers(folded(IR_COUNT, open_bag(five, of_set(NO), five, 2, 3)), 1, 1, false);
    assert_numbers(folded(IR_COUNT, open_bag(five, of_set(YES), value_na(), 2, 3)), 1, 1, false);
    assert_numbers(folded(IR_COUNT, open_bag(five, of_set(YES), fault, 2, 3)), 1, 1, false);
    assert_numbers(folded(IR_COUNT, open_bag(five, fault, five, 2, 3)), 1, 1, false);
    struct value none = folded(IR_HIGHEST, open_bag(value_na(), of_set(NO), five, 2, 3));
    assert_true(value_is_na(&none));
    none = folded(IR_MEAN, open_bag(value_na(), of_set(NO), five, 2, 3));
    assert_true(value_is_na(&none));
    assert_numbers(folded(IR_COUNT, folded(IR_DROP, open_bag(value_na(), of_set(NO), five, 2, 3))), 0, 0,
                   false);
}

static void test_quantifiers_over_further_rows(void **state)
{
    (void)state;
    struct value yes = of_set(YES), no = of_set(NO), perhaps = of_set(YES | NO);
    const struct {
        struct value known, any;
        int least;
        unsigned every, some;
    } rows[] = {{yes, yes, 0, YES, YES},
                {yes, no, 0, YES | NO, YES},
                {yes, no, 1, NO, YES},
                {no, yes, 0, NO, YES | NO},
                {no, yes, 1, NO, YES},
                {no, no, 0, NO, NO},
                {value_na(), yes, 0, YES, YES | NO},
                {value_na(), no, 0, YES | NO, NO},
                {value_na(), no, 1, NO, NO},
                {yes, perhaps, 1, YES | NO, YES},
                {perhaps, yes, 1, YES | NO, YES}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct value bag = open_bag(rows[i].known, yes, rows[i].any, rows[i].least, 2);
        assert_int_equal(set_of(folded(IR_EVERY, bag)), rows[i].every);
        assert_int_equal(set_of(folded(IR_SOME, bag)), rows[i].some);
    }
}

/* ---- best per key */

static void test_best_per(void **state)
{
    (void)state;
    struct value cells[2 * BAG_WIDTH] = {of_set(YES),      whole_between(1, 3), value_text("a"),
                                         of_set(YES | NO), whole_between(2, 5), value_text("a")};
    struct value bag = value_sequence(BAG_WIDTH, 2, cells);
    struct ir_node best = {.op = IR_BEST_PER, .arg_count = 1}, sum = {.op = IR_SUM, .arg_count = 1};
    struct value kept = kernel_apply(&best, (const struct value *[]){&bag});
    struct value result = kernel_apply(&sum, (const struct value *[]){&kept});
    assert_true(range_equal(result.range, whole_between(1, 5).range));
    cells[5] = value_text("b");
    kept = kernel_apply(&best, (const struct value *[]){&bag});
    result = kernel_apply(&sum, (const struct value *[]){&kept});
    assert_true(range_equal(result.range, whole_between(1, 8).range));
}

/* Of two rows with one key: the better one, where it is there; one of them is there if one must be. */
static void test_the_better_of_two(void **state)
{
    (void)state;
    const struct {
        unsigned first, second;
        int low;
    } rows[] = {{YES, YES, 2}, {YES, YES | NO, 2}, {YES | NO, YES, 1}, {YES | NO, YES | NO, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int turn = 0; turn < 2; turn++) {
            struct value good[] = {of_set(rows[i].first), whole_between(2, 5), value_text("a")};
            struct value bad[] = {of_set(rows[i].second), whole_between(1, 3), value_text("a")};
            struct value cells[2 * BAG_WIDTH];
            for (int k = 0; k < BAG_WIDTH; k++) {
                cells[k] = turn ? bad[k] : good[k];
                cells[BAG_WIDTH + k] = turn ? good[k] : bad[k];
            }
            struct value kept = folded(IR_BEST_PER, value_sequence(BAG_WIDTH, 2, cells));
            bool sure = rows[i].first == YES || rows[i].second == YES;
            assert_numbers(folded(IR_COUNT, kept), sure ? 1 : 0, 1, false);
            assert_numbers(folded(IR_HIGHEST, kept), rows[i].low, 5, !sure);
        }
}

/* A bag of arguments: whether each is there, and what it is. */
static void test_bags_of_arguments(void **state)
{
    (void)state;
    struct value yes = of_set(YES), no = of_set(NO), one = value_int(1), two = value_int(2),
                 four = value_int(4);
    struct ir_node node = {.op = IR_BAG, .arg_count = 6};
    struct value all = kernel_apply(&node, (const struct value *[]){&yes, &one, &yes, &two, &yes, &four});
    assert_numbers(folded(IR_SUM, all), 7, 7, false);
    assert_numbers(folded(IR_COUNT, all), 3, 3, false);
    struct value some = kernel_apply(&node, (const struct value *[]){&no, &one, &yes, &two, &yes, &four});
    assert_numbers(folded(IR_SUM, some), 6, 6, false);
    assert_numbers(folded(IR_SUM, folded(IR_DROP, all)), 3, 3, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_truth_tables),
        cmocka_unit_test(test_faults_that_are_not_reached),
        cmocka_unit_test(test_faults_that_need_not_be),
        cmocka_unit_test(test_the_first_fault),
        cmocka_unit_test(test_folds),
        cmocka_unit_test(test_dropping),
        cmocka_unit_test(test_quantifiers),
        cmocka_unit_test(test_further_rows),
        cmocka_unit_test(test_further_rows_alone),
        cmocka_unit_test(test_further_rows_that_may_be_absent),
        cmocka_unit_test(test_quantifiers_over_further_rows),
        cmocka_unit_test(test_best_per),
        cmocka_unit_test(test_the_better_of_two),
        cmocka_unit_test(test_bags_of_arguments),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
