/* A compiled standard: what sema makes, and all that engines and reports know of it. Immutable; lives in collected memory.
 * Its meaning is in `ir`; the parts, outcomes and shows name the nodes that hold their values. */
#ifndef RUBRIC_CORE_STANDARD_H
#define RUBRIC_CORE_STANDARD_H
#include "base/map.h"
#include "core/cohort.h"
#include "core/ir.h"
#include "core/measure.h"
#include "core/procedure.h"

enum part_kind { PART_STANDARD, PART_SECTION, PART_CRITERION, PART_BONUS, PART_PENALTY };

/* What a line of a part's ledger does to its score. */
enum line_kind { LINE_BASE /* starts at */, LINE_EARN, LINE_DEDUCT, LINE_ZERO, LINE_SKIP };

enum noted_kind { NOTED_CITE, NOTED_EVIDENCE, NOTED_NOTE, NOTED_INTERPRETATION };
struct noted { enum noted_kind kind; const char *text; struct span span; };

struct check {
    const char *label;                       /* NULL: none */
    struct span span;                        /* the author's words */
    const struct ir_node *when;
    bool told;                               /* a case that those above it leave nothing to: that is told already */
};

struct line {
    enum line_kind kind;
    const char *label;                       /* the author's, or NULL */
    struct span span;                        /* the statement */
    const struct ir_node *points;            /* earned or deducted, not negative unless the author's expression is; NULL for zero and skip */
    const struct ir_node *when;              /* the condition that decides, or NULL */
    VEC(struct check) checks;                /* where `when` is an `all of`, `any of` or `at least … of`: its conditions */
    VEC(struct check) cases;                 /* of `bands`, `choose`: the first whose `when` holds is taken; NULL is `otherwise` */
};

struct part {
    enum part_kind kind;
    const char *path, *name, *label;         /* label NULL: none. Of the standard itself: path "" */
    struct span span;                        /* its name */
    const struct part *parent;               /* NULL: the standard itself */
    VEC(struct part *) parts;
    VEC(struct line *) lines;
    VEC(struct noted) noted;
    const char *cite;                        /* the first `cite`, or the nearest one above; NULL: none */
    bool has_cap;
    struct num cap;
    bool has_offer;
    struct num offer;                        /* `cap 20 of 35`: 35 */
    bool has_weight, has_minimum;
    struct num weight, minimum;
    struct span minimum_span;
    bool better_lower;                       /* points are faults */
    const struct ir_node *when;              /* a bonus or penalty: what it holds for; NULL: always */
    const struct ir_node *raw;               /* what the lines come to, before cap and grid */
    const struct ir_node *held;              /* … held between 0 and the cap */
    const struct ir_node *score;             /* on the grid, n/a where skipped; mixed under a mix */
    const struct ir_node *due;               /* mixed under a mix */
    const struct ir_node *skipped;           /* a truth */
    const struct ir_node *rate;
};

/* A judged score: where it may be entered. One criterion may judge in several branches: a slot each. */
struct judged {
    const struct part *criterion;
    bool bounded;                            /* the standard says what may be entered; else 0 to the cap */
    struct limits limits;
    const char *authority, *guidance;        /* NULL: none */
    struct span span;
    const struct ir_node *node;
};

/* A threshold that is declared and not set: unknown until the call sets it. */
/* Its type is that of what it is first compared or computed with. */
struct setting { const char *name, *label, *cite; struct span span;  bool typed; };

/* A threshold or a definition, as declared. */
struct named_value {
    bool threshold;
    const char *name, *label, *cite;         /* label, cite NULL: none */
    struct span span;                        /* its name */
    const struct ir_node *node;              /* NULL: a definition with parameters */
};

/* A fact, section or criterion of a text that this one amends, which is no more. */
struct repealed { const char *clause; struct span span; /* where the amendment names it */ };

struct fact_declaration {
    size_t slot;
    struct field field;
    const char *group;                       /* label of its `facts` */
    const struct ir_node *node;
    bool unread;                             /* nothing of the standard reads it; told by a compilation that is `checked` */
};

enum outcome_kind { OUTCOME_REQUIRE, OUTCOME_VETO, OUTCOME_MINIMUM, OUTCOME_QUALIFIES };

