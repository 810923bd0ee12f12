/* Questions put to a standard in its own words: what they come to, what a goal may be, that a bad one disturbs nothing else. And what a standard
 * says of how its facts can still change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/mem.h"
#include "eval/eval.h"
#include "syntax/parse.h"
#include "tests/unit/texts.h"

/* `fair` is a grade and a fact; `and` and `or` without brackets draw a warning. */
static const char STANDARD[] =
    "standard yard \"Yard\" { total 10  period 2024 }\n"
    "facts f \"F\" {\n"
    "  bins   \"Bins\"   : share, none counts as 100%, can only grow\n"
    "  swept  \"Swept\"  : yesno, settled\n"
    "  gate   \"Gate\"   : yesno or n/a\n"
    "  faults \"Faults\" : count can only fall\n"
    "  fair   \"Fair\"   : yesno\n"
    "  visits \"Visits\" : table { held : date, guests : count }, can only grow\n"
    "}\n"
    "section work \"Work\" cap 10 {\n"
    "  criterion emptied \"Bins\" cap 6 { prorata bins }\n"
    "  criterion sweeping \"Sweeping\" cap 4 { full when swept }\n"
    "}\n"
    "qualifies model \"Model yard\" when total >= 9 and faults = 0 or fair\n"
    "grades { good \"Well kept\" when total >= 8  fair when total >= 5  otherwise poor }\n";

static const char UNIT[] =
    "unit north \"North\"\n"
    "bins = 5 of 6\n"
    "swept = yes\n"
    "fair = no\n"
    "gate = n/a\n"
    "visits = table {\n| held | guests |\n| 2024-05-01 | 30 |\n| 2024-06-01 | 12 |\n}\n";

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

/* ---- asking */

enum { ASKED_MAX = 8 };

struct asking {
    struct compile_question questions[ASKED_MAX];
    struct diags own[ASKED_MAX];
    size_t count;
    struct diags diags; /* of the standard */
    const struct standard *standard;
};

static void add(struct asking *asking, const char *text, bool goal)
{
    struct diags *own = &asking->own[asking->count];
    const struct ast *ast = parse_line(source_new("<input>", text, strlen(text)), own);
    asking->questions[asking->count++] = (struct compile_question){ast, goal, own};
}

static void compile(struct asking *asking)
{
    struct compile_options options = {.questions = asking->questions, .question_count = asking->count};
    asking->standard = text_standard(STANDARD, &options, &asking->diags);
    assert_non_null(asking->standard);
    assert_int_equal(asking->standard->questions.count, asking->count);
}

static const struct evaluation *evaluated(const struct standard *standard, const struct ir_node *asked)
{
    const struct unit *unit = text_unit(UNIT, standard);
    return evaluate(standard, unit, &(struct call){.asked = &asked, .asked_count = 1});
}

static struct value answer(const char *text, bool goal)
{
    struct asking asking = {.count = 0};
    add(&asking, text, goal);
    compile(&asking);
    const struct ir_node *node = asking.standard->questions.items[0];
    assert_non_null(node);
    assert_int_equal(asking.own[0].errors, 0);
    assert_true(!goal || (node->type.kind == TYPE_YESNO && !node->bounds.na));
    const struct evaluation *evaluation = evaluated(asking.standard, node);
    assert_false(evaluation->refused);
    return *evaluation_value(evaluation, evaluation->final, node);
}

static bool is_number(const char *text, struct num number)
{
    struct value value = answer(text, false);
    return value_is_point(&value) && num_equal(value_point(&value), number);
}

enum { NO = TRUTH_NO, YES = TRUTH_YES, OPEN = TRUTH_UNKNOWN };

static unsigned reached(const char *goal)
{
    struct value value = answer(goal, true);
    assert_int_equal(value.kind, VALUE_TRUTH);
    return value.truth;
}

/* The messages of a question that is not understood. */
static const char *refused(const char *text, bool goal, enum lang lang)
{
    struct asking asking = {.count = 0};
    struct str out = {0};
    add(&asking, text, goal);
    compile(&asking);
    assert_null(asking.standard->questions.items[0]);
    assert_true(asking.own[0].errors > 0);
    diag_render_all(&out, &asking.own[0], lang, false);
    return str_text(&out);
}

static bool says(const char *text, const char *words)
{
    if (strstr(text, words))
        return true;
    print_message("“%s” is not in: %s\n", words, text);
    return false;
}

/* ---- values and conditions */

