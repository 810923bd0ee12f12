#include "report/compare.h"
#include <stdlib.h>
#include "base/mem.h"
#include "report/changed.h"

/* ---------------------------------------------------------------- what was entered */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && str_equal(a, b));
}

/* What lacks its evidence counts as unknown whatever was written. */
static bool is_restated(const struct given *before, const struct given *after)
{
    bool written = after->state != GIVEN_UNPROVEN || same_text(before->shown, after->shown);
    return before->state == after->state && changed_same_value(&before->value, &after->value) && written;
}

static void add_change(struct comparison *comparison, bool score, size_t slot, const struct given *before,
                       const struct given *after)
{
    bool entered = after->column == comparison->later.context;
    if (!entered && before->state == after->state) {
        return;
    }
    struct change *change = MEM_NEW(struct change);
    *change = (struct change){score, slot, before, after, entered, is_restated(before, after)};
    vec_push(&comparison->changes.list, change);
}

static void find_changes(struct comparison *comparison)
{
    const struct standard *standard = comparison->later.evaluation->standard;
    for (size_t i = 0; i < standard->facts.count; i++) {
        add_change(comparison, false, i, view_fact(&comparison->earlier, i),
                   view_fact(&comparison->later, i));
    }
    for (size_t i = 0; i < standard->judged.count; i++) {
        if (unit_is_first_score(standard, i)) {
            add_change(comparison, true, i, view_score(&comparison->earlier, i),
                       view_score(&comparison->later, i));
        }
    }
}

/* ---------------------------------------------------------------- which of it a score hangs on */

/* Slots that were needed in either column. */
static bool reads(const struct read_facts *slots, size_t slot)
{
    for (size_t i = 0; i < slots->count; i++) {
        if (slots->slots[i] == slot) {
            return true;
        }
    }
    return false;
}

/* A section is asked only what its own statements read: the parts inside have lines of their own. */
static struct read_facts facts_read(const struct view *view, const struct compared *compared)
{
    bool group = compared->part != NULL && compared->part->parts.count > 0;
    return group ? view_reads(view, compared->node)
                 : evaluation_reads(view->evaluation, view->context, compared->node);
}

static struct read_facts scores_read(const struct view *view, const struct compared *compared)
{
    bool group = compared->part != NULL && compared->part->parts.count > 0;
    return group ? (struct read_facts){NULL, 0}
                 : evaluation_scores(view->evaluation, view->context, compared->node);
}

/* A judged score is read at one of the places where its criterion is judged. */
static bool reads_score(const struct standard *standard, const struct read_facts *scores, size_t slot)
{
    for (size_t i = slot; i < standard->judged.count; i++) {
        if (standard->judged.items[i]->criterion == standard->judged.items[slot]->criterion &&
            reads(scores, i)) {
            return true;
        }
    }
    return false;
}

static void find_because(const struct comparison *comparison, struct compared *compared)
{
    const struct view *views[] = {&comparison->earlier, &comparison->later};
    const struct standard *standard = comparison->later.evaluation->standard;
    struct read_facts facts[2], scores[2];
    for (size_t i = 0; i < 2; i++) {
        facts[i] = facts_read(views[i], compared);
        scores[i] = scores_read(views[i], compared);
    }
    for (size_t i = 0; i < comparison->changes.list.count; i++) {
        const struct change *change = comparison->changes.list.items[i];
        bool read = change->score ? reads_score(standard, &scores[0], change->slot) ||
                                        reads_score(standard, &scores[1], change->slot)
                                  : reads(&facts[0], change->slot) || reads(&facts[1], change->slot);
        if (read && !change->restated) {
            vec_push(&compared->because.list, change);
        }
    }
}

/* ---------------------------------------------------------------- which scores differ */

static bool is_zero(const struct value *value)
{
    return value_is_point(value) && num_sign(value_point(value)) == 0;
}

static bool differs(const struct comparison *comparison, const struct compared *compared)
{
    const struct value *before = view_value(&comparison->earlier, compared->node);
    const struct value *after = view_value(&comparison->later, compared->node);
    bool na = value_is_na(before) && value_is_na(after);
    return !compared->contrast.alike && !na && !is_zero(&compared->contrast.difference);
}

/* Points, or without end. */
struct size {
    bool infinite;
    struct num points;
};

static struct size size_of_value(const struct value *value)
{
    if (value->kind != VALUE_NUMBER || value->nothing_else) {
        return (struct size){false, num_int(0)};
    }
    struct num low = num_abs(value->range.low.at), high = num_abs(value->range.high.at);
    return (struct size){value->range.low.infinite != 0 || value->range.high.infinite != 0,
                         num_max(low, high)};
}

