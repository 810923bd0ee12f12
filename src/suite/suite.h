/* The test blocks of a standard: read against it, each made ready by itself, so that what is wrong with one does not touch the others; and run,
 * one evaluation each. Lives in collected memory. */
#ifndef RUBRIC_SUITE_SUITE_H
#define RUBRIC_SUITE_SUITE_H
#include "eval/eval.h"
#include "facts/facts.h"
#include "sema/compile.h"

enum expected {
    EXPECTED_TRUE,  /* a condition holds */
    EXPECTED_RANGE, /* a value is open, from one end to the other */
    EXPECTED_OPEN   /* a value is not known */
};

struct expectation {
    enum expected kind;
    struct span span;          /* the author's words */
    const struct ast *of;      /* the left side of a comparison, the value of a range; NULL: a condition that compares nothing */
    const struct ast *literal; /* the right side of `NAME = VALUE`; NULL: it is no such */
    size_t first;              /* the first of its questions in standard->questions */
    struct diags diags;
};

/* Those tests that set the same thresholds: they are asked of one compilation. */
struct setting_group;

struct test {
    const struct ast_test *ast;
    const char *label;
    struct span span; /* its label */
    const struct setting_group *group;
    VEC(struct expectation) expectations;
    struct call call;
    const struct unit *unit;           /* NULL: see diags */
    const struct standard *standard;   /* with its thresholds and questions; NULL: see diags */
    struct diags diags;                /* errors: it cannot be run */
};

struct suite {
    const struct source *source; /* where a compilation begins: the file that was named */
    struct map *files; /* path → facts file, read once; may be that of another suite */
    VEC(struct test *) tests;
    VEC(struct setting_group *) groups;
};

/* The tests found in the standard that begins with this file. `instead`: the text of one of its files, or NULL. */
struct suite *suite_new(const struct source *source, const struct compile_tests *tests, const struct source *instead, struct map *files);

enum verdict { VERDICT_MET, VERDICT_MISSED, VERDICT_OPEN /* not decided: a failure too */ };

struct test_run {
    const struct test *test;
    const struct evaluation *evaluation; /* NULL: the test cannot be run. It may be refused: then the verdicts count for nothing */
    enum verdict *verdicts;              /* of each expectation */
    bool passed;
};
/* `stages`: what stages require is worked out too. */
struct test_run suite_run(const struct test *test, bool stages);

/* What an expectation compares, or the condition itself. */
const struct ir_node *suite_node(const struct test *test, const struct expectation *expectation);
/* The condition; NULL where it is none. */
const struct ir_node *suite_condition(const struct test *test, const struct expectation *expectation);
#endif
