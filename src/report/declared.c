#include "report/declared.h"
#include <string.h>
#include "diag/suggest.h"
#include "report/changed.h"
#include "report/fact_list.h"
#include "report/outcome.h"
#include "report/points.h"
#include "report/reason.h"
#include "report/stages_words.h"
#include "report/values.h"
#include "report/why_lines.h"

/* Who asks, and what was told so far. */
struct telling_name {
    struct why why;
    const struct unit *loaded;
    const char *wanted;
    size_t told;
};

static bool is(const struct telling_name *it, const char *name, const char *label)
{
    return (name != NULL && strcmp(name, it->wanted) == 0) ||
           (label != NULL && strcmp(label, it->wanted) == 0);
}

/* From the name to the end of its line: a declaration's head. */
static struct span rest_of_line(struct span span)
{
    size_t length;
    const char *text = source_line_text(span.source, source_line(span), &length);
    size_t start = (size_t)(text - span.source->text), end = start + length;
    size_t from = start;
    while (from < end && (span.source->text[from] == ' ' || span.source->text[from] == '\t')) {
        from++;
    }
    while (end > from && (span.source->text[end - 1] == ' ' || span.source->text[end - 1] == '\r')) {
        end--;
    }
    return (struct span){span.source, (uint32_t)from, (uint32_t)end};
}

struct telling_head {
    enum say kind;
    const char *name, *label, *cite;
    struct span span;
    const char *counts_in; /* NULL: not told */
};

static void tell(struct telling_name *it, struct telling_head head, const char *value)
{
    struct page *page = it->why.page;
    enum lang lang = it->why.view.lang;
    if (it->told++ > 0) {
        page_end(page);
    }
    page_text(page, INK_BOLD, head.label != NULL ? head.label : head.name);
    page_text(page, INK_DIM,
              str_print("  %s", head.label != NULL && strcmp(head.label, head.name) != 0
                                    ? str_print("%s · %s", head.name, say(head.kind, lang))
                                    : say(head.kind, lang)));
    page_end(page);
    why_remark(&it->why, SAY_CLAUSE, head.cite);
    if (value != NULL) {
        why_remark(&it->why, SAY_NAME_VALUE, value);
    }
    why_remark(&it->why, SAY_NAME_READ_BY, head.counts_in);
    if (head.span.source != NULL && head.span.source->length > 0) {
        why_quote(&it->why, rest_of_line(head.span), true);
    }
}

static bool is_read_by(const struct view *view, const struct part *part, size_t slot)
{
    if (part->kind == PART_STANDARD || part->parts.count > 0) {
        return false;
    }
    struct read_facts reads = evaluation_reads(view->evaluation, view->context, part->score);
    for (size_t i = 0; i < reads.count; i++) {
        if (reads.slots[i] == slot) {
            return true;
        }
    }
    return false;
}

/* The criteria that a fact counts in as things stand. */
static const char *readers_of(const struct telling_name *it, const struct standard *standard, size_t slot)
{
    struct str names = {0};
    for (size_t i = 0; i < standard->parts_by_path.count; i++) {
        const struct part *part = standard->parts_by_path.entries[i].value;
        if (is_read_by(&it->why.view, part, slot)) {
            str_item(&names, say(SAY_LIST_COMMA, it->why.view.lang), part->path);
        }
    }
    return names.length > 0 ? str_text(&names) : NULL;
}

static void tell_facts(struct telling_name *it, const struct standard *standard)
{
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct field *field = &standard->facts.items[i]->field;
        if (is(it, field->name, field->label)) {
            tell(it,
                 (struct telling_head){SAY_NAME_FACT, field->name, field->label, field->cite, field->span,
                                       readers_of(it, standard, i)},
                 fact_list_value(&it->why.view, it->loaded, false, i));
        }
    }
}

static void tell_named(struct telling_name *it, const struct standard *standard)
{
    for (size_t i = 0; i < standard->named.count; i++) {
        const struct named_value *named = &standard->named.items[i];
        if (is(it, named->name, named->label)) {
            enum say kind = named->threshold ? SAY_NAME_THRESHOLD : SAY_NAME_DEFINITION;
            const char *value = named->node != NULL ? changed_named(&it->why.view, named) : NULL;
            tell(it, (struct telling_head){kind, named->name, named->label, named->cite, named->span, NULL},
                 value);
        }
    }
}

static const char *score_text(struct telling_name *it, const struct part *part)
{
    bool outer = false;
    const struct view *view = &it->why.view;
    const char *score = points_signed(points_text(view, part->score, false, &outer), part->kind),
               *reason = reason_of(view, part);
    const char *text =
        part->has_cap ? say_with(SAY_WHY_SCORE, view->lang, score, values_number(part->cap), NULL) : score;
    return *reason != '\0' ? str_print("%s   %s", text, reason) : text;
}

