/* A facts file read for one edition beside another: what only the other declares is passed over, all else is as ever. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "base/mem.h"
#include "facts/facts.h"
#include "sema/compile.h"

static const struct standard *one, *other;

static const char ONE[] = "standard one { total 10 columns self, review }\n"
                          "facts \"F\" { open : yesno }\n"
                          "criterion a cap 6 { full when open }\n"
                          "criterion tidy cap 4 { judged }\n"
                          "authority office \"Office\"\n"
                          "stage apply { by unit }\n"
                          "stage visit { by office after apply }\n";

static const char OTHER[] = "standard other { total 10 columns self, review, last }\n"
                            "facts \"F\" { open : yesno  visits : count  plan : document }\n"
                            "criterion a cap 2 { full when visits > 3 and open }\n"
                            "criterion b cap 2 { full when open }\n"
                            "criterion tidy cap 2 { full when open }\n"
                            "criterion look cap 4 { judged }\n"
                            "authority council \"Council\"\n"
                            "stage apply { by unit }\n"
                            "stage visit { by council after apply }\n"
                            "stage hear { by council after visit }\n";

static const struct standard *standard_of(const char *text)
{
    struct diags diags = {0};
    const struct standard *standard =
        compile_text(source_new("standard.rubric", text, strlen(text)), &(struct compile_options){0}, &diags);
    assert_non_null(standard);
    return standard;
}

static int set_up(void **state)
{
    (void)state;
    mem_start();
    one = standard_of(ONE);
    other = standard_of(OTHER);
    return 0;
}

/* The codes of what is wrong, in the order found. */
static struct diags wrong;

static const struct unit *read(const char *text, const struct standard *standard, const struct standard *also)
{
    wrong = (struct diags){0};
    struct facts_file *file = facts_open_text(source_new("unit.facts", text, strlen(text)), &wrong);
    assert_int_equal(wrong.errors, 0);
    file->also = also;
    return facts_read(file, standard, &wrong);
}

static void refused(const char *text, const struct standard *standard, const struct standard *also,
                    enum diag_code code)
{
    assert_null(read(text, standard, also));
    assert_int_equal(wrong.errors, 1);
    assert_int_equal(wrong.list.items[0]->code, code);
}

static void test_facts(void **state)
{
    (void)state;
    refused("open = yes visits = 4", one, NULL, DIAG_FACT_UNKNOWN);
    const struct unit *unit = read("open = yes visits = 4", one, other);
    assert_non_null(unit);
    assert_int_equal(wrong.list.count, 0);
    assert_int_equal(unit->facts[0][0].state, GIVEN_VALUE);
    refused("open = yes visit = 4", one, other, DIAG_FACT_UNKNOWN);
    /* declared by both, or by this one: what it says counts */
    refused("open = 4", one, other, DIAG_VALUE_WRONG_KIND);
    refused("visits = yes", other, one, DIAG_VALUE_WRONG_KIND);
}

/* Neither its kind nor the file that it names is looked at. */
static void test_not_read(void **state)
{
    (void)state;
    assert_non_null(read("visits = yes", one, other));
    assert_non_null(read("plan = document \"nowhere.txt\"", one, other));
    assert_null(read("plan = document \"nowhere.txt\"", other, one));
}

static void test_scores(void **state)
{
    (void)state;
    refused("score look = 3", one, NULL, DIAG_SCORE_UNKNOWN);
    assert_non_null(read("score look = 3", one, other));
    refused("score loo = 3", one, other, DIAG_SCORE_UNKNOWN);
    /* a criterion of both, judged by one of them */
    refused("score tidy = 3", other, NULL, DIAG_SCORE_NOT_JUDGED);
    assert_non_null(read("score tidy = 3", other, one));
    const struct unit *unit = read("score tidy = 3", one, other);
    assert_int_equal(unit->scores[0][0].state, GIVEN_VALUE);
    refused("score a = 3", one, other, DIAG_SCORE_NOT_JUDGED);
    /* the fact of the other edition is no score of it */
    refused("score visits = 3", one, other, DIAG_SCORE_UNKNOWN);
}

static void test_reviews(void **state)
{
    (void)state;
    static const char TEXT[] = "review by \"A\" on 2024-01-01 { visits = 2 open = yes }\n"
                               "review by \"B\" on 2024-01-02 { open = no }\n";
    refused("review by \"A\" on 2024-01-01 { }\nreview by \"B\" on 2024-01-02 { open = no }", one, NULL,
            DIAG_REVIEW_TOO_MANY);
    const struct unit *unit = read(TEXT, one, other);
    assert_non_null(unit);
    assert_int_equal(unit->columns, 2);
    assert_int_equal(unit->facts[1][0].state, GIVEN_VALUE);
    assert_null(read("review by \"A\" on 2024-01-01 { }\nreview by \"B\" on 2024-01-02 { }\n"
                     "review by \"C\" on 2024-01-03 { }\nreview by \"D\" on 2024-01-04 { }",
                     one, other));
    assert_int_equal(wrong.errors, 1);
}

static void test_decisions(void **state)
{
    (void)state;
    refused("decision hear approved on 2024-01-02 by office", one, NULL, DIAG_DECISION_ON_NO_STAGE);
    const struct unit *unit = read("decision apply approved on 2024-01-01 by unit\n"
                                   "decision visit approved on 2024-01-02 by council\n"
                                   "decision hear approved on 2024-01-03 by council\n",
                                   one, other);
    assert_non_null(unit);
    assert_int_equal(unit->decision_count, 1);
    refused("decision visit approved on 2024-01-02 by counsel", one, other, DIAG_DECISION_BY_NOBODY);
    refused("decision hearing approved on 2024-01-02 by office", one, other, DIAG_DECISION_ON_NO_STAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts),   cmocka_unit_test(test_not_read),  cmocka_unit_test(test_scores),
        cmocka_unit_test(test_reviews), cmocka_unit_test(test_decisions),
    };
    return cmocka_run_group_tests_name("facts beside another edition", tests, set_up, NULL);
}
