/* Breaks and the ends of the domain cut numbers into points and stretches; small sets are taken value by value. */
#include "eval/maker.h"
#include <stdlib.h>
#include "base/mem.h"
#include "core/limits.h"
#include "base/str.h"

enum {
    SMALL_SET = 24,  /* so many whole numbers or steps are a cell each */
    LEGAL_MAX = 100, /* so many legal values */
    MONTHS_OF_YEAR = 12
};

/* ---- what is known of where it is read */

static bool stems_from(const struct ir_node *sequence, size_t slot)
{
    if (sequence->op == IR_FACT)
        return (size_t)sequence->index == slot;
    for (size_t i = 0; i < sequence->arg_count && sequence->type.kind >= TYPE_LIST; i++)
        if (stems_from(sequence->args[i], slot))
            return true;
    return false;
}

static bool holds(const struct hole *hole, const struct value *domain, const struct ir_node *node)
{
    switch (hole->kind) {
    case HOLE_SETTING: return node->op == IR_SETTING && (size_t)node->index == hole->slot;
    case HOLE_SCORE: return node->op == IR_JUDGED && (size_t)node->index == hole->slot;
    case HOLE_COHORT: return node->op == IR_COHORT && (size_t)node->index == hole->slot;
    case HOLE_FACT: break;
    }
    if (hole->part != HOLE_CELL)
        return node->op == IR_FACT && (size_t)node->index == hole->slot;
    size_t column = hole->place % domain->sequence->width;
    return node->op == IR_ELEMENT && (domain->sequence->width == 1 || (size_t)node->index == column) &&
           stems_from(node->block->sequence, hole->slot);
}

static bool has_text(const struct breaks *breaks, const char *text)
{
    for (size_t i = 0; i < breaks->texts.count; i++)
        if (str_equal(breaks->texts.items[i], text))
            return true;
    return false;
}

static void gather(struct breaks *into, const struct breaks *from)
{
    for (size_t i = 0; i < from->numbers.count; i++)
        vec_push(&into->numbers, from->numbers.items[i]);
    for (size_t i = 0; i < from->rows.count; i++)
        vec_push(&into->rows, from->rows.items[i]);
    for (size_t i = 0; i < from->texts.count; i++)
        if (!has_text(into, from->texts.items[i]))
            vec_push(&into->texts, from->texts.items[i]);
    into->opaque |= from->opaque;
}

/* ---- adding cells and points */

void maker_add_point(struct maker *maker, struct value point)
{
    vec_push(&maker->points, point);
}

void maker_add_cell(struct maker *maker, struct value cell)
{
    vec_push(&maker->firsts, maker->points.count);
    vec_push(&maker->cells, cell);
}

static void add_single(struct maker *maker, struct value value)
{
    maker_add_cell(maker, value);
    maker_add_point(maker, value);
}

static struct value of_kind(const struct maker *maker, struct range range)
{
    struct value value = value_range(range);
    value.kind = maker->hole->domain.kind; /* a number, or a document's length */
    return value;
}

/* A single value at an end: a number where it is closed, else a germ. */
static struct value at_cut(const struct maker *maker, struct cut cut)
{
    bool whole = !cut.side && !cut.infinite && num_is_int(cut.at);
    return of_kind(maker, (struct range){cut, cut, whole});
}

static void add_stretch(struct maker *maker, struct range range)
{
    maker_add_cell(maker, of_kind(maker, range));
    maker_add_point(maker, at_cut(maker, range.low));
    if (cut_compare(range.low, range.high) != 0)
        maker_add_point(maker, at_cut(maker, range.high));
}

/* ---- numbers */

/* Values that are a step apart; step 0: any. */
struct grid {
    struct num from, step;
};

static struct grid grid_of(const struct hole *hole)
{
    const struct limits *limits = hole->limits;
    bool whole = hole->domain.range.whole;
    if (!limits || !limits->stepped ||
        (whole && !(num_is_int(limits->step) && num_is_int(limits_base(limits)))))
        return (struct grid){num_int(0), num_int(whole)};
    return (struct grid){limits_base(limits), limits->step};
}

static struct cut to_grid(struct grid grid, struct cut end, enum num_rounding how)
{
    if (end.infinite)
        return end;
    struct num on = num_add(grid.from, num_round(num_sub(end.at, grid.from), grid.step, how));
    bool passed = num_equal(on, end.at) && (how == NUM_UP ? end.side > 0 : end.side < 0);
    if (passed)
        on = how == NUM_UP ? num_add(on, grid.step) : num_sub(on, grid.step);
    return cut_at(on, 0);
}

static struct range on_grid(struct grid grid, struct range range)
{
    if (!num_sign(grid.step))
        return range;
    return (struct range){to_grid(grid, range.low, NUM_UP), to_grid(grid, range.high, NUM_DOWN), range.whole};
}

