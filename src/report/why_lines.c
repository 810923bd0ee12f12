#include "report/why_lines.h"
#include <string.h>
#include "base/mem.h"
#include "report/outcome.h"
#include "report/values.h"

enum {
    HEAD_WIDTH = 13,
    QUOTE_CELLS = 400,
    QUOTE_LINES = 20,
    SHOWN_CELLS = 60,
    POINTS_WIDTH = 8,
    WORDS_CELLS = 200,
    INDENT = 2,
    GAP = 2
};

void why_head(const struct why *why, const char *name, const char *path, const char *result)
{
    page_text(why->page, INK_BOLD, name);
    if (path != NULL && strcmp(path, name) != 0) {
        page_text(why->page, INK_DIM, str_print("  %s", path));
    }
    page_end(why->page);
    page_paragraph(why->page, 0, INK_BOLD, result);
}

static size_t head_width(const char *head)
{
    size_t cells = page_width(head) + GAP;
    return cells > HEAD_WIDTH ? cells : HEAD_WIDTH;
}

void why_step(const struct why *why, const char *head, const char *text)
{
    page_entry(why->page, 0, head, head_width(head), INK_PLAIN, text);
}

void why_remark(const struct why *why, enum say head, const char *text)
{
    if (text != NULL) {
        why_step(why, say(head, why->view.lang), text);
    }
}

static size_t blanks_before(const char *text, size_t length)
{
    size_t count = 0;
    while (count < length && (text[count] == ' ' || text[count] == '\t')) {
        count++;
    }
    return count;
}

/* The lines that a span stands on, from its start to its end, set in as much less as its first line is. */
static void quote_lines(const struct why *why, struct span span)
{
    struct span end = {span.source, span.end, span.end};
    size_t first = source_line(span), last = source_line(end), length;
    const char *head = source_line_text(span.source, first, &length);
    size_t margin = blanks_before(head, length);
    for (size_t line = first; line <= last && line < first + QUOTE_LINES; line++) {
        const char *text = source_line_text(span.source, line, &length);
        size_t from =
            line == first ? span.start - span.source->line_starts[line - 1] : blanks_before(text, length);
        size_t to = line == last ? span.end - span.source->line_starts[line - 1] : length;
        size_t cut = line == first || from < margin ? from : margin;
        page_blanks(why->page, INDENT + (line == first ? 0 : from - cut));
        page_text(why->page, INK_PLAIN, to > from ? mem_text(text + from, to - from) : "");
        page_end(why->page);
    }
    if (last >= first + QUOTE_LINES) {
        page_paragraph(why->page, INDENT, INK_DIM, "…");
    }
}

void why_quote(const struct why *why, struct span span, bool whole)
{
    page_end(why->page);
    page_text(why->page, INK_DIM, view_place(span));
    page_end(why->page);
    if (whole && span.source != NULL) {
        quote_lines(why, span);
    } else {
        page_paragraph(why->page, INDENT, INK_PLAIN, view_words(span, QUOTE_CELLS));
    }
}

/* ---------------------------------------------------------------- conditions */

static const char *truth_word(const struct why *why, const struct value *value)
{
    enum say word = value->nothing_else   ? SAY_NOT_APPLICABLE
                    : value_is_yes(value) ? SAY_YES
                    : value_is_no(value)  ? SAY_NO
                                          : SAY_UNKNOWN;
    return say(word, why->view.lang);
}

static size_t truth_width(const struct why *why)
{
    static const enum say words[] = {SAY_YES, SAY_NO, SAY_UNKNOWN, SAY_NOT_APPLICABLE};
    size_t width = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t cells = page_width(say(words[i], why->view.lang));
        width = cells > width ? cells : width;
    }
    return width + GAP;
}

/* A condition behind its truth; `holds` NULL: `otherwise`, which needs none. */
static void write_truth(const struct why *why, const struct value *holds, const char *text)
{
    size_t width = truth_width(why), start = INDENT * 2 + width;
    const char *word = holds != NULL ? truth_word(why, holds) : say(SAY_YES, why->view.lang);
    page_blanks(why->page, INDENT * 2);
    page_text(why->page, holds != NULL ? outcome_ink(holds) : INK_GOOD, word);
    page_blanks(why->page, width - page_width(word));
    struct page_lines lines = page_wrap(text, why->page->width > start + 20 ? why->page->width - start : 20);
    for (size_t i = 0; i < lines.list.count; i++) {
        page_blanks(why->page, i > 0 ? start : 0);
        page_text(why->page, INK_PLAIN, lines.list.items[i]);
        page_end(why->page);
    }
}

