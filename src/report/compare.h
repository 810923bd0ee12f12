/* Where a column differs from the one before it: which scores, by how much, what was entered otherwise, and to what effect. Found here once
 * for the page and for JSON; lives in collected memory. */
#ifndef RUBRIC_REPORT_COMPARE_H
#define RUBRIC_REPORT_COMPARE_H
#include "core/apart.h"
#include "eval/contrast.h"
#include "report/page.h"
#include "report/view.h"

/* A fact or a judged score that the later column enters, or that counts there otherwise: what lacks its evidence is unknown in a final column. */
struct change {
    bool score; /* `slot` is that of a judged score */
    size_t slot;
    const struct given *before, *after;
    bool entered;  /* in the later column */
    bool restated; /* it is what it was */
};

struct changes {
    VEC(const struct change *) list;
};

struct compared {
    const struct part *part; /* NULL: of the whole */
    const struct ir_node *node;
    struct contrast contrast;
    struct changes because;
};

struct compared_list {
    VEC(struct compared) list;
};

struct comparison {
    struct view earlier, later;
    struct changes changes;        /* all, facts before scores, each in the order of the standard */
    struct changes idle;           /* those that no score differs for */
    struct compared_list parts;    /* criteria that differ, and sections by what they say themselves; the largest difference first */
    struct compared_list sections; /* top-level parts with parts inside that differ, in the order of the standard */
    struct compared subtotal, total; /* node NULL: the standard has no points */
    struct aparts aparts;
};

/* `later` is not the first column. `call` is that of the evaluation. */
struct comparison compare_columns(const struct view *view, const struct call *call, size_t later);
const char *compare_column(const struct comparison *comparison, const struct view *of);   /* the column's name */

/* compare_page.c, compare_json.c */
void compare_write(struct page *page, const struct comparison *comparison);
void compare_json(struct str *out, const struct comparison *comparison, const struct diags *messages);
#endif
