#include "report/whynot.h"
#include <string.h>
#include "diag/suggest.h"
#include "report/outcome.h"
#include "report/say.h"
#include "report/values.h"
#include "report/why_lines.h"

enum { INDENT = 2 };

/* ---------------------------------------------------------------- what is asked about */

static bool is_called(const char *name, const char *label, const char *wanted)
{
    return (name != NULL && strcmp(name, wanted) == 0) || (label != NULL && strcmp(label, wanted) == 0);
}

static bool find_grade(const struct standard *standard, const char *wanted, struct whynot_target *target)
{
    for (size_t i = 0; standard->grades != NULL && i < standard->grades->count; i++) {
        if (is_called(standard->grades->symbols[i].name, standard->grades->symbols[i].label, wanted)) {
            *target = (struct whynot_target){.kind = WHYNOT_GRADE, .grade = i};
            return true;
        }
    }
    return false;
}

static bool find_outcome(const struct standard *standard, const char *wanted, struct whynot_target *target)
{
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (outcome->kind != OUTCOME_MINIMUM && is_called(outcome->name, outcome->label, wanted)) {
            *target = (struct whynot_target){.kind = WHYNOT_OUTCOME, .outcome = outcome};
            return true;
        }
    }
    return false;
}

static bool is_eligible(const char *wanted)
{
    static const char *const names[] = {"eligible", "Eligible", "资格", "具备资格"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], wanted) == 0) {
            return true;
        }
    }
    return false;
}

static void suggest_goals(const struct standard *standard, struct suggest *suggest)
{
    for (size_t i = 0; standard->grades != NULL && i < standard->grades->count; i++) {
        suggest_list(suggest, standard->grades->symbols[i].name);
    }
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        if (standard->outcomes.items[i]->kind == OUTCOME_QUALIFIES) {
            suggest_list(suggest, standard->outcomes.items[i]->name);
        }
    }
    if (standard->eligible != NULL) {
        suggest_list(suggest, "eligible");
    }
}

bool whynot_find(const struct standard *standard, const char *wanted, struct span span,
                 struct whynot_target *target, struct diags *diags)
{
    struct suggest suggest;
    if (find_grade(standard, wanted, target) || find_outcome(standard, wanted, target)) {
        return true;
    }
    if (is_eligible(wanted) && standard->eligible != NULL) {
        *target = (struct whynot_target){.kind = WHYNOT_ELIGIBLE};
        return true;
    }
    suggest_start(&suggest, wanted);
    suggest_goals(standard, &suggest);
    struct diag *diag =
        diag_add(diags, DIAG_REPL_NO_GOAL, span, wanted, suggest_listed(&suggest, "@nothing"), NULL);
    diag_suggest(diag, suggest_best(&suggest));
    return false;
}

/* ---------------------------------------------------------------- by how much */

/* The comparison inside a condition; NULL: it is none. */
static const struct ir_node *comparison_of(const struct ir_node *node)
{
    while (node->op == IR_NOT || node->op == IR_NA_AS || node->op == IR_MIX) {
        node = node->args[0];
    }
    return node->op == IR_LESS || node->op == IR_LESS_EQUAL ? node : NULL;
}

/* How far the two compared numbers lie apart; NULL where that is not known, or says nothing. */
static const char *gap_of(const struct view *view, const struct ir_node *leaf)
{
    const struct ir_node *node = comparison_of(leaf);
    if (node == NULL || node->args[0]->type.kind != TYPE_NUMBER || node->args[1]->type.kind != TYPE_NUMBER) {
        return NULL;
    }
    const struct value *a = view_value(view, node->args[0]), *b = view_value(view, node->args[1]);
    if (!value_is_point(a) || !value_is_point(b)) {
        return NULL;
    }
    struct value gap = value_number(num_abs(num_sub(value_point(a), value_point(b))));
    const struct type *type = node->args[0]->type.share || node->args[0]->type.unit != NULL
                                  ? &node->args[0]->type
                                  : &node->args[1]->type;
    return num_sign(value_point(&gap)) != 0 ? values_of(type, &gap, view->lang) : NULL;
}

static void write_line(struct page *page, const struct view *view, size_t indent,
                       const struct explain_leaf *leaf)
{
    const char *text = explain_written(view, leaf->node, leaf->wanted), *gap = gap_of(view, leaf->node);
    page_paragraph(page, indent, value_is_known(view_value(view, leaf->node)) ? INK_PLAIN : INK_OPEN,
                   gap != NULL ? say_with(SAY_WHYNOT_GAP, view->lang, text, gap, NULL) : text);
}

