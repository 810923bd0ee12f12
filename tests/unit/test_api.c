/* The library's public face: handles, what may be said of facts, errors and where they stand, results, threads. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include "api/rubric.h"

static const char YARD[] =
    "standard clean_yard \"Clean yard\" { edition \"3\"  total 20  period 2024  skipped zero }\n"
    "scale rating { poor < fair < good }\n"
    "facts \"The yard\" {\n"
    "  bins   \"Bins emptied\" : share, none counts as 100%\n"
    "  paths  \"Paths swept\"  : yesno\n"
    "  visits \"Visits\"       : count(h) at most 40, otherwise 0\n"
    "  state  \"State\"        : rating, or n/a\n"
    "  opened \"Opened\"       : date\n"
    "}\n"
    "criterion emptied \"Bins\" cap 5 { bands bins { at least 90% : 5  from 70% to below 90% : 4  otherwise "
    ": 0 } }\n"
    "criterion swept   \"Paths\" cap 3 { full when paths }\n"
    "criterion rounds  cap 4 { 0.5 per visits up to 4 }\n"
    "criterion looks   cap 4 { full when state >= fair  skip when state is n/a }\n"
    "criterion judged_ cap 4 { judged from 0 to 4 in steps of 0.5 }\n"
    "qualifies old when opened < 2020-01-01\n"
    "require swept_ \"swept\" when paths\n"
    "grades { good_ \"Good\" when total >= 16  fair_ when total >= 8  otherwise poor_ }\n";

static rubric_standard *yard(void)
{
    rubric_standard *standard;
    rubric_messages *messages;
    rubric_status status =
        rubric_standard_read("yard.rubric", YARD, strlen(YARD), NULL, &standard, &messages);
    if (status != RUBRIC_OK)
        fail_msg("%s", rubric_messages_shown(messages, RUBRIC_EN));
    rubric_messages_free(messages);
    return standard;
}

static rubric_unit *unit_of(const rubric_standard *standard)
{
    rubric_unit *unit;
    assert_int_equal(rubric_unit_new(standard, "north", &unit), RUBRIC_OK);
    return unit;
}

static rubric_status set(rubric_unit *unit, const rubric_standard *standard, const char *name,
                         const char *text)
{
    return rubric_set_text(unit, rubric_fact_find(standard, name), text);
}

static const char *total(const rubric_unit *unit, rubric_end end)
{
    static char text[100];
    rubric_score_text(unit, RUBRIC_TOTAL, end, text, sizeof text);
    return text;
}

static void set_all(rubric_unit *unit, const rubric_standard *standard)
{
    assert_int_equal(set(unit, standard, "bins", "4 of 5"), RUBRIC_OK);
    assert_int_equal(set(unit, standard, "paths", "yes"), RUBRIC_OK);
    assert_int_equal(set(unit, standard, "visits", "7"), RUBRIC_OK);
    assert_int_equal(set(unit, standard, "state", "good"), RUBRIC_OK);
    assert_int_equal(set(unit, standard, "opened", "2019-12-31"), RUBRIC_OK);
    assert_int_equal(set(unit, standard, "judged_", "2.5"), RUBRIC_OK);
}

/* ---- what there is in a standard */

