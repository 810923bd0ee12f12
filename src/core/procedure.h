/* The procedure of a standard: who decides, after what, by when, on which conditions, and which titles follow. Made by sema, immutable;
 * cohort/ follows a unit's decisions through it. Authorities, titles and stages are known by their place in the standard's lists. */
#ifndef RUBRIC_CORE_PROCEDURE_H
#define RUBRIC_CORE_PROCEDURE_H
#include "core/ir.h"

enum { AUTHORITY_UNIT = 0 };                 /* the unit itself: predefined, first in the list */

struct authority { const char *name, *label; };          /* label NULL: none */

/* A length of time. Years are months. */
enum duration_unit { DURATION_NONE, DURATION_DAYS, DURATION_MONTHS };
struct duration { enum duration_unit unit; int64_t count; };

/* `times` such lengths after a day; a missing day is the month's end. Without a unit: the day itself. */
int64_t duration_after(struct duration length, int64_t day, int64_t times);

struct title { const char *name, *label; struct duration valid; struct span span; };   /* no term: held without end */

/* Which titles a stage is there for: `while created or model`. */
enum holding_kind { HOLDING_TITLE, HOLDING_AND, HOLDING_OR, HOLDING_NOT };
struct holding {
    enum holding_kind kind;
    size_t title;                            /* HOLDING_TITLE */
    VEC(const struct holding *) of;
    struct span span;
};

/* Does a title stand in it as such, not under `not`? */
bool holding_affirms(const struct holding *holding, size_t title);

struct requirement { const char *label; struct span span; const struct ir_node *when; bool dated; };  /* n/a counts as no; dated: the day may change it */

/* `text`: the author's words. Does it name the total? A part that is all of a standard has the node of the total, and a name of its own. */
struct quota_key { const char *text; const struct ir_node *node; bool is_total; };

struct quota {
    const struct ir_node *share;             /* of the units of the cohort; the same for all of them. Whole and above 1: a number of units */
    bool is_count;                           /* written as a whole number: a number of units, 1 too */
    enum num_rounding rounding;
    VEC(struct quota_key) ranked_by;         /* the first decides, each next one among equals */
};

struct places { VEC(size_t) list; };

struct stage {
    const char *name, *label, *cite;         /* label, cite NULL: none */
    struct span span;                        /* its name */
    size_t by;                               /* authority */
    struct places after;
    struct duration delay;                       /* after their effect */
    bool has_due;
    int64_t due;
    struct span due_span;
    bool each_year;
    struct duration wait;
    struct places needs;                     /* slots of facts */
    VEC(struct requirement) requires;
    const struct quota *quota;               /* NULL: none */
    struct places confers, revokes, revokes_on_rejection;
    const struct holding *holding;           /* NULL: there for every unit */
    VEC(const char *) notes;
    size_t level;                            /* its longest chain of `after` */
};

/* What an authority says. */
enum ruling { RULING_APPROVED, RULING_REJECTED, RULING_RETURNED };

struct decision {
    size_t stage, by;
    enum ruling ruling;
    int64_t on;
    const char *remark;                      /* NULL: none */
    struct span span;
};
#endif