void why_leaves(const struct why *why, const struct explain_leaves *leaves)
{
    for (size_t i = 0; i < leaves->list.count; i++) {
        const struct explain_leaf *leaf = &leaves->list.items[i];
        write_truth(why, view_value(&why->view, leaf->node),
                    explain_written(&why->view, leaf->node, leaf->wanted));
    }
}

void why_checks(const struct why *why, const struct check *checks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct value *holds = checks[i].when != NULL ? view_value(&why->view, checks[i].when) : NULL;
        const char *words = view_words(checks[i].span, WORDS_CELLS), *label = checks[i].label;
        bool said = label == NULL || strstr(words, label) != NULL;
        write_truth(why, holds, said ? words : str_print("%s   %s", words, label));
    }
}

/* ---------------------------------------------------------------- facts */

/* Pieces of a line; one that does not fit begins the next, further in. */
struct pieces {
    VEC(const char *) list;
};

static void add_piece(struct pieces *pieces, const char *text)
{
    if (text != NULL && *text != '\0') {
        vec_push(&pieces->list, text);
    }
}

static void write_pieces(const struct why *why, const struct pieces *pieces)
{
    static const char gap[] = "   ";
    struct str line = {0};
    size_t indent = INDENT * 2;
    for (size_t i = 0; i < pieces->list.count; i++) {
        const char *piece = pieces->list.items[i];
        size_t cells = page_width(str_text(&line)) + strlen(gap) + page_width(piece);
        if (line.length > 0 && indent + cells > why->page->width) {
            page_paragraph(why->page, indent, INK_DIM, str_text(&line));
            line = (struct str){0};
            indent = INDENT * 3;
        }
        str_add(&line, line.length > 0 ? gap : "");
        str_add(&line, piece);
    }
    page_paragraph(why->page, indent, INK_DIM, str_text(&line));
}

/* As the author wrote it, unless the program can say more: the share that parts come to, the rows of a table. */
static const char *value_as_given(const struct why *why, size_t slot)
{
    const struct given *given = view_fact(&why->view, slot);
    const struct field *field = &why->view.evaluation->standard->facts.items[slot]->field;
    bool entered =
        given->state == GIVEN_VALUE || given->state == GIVEN_UNKNOWN || given->state == GIVEN_UNPROVEN;
    bool worked = given->has_parts || field->type.kind == TYPE_TABLE;
    bool as_written = entered && given->shown != NULL && (!worked || given->state == GIVEN_UNPROVEN);
    return as_written ? page_cut(given->shown, SHOWN_CELLS)
                      : values_given(field, given, false, why->view.lang);
}

static const char *state_of(const struct why *why, const struct given *given)
{
    enum lang lang = why->view.lang;
    switch (given->state) {
    case GIVEN_NOTHING: return say(SAY_NOT_REPORTED, lang);
    case GIVEN_ASSUMED: return say(SAY_ASSUMED_VALUE, lang);
    case GIVEN_UNPROVEN: return say(SAY_LACKS_EVIDENCE, lang);
    case GIVEN_UNKNOWN: return given->value.kind == VALUE_SEQUENCE ? say(SAY_CELLS_UNKNOWN, lang) : NULL;
    case GIVEN_VALUE: return NULL;
    }
    return NULL;
}

static void add_papers(const struct why *why, const struct given *given, struct pieces *pieces)
{
    enum lang lang = why->view.lang;
    if (given->evidence != NULL) {
        add_piece(pieces, say_with(SAY_SENTENCE, lang, say(SAY_EVIDENCE, lang), given->evidence, NULL));
    }
    if (given->remark != NULL) {
        add_piece(pieces, say_with(SAY_SENTENCE, lang, say(SAY_REMARK, lang), given->remark, NULL));
    }
}

static void write_fact(const struct why *why, size_t slot)
{
    const struct given *given = view_fact(&why->view, slot);
    const struct field *field = &why->view.evaluation->standard->facts.items[slot]->field;
    struct pieces pieces = {0};
    add_piece(&pieces, str_print("%s = %s", field->name, value_as_given(why, slot)));
    add_piece(&pieces, view_place(given->state == GIVEN_NOTHING ? field->span : given->span));
    add_piece(&pieces, state_of(why, given));
    add_papers(why, given, &pieces);
    write_pieces(why, &pieces);
}

