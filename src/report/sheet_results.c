/* Below the table: results, what left the denominator, what was assumed, what is open. */
#include <string.h>
#include "base/mem.h"
#include "report/outcome.h"
#include "report/say.h"
#include "report/sheet.h"
#include "report/values.h"

enum { HEAD_MAX = 36, GAP = 2, INDENT = 2, OPEN_MAX = 15 };

/* ---------------------------------------------------------------- results */

struct result {
    const char *head, *text;
    enum ink ink;
};

struct results {
    VEC(struct result) list;
};

static void add_result(struct results *results, const char *head, const char *text, enum ink ink)
{
    vec_push(&results->list, (struct result){page_cut(head, HEAD_MAX), text, ink});
}

static void add_grade(struct results *results, const struct view *view)
{
    const struct ir_node *grade = view->evaluation->standard->grade;
    if (grade != NULL) {
        enum ink ink = value_is_known(view_value(view, grade)) ? INK_BOLD : INK_OPEN;
        add_result(results, say(SAY_GRADE, view->lang), outcome_grade(view), ink);
    }
}

static void add_eligible(struct results *results, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    if (standard->eligible != NULL && outcome_has_gates(standard)) {
        enum ink ink = outcome_ink(view_value(view, standard->eligible));
        add_result(results, say(SAY_ELIGIBLE, view->lang), outcome_eligible(view), ink);
    }
}

static void add_qualifies(struct results *results, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (outcome->kind == OUTCOME_QUALIFIES) {
            enum ink ink = outcome_ink(view_value(view, outcome->holds));
            add_result(results, outcome_name(outcome), outcome_qualifies(view, outcome), ink);
        }
    }
}

static void add_shows(struct results *results, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    for (size_t i = 0; i < standard->shows.count; i++) {
        const struct show *show = &standard->shows.items[i];
        const struct value *value = view_value(view, show->value);
        add_result(results, show->label != NULL ? show->label : show->name,
                   values_of(&show->value->type, value, view->lang),
                   value_is_known(value) ? INK_PLAIN : INK_OPEN);
    }
}

void sheet_results(struct page *page, const struct view *view)
{
    struct results results = {0};
    add_grade(&results, view);
    add_eligible(&results, view);
    add_qualifies(&results, view);
    add_shows(&results, view);
    size_t width = 0;
    for (size_t i = 0; i < results.list.count; i++) {
        size_t cells = page_width(results.list.items[i].head);
        width = cells > width ? cells : width;
    }
    if (results.list.count > 0 && view->evaluation->standard->scored) {
        page_end(page);
    }
    for (size_t i = 0; i < results.list.count; i++) {
        const struct result *result = &results.list.items[i];
        page_entry(page, 0, result->head, width + GAP, result->ink, result->text);
    }
}

/* ---------------------------------------------------------------- remarks */

static void write_left_out(struct page *page, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    if (!standard->scored || standard->skipped_points == NULL) {
        return;
    }
    const struct value *points = view_value(view, standard->skipped_points);
    bool none = value_is_na(points) || (value_is_point(points) && num_sign(value_point(points)) == 0);
    if (none) {
        return;
    }
    page_end(page);
    const char *left_out = values_points(points, true, view->lang), *all = values_number(standard->offered);
    page_paragraph(page, 0, INK_PLAIN, say_with(SAY_LEFT_OUT, view->lang, left_out, all, NULL));
    if (value_is_na(view_value(view, standard->total_node))) {
        page_paragraph(page, 0, INK_PLAIN, say(SAY_NO_TOTAL, view->lang));
    }
}

static void write_assumed(struct page *page, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    struct str list = {0};
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct given *given = view_fact(view, i);
        if (given->state == GIVEN_ASSUMED) {
            const char *value = values_given(&standard->facts.items[i]->field, given, true, view->lang);
            str_add(&list, list.length > 0 ? say(SAY_CLAUSE_STOP, view->lang) : "");
            str_add(&list, say_with(SAY_IS, view->lang, view_fact_name(view, i), value, NULL));
        }
    }
    if (list.length > 0) {
        page_end(page);
        page_paragraph(
            page, 0, INK_PLAIN,
            say_with(SAY_SENTENCE, view->lang, say(SAY_ASSUMED, view->lang), str_text(&list), NULL));
    }
}

struct opening {
    const char *swing, *name, *key; /* key: as it is written in a facts file or on the command line */
};

static const char *swing_text(const struct deciding *deciding, enum lang lang)
{
    const struct cut high = deciding->swing.high;
    if (high.infinite == 0 && num_sign(high.at) == 0) {
        return say(SAY_SWING_NONE, lang);
    }
    return say_with(SAY_SWING, lang, high.infinite != 0 ? "∞" : values_number(high.at), NULL);
}

static struct opening opening_of(const struct view *view, const struct deciding *deciding)
{
    const struct standard *standard = view->evaluation->standard;
    struct opening opening = {.swing = swing_text(deciding, view->lang)};
    if (deciding->kind == DECIDES_FACT) {
        opening.name = view_fact_name(view, deciding->slot);
        opening.key = view_fact_key(view, deciding->slot);
    } else if (deciding->kind == DECIDES_SETTING) {
        opening.name = view_setting_name(view, deciding->slot);
        opening.key = view_setting_key(view, deciding->slot);
    } else {
        const struct part *part = standard->judged.items[deciding->slot]->criterion;
        opening.name = view_part_name(part);
        opening.key = str_print(view->lang == LANG_ZH ? "得分 %s" : "score %s", part->path);
    }
    return opening;
}

static void write_openings(struct page *page, const struct opening *openings, size_t count)
{
    size_t swings = 0;
    for (size_t i = 0; i < count; i++) {
        size_t cells = page_width(openings[i].swing);
        swings = cells > swings ? cells : swings;
    }
    for (size_t i = 0; i < count; i++) {
        const char *name = openings[i].name, *key = openings[i].key;
        const char *text = strcmp(name, key) == 0 ? name : str_print("%s  %s", name, key);
        page_entry(page, INDENT, openings[i].swing, swings + GAP, INK_PLAIN, text);
    }
}

void sheet_open(struct page *page, const struct view *view, size_t most)
{
    const struct evaluation *evaluation = view->evaluation;
    size_t count = evaluation->deciding_count < most ? evaluation->deciding_count : most;
    if (count == 0) {
        return;
    }
    struct opening *openings = MEM_ARRAY(struct opening, count);
    for (size_t i = 0; i < count; i++) {
        openings[i] = opening_of(view, &evaluation->deciding[i]);
    }
    page_paragraph(page, 0, INK_OPEN, say(SAY_DECIDE, view->lang));
    write_openings(page, openings, count);
    if (count < evaluation->deciding_count) {
        const char *more = str_print(
            "%zu", view->lang == LANG_ZH ? evaluation->deciding_count : evaluation->deciding_count - count);
        page_paragraph(page, INDENT, INK_DIM, say_with(SAY_AND_MORE, view->lang, more, NULL));
    }
}

void sheet_remarks(struct page *page, const struct view *view)
{
    write_left_out(page, view);
    write_assumed(page, view);
    if (view->evaluation->deciding_count > 0) {
        page_end(page);
        sheet_open(page, view, OPEN_MAX);
    }
}