static void test_values_of_every_type(void **state)
{
    (void)state;
    assert_true(is_number("total", num_int(9)));
    assert_true(is_number("work.emptied", num_int(5)));
    assert_true(is_number("work.rate * 2", num_ratio(9, 5)));
    assert_true(is_number("sum of guests in visits where held > 2024-05-02", num_int(12)));
    assert_true(is_number("if swept then 3 else 4", num_int(3)));
    assert_true(is_number("grade", num_int(2)));
    assert_true(is_number("days from 2024-12-30 to today", num_int(1)));
    assert_int_equal(answer("visits", false).kind, VALUE_SEQUENCE);
    assert_int_equal(answer("\"a text\"", false).kind, VALUE_TEXT);
    assert_int_equal(answer("qualifies model", false).truth, OPEN);
}

static void test_conditions_are_goals(void **state)
{
    (void)state;
    assert_int_equal(reached("总分 不低于 9"), YES);
    assert_int_equal(reached("total > 9"), NO);
    assert_int_equal(reached("every section has rate >= 70%"), YES);
    assert_int_equal(reached("some criterion in work has rate < 90%"), YES);
    assert_int_equal(reached("faults = 0"), OPEN);
    assert_int_equal(reached("grade >= fair and swept"), YES);
    assert_int_equal(reached("(grade) is one of [good, poor]"), YES);
    assert_int_equal(reached("eligible"), YES);
}

static void test_what_is_na_does_not_hold(void **state)
{
    (void)state;
    assert_int_equal(reached("gate"), NO);
    assert_int_equal(reached("not gate"), NO);
    assert_int_equal(reached("gate is n/a"), YES);
    assert_true(answer("gate", false).na);
}

/* ---- goals by name */

static void test_a_grade_means_that_grade_or_a_higher_one(void **state)
{
    (void)state;
    assert_int_equal(reached("good"), YES);
    assert_int_equal(reached("poor"), YES);
    assert_int_equal(reached("\"Well kept\""), YES);
    assert_int_equal(reached("(good)"), YES);
    assert_int_equal(reached("\"fair\""), YES);
}

static void test_the_name_of_a_value_means_the_value(void **state)
{
    (void)state;
    assert_int_equal(reached("fair"), NO);
    assert_int_equal(reached("swept"), YES);
}

static void test_what_a_unit_qualifies_for(void **state)
{
    (void)state;
    assert_int_equal(reached("qualifies model"), OPEN);
    assert_int_equal(reached("model"), OPEN);
    assert_int_equal(reached("\"Model yard\""), OPEN);
}

static void test_grades_are_goals_only(void **state)
{
    (void)state;
    assert_true(says(refused("good", false, LANG_EN), "nothing has the name “good”"));
}

/* ---- the cohort */

static void test_figures_of_the_cohort(void **state)
{
    (void)state;
    struct asking asking = {.count = 0};
    add(&asking, "total >= mean of total in cohort", true);
    add(&asking, "rank of (highest of total in cohort - total) in cohort", false);
    compile(&asking);
    assert_non_null(asking.standard->questions.items[0]);
    assert_non_null(asking.standard->questions.items[1]);
    assert_int_equal(asking.standard->cohort.levels, 2);
}

static void test_a_bad_question_reads_nothing_of_the_cohort(void **state)
{
    (void)state;
    struct asking asking = {.count = 0};
    add(&asking, "total >= mean of total in cohort and sum of guests in visits > nonsense", true);
    compile(&asking);
    assert_null(asking.standard->questions.items[0]);
    assert_int_equal(asking.standard->cohort.levels, 0);
    assert_int_equal(asking.standard->cohort.operands.count, 0);
    assert_int_equal(asking.standard->cohort.figures.count, 0);
}

/* ---- what is not understood */

/* E0443 */
static void test_a_goal_holds_or_does_not(void **state)
{
    (void)state;
    const char *en = refused("total + 1", true, LANG_EN), *zh = refused("总分", true, LANG_ZH);
    assert_true(says(en, "error[E0443]: “total + 1” is a number, a goal is something that holds or does not\n"
                         "  --> <input>:1:1\n"));
    assert_true(says(en, "write a condition such as total >= 90, a grade, or"));
    assert_true(says(zh, "错误[E0443]：“总分”是数值，目标应当是成立或不成立的事\n"));
    assert_true(says(zh, "请写条件（例如 总分 不低于 90），或写等级、认定的名称"));
    assert_true(says(refused("grade", true, LANG_EN), "E0443"));
    assert_true(says(refused("work", true, LANG_EN), "E0443"));
    assert_true(says(refused("visits", true, LANG_EN), "“visits” is a table"));
}

/* E0444 */
static void test_setting_a_fact_asks_nothing(void **state)
{
    (void)state;
    assert_true(
        says(refused("set faults = 3", false, LANG_EN), "error[E0444]: “set faults = 3” changes a fact"));
    assert_true(says(refused("设 faults = 3", true, LANG_ZH), "错误[E0444]：“设 faults = 3”是更改事实"));
}