/* What the units of the cohort come to, and how many they are; then the unit's own part in it. */
static void write_figure(const struct why *why, const struct cohort_figure *figure)
{
    const struct view *view = &why->view;
    const struct ir_node *own = view->evaluation->standard->cohort.operands.items[figure->operand].node;
    struct pieces pieces = {0};
    add_piece(&pieces, say_with(SAY_IS, view->lang, explain_name(view, figure->node),
                                explain_value(view, figure->node, NULL), NULL));
    add_piece(&pieces, view_units(view));
    add_piece(&pieces, say_with(SAY_THIS_UNIT, view->lang, explain_value(view, own, NULL), NULL));
    write_pieces(why, &pieces);
}

static void write_figures(const struct why *why, const struct ir_node *a, const struct ir_node *b)
{
    const struct cohort_figure *figures = why->view.evaluation->standard->cohort.figures.items;
    struct read_figures first = a != NULL ? view_figures(&why->view, a) : (struct read_figures){0},
                        second = b != NULL ? view_figures(&why->view, b) : (struct read_figures){0};
    for (size_t i = 0; i < first.count; i++) {
        write_figure(why, &figures[first.places[i]]);
    }
    for (size_t i = 0; i < second.count; i++) {
        bool told = false;
        for (size_t k = 0; k < first.count; k++) {
            told = told || first.places[k] == second.places[i];
        }
        if (!told) {
            write_figure(why, &figures[second.places[i]]);
        }
    }
}

static bool stands_in(struct span inner, struct span outer)
{
    return inner.source == outer.source && inner.start >= outer.start && inner.end <= outer.end;
}

static void write_score(const struct why *why, const struct judged *judged, const struct given *given)
{
    enum lang lang = why->view.lang;
    bool entered = given->state == GIVEN_VALUE;
    struct pieces pieces = {0};
    const char *value = entered ? values_points(&given->value, true, lang) : say(SAY_UNKNOWN, lang);
    add_piece(&pieces, say_with(SAY_SCORE_ENTRY, lang, judged->criterion->path, value, NULL));
    add_piece(&pieces, entered ? view_place(given->span) : say(SAY_NOT_ENTERED, lang));
    add_piece(&pieces, judged->authority != NULL ? say_with(SAY_BY, lang, judged->authority, NULL) : NULL);
    add_papers(why, given, &pieces);
    write_pieces(why, &pieces);
}

void why_scores(const struct why *why, const struct part *part, struct span statement)
{
    const struct standard *standard = why->view.evaluation->standard;
    for (size_t i = 0; i < standard->judged.count; i++) {
        const struct judged *judged = standard->judged.items[i];
        if (judged->criterion == part && stands_in(judged->span, statement)) {
            write_score(why, judged, view_score(&why->view, i));
            return;
        }
    }
}

void why_facts(const struct why *why, const struct ir_node *a, const struct ir_node *b)
{
    size_t count = why->view.evaluation->standard->facts.count;
    bool *read = mem_alloc_plain(count + 1);
    const struct ir_node *const nodes[] = {a, b};
    for (size_t n = 0; n < 2; n++) {
        if (nodes[n] == NULL) {
            continue;
        }
        struct read_facts reads = view_reads(&why->view, nodes[n]);
        for (size_t i = 0; i < reads.count; i++) {
            read[reads.slots[i]] = true;
        }
    }
    for (size_t slot = 0; slot < count; slot++) {
        if (read[slot]) {
            write_fact(why, slot);
        }
    }
    write_figures(why, a, b);
}

/* ---------------------------------------------------------------- results */

const char *why_worked(const struct why *why, const struct ir_node *node)
{
    const char *sum = explain_sum(&why->view, node);
    const char *value = explain_value(&why->view, node, NULL);
    return sum != NULL ? str_print("%s = %s", sum, value) : value;
}

void why_result(const struct why *why, enum say what, const struct ir_node *node)
{
    page_paragraph(why->page, INDENT * 2, INK_BOLD,
                   say_with(what, why->view.lang, why_worked(why, node), NULL));
}

const char *why_points(const struct why *why, const struct value *points)
{
    struct value number = value_is_na(points) ? *points : value_without_na(*points);
    const char *text = values_points(&number, true, why->view.lang);
    return text[0] == '-' ? values_minus(text) : text;
}

void why_rows(const struct why *why, const struct why_rows *rows)
{
    size_t width = POINTS_WIDTH;
    for (size_t i = 0; i < rows->list.count; i++) {
        size_t cells = page_width(rows->list.items[i].points) + GAP;
        width = cells > width ? cells : width;
    }
    for (size_t i = 0; i < rows->list.count; i++) {
        page_entry(why->page, INDENT, rows->list.items[i].points, width, INK_PLAIN, rows->list.items[i].text);
    }
}