static void test_handles(void **state)
{
    (void)state;
    rubric_standard *standard = yard();
    assert_string_equal(rubric_standard_name(standard), "clean_yard");
    assert_string_equal(rubric_standard_label(standard), "Clean yard");
    assert_string_equal(rubric_standard_edition(standard), "3");
    assert_int_equal(strlen(rubric_standard_sha256(standard)), 64);
    assert_null(rubric_standard_why_cold(standard, RUBRIC_EN));
    assert_int_equal(rubric_fact_count(standard), 6);
    assert_string_equal(rubric_fact_name(standard, 0), "bins");
    assert_string_equal(rubric_fact_label(standard, 1), "Paths swept");
    assert_int_equal(rubric_fact_type(standard, 0), RUBRIC_SHARE);
    assert_int_equal(rubric_fact_type(standard, 2), RUBRIC_NUMBER);
    assert_string_equal(rubric_fact_unit(standard, 2), "h");
    assert_int_equal(rubric_fact_type(standard, 3), RUBRIC_CHOICE);
    assert_int_equal(rubric_fact_type(standard, 4), RUBRIC_DATE);
    assert_int_equal(rubric_fact_find(standard, "judged_"), 5);
    assert_int_equal(rubric_fact_type(standard, 5), RUBRIC_SCORE);
    assert_int_equal(rubric_choice_count(standard, 3), 3);
    assert_string_equal(rubric_choice_name(standard, 3, 2), "good");
    assert_int_equal(rubric_choice_count(standard, 0), 0);
    assert_int_equal(rubric_part_count(standard), 5);
    assert_string_equal(rubric_part_path(standard, 2), "rounds");
    assert_null(rubric_part_label(standard, 2));
    assert_string_equal(rubric_part_cap(standard, rubric_part_find(standard, "emptied")), "5");
    assert_int_equal(rubric_grade_count(standard), 3);
    assert_string_equal(rubric_grade_name(standard, 0), "poor_");
    assert_string_equal(rubric_grade_label(standard, 2), "Good");
    assert_int_equal(rubric_qualification_count(standard), 1);
    assert_string_equal(rubric_qualification_name(standard, 0), "old");
    rubric_standard_free(standard);
}

static void test_handles_that_there_are_not(void **state)
{
    (void)state;
    rubric_standard *standard = yard();
    assert_int_equal(rubric_fact_find(standard, "bin"), -1);
    assert_int_equal(rubric_part_find(standard, "emptie"), -1);
    for (int none = -1; none < 100; none += 100) {
        assert_null(rubric_fact_name(standard, none));
        assert_null(rubric_fact_label(standard, none));
        assert_null(rubric_fact_unit(standard, none));
        assert_int_equal((int)rubric_fact_type(standard, none), -1);
        assert_int_equal(rubric_choice_count(standard, none), 0);
        assert_null(rubric_choice_name(standard, 3, none));
        assert_null(rubric_part_path(standard, none));
        assert_null(rubric_part_cap(standard, none));
        assert_null(rubric_grade_name(standard, none));
        assert_null(rubric_qualification_name(standard, none));
    }
    rubric_standard_free(standard);
    rubric_standard_free(NULL);
}

/* ---- standards that are none */

static void test_bad_standard(void **state)
{
    (void)state;
    rubric_standard *standard = (rubric_standard *)&standard;
    rubric_messages *messages;
    static const char text[] =
        "standard s \"S\" { total 10 }\nfacts \"F\" { a : yesno }\ncriterion c cap 5 { full when a }\n";
    assert_int_equal(rubric_standard_read("s.rubric", text, strlen(text), NULL, &standard, &messages),
                     RUBRIC_REFUSED);
    assert_null(standard);
    assert_string_equal(rubric_message_code(messages, 0), "E0502");
    assert_int_equal(rubric_message_severity(messages, 0), RUBRIC_ERROR);
    assert_string_equal(rubric_message_file(messages, 0), "s.rubric");
    assert_int_equal(rubric_message_line(messages, 0), 1);
    assert_int_equal(rubric_message_column(messages, 0), 18);
    assert_string_equal(rubric_message_text(messages, 0, RUBRIC_EN),
                        "the parts add up to 5, the total is 10");
    assert_non_null(strstr(rubric_message_text(messages, 0, RUBRIC_ZH), "10"));
    assert_string_not_equal(rubric_message_text(messages, 0, RUBRIC_ZH),
                            rubric_message_text(messages, 0, RUBRIC_EN));
    assert_non_null(rubric_message_help(messages, 0, RUBRIC_EN));
    assert_non_null(strstr(rubric_messages_shown(messages, RUBRIC_EN), "--> s.rubric:1:18"));
    assert_null(rubric_message_code(messages, rubric_messages_count(messages)));
    rubric_messages_free(messages);
    assert_int_equal(rubric_standard_load("no/such.rubric", NULL, &standard, &messages), RUBRIC_REFUSED);
    assert_int_equal(rubric_messages_count(messages), 1);
    rubric_messages_free(messages);
    assert_int_equal(rubric_standard_load("no/such.rubric", NULL, &standard, NULL), RUBRIC_REFUSED);
    assert_int_equal(rubric_standard_read("x", "\xff\0", 2, NULL, &standard, NULL), RUBRIC_REFUSED);
    assert_int_equal(rubric_standard_read("x", NULL, 0, NULL, &standard, NULL), RUBRIC_REFUSED);
    assert_int_equal(rubric_messages_count(NULL), 0);
    assert_string_equal(rubric_messages_shown(NULL, RUBRIC_EN), "");
    rubric_messages_free(NULL);
}

