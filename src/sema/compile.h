/* From `.rubric` files to a compiled standard: names, types, units, dependencies, forms, and the checks that evaluation rests on. */
#ifndef RUBRIC_SEMA_COMPILE_H
#define RUBRIC_SEMA_COMPILE_H
#include "core/standard.h"
#include "diag/diag.h"
#include "syntax/ast.h"

struct compile_setting { const char *name, *text; };              /* `--set name=text` */

/* Something asked about the standard, in its own words. */
struct compile_question {
    const struct ast *ast;                   /* what parse_line gave; NULL where that could not be read */
    bool goal;                               /* must hold or not; a grade or the name of a `qualifies` stands for reaching it */
    struct diags *diags;                     /* of this question alone */
};

struct compile_options {
    const struct compile_setting *settings;
    size_t setting_count;
    const struct compile_question *questions;
    size_t question_count;
    bool checked;                            /* what changes nothing is noted, too: for who writes the standard, not for who scores by it */
};

/* Questions are answered in standard->questions, in their order: NULL for one that could not be understood, which refuses nothing else.
 * NULL where errors forbid an evaluation; warnings and notes do not. Every file read through `use` is named in the diagnostics' spans. */
const struct standard *compile_standard(const char *path, const struct compile_options *options, struct diags *diags);
/* The same of a text that is at hand. */
const struct standard *compile_text(const struct source *source, const struct compile_options *options, struct diags *diags);
#endif
