#include "report/fact_list.h"
#include <string.h>
#include "base/utf8.h"
#include "report/changed.h"
#include "report/say.h"
#include "report/values.h"

enum { INDENT = 2, GAP = 2, NAME_MAX = 30 };

/* ---------------------------------------------------------------- one fact */

/* In the column that is looked at. */
static const struct given *given_of(const struct view *view, bool score, size_t slot)
{
    return score ? view_score(view, slot) : view_fact(view, slot);
}

static bool is_changed(const struct view *view, const struct unit *loaded, bool score, size_t slot)
{
    size_t column = view_is_mixed(view) ? loaded->columns - 1 : view->context;
    const struct given *before = &(score ? loaded->scores : loaded->facts)[column][slot];
    return !changed_same(before, given_of(view, score, slot));
}

static const char *origin_of(const struct view *view, const struct unit *loaded, bool score, size_t slot)
{
    const struct given *given = given_of(view, score, slot);
    enum lang lang = view->lang;
    if (is_changed(view, loaded, score, slot)) {
        return say(SAY_FACTS_CHANGED, lang);
    }
    switch (given->state) {
    case GIVEN_NOTHING: return "";
    case GIVEN_ASSUMED: return say(SAY_ASSUMED_VALUE, lang);
    case GIVEN_UNPROVEN:
        return say_with(SAY_SENTENCE, lang, view_place(given->span), say(SAY_LACKS_EVIDENCE, lang), NULL);
    case GIVEN_VALUE:
    case GIVEN_UNKNOWN: break;
    }
    return view_place(given->span);
}

const char *fact_list_value(const struct view *view, const struct unit *loaded, bool score, size_t slot)
{
    const struct standard *standard = view->evaluation->standard;
    struct changed_entry entry = {score, slot, view->context, NULL, NULL};
    const struct given *given = given_of(view, score, slot);
    const char *value = score ? changed_given(standard, &entry, given, view->lang)
                              : values_given(&standard->facts.items[slot]->field, given, false, view->lang);
    const char *origin = origin_of(view, loaded, score, slot);
    return *origin != '\0' ? str_print("%s   %s", value, origin) : value;
}

static bool contains(const char *text, const char *wanted)
{
    return text != NULL && strstr(utf8_casefold(text), utf8_casefold(wanted)) != NULL;
}

/* ---------------------------------------------------------------- the list */

struct row {
    const char *group, *name, *text;
    enum ink ink;
};

struct rows {
    VEC(struct row) list;
};

static enum ink ink_of(const struct view *view, const struct unit *loaded, bool score, size_t slot)
{
    const struct given *given = given_of(view, score, slot);
    bool known = given->state == GIVEN_VALUE || given->state == GIVEN_ASSUMED;
    return is_changed(view, loaded, score, slot) ? INK_BOLD : known ? INK_PLAIN : INK_OPEN;
}

static const char *labelled(const char *label, const char *name, const char *value, enum lang lang)
{
    return label != NULL && strcmp(label, name) != 0 ? say_with(SAY_FACTS_VALUE, lang, label, value, NULL)
                                                     : value;
}

static void add_fact(struct rows *rows, const struct view *view, const struct unit *loaded, size_t slot,
                     const char *text)
{
    const struct fact_declaration *fact = view->evaluation->standard->facts.items[slot];
    const struct field *field = &fact->field;
    if (!contains(field->name, text) && !contains(field->label, text) && !contains(fact->group, text)) {
        return;
    }
    const char *value =
        labelled(field->label, field->name, fact_list_value(view, loaded, false, slot), view->lang);
    vec_push(&rows->list, (struct row){fact->group, field->name, value, ink_of(view, loaded, false, slot)});
}

static void add_score(struct rows *rows, const struct view *view, const struct unit *loaded, size_t slot,
                      const char *text)
{
    const struct part *part = view->evaluation->standard->judged.items[slot]->criterion;
    const char *group = say(SAY_FACTS_SCORES, view->lang);
    if (!contains(part->path, text) && !contains(part->label, text) && !contains(group, text)) {
        return;
    }
    const char *value =
        labelled(part->label, part->path, fact_list_value(view, loaded, true, slot), view->lang);
    vec_push(&rows->list,
             (struct row){group, str_print(view->lang == LANG_ZH ? "得分 %s" : "score %s", part->path), value,
                          ink_of(view, loaded, true, slot)});
}

static size_t name_width(const struct rows *rows)
{
    size_t width = 0;
    for (size_t i = 0; i < rows->list.count; i++) {
        size_t cells = page_width(rows->list.items[i].name);
        width = cells > width && cells <= NAME_MAX ? cells : width;
    }
    return width + GAP;
}

static void write_rows(struct page *page, const struct rows *rows)
{
    const char *group = NULL;
    size_t width = name_width(rows);
    for (size_t i = 0; i < rows->list.count; i++) {
        const struct row *row = &rows->list.items[i];
        if (group == NULL || strcmp(group, row->group) != 0) {
            if (i > 0) {
                page_end(page);
            }
            group = row->group;
            page_paragraph(page, 0, INK_BOLD, group);
        }
        page_entry(page, INDENT, row->name, width, row->ink, row->text);
    }
}

bool fact_list_write(struct page *page, const struct view *view, const struct unit *loaded, const char *text)
{
    const struct standard *standard = view->evaluation->standard;
    struct rows rows = {0};
    for (size_t i = 0; i < standard->facts.count; i++) {
        add_fact(&rows, view, loaded, i, text);
    }
    for (size_t i = 0; i < standard->judged.count; i++) {
        if (unit_is_first_score(standard, i)) {
            add_score(&rows, view, loaded, i, text);
        }
    }
    write_rows(page, &rows);
    return rows.list.count > 0;
}

/* ---------------------------------------------------------------- unknown without effect */

static bool decides(const struct evaluation *evaluation, size_t slot)
{
    for (size_t i = 0; i < evaluation->deciding_count; i++) {
        if (evaluation->deciding[i].kind == DECIDES_FACT && evaluation->deciding[i].slot == slot) {
            return true;
        }
    }
    return false;
}

void fact_list_idle(struct page *page, const struct view *view)
{
    struct str names = {0};
    for (size_t i = 0; i < view->evaluation->standard->facts.count; i++) {
        const struct given *given = view_fact(view, i);
        bool known = given->state == GIVEN_VALUE || given->state == GIVEN_ASSUMED;
        if (!known && !decides(view->evaluation, i)) {
            str_item(&names, say(SAY_LIST_COMMA, view->lang), view_fact_key(view, i));
        }
    }
    if (names.length > 0) {
        page_paragraph(page, 0, INK_DIM, say_with(SAY_OPEN_IDLE, view->lang, str_text(&names), NULL));
    }
}