static void test_options(void **state)
{
    (void)state;
    static const char text[] =
        "standard s \"S\" { total 10  period 2024 }\nfacts \"F\" { a : count }\nthreshold enough\n"
        "criterion c cap 10 { full when a >= enough }\n";
    const char *set_to[] = {"enough=5"}, *wrong[] = {"enough"};
    rubric_options options = {.on = "2024-06-01", .set = set_to, .set_count = 1};
    rubric_standard *standard;
    rubric_messages *messages;
    rubric_unit *unit;
    int64_t score;
    assert_int_equal(rubric_standard_read("s", text, strlen(text), &options, &standard, NULL), RUBRIC_OK);
    unit = unit_of(standard);
    rubric_set_number(unit, 0, 5, 0);
    assert_int_equal(rubric_evaluate(unit), RUBRIC_OK);
    assert_int_equal(rubric_score(unit, RUBRIC_TOTAL, 0, &score), RUBRIC_OK);
    assert_int_equal(score, 10);
    rubric_unit_free(unit);
    rubric_standard_free(standard);
    options.set = wrong;
    assert_int_equal(rubric_standard_read("s", text, strlen(text), &options, &standard, &messages),
                     RUBRIC_REFUSED);
    assert_string_equal(rubric_message_code(messages, 0), "E1013");
    rubric_messages_free(messages);
    options.set_count = 0;
    options.on = "yesterday";
    assert_int_equal(rubric_standard_read("s", text, strlen(text), &options, &standard, NULL),
                     RUBRIC_REFUSED);
    assert_int_equal(rubric_standard_read("s", text, strlen(text), NULL, &standard, NULL), RUBRIC_OK);
    assert_non_null(rubric_standard_why_cold(standard, RUBRIC_EN));
    assert_string_not_equal(rubric_standard_why_cold(standard, RUBRIC_EN),
                            rubric_standard_why_cold(standard, RUBRIC_ZH));
    rubric_standard_free(standard);
}

/* ---- a unit */

