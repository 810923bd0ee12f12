#include "report/effect.h"
#include <string.h>
#include "report/changed.h"
#include "report/outcome.h"
#include "report/points.h"
#include "report/say.h"
#include "report/stages_words.h"
#include "report/values.h"

enum { INDENT = 2, GAP = 2 };

static const char ARROW[] = "→";

/* Two states, and the lines that tell how they differ. */
struct effect {
    struct page *page;
    const struct outlook *before, *after;
    enum lang lang;
    bool told;  /* something differs */
    bool outer; /* some range may be wider than the truth */
};

static const struct standard *standard_of(const struct outlook *outlook)
{
    return outlook->view.evaluation->standard;
}

static void tell(struct effect *it, enum ink ink, const char *text)
{
    page_paragraph(it->page, 0, ink, text);
    it->told = true;
}

static void tell_change(struct effect *it, const char *name, const char *before, const char *after,
                        enum ink ink)
{
    tell(it, ink, say_with(SAY_FROM_TO, it->lang, name, before, after, NULL));
}

/* ---------------------------------------------------------------- parts */

struct moved {
    const struct part *part;
    const char *before, *after;
};

struct moved_list {
    VEC(struct moved) list;
};

static const char *score_of(struct effect *it, const struct outlook *outlook, const struct part *part)
{
    const struct value *value = view_value(&outlook->view, part->score);
    const char *text = points_signed(points_text(&outlook->view, part->score, false, &it->outer), part->kind);
    return value->na && !value_is_na(value) ? say_with(SAY_OR_NOT_APPLICABLE, it->lang, text, NULL) : text;
}

static void add_moved(struct effect *it, struct moved_list *moved, const struct part *after)
{
    const struct part *before = map_find(&standard_of(it->before)->parts_by_path, after->path);
    if (after->parts.count > 0 || after->kind == PART_STANDARD || before == NULL) {
        return;
    }
    const struct value *was = view_value(&it->before->view, before->score);
    if (!changed_same_result(was, view_value(&it->after->view, after->score))) {
        vec_push(&moved->list,
                 (struct moved){after, score_of(it, it->before, before), score_of(it, it->after, after)});
    }
}

static struct moved_list find_moved(struct effect *it)
{
    const struct map *parts = &standard_of(it->after)->parts_by_path;
    struct moved_list moved = {0};
    for (size_t i = 0; i < parts->count; i++) {
        add_moved(it, &moved, parts->entries[i].value);
    }
    return moved;
}

static const char *moved_text(struct effect *it, const struct moved_list *moved)
{
    struct str text = {0};
    for (size_t i = 0; i < moved->list.count; i++) {
        const struct moved *one = &moved->list.items[i];
        str_item(&text, say(SAY_LIST_COMMA, it->lang),
                 say_with(SAY_FROM_TO, it->lang, one->part->path, one->before, one->after, NULL));
    }
    return str_text(&text);
}

static void tell_moved(struct effect *it, const struct moved_list *moved)
{
    size_t width = 0;
    for (size_t i = 0; i < moved->list.count; i++) {
        size_t cells = page_width(moved->list.items[i].part->path);
        width = cells > width ? cells : width;
    }
    for (size_t i = 0; i < moved->list.count; i++) {
        const struct moved *one = &moved->list.items[i];
        page_entry(it->page, INDENT, one->part->path, width + GAP, INK_PLAIN,
                   str_print("%s %s %s", one->before, ARROW, one->after));
    }
}

/* ---------------------------------------------------------------- totals */

/* "−4"; NULL where either is a range. */
static const char *difference(const struct value *before, const struct value *after)
{
    if (!value_is_point(before) || !value_is_point(after)) {
        return NULL;
    }
    struct num difference = num_sub(value_point(after), value_point(before));
    const char *points = num_show(num_abs(difference), 2);
    return num_sign(difference) < 0 ? values_minus(points) : str_print("+%s", points);
}

static bool differ(const struct effect *it, const struct ir_node *before, const struct ir_node *after)
{
    return !changed_same_result(view_value(&it->before->view, before), view_value(&it->after->view, after));
}

