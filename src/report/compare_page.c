/* The comparison of two columns for a terminal or a printer. */
#include <string.h>
#include "report/changes.h"
#include "report/grid.h"
#include "report/outcome.h"
#include "report/points.h"
#include "report/reason.h"
#include "report/sheet.h"
#include "report/values.h"

enum { GAP = 2, INDENT = 2, WORDS_LINES = 6, HEAD_MAX = 36 };

/* The cap, both columns, their difference, under a mix what it comes to. */
enum { CAP, EARLIER, LATER, DIFFERENCE, MIXED };

static const char OUTER[] = "*", NO_NUMBER[] = "–";

struct table {
    const struct comparison *comparison;
    struct view mix; /* context: the mix */
    struct grid grid;
    bool mixed, outer;
};

static enum lang lang_of(const struct table *table)
{
    return table->comparison->later.lang;
}

/* ---------------------------------------------------------------- differences */

static const char *signed_number(struct num number, bool exactly)
{
    const char *text = exactly ? values_number(num_abs(number)) : num_show(num_abs(number), 2);
    int sign = num_sign(number);
    return sign == 0 ? text : str_print("%s%s", sign < 0 ? "−" : "+", text);
}

static const char *signed_cut(struct cut cut, bool exactly)
{
    return cut.infinite != 0 ? (cut.infinite < 0 ? "−∞" : "+∞") : signed_number(cut.at, exactly);
}

/* "−4", "−4 – +1"; `taken`: points of a penalty, which count the other way. */
static const char *difference_text(struct table *table, const struct contrast *contrast, bool exactly,
                                   bool taken)
{
    const struct value *value = &contrast->difference;
    if (value_is_na(value)) {
        return NO_NUMBER;
    }
    struct range range = taken ? range_neg(value->range) : value->range;
    const char *low = signed_cut(range.low, exactly);
    if (range_is_point(range)) {
        return low;
    }
    table->outer |= !contrast->exact;
    return str_print("%s – %s%s", low, signed_cut(range.high, exactly), contrast->exact ? "" : OUTER);
}

static enum ink difference_ink(const struct table *table, const struct contrast *contrast, bool taken)
{
    const struct value *value = &contrast->difference;
    if (!value_is_point(value)) {
        return INK_OPEN;
    }
    int sign = num_sign(value_point(value));
    bool faults = table->comparison->later.evaluation->standard->better_lower;
    return sign == 0 ? INK_PLAIN : (sign > 0) != (taken || faults) ? INK_GOOD : INK_BAD;
}

/* ---------------------------------------------------------------- rows */

/* What the points of a part do to the total: those of a bonus add, those of a penalty are taken. */
static enum part_kind effect_of(const struct part *part)
{
    for (const struct part *at = part; at != NULL; at = at->parent) {
        if (at->kind == PART_BONUS || at->kind == PART_PENALTY) {
            return at->kind;
        }
    }
    return PART_CRITERION;
}

static void set_points(struct table *table, struct grid_row *row, size_t column, const struct view *view,
                       const struct compared *compared)
{
    const char *text = points_text(view, compared->node, compared->part == NULL, &table->outer);
    enum ink known = row->ink == INK_BOLD || column == LATER ? INK_PLAIN : INK_DIM;
    row->numbers[column] = compared->part != NULL ? points_signed(text, effect_of(compared->part)) : text;
    row->inks[column] = points_ink(view_value(view, compared->node), known);
}

static struct grid_row row_of(struct table *table, const struct compared *compared, const char *name,
                              enum ink ink)
{
    const struct comparison *comparison = table->comparison;
    const struct part *part = compared->part;
    struct grid_row row = grid_row_new(&table->grid, name, 0, ink);
    bool taken = part != NULL && effect_of(part) == PART_PENALTY;
    bool exactly = part != NULL || compared->node->op == IR_ROUND;
    struct num cap = part != NULL ? part->cap : comparison->later.evaluation->standard->total;
    row.numbers[CAP] = part == NULL || part->has_cap ? values_number(cap) : "";
    row.inks[CAP] = INK_DIM;
    set_points(table, &row, EARLIER, &comparison->earlier, compared);
    set_points(table, &row, LATER, &comparison->later, compared);
    row.numbers[DIFFERENCE] = difference_text(table, &compared->contrast, exactly, taken);
    row.inks[DIFFERENCE] = difference_ink(table, &compared->contrast, taken);
    if (table->mixed) {
        set_points(table, &row, MIXED, &table->mix, compared);
    }
    return row;
}

