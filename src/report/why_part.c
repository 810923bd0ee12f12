/* Derivations of criteria and sections. */
#include "report/why_part.h"
#include <string.h>
#include "report/reason.h"
#include "report/values.h"

enum { INDENT = 2 };

/* ---------------------------------------------------------------- lines as written */

static enum say zero_word(const struct value *holds)
{
    return value_is_yes(holds)                        ? SAY_WHOLE_LOST
           : value_is_no(holds) || value_is_na(holds) ? SAY_NOT_ZEROED
                                                      : SAY_ZERO_OPEN;
}

static enum say skip_word(const struct value *holds)
{
    return value_is_yes(holds)                        ? SAY_DOES_SKIP
           : value_is_no(holds) || value_is_na(holds) ? SAY_DOES_NOT_SKIP
                                                      : SAY_SKIP_OPEN;
}

static void write_effect(const struct why *why, const struct line *line)
{
    if (line->points != NULL) {
        why_result(why, line->kind == LINE_DEDUCT ? SAY_TAKES_AWAY : SAY_COMES_TO, line->points);
        return;
    }
    const struct value *holds = view_value(&why->view, line->when);
    enum say word = line->kind == LINE_ZERO ? zero_word(holds) : skip_word(holds);
    page_paragraph(why->page, INDENT * 2, INK_BOLD,
                   say_with(word, why->view.lang, reason_source(&why->view, line), NULL));
}

/* Cases are tried in order, as far as the one taken. */
static void write_cases(const struct why *why, const struct line *line)
{
    size_t count = 0;
    bool open = true;
    while (open && count < line->cases.count) {
        const struct check *at = &line->cases.items[count++];
        open = at->when != NULL && value_is_no(view_value(&why->view, at->when));
    }
    why_checks(why, line->cases.items, count);
}

static void write_conditions(const struct why *why, const struct line *line)
{
    struct explain_leaves leaves = {0};
    if (line->when != NULL) {
        leaves = explain_all(&why->view, line->when);
    } else if (line->points != NULL) {
        leaves = explain_choices(&why->view, line->points);
    }
    why_leaves(why, &leaves);
}

static void write_line(const struct why *why, const struct part *part, const struct line *line)
{
    why_quote(why, line->span, line->checks.count == 0 && line->cases.count == 0);
    if (line->checks.count > 0) {
        why_checks(why, line->checks.items, line->checks.count);
    } else if (line->cases.count > 0) {
        write_cases(why, line);
    } else {
        write_conditions(why, line);
    }
    why_facts(why, line->points, line->when);
    why_scores(why, part, line->span);
    write_effect(why, line);
}

/* ---------------------------------------------------------------- from the lines to the score */

static bool same_cut(struct cut a, struct cut b)
{
    return a.infinite == b.infinite && (a.infinite != 0 || num_equal(a.at, b.at));
}

static bool same(const struct why *why, const struct ir_node *a, const struct ir_node *b)
{
    const struct value *left = view_value(&why->view, a), *right = view_value(&why->view, b);
    if (left->kind == VALUE_NUMBER && right->kind == VALUE_NUMBER) {
        return same_cut(left->range.low, right->range.low) && same_cut(left->range.high, right->range.high);
    }
    return value_equal(left, right);
}

static const char *points_text(const struct why *why, const struct ir_node *node)
{
    return why_points(why, view_value(&why->view, node));
}

static void write_held(const struct why *why, const struct part *part)
{
    if (part->held != NULL && part->raw != NULL && !same(why, part->held, part->raw)) {
        const char *cap = part->has_cap ? values_number(part->cap) : "∞";
        why_step(why, say_with(SAY_AFTER_CAP, why->view.lang, cap, NULL), points_text(why, part->held));
    }
    const struct ir_node *before = part->held != NULL ? part->held : part->raw;
    if (before != NULL && !same(why, before, part->score)) {
        bool plain = value_is_na(view_value(&why->view, part->score)) || part->parts.count > 0;
        why_step(why, say(plain ? SAY_SCORE : SAY_AFTER_GRID, why->view.lang), points_text(why, part->score));
    }
}

/* What a weighted part adds to its parent. */
static void write_weight(const struct why *why, const struct part *part)
{
    const struct value *rate = view_value(&why->view, part->rate);
    if (!part->has_weight || !value_is_point(rate)) {
        return;
    }
    struct num worth = view_worth(why->view.evaluation->standard, part);
    why_step(why, say_with(SAY_WEIGHT, why->view.lang, values_percent(part->weight), NULL),
             say_with(SAY_WEIGHTED, why->view.lang, values_percent(value_point(rate)), values_number(worth),
                      values_number(num_mul(value_point(rate), worth)), NULL));
}

/* A single statement's result is the sum already. */
static bool is_summed(const struct part *part)
{
    size_t scoring = 0;
    for (size_t i = 0; i < part->lines.count; i++) {
        const struct line *line = part->lines.items[i];
        scoring += line->points != NULL ? (line->kind == LINE_EARN ? 1 : 2) : 0;
    }
    return scoring != 1;
}