static enum ink ink_of(const struct effect *it, const struct ir_node *before, const struct ir_node *after)
{
    const struct value *was = view_value(&it->before->view, before),
                       *is = view_value(&it->after->view, after);
    if (!value_is_point(was) || !value_is_point(is)) {
        return INK_BOLD;
    }
    bool more = num_compare(value_point(is), value_point(was)) > 0;
    return more != standard_of(it->after)->better_lower ? INK_GOOD : INK_BAD;
}

/* "total 92 → 88 (−4: system.dues 4 → 0)", the parts below it where they are too many for its line. */
static void tell_total(struct effect *it, const struct ir_node *before, const struct ir_node *after)
{
    struct moved_list moved = find_moved(it);
    bool changed = differ(it, before, after);
    if (!changed && moved.list.count == 0) {
        return;
    }
    const char *was = points_text(&it->before->view, before, true, &it->outer);
    const char *is = points_text(&it->after->view, after, true, &it->outer),
               *name = say(SAY_EFFECT_TOTAL, it->lang);
    const char *head = changed ? say_with(SAY_FROM_TO, it->lang, name, was, is, NULL)
                               : say_with(SAY_EFFECT_STAYS, it->lang, name, is, NULL);
    const char *by = difference(view_value(&it->before->view, before), view_value(&it->after->view, after));
    by = changed ? by : NULL;
    const char *parts = moved_text(it, &moved);
    const char *all = by == NULL              ? parts
                      : moved.list.count == 0 ? by
                                              : say_with(SAY_EFFECT_DELTA, it->lang, by, parts, NULL);
    const char *line = *all != '\0' ? say_with(SAY_EFFECT_BECAUSE, it->lang, head, all, NULL) : head;
    enum ink ink = changed ? ink_of(it, before, after) : INK_PLAIN;
    if (moved.list.count <= 1 || page_width(line) <= it->page->width) {
        tell(it, ink, line);
        return;
    }
    tell(it, ink, by != NULL ? say_with(SAY_EFFECT_BECAUSE, it->lang, head, by, NULL) : head);
    tell_moved(it, &moved);
}

/* Where the total is not the sum alone. */
static void tell_subtotal(struct effect *it, const struct standard *before, const struct standard *after)
{
    const struct view *was = &it->before->view, *is = &it->after->view;
    bool two = after->subtotal != NULL &&
               (!value_equal(view_value(was, before->subtotal), view_value(was, before->total_node)) ||
                !value_equal(view_value(is, after->subtotal), view_value(is, after->total_node)));
    if (two && differ(it, before->subtotal, after->subtotal)) {
        tell_change(it, say(SAY_EFFECT_SUBTOTAL, it->lang),
                    points_text(was, before->subtotal, true, &it->outer),
                    points_text(is, after->subtotal, true, &it->outer), INK_PLAIN);
    }
}

/* ---------------------------------------------------------------- results */

static const char *truth_word(const struct value *value, enum lang lang)
{
    return value_is_yes(value)  ? say(SAY_YES, lang)
           : value_is_no(value) ? say(SAY_NO, lang)
                                : say(SAY_UNKNOWN, lang);
}

static const char *eligible_word(const struct value *value, enum lang lang)
{
    return value_is_yes(value)  ? say(SAY_ELIGIBLE_YES, lang)
           : value_is_no(value) ? say(SAY_ELIGIBLE_NO, lang)
                                : say(SAY_ELIGIBLE_UNKNOWN, lang);
}

static void tell_grade(struct effect *it, const struct standard *before, const struct standard *after)
{
    if (after->grade != NULL && differ(it, before->grade, after->grade)) {
        tell_change(it, say(SAY_EFFECT_GRADE, it->lang), outcome_grade(&it->before->view),
                    outcome_grade(&it->after->view), INK_BOLD);
    }
}

static void tell_eligible(struct effect *it, const struct standard *before, const struct standard *after)
{
    if (after->eligible != NULL && differ(it, before->eligible, after->eligible)) {
        const struct value *is = view_value(&it->after->view, after->eligible);
        tell_change(it, say(SAY_EFFECT_ELIGIBLE, it->lang),
                    eligible_word(view_value(&it->before->view, before->eligible), it->lang),
                    outcome_eligible(&it->after->view), outcome_ink(is));
    }
}