/* ---------------------------------------------------------------- why */

static const char *in_column(const struct table *table, const struct view *view, const char *text)
{
    return say_with(SAY_SENTENCE, view->lang, compare_column(table->comparison, view), text, NULL);
}

/* What each column waits for; what both wait for is said once. */
static void add_open(const struct table *table, const struct compared *compared, struct grid_row *row)
{
    const struct view *views[] = {&table->comparison->earlier, &table->comparison->later};
    const char *texts[2];
    enum lang lang = lang_of(table);
    for (size_t i = 0; i < 2; i++) {
        bool known = value_is_known(view_value(views[i], compared->node));
        texts[i] = known ? "" : reason_open(views[i], compared->node);
    }
    bool alike = str_equal(texts[0], texts[1]);
    for (size_t i = alike ? 1 : 0; i < 2; i++) {
        const char *column = compare_column(table->comparison, views[i]);
        if (*texts[i] != '\0') {
            vec_push(&row->words, alike ? say_with(SAY_OPEN_FACTS, lang, texts[i], NULL)
                                        : say_with(SAY_OPEN_IN, lang, column, texts[i], NULL));
        }
    }
}

/* Of a part that may not apply in one of the columns. */
static void add_skipped(const struct table *table, const struct compared *compared, struct grid_row *row)
{
    const struct view *views[] = {&table->comparison->earlier, &table->comparison->later};
    for (size_t i = 0; i < 2; i++) {
        const struct value *skipped = view_value(views[i], compared->part->skipped);
        if (value_is_yes(skipped)) {
            vec_push(&row->words, in_column(table, views[i], reason_skipped(views[i], compared->part)));
        } else if (!value_is_no(skipped)) {
            vec_push(&row->words, in_column(table, views[i], say(SAY_OPEN_APPLIES, lang_of(table))));
        }
    }
}

static void add_part(struct table *table, const struct compared *compared)
{
    bool group = compared->part->parts.count > 0;
    struct grid_row row =
        row_of(table, compared, view_part_name(compared->part), group ? INK_BOLD : INK_PLAIN);
    for (size_t i = 0; i < compared->because.list.count; i++) {
        vec_push(&row.words, change_text(table->comparison, compared->because.list.items[i], compared->part));
    }
    add_skipped(table, compared, &row);
    if (!value_is_point(&compared->contrast.difference)) {
        add_open(table, compared, &row);
    }
    vec_push(&table->grid.rows, row);
}

/* ---------------------------------------------------------------- tables */

static struct table table_new(const struct comparison *comparison, enum say words)
{
    const struct evaluation *evaluation = comparison->later.evaluation;
    struct table table = {.comparison = comparison, .mixed = evaluation->standard->mixed};
    enum lang lang = comparison->later.lang;
    table.mix = view_in(&comparison->later, evaluation->contexts - 1);
    table.grid = grid_new(table.mixed ? MIXED + 1 : MIXED);
    table.grid.name_head = say(SAY_ITEM, lang);
    table.grid.words_head = words == SAY_CHANGED ? say(words, lang) : "";
    table.grid.words_lines = WORDS_LINES;
    for (size_t i = 0; i < table.grid.columns; i++) {
        table.grid.head_inks[i] = i == LATER ? INK_BOLD : INK_DIM;
    }
    table.grid.heads[CAP] = say(SAY_CAP, lang);
    table.grid.heads[EARLIER] = compare_column(comparison, &comparison->earlier);
    table.grid.heads[LATER] = compare_column(comparison, &comparison->later);
    table.grid.heads[DIFFERENCE] = say(SAY_DIFFERENCE, lang);
    if (table.mixed) {
        table.grid.heads[MIXED] = say(SAY_FINAL, lang);
    }
    return table;
}