static void test_results(void **state)
{
    (void)state;
    rubric_standard *standard = yard();
    rubric_unit *unit = unit_of(standard);
    int64_t score = 77;
    char small[3];
    assert_int_equal(rubric_unit_way(unit), RUBRIC_BY_NONE);
    assert_int_equal(rubric_score(unit, RUBRIC_TOTAL, 0, &score), RUBRIC_NOT_EVALUATED);
    assert_int_equal(rubric_eligible(unit), RUBRIC_UNKNOWN);
    set_all(unit, standard);
    assert_int_equal(rubric_evaluate(unit), RUBRIC_OK);
    assert_int_equal(rubric_unit_way(unit), RUBRIC_BY_KNOWN);
    assert_string_equal(total(unit, RUBRIC_LOW), "17");
    assert_int_equal(rubric_score(unit, RUBRIC_TOTAL, 2, &score), RUBRIC_OK);
    assert_int_equal(score, 1700);
    assert_int_equal(rubric_score(unit, rubric_part_find(standard, "rounds"), 0, &score), RUBRIC_NOT_ONE);
    assert_int_equal(rubric_score(unit, rubric_part_find(standard, "rounds"), 19, &score), RUBRIC_NOT_ONE);
    assert_int_equal(score, 1700);
    assert_int_equal(rubric_score(unit, rubric_part_find(standard, "rounds"), 1, &score), RUBRIC_OK);
    assert_int_equal(score, 35);
    assert_int_equal(rubric_score(unit, 99, 1, &score), RUBRIC_NO_SUCH);
    assert_int_equal(rubric_score_text(unit, RUBRIC_TOTAL, RUBRIC_LOW, small, 2), 2);
    assert_string_equal(small, "1");
    assert_int_equal(rubric_score_text(unit, RUBRIC_TOTAL, RUBRIC_LOW, NULL, 0), 2);
    assert_int_equal(rubric_score_text(unit, 99, RUBRIC_LOW, small, 2), 0);
    assert_int_equal(rubric_grade(unit, RUBRIC_LOW), 2);
    assert_int_equal(rubric_eligible(unit), RUBRIC_YES);
    assert_int_equal(rubric_qualifies(unit, 0), RUBRIC_YES);
    assert_int_equal(rubric_qualifies(unit, 1), RUBRIC_UNKNOWN);
    assert_int_equal(rubric_score_is_na(unit, RUBRIC_TOTAL), RUBRIC_NO);
    assert_int_equal(rubric_score_is_exact(unit, RUBRIC_TOTAL), RUBRIC_YES);
    assert_int_equal(rubric_set_yesno(unit, 1, 0), RUBRIC_OK);
    assert_int_equal(rubric_score(unit, RUBRIC_TOTAL, 0, &score), RUBRIC_NOT_EVALUATED);
    assert_int_equal(rubric_evaluate(unit), RUBRIC_OK);
    assert_string_equal(total(unit, RUBRIC_HIGH), "14");
    assert_int_equal(rubric_eligible(unit), RUBRIC_NO);
    rubric_unit_free(unit);
    rubric_unit_free(NULL);
    rubric_standard_free(standard);
}

/* What is open is a range, and what does not apply is n/a, each way of evaluating alike. */
static void test_open_and_na(void **state)
{
    (void)state;
    rubric_standard *standard = yard();
    rubric_unit *unit = unit_of(standard);
    int64_t score;
    int looks = rubric_part_find(standard, "looks");
    set_all(unit, standard);
    assert_int_equal(rubric_set_unknown(unit, 1), RUBRIC_OK);
    assert_int_equal(rubric_evaluate(unit), RUBRIC_OK);
    assert_int_equal(rubric_unit_way(unit), RUBRIC_BY_RANGES);
    assert_string_equal(total(unit, RUBRIC_LOW), "14");
    assert_string_equal(total(unit, RUBRIC_HIGH), "17");
    assert_int_equal(rubric_score(unit, RUBRIC_TOTAL, 2, &score), RUBRIC_NOT_ONE);
    assert_int_equal(rubric_grade(unit, RUBRIC_LOW), 1);
    assert_int_equal(rubric_grade(unit, RUBRIC_HIGH), 2);
    assert_int_equal(rubric_eligible(unit), RUBRIC_UNKNOWN);
    assert_int_equal(rubric_set_na(unit, 3), RUBRIC_OK);
    assert_int_equal(rubric_evaluate(unit), RUBRIC_OK);
    assert_int_equal(rubric_score_is_na(unit, looks), RUBRIC_NA);
    char text[10];
    assert_int_equal(rubric_score_text(unit, looks, RUBRIC_LOW, text, sizeof text), 3);
    assert_string_equal(text, "n/a");
    assert_int_equal(rubric_set_na(unit, 1), RUBRIC_REFUSED);
    assert_string_equal(rubric_message_code(rubric_unit_messages(unit), 0), "E0814");
    assert_int_equal(rubric_unset(unit, 2), RUBRIC_OK);
    assert_int_equal(rubric_set_yesno(unit, 1, 1), RUBRIC_OK);
    assert_null(rubric_unit_messages(unit));
    assert_int_equal(rubric_evaluate(unit), RUBRIC_OK);
    assert_int_equal(rubric_score(unit, rubric_part_find(standard, "rounds"), 0, &score), RUBRIC_OK);
    assert_int_equal(score, 0);
    assert_int_equal(rubric_unit_clear(unit), RUBRIC_OK);
    assert_int_equal(rubric_unit_way(unit), RUBRIC_BY_NONE);
    rubric_evaluate(unit);
    assert_string_equal(total(unit, RUBRIC_LOW), "0");
    rubric_unit_free(unit);
    rubric_standard_free(standard);
}

