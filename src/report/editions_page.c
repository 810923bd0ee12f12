/* For a person: first what is written otherwise, thing by thing, then what that does. */
#include <string.h>
#include "base/mem.h"
#include "report/editions.h"
#include "report/say.h"
#include "report/values.h"

enum { WORDS_LINES = 3, INDENT = 4, LINES_MAX = 8 };

/* ---------------------------------------------------------------- what is written otherwise */

static const char *words_of(const struct page *page, const struct ast *node)
{
    return page_cut(span_text(node->span), WORDS_LINES * (page->width - INDENT - 2));
}

static void write_words(struct page *page, enum ink ink, const char *mark, const char *words)
{
    page_entry(page, INDENT, mark, 2, ink, words);
}

static bool fit_a_line(const struct page *page, const char *a, const char *b)
{
    return INDENT + page_width(a) + 3 + page_width(b) <= page->width;
}

/* A clause that stands by itself is told as one. */
static const char *detail_words(const struct page *page, const struct ast *node, bool clause)
{
    const char *words = words_of(page, node);
    return clause && node->kind == AST_string ? str_print("cite %s", words) : words;
}

static void write_detail(struct page *page, const struct revision_detail *detail)
{
    const char *old = detail->old != NULL ? detail_words(page, detail->old, detail->clause) : NULL;
    const char *new = detail->new != NULL ? detail_words(page, detail->new, detail->clause) : NULL;
    if (old != NULL && new != NULL && fit_a_line(page, old, new)) {
        page_paragraph(page, INDENT, INK_PLAIN, str_print("%s → %s", old, new));
        return;
    }
    if (old != NULL) {
        write_words(page, INK_BAD, "−", old);
    }
    if (new != NULL) {
        write_words(page, INK_GOOD, "+", new);
    }
}

static const char *head_of(const struct revision *revision, enum lang lang)
{
    const char *thing = editions_thing(revision, lang);
    switch (revision->kind) {
    case REVISION_ADDED: return say_with(SAY_EDITIONS_ADDED, lang, thing, NULL);
    case REVISION_REPEALED: return say_with(SAY_EDITIONS_REPEALED, lang, thing, NULL);
    case REVISION_MOVED: return say_with(SAY_EDITIONS_MOVED, lang, thing, revision->from, NULL);
    case REVISION_CHANGED: break;
    }
    return thing;
}

static void write_revision(struct page *page, const struct revision *revision, enum lang lang)
{
    page_blanks(page, 2);
    page_text(page, INK_BOLD, head_of(revision, lang));
    if (revision->label != NULL && revision->kind != REVISION_ADDED &&
        !str_equal(revision->label, revision->path)) {
        page_blanks(page, 2);
        page_text(page, INK_PLAIN, revision->label);
    }
    if (revision->clause != NULL) {
        page_blanks(page, 2);
        page_text(page, INK_DIM, revision->clause);
    }
    page_end(page);
    if (revision->kind == REVISION_ADDED) {
        write_words(page, INK_GOOD, "+", words_of(page, revision->new));
    }
    for (size_t i = 0; i < revision->details.count; i++) {
        const struct revision_detail *detail = &revision->details.items[i];
        if (!detail->clause || revision->details.count == 1) { /* the clause stands above */
            write_detail(page, detail);
        }
    }
}

static void write_revisions(struct page *page, const struct editions_view *view)
{
    const struct revisions *revisions = view->impacts->revisions;
    page_end(page);
    page_text(page, INK_BOLD, say(SAY_EDITIONS_WRITTEN, view->lang));
    page_end(page);
    for (size_t i = 0; i < revisions->list.count; i++) {
        write_revision(page, &revisions->list.items[i], view->lang);
    }
    if (revisions->list.count == 0) {
        page_paragraph(page, 2, INK_PLAIN, say(SAY_EDITIONS_NOTHING, view->lang));
    }
}

/* ---------------------------------------------------------------- what it does */

static bool is_in(const char *line, const char *const *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(line, lines[i])) {
            return true;
        }
    }
    return false;
}

struct shown_lines {
    VEC(const char *) text, alone; /* `alone`: read by which edition; "" by both */
};

