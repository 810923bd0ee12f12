/* What running the tests of a standard came to: for a person, as JSON lines, as TAP 14 and as JUnit's XML. */
#ifndef RUBRIC_REPORT_SUITE_H
#define RUBRIC_REPORT_SUITE_H
#include "report/page.h"
#include "report/view.h"
#include "suite/suite.h"

/* A test that was run, or could not be: then `diags` say why. */
struct told_test {
    struct test_run run; /* its evaluation may be let go where it passed */
    struct diags diags;
    bool cannot;
};

/* A file that could not be read as a standard, or as one with tests: what it would have tested is not known. */
struct told_file {
    const char *path;
    struct diags diags;
};

struct told_tests {
    VEC(struct told_test) list;
    VEC(struct told_file) refused;
    size_t passed, failed, cannot;
};

void told_add(struct told_tests *tests, const struct test_run *run);
/* The evaluation of the last one, where it passed: nobody looks into it any more, but for who did so before. Many would fill the memory. */
void told_let_go(struct told_tests *tests);

/* What a value came to, as an expectation would write it: "4", "n/a", "6 – 8". */
const char *suite_came(const struct view *view, const struct ir_node *node);
/* One that failed: what was expected, what came, and why. */
void suite_failure(struct page *page, const struct told_test *test, enum lang lang);
void suite_count(struct page *page, const struct told_tests *tests, enum lang lang);
/* The same without colours and places: for reports that machines hand on. */
const char *suite_failure_text(const struct told_test *test, enum lang lang);

void suite_json(struct str *out, const struct told_test *test, enum lang lang);
void suite_json_refused(struct str *out, const struct told_file *file, enum lang lang);
void suite_tap(struct str *out, const struct told_tests *tests, enum lang lang);
void suite_junit(struct str *out, const struct told_tests *tests, enum lang lang);
#endif
