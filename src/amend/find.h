/* Where a change finds what it is about. */
#ifndef RUBRIC_AMEND_FIND_H
#define RUBRIC_AMEND_FIND_H
#include "amend/whole.h"

/* A thing as a change names it. */
struct target {
    enum ast_kind kind; /* of a fact AST_fact */
    const char *path;
    struct span span;
};

/* A place in a list of declarations, parts or facts; `list` is NULL where nothing was found. */
struct spot {
    struct ast_list *list;
    size_t index;
    struct ast *around; /* the section, bonus, penalty or facts; NULL: the standard itself */
};

bool find_is_part(enum ast_kind kind);
/* The lists of sections, bonuses, penalties and facts that were copied with find_copy: they may be changed. */
struct ast *find_copy(struct ast *node);
struct ast_list *find_parts(struct ast *node); /* NULL: it holds none */
struct spot find(struct ast_list *decls, enum ast_kind kind, const char *path);
/* Says that there is no such thing, which other one goes by that name, or which name is near. */
void find_report(struct ast_list *decls, const struct target *target, struct diags *diags);
/* "a.b" of "a.b.c"; NULL of "c". */
const char *find_parent(const char *path);
const struct ast *find_label(const struct ast *node); /* NULL: it has none */
bool find_has_body(const struct ast *part);           /* of its own: `like` has none */
#endif