/* Named by its values: the author's words are the same for all rows. */
static void write_row(struct page *page, const struct view *view, const struct explain_leaf *leaf)
{
    const char *text = explain_condition(view, leaf->node, leaf->wanted), *gap = gap_of(view, leaf->node);
    page_paragraph(page, INDENT * 3, value_is_known(view_value(view, leaf->node)) ? INK_PLAIN : INK_OPEN,
                   gap != NULL ? say_with(SAY_WHYNOT_GAP, view->lang, text, gap, NULL) : text);
}

/* A condition over parts is followed by those that fail it. */
static void write_leaf(struct page *page, const struct view *view, const struct explain_leaf *leaf)
{
    write_line(page, view, INDENT * 2, leaf);
    struct explain_leaves rows = explain_rows(view, leaf->node, leaf->wanted);
    for (size_t i = 0; i < rows.list.count; i++) {
        write_row(page, view, &rows.list.items[i]);
    }
}

/* Those that keep `when` from being `wanted`. */
static void write_blame(struct page *page, const struct view *view, const struct ir_node *when, bool wanted)
{
    struct explain_leaves leaves = explain_blame(view, when, wanted);
    for (size_t i = 0; i < leaves.list.count; i++) {
        write_leaf(page, view, &leaves.list.items[i]);
    }
}

static void write_head(struct page *page, const char *name, enum ink ink, const char *word, struct span span)
{
    page_text(page, INK_BOLD, name);
    page_text(page, ink, str_print("  %s", word));
    page_text(page, INK_DIM, str_print("   %s", view_place(span)));
    page_end(page);
}

/* ---------------------------------------------------------------- qualifications and gates */

static bool is_open(const struct value *value)
{
    return !value_is_yes(value) && !value_is_no(value) && !value_is_na(value);
}

static const char *gate_name(const struct view *view, const struct outcome *outcome)
{
    enum lang lang = view->lang;
    switch (outcome->kind) {
    case OUTCOME_REQUIRE:
        return say_with(SAY_SENTENCE, lang, say(SAY_REQUIREMENT, lang), outcome_name(outcome), NULL);
    case OUTCOME_VETO: return say_with(SAY_SENTENCE, lang, say(SAY_VETO, lang), outcome_name(outcome), NULL);
    case OUTCOME_QUALIFIES:
    case OUTCOME_MINIMUM: break;
    }
    return outcome->kind == OUTCOME_MINIMUM ? view_part_name(outcome->part) : outcome_name(outcome);
}

/* Nothing is written of what is passed. */
static bool write_gate(struct page *page, const struct view *view, const struct outcome *outcome)
{
    const struct value *holds = view_value(view, outcome->holds);
    bool wanted = outcome->kind == OUTCOME_REQUIRE || outcome->kind == OUTCOME_QUALIFIES;
    if (wanted ? value_is_yes(holds) : value_is_no(holds)) {
        return false;
    }
    enum say word = is_open(holds) ? SAY_RUNG_OPEN : wanted ? SAY_HOLDS_NOT : SAY_HOLDS;
    if (outcome->kind == OUTCOME_MINIMUM) {
        word = is_open(holds) ? SAY_RUNG_OPEN : SAY_MISSED;
    }
    write_head(page, gate_name(view, outcome), is_open(holds) ? INK_OPEN : INK_BAD, say(word, view->lang),
               outcome->span);
    if (outcome->kind == OUTCOME_MINIMUM) {
        page_paragraph(page, INDENT * 2, INK_PLAIN, outcome_minimum(view, outcome, !is_open(holds)));
    } else {
        write_blame(page, view, outcome->when, wanted);
    }
    return true;
}

/* False: all are passed. */
static bool write_gates(struct page *page, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    bool written = false;
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        written = (outcome->kind != OUTCOME_QUALIFIES && write_gate(page, view, outcome)) || written;
    }
    return written;
}

static void write_eligible(struct page *page, const struct view *view)
{
    if (!write_gates(page, view)) {
        page_paragraph(page, 0, INK_GOOD,
                       say_with(SAY_WHYNOT_HOLDS, view->lang, say(SAY_ELIGIBLE, view->lang), NULL));
    }
}

/* ---------------------------------------------------------------- grades */

static size_t place_of(const struct choice *grades, const char *name)
{
    size_t place = 0;
    while (name != NULL && place < grades->count && strcmp(grades->symbols[place].name, name) != 0) {
        place++;
    }
    return place;
}

