/* A test run: one evaluation, and a verdict on each of its expectations. */
#include "base/mem.h"
#include "suite/suite.h"

enum { QUESTIONS_MAX = 5 }; /* of one expectation: see suite.c */

static const struct ir_node *question(const struct test *test, size_t at)
{
    return test->standard->questions.items[at];
}

static size_t questions_of(const struct expectation *expectation)
{
    switch (expectation->kind) {
    case EXPECTED_RANGE: return QUESTIONS_MAX;
    case EXPECTED_OPEN: return 1;
    case EXPECTED_TRUE: break;
    }
    return expectation->of ? 2 : 1;
}

const struct ir_node *suite_condition(const struct test *test, const struct expectation *expectation)
{
    return expectation->kind == EXPECTED_TRUE ? question(test, expectation->first) : NULL;
}

/* What is compared is the last that was asked. */
const struct ir_node *suite_node(const struct test *test, const struct expectation *expectation)
{
    return question(test, expectation->first + questions_of(expectation) - 1);
}

static const struct value *answer(const struct evaluation *evaluation, const struct test *test, size_t at)
{
    return evaluation_value(evaluation, evaluation->final, question(test, at));
}

static enum verdict range_verdict(const struct evaluation *evaluation, const struct test *test, size_t first)
{
    bool within =
        value_is_yes(answer(evaluation, test, first)) && value_is_yes(answer(evaluation, test, first + 1));
    bool tight = !value_is_yes(answer(evaluation, test, first + 2)) &&
                 !value_is_yes(answer(evaluation, test, first + 3));
    return within && tight ? VERDICT_MET : VERDICT_MISSED;
}

static enum verdict verdict_of(const struct evaluation *evaluation, const struct test *test,
                               const struct expectation *expectation)
{
    const struct value *value = answer(evaluation, test, expectation->first);
    switch (expectation->kind) {
    case EXPECTED_RANGE: return range_verdict(evaluation, test, expectation->first);
    case EXPECTED_OPEN: return value_is_known(value) ? VERDICT_MISSED : VERDICT_MET;
    case EXPECTED_TRUE: break;
    }
    return value_is_yes(value) ? VERDICT_MET : value_is_no(value) ? VERDICT_MISSED : VERDICT_OPEN;
}

static const struct evaluation *evaluate_test(const struct test *test, bool stages)
{
    struct call call = test->call;
    const struct ir_node **asked =
        MEM_ARRAY(const struct ir_node *, test->expectations.count *QUESTIONS_MAX + 1);
    for (size_t i = 0; i < test->expectations.count; i++) {
        const struct expectation *expectation = &test->expectations.items[i];
        for (size_t k = 0; k < questions_of(expectation); k++)
            if (question(test, expectation->first + k))
                asked[call.asked_count++] = question(test, expectation->first + k);
    }
    call.asked = asked;
    call.without_deciding = true;
    call.stages = stages;
    return evaluate(test->standard, test->unit, &call);
}

struct test_run suite_run(const struct test *test, bool stages)
{
    struct test_run run = {.test = test};
    if (test->diags.errors || !test->unit || !test->standard)
        return run;
    run.evaluation = evaluate_test(test, stages);
    run.verdicts = MEM_ARRAY(enum verdict, test->expectations.count + 1);
    run.passed = !run.evaluation->refused;
    for (size_t i = 0; !run.evaluation->refused && i < test->expectations.count; i++) {
        run.verdicts[i] = verdict_of(run.evaluation, test, &test->expectations.items[i]);
        run.passed = run.passed && run.verdicts[i] == VERDICT_MET;
    }
    return run;
}
