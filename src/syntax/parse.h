/* From a source to its syntax tree. Errors go to `diags`, several a run; the tree holds what could be read (NULL if nothing could). */
#ifndef RUBRIC_SYNTAX_PARSE_H
#define RUBRIC_SYNTAX_PARSE_H
#include "diag/diag.h"
#include "syntax/ast.h"

enum { NESTING_MAX = 200 };

const struct ast *parse_rubric(const struct source *source, struct diags *diags);   /* AST_rubric_file */
const struct ast *parse_facts(const struct source *source, struct diags *diags);    /* AST_facts_file */
const struct ast *parse_line(const struct source *source, struct diags *diags);     /* an expression, AST_repl_set or AST_setting */
/* A facts file, or else a standard, with the words that it is made of; *tape NULL: it is no text. */
struct tape;
const struct ast *parse_with_words(const struct source *source, bool facts, struct tape **tape, struct diags *diags);
/* One value as a facts file writes it: for `--set T=V`. */
const struct ast *parse_value(const struct source *source, struct diags *diags);
#endif
