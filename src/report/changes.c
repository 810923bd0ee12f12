#include "report/changes.h"
#include "base/mem.h"
#include "report/say.h"
#include "report/values.h"

/* Rows told apart one by one in a table, and shown. */
enum { ROWS_TOLD = 2000, ROWS_SHOWN = 3 };

const char *change_evidence(const struct change *change)
{
    return change->entered && change->after->evidence != change->before->evidence ? change->after->evidence
                                                                                  : NULL;
}

const char *change_remark(const struct change *change)
{
    return change->entered ? change->after->remark : NULL;
}

/* ---------------------------------------------------------------- tables */

static const char *row_text(const struct type *type, const struct value *cells, enum lang lang)
{
    struct str out = {0};
    for (size_t i = 0; i < type->column_count; i++) {
        str_add(&out, i > 0 ? say(SAY_LIST_COMMA, lang) : "");
        str_add(&out, values_of(&type->columns[i].type, &cells[i], lang));
    }
    return str_text(&out);
}

static bool same_row(const struct value *a, const struct value *b, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        if (!value_equal(&a[i], &b[i])) {
            return false;
        }
    }
    return true;
}

/* The rows of `in` that `from` has not, a row for a row. */
static const char *rows_only_in(const struct type *type, const struct sequence *in,
                                const struct sequence *from, enum lang lang)
{
    bool *taken = mem_alloc_plain(from->count + 1);
    struct str out = {0};
    size_t count = 0;
    for (size_t i = 0; i < in->count; i++) {
        size_t k = 0;
        while (k < from->count &&
               (taken[k] || !same_row(&in->cells[i * in->width], &from->cells[k * in->width], in->width))) {
            k++;
        }
        taken[k] = true;
        if (k == from->count && count++ < ROWS_SHOWN) {
            str_add(&out, count > 1 ? say(SAY_CLAUSE_STOP, lang) : "");
            str_add(&out, row_text(type, &in->cells[i * in->width], lang));
        }
    }
    if (count > ROWS_SHOWN) {
        str_add(&out, say(SAY_CLAUSE_STOP, lang));
        size_t told = lang == LANG_ZH ? count : count - ROWS_SHOWN;
        str_add(&out, say_with(SAY_AND_MORE, lang, str_print("%zu", told), NULL));
    }
    return str_text(&out);
}

static bool are_rows(const struct given *given)
{
    const struct value *value = &given->value;
    return value->kind == VALUE_SEQUENCE && !value->nothing_else && !value->sequence->open &&
           value->sequence->count <= ROWS_TOLD;
}

static void add_detail(struct str *details, const char *text, enum lang lang)
{
    if (text != NULL && *text != '\0') {
        str_add(details, details->length > 0 ? say(SAY_CLAUSE_STOP, lang) : "");
        str_add(details, text);
    }
}

static void add_rows(const struct type *type, const struct change *change, struct str *details,
                     enum lang lang)
{
    if (type->kind != TYPE_TABLE || !are_rows(change->before) || !are_rows(change->after)) {
        return;
    }
    const struct sequence *before = change->before->value.sequence, *after = change->after->value.sequence;
    const char *gone = rows_only_in(type, before, after, lang),
               *fresh = rows_only_in(type, after, before, lang);
    add_detail(details, *gone != '\0' ? say_with(SAY_ROWS_GONE, lang, gone, NULL) : NULL, lang);
    add_detail(details, *fresh != '\0' ? say_with(SAY_ROWS_NEW, lang, fresh, NULL) : NULL, lang);
}

/* ---------------------------------------------------------------- values */

static const char *score_text(const struct given *given, enum lang lang)
{
    return given->state == GIVEN_VALUE     ? values_points(&given->value, true, lang)
           : given->state == GIVEN_NOTHING ? say(SAY_NOT_ENTERED, lang)
                                           : say(SAY_UNKNOWN, lang);
}

/* A table without evidence counts as unknown; it is not written out. */
static const char *fact_text(const struct field *field, const struct given *given, enum lang lang)
{
    if (given->state == GIVEN_NOTHING) {
        return say(SAY_NOT_REPORTED, lang);
    }
    if (given->state == GIVEN_UNPROVEN && field->type.kind == TYPE_TABLE) {
        return say(SAY_UNKNOWN, lang);
    }
    const char *value = values_given(field, given, true, lang);
    const char *assumed = say_with(SAY_IN_BRACKETS, lang, say(SAY_ASSUMED_VALUE, lang), NULL);
    return given->state == GIVEN_ASSUMED ? str_print("%s%s", value, assumed) : value;
}

static const char *from_to(const char *name, const char *from, const char *to, enum lang lang)
{
    return str_equal(from, to) ? say_with(SAY_AS_BEFORE, lang, name, to, NULL)
                               : say_with(SAY_FROM_TO, lang, name, from, to, NULL);
}

static const char *score_change(const struct comparison *comparison, const struct change *change,
                                const struct part *of)
{
    const struct view *view = &comparison->later;
    const struct part *part = view->evaluation->standard->judged.items[change->slot]->criterion;
    const char *name = part == of ? say(SAY_ASSESSORS_SCORE, view->lang) : view_part_name(part);
    return from_to(name, score_text(change->before, view->lang), score_text(change->after, view->lang),
                   view->lang);
}

static const char *fact_change(const struct comparison *comparison, const struct change *change)
{
    const struct view *view = &comparison->later;
    const struct field *field = &view->evaluation->standard->facts.items[change->slot]->field;
    const char *from = fact_text(field, change->before, view->lang),
               *to = fact_text(field, change->after, view->lang);
    bool rows = field->type.kind == TYPE_TABLE && !change->restated;
    return rows ? say_with(SAY_FROM_TO, view->lang, view_fact_name(view, change->slot), from, to, NULL)
                : from_to(view_fact_name(view, change->slot), from, to, view->lang);
}

const char *change_text(const struct comparison *comparison, const struct change *change,
                        const struct part *of)
{
    const struct view *view = &comparison->later;
    enum lang lang = view->lang;
    struct str details = {0};
    if (!change->score) {
        add_rows(&view->evaluation->standard->facts.items[change->slot]->field.type, change, &details, lang);
    }
    add_detail(&details, change->after->state == GIVEN_UNPROVEN ? say(SAY_LACKS_EVIDENCE, lang) : NULL, lang);
    add_detail(&details, change_remark(change), lang);
    const char *evidence = change_evidence(change);
    if (evidence != NULL) {
        add_detail(&details, say_with(SAY_SENTENCE, lang, say(SAY_EVIDENCE, lang), evidence, NULL), lang);
    }
    const char *text = change->score ? score_change(comparison, change, of) : fact_change(comparison, change);
    return details.length == 0
               ? text
               : str_print("%s%s", text, say_with(SAY_IN_BRACKETS, lang, str_text(&details), NULL));
}
