/* The clause by which an amendment changes something, and the remark that says so. */
#ifndef RUBRIC_AMEND_CLAUSE_H
#define RUBRIC_AMEND_CLAUSE_H
#include "diag/diag.h"
#include "syntax/ast.h"

/* The first `cite` of a change or declaration, else its file and line. */
const char *clause_of(const struct ast *node);
/* A comment line: `word` of words.def, whose {0} is the clause and {1} what it is about. */
const char *clause_remark(const char *word, const char *clause, const char *what, enum lang lang);
#endif
