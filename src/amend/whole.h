/* A standard as one text: the declarations of all its files, `use` followed, amendments put in. Lives in collected memory; the spans of
 * what it holds stay those of the files in which it is written. */
#ifndef RUBRIC_AMEND_WHOLE_H
#define RUBRIC_AMEND_WHOLE_H
#include "diag/diag.h"
#include "syntax/ast.h"

/* One thing that an amending file changes. */
struct changed {
    const struct ast *change;                /* set_threshold, set_part, replace, insert, repeal */
    enum ast_kind kind;                      /* of the thing: of a fact AST_fact */
    const char *path;                        /* its path, its name, or the label that it goes by */
    struct span span;                        /* where the amendment names it */
    const struct ast *old;                   /* as it stood; NULL: it is inserted */
    const struct ast *made;                  /* as it stands now; NULL: it is repealed */
    const struct ast *around;                /* of what is inserted: the section, bonus, penalty or facts; NULL: the standard itself */
    const struct ast *beside;                /* … and its neighbour, `before` which or after which it stands; NULL: the last */
    bool before;
};

struct used { const struct ast *use; const struct source *file; };   /* file NULL: it was there already, or could not be read */

struct whole {
    const struct ast_standard *header;       /* NULL: none was seen */
    const struct ast *amends;                /* what its file names behind `amends`; NULL: it amends nothing */
    VEC(const struct ast *) decls;           /* in the order read; neither `use` nor changes are among them */
    VEC(const struct source *) sources;      /* the first file first */
    bool broken;                             /* it could not be put together, which is told: nothing follows from what there is of it */
    const char *sha256;                      /* of all files, in the order read */
    VEC(struct changed) changes;             /* in the order made, those of what is amended first */
    VEC(struct used) uses;
    /* Of the first file alone, where it amends another: what it declares itself, and the text that it amends. */
    const struct ast_standard *own_header, *base_header;
    VEC(const struct ast *) added;
    const struct source *base;               /* NULL: it amends nothing */
};

/* Parses a standard and reads what it brings in and amends, which stands in the folder of its name or below. What is wrong is added.
 * `base`: a text that is taken for the one it amends, `instead`: one that is taken for the file of its name; NULL: they are read. */
struct whole *whole_read(const struct source *source, const struct source *base, const struct source *instead,
                         struct diags *diags);

/* The path or name that a declaration, a part or a fact goes by; its label where it has no name; NULL: neither. */
const char *whole_name(const struct ast *node);
#endif
