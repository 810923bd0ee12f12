#include "report/why_lines.h"
#include <string.h>
#include "base/mem.h"
#include "report/outcome.h"
#include "report/values.h"

enum { HEAD_WIDTH = 13, QUOTE_CELLS = 400, WORDS_CELLS = 200, INDENT = 2, GAP = 2 };

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

void why_quote(const struct why *why, struct span span)
{
    page_end(why->page);
    page_text(why->page, INK_DIM, view_place(span));
    page_end(why->page);
    page_paragraph(why->page, INDENT, INK_PLAIN, page_cut(span_text(span), QUOTE_CELLS));
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

static void add_with_gap(struct str *out, const char *text)
{
    if (text != NULL && *text != '\0') {
        str_add(out, "   ");
        str_add(out, text);
    }
}

static const char *value_as_given(const struct why *why, size_t slot)
{
    const struct given *given = view_fact(&why->view, slot);
    const struct field *field = &why->view.evaluation->standard->facts.items[slot]->field;
    bool worked = given->has_parts && given->state != GIVEN_UNPROVEN;
    if (given->state == GIVEN_NOTHING || given->state == GIVEN_ASSUMED || given->shown == NULL || worked) {
        return values_given(field, given, false, why->view.lang);
    }
    return view_words(given->span, 0)[0] == '\0' ? given->shown : page_cut(given->shown, 60);
}

static const char *state_of(const struct why *why, const struct given *given)
{
    enum lang lang = why->view.lang;
    switch (given->state) {
    case GIVEN_NOTHING: return say(SAY_NOT_REPORTED, lang);
    case GIVEN_ASSUMED: return say(SAY_ASSUMED_VALUE, lang);
    case GIVEN_UNPROVEN: return say(SAY_LACKS_EVIDENCE, lang);
    case GIVEN_VALUE:
    case GIVEN_UNKNOWN: return NULL;
    }
    return NULL;
}

static void write_fact(const struct why *why, size_t slot)
{
    const struct given *given = view_fact(&why->view, slot);
    const struct field *field = &why->view.evaluation->standard->facts.items[slot]->field;
    enum lang lang = why->view.lang;
    struct str line = {0};
    str_format(&line, "%s = %s", field->name, value_as_given(why, slot));
    add_with_gap(&line, view_place(given->state == GIVEN_NOTHING ? field->span : given->span));
    add_with_gap(&line, state_of(why, given));
    if (given->evidence != NULL) {
        add_with_gap(&line, say_with(SAY_SENTENCE, lang, say(SAY_EVIDENCE, lang), given->evidence, NULL));
    }
    if (given->remark != NULL) {
        add_with_gap(&line, say_with(SAY_SENTENCE, lang, say(SAY_REMARK, lang), given->remark, NULL));
    }
    page_paragraph(why->page, INDENT * 2, INK_DIM, str_text(&line));
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
