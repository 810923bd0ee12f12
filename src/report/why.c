/* Derivations of totals, grades, gates and shows. */
#include "report/why.h"
#include "report/outcome.h"
#include "report/reason.h"
#include "report/values.h"
#include "report/why_part.h"

enum { INDENT = 2 };

/* ---------------------------------------------------------------- totals */

static const char *total_text(const struct why *why, const struct ir_node *node)
{
    const char *text = values_points(view_value(&why->view, node), node->op == IR_ROUND, why->view.lang);
    return view_exact(&why->view, node) ? text : say_with(SAY_OUTER, why->view.lang, text, NULL);
}

static const char *share_of_part(const struct why *why, const struct part *part)
{
    const struct value *value = view_value(&why->view, part->score);
    const char *score = why_points(why, value);
    if (part->kind == PART_BONUS) {
        return value_is_point(value) ? str_print("+%s", score) : score;
    }
    if (part->kind == PART_PENALTY) {
        return value_is_point(value) ? values_minus(score) : str_print("−(%s)", score);
    }
    return say_with(SAY_WHY_SCORE, why->view.lang, score, why_points(why, view_value(&why->view, part->due)),
                    NULL);
}

static void write_top(const struct why *why, bool extras)
{
    const struct part *root = why->view.evaluation->standard->root;
    struct why_rows rows = {0};
    for (size_t i = 0; i < root->parts.count; i++) {
        const struct part *part = root->parts.items[i];
        bool extra = part->kind == PART_BONUS || part->kind == PART_PENALTY;
        if (extras || !extra) {
            vec_push(&rows.list, (struct why_row){share_of_part(why, part), view_part_name(part)});
        }
    }
    page_end(why->page);
    why_rows(why, &rows);
}

/* The columns' results before they are mixed, then what is done to the mix. */
static void write_mix(const struct why *why, const struct ir_node *node)
{
    const struct standard *standard = why->view.evaluation->standard;
    const struct ir_node *mix = node->op == IR_ROUND ? node->args[0] : node;
    if (mix->op != IR_MIX) {
        mix = node;
    }
    for (size_t i = 0; i < standard->columns.count; i++) {
        struct why column = {why->page, view_in(&why->view, i)};
        const char *name = view_column_name(&why->view, i);
        const char *weight = values_percent(standard->columns.items[i].weight);
        const char *value = total_text(&column, mix->op == IR_MIX ? mix->args[0] : mix);
        why_step(why, name != NULL ? name : "", str_print("%s × %s", weight, value));
    }
    why_step(why, say(SAY_SUM_OF_LINES, why->view.lang), total_text(why, mix));
    if (mix != node) {
        why_step(why, say(SAY_AFTER_GRID, why->view.lang), total_text(why, node));
    }
}

static void write_sums(const struct why *why, const struct ir_node *node)
{
    const struct standard *standard = why->view.evaluation->standard;
    const char *subtotal = explain_sum(&why->view, standard->subtotal);
    if (subtotal != NULL) {
        why_step(why, say(SAY_SUBTOTAL, why->view.lang),
                 str_print("%s = %s", subtotal, total_text(why, standard->subtotal)));
    }
    const char *total = node == standard->subtotal ? NULL : explain_sum(&why->view, node);
    if (total != NULL) {
        why_step(why, say(SAY_TOTAL, why->view.lang), str_print("%s = %s", total, total_text(why, node)));
    }
}

static void write_total(const struct why *why, const struct ir_node *node, enum say name)
{
    const struct standard *standard = why->view.evaluation->standard;
    const char *result =
        say_with(SAY_WHY_SCORE, why->view.lang, total_text(why, node), values_number(standard->total), NULL);
    why_head(why, say(name, why->view.lang), NULL, result);
    write_top(why, node != standard->subtotal);
    page_end(why->page);
    if (view_is_mixed(&why->view)) {
        write_mix(why, node);
    } else {
        write_sums(why, node);
    }
}

/* ---------------------------------------------------------------- conditions of any outcome */

static void write_condition(const struct why *why, const struct ir_node *when)
{
    struct explain_leaves leaves = explain_all(&why->view, when);
    why_leaves(why, &leaves);
    why_facts(why, when, NULL);
}

/* ---------------------------------------------------------------- grade */

