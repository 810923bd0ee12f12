#include "report/reason.h"
#include <stdlib.h>
#include <string.h>
#include "report/explain.h"
#include "report/say.h"
#include "report/values.h"

enum { NAMES_MAX = 3, SOURCE_CELLS = 200 };

/* ---------------------------------------------------------------- lists of texts */

struct texts {
    VEC(const char *) list;
};

static void add_text(struct texts *texts, const char *text)
{
    if (text != NULL && *text != '\0') {
        vec_push(&texts->list, text);
    }
}

static const char *joined(const char *const *texts, size_t count, const char *between)
{
    struct str out = {0};
    for (size_t i = 0; i < count; i++) {
        str_add(&out, i > 0 ? between : "");
        str_add(&out, texts[i]);
    }
    return str_text(&out);
}

/* At most a few, then how many more there are. */
static const char *some_of(const char *const *texts, size_t count, enum lang lang)
{
    size_t shown = count > NAMES_MAX + 1 ? NAMES_MAX : count;
    const char *list = joined(texts, shown, say(SAY_LIST_COMMA, lang));
    if (shown == count) {
        return list;
    }
    const char *more =
        say_with(SAY_AND_MORE, lang, str_print("%zu", lang == LANG_ZH ? count : count - shown), NULL);
    return str_print("%s%s%s", list, lang == LANG_ZH ? "" : " ", more);
}

/* ---------------------------------------------------------------- one line of a ledger */

enum say reason_word(enum ledger_reason reason, bool earned)
{
    switch (reason) {
    case LEDGER_BASE: return SAY_STARTS_FULL;
    case LEDGER_STATEMENT:
    case LEDGER_DEDUCTED: return SAY_JUDGED;
    case LEDGER_ZEROED: return SAY_CONDITION_FAILS;
    case LEDGER_CAPPED: return earned ? SAY_CAPPED : SAY_OVER_OFFERED;
    case LEDGER_FLOORED: return SAY_FLOORED;
    case LEDGER_ROUNDED: return SAY_ROUNDED;
    case LEDGER_NOT_OFFERED: return SAY_NOT_OFFERED;
    case LEDGER_PART: return SAY_ITEM;
    }
    abort();
}

/* The conditions inside `when` that failed (or held), with their values. A label says enough of one that is yes or no. */
static const char *conditions_of(const struct view *view, const char *label, const struct ir_node *when,
                                 bool wanted)
{
    struct explain_leaves leaves = explain_blame(view, when, wanted);
    struct texts texts = {0};
    bool alone = leaves.list.count == 1;
    for (size_t i = 0; i < leaves.list.count; i++) {
        const struct ir_node *node = leaves.list.items[i].node;
        if (label != NULL && !explain_has_values(view, node) && (alone || node->op != IR_FACT)) {
            continue;
        }
        add_text(&texts, explain_condition(view, leaves.list.items[i].node, leaves.list.items[i].wanted));
    }
    return some_of(texts.list.items, texts.list.count, view->lang);
}

static const char *labelled(const struct view *view, const char *label, const char *detail)
{
    if (label == NULL || *label == '\0') {
        return detail;
    }
    return *detail == '\0' ? label
                           : str_print("%s%s", label, say_with(SAY_IN_BRACKETS, view->lang, detail, NULL));
}

static bool is_truth(const struct value *value, bool wanted)
{
    return wanted ? value_is_yes(value) : value_is_no(value);
}

/* Of an `all of`, `any of`, `at least … of`: those of its conditions that failed (or held). */
static const char *checks_of(const struct view *view, const struct line *line, bool wanted)
{
    struct texts texts = {0};
    for (size_t i = 0; i < line->checks.count; i++) {
        const struct check *check = &line->checks.items[i];
        if (!is_truth(view_value(view, check->when), wanted)) {
            add_text(&texts,
                     labelled(view, check->label, conditions_of(view, check->label, check->when, wanted)));
        }
    }
    return some_of(texts.list.items, texts.list.count, view->lang);
}

/* The case of `bands` or `choose` that was taken; NULL where it has none or that is open. */
static const struct check *case_taken(const struct view *view, const struct line *line)
{
    for (size_t i = 0; i < line->cases.count; i++) {
        const struct check *at = &line->cases.items[i];
        const struct value *holds = at->when != NULL ? view_value(view, at->when) : NULL;
        if (holds == NULL || value_is_yes(holds)) {
            return at;
        }
        if (!value_is_no(holds)) {
            return NULL;
        }
    }
    return NULL;
}

static const char *label_of(const struct view *view, const struct line *line)
{
    const struct check *taken = line->label == NULL ? case_taken(view, line) : NULL;
    return taken != NULL ? taken->label : line->label;
}

const char *reason_source(const struct view *view, const struct line *line)
{
    if (line == NULL) {
        return NULL;
    }
    const char *label = label_of(view, line);
    if (label != NULL) {
        return label;
    }
    const struct span span =
        line->when != NULL && line->when->origin.source != NULL ? line->when->origin : line->span;
    const char *words = view_words(span, SOURCE_CELLS);
    return *words != '\0' ? words : NULL;
}

