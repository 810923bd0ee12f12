/* What a caller wants of a compilation beside the standard. */
#ifndef RUBRIC_SEMA_OPTIONS_H
#define RUBRIC_SEMA_OPTIONS_H
#include "diag/diag.h"
#include "syntax/ast.h"

/* `--set name=text`; or with its value read already, and the place of its name. */
struct compile_setting { const char *name, *text;  const struct ast *value; struct span span; };

/* Test blocks, in the order read. */
struct compile_tests { VEC(const struct ast_test *) list; };

/* Something asked about the standard, in its own words. */
struct compile_question {
    const struct ast *ast;                   /* what parse_line gave; NULL where that could not be read */
    bool goal; /* must hold or not; a grade or the name of a `qualifies` stands for reaching it */
    struct diags *diags;                     /* of this question alone */
};

struct compile_options {
    const struct compile_setting *settings;
    size_t setting_count;
    const struct compile_question *questions;
    size_t question_count;
    /* what changes nothing is noted, too: for who writes the standard, not for who scores by it */
    bool checked;
    bool properties; /* they are wanted, too: for who proves them */
    struct compile_tests *tests;             /* gets the tests that stand in the files; NULL: nobody wants them */
    /* A text that is read in the place of the file of its name; NULL: none. */
    const struct source *instead;
};
#endif