static const char *grade_step_name(const struct why *why, const struct grade_rule *rule)
{
    const char *grade =
        rule->grade != NULL ? outcome_rung(why->view.evaluation->standard->grades, rule->grade) : "";
    enum lang lang = why->view.lang;
    switch (rule->kind) {
    case GRADE_RUNG: return grade;
    case GRADE_OTHERWISE: return say_with(SAY_SENTENCE, lang, say(SAY_OTHERWISE, lang), grade, NULL);
    case GRADE_CEILING: return say_with(SAY_CEILING, lang, grade, NULL);
    case GRADE_FLOOR: return say_with(SAY_FLOOR, lang, grade, NULL);
    case GRADE_LOWER: return say(SAY_LOWER, lang);
    case GRADE_RAISE: return say(SAY_RAISE, lang);
    }
    return grade;
}

static enum say grade_word(const struct grade_rule *rule, const struct value *holds)
{
    bool rung = rule->kind == GRADE_RUNG;
    if (value_is_yes(holds)) {
        return rung ? SAY_RUNG_HOLDS : SAY_TAKES_EFFECT;
    }
    if (!value_is_no(holds) && !value_is_na(holds)) {
        return SAY_RUNG_OPEN;
    }
    return rung ? SAY_RUNG_FAILS : SAY_NO_EFFECT;
}

static bool is_rung(const struct grade_rule *rule)
{
    return rule->kind == GRADE_RUNG || rule->kind == GRADE_OTHERWISE;
}

/* Returns whether this rung settles which one is reached. */
static bool write_grade_rule(const struct why *why, const struct grade_rule *rule)
{
    page_end(why->page);
    page_text(why->page, INK_BOLD, grade_step_name(why, rule));
    if (rule->when == NULL) {
        page_text(why->page, INK_DIM, str_print("   %s", view_place(rule->span)));
        page_end(why->page);
        return true;
    }
    const struct value *holds = view_value(&why->view, rule->when);
    page_text(why->page, outcome_ink(holds), str_print("  %s", say(grade_word(rule, holds), why->view.lang)));
    page_text(why->page, INK_DIM, str_print("   %s", view_place(rule->span)));
    page_end(why->page);
    write_condition(why, rule->when);
    return value_is_yes(holds);
}

static void write_grade(const struct why *why)
{
    const struct standard *standard = why->view.evaluation->standard;
    bool reached = false;
    why_head(why, say(SAY_GRADE, why->view.lang), NULL, outcome_grade(&why->view));
    for (size_t i = 0; i < standard->grade_rules.count; i++) {
        const struct grade_rule *rule = &standard->grade_rules.items[i];
        if (!is_rung(rule) || !reached) {
            reached = write_grade_rule(why, rule) || reached;
        }
    }
}

/* ---------------------------------------------------------------- gates, qualifications, shows */

static const char *outcome_head(const struct why *why, const struct outcome *outcome)
{
    enum lang lang = why->view.lang;
    const char *name =
        outcome->kind == OUTCOME_MINIMUM ? view_part_name(outcome->part) : outcome_name(outcome);
    switch (outcome->kind) {
    case OUTCOME_REQUIRE: return say_with(SAY_SENTENCE, lang, say(SAY_REQUIREMENT, lang), name, NULL);
    case OUTCOME_VETO: return say_with(SAY_SENTENCE, lang, say(SAY_VETO, lang), name, NULL);
    case OUTCOME_MINIMUM:
        return say_with(SAY_SENTENCE, lang,
                        say_with(SAY_MINIMUM, lang, values_percent(outcome->part->minimum), NULL), name,
                        NULL);
    case OUTCOME_QUALIFIES: return name;
    }
    return name;
}

static enum say gate_word(const struct outcome *outcome, const struct value *holds)
{
    if (!value_is_known(holds)) {
        return SAY_RUNG_OPEN;
    }
    if (outcome->kind == OUTCOME_MINIMUM) {
        return value_is_yes(holds) ? SAY_MISSED : SAY_RUNG_HOLDS;
    }
    return value_is_yes(holds) ? SAY_HOLDS : SAY_HOLDS_NOT;
}