/* What is refused leaves the fact as it was. */
static void assert_refused(rubric_unit *unit, rubric_status status, const char *code)
{
    const rubric_messages *messages = rubric_unit_messages(unit);
    assert_int_equal(status, RUBRIC_REFUSED);
    assert_string_equal(rubric_message_code(messages, 0), code);
    assert_true(rubric_message_line(messages, 0) == 1 && rubric_message_column(messages, 0) > 1);
    assert_int_equal(rubric_evaluate(unit), RUBRIC_OK);
    assert_string_equal(total(unit, RUBRIC_LOW), "17");
}

static void test_refused(void **state)
{
    (void)state;
    rubric_standard *standard = yard();
    rubric_unit *unit = unit_of(standard);
    set_all(unit, standard);
    assert_refused(unit, rubric_set_number(unit, 2, 41, 0), "E0807");
    assert_refused(unit, rubric_set_number(unit, 2, 65, 1), "E0806");
    assert_refused(unit, rubric_set_number(unit, 2, INT64_MIN, 18), "E0806");
    assert_refused(unit, rubric_set_share(unit, 0, 6, 5, 0), "E0812");
    assert_refused(unit, rubric_set_share(unit, 0, -1, 5, 0), "E0201");
    assert_refused(unit, set(unit, standard, "paths", "12"), "E0804");
    assert_refused(unit, set(unit, standard, "state", "excellent"), "E0805");
    assert_string_equal(rubric_message_file(rubric_unit_messages(unit), 0) ? "" : "none", "none");
    rubric_status status = rubric_set_named(unit, "pathes", "yes");
    assert_int_equal(status, RUBRIC_REFUSED);
    assert_non_null(strstr(rubric_messages_shown(rubric_unit_messages(unit), RUBRIC_EN), "paths"));
    assert_refused(unit, status, "E0801");
    assert_int_equal(rubric_set_date(unit, 4, 2023, 2, 29), RUBRIC_REFUSED);
    assert_int_equal(set(unit, standard, "visits", "1\npaths = no"), RUBRIC_REFUSED);
    assert_int_equal(set(unit, standard, "visits", ""), RUBRIC_REFUSED);
    assert_int_equal(rubric_set_number(unit, 1, 1, 0), RUBRIC_WRONG_TYPE);
    assert_int_equal(rubric_set_number(unit, 2, 1, 19), RUBRIC_WRONG_TYPE);
    assert_int_equal(rubric_set_share(unit, 2, 1, 2, 0), RUBRIC_WRONG_TYPE);
    assert_int_equal(rubric_set_yesno(unit, 2, 1), RUBRIC_WRONG_TYPE);
    assert_int_equal(rubric_set_choice(unit, 2, 1), RUBRIC_WRONG_TYPE);
    assert_int_equal(rubric_set_choice(unit, 3, 3), RUBRIC_NO_SUCH);
    assert_int_equal(rubric_set_date(unit, 2, 2024, 1, 1), RUBRIC_WRONG_TYPE);
    assert_int_equal(rubric_set_text(unit, 99, "1"), RUBRIC_NO_SUCH);
    assert_int_equal(rubric_set_number(unit, -1, 1, 0), RUBRIC_NO_SUCH);
    assert_int_equal(rubric_set_unknown(unit, 6), RUBRIC_NO_SUCH);
    assert_int_equal(rubric_set_na(unit, 6), RUBRIC_NO_SUCH);
    assert_int_equal(rubric_unset(unit, 6), RUBRIC_NO_SUCH);
    /* A score that is none is found out when it is looked at. */
    assert_int_equal(set(unit, standard, "judged_", "2.3"), RUBRIC_OK);
    assert_int_equal(rubric_evaluate(unit), RUBRIC_REFUSED);
    assert_string_equal(rubric_message_code(rubric_unit_messages(unit), 0), "E0906");
    assert_int_equal(rubric_unit_way(unit), RUBRIC_BY_NONE);
    rubric_unit_free(unit);
    rubric_standard_free(standard);
}