struct outcome {
    enum outcome_kind kind;
    const char *name, *label, *cite;         /* name NULL where the author gave a label only */
    struct span span;
    const struct ir_node *when;              /* as written; n/a counts as no in `holds` */
    const struct ir_node *holds;             /* require: the gate is passed; veto: it hits; minimum: it is missed; qualifies: yes */
    const struct part *part;                 /* minimum */
};

/* A condition that decides something and that its bounds let come to n/a, which counts as no: its words, and its value before that. */
struct na_condition { struct span span; const struct ir_node *when; };

struct show { const char *name, *label, *cite; struct span span, written; /* its name; its value */ const struct ir_node *value; };

/* What the standard says of itself. n/a counts as no. */
enum property_kind { PROPERTY_NEVER, PROPERTY_ALWAYS, PROPERTY_MONOTONE /* raising one thing never lowers another */ };
struct property {
    enum property_kind kind;
    const char *label, *cite;                /* cite NULL: none */
    struct span span;                        /* its label */
    const struct ir_node *when;              /* NEVER, ALWAYS */
    const struct ir_node *raised, *result;   /* MONOTONE: a fact, a score that is entered, a threshold that is not set; and what it bears on */
    const char *raised_words, *result_words;
};

/* One way to a grade, as written. */
enum grade_step { GRADE_RUNG, GRADE_OTHERWISE, GRADE_CEILING, GRADE_FLOOR, GRADE_LOWER, GRADE_RAISE };
struct grade_rule {
    enum grade_step kind;
    const char *grade, *label;
    struct span span, grade_span;
    const struct ir_node *when;
};

struct column { const char *name, *label; struct num weight; /* in the mix; 0 without one */ };

/* `differ by at most 1`, or a share of each criterion's cap: how far a judged score may lie from that of the column before. */
struct apart_rule { bool declared, of_cap; struct num most; struct span span; };

struct period { bool known; int64_t start, end; };

/* `transition until`: until that day a unit may be judged by the edition that this one amends. Evaluation knows nothing of it. */
struct transition {
    bool declared;
    struct span span;
    int64_t until;                           /* that day too */
    const struct fact_declaration *by;       /* whose day counts; NULL: that of the evaluation */
    const char *cite;                        /* NULL: none */
    const char *file;                        /* of the edition that is amended */
    const struct standard *amended;          /* NULL: it is not sound by itself */
};

struct standard {
    const char *name, *label, *edition, *issuer, *sha256;
    const struct source *source;
    VEC(const struct source *) sources;      /* all files that were read, the one that was named first */
    bool has_issued;
    int64_t issued;                          /* the day of the notice */
    struct period period;
    struct transition transition;
    bool scored;                             /* it has a total */
    struct num total, offered;               /* T and S */
    bool better_lower;
    VEC(struct column) columns;              /* at least one */
    struct apart_rule apart;
    bool mixed;
    size_t final_column;                     /* without a mix */
    VEC(struct fact_declaration *) facts;    /* by slot */
    struct map facts_by_name;                /* name → struct fact_declaration */
    struct map repealed_facts;               /* name → struct repealed, the last one of it */
    struct map repealed_parts;               /* path → … */
    VEC(struct setting) settings;            /* by slot */
    VEC(struct judged *) judged;             /* by slot */
    VEC(struct named_value) named;           /* thresholds and definitions */
    struct map measures;                     /* units by name: core/measure.h; facts files may name more */
    struct map parts_by_path;                /* path → struct part, in the order written */
    struct part *root;
    VEC(struct outcome *) outcomes;
    VEC(struct grade_rule) grade_rules;
    const struct choice *grades;             /* lowest first; NULL: no grades */
    struct span open_grades;                 /* the word of grades whose conditions may all fail to hold; SPAN_NONE: one always holds */
    VEC(struct na_condition) na_conditions;
    VEC(struct span) beyond;                 /* figures that a score is compared with and never comes to: that is told already */
    VEC(struct show) shows;
    VEC(struct property) properties;         /* for the call that asked for them */
    VEC(const struct ir_node *) questions;   /* of the call that compiled it, as asked; NULL where one could not be understood */
    VEC(struct authority) authorities;       /* the unit first */
    VEC(struct title) titles;
    VEC(struct stage *) stages;              /* as declared */
    struct cohort_reads cohort;
    struct ir *ir;
    const struct ir_node *subtotal, *total_node, *skipped_points, *grade, *eligible;   /* NULL where the standard has none */
};
#endif
