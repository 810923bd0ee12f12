/* One walk backwards along the list, so that a node's own breaks are complete before they are carried to its arguments. */
#include "eval/breaks.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/str.h"

enum { FEW = 8, BREAKS_MAX = 24 }; /* of one node */

struct finder {
    const struct run *run;
    const struct depend *depend;
    size_t context;
    struct breaks *breaks;
};

static bool depends(const struct finder *finder, const struct ir_node *node)
{
    const uint64_t *on = depend_on(finder->depend, finder->context, node);
    return !set_is_empty(on, finder->depend->words);
}

/* ---- noting */

static void note(const struct finder *finder, const struct ir_node *at, struct num number)
{
    struct breaks *breaks = &finder->breaks[at->id];
    for (size_t i = 0; i < breaks->numbers.count; i++)
        if (num_equal(breaks->numbers.items[i], number))
            return;
    if (breaks->numbers.count < BREAKS_MAX && num_valid(number) && depends(finder, at))
        vec_push(&breaks->numbers, number);
}

static void note_int(const struct finder *finder, const struct ir_node *at, int64_t number)
{
    note(finder, at, num_int(number));
}

static void note_rows(const struct finder *finder, const struct ir_node *at, struct num rows)
{
    struct breaks *breaks = &finder->breaks[at->id];
    for (size_t i = 0; i < breaks->rows.count; i++)
        if (num_equal(breaks->rows.items[i], rows))
            return;
    if (breaks->rows.count < BREAKS_MAX)
        vec_push(&breaks->rows, rows);
}

static void note_text(const struct finder *finder, const struct ir_node *at, const char *text)
{
    struct breaks *breaks = &finder->breaks[at->id];
    for (size_t i = 0; i < breaks->texts.count; i++)
        if (str_equal(breaks->texts.items[i], text))
            return;
    vec_push(&breaks->texts, text);
}

/* What a node was in the first pass; in a block, whatever the row. */
static const struct value *seen(const struct finder *finder, const struct ir_node *node)
{
    return finder->run->inner[node->id] ? &node->bounds : &finder->run->values[finder->context][node->id];
}

static bool fixed(const struct finder *finder, const struct ir_node *node, struct num *number)
{
    const struct value *value = seen(finder, node);
    if (!value_is_point(value))
        return false;
    *number = value_point(value);
    return true;
}

/* ---- comparisons */

/* The ends, and whatever lies between if that is little. */
static void note_range(const struct finder *finder, const struct ir_node *at, struct range range)
{
    bool bounded = !range.low.infinite && !range.high.infinite;
    if (!range.low.infinite)
        note(finder, at, range.low.at);
    if (!range.high.infinite)
        note(finder, at, range.high.at);
    if (!bounded || !range.whole || num_compare(num_sub(range.high.at, range.low.at), num_int(FEW)) > 0)
        return;
    for (struct num one = range.low.at; num_compare(one, range.high.at) < 0; one = num_add(one, num_int(1)))
        note(finder, at, one);
}

static void compare(const struct finder *finder, const struct ir_node *at, const struct ir_node *with)
{
    const struct value *value = seen(finder, with);
    if (value->kind == VALUE_NONE)
        return;
    if (value->kind == VALUE_NUMBER)
        note_range(finder, at, value->range);
    else if (value->kind == VALUE_TEXT && value->text)
        note_text(finder, at, value->text);
    else
        finder->breaks[at->id].opaque = true;
}

/* ---- carrying back */

/* A break of `node` as one of its argument `at`, the other argument being `other`. */
typedef struct num inverse(struct num b, struct num other);

static struct num less_other(struct num b, struct num other)
{
    return num_sub(b, other);
}

static struct num plus_other(struct num b, struct num other)
{
    return num_add(b, other);
}

static struct num from_other(struct num b, struct num other)
{
    return num_sub(other, b);
}

static struct num by_other(struct num b, struct num other)
{
    return num_sign(other) ? num_div(b, other) : num_int(0);
}

static struct num times_other(struct num b, struct num other)
{
    return num_mul(b, other);
}

static struct num other_by(struct num b, struct num other)
{
    return num_sign(b) ? num_div(other, b) : num_int(0);
}

static void carry(const struct finder *finder, const struct ir_node *node, size_t at, inverse *back)
{
    struct num other;
    const struct breaks *own = &finder->breaks[node->id];
    if (!fixed(finder, node->args[1 - at], &other))
        return;
    for (size_t i = 0; i < own->numbers.count; i++)
        note(finder, node->args[at], back(own->numbers.items[i], other));
}

static void carry_both(const struct finder *finder, const struct ir_node *node, inverse *first,
                       inverse *second)
{
    carry(finder, node, 0, first);
    carry(finder, node, 1, second);
}