static void test_statuses(void **state)
{
    (void)state;
    for (int status = RUBRIC_OK; status <= RUBRIC_NO_MEMORY; status++) {
        assert_true(*rubric_status_text((rubric_status)status, RUBRIC_EN));
        assert_string_not_equal(rubric_status_text((rubric_status)status, RUBRIC_EN),
                                rubric_status_text((rubric_status)status, RUBRIC_ZH));
    }
    assert_string_equal(rubric_status_text((rubric_status)99, RUBRIC_EN), "");
    assert_string_equal(rubric_version(), RUBRIC_VERSION);
}

/* ---- facts files and JSON */

static void test_read(void **state)
{
    (void)state;
    rubric_standard *standard = yard();
    rubric_unit *unit;
    rubric_messages *messages;
    const char *json;
    size_t length;
    static const char facts[] =
        "unit elm \"Elm\"\nbins = 4 of 5\npaths = yes\nstate = fair\nscore judged_ = 4\n",
                      wrong[] = "bins = 4 of 5\nvisits = 50\n";
    assert_int_equal(rubric_unit_read(standard, "elm.facts", wrong, strlen(wrong), &unit, &messages),
                     RUBRIC_REFUSED);
    assert_null(unit);
    assert_string_equal(rubric_message_code(messages, 0), "E0807");
    assert_string_equal(rubric_message_file(messages, 0), "elm.facts");
    assert_int_equal(rubric_message_line(messages, 0), 2);
    rubric_messages_free(messages);
    assert_int_equal(rubric_unit_read(standard, "elm.facts", facts, strlen(facts), &unit, NULL), RUBRIC_OK);
    assert_int_equal(rubric_evaluate(unit), RUBRIC_OK);
    assert_string_equal(total(unit, RUBRIC_LOW), "15");
    rubric_set_number(unit, 2, 4, 0);
    assert_int_equal(rubric_evaluate(unit), RUBRIC_OK);
    assert_string_equal(total(unit, RUBRIC_LOW), "17");
    assert_int_equal(rubric_unit_json(unit, RUBRIC_EN, &json, &length), RUBRIC_OK);
    assert_int_equal(strlen(json), length);
    assert_non_null(strstr(json, "\"unit\":{\"id\":\"elm\",\"label\":\"Elm\"}"));
    assert_non_null(strstr(json, "\"total\":{\"value\":\"17\"}"));
    assert_int_equal(rubric_unit_way(unit), RUBRIC_BY_RANGES);
    rubric_unit_free(unit);
    rubric_standard_free(standard);
}

/* ---- threads: the first of which may be any */

struct errand {
    const rubric_standard *standard;
    bool right;
};

