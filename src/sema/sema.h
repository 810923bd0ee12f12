/* The semantic analysis while it runs: what the files of sema/ share. The order of work is in compile.c.
 * Names are collected first; then each thing is lowered when it is first asked for, which finds circles.
 * Whatever reports an error returns NULL, and NULL passes through without a second message. */
#ifndef RUBRIC_SEMA_SEMA_H
#define RUBRIC_SEMA_SEMA_H
#include "amend/whole.h"
#include "core/standard.h"
#include "diag/diag.h"
#include "sema/options.h"
#include "syntax/ast.h"

enum progress { UNTOUCHED, BUSY, DONE };

enum entity_kind {
    ENTITY_FACT, ENTITY_THRESHOLD, ENTITY_DEFINITION, ENTITY_LADDER, ENTITY_PART, /* share one name space */
    ENTITY_QUALIFIES, ENTITY_TOTAL, ENTITY_SUBTOTAL, ENTITY_GRADE, ENTITY_ELIGIBLE
};

/* Anything whose value is lowered once, on demand. */
struct entity {
    enum entity_kind kind;
    const char *name;
    struct span span;                        /* its name */
    const struct ast *ast;
    const struct ast *set;                   /* what the call sets a threshold to; NULL: nothing that could be read */
    enum progress progress;
    struct ir_node *node;                    /* when DONE; NULL after an error */
    struct fact_declaration *fact;
    struct part_info *part;
    bool used;
    bool broken;                             /* a definition with parameters whose body has an error */
};

/* Names that hold inside an expression only; innermost first. */
enum local_kind { LOCAL_VALUE, LOCAL_ROW, LOCAL_PART };

struct local {
    enum local_kind kind;
    const char *name;                        /* of a value, or of the element at hand; may be NULL */
    struct ir_node *value;                   /* LOCAL_VALUE */
    const struct ir_block *block;            /* LOCAL_ROW: names its columns, `it` and `position` */
    struct part_info *part;                  /* LOCAL_PART: names score, cap, rate, skipped */
    const struct local *outer;
};

/* A part of the standard as it is lowered. */
struct part_info {
    struct part *part;
    struct entity entity; /* its score; of top-level parts a copy stands in the shared name space */
    const struct ast *ast;                   /* section, extra, criterion; NULL for the standard itself */
    const struct ast_list *body;             /* a criterion's rules */
    const struct ast_like *like;             /* `like pattern(…)`, or NULL */
    const struct ast_pattern *pattern;
    bool bound;                              /* `locals` is settled */
    const struct local *locals;              /* arguments of the pattern it stands in */
    VEC(const struct ast_s_loss *) losses;   /* a section's `zero when`, `skip when` */
    const struct ast *when_ast;              /* a bonus or penalty that holds only then; NULL: always */
    struct part_info *parent;
    VEC(struct part_info *) parts;
    struct map names;                        /* of the parts inside */
    bool incomplete;                         /* an error left parts or caps out: sums say nothing */
    struct span head;                        /* from its keyword to its last attribute */
    struct span cap_span;
    bool losses_lowered, losses_wrong;       /* of sections, bonuses, penalties */
    /* once lowered: its own or an outer `skip when`, its `zero when`; NULL: none */
    struct ir_node *skip, *zero;
};

struct total_rule {
    bool given;
    struct span span;
    bool stepped;
    struct num step;
    enum num_rounding rounding;
    VEC(const struct ast_q_limit *) limits;
};

struct ladder_use;
struct repealed_read { const struct changed *changed; struct diag *diag; };

struct sema {
    const struct compile_options *options;
    struct diags *diags;
    struct standard *standard;
    struct ir *ir;
    const struct whole *whole;               /* the text: its changes */
    const struct ast_standard *header;       /* of the whole; NULL: none seen */
    VEC(const struct ast *) decls;           /* of the whole */
    VEC(struct repealed_read) repealed;      /* what is repealed and still read: amended.h */
    VEC(const struct diag *) misread;        /* misread.h */
    struct map names; /* → struct entity: facts, thresholds, definitions, ladders, top-level parts */
    VEC(struct entity *) entities;           /* the same, in order */
    struct map folded;                       /* the same by their names without capital letters */
    struct map qualifies;                    /* → struct entity */
    struct map scales; /* → struct choice; this and those below are name spaces of names.h */
    struct map patterns;                     /* → struct ast_pattern */
    struct map authorities, titles, stages;  /* → their places: procedure.c */
    VEC(const struct ast_stage *) stage_asts;/* of standard->stages */
    VEC(bool) by_unit; /* of ir->nodes, as far as asked: differs from unit to unit (procedure.c) */
    struct map columns, shows;
    struct part_info root;
    VEC(struct part_info *) parts;           /* all, in the order written */
    struct entity total, subtotal, grade, eligible;
    struct total_rule total_rule;
    bool on_grid;
    struct num grid;
    enum num_rounding grid_rounding;
    enum skip_policy skipped;
    const struct ast *grades;                /* grades or grades_by; NULL: none */
    VEC(const struct entity *) busy;         /* what is being lowered, outermost first */
    VEC(struct ladder_use *) ladders;        /* forms/bands.c */
    size_t visits, depth;                    /* of expressions: expr.c */
    bool gates_collected, limit_passed;
    bool asking; /* a question is lowered, not the standard: nothing can be declared in it */
};

/* The place of an expression: which part it stands in, which names it sees. */
struct scope {
    struct sema *sema;
    struct part_info *part;                  /* NULL: in no part */
    const struct local *locals;
};

/* Adds a diagnostic (of any severity) with up to two arguments. */
struct diag *sema_error(struct sema *sema, enum diag_code code, struct span span, const char *a,
                        const char *b);
/* The same, for `return`: always NULL, always false. */
void *sema_fail(struct sema *sema, enum diag_code code, struct span span, const char *a, const char *b);
bool sema_refuse(struct sema *sema, enum diag_code code, struct span span, const char *a, const char *b);
/* Enter and leave what must not need itself. Entering a busy entity reports the circle; false then. */
bool sema_enter(struct sema *sema, struct entity *entity, struct span use);
void sema_leave(struct sema *sema, struct entity *entity, struct ir_node *node);
#endif