static void tell_parts(struct telling_name *it, const struct standard *standard)
{
    for (size_t i = 0; i < standard->parts_by_path.count; i++) {
        const struct part *part = standard->parts_by_path.entries[i].value;
        if (part->kind != PART_STANDARD && (is(it, part->path, part->label) || is(it, part->name, NULL))) {
            tell(it,
                 (struct telling_head){SAY_NAME_PART, part->path, part->label, part->cite, part->span, NULL},
                 score_text(it, part));
        }
    }
}

static const char *outcome_value(const struct view *view, const struct outcome *outcome)
{
    if (outcome->kind == OUTCOME_QUALIFIES) {
        return outcome_qualifies(view, outcome);
    }
    const struct value *holds = view_value(view, outcome->holds);
    return say(value_is_yes(holds)  ? SAY_HOLDS
               : value_is_no(holds) ? SAY_HOLDS_NOT
                                    : SAY_RUNG_OPEN,
               view->lang);
}

static void tell_outcomes(struct telling_name *it, const struct standard *standard)
{
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (outcome->kind != OUTCOME_MINIMUM && is(it, outcome->name, outcome->label)) {
            const char *name = outcome->name != NULL ? outcome->name : outcome->label;
            tell(it,
                 (struct telling_head){SAY_NAME_OUTCOME, name, outcome->label, outcome->cite, outcome->span,
                                       NULL},
                 outcome_value(&it->why.view, outcome));
        }
    }
    for (size_t i = 0; i < standard->shows.count; i++) {
        const struct show *show = &standard->shows.items[i];
        if (is(it, show->name, show->label)) {
            tell(it,
                 (struct telling_head){SAY_NAME_SHOW, show->name, show->label, show->cite, show->span, NULL},
                 values_of(&show->value->type, view_value(&it->why.view, show->value), it->why.view.lang));
        }
    }
}

static void tell_grades(struct telling_name *it, const struct standard *standard)
{
    for (size_t i = 0; i < standard->grade_rules.count; i++) {
        const struct grade_rule *rule = &standard->grade_rules.items[i];
        bool rung = rule->kind == GRADE_RUNG || rule->kind == GRADE_OTHERWISE;
        if (rung && is(it, rule->grade, rule->label)) {
            tell(it, (struct telling_head){SAY_NAME_GRADE, rule->grade, rule->label, NULL, rule->span, NULL},
                 outcome_grade(&it->why.view));
        }
    }
}

static void tell_procedure(struct telling_name *it, const struct standard *standard)
{
    for (size_t i = 0; i < standard->stages.count; i++) {
        const struct stage *stage = standard->stages.items[i];
        if (is(it, stage->name, stage->label)) {
            tell(it,
                 (struct telling_head){SAY_NAME_STAGE, stage->name, stage->label, stage->cite, stage->span,
                                       NULL},
                 NULL);
        }
    }
    for (size_t i = 0; i < standard->titles.count; i++) {
        const struct title *title = &standard->titles.items[i];
        if (is(it, title->name, title->label)) {
            tell(it,
                 (struct telling_head){SAY_NAME_TITLE, title->name, title->label, NULL, title->span, NULL},
                 NULL);
        }
    }
}

bool declared_write(struct page *page, const struct view *view, const struct unit *loaded, const char *wanted)
{
    struct telling_name it = {.why = {page, *view}, .loaded = loaded, .wanted = wanted};
    const struct standard *standard = view->evaluation->standard;
    tell_facts(&it, standard);
    tell_named(&it, standard);
    tell_parts(&it, standard);
    tell_outcomes(&it, standard);
    tell_grades(&it, standard);
    tell_procedure(&it, standard);
    return it.told > 0;
}

const char *declared_nearest(const struct standard *standard, const char *wanted)
{
    struct suggest suggest;
    suggest_start(&suggest, wanted);
    for (size_t i = 0; i < standard->facts.count; i++) {
        suggest_offer(&suggest, standard->facts.items[i]->field.name);
    }
    for (size_t i = 0; i < standard->named.count; i++) {
        suggest_offer(&suggest, standard->named.items[i].name);
    }
    for (size_t i = 0; i < standard->parts_by_path.count; i++) {
        suggest_offer(&suggest, ((const struct part *)standard->parts_by_path.entries[i].value)->path);
    }
    for (size_t i = 0; standard->grades != NULL && i < standard->grades->count; i++) {
        suggest_offer(&suggest, standard->grades->symbols[i].name);
    }
    return suggest_best(&suggest);
}