static void write_gate(const struct why *why, const struct outcome *outcome)
{
    const struct value *holds = view_value(&why->view, outcome->holds);
    bool wanted = outcome->kind == OUTCOME_REQUIRE || outcome->kind == OUTCOME_QUALIFIES;
    bool good = wanted ? value_is_yes(holds) : value_is_no(holds);
    enum say word = gate_word(outcome, holds);
    page_text(why->page, INK_BOLD, outcome_head(why, outcome));
    page_text(why->page,
              !value_is_known(holds) ? INK_OPEN
              : good                 ? INK_GOOD
                                     : INK_BAD,
              str_print("  %s", say(word, why->view.lang)));
    page_text(why->page, INK_DIM, str_print("   %s", view_place(outcome->span)));
    page_end(why->page);
    if (outcome->cite != NULL) {
        page_paragraph(
            why->page, INDENT, INK_DIM,
            say_with(SAY_SENTENCE, why->view.lang, say(SAY_CLAUSE, why->view.lang), outcome->cite, NULL));
    }
    if (outcome->kind == OUTCOME_MINIMUM) {
        page_paragraph(why->page, INDENT * 2, INK_PLAIN, explain_condition(&why->view, outcome->when, false));
    } else {
        write_condition(why, outcome->when);
    }
}

static void write_eligible(const struct why *why)
{
    const struct standard *standard = why->view.evaluation->standard;
    why_head(why, say(SAY_ELIGIBLE, why->view.lang), NULL, outcome_eligible(&why->view));
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        if (standard->outcomes.items[i]->kind != OUTCOME_QUALIFIES) {
            page_end(why->page);
            write_gate(why, standard->outcomes.items[i]);
        }
    }
}

static void write_show(const struct why *why, const struct show *show)
{
    const char *name = show->label != NULL ? show->label : show->name;
    why_head(why, name, show->name, why_worked(why, show->value));
    why_remark(why, SAY_CLAUSE, show->cite);
    why_quote(why, show->written, true);
    struct explain_leaves leaves = explain_choices(&why->view, show->value);
    why_leaves(why, &leaves);
    why_facts(why, show->value, NULL);
}

static void write_open(const struct why *why, const struct ir_node *node)
{
    const char *open = reason_open(&why->view, node);
    if (!value_is_known(view_value(&why->view, node)) && *open != '\0') {
        page_paragraph(why->page, INDENT, INK_OPEN, say_with(SAY_OPEN_FACTS, why->view.lang, open, NULL));
    }
}

/* Of conditions over parts: those that fail, or are open. */
static void write_rows(const struct why *why, const struct explain_leaves *leaves)
{
    for (size_t i = 0; i < leaves->list.count; i++) {
        struct explain_leaves rows =
            explain_rows(&why->view, leaves->list.items[i].node, leaves->list.items[i].wanted);
        for (size_t k = 0; k < rows.list.count; k++) {
            page_paragraph(why->page, INDENT * 3, INK_PLAIN,
                           explain_condition(&why->view, rows.list.items[k].node, rows.list.items[k].wanted));
        }
    }
}

static const char *question_value(const struct why *why, const struct ir_node *node)
{
    if (node == why->view.evaluation->standard->grade) {
        return outcome_grade(&why->view);
    }
    const char *text = values_of(&node->type, view_value(&why->view, node), why->view.lang);
    const char *sum = explain_sum(&why->view, node);
    text = view_exact(&why->view, node) ? text : say_with(SAY_OUTER, why->view.lang, text, NULL);
    return sum != NULL ? say_with(SAY_IS, why->view.lang, sum, text, NULL) : text;
}

void why_question(struct page *page, const struct view *view, const struct ir_node *node)
{
    struct why why = {page, *view};
    const struct value *value = view_value(view, node);
    bool condition = node->type.kind == TYPE_YESNO;
    page_paragraph(page, 0, condition ? outcome_ink(value) : INK_BOLD, question_value(&why, node));
    if (condition) {
        struct explain_leaves leaves = explain_all(view, node);
        why_leaves(&why, &leaves);
        write_rows(&why, &leaves);
    }
    why_facts(&why, node, NULL);
    write_open(&why, node);
}

void why_write(struct page *page, const struct view *view, const struct why_target *target)
{
    struct why why = {page, *view};
    const struct standard *standard = view->evaluation->standard;
    switch (target->kind) {
    case WHY_PART: why_part(&why, target->part); break;
    case WHY_TOTAL: write_total(&why, standard->total_node, SAY_TOTAL); break;
    case WHY_SUBTOTAL: write_total(&why, standard->subtotal, SAY_SUBTOTAL); break;
    case WHY_GRADE: write_grade(&why); break;
    case WHY_ELIGIBLE: write_eligible(&why); break;
    case WHY_OUTCOME: write_gate(&why, target->outcome); break;
    case WHY_SHOW: write_show(&why, target->show); break;
    }
}
