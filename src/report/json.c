#include "report/json.h"
#include <string.h>
#include "base/date.h"
#include "report/reason.h"
#include "report/values.h"

/* ---------------------------------------------------------------- values */

static const char *cut_text(struct cut cut)
{
    return cut.infinite < 0 ? "-inf" : cut.infinite > 0 ? "inf" : num_text(cut.at);
}

const char *json_truths(unsigned truths)
{
    return truths == TRUTH_YES ? "yes" : truths == TRUTH_NO ? "no" : "unknown";
}

const char *json_truth(const struct value *value)
{
    if (value->nothing_else) {
        return "n/a";
    }
    return value->kind != VALUE_TRUTH || value->na ? "unknown" : json_truths(value->truth);
}

static void ends(struct json *json, const char *low, const char *high)
{
    json_pair(json, "lo", low);
    json_pair(json, "hi", high);
}

static bool is_single(const struct value *value)
{
    const struct range range = value->range;
    return range.low.infinite == 0 && range.high.infinite == 0 && num_equal(range.low.at, range.high.at);
}

static void outer_bound(struct json *json)
{
    json_key(json, "exact");
    json_bool(json, false);
}

/* {"value":"3"} or {"lo":"0","hi":"3"}, the members alone. Of one number that may be n/a, the n/a may be what is not sure. */
static void number_members(struct json *json, const struct value *value, bool exact)
{
    if (value->nothing_else) {
        json_pair(json, "value", "n/a");
    } else if (is_single(value)) {
        json_pair(json, "value", num_text(value->range.low.at));
        if (!exact && value->na) {
            outer_bound(json);
        }
    } else {
        ends(json, cut_text(value->range.low), cut_text(value->range.high));
        if (!exact) {
            outer_bound(json);
        }
    }
}

/* "3", or an object where it is a range. */
static void plain_number(struct json *json, const struct value *value, bool exact)
{
    if (value->nothing_else) {
        json_text(json, "n/a");
    } else if (is_single(value)) {
        json_text(json, num_text(value->range.low.at));
    } else {
        json_open(json, '{');
        number_members(json, value, exact);
        json_close(json, '}');
    }
}

/* Beside a part its `skipped` says whether n/a is possible; elsewhere the value itself has to. */
static void possible_na(struct json *json, const struct value *value)
{
    if (value->na && !value->nothing_else) {
        json_key(json, "na");
        json_bool(json, true);
    }
}

static const char *symbol_name(const struct choice *choice, struct num place)
{
    int64_t at;
    bool there = num_to_int(place, &at) && at >= 0 && (size_t)at < choice->count;
    return there ? choice->symbols[at].name : NULL;
}

static void choice_members(struct json *json, const struct choice *choice, const struct value *value)
{
    if (is_single(value)) {
        json_pair(json, "value", symbol_name(choice, value->range.low.at));
    } else if (choice->ordered) {
        ends(json, symbol_name(choice, value->range.low.at), symbol_name(choice, value->range.high.at));
    } else {
        json_pair(json, "value", "unknown");
    }
}

static const char *day_text(struct cut cut)
{
    int64_t day;
    return cut.infinite == 0 && num_to_int(cut.at, &day) ? date_text(day) : cut_text(cut);
}

static void date_members(struct json *json, const struct value *value)
{
    if (is_single(value)) {
        json_pair(json, "value", day_text(value->range.low));
    } else {
        ends(json, day_text(value->range.low), day_text(value->range.high));
    }
}

static void typed_members(struct json *json, const struct type *type, const struct value *value, bool exact)
{
    if (value->nothing_else) {
        json_pair(json, "value", "n/a");
    } else if (type->kind == TYPE_YESNO) {
        json_pair(json, "value", json_truth(value));
    } else if (type->kind == TYPE_NUMBER || type->kind == TYPE_DOCUMENT) {
        number_members(json, value, exact);
    } else if (type->kind == TYPE_DATE) {
        date_members(json, value);
    } else if (type->kind == TYPE_CHOICE) {
        choice_members(json, type->choice, value);
    } else {
        json_pair(json, "value", value_is_known(value) ? values_of(type, value, LANG_EN) : "unknown");
    }
}

