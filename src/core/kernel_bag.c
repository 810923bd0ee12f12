/* Aggregates. A bag is rows of presence, value and key; a row whose value is n/a is left out. Where it is not known which rows are present
 * the result covers every case. */
#include <stdlib.h>
#include "base/mem.h"
#include "core/kernel.h"

/* A row as an aggregate sees it: can it be there, must it be, and with what value. */
struct row {
    bool can, must;
    struct value value;
    const struct value *key;
};

static struct row row_of(const struct value *cells)
{
    const struct value *presence = &cells[BAG_PRESENCE], *value = &cells[BAG_VALUE];
    struct row row = {.value = value_without_na(*value), .key = &cells[BAG_KEY]};
    row.can = presence->truth & TRUTH_YES && !value->nothing_else;
    row.must = row.can && presence->truth == TRUTH_YES && !presence->na && !value->na;
    if (row.can && !row.must && value->fault)
        row.can = false; /* only where it is absent is there no error */
    return row;
}

/* The rows of a bag that can be there. A fault of one that must be there, or of a presence, is the fault of the whole. */
struct rows {
    struct row *items;
    size_t count, must;
    bool open;
    struct row any;
    struct range extra; /* how many of `any` there can be */
    const struct value *fault;
};

static bool take_row(struct rows *rows, const struct value *cells)
{
    if (cells[BAG_PRESENCE].fault)
        return rows->fault = &cells[BAG_PRESENCE], false;
    struct row row = row_of(cells);
    if (row.must && row.value.fault)
        return rows->fault = &cells[BAG_VALUE], false;
    if (!row.can)
        return true;
    rows->items[rows->count++] = row;
    rows->must += row.must;
    return true;
}

static struct rows rows_of(const struct sequence *bag)
{
    struct rows rows = {.items = MEM_ARRAY(struct row, bag->count)};
    for (size_t i = 0; i < bag->count; i++)
        if (!take_row(&rows, bag->cells + i * bag->width))
            return rows;
    if (!bag->open || bag->any[BAG_PRESENCE].fault)
        return rows;
    rows.any = row_of(bag->any);
    rows.open = rows.any.can && !rows.any.value.fault;
    rows.extra = bag->extra;
    if (!rows.any.must)
        rows.extra.low = cut_at(num_int(0), 0);
    return rows;
}

static struct range whole_between(size_t low, size_t high)
{
    return range_whole((int64_t)low, (int64_t)high);
}

static bool can_be_none(const struct rows *rows)
{
    if (rows->must)
        return false;
    return !rows->open || cut_compare(rows->extra.low, cut_at(num_int(0), 0)) <= 0;
}

static bool must_be_none(const struct rows *rows)
{
    return !rows->count && !rows->open;
}

static bool all_certain(const struct rows *rows)
{
    return !rows->open && rows->must == rows->count;
}

/* ---- folds */

static struct value count_rows(const struct rows *rows)
{
    struct range count = whole_between(rows->must, rows->count);
    return value_range(rows->open ? range_add(count, rows->extra) : count);
}

static struct range sum_rows(const struct rows *rows)
{
    struct range zero = range_point(num_int(0)), sum = zero;
    for (size_t i = 0; i < rows->count; i++) {
        struct range value = rows->items[i].value.range;
        sum = range_add(sum, rows->items[i].must ? value : range_join(zero, value));
    }
    return rows->open ? range_add(sum, range_mul(rows->extra, rows->any.value.range)) : sum;
}

static struct range hull(const struct rows *rows)
{
    struct range all = rows->open ? rows->any.value.range : rows->items[0].value.range;
    for (size_t i = 0; i < rows->count; i++)
        all = range_join(all, rows->items[i].value.range);
    return all;
}

static struct value mean_rows(const struct ir_node *node, const struct rows *rows)
{
    if (must_be_none(rows))
        return value_na();
    if (all_certain(rows))
        return kernel_range(node, range_div(sum_rows(rows), range_point(num_int((int64_t)rows->count))));
    struct value mean = value_range(hull(rows));
    mean.range.whole = false;
    return can_be_none(rows) ? value_or_na(mean) : mean;
}

/* A row that must be there binds both ends, one that can be there only the far end. */
static struct value extreme(const struct rows *rows, bool highest)
{
    if (must_be_none(rows))
        return value_na();
    struct range all = hull(rows), result = all;
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->items[i];
        if (row->must && highest)
            result.low = cut_max(result.low, row->value.range.low);
        else if (row->must)
            result.high = cut_min(result.high, row->value.range.high);
    }
    return can_be_none(rows) ? value_or_na(value_range(result)) : value_range(result);
}

/* `every` is decided by a no, `some` by a yes; a row that may be absent may also say the other. */
static struct value quantified(const struct rows *rows, unsigned dominant)
{
    unsigned neutral = dominant ^ TRUTH_UNKNOWN, result = neutral;
    for (size_t i = 0; i <= rows->count; i++) {
        bool last = i == rows->count;
        if (last && !rows->open)
            break;
        const struct row *row = last ? &rows->any : &rows->items[i];
        bool may_be_absent = last ? cut_compare(rows->extra.low, cut_at(num_int(0), 0)) <= 0 : !row->must;
        unsigned truths = row->value.truth | (may_be_absent ? neutral : 0u);
        result = ((result | truths) & dominant) | (result & truths & neutral);
    }
    return value_truth(result);
}