/* Its own unit, warm and not, standards of its own in between. */
static void *run_errand(void *data)
{
    struct errand *errand = data;
    rubric_unit *unit = unit_of(errand->standard);
    errand->right = true;
    set_all(unit, errand->standard);
    for (int i = 0; i < 3000; i++) {
        int64_t score;
        rubric_set_number(unit, 2, i % 9, 0);
        if (i % 100 == 0) {
            rubric_set_named(unit, "paths", i % 200 ? "yes" : "no");
            rubric_set_named(unit, "paths", "yes");
        }
        if (i % 500 == 0) {
            const char *json;
            errand->right &= rubric_unit_json(unit, RUBRIC_EN, &json, NULL) == RUBRIC_OK;
            rubric_standard_free(yard());
        }
        errand->right &= rubric_evaluate(unit) == RUBRIC_OK &&
                         rubric_score(unit, RUBRIC_TOTAL, 1, &score) == RUBRIC_OK &&
                         score == 135 + 5 * (i % 9 < 8 ? i % 9 : 8);
    }
    rubric_unit_free(unit);
    return NULL;
}

static void *run_first(void *data)
{
    struct errand *errand = data;
    errand->standard = yard();
    run_errand(errand);
    return NULL;
}

enum { THREADS = 4 };

/* Runs before all others, so that the collector is started by a thread that then ends. */
static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    struct errand errands[THREADS] = {0};
    assert_int_equal(pthread_create(&threads[0], NULL, run_first, &errands[0]), 0);
    pthread_join(threads[0], NULL);
    assert_true(errands[0].right);
    for (size_t round = 0; round < 3; round++) {
        for (size_t i = 0; i < THREADS; i++) {
            errands[i].standard = errands[0].standard;
            assert_int_equal(pthread_create(&threads[i], NULL, run_errand, &errands[i]), 0);
        }
        run_errand(&(struct errand){.standard = errands[0].standard});
        for (size_t i = 0; i < THREADS; i++) {
            pthread_join(threads[i], NULL);
            assert_true(errands[i].right);
        }
    }
    rubric_standard_free((rubric_standard *)errands[0].standard);
}

/* ---- no memory is a status, and not the end */

#ifndef RUBRIC_NO_GC
static char *long_standard(size_t criteria)
{
    char *text = malloc(200 * criteria + 200), *end = text;
    end += sprintf(end, "standard s \"S\" { total %zu  period 2024 }\nfacts \"F\" {\n", criteria);
    for (size_t i = 0; i < criteria; i++)
        end += sprintf(end, "  a%zu \"A\" : yesno\n", i);
    end += sprintf(end, "}\n");
    for (size_t i = 0; i < criteria; i++)
        end += sprintf(end, "criterion c%zu \"C\" cap 1 { full when a%zu }\n", i, i);
    return text;
}

static void test_no_memory(void **state)
{
    (void)state;
    struct rlimit before, little;
    rubric_standard *standard = yard(), *large;
    char *text = long_standard(20000);
    getrlimit(RLIMIT_AS, &before);
    little = before;
    little.rlim_cur = (rlim_t)160 << 20;
    assert_int_equal(setrlimit(RLIMIT_AS, &little), 0);
    rubric_status status = rubric_standard_read("s", text, strlen(text), NULL, &large, NULL);
    setrlimit(RLIMIT_AS, &before);
    assert_int_equal(status, RUBRIC_NO_MEMORY);
    assert_null(large);
    rubric_unit *unit = unit_of(standard);
    set_all(unit, standard);
    assert_int_equal(rubric_evaluate(unit), RUBRIC_OK);
    rubric_unit_free(unit);
    rubric_standard_free(standard);
    assert_int_equal(rubric_standard_read("s", text, strlen(text), NULL, &large, NULL), RUBRIC_OK);
    rubric_standard_free(large);
    free(text);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_handles),
        cmocka_unit_test(test_handles_that_there_are_not),
        cmocka_unit_test(test_bad_standard),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_results),
        cmocka_unit_test(test_open_and_na),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_read),
#ifndef RUBRIC_NO_GC
        cmocka_unit_test(test_no_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