static int by_number(const void *a, const void *b)
{
    return num_compare(*(const struct num *)a, *(const struct num *)b);
}

static void add_legal(struct maker *maker, struct range domain)
{
    const struct limits *limits = maker->hole->limits;
    struct num *legal = MEM_ARRAY(struct num, limits->legal_count);
    for (size_t i = 0; i < limits->legal_count; i++)
        legal[i] = limits->legal[i];
    qsort(legal, limits->legal_count, sizeof *legal, by_number);
    for (size_t i = 0; i < limits->legal_count; i++)
        if (range_holds(domain, legal[i]))
            add_single(maker, of_kind(maker, range_point(legal[i])));
}

static bool is_small(struct grid grid, struct range range)
{
    if (!num_sign(grid.step) || range.low.infinite || range.high.infinite)
        return false;
    struct num steps = num_div(num_sub(range.high.at, range.low.at), grid.step);
    return num_compare(steps, num_int(SMALL_SET)) <= 0;
}

static void add_steps(struct maker *maker, struct grid grid, struct range range)
{
    for (struct num at = range.low.at; num_compare(at, range.high.at) <= 0; at = num_add(at, grid.step))
        add_single(maker, of_kind(maker, range_point(at)));
}

static void add_between(struct maker *maker, struct grid grid, struct cut low, struct cut high, bool whole)
{
    struct range range = on_grid(grid, range_of(low, high, whole));
    if (!range_is_empty(range))
        add_stretch(maker, range);
}

/* Points at the breaks, stretches between them. */
static void add_stretches(struct maker *maker, struct grid grid, struct range domain)
{
    struct num *breaks = maker->found.numbers.items;
    size_t count = maker->found.numbers.count;
    struct cut low = domain.low;
    if (count)
        qsort(breaks, count, sizeof *breaks, by_number);
    for (size_t i = 0; i < count; i++) {
        struct cut at = cut_at(breaks[i], 0);
        if (cut_compare(at, low) < 0 || cut_compare(at, domain.high) > 0)
            continue;
        add_between(maker, grid, low, cut_below(breaks[i]), domain.whole);
        add_between(maker, grid, at, at, domain.whole);
        low = cut_above(breaks[i]);
    }
    if (cut_compare(low, domain.high) <= 0)
        add_between(maker, grid, low, domain.high, domain.whole);
}

static void add_numbers(struct maker *maker)
{
    const struct limits *limits = maker->hole->limits;
    struct grid grid = grid_of(maker->hole);
    struct range domain = on_grid(grid, maker->hole->domain.range);
    if (limits && limits->legal && limits->legal_count <= LEGAL_MAX)
        add_legal(maker, domain);
    else if (is_small(grid, domain))
        add_steps(maker, grid, domain);
    else
        add_stretches(maker, grid, domain);
}

/* ---- other kinds */

static void add_truths(struct maker *maker)
{
    for (unsigned truth = TRUTH_NO; truth; truth >>= 1)
        if (maker->hole->domain.truth & truth)
            add_single(maker, value_truth(truth));
}

static void add_month_set(struct maker *maker, unsigned months)
{
    struct num count = num_int(__builtin_popcount(months));
    if (!maker->hole->limits || range_holds(maker->hole->limits->count, count))
        add_single(maker, value_months(months, months));
}

/* Only the number of months counts, unless they are read otherwise: then there is no telling them apart. */
static void add_months(struct maker *maker)
{
    unsigned sure = maker->hole->domain.months.sure, possible = maker->hole->domain.months.possible;
    if (maker->found.opaque) {
        maker_add_cell(maker, value_months(sure, possible));
        maker_add_point(maker, value_months(sure, sure));
        maker_add_point(maker, value_months(possible, possible));
        return;
    }
    add_month_set(maker, sure);
    for (int i = 0; i < MONTHS_OF_YEAR; i++) {
        if (!(possible & ~sure & 1u << i))
            continue;
        sure |= 1u << i;
        add_month_set(maker, sure);
    }
}

/* No text that is read begins with this byte: it is not UTF-8. */
enum { MADE_TEXT = 0xFF };

const char *maker_text(const struct maker *maker, size_t row)
{
    return str_print("%c%zu.%zu", MADE_TEXT, maker->number, row);
}

bool cells_made_text(const struct value *value)
{
    return value->kind == VALUE_TEXT && value->text && (unsigned char)*value->text == MADE_TEXT;
}

static void add_texts(struct maker *maker)
{
    if (maker->found.opaque)
        maker_add_cell(maker, maker->hole->domain);
    for (size_t i = 0; i < maker->found.texts.count; i++) {
        struct value text = value_text(maker->found.texts.items[i]);
        if (maker->found.opaque)
            maker_add_point(maker, text);
        else
            add_single(maker, text);
    }
    struct value other = value_text(maker_text(maker, 0));
    if (maker->found.opaque)
        maker_add_point(maker, other);
    else
        add_single(maker, other);
}