void json_value(struct json *json, const struct type *type, const struct value *value, bool exact)
{
    json_open(json, '{');
    typed_members(json, type, value, exact);
    if (type->kind == TYPE_NUMBER && type->unit != NULL && !value->nothing_else) {
        json_pair(json, "unit", type->unit->name);
    }
    possible_na(json, value);
    json_close(json, '}');
}

void json_typed(struct json *json, const struct view *view, const struct ir_node *node)
{
    json_value(json, &node->type, view_value(view, node), view_exact(view, node));
}

/* Of a node that a standard may lack. */
static void typed_pair(struct json *json, const struct view *view, const char *key,
                       const struct ir_node *node)
{
    json_key(json, key);
    if (node == NULL) {
        json_text(json, NULL);
    } else {
        json_typed(json, view, node);
    }
}

static void plain_pair(struct json *json, const struct view *view, const char *key,
                       const struct ir_node *node)
{
    json_key(json, key);
    if (node == NULL) {
        json_text(json, NULL);
    } else {
        plain_number(json, view_value(view, node), view_exact(view, node));
    }
}

/* ---------------------------------------------------------------- parts */

void json_facts(struct json *json, const struct view *view, struct read_facts facts)
{
    json_key(json, "facts");
    json_open(json, '[');
    for (size_t i = 0; i < facts.count; i++) {
        json_text(json, view_fact_key(view, facts.slots[i]));
    }
    json_close(json, ']');
}

static const char *why_of(const struct view *view, const struct ledger_line *line, bool earned)
{
    if (line->part != NULL) {
        return reason_part(view, line->part);
    }
    return line->line != NULL ? reason_source(view, line->line)
                              : say(reason_word(line->reason, earned), view->lang);
}

static void ledger_lines(struct json *json, const struct view *view, const char *key, const struct part *part,
                         const struct ledger_line *lines, size_t count)
{
    bool earned = strcmp(key, "earned") == 0;
    json_key(json, key);
    json_open(json, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(json, '{');
        json_key(json, "points");
        plain_number(json, &lines[i].points, true);
        json_pair(json, "why", why_of(view, &lines[i], earned));
        json_pair(json, "clause", lines[i].part != NULL ? lines[i].part->cite : part->cite);
        json_facts(json, view, lines[i].facts);
        json_close(json, '}');
    }
    json_close(json, ']');
}

void json_score(struct json *json, const struct view *view, const struct ir_node *node)
{
    json_open(json, '{');
    number_members(json, view_value(view, node), view_exact(view, node));
    json_close(json, '}');
}

static void part_object(struct json *json, const struct view *view, const struct part *part)
{
    struct ledger ledger = ledger_of(view->evaluation, view->context, part);
    json_open(json, '{');
    json_pair(json, "path", part->path);
    json_pair(json, "label", part->label);
    json_key(json, "score");
    json_score(json, view, part->score);
    json_pair(json, "cap", part->has_cap ? num_text(part->cap) : NULL);
    plain_pair(json, view, "due", part->due);
    json_pair(json, "skipped", json_truth(view_value(view, part->skipped)));
    json_pair(json, "cite", part->cite);
    ledger_lines(json, view, "earned", part, ledger.earned, ledger.earned_count);
    ledger_lines(json, view, "lost", part, ledger.lost, ledger.lost_count);
    json_close(json, '}');
}

static void parts(struct json *json, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    json_key(json, "parts");
    json_open(json, '[');
    for (size_t i = 0; i < standard->parts_by_path.count; i++) {
        const struct part *part = standard->parts_by_path.entries[i].value;
        if (part->kind != PART_STANDARD) {
            part_object(json, view, part);
        }
    }
    json_close(json, ']');
}

/* ---------------------------------------------------------------- the head */

static void who(struct json *json, const char *id, const char *label)
{
    json_key(json, "unit");
    json_open(json, '{');
    json_pair(json, "id", id);
    json_pair(json, "label", label);
    json_close(json, '}');
}

void json_head(struct json *json, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    json_key(json, "rubric");
    json_int(json, 1);
    json_key(json, "standard");
    json_open(json, '{');
    json_pair(json, "name", standard->name);
    json_pair(json, "edition", standard->edition);
    json_pair(json, "sha256", standard->sha256);
    json_close(json, '}');
    who(json, view->evaluation->unit->id, view->evaluation->unit->label);
}