/* Does the rule stand in the way of the grade, and would it have to hold, or not to? */
static bool is_in_the_way(const struct view *view, const struct grade_rule *rule, size_t grade, bool *wanted)
{
    const struct choice *grades = view->evaluation->standard->grades;
    const struct value *holds = rule->when != NULL ? view_value(view, rule->when) : NULL;
    size_t place = place_of(grades, rule->grade);
    if (holds == NULL) {
        return false;
    }
    switch (rule->kind) {
    case GRADE_RUNG: return *wanted = true, place == grade && !value_is_yes(holds);
    case GRADE_FLOOR: return *wanted = true, place >= grade && place < grades->count && !value_is_yes(holds);
    case GRADE_RAISE: return *wanted = true, !value_is_yes(holds);
    case GRADE_CEILING: return *wanted = false, place < grade && (value_is_yes(holds) || is_open(holds));
    case GRADE_LOWER: return *wanted = false, value_is_yes(holds) || is_open(holds);
    case GRADE_OTHERWISE: return false;
    }
    return false;
}

static const char *rule_name(const struct view *view, const struct grade_rule *rule)
{
    const struct choice *grades = view->evaluation->standard->grades;
    const char *grade = rule->grade != NULL ? outcome_rung(grades, rule->grade) : "";
    switch (rule->kind) {
    case GRADE_RUNG:
    case GRADE_OTHERWISE: return grade;
    case GRADE_CEILING: return say_with(SAY_CEILING, view->lang, grade, NULL);
    case GRADE_FLOOR: return say_with(SAY_FLOOR, view->lang, grade, NULL);
    case GRADE_LOWER: return say(SAY_LOWER, view->lang);
    case GRADE_RAISE: return say(SAY_RAISE, view->lang);
    }
    return grade;
}

static enum say rule_word(const struct value *holds, bool rung)
{
    return is_open(holds)        ? SAY_RUNG_OPEN
           : value_is_yes(holds) ? SAY_TAKES_EFFECT
           : rung                ? SAY_RUNG_FAILS
                                 : SAY_NO_EFFECT;
}

static void write_rule(struct page *page, const struct view *view, const struct grade_rule *rule, bool wanted)
{
    const struct value *holds = view_value(view, rule->when);
    enum ink ink = is_open(holds)                                           ? INK_OPEN
                   : rule->kind == GRADE_RAISE || rule->kind == GRADE_FLOOR ? INK_DIM
                                                                            : INK_BAD;
    write_head(page, rule_name(view, rule), ink, say(rule_word(holds, rule->kind == GRADE_RUNG), view->lang),
               rule->span);
    write_blame(page, view, rule->when, wanted);
}

static void write_not_eligible(struct page *page, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    if (standard->eligible == NULL || value_is_yes(view_value(view, standard->eligible))) {
        return;
    }
    bool no = value_is_no(view_value(view, standard->eligible));
    page_end(page);
    page_paragraph(page, 0, INK_PLAIN, say(no ? SAY_WHYNOT_ALSO : SAY_WHYNOT_ALSO_OPEN, view->lang));
    write_gates(page, view);
}

static void write_grade(struct page *page, const struct view *view, size_t grade)
{
    const struct standard *standard = view->evaluation->standard;
    const struct value *value = view_value(view, standard->grade);
    const char *name = values_rung(&standard->grades->symbols[grade]);
    bool reached = value->kind == VALUE_NUMBER && !value->na && value->range.low.infinite == 0 &&
                   num_compare(value->range.low.at, num_int((int64_t)grade)) >= 0;
    if (reached) {
        page_paragraph(page, 0, INK_GOOD,
                       say_with(SAY_WHYNOT_REACHED, view->lang, name, outcome_grade(view), NULL));
    }
    for (size_t i = 0; !reached && i < standard->grade_rules.count; i++) {
        const struct grade_rule *rule = &standard->grade_rules.items[i];
        bool wanted;
        if (is_in_the_way(view, rule, grade, &wanted)) {
            write_rule(page, view, rule, wanted);
        }
    }
    write_not_eligible(page, view);
    if (!reached) {
        page_paragraph(page, 0, INK_DIM,
                       say_with(SAY_WHYNOT_REACH, view->lang, standard->grades->symbols[grade].name, NULL));
    }
}

void whynot_write(struct page *page, const struct view *view, const struct whynot_target *target)
{
    switch (target->kind) {
    case WHYNOT_GRADE: write_grade(page, view, target->grade); return;
    case WHYNOT_ELIGIBLE: write_eligible(page, view); return;
    case WHYNOT_OUTCOME: break;
    }
    if (!write_gate(page, view, target->outcome)) {
        page_paragraph(page, 0, INK_GOOD,
                       say_with(SAY_WHYNOT_HOLDS, view->lang, outcome_name(target->outcome), NULL));
    } else if (target->outcome->kind == OUTCOME_QUALIFIES) {
        page_paragraph(page, 0, INK_DIM, say_with(SAY_WHYNOT_REACH, view->lang, target->outcome->name, NULL));
    }
}