/* All that is known of `node` holds of the argument as well. */
static void carry_same(const struct finder *finder, const struct ir_node *node, const struct ir_node *to)
{
    const struct breaks *own = &finder->breaks[node->id];
    for (size_t i = 0; i < own->numbers.count; i++)
        note(finder, to, own->numbers.items[i]);
    for (size_t i = 0; i < own->rows.count; i++)
        note_rows(finder, to, own->rows.items[i]);
    for (size_t i = 0; i < own->texts.count; i++)
        note_text(finder, to, own->texts.items[i]);
    finder->breaks[to->id].opaque |= own->opaque;
}

static void carry_division(const struct finder *finder, const struct ir_node *node)
{
    carry_both(finder, node, times_other, other_by);
    note_int(finder, node->args[1], 0);
}

static void carry_abs(const struct finder *finder, const struct ir_node *node)
{
    const struct breaks *own = &finder->breaks[node->id];
    note_int(finder, node->args[0], 0);
    for (size_t i = 0; i < own->numbers.count; i++) {
        note(finder, node->args[0], own->numbers.items[i]);
        note(finder, node->args[0], num_neg(own->numbers.items[i]));
    }
}

/* Where rounding goes over from the step `from` to the next one. */
static struct num step_edge(const struct ir_node *node, struct num from)
{
    switch (node->rounding) {
    case NUM_UP: return from;
    case NUM_DOWN: return num_add(from, node->step);
    case NUM_HALF_UP:
    case NUM_HALF_EVEN: break;
    }
    return num_add(from, num_div(node->step, num_int(2)));
}

static void carry_round(const struct finder *finder, const struct ir_node *node)
{
    const struct breaks *own = &finder->breaks[node->id];
    for (size_t i = 0; i < own->numbers.count; i++) {
        struct num step = num_round(own->numbers.items[i], node->step, NUM_DOWN);
        note(finder, node->args[0], step_edge(node, num_sub(step, node->step)));
        note(finder, node->args[0], step_edge(node, step));
    }
}

/* ---- calendars: found by halving, since no inverse is simple */

struct calendar_search {
    const struct ir_node *node;
    size_t at; /* the argument looked for */
    int64_t other, bound;
};

static bool is_past(const struct calendar_search *search, int64_t x)
{
    bool first = search->at == 0;
    int64_t from = first ? x : search->other, to = first ? search->other : x;
    int64_t many = search->node->op == IR_YEARS_FROM ? 12 : 1;
    int year, month, day;
    switch ((int)search->node->op) {
    case IR_MONTHS_FROM:
    case IR_YEARS_FROM:
        return first ? date_months_between(from, to) / many < search->bound
                     : date_months_between(from, to) / many >= search->bound;
    case IR_ADD_MONTHS: return date_add_months(from, to) >= search->bound;
    case IR_YEAR: date_to_civil(x, &year, &month, &day); return year >= search->bound;
    }
    return false;
}