/* ---- one hole */

static void finish(struct maker *maker)
{
    struct hole *hole = maker->hole;
    if (hole->domain.na || !maker->cells.count)
        add_single(maker, hole->domain.na ? value_na() : hole->domain);
    vec_push(&maker->firsts, maker->points.count);
    hole->cells = maker->cells.items;
    hole->cell_count = maker->cells.count;
    hole->points = maker->points.items;
    hole->first_point = maker->firsts.items;
}

void maker_find_breaks(struct maker *maker, const struct value *domain)
{
    for (size_t i = 0; i < maker->inputs.count; i++) {
        const struct ir_node *node = maker->inputs.items[i];
        if (holds(maker->hole, domain, node))
            gather(&maker->found, &maker->breaks[node->id]);
    }
}

void maker_make(struct maker *maker)
{
    switch (maker->hole->domain.kind) {
    case VALUE_TRUTH: add_truths(maker); break;
    case VALUE_NUMBER:
    case VALUE_DOCUMENT: add_numbers(maker); break;
    case VALUE_TEXT: add_texts(maker); break;
    case VALUE_MONTHS: add_months(maker); break;
    case VALUE_SEQUENCE: maker_add_rows(maker); break;
    case VALUE_NONE: break;
    }
    finish(maker);
}

static size_t last_number(const struct hole *hole)
{
    size_t last = 0;
    for (size_t i = 0; i < cells_points(hole); i++)
        last = hole->points[i].nothing_else ? last : i;
    return last;
}

/* Of what only the ends are sure to be, no witness takes what lies between. */
static void keep_ends(struct hole *hole)
{
    size_t last = last_number(hole), kept = 0;
    for (size_t i = 0; i < hole->cell_count; i++) {
        size_t first = hole->first_point[i], end = hole->first_point[i + 1];
        hole->first_point[i] = kept;
        for (size_t k = first; k < end; k++)
            if (k == 0 || k == last || hole->points[k].nothing_else)
                hole->points[kept++] = hole->points[k];
    }
    hole->first_point[hole->cell_count] = kept;
}

/* Nodes that read a hole. */
static struct nodes inputs_of(const struct ir *ir)
{
    VEC(const struct ir_node *) list = {0};
    for (size_t i = 0; i < ir->nodes.count; i++) {
        enum ir_op op = ir->nodes.items[i]->op;
        if (op == IR_FACT || op == IR_SETTING || op == IR_JUDGED || op == IR_COHORT || op == IR_ELEMENT)
            vec_push(&list, (const struct ir_node *)ir->nodes.items[i]);
    }
    return (struct nodes){list.items, list.count};
}

static void make(struct holes *holes, size_t number, const struct run *run, const struct breaks *breaks,
                 struct nodes inputs)
{
    struct hole *hole = &holes->list.items[number];
    struct maker maker = {.run = run, .breaks = breaks, .inputs = inputs, .hole = hole, .number = number};
    bool cell = hole->part == HOLE_CELL;
    maker_find_breaks(&maker, cell ? &run->facts[hole->first_column][hole->slot] : &hole->domain);
    maker_make(&maker);
    if (hole->kind == HOLE_COHORT && hole->tie != TIE_NONE)
        keep_ends(hole);
}

void cells_make(struct holes *holes, const struct run *run, const struct breaks *breaks)
{
    struct nodes inputs = inputs_of(run->standard->ir);
    for (size_t i = 0; i < holes->list.count; i++)
        make(holes, i, run, breaks, inputs);
}

size_t cells_points(const struct hole *hole)
{
    return hole->first_point[hole->cell_count];
}

struct value cells_join(const struct hole *hole, size_t first, size_t last)
{
    struct value joined = hole->cells[first];
    for (size_t i = first + 1; i <= last; i++)
        joined = value_join(joined, hole->cells[i]);
    return joined;
}

/* From the first to the last legal value within a range; empty where it holds none. */
static struct range legal_within(const struct limits *limits, struct range range)
{
    struct range legal = {cut_infinite(1), cut_infinite(-1), range.whole};
    for (size_t i = 0; i < limits->legal_count; i++) {
        if (!range_holds(range, limits->legal[i]))
            continue;
        legal.low = cut_min(legal.low, cut_at(limits->legal[i], 0));
        legal.high = cut_max(legal.high, cut_at(limits->legal[i], 0));
    }
    return legal;
}

bool cells_between(const struct hole *hole, struct cut low, struct cut high, struct value *part)
{
    struct range range = on_grid(grid_of(hole), range_of(low, high, hole->domain.range.whole));
    if (hole->limits && hole->limits->legal)
        range = legal_within(hole->limits, range);
    *part = value_range(range);
    part->kind = hole->domain.kind;
    return !range_is_empty(range);
}
