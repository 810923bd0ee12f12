#include "report/outcome.h"
#include <string.h>
#include "report/explain.h"
#include "report/say.h"
#include "report/values.h"

const char *outcome_name(const struct outcome *outcome)
{
    if (outcome->label != NULL) {
        return outcome->label;
    }
    return outcome->name != NULL ? outcome->name : view_words(outcome->span, 60);
}

enum ink outcome_ink(const struct value *truth)
{
    return value_is_yes(truth) ? INK_GOOD : value_is_no(truth) ? INK_BAD : INK_OPEN;
}

/* ---------------------------------------------------------------- grade */

const char *outcome_rung(const struct choice *grades, const char *name)
{
    for (size_t i = 0; name != NULL && i < grades->count; i++) {
        if (strcmp(grades->symbols[i].name, name) == 0) {
            return values_rung(&grades->symbols[i]);
        }
    }
    return name != NULL ? name : "?";
}

const char *outcome_grade(const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    const struct value *value = view_value(view, standard->grade);
    if (value_is_na(value)) {
        return say(SAY_NO_GRADE, view->lang);
    }
    const char *text = values_rungs(standard->grades, value->range);
    return value->na ? str_print("%s – %s", say(SAY_NO_GRADE, view->lang), text) : text;
}

/* ---------------------------------------------------------------- gates */

static void add_clause(struct str *out, const char *text, enum lang lang)
{
    str_add(out, out->length > 0 ? say(SAY_CLAUSE_STOP, lang) : "");
    str_add(out, text);
}

const char *outcome_conditions(const struct view *view, const struct ir_node *when, bool wanted)
{
    struct explain_leaves leaves = explain_blame(view, when, wanted);
    struct str out = {0};
    for (size_t i = 0; i < leaves.list.count; i++) {
        const struct explain_leaf *leaf = &leaves.list.items[i];
        str_add(&out, out.length > 0 ? say(SAY_LIST_COMMA, view->lang) : "");
        str_add(&out, explain_condition(view, leaf->node, leaf->wanted));
    }
    return str_text(&out);
}

static const char *with_conditions(const struct view *view, const char *text, const char *conditions)
{
    return *conditions == '\0'
               ? text
               : str_print("%s%s", text, say_with(SAY_IN_BRACKETS, view->lang, conditions, NULL));
}

const char *outcome_minimum(const struct view *view, const struct outcome *outcome, bool missed)
{
    const char *part = view_part_name(outcome->part), *least = values_percent(outcome->part->minimum);
    const char *rate = values_percentage(view_value(view, outcome->part->rate), view->lang);
    return missed ? say_with(SAY_MINIMUM_MISSED, view->lang, part, rate, least, NULL)
                  : say_with(SAY_MINIMUM_OPEN, view->lang, part, least, NULL);
}

static const char *gate_text(const struct view *view, const struct outcome *outcome, bool open)
{
    if (outcome->kind == OUTCOME_MINIMUM) {
        return outcome_minimum(view, outcome, !open);
    }
    bool veto = outcome->kind == OUTCOME_VETO;
    enum say what =
        veto ? (open ? SAY_VETO_OPEN : SAY_VETO_HITS) : (open ? SAY_REQUIRE_OPEN : SAY_REQUIRE_FAILS);
    const char *text = say_with(what, view->lang, outcome_name(outcome), NULL);
    return with_conditions(view, text, outcome_conditions(view, outcome->when, !veto));
}

/* A gate that is passed says nothing. */
static bool is_passed(const struct outcome *outcome, const struct value *holds)
{
    return outcome->kind == OUTCOME_REQUIRE ? value_is_yes(holds) : value_is_no(holds);
}

static const char *gates_text(const struct view *view, bool open)
{
    const struct standard *standard = view->evaluation->standard;
    struct str out = {0};
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        const struct value *holds = view_value(view, outcome->holds);
        if (outcome->kind != OUTCOME_QUALIFIES && !is_passed(outcome, holds) &&
            value_is_known(holds) != open) {
            add_clause(&out, gate_text(view, outcome, open), view->lang);
        }
    }
    return str_text(&out);
}

bool outcome_has_gates(const struct standard *standard)
{
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        if (standard->outcomes.items[i]->kind != OUTCOME_QUALIFIES) {
            return true;
        }
    }
    return false;
}

const char *outcome_eligible(const struct view *view)
{
    const struct value *eligible = view_value(view, view->evaluation->standard->eligible);
    if (value_is_yes(eligible)) {
        return say(SAY_ELIGIBLE_YES, view->lang);
    }
    bool no = value_is_no(eligible);
    const char *reasons = gates_text(view, !no);
    const char *answer = say(no ? SAY_ELIGIBLE_NO : SAY_ELIGIBLE_UNKNOWN, view->lang);
    return *reasons == '\0' ? answer : say_with(SAY_SENTENCE, view->lang, answer, reasons, NULL);
}

const char *outcome_qualifies(const struct view *view, const struct outcome *outcome)
{
    const struct value *holds = view_value(view, outcome->holds);
    if (value_is_yes(holds)) {
        return say(SAY_YES, view->lang);
    }
    const char *answer = say(value_is_no(holds) ? SAY_NO : SAY_UNKNOWN, view->lang);
    return with_conditions(view, answer, outcome_conditions(view, outcome->when, true));
}
