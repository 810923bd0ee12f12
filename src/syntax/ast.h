/* The syntax tree, made from ast.def. Nodes are immutable once built and live in collected memory.
 * Every node starts with its kind and its span; `AST(kind, node)` is the checked view of one. */
#ifndef RUBRIC_SYNTAX_AST_H
#define RUBRIC_SYNTAX_AST_H
#include <stdbool.h>
#include <stddef.h>
#include "base/num.h"
#include "base/str.h"
#include "source/source.h"

enum value_word { WORD_YES, WORD_NO, WORD_UNKNOWN, WORD_NA };
enum span_unit { SPAN_DAYS, SPAN_MONTHS, SPAN_YEARS };
enum header_text { HEADER_EDITION, HEADER_ISSUER, HEADER_CITE, HEADER_NOTE };
enum skip_policy { SKIP_RESCALE, SKIP_FULL, SKIP_ZERO };
enum plain_type { PLAIN_YESNO, PLAIN_SHARE, PLAIN_DATE, PLAIN_TEXT, PLAIN_MONTHS, PLAIN_DOCUMENT };
enum numeric_type { NUMERIC_COUNT, NUMERIC_AMOUNT, NUMERIC_NUMBER };
enum fact_flag {
    FLAG_EVIDENCE_REQUIRED, FLAG_OR_NA, FLAG_NONE_IS_NA,
    FLAG_SETTLED, FLAG_CAN_ONLY_GROW, FLAG_CAN_ONLY_FALL     /* one of these three at most */
};
enum compare_op { CMP_EQ, CMP_NE, CMP_GE, CMP_LE, CMP_GT, CMP_LT };
enum remark { REMARK_CITE, REMARK_EVIDENCE, REMARK_NOTE, REMARK_INTERPRETATION };
enum notch_kind { NOTCH_CEILING, NOTCH_FLOOR, NOTCH_LOWER, NOTCH_RAISE };
enum title_effect { TITLES_CONFERRED, TITLES_REVOKED, TITLES_REVOKED_ON_REJECTION };
enum { QUOTA_NOT_ROUNDED = -1 };
enum law { LAW_NEVER, LAW_ALWAYS };
enum of_kind { OF_ALL, OF_ANY, OF_AT_LEAST };
enum fold { FOLD_COUNT, FOLD_SUM, FOLD_MEAN, FOLD_HIGHEST, FOLD_LOWEST, FOLD_RANK };
enum decision_outcome { DECISION_APPROVED, DECISION_REJECTED, DECISION_RETURNED };

enum ast_kind {
#define NODE(kind, ...) AST_##kind,
#include "syntax/ast.def"
#undef NODE
    AST_KIND_COUNT
};

struct ast { enum ast_kind kind; struct span span; };
struct ast_list { struct ast **items; size_t count; };

#define NODE(kind, ...) struct ast_##kind { struct ast node; __VA_ARGS__ };
#define N(field) const struct ast *field;
#define L(field) struct ast_list field;
#define T(field) const char *field;
#define Q(field) struct num field;
#define I(field) long field;
#include "syntax/ast.def"
#undef NODE
#undef N
#undef L
#undef T
#undef Q
#undef I

#define N(field) const struct ast *field,
#define L(field) struct ast_list field,
#define T(field) const char *field,
#define Q(field) struct num field,
#define I(field) long field,
#define NODE(kind, ...) struct ast *ast_##kind(__VA_ARGS__ struct span span);
#include "syntax/ast.def"
#undef NODE
#undef N
#undef L
#undef T
#undef Q
#undef I

#define AST(kind_, node) ((const struct ast_##kind_ *)ast_as(AST_##kind_, node))
const void *ast_as(enum ast_kind kind, const struct ast *node);    /* stops the program if the kind differs: a fault of ours */
const char *ast_kind_name(enum ast_kind kind);

/* Text of a node of kind name or string; NULL of NULL. */
const char *ast_text(const struct ast *node);
/* "a.b.c" of a path. */
const char *ast_path_text(const struct ast *path);

typedef bool ast_visitor(const struct ast *node, void *data);      /* false: do not go inside */
void ast_walk(const struct ast *node, ast_visitor *visit, void *data);
void ast_each(const struct ast *node, void (*see)(const struct ast *child, void *data), void *data);  /* one level down */
/* Do two trees say the same, wherever it stands? `alike` compares the texts of two names. */
typedef bool ast_alike_names(const char *a, const char *b, void *data);
bool ast_alike(const struct ast *a, const struct ast *b, ast_alike_names *alike, void *data);
void ast_dump(struct str *out, const struct ast *node);            /* an indented tree, for tests */
#endif
