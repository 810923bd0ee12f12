#include "audit/example.h"
#include "base/date.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "facts/write.h"

static bool is_open(const struct hole *hole)
{
    return value_equal(&hole->now, &hole->domain) && !value_is_single(&hole->now);
}

static bool is_about(const struct example_holes *holes, size_t hole)
{
    return set_has(holes->on, hole) || set_has(holes->known, hole);
}

/* ---- numbers for open ends */

static const struct value *cell_of_point(const struct hole *hole, const struct value *point)
{
    for (size_t i = 0; i < hole->cell_count; i++)
        for (size_t k = hole->first_point[i]; k < hole->first_point[i + 1]; k++)
            if (value_equal(&hole->points[k], point))
                return &hole->cells[i];
    return NULL;
}

static bool can_write(const struct hole *hole, const struct value *value)
{
    static const struct type decimal = {.kind = TYPE_NUMBER};
    return write_can(hole->field ? &hole->field->type : &decimal, value);
}

static const struct value *cell_with(const struct hole *hole, struct num number)
{
    for (size_t i = 0; i < hole->cell_count; i++)
        if (value_has_range(&hole->cells[i]) && range_holds(hole->cells[i].range, number))
            return &hole->cells[i];
    return NULL;
}

/* In place of a number that cannot be written: a decimal in the same cell, or in the next one. */
static struct value decimal_beside(const struct hole *hole, struct num number, int way)
{
    const struct value *cell = cell_with(hole, number), *end = hole->cells + hole->cell_count;
    if (cell && range_is_point(cell->range) && (way > 0 ? cell + 1 < end : cell > hole->cells))
        cell += way;
    if (!cell || !value_has_range(cell))
        return value_number(number);
    struct cut cut = way > 0 ? cell->range.high : cell->range.low;
    struct num far = cut.infinite ? num_add(number, num_int(2 * way)) : cut.at;
    return value_number(num_equal(far, number) ? number : num_plain_between(number, far));
}

/* Beside an end that is left out: a step away from it, or halfway to the other one. */
static struct num number_beside(struct range range, struct num end, struct num step)
{
    struct num beside = num_add(end, step);
    bool open = range.low.infinite || range.high.infinite;
    if (range_holds(range, beside) || open)
        return beside;
    return num_div(num_add(range.low.at, range.high.at), num_int(2));
}

/* Towards infinity: `far` from where the range begins. */
static struct num number_far(struct range range, int sign, struct num far)
{
    const struct cut *from = sign > 0 ? &range.low : &range.high;
    struct num away = sign > 0 ? far : num_neg(far);
    return from->infinite ? away : num_add(from->at, away);
}

static struct num number_at(struct range range, struct cut end, struct num step, struct num far)
{
    if (end.infinite)
        return number_far(range, end.infinite, far);
    bool high = !range.high.infinite && num_equal(end.at, range.high.at);
    return number_beside(range, end.at, high ? num_neg(step) : step);
}

static struct value number_settled(const struct hole *hole, struct num far)
{
    const struct value *now = &hole->now, *cell = cell_of_point(hole, now);
    struct num step = hole->field && hole->field->type.share ? num_ratio(1, 100) : num_int(1);
    if (value_is_known(now) || !value_has_range(now) || !cell || !value_has_range(cell))
        return *now;
    struct range point = range_point(number_at(cell->range, now->range.low, step, far));
    return now->kind == VALUE_DOCUMENT ? value_document(point) : value_range(point);
}

static struct value settled(const struct hole *hole, struct num far, int way)
{
    struct value value = number_settled(hole, far);
    bool moved = way && value_is_point(&value) && !can_write(hole, &value);
    return moved ? decimal_beside(hole, value_point(&value), way) : value;
}

void example_settle(struct search *search, const struct example_holes *holes, struct num far, int way)
{
    for (size_t i = 0; i < search_holes(search); i++)
        if (is_about(holes, i))
            search_fill(search, i, settled(search_hole(search, i), far, way));
}

/* ---- writing */

/* In the place of a text that no author wrote. */
static struct value written(const struct value *value)
{
    if (cells_made_text(value))
        return value_text("…");
    if (value->kind != VALUE_SEQUENCE || value->sequence->open)
        return *value;
    const struct sequence *rows = value->sequence;
    struct value *cells = MEM_ARRAY(struct value, rows->count * rows->width + 1);
    for (size_t i = 0; i < rows->count * rows->width; i++)
        cells[i] = written(&rows->cells[i]);
    struct value copy = value_sequence(rows->width, rows->count, cells);
    copy.na = value->na;
    return copy;
}

static bool is_told(const struct value *value)
{
    if (value->kind != VALUE_SEQUENCE)
        return value_is_known(value);
    const struct sequence *rows = value->sequence;
    for (size_t i = 0; !rows->open && i < rows->count * rows->width; i++)
        if (!value_is_known(&rows->cells[i]))
            return false;
    return !rows->open;
}

static const char *text_of(const struct field *field, struct value value)
{
    value = written(&value);
    bool empty = value.kind == VALUE_SEQUENCE && !value.sequence->count && field->type.kind == TYPE_TABLE;
    return empty ? "none" : write_value(field, &value);
}