/* Of what applies in one column alone, the score that it has there. */
static struct size size_of(const struct comparison *comparison, const struct compared *compared)
{
    if (!value_is_na(&compared->contrast.difference)) {
        return size_of_value(&compared->contrast.difference);
    }
    struct size before = size_of_value(view_value(&comparison->earlier, compared->node));
    struct size after = size_of_value(view_value(&comparison->later, compared->node));
    return (struct size){before.infinite || after.infinite, num_max(before.points, after.points)};
}

struct sized {
    struct size size;
    size_t place;
    struct compared compared;
};

static int larger_first(const void *a, const void *b)
{
    const struct sized *left = a, *right = b;
    if (left->size.infinite != right->size.infinite) {
        return left->size.infinite ? -1 : 1;
    }
    int order = num_compare(right->size.points, left->size.points);
    return order != 0 ? order : (left->place > right->place) - (left->place < right->place);
}

static void sort_parts(const struct comparison *comparison, struct compared_list *parts)
{
    size_t count = parts->list.count;
    struct sized *sized = MEM_ARRAY(struct sized, count + 1);
    for (size_t i = 0; i < count; i++) {
        sized[i] = (struct sized){size_of(comparison, &parts->list.items[i]), i, parts->list.items[i]};
    }
    qsort(sized, count, sizeof *sized, larger_first);
    for (size_t i = 0; i < count; i++) {
        parts->list.items[i] = sized[i].compared;
    }
}

static void keep_part(struct comparison *comparison, struct compared compared)
{
    bool group = compared.part->parts.count > 0;
    find_because(comparison, &compared);
    if (!group || compared.because.list.count > 0) {
        vec_push(&comparison->parts.list, compared);
    }
    if (group && (compared.part->parent == NULL || compared.part->parent->kind == PART_STANDARD)) {
        vec_push(&comparison->sections.list, compared);
    }
}

/* ---------------------------------------------------------------- the whole */

struct asked {
    VEC(const struct ir_node *) list;
    VEC(const struct part *) parts; /* of the first ones */
};

static struct asked asked_of(const struct standard *standard)
{
    struct asked nodes = {0};
    for (size_t i = 0; i < standard->parts_by_path.count; i++) {
        const struct part *part = standard->parts_by_path.entries[i].value;
        if (part->kind != PART_STANDARD) {
            vec_push(&nodes.parts, part);
            vec_push(&nodes.list, part->score);
        }
    }
    if (standard->scored) {
        vec_push(&nodes.list, standard->subtotal);
        vec_push(&nodes.list, standard->total_node);
    }
    return nodes;
}

static void find_scores(struct comparison *comparison, const struct call *call)
{
    const struct evaluation *evaluation = comparison->later.evaluation;
    struct asked nodes = asked_of(evaluation->standard);
    struct contrast_columns columns = {comparison->earlier.context, comparison->later.context};
    const struct contrast *contrasts =
        contrast_of(evaluation, call, columns, nodes.list.items, nodes.list.count);
    for (size_t i = 0; i < nodes.parts.count; i++) {
        struct compared compared = {
            .part = nodes.parts.items[i], .node = nodes.list.items[i], .contrast = contrasts[i]};
        if (differs(comparison, &compared)) {
            keep_part(comparison, compared);
        }
    }
    if (evaluation->standard->scored) {
        size_t at = nodes.parts.count;
        comparison->subtotal = (struct compared){.node = nodes.list.items[at], .contrast = contrasts[at]};
        comparison->total =
            (struct compared){.node = nodes.list.items[at + 1], .contrast = contrasts[at + 1]};
    }
    sort_parts(comparison, &comparison->parts);
}

static bool is_named(const struct comparison *comparison, const struct change *change)
{
    for (size_t i = 0; i < comparison->parts.list.count; i++) {
        const struct changes *because = &comparison->parts.list.items[i].because;
        for (size_t k = 0; k < because->list.count; k++) {
            if (because->list.items[k] == change) {
                return true;
            }
        }
    }
    return false;
}

struct comparison compare_columns(const struct view *view, const struct call *call, size_t later)
{
    struct comparison comparison = {.earlier = view_in(view, later - 1), .later = view_in(view, later)};
    const struct unit *unit = view->evaluation->unit;
    find_changes(&comparison);
    find_scores(&comparison, call);
    for (size_t i = 0; i < comparison.changes.list.count; i++) {
        if (!is_named(&comparison, comparison.changes.list.items[i])) {
            vec_push(&comparison.idle.list, comparison.changes.list.items[i]);
        }
    }
    comparison.aparts = apart_find(view->evaluation->standard, unit->scores, later);
    return comparison;
}

const char *compare_column(const struct comparison *comparison, const struct view *of)
{
    return view_column_name(&comparison->later, of->context);
}
