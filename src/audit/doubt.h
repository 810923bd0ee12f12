/* Doubts: what would be wrong with a standard if it were so. Lists of them are made first, since their
 * conditions are added to the IR; then each is looked into. Lives in collected memory. */
#ifndef RUBRIC_AUDIT_DOUBT_H
#define RUBRIC_AUDIT_DOUBT_H
#include "core/standard.h"
#include "diag/diag.h"

enum doubt_kind {
    DOUBT_NEVER,    /* the node is never yes */
    DOUBT_ALWAYS,   /* it is always yes */
    DOUBT_SHORT,    /* it never comes to `limit` */
    DOUBT_POSSIBLE  /* it can be yes, and so can those of `also` */
};

enum { DOUBT_ALSO_MAX = 2 };

struct doubt {
    enum doubt_kind kind;
    bool of_outcome; /* of what decides, which under a mix is the mix; else of any column */
    const struct ir_node *node;
    const struct ir_node *also[DOUBT_ALSO_MAX];
    const struct ir_node *when;              /* the author's condition that the node is made of; NULL: itself */
    struct num limit;
    enum diag_code code;
    struct span span, other;                 /* `other` SPAN_NONE: none */
    const char *args[3];                     /* SHORT: the second is what it comes to at most */
    const struct part *part;                 /* within which it stands, or NULL */
    /* once one of it is so, other than by NEVER, the rest is not looked into; NULL: alone */
    const void *group;
};

struct doubts {
    struct ir *ir;                           /* a fork of that of the standard */
    VEC(struct doubt) list;
};

/* Of the parts: lines, cases, limits, caps. */
void doubts_of_parts(struct doubts *doubts, const struct standard *standard);
/* Of gates, qualifications, grades, stages. */
void doubts_of_outcomes(struct doubts *doubts, const struct standard *standard);

/* Conditions for them. An n/a counts as no. */
struct ir_node *doubt_and(struct doubts *doubts, const struct ir_node *a, const struct ir_node *b);
struct ir_node *doubt_not(struct doubts *doubts, const struct ir_node *of);
/* Is `what` among all that the node is worked out from? */
bool doubt_reads(const struct standard *standard, const struct ir_node *node, const unsigned char *what);
unsigned char *doubt_marks(const struct standard *standard);
/* The author's label, or words. */
const char *doubt_title(const char *label, struct span span);
#endif