/* ---- bags from bags */

static const struct value *as_cells(const struct row *rows, size_t count)
{
    struct value *cells = MEM_ARRAY(struct value, count * BAG_WIDTH);
    for (size_t i = 0; i < count; i++) {
        cells[i * BAG_WIDTH + BAG_PRESENCE] = value_truth(rows[i].must ? TRUTH_YES : TRUTH_UNKNOWN);
        cells[i * BAG_WIDTH + BAG_VALUE] = rows[i].value;
        cells[i * BAG_WIDTH + BAG_KEY] = rows[i].key ? *rows[i].key : value_na();
    }
    return cells;
}

static struct value bag_of_rows(const struct row *rows, size_t count)
{
    return value_sequence(BAG_WIDTH, count, as_cells(rows, count));
}

/* Between `least` and all of the rows, not known which. */
static struct value some_of(const struct rows *rows, struct range count)
{
    if (must_be_none(rows))
        return value_sequence(BAG_WIDTH, 0, NULL);
    struct row any = {.must = true, .value = value_range(hull(rows))};
    return value_open_sequence(BAG_WIDTH, count, as_cells(&any, 1));
}

static struct range all_rows(const struct rows *rows)
{
    struct range count = whole_between(rows->must, rows->count);
    return rows->open ? range_add(count, rows->extra) : count;
}

static bool keys_known(const struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        if (!value_is_known(rows->items[i].key))
            return false;
    return !rows->open;
}

static struct row better(struct row a, struct row b)
{
    struct row both = {.must = a.must || b.must, .key = a.key};
    struct range sure = range_max(a.value.range, b.value.range);
    if (!a.must)
        sure.low = cut_min(sure.low, b.value.range.low);
    if (!b.must)
        sure.low = cut_min(sure.low, a.value.range.low);
    both.value = value_range(sure);
    return both;
}

static struct value best_per_key(const struct rows *rows)
{
    if (!keys_known(rows)) {
        struct range count = all_rows(rows);
        count.low = cut_at(num_int(can_be_none(rows) ? 0 : 1), 0);
        return some_of(rows, count);
    }
    struct row *best = MEM_ARRAY(struct row, rows->count);
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        size_t group = 0;
        while (group < count && !value_equal(best[group].key, rows->items[i].key))
            group++;
        if (group == count)
            best[count++] = rows->items[i];
        else
            best[group] = better(best[group], rows->items[i]);
    }
    return bag_of_rows(best, count);
}

static int by_cut(const void *a, const void *b)
{
    return cut_compare(*(const struct cut *)a, *(const struct cut *)b);
}

/* The k-th lowest of uncertain numbers lies between the k-th lowest of their low ends and that of their high ends. */
static void sort_values(struct row *rows, size_t count)
{
    struct cut *lows = MEM_ARRAY(struct cut, count), *highs = MEM_ARRAY(struct cut, count);
    bool whole = true;
    for (size_t i = 0; i < count; i++) {
        lows[i] = rows[i].value.range.low, highs[i] = rows[i].value.range.high;
        whole &= rows[i].value.range.whole;
    }
    qsort(lows, count, sizeof *lows, by_cut);
    qsort(highs, count, sizeof *highs, by_cut);
    for (size_t i = 0; i < count; i++)
        rows[i].value.range = (struct range){lows[i], highs[i], whole};
}

static struct value dropped(const struct rows *rows, size_t highest, size_t lowest)
{
    if (!all_certain(rows)) {
        struct range gone = range_point(num_int((int64_t)(highest + lowest)));
        return some_of(rows, range_max(range_sub(all_rows(rows), gone), range_point(num_int(0))));
    }
    if (rows->count <= highest + lowest)
        return value_sequence(BAG_WIDTH, 0, NULL);
    sort_values(rows->items, rows->count);
    return bag_of_rows(rows->items + lowest, rows->count - highest - lowest);
}

static struct value make_bag(const struct ir_node *node, const struct value *const *args)
{
    struct value *cells = MEM_ARRAY(struct value, node->arg_count / 2 * BAG_WIDTH);
    for (size_t i = 0; i < node->arg_count / 2; i++) {
        cells[i * BAG_WIDTH + BAG_PRESENCE] = *args[2 * i];
        cells[i * BAG_WIDTH + BAG_VALUE] = *args[2 * i + 1];
        cells[i * BAG_WIDTH + BAG_KEY] = value_na();
    }
    return value_sequence(BAG_WIDTH, node->arg_count / 2, cells);
}

struct value kernel_bag(const struct ir_node *node, const struct value *const *args)
{
    if (node->op == IR_BAG)
        return make_bag(node, args);
    struct rows rows = rows_of(args[0]->sequence);
    if (rows.fault)
        return *rows.fault;
    switch ((int)node->op) {
    case IR_BEST_PER: return best_per_key(&rows);
    case IR_DROP: return dropped(&rows, (size_t)node->index, (size_t)node->index2);
    case IR_COUNT: return count_rows(&rows);
    case IR_SUM: return kernel_range(node, sum_rows(&rows));
    case IR_MEAN: return mean_rows(node, &rows);
    case IR_HIGHEST: return extreme(&rows, true);
    case IR_LOWEST: return extreme(&rows, false);
    case IR_EVERY: return quantified(&rows, TRUTH_NO);
    case IR_SOME: return quantified(&rows, TRUTH_YES);
    }
    abort();
}