/* True: some range is marked as only an outer one. */
static bool write_parts(struct page *page, const struct comparison *comparison)
{
    struct table table = table_new(comparison, SAY_CHANGED);
    for (size_t i = 0; i < comparison->parts.list.count; i++) {
        add_part(&table, &comparison->parts.list.items[i]);
    }
    page_end(page);
    if (comparison->parts.list.count > 0) {
        grid_write(page, &table.grid);
    } else {
        page_paragraph(page, 0, INK_PLAIN, say(SAY_SCORES_SAME, comparison->later.lang));
    }
    return table.outer;
}

static bool write_totals(struct page *page, const struct comparison *comparison)
{
    struct table table = table_new(comparison, SAY_ITEM);
    enum lang lang = comparison->later.lang;
    for (size_t i = 0; i < comparison->sections.list.count; i++) {
        const struct compared *section = &comparison->sections.list.items[i];
        struct grid_row row = row_of(&table, section, view_part_name(section->part), INK_PLAIN);
        if (section->part->has_weight) {
            vec_push(&row.words, say_with(SAY_WEIGHT, lang, values_percent(section->part->weight), NULL));
        }
        vec_push(&table.grid.rows, row);
    }
    bool ruled = table.grid.rows.count > 0;
    struct grid_row total = row_of(&table, &comparison->total, say(SAY_TOTAL, lang), INK_BOLD);
    struct grid_row subtotal = row_of(&table, &comparison->subtotal, say(SAY_SUBTOTAL, lang), INK_PLAIN);
    bool two = !str_equal(subtotal.numbers[EARLIER], total.numbers[EARLIER]) ||
               !str_equal(subtotal.numbers[LATER], total.numbers[LATER]);
    subtotal.ruled = ruled && two;
    total.ruled = ruled && !two;
    if (two) {
        vec_push(&table.grid.rows, subtotal);
    }
    vec_push(&table.grid.rows, total);
    page_end(page);
    grid_write(page, &table.grid);
    if (!value_is_known(&comparison->total.contrast.difference)) {
        page_end(page);
        page_paragraph(page, 0, INK_OPEN, say(SAY_TOTALS_OPEN, lang));
    }
    return table.outer;
}

/* ---------------------------------------------------------------- lists */

static void write_idle(struct page *page, const struct comparison *comparison)
{
    const struct view *view = &comparison->later;
    if (comparison->idle.list.count == 0) {
        return;
    }
    page_end(page);
    page_paragraph(page, 0, INK_PLAIN,
                   say_with(SAY_IDLE, view->lang, compare_column(comparison, view), NULL));
    for (size_t i = 0; i < comparison->idle.list.count; i++) {
        page_paragraph(page, INDENT, INK_PLAIN,
                       change_text(comparison, comparison->idle.list.items[i], NULL));
    }
}

static void write_aparts(struct page *page, const struct comparison *comparison)
{
    enum lang lang = comparison->later.lang;
    size_t width = 0;
    if (comparison->aparts.list.count == 0) {
        return;
    }
    page_end(page);
    page_paragraph(page, 0, INK_OPEN, say(SAY_FURTHER_APART, lang));
    for (size_t i = 0; i < comparison->aparts.list.count; i++) {
        size_t cells = page_width(view_part_name(comparison->aparts.list.items[i].judged->criterion));
        width = cells > width && cells <= HEAD_MAX ? cells : width;
    }
    for (size_t i = 0; i < comparison->aparts.list.count; i++) {
        const struct apart *apart = &comparison->aparts.list.items[i];
        const char *text = say_with(SAY_APART, lang, values_points(&apart->before->value, true, lang),
                                    values_points(&apart->score->value, true, lang),
                                    values_number(apart->distance), values_number(apart->allowed), NULL);
        page_entry(page, INDENT, page_cut(view_part_name(apart->judged->criterion), HEAD_MAX), width + GAP,
                   INK_PLAIN, text);
    }
}

/* ---------------------------------------------------------------- outcomes */

/* An outcome in words, for a column or the mix. */
typedef const char *outcome_of(const struct view *view, const struct outcome *outcome);