/* The facts file as it is written. */
struct writing {
    const struct search *search;
    struct diag_example *example;
    struct map said;     /* subject → its values, [column]; NULL: not said there */
    struct str *reviews; /* [column]: what it enters */
};

/* As the column inherits it; NULL: not said in any before. */
static const char *said_before(const char *const *said, size_t column)
{
    const char *value = NULL;
    for (size_t c = 0; c <= column; c++)
        value = said[c] ? said[c] : value;
    return value;
}

/* What is said first is said for every column; a later one enters what it has otherwise. A criterion that
 * is judged in several branches has one score: false where two are asked for. */
static bool enter(struct writing *writing, size_t column, const char *subject, const char *value)
{
    const char **said = map_find(&writing->said, subject);
    if (!said) {
        said = MEM_ARRAY(const char *, writing->search->run->columns);
        map_put(&writing->said, subject, said);
        column = 0;
    }
    if (str_equal(said_before(said, column), value))
        return true;
    if (said[column])
        return false;
    said[column] = value;
    const char *line = str_print("%s = %s", subject, value);
    if (column == 0)
        vec_push(&writing->example->facts, line);
    else
        str_format(&writing->reviews[column], "%s%s", writing->reviews[column].length ? "\n" : "", line);
    return true;
}

static bool add_fact(struct writing *writing, const struct hole *hole)
{
    const struct run *run = writing->search->run;
    const struct field *field = &run->standard->facts.items[hole->slot]->field;
    const struct value *value = &run->facts[hole->first_column][hole->slot];
    const char *proof = field->limits.evidence ? "  evidence \"…\"" : "";
    if ((!value_is_na(value) && !is_told(value)) || !write_can(&field->type, value))
        return false;
    return enter(writing, hole->first_column, write_name(field->name),
                 str_print("%s%s", text_of(field, *value), proof));
}

static bool add_score(struct writing *writing, const struct hole *hole)
{
    const struct judged *judged = writing->search->run->standard->judged.items[hole->slot];
    if (!value_is_point(&hole->now) || !write_can(&judged->node->type, &hole->now))
        return false;
    return enter(writing, hole->first_column, str_print("score %s", write_path(judged->criterion->path)),
                 num_text(value_point(&hole->now)));
}

static const struct ir_node *setting_node(const struct ir *ir, size_t slot)
{
    for (size_t i = 0; i < ir->nodes.count; i++)
        if (ir->nodes.items[i]->op == IR_SETTING && (size_t)ir->nodes.items[i]->index == slot)
            return ir->nodes.items[i];
    return NULL;
}

static bool add_setting(struct writing *writing, const struct hole *hole)
{
    const struct standard *standard = writing->search->run->standard;
    const struct ir_node *node = setting_node(standard->ir, hole->slot);
    if (!node || !value_is_known(&hole->now) || !write_can(&node->type, &hole->now))
        return false;
    const struct field field = {.type = node->type};
    const char *name = standard->settings.items[hole->slot].name;
    vec_push(&writing->example->settings, str_print("%s=%s", name, write_value(&field, &hole->now)));
    return true;
}

static bool add_hole(struct writing *writing, const struct hole *hole)
{
    switch (hole->kind) {
    case HOLE_FACT: return add_fact(writing, hole);
    case HOLE_SCORE: return add_score(writing, hole);
    case HOLE_SETTING: return add_setting(writing, hole);
    case HOLE_COHORT: break; /* other units cannot be written into this one */
    }
    return false;
}

static bool add_holes(struct writing *writing, const struct example_holes *holes)
{
    const struct search *search = writing->search;
    for (size_t i = 0; i < search_holes(search); i++) {
        const struct hole *hole = search_hole(search, i);
        bool left_out = !is_about(holes, i) || (is_open(hole) && !set_has(holes->known, i));
        if (!left_out && !add_hole(writing, hole))
            return false;
    }
    return true;
}

/* A facts file has reviews in the order of the columns, also of one that enters nothing, where a later one
 * does. */
static void add_reviews(struct writing *writing)
{
    const struct period *period = &writing->search->run->standard->period;
    const char *day = date_text(period->known ? period->end : 0);
    size_t count = writing->search->run->columns;
    while (count > 1 && !writing->reviews[count - 1].length)
        count--;
    for (size_t c = 1; c < count; c++) {
        const char *entries = str_text(&writing->reviews[c]);
        vec_push(&writing->example->facts,
                 str_print("review by \"…\" on %s { %s%s}", day, entries, *entries ? " " : ""));
    }
}

const struct diag_example *example_of(const struct search *search, const struct example_holes *holes)
{
    struct diag_example *example = MEM_NEW(struct diag_example);
    struct writing writing = {.search = search, .example = example};
    writing.reviews = MEM_ARRAY(struct str, search->run->columns);
    if (!add_holes(&writing, holes))
        return NULL;
    add_reviews(&writing);
    return example->facts.count || example->settings.count ? example : NULL;
}