static void when_looked_at(struct json *json, const struct view *view)
{
    const struct evaluation *evaluation = view->evaluation;
    json_pair(json, "column",
              view_is_mixed(view) ? NULL : evaluation->standard->columns.items[view->context].name);
    json_pair(json, "on", evaluation->has_on ? date_text(evaluation->on) : NULL);
}

void json_grade(struct json *json, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    if (standard->grade == NULL) {
        json_text(json, NULL);
        return;
    }
    const struct value *value = view_value(view, standard->grade);
    json_open(json, '{');
    if (value->nothing_else) {
        json_pair(json, "value", "n/a");
    } else {
        choice_members(json, standard->grades, value);
    }
    possible_na(json, value);
    json_close(json, '}');
}

static void results(struct json *json, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    typed_pair(json, view, "total", standard->total_node);
    json_pair(json, "of", standard->scored ? num_text(standard->total) : NULL);
    typed_pair(json, view, "subtotal", standard->subtotal);
    plain_pair(json, view, "skipped", standard->skipped_points);
    json_key(json, "grade");
    json_grade(json, view);
    json_pair(json, "eligible",
              standard->eligible != NULL ? json_truth(view_value(view, standard->eligible)) : "yes");
    json_key(json, "qualifies");
    json_open(json, '{');
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (outcome->kind == OUTCOME_QUALIFIES) {
            json_pair(json, outcome->name, json_truth(view_value(view, outcome->holds)));
        }
    }
    json_close(json, '}');
}

/* ---------------------------------------------------------------- the tail */

static void shows(struct json *json, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    json_key(json, "shows");
    json_open(json, '{');
    for (size_t i = 0; i < standard->shows.count; i++) {
        typed_pair(json, view, standard->shows.items[i].name, standard->shows.items[i].value);
    }
    json_close(json, '}');
}

static void assumed(struct json *json, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    json_key(json, "assumed");
    json_open(json, '[');
    for (size_t i = 0; i < standard->facts.count; i++) {
        if (view_fact(view, i)->state == GIVEN_ASSUMED) {
            json_text(json, view_fact_key(view, i));
        }
    }
    json_close(json, ']');
}

static const char *deciding_name(const struct standard *standard, const struct deciding *deciding)
{
    switch (deciding->kind) {
    case DECIDES_FACT: return standard->facts.items[deciding->slot]->field.name;
    case DECIDES_SETTING: return standard->settings.items[deciding->slot].name;
    case DECIDES_SCORE: return standard->judged.items[deciding->slot]->criterion->path;
    }
    return NULL;
}

static void decide(struct json *json, const struct evaluation *evaluation)
{
    json_key(json, "decide");
    json_open(json, '[');
    for (size_t i = 0; i < evaluation->deciding_count; i++) {
        const struct deciding *deciding = &evaluation->deciding[i];
        json_open(json, '{');
        json_pair(json, "fact", deciding_name(evaluation->standard, deciding));
        json_pair(json, "swing", cut_text(deciding->swing.high));
        json_close(json, '}');
    }
    json_close(json, ']');
}

void json_messages(struct json *json, const char *key, const struct diags *messages, enum lang lang)
{
    json_key(json, key);
    json_open(json, '[');
    for (size_t i = 0; i < messages->list.count; i++) {
        diag_json(json, messages->list.items[i], lang);
    }
    json_close(json, ']');
}

void json_unit_with(struct str *out, const struct view *view, const struct diags *messages, json_more *more,
                    const void *data)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    json_head(&json, view);
    when_looked_at(&json, view);
    results(&json, view);
    parts(&json, view);
    shows(&json, view);
    assumed(&json, view);
    decide(&json, view->evaluation);
    if (more != NULL) {
        more(&json, data);
    }
    json_messages(&json, "messages", messages, view->lang);
    json_close(&json, '}');
    str_add_char(out, '\n');
}

void json_unit(struct str *out, const struct view *view, const struct diags *messages)
{
    json_unit_with(out, view, messages, NULL, NULL);
}

void json_refused(struct str *out, const char *id, const char *label, const struct diags *messages,
                  enum lang lang)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    json_key(&json, "rubric");
    json_int(&json, 1);
    who(&json, id, label);
    json_messages(&json, "error", messages, lang);
    json_close(&json, '}');
    str_add_char(out, '\n');
}