static void tell_qualifies(struct effect *it, const struct outcome *before, const struct outcome *after)
{
    if (after->kind == OUTCOME_QUALIFIES && differ(it, before->holds, after->holds)) {
        tell_change(it, outcome_name(after),
                    truth_word(view_value(&it->before->view, before->holds), it->lang),
                    outcome_qualifies(&it->after->view, after),
                    outcome_ink(view_value(&it->after->view, after->holds)));
    }
}

static void tell_show(struct effect *it, const struct show *before, const struct show *after)
{
    if (differ(it, before->value, after->value)) {
        const struct type *type = &after->value->type;
        tell_change(it, after->label != NULL ? after->label : after->name,
                    values_of(type, view_value(&it->before->view, before->value), it->lang),
                    values_of(type, view_value(&it->after->view, after->value), it->lang), INK_PLAIN);
    }
}

/* ---------------------------------------------------------------- stages */

static const struct step *same_step(const struct timeline *timeline, const struct step *step)
{
    for (size_t i = 0; i < timeline->steps.count; i++) {
        const struct step *other = &timeline->steps.items[i];
        if (other->place == step->place && other->year == step->year) {
            return other;
        }
    }
    return NULL;
}

/* On the timeline's own evaluation. */
static struct view stages_view(const struct outlook *outlook)
{
    struct view view = outlook->view;
    view.evaluation = outlook->timeline->evaluation;
    return view;
}

static void tell_stages(struct effect *it)
{
    const struct timeline *before = it->before->timeline, *after = it->after->timeline;
    struct view view_before = stages_view(it->before), view_after = stages_view(it->after);
    struct telling was = {&view_before, before}, is = {&view_after, after};
    for (size_t i = 0; i < after->steps.count; i++) {
        const struct step *step = &after->steps.items[i], *other = same_step(before, step);
        const char *now = stages_state(&is, step);
        const char *then = other != NULL ? stages_state(&was, other) : say(SAY_STATE_ABSENT, it->lang);
        if (strcmp(then, now) != 0) {
            tell(it, INK_PLAIN,
                 say_with(SAY_EFFECT_STAGE, it->lang, stages_step_name(&is, step), then, now, NULL));
        }
    }
}

static void tell_titles(struct effect *it)
{
    const struct timeline *before = it->before->timeline, *after = it->after->timeline;
    for (size_t i = 0; i < after->titles.count && i < before->titles.count; i++) {
        struct value then = value_truth(before->titles.items[i].truth),
                     now = value_truth(after->titles.items[i].truth);
        if (!value_equal(&then, &now)) {
            const char *name = stages_title_name(after->titles.items[i].title);
            tell_change(it, say_with(SAY_EFFECT_HELD, it->lang, name, NULL), truth_word(&then, it->lang),
                        truth_word(&now, it->lang), outcome_ink(&now));
        }
    }
}

/* ---------------------------------------------------------------- the whole */

static void tell_results(struct effect *it, const struct standard *before, const struct standard *after)
{
    tell_grade(it, before, after);
    tell_eligible(it, before, after);
    for (size_t i = 0; i < after->outcomes.count; i++) {
        tell_qualifies(it, before->outcomes.items[i], after->outcomes.items[i]);
    }
    for (size_t i = 0; i < after->shows.count; i++) {
        tell_show(it, &before->shows.items[i], &after->shows.items[i]);
    }
}

void effect_write(struct page *page, const struct outlook *before, const struct outlook *after)
{
    struct effect it = {.page = page, .before = before, .after = after, .lang = after->view.lang};
    const struct standard *was = standard_of(before), *is = standard_of(after);
    if (is->scored) {
        tell_total(&it, was->total_node, is->total_node);
        tell_subtotal(&it, was, is);
    }
    tell_results(&it, was, is);
    if (before->timeline != NULL && after->timeline != NULL) {
        tell_stages(&it);
        tell_titles(&it);
    }
    if (!it.told) {
        page_paragraph(page, 0, INK_DIM, say(SAY_EFFECT_NONE, it.lang));
    }
    if (it.outer) {
        page_paragraph(page, 0, INK_DIM, say(SAY_OUTER_MARK, it.lang));
    }
}
