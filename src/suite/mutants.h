/* A standard changed in one place at a time: a figure, a comparison, a term of a condition, a statement. Changes are made to its text, in memory. */
#ifndef RUBRIC_SUITE_MUTANTS_H
#define RUBRIC_SUITE_MUTANTS_H
#include "base/vec.h"
#include "syntax/ast.h"

struct mutant {
    struct span span;    /* what is changed; of a condition's term with its `and` */
    const char *text;    /* what stands there instead; "": it is taken out */
    struct span shown;   /* the words that are shown for it */
    const char *instead; /* … and what becomes of them; "": nothing */
};

struct mutants {
    VEC(struct mutant) list;
};

/* Those of the declarations of one file, in the order of their places. */
void mutants_of(const struct ast *file, struct mutants *mutants);
/* The text of the file with that change, under its name. */
const struct source *mutant_source(const struct mutant *mutant);
#endif