static void write_steps(const struct why *why, const struct part *part)
{
    page_end(why->page);
    if (part->raw != NULL && is_summed(part)) {
        why_step(why, say(SAY_SUM_OF_LINES, why->view.lang), why_worked(why, part->raw));
    }
    write_held(why, part);
    if (part->due != NULL) {
        why_step(why, say(SAY_DUE, why->view.lang), points_text(why, part->due));
    }
    if (part->parts.count > 0 && !value_is_na(view_value(&why->view, part->rate))) {
        why_step(why, say(SAY_RATE, why->view.lang),
                 values_percentage(view_value(&why->view, part->rate), why->view.lang));
    }
    write_weight(why, part);
}

/* ---------------------------------------------------------------- ledgers */

static void write_ledger(const struct why *why, const struct part *part, enum say head,
                         const struct ledger_line *lines, size_t count, bool earned)
{
    if (count == 0) {
        return;
    }
    page_end(why->page);
    page_paragraph(why->page, 0, INK_BOLD, say(head, why->view.lang));
    struct why_rows rows = {0};
    for (size_t i = 0; i < count; i++) {
        const char *text = reason_line(&why->view, part, &lines[i], earned);
        vec_push(&rows.list, (struct why_row){why_points(why, &lines[i].points), text});
    }
    why_rows(why, &rows);
}

static void write_ledgers(const struct why *why, const struct part *part)
{
    struct ledger ledger = ledger_of(why->view.evaluation, why->view.context, part);
    bool faults = part->better_lower;
    bool extra = part->kind == PART_BONUS || part->kind == PART_PENALTY;
    enum say earned = faults ? SAY_FAULTS_COUNTED : SAY_EARNED, lost = faults ? SAY_FAULTS_AVOIDED : SAY_LOST;
    if (extra) {
        earned = part->kind == PART_BONUS ? SAY_ADDED : SAY_SUBTRACTED;
    }
    write_ledger(why, part, earned, ledger.earned, ledger.earned_count, true);
    if (!extra) {
        write_ledger(why, part, lost, ledger.lost, ledger.lost_count, false);
    }
}

/* ---------------------------------------------------------------- a part */

static void write_noted(const struct why *why, const struct part *part)
{
    static const enum say heads[] = {[NOTED_CITE] = SAY_CLAUSE,
                                     [NOTED_EVIDENCE] = SAY_EVIDENCE,
                                     [NOTED_NOTE] = SAY_NOTE,
                                     [NOTED_INTERPRETATION] = SAY_INTERPRETATION};
    why_remark(why, SAY_CLAUSE, part->cite);
    for (size_t i = 0; i < part->noted.count; i++) {
        const struct noted *noted = &part->noted.items[i];
        bool shown = noted->kind == NOTED_CITE && part->cite != NULL && strcmp(noted->text, part->cite) == 0;
        if (!shown) {
            why_remark(why, heads[noted->kind], noted->text);
        }
    }
}

static const char *result_text(const struct why *why, const struct part *part)
{
    if (value_is_yes(view_value(&why->view, part->skipped))) {
        return reason_skipped(&why->view, part);
    }
    const char *score = points_text(why, part->score);
    return part->has_cap ? say_with(SAY_WHY_SCORE, why->view.lang, score, values_number(part->cap), NULL)
                         : score;
}

static void write_inner(const struct why *why, const struct part *part)
{
    struct why_rows rows = {0};
    for (size_t i = 0; i < part->parts.count; i++) {
        const struct part *inner = part->parts.items[i];
        const char *text = str_print("%s  %s", view_part_name(inner), inner->path);
        vec_push(&rows.list, (struct why_row){result_text(why, inner), text});
    }
    page_end(why->page);
    why_rows(why, &rows);
}

static void write_in_column(const struct why *why, const struct part *part)
{
    if (part->parts.count > 0) {
        write_inner(why, part);
    }
    for (size_t i = 0; i < part->lines.count; i++) {
        write_line(why, part, part->lines.items[i]);
    }
    write_steps(why, part);
}

/* Under a mix each column has a derivation of its own. */
static void write_columns(const struct why *why, const struct part *part)
{
    const struct standard *standard = why->view.evaluation->standard;
    for (size_t i = 0; i < standard->columns.count; i++) {
        struct why column = {why->page, view_in(&why->view, i)};
        page_end(why->page);
        const char *name = view_column_name(&why->view, i),
                   *weight = values_percent(standard->columns.items[i].weight);
        page_paragraph(why->page, 0, INK_BOLD, str_print("%s  %s", name != NULL ? name : "", weight));
        write_in_column(&column, part);
    }
}

void why_part(const struct why *why, const struct part *part)
{
    why_head(why, view_part_name(part), part->path, result_text(why, part));
    write_noted(why, part);
    if (view_is_mixed(&why->view)) {
        write_columns(why, part);
    } else {
        write_in_column(why, part);
    }
    write_ledgers(why, part);
}