/* Of the lines of one edition, those that the other reads too, or those that it does not. */
static void add_lines(struct shown_lines *lines, const struct editions_view *view,
                      const struct impact_witness *witness, enum edition edition, bool shared)
{
    enum edition other = edition == EDITION_OLD ? EDITION_NEW : EDITION_OLD;
    const char *alone = say_with(SAY_EDITIONS_ALONE, view->lang, editions_name(view, edition), NULL);
    for (size_t i = 0; i < witness->telling[edition]; i++) {
        const char *line = witness->lines[edition].items[i];
        if (is_in(line, witness->lines[other].items, witness->lines[other].count) == shared) {
            vec_push(&lines->text, line);
            vec_push(&lines->alone, shared ? "" : alone);
        }
    }
}

/* A table stands on several lines. */
static void write_line(struct page *page, const char *line, const char *alone)
{
    for (bool first = true; *line != '\0'; first = false) {
        size_t length = strcspn(line, "\n");
        page_blanks(page, INDENT + 2);
        page_text(page, INK_PLAIN, mem_text(line, length));
        page_text(page, INK_DIM, first ? alone : "");
        page_end(page);
        line += length + (line[length] == '\n');
    }
}

static void write_lines(struct page *page, const struct editions_view *view,
                        const struct impact_witness *witness)
{
    struct shown_lines lines = {0};
    add_lines(&lines, view, witness, EDITION_OLD, false);
    add_lines(&lines, view, witness, EDITION_NEW, false);
    add_lines(&lines, view, witness, EDITION_NEW, true);
    size_t count = lines.text.count, shown = count > LINES_MAX ? LINES_MAX - 1 : count;
    size_t others = witness->lines[EDITION_NEW].count - witness->telling[EDITION_NEW];
    for (size_t i = 0; i < shown; i++) {
        write_line(page, lines.text.items[i], lines.alone.items[i]);
    }
    if (shown < count || others > 0) {
        const char *more = values_count((int64_t)(count - shown + others));
        page_paragraph(page, INDENT + 2, INK_DIM, say_with(SAY_EDITIONS_MORE_LINES, view->lang, more, NULL));
    }
}

static void write_witness(struct page *page, const struct editions_view *view, const struct subject *subject)
{
    const struct impact_witness *witness = subject->witness;
    if (witness->evaluation[EDITION_OLD] != NULL) {
        const char *old = editions_value(view, subject, EDITION_OLD, witness->evaluation[EDITION_OLD]);
        const char *new = editions_value(view, subject, EDITION_NEW, witness->evaluation[EDITION_NEW]);
        page_paragraph(page, INDENT, INK_PLAIN, say_with(SAY_EDITIONS_SHOWN, view->lang, old, new, NULL));
    } else {
        page_paragraph(page, INDENT, INK_PLAIN, say(SAY_EDITIONS_SHOWN_SET, view->lang));
    }
    write_lines(page, view, witness);
    for (size_t i = 0; i < witness->settings.count; i++) {
        page_blanks(page, INDENT + 2);
        page_text(page, INK_PLAIN, str_print("--set %s", witness->settings.items[i]));
        page_end(page);
    }
}

static void write_impact(struct page *page, const struct editions_view *view, const struct subject *subject)
{
    bool differs = subject->impact == IMPACT_DIFFERS;
    page_blanks(page, 2);
    page_text(page, INK_BOLD, editions_subject(view, subject));
    if (subject->label != NULL && !str_equal(subject->label, subject->path)) {
        page_blanks(page, 2);
        page_text(page, INK_DIM, subject->path);
    }
    if (!differs) {
        page_blanks(page, 2);
        page_text(page, INK_OPEN,
                  say(view->impacts->asked ? SAY_EDITIONS_OPEN_ASKED : SAY_EDITIONS_OPEN, view->lang));
    }
    page_end(page);
    const char *because = editions_because(view, subject);
    if (*because != '\0') {
        page_paragraph(page, INDENT, INK_DIM, say_with(SAY_EDITIONS_BECAUSE, view->lang, because, NULL));
    }
    if (differs) {
        write_witness(page, view, subject);
    }
}

/* A section of which a part is told needs no line of its own. */
static bool is_told(const struct impacts *impacts, const struct subject *subject)
{
    if (subject->impact != IMPACT_DIFFERS && subject->impact != IMPACT_OPEN) {
        return false;
    }
    for (size_t i = 0; subject->kind == SUBJECT_PART && i < impacts->list.count; i++) {
        const struct subject *inside = &impacts->list.items[i];
        const struct part *part = inside->part[EDITION_NEW], *old = inside->part[EDITION_OLD];
        bool stands_in = (part != NULL && part->parent == subject->part[EDITION_NEW]) ||
                         (old != NULL && old->parent == subject->part[EDITION_OLD]);
        if (stands_in && inside->impact != IMPACT_SAME) {
            return false;
        }
    }
    return true;
}