static const char *fact_and_value(const struct view *view, size_t slot)
{
    const struct field *field = &view->evaluation->standard->facts.items[slot]->field;
    const char *value = values_given(field, view_fact(view, slot), true, view->lang);
    return say_with(SAY_IS, view->lang, view_fact_name(view, slot), value, NULL);
}

/* Facts, then figures of the cohort; `points` may be NULL. */
static const char *facts_of(const struct view *view, struct read_facts facts, const struct ir_node *points)
{
    struct texts texts = {0};
    struct read_figures figures = points != NULL ? view_figures(view, points) : (struct read_figures){0};
    for (size_t i = 0; i < facts.count; i++) {
        add_text(&texts, fact_and_value(view, facts.slots[i]));
    }
    for (size_t i = 0; i < figures.count; i++) {
        const struct cohort_reads *reads = &view->evaluation->standard->cohort;
        add_text(&texts, explain_telling(view, reads->figures.items[figures.places[i]].node));
    }
    return some_of(texts.list.items, texts.list.count, view->lang);
}

/* What an assessor entered for a criterion and said with it. */
static const char *judgement_of(const struct view *view, const struct part *part)
{
    const struct standard *standard = view->evaluation->standard;
    for (size_t i = 0; i < standard->judged.count; i++) {
        const struct given *given = view_score(view, i);
        if (standard->judged.items[i]->criterion == part && given->state == GIVEN_VALUE) {
            const char *score = str_print("%s %s", say(SAY_JUDGED, view->lang),
                                          values_points(&given->value, true, view->lang));
            return given->remark == NULL ? score
                                         : say_with(SAY_SENTENCE, view->lang, score, given->remark, NULL);
        }
    }
    return "";
}

/* What a statement without a condition was worked out from. */
static const char *value_behind(const struct view *view, const struct ledger_line *line)
{
    const struct line *statement = line->line;
    const char *value = explain_compared(view, statement->cases.items, statement->cases.count);
    if (value == NULL && statement->points != NULL) {
        value = explain_telling(view, statement->points);
    }
    return value != NULL ? value : facts_of(view, line->facts, statement->points);
}

static const char *detail_of(const struct view *view, const struct part *part, const struct ledger_line *line,
                             bool earned)
{
    const struct line *statement = line->line;
    bool settled = statement->when == NULL || value_is_known(view_value(view, statement->when));
    bool held = (earned && settled) || statement->kind == LINE_DEDUCT || statement->kind == LINE_ZERO;
    if (statement->checks.count > 0) {
        return checks_of(view, statement, !held);
    }
    if (statement->when != NULL) {
        return conditions_of(view, statement->label, statement->when, !held);
    }
    const char *judgement = judgement_of(view, part);
    return *judgement != '\0' ? judgement : value_behind(view, line);
}

/* Of a bonus or penalty whose condition does not hold, or is open. */
static const char *condition_text(const struct view *view, const struct part *part)
{
    const struct ir_node *when = part->when;
    const struct value *holds = when != NULL ? view_value(view, when) : NULL;
    if (holds == NULL || value_is_yes(holds)) {
        return NULL;
    }
    const char *conditions = conditions_of(view, NULL, when, true);
    return say_with(value_is_known(holds) ? SAY_ON_CONDITION : SAY_ON_OPEN_CONDITION, view->lang, conditions,
                    NULL);
}

const char *reason_part(const struct view *view, const struct part *part)
{
    const char *name = view_part_name(part);
    bool skipped = value_is_yes(view_value(view, part->skipped));
    return skipped ? say_with(SAY_SKIPPED, view->lang, name, NULL) : name;
}

const char *reason_line(const struct view *view, const struct part *part, const struct ledger_line *line,
                        bool earned)
{
    if (line->part != NULL) {
        return reason_part(view, line->part);
    }
    const char *condition = line->line == NULL && line->part == NULL ? condition_text(view, part) : NULL;
    if (condition != NULL) {
        return condition;
    }
    if (line->line == NULL) {
        return say(reason_word(line->reason, earned), view->lang);
    }
    const char *label = label_of(view, line->line), *detail = detail_of(view, part, line, earned);
    const char *text = labelled(view, label, detail);
    return *text != '\0' ? text : reason_source(view, line->line);
}

/* ---------------------------------------------------------------- skipped, open */

static const char *skip_line_of(const struct view *view, const struct part *part)
{
    for (size_t i = 0; i < part->lines.count; i++) {
        const struct line *line = part->lines.items[i];
        if (line->kind == LINE_SKIP && value_is_yes(view_value(view, line->when))) {
            return reason_source(view, line);
        }
    }
    return NULL;
}

static const char *na_facts_of(const struct view *view, const struct ir_node *node)
{
    struct read_facts reads = evaluation_reads(view->evaluation, view->context, node);
    struct texts texts = {0};
    for (size_t i = 0; i < reads.count; i++) {
        if (value_is_na(&view_fact(view, reads.slots[i])->value)) {
            add_text(&texts,
                     say_with(SAY_IS_NOT_APPLICABLE, view->lang, view_fact_name(view, reads.slots[i]), NULL));
        }
    }
    return some_of(texts.list.items, texts.list.count, view->lang);
}

