#include "report/changed.h"
#include "report/say.h"
#include "report/values.h"

enum { WORDS_CELLS = 40 };

/* ---------------------------------------------------------------- the same */

static bool same_rows(const struct sequence *a, const struct sequence *b)
{
    if (a == b) {
        return true;
    }
    if (a->open || b->open || a->width != b->width || a->count != b->count) {
        return a->open && b->open && a->width == b->width && range_equal(a->extra, b->extra);
    }
    for (size_t i = 0; i < a->count * a->width; i++) {
        if (!changed_same_value(&a->cells[i], &b->cells[i])) {
            return false;
        }
    }
    return true;
}

bool changed_same_value(const struct value *a, const struct value *b)
{
    bool rows =
        a->kind == VALUE_SEQUENCE && b->kind == VALUE_SEQUENCE && !a->nothing_else && !b->nothing_else;
    return rows ? a->na == b->na && same_rows(a->sequence, b->sequence) : value_equal(a, b);
}

bool changed_same_result(const struct value *a, const struct value *b)
{
    return value_is_point(a) && value_is_point(b) ? num_equal(value_point(a), value_point(b))
                                                  : value_equal(a, b);
}

bool changed_same(const struct given *before, const struct given *after)
{
    bool parts = before->has_parts == after->has_parts &&
                 (!before->has_parts ||
                  (num_equal(before->part, after->part) && num_equal(before->whole, after->whole)));
    return before->state == after->state && parts && changed_same_value(&before->value, &after->value);
}

/* ---------------------------------------------------------------- finding */

/* Does the column before it show the same change? Then it was taken over. Where it shows none, this one was unproven alone. */
static bool follows(const struct given *const *before, const struct given *const *after, size_t column,
                    size_t slot)
{
    return column > 0 && after[column][slot].column < column && before[column][slot].column < column &&
           !changed_same(&before[column - 1][slot], &after[column - 1][slot]);
}

static void find(struct changed_entries *changed, const struct unit *before, const struct unit *after,
                 bool score, size_t slot)
{
    const struct given *const *was = score ? before->scores : before->facts, *const *is = score
                                                                                              ? after->scores
                                                                                              : after->facts;
    for (size_t column = 0; column < after->columns; column++) {
        const struct given *then = &was[column][slot], *now = &is[column][slot];
        if (!changed_same(then, now) && !follows(was, is, column, slot)) {
            vec_push(&changed->list, (struct changed_entry){score, slot, column, then, now});
        }
    }
}

struct changed_entries changed_find(const struct standard *standard, const struct unit *before,
                                    const struct unit *after)
{
    struct changed_entries changed = {0};
    for (size_t i = 0; i < standard->facts.count; i++) {
        find(&changed, before, after, false, i);
    }
    for (size_t i = 0; i < standard->judged.count; i++) {
        if (unit_is_first_score(standard, i)) {
            find(&changed, before, after, true, i);
        }
    }
    return changed;
}

/* ---------------------------------------------------------------- in words */

const char *changed_name(const struct standard *standard, const struct changed_entry *entry)
{
    return entry->score ? standard->judged.items[entry->slot]->criterion->path
                        : standard->facts.items[entry->slot]->field.name;
}

static const char *score_text(const struct given *given, enum lang lang)
{
    bool entered = given->state == GIVEN_VALUE;
    return entered ? values_points(&given->value, true, lang) : say(SAY_NOT_ENTERED, lang);
}

const char *changed_given(const struct standard *standard, const struct changed_entry *entry,
                          const struct given *given, enum lang lang)
{
    if (entry->score) {
        return score_text(given, lang);
    }
    const char *value = values_given(&standard->facts.items[entry->slot]->field, given, true, lang);
    const char *doubt = say_with(SAY_IN_BRACKETS, lang, say(SAY_LACKS_EVIDENCE, lang), NULL);
    return given->state == GIVEN_UNPROVEN ? str_print("%s%s", value, doubt) : value;
}

const char *changed_named(const struct view *view, const struct named_value *named)
{
    const struct ir_node *node = named->node;
    if (node->op == IR_SETTING && !value_is_known(view_value(view, node))) {
        return say(SAY_NOT_SET, view->lang);
    }
    bool written = named->threshold && node->op == IR_CONST && node->origin.source != NULL;
    return written ? view_words(node->origin, WORDS_CELLS)
                   : values_of(&node->type, view_value(view, node), view->lang);
}

const char *changed_text(const struct standard *standard, const struct changed_entry *entry, enum lang lang)
{
    const struct column *column = &standard->columns.items[entry->column];
    const char *name = changed_name(standard, entry),
               *title = column->label != NULL ? column->label : column->name;
    if (standard->columns.count > 1 && title != NULL) {
        name = str_print("%s%s", name, say_with(SAY_IN_BRACKETS, lang, title, NULL));
    }
    return say_with(SAY_FROM_TO, lang, name, changed_given(standard, entry, entry->before, lang),
                    changed_given(standard, entry, entry->after, lang), NULL);
}