static bool is_proved(const struct editions_view *view, const struct part *part)
{
    for (size_t i = 0; part != NULL && i < view->impacts->list.count; i++) {
        const struct subject *subject = &view->impacts->list.items[i];
        if (subject->part[EDITION_NEW] == part) {
            return subject->impact == IMPACT_SAME;
        }
    }
    return false;
}

/* What an unchanged one is proved under; "": nothing. */
static const char *condition_of(const struct subject *subject, enum lang lang)
{
    struct str facts = {0};
    for (size_t i = 0; i < subject->reported.count; i++) {
        const struct reported_fact *fact = &subject->reported.items[i];
        str_item(&facts, say(SAY_LIST_COMMA, lang),
                 fact->evidence ? say_with(SAY_EDITIONS_EVIDENCE, lang, fact->name, NULL) : fact->name);
    }
    const char *list = str_text(&facts);
    if (subject->same_days) {
        return *list != '\0' ? say_with(SAY_EDITIONS_SAME_BOTH, lang, list, NULL)
                             : say(SAY_EDITIONS_SAME_DAYS, lang);
    }
    return *list != '\0' ? say_with(SAY_EDITIONS_SAME_TOLD, lang, list, NULL) : say(SAY_EDITIONS_SAME, lang);
}

struct proved {
    const char *condition;
    struct str list;
};

/* A section stands for all that is in it. */
static void write_proved(struct page *page, const struct editions_view *view)
{
    VEC(struct proved) groups = {0};
    for (size_t i = 0; i < view->impacts->list.count; i++) {
        const struct subject *subject = &view->impacts->list.items[i];
        bool within =
            subject->part[EDITION_NEW] != NULL && is_proved(view, subject->part[EDITION_NEW]->parent);
        if (subject->impact != IMPACT_SAME || within) {
            continue;
        }
        const char *condition = condition_of(subject, view->lang);
        size_t at = 0;
        while (at < groups.count && !str_equal(groups.items[at].condition, condition)) {
            at++;
        }
        if (at == groups.count) {
            vec_push(&groups, (struct proved){.condition = condition});
        }
        const char *name = subject->path != NULL ? subject->path : editions_subject(view, subject);
        str_item(&groups.items[at].list, say(SAY_LIST_COMMA, view->lang), name);
    }
    for (size_t i = 0; i < groups.count; i++) {
        struct proved *group = &groups.items[i];
        page_paragraph(page, 2, INK_GOOD,
                       say_with(SAY_SENTENCE, view->lang, group->condition, str_text(&group->list), NULL));
    }
}

static void write_impacts(struct page *page, const struct editions_view *view)
{
    const struct impacts *impacts = view->impacts;
    page_end(page);
    page_text(page, INK_BOLD, say(SAY_EDITIONS_DOES, view->lang));
    page_end(page);
    if (impacts->joint == NULL) {
        page_paragraph(page, 2, INK_PLAIN, say(SAY_EDITIONS_COLUMNS, view->lang));
        return;
    }
    for (size_t i = 0; i < impacts->list.count; i++) {
        if (is_told(impacts, &impacts->list.items[i])) {
            write_impact(page, view, &impacts->list.items[i]);
        }
    }
    write_proved(page, view);
}

/* … in common; or there is none at all. */
static bool have_a_part(const struct impacts *impacts)
{
    bool any = false;
    for (size_t i = 0; i < impacts->list.count; i++) {
        const struct subject *subject = &impacts->list.items[i];
        any = any || subject->kind == SUBJECT_PART;
        if (subject->part[EDITION_OLD] != NULL && subject->part[EDITION_NEW] != NULL) {
            return true;
        }
    }
    return !any;
}

void editions_write(struct page *page, const struct editions_view *view)
{
    const struct standard *new = view->impacts->standard[EDITION_NEW];
    page_text(page, INK_BOLD, new->label != NULL ? new->label : new->name);
    page_blanks(page, 2);
    page_text(page, INK_PLAIN,
              str_print("%s → %s", editions_name(view, EDITION_OLD), editions_name(view, EDITION_NEW)));
    page_end(page);
    if (!have_a_part(view->impacts)) {
        page_paragraph(page, 0, INK_BAD, say(SAY_EDITIONS_NO_EDITION, view->lang));
    }
    write_revisions(page, view);
    write_impacts(page, view);
}
