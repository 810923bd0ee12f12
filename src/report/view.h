/* How a unit's evaluation is looked at: in which column, in which language, on what page. And the names by which a reader knows things. */
#ifndef RUBRIC_REPORT_VIEW_H
#define RUBRIC_REPORT_VIEW_H
#include "diag/diag.h"
#include "eval/ledger.h"

struct view {
    const struct evaluation *evaluation;
    size_t context; /* the column (or the mix) whose results count here */
    enum lang lang;
    bool prompt; /* somebody can answer by `set` */
};

const struct value *view_value(const struct view *view, const struct ir_node *node);
bool view_exact(const struct view *view, const struct ir_node *node);
bool view_is_mixed(const struct view *view); /* the context is the mix */
const struct given *view_fact(const struct view *view, size_t slot);
const struct given *view_score(const struct view *view, size_t slot); /* the judged score entered */
struct view view_in(const struct view *view, size_t context);

const char *view_part_name(const struct part *part); /* its label, else its name */
const char *view_fact_name(const struct view *view, size_t slot);
const char *view_fact_key(const struct view *view, size_t slot); /* as it is written in a facts file */
const char *view_setting_name(const struct view *view, size_t slot);
const char *view_setting_key(const struct view *view, size_t slot); /* how it is given: "--set pass_mark=…", at the prompt "set threshold …" */
/* NULL: the mix, or a column without a name. */
const char *view_column_name(const struct view *view, size_t context);
const char *view_place(struct span span); /* "file:line", "" for none */
/* The author's words, one line, at most `cells` wide; a block is cut at its brace. */
const char *view_words(struct span span, size_t cells);
/* The points that a weighted part's rate is taken of: its weight of what its parent is worth. */
struct num view_worth(const struct standard *standard, const struct part *part);
bool view_is_fault_part(const struct part *part); /* its points count against: a penalty, or `better lower` */

/* Has a derivation of its own: a part's score, due or rate, a total, the grade, a gate or qualification. */
bool view_stands_alone(const struct view *view, const struct ir_node *node);
/* The facts that a node read itself, not by way of what stands alone. */
struct read_facts view_reads(const struct view *view, const struct ir_node *node);

/* The same of figures of the cohort, as eval.h has them; each once, however often it is read. */
struct read_figures view_figures(const struct view *view, const struct ir_node *node);
bool view_is_figure(const struct view *view, const struct ir_node *node);
/* "of 12 units", or that the others are unknown. */
const char *view_units(const struct view *view);

/* What a value rests on that nobody has given: facts, thresholds that are not set, scores that were not entered, what other units come to.
 * What was given without its evidence is in a list of its own. */
struct view_open {
    VEC(const char *) names, unproven;
};
struct view_open view_open_of(const struct view *view, const struct ir_node *node);
#endif