static int64_t first_past(const struct calendar_search *search)
{
    int64_t low = DATE_MIN, high = DATE_MAX;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (is_past(search, middle))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void carry_calendar(const struct finder *finder, const struct ir_node *node, size_t at)
{
    const struct breaks *own = &finder->breaks[node->id];
    struct calendar_search search = {.node = node, .at = at};
    struct num other;
    if (node->arg_count > 1 &&
        (!fixed(finder, node->args[1 - at], &other) || !num_to_int(other, &search.other)))
        return;
    for (size_t i = 0; i < own->numbers.count; i++) {
        if (!num_to_int(num_ceil(own->numbers.items[i]), &search.bound))
            continue;
        note_int(finder, node->args[at], first_past(&search));
        search.bound++;
        note_int(finder, node->args[at], first_past(&search));
    }
}

/* ---- rows */

static void carry_count(const struct finder *finder, const struct ir_node *node)
{
    const struct breaks *own = &finder->breaks[node->id];
    for (size_t i = 0; i < own->numbers.count; i++)
        note_rows(finder, node->args[0], own->numbers.items[i]);
}

/* Of a sum, or of a mean as a sum, what the others leave for the one row that is open. */
static void carry_sum(const struct finder *finder, const struct ir_node *node)
{
    const struct breaks *own = &finder->breaks[node->id];
    const struct value *bag = seen(finder, node->args[0]);
    struct num others = num_int(0), rows = num_int(1);
    size_t open = 0;
    if (bag->kind != VALUE_SEQUENCE || bag->sequence->open)
        return;
    for (size_t i = 0; i < bag->sequence->count; i++) {
        const struct value *row = &bag->sequence->cells[i * bag->sequence->width];
        if (value_is_no(&row[BAG_PRESENCE]) || row[BAG_VALUE].nothing_else)
            continue;
        bool known = value_is_yes(&row[BAG_PRESENCE]) && value_is_point(&row[BAG_VALUE]);
        open += !known;
        others = known ? num_add(others, value_point(&row[BAG_VALUE])) : others;
        rows = known ? num_add(rows, num_int(1)) : rows;
    }
    for (size_t i = 0; i < own->numbers.count && open == 1; i++) {
        struct num of_all =
            node->op == IR_MEAN ? num_mul(own->numbers.items[i], rows) : own->numbers.items[i];
        note(finder, node->args[0], num_sub(of_all, others));
    }
}

static void carry_rows(const struct finder *finder, const struct ir_node *node)
{
    const struct ir_block *block = node->block;
    const struct breaks *own = &finder->breaks[node->id];
    for (size_t i = 0; i < own->numbers.count; i++)
        note(finder, block->value, own->numbers.items[i]);
    for (size_t i = 0; i < own->rows.count; i++)
        note_rows(finder, node->args[0], own->rows.items[i]);
    if (block->key)
        finder->breaks[block->key->id].opaque = true;
    finder->breaks[block->value->id].opaque = true;
}

static void carry_list(const struct finder *finder, const struct ir_node *node)
{
    for (size_t i = 1; i < node->arg_count; i += 2)
        carry_same(finder, node, node->args[i]);
}

/* ---- all of them */

static void carry_arithmetic(const struct finder *finder, const struct ir_node *node)
{
    switch ((int)node->op) {
    case IR_ADD: carry_both(finder, node, less_other, less_other); return;
    case IR_SUB: carry_both(finder, node, plus_other, from_other); return;
    case IR_MUL: carry_both(finder, node, by_other, by_other); return;
    case IR_DIV: carry_division(finder, node); return;
    case IR_ABS: carry_abs(finder, node); return;
    case IR_ROUND: carry_round(finder, node); return;
    case IR_YEAR: carry_calendar(finder, node, 0); return;
    case IR_MONTHS_FROM:
    case IR_YEARS_FROM:
    case IR_ADD_MONTHS: carry_calendar(finder, node, 0), carry_calendar(finder, node, 1); return;
    }
    for (size_t i = 0; i < node->arg_count; i++)
        finder->breaks[node->args[i]->id].opaque = true;
}

static void compare_both(const struct finder *finder, const struct ir_node *node)
{
    compare(finder, node->args[0], node->args[1]);
    compare(finder, node->args[1], node->args[0]);
}

static void carry_to_all(const struct finder *finder, const struct ir_node *node, size_t from)
{
    for (size_t i = from; i < node->arg_count; i++)
        carry_same(finder, node, node->args[i]);
}

static void carry_length(const struct finder *finder, const struct ir_node *node)
{
    carry_same(finder, node, node->args[0]);
    finder->breaks[node->args[0]->id].opaque = true;
}

static void carry_node(const struct finder *finder, const struct ir_node *node)
{
    switch ((int)node->op) {
    case IR_LESS:
    case IR_LESS_EQUAL:
    case IR_EQUAL: compare_both(finder, node); return;
    case IR_MIN:
    case IR_MAX: compare_both(finder, node), carry_to_all(finder, node, 0); return;
    case IR_IF: carry_to_all(finder, node, 1); return;
    case IR_NA_AS:
    case IR_MIX:
    case IR_HIGHEST:
    case IR_LOWEST:
    case IR_BEST_PER:
    case IR_DROP: carry_to_all(finder, node, 0); return;
    case IR_BAG: carry_list(finder, node); return;
    case IR_BAG_OF: carry_rows(finder, node); return;
    case IR_COUNT: carry_count(finder, node); return;
    case IR_SUM:
    case IR_MEAN: carry_sum(finder, node); return;
    case IR_LENGTH: carry_length(finder, node); return;
    case IR_MONTH_COUNT:
    case IR_IS_KNOWN:
    case IR_IS_NA: return;
    }
    carry_arithmetic(finder, node);
}

struct breaks *breaks_find(const struct run *run, const struct depend *depend)
{
    const struct ir *ir = run->standard->ir;
    struct breaks *breaks = MEM_ARRAY(struct breaks, run->nodes);
    for (size_t c = 0; c < run->contexts; c++) {
        struct finder finder = {run, depend, c, breaks};
        for (size_t i = ir->nodes.count; i-- > 0 && run->first[c] == c;)
            if (depends(&finder, ir->nodes.items[i]))
                carry_node(&finder, ir->nodes.items[i]);
    }
    return breaks;
}