static void test_unknown_names_come_with_the_nearest(void **state)
{
    (void)state;
    assert_true(says(refused("goood", true, LANG_EN), "did you mean good?"));
    assert_true(says(refused("modle", true, LANG_EN), "did you mean model?"));
    assert_true(says(refused("totl", true, LANG_EN), "did you mean total?"));
    assert_true(says(refused("grade >= goood", true, LANG_EN), "did you mean good?"));
    assert_true(says(refused("\"Wel kept\"", true, LANG_EN), "E0443]: “\"Wel kept\"” is text"));
    assert_true(says(refused("\"Wel kept\"", true, LANG_EN), "did you mean Well kept?"));
    assert_true(says(refused("qualifies modle", false, LANG_EN), "did you mean model?"));
}

static void test_what_cannot_be_read_is_not_asked(void **state)
{
    (void)state;
    assert_true(says(refused("total >=", true, LANG_EN), "<input>:1:7"));
    assert_true(says(refused("(total", false, LANG_EN), "E0230"));
}

/* ---- nothing else is disturbed */

static const char *messages(const struct diags *diags)
{
    struct str out = {0};
    diag_render_all(&out, diags, LANG_EN, false);
    return str_text(&out);
}

static void test_each_question_stands_alone(void **state)
{
    (void)state;
    struct asking asking = {.count = 0}, silent = {.count = 0};
    add(&asking, "count of visits where guests > nonsense", false);
    add(&asking, "total", false);
    add(&asking, "count of visits where guests > 20 and swept or fair", false);
    add(&asking, "total", true);
    add(&asking, "every criterion in work has score > 1 + nonsense", true);
    add(&asking, "good", true);
    compile(&asking);
    compile(&silent);
    for (size_t i = 0; i < asking.count; i++) {
        assert_int_equal(!asking.standard->questions.items[i], i % 2 == 0 && i != 2 ? 1 : i == 3);
        assert_int_equal(asking.own[i].errors, !asking.standard->questions.items[i]);
    }
    assert_int_equal(asking.own[2].warnings, 1);
    assert_int_equal(silent.diags.warnings, 1);
    assert_string_equal(messages(&asking.diags), messages(&silent.diags));
}

static void test_what_was_refused_leaves_no_work(void **state)
{
    (void)state;
    struct asking asking = {.count = 0}, silent = {.count = 0};
    add(&asking, "highest of guests in visits where held > today and guests > nonsense", false);
    add(&asking, "set fair = yes", true);
    compile(&asking);
    compile(&silent);
    assert_int_equal(asking.standard->ir->nodes.count, silent.standard->ir->nodes.count);
    assert_int_equal(asking.standard->ir->blocks.count, silent.standard->ir->blocks.count);
    const struct evaluation *evaluation = evaluated(asking.standard, asking.standard->total_node);
    struct value total = *evaluation_value(evaluation, evaluation->final, asking.standard->total_node);
    assert_true(num_equal(value_point(&total), num_int(9)));
}

/* ---- how facts can still change */

static enum movement movement_of(const struct standard *standard, const char *name)
{
    const struct fact_declaration *fact = map_find(&standard->facts_by_name, name);
    assert_non_null(fact);
    return fact->field.movement;
}

static void test_movements(void **state)
{
    (void)state;
    struct asking asking = {.count = 0};
    compile(&asking);
    assert_int_equal(movement_of(asking.standard, "bins"), MOVES_UP);
    assert_int_equal(movement_of(asking.standard, "swept"), MOVES_NOT);
    assert_int_equal(movement_of(asking.standard, "faults"), MOVES_DOWN);
    assert_int_equal(movement_of(asking.standard, "fair"), MOVES_FREELY);
    assert_int_equal(movement_of(asking.standard, "visits"), MOVES_UP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_of_every_type),
        cmocka_unit_test(test_conditions_are_goals),
        cmocka_unit_test(test_what_is_na_does_not_hold),
        cmocka_unit_test(test_a_grade_means_that_grade_or_a_higher_one),
        cmocka_unit_test(test_the_name_of_a_value_means_the_value),
        cmocka_unit_test(test_what_a_unit_qualifies_for),
        cmocka_unit_test(test_grades_are_goals_only),
        cmocka_unit_test(test_figures_of_the_cohort),
        cmocka_unit_test(test_a_bad_question_reads_nothing_of_the_cohort),
        cmocka_unit_test(test_a_goal_holds_or_does_not),
        cmocka_unit_test(test_setting_a_fact_asks_nothing),
        cmocka_unit_test(test_unknown_names_come_with_the_nearest),
        cmocka_unit_test(test_what_cannot_be_read_is_not_asked),
        cmocka_unit_test(test_each_question_stands_alone),
        cmocka_unit_test(test_what_was_refused_leaves_no_work),
        cmocka_unit_test(test_movements),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
