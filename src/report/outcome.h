/* Results of a unit in words: its grade, whether it is eligible and why not, what it qualifies for. */
#ifndef RUBRIC_REPORT_OUTCOME_H
#define RUBRIC_REPORT_OUTCOME_H
#include "report/page.h"
#include "report/view.h"

const char *outcome_name(const struct outcome *outcome); /* its label, else its name */
const char *outcome_grade(const struct view *view);      /* "B+ 良好", "合格 – 优秀", "none" */
const char *outcome_rung(const struct choice *grades, const char *name); /* "B+ 良好" */
enum ink outcome_ink(const struct value *truth);                         /* good, bad, open */
bool outcome_has_gates(const struct standard *standard); /* something can keep a unit from being eligible */
const char *outcome_eligible(const struct view *view);                   /* with what fails or is open */
const char *outcome_qualifies(const struct view *view, const struct outcome *outcome);
/* Those to blame, "" for none. */
const char *outcome_conditions(const struct view *view, const struct ir_node *when, bool wanted);
const char *outcome_minimum(const struct view *view, const struct outcome *outcome, bool missed);
#endif
