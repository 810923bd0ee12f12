/* What a new edition declares otherwise than the old one: thing by thing, as both are written, wherever it stands and in whatever tongue.
 * What follows from it for units is another matter. Lives in collected memory. */
#ifndef RUBRIC_EDITIONS_REVISIONS_H
#define RUBRIC_EDITIONS_REVISIONS_H
#include "syntax/ast.h"
#include "base/map.h"
#include "base/vec.h"

struct whole; /* amend/whole.h */

enum revision_kind { REVISION_ADDED, REVISION_REPEALED, REVISION_MOVED, REVISION_CHANGED };

/* A piece of the words: what took the place of what. NULL: nothing. */
struct revision_detail {
    const struct ast *old, *new;
    bool clause; /* they are clauses by which the thing is so */
};

struct revision {
    enum revision_kind kind;
    enum ast_kind of;           /* AST_standard: the header; of a fact AST_fact */
    const char *path, *label;   /* of the new edition, else of the old one; path "" of the header, label NULL: none */
    const char *from;           /* MOVED: where it stood */
    const struct ast *old, *new;
    const char *clause;         /* by which it is so: that of the amendment, else the one that the thing names; NULL: none */
    VEC(struct revision_detail) details;
};

struct revisions {
    VEC(struct revision) list;
    struct map by_path; /* kind and path → struct revision */
};

/* In the order of the new edition; each thing that was repealed behind what stood before it. */
struct revisions revisions_between(const struct whole *old, const struct whole *new);
/* That about the thing of this kind and path (a part of any kind, AST_section); NULL: nothing in it is written otherwise. */
const struct revision *revisions_about(const struct revisions *changes, enum ast_kind kind, const char *path);
bool revisions_is_part(enum ast_kind kind); /* a section, criterion, bonus or penalty */
#endif