struct outcome_row {
    const char *name, *text;
};

struct outcome_rows {
    VEC(struct outcome_row) list;
};

static const char *grade_of(const struct view *view, const struct outcome *outcome)
{
    (void)outcome;
    return outcome_grade(view);
}

static const char *eligible_of(const struct view *view, const struct outcome *outcome)
{
    (void)outcome;
    return outcome_eligible(view);
}

/* Where an outcome is the same in both columns, there is nothing to compare. */
static void add_outcome(struct outcome_rows *rows, const struct comparison *comparison,
                        struct outcome_row row, const struct ir_node *node, const struct outcome *outcome,
                        outcome_of *text)
{
    const struct view *earlier = &comparison->earlier, *later = &comparison->later;
    const struct evaluation *evaluation = later->evaluation;
    if (node == NULL || value_equal(view_value(earlier, node), view_value(later, node))) {
        return;
    }
    row.text = str_print("%s → %s", text(earlier, outcome), text(later, outcome));
    if (evaluation->standard->mixed) {
        struct view mix = view_in(later, evaluation->contexts - 1);
        const char *final =
            say_with(SAY_SENTENCE, later->lang, say(SAY_FINAL, later->lang), text(&mix, outcome), NULL);
        row.text = str_print("%s%s%s", row.text, say(SAY_CLAUSE_STOP, later->lang), final);
    }
    vec_push(&rows->list, row);
}

static struct outcome_rows outcome_rows_of(const struct comparison *comparison)
{
    const struct standard *standard = comparison->later.evaluation->standard;
    enum lang lang = comparison->later.lang;
    struct outcome_rows rows = {0};
    struct outcome_row grade = {say(SAY_GRADE, lang), NULL}, eligible = {say(SAY_ELIGIBLE, lang), NULL};
    add_outcome(&rows, comparison, grade, standard->grade, NULL, grade_of);
    add_outcome(&rows, comparison, eligible, standard->eligible, NULL, eligible_of);
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        struct outcome_row row = {page_cut(outcome_name(outcome), HEAD_MAX), NULL};
        if (outcome->kind == OUTCOME_QUALIFIES) {
            add_outcome(&rows, comparison, row, outcome->holds, outcome, outcome_qualifies);
        }
    }
    return rows;
}

static void write_outcomes(struct page *page, const struct comparison *comparison)
{
    struct outcome_rows rows = outcome_rows_of(comparison);
    size_t width = 0;
    for (size_t i = 0; i < rows.list.count; i++) {
        size_t cells = page_width(rows.list.items[i].name);
        width = cells > width ? cells : width;
    }
    if (rows.list.count > 0) {
        page_end(page);
    }
    for (size_t i = 0; i < rows.list.count; i++) {
        page_entry(page, 0, rows.list.items[i].name, width + GAP, INK_PLAIN, rows.list.items[i].text);
    }
}

/* ---------------------------------------------------------------- the whole */

static void write_title(struct page *page, const struct comparison *comparison)
{
    enum lang lang = comparison->later.lang;
    const char *earlier = compare_column(comparison, &comparison->earlier);
    const char *later = compare_column(comparison, &comparison->later);
    page_paragraph(page, 0, INK_BOLD, say_with(SAY_COMPARED, lang, earlier, later, NULL));
    if (comparison->later.evaluation->unit->reviews[comparison->later.context].by == NULL) {
        page_paragraph(page, 0, INK_PLAIN, say_with(SAY_NO_REVIEW, lang, later, earlier, NULL));
    }
}

void compare_write(struct page *page, const struct comparison *comparison)
{
    bool scored = comparison->total.node != NULL;
    sheet_head(page, &comparison->later);
    write_title(page, comparison);
    bool outer = scored && write_parts(page, comparison);
    write_idle(page, comparison);
    write_aparts(page, comparison);
    outer |= scored && write_totals(page, comparison);
    write_outcomes(page, comparison);
    if (outer) {
        page_end(page);
        page_paragraph(page, 0, INK_DIM, say(SAY_OUTER_MARK, comparison->later.lang));
    }
}
