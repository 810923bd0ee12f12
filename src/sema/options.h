/* What a caller wants of a compilation beside the standard. */
#ifndef RUBRIC_SEMA_OPTIONS_H
#define RUBRIC_SEMA_OPTIONS_H
#include "diag/diag.h"
#include "syntax/ast.h"

struct compile_setting { const char *name, *text; };              /* `--set name=text` */

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
};
#endif