const char *reason_skipped(const struct view *view, const struct part *part)
{
    const char *reason = skip_line_of(view, part);
    if (reason == NULL && part->parts.count > 0) {
        reason = say(SAY_SKIPPED_INSIDE, view->lang);
    }
    if (reason == NULL && part->raw != NULL) {
        reason = na_facts_of(view, part->raw);
    }
    return reason != NULL && *reason != '\0' ? say_with(SAY_SKIPPED, view->lang, reason, NULL)
                                             : say(SAY_SKIPPED_PLAIN, view->lang);
}

/* What lacks its evidence. */
static void add_unproven(const struct view_open *open, struct texts *texts, enum lang lang)
{
    const char *names = some_of(open->unproven.items, open->unproven.count, lang);
    add_text(texts, open->unproven.count > 0 ? say_with(SAY_NO_EVIDENCE, lang, names, NULL) : NULL);
}

static void add_open(const struct view *view, const struct ir_node *node, struct texts *texts)
{
    struct view_open open = view_open_of(view, node);
    enum lang lang = view->lang;
    const char *names = some_of(open.names.items, open.names.count, lang);
    add_text(texts, open.names.count > 0 ? say_with(SAY_OPEN_FACTS, lang, names, NULL) : NULL);
    add_unproven(&open, texts, lang);
}

const char *reason_open(const struct view *view, const struct ir_node *node)
{
    struct view_open open = view_open_of(view, node);
    struct texts texts = {0};
    add_text(&texts, some_of(open.names.items, open.names.count, view->lang));
    add_unproven(&open, &texts, view->lang);
    return joined(texts.list.items, texts.list.count, say(SAY_CLAUSE_STOP, view->lang));
}

/* ---------------------------------------------------------------- the whole line */

/* "+2" of what was earned, "−2" of what was lost. */
static const char *points_of(const struct value *points, bool earned)
{
    struct num number = value_point(points);
    bool plus = (num_sign(number) > 0) == earned;
    return str_print("%s%s", plus ? "+" : "−", values_number(num_abs(number)));
}

/* Of a group the parts inside have their own lines; what was done to their sum stays to be said. */
static bool is_said(const struct part *part, const struct ledger_line *line)
{
    bool inside = line->part != NULL || !value_is_point(&line->points);
    return !inside && (part->parts.count == 0 || line->line != NULL);
}

/* A full-width bracket is blank enough. */
static const char *with_points(const char *text, const char *points)
{
    static const char bracket[] = "）";
    size_t length = strlen(text), tail = strlen(bracket);
    bool closed = length >= tail && strcmp(text + length - tail, bracket) == 0;
    return str_print("%s%s%s", text, closed ? "" : " ", points);
}

static void add_ledger(const struct view *view, const struct part *part, struct texts *texts)
{
    struct ledger ledger = ledger_of(view->evaluation, view->context, part);
    bool counts = view_is_fault_part(part) || part->kind == PART_BONUS ||
                  (part->parent != NULL && part->parent->kind == PART_BONUS);
    const struct ledger_line *lines = counts ? ledger.earned : ledger.lost;
    size_t count = counts ? ledger.earned_count : ledger.lost_count;
    for (size_t i = 0; i < count; i++) {
        if (!is_said(part, &lines[i])) {
            continue;
        }
        add_text(texts, with_points(reason_line(view, part, &lines[i], counts),
                                    points_of(&lines[i].points, counts)));
    }
}

/* What a weighted part adds: "56.25% × 40 = 22.5". */
static void add_weighted(const struct view *view, const struct part *part, struct texts *texts)
{
    const struct value *rate = view_value(view, part->rate);
    if (!part->has_weight || !value_is_point(rate)) {
        return;
    }
    struct num worth = view_worth(view->evaluation->standard, part);
    add_text(texts, say_with(SAY_WEIGHTED, view->lang, values_percent(value_point(rate)),
                             values_number(worth), values_number(num_mul(value_point(rate), worth)), NULL));
}

const char *reason_of(const struct view *view, const struct part *part)
{
    struct texts texts = {0};
    const struct value *skipped = view_value(view, part->skipped);
    if (value_is_yes(skipped)) {
        return reason_skipped(view, part);
    }
    bool is_leaf = part->parts.count == 0;
    if (!value_is_no(skipped) && is_leaf) {
        add_text(&texts, say(SAY_OPEN_APPLIES, view->lang));
    }
    add_weighted(view, part, &texts);
    add_text(&texts, condition_text(view, part));
    add_ledger(view, part, &texts);
    if (is_leaf && !value_is_known(view_value(view, part->score))) {
        add_open(view, part->score, &texts);
    }
    return joined(texts.list.items, texts.list.count, say(SAY_CLAUSE_STOP, view->lang));
}
