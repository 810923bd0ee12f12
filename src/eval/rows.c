/* The cells of a list or table of unknown length: numbers of further rows, behind those that are known. What they reach is shown by samples, in
 * which all further rows are alike. */
#include "eval/maker.h"
#include <stdlib.h>
#include "base/mem.h"

enum {
    SAMPLES_MAX = 48,     /* of one cell */
    SAMPLE_ROWS_MAX = 100 /* rows of one */
};

struct sampler {
    struct maker *maker;
    const struct sequence *rows;
    const struct hole *columns; /* a row's cells, each with its points */
    long key;                   /* the column that tells rows apart, or -1 */
};

/* Keys differ from row to row, as far as that is easily had. */
static struct value sample_key(const struct sampler *sampler, struct value first, size_t row)
{
    const struct range *all = &sampler->rows->any[sampler->key].range;
    if (first.kind == VALUE_TEXT)
        return value_text(maker_text(sampler->maker, row));
    if (first.kind != VALUE_NUMBER || all->low.infinite)
        return first;
    struct num at = num_add(all->low.at, num_int((int64_t)row));
    return range_holds(*all, at) ? value_number(at) : first;
}

/* The rows that are known, with room for so many more. */
static struct value *known_cells(const struct sequence *rows, size_t more)
{
    size_t known = rows->count * rows->width;
    struct value *cells = MEM_ARRAY(struct value, known + more * rows->width);
    for (size_t i = 0; i < known; i++)
        cells[i] = rows->cells[i];
    return cells;
}

/* All further rows alike: column `odd` at its point `point`, the others at their first or last ones. */
static const struct value *sample_cells(const struct sampler *sampler, size_t count, size_t odd, size_t point,
                                        bool last)
{
    size_t width = sampler->rows->width, known = sampler->rows->count * width;
    struct value *cells = known_cells(sampler->rows, count);
    for (size_t i = known; i < known + count * width; i++) {
        const struct hole *column = &sampler->columns[i % width];
        size_t points = cells_points(column);
        cells[i] = column->points[i % width == odd ? point : last ? points - 1 : 0];
        if ((long)(i % width) == sampler->key)
            cells[i] = sample_key(sampler, cells[i], i / width);
    }
    return cells;
}

static void add_sample(const struct sampler *sampler, size_t count, size_t odd, size_t point, bool last)
{
    struct maker *maker = sampler->maker;
    if (maker->points.count - vec_last(&maker->firsts) < SAMPLES_MAX)
        maker_add_point(maker, value_sequence(sampler->rows->width, sampler->rows->count + count,
                                              sample_cells(sampler, count, odd, point, last)));
}

static void add_samples(const struct sampler *sampler, size_t count)
{
    size_t width = sampler->rows->width;
    if (!count || !width) {
        add_sample(sampler, count, width, 0, false);
        return;
    }
    for (size_t column = 0; column < width; column++)
        for (size_t point = 0; point < cells_points(&sampler->columns[column]); point++) {
            add_sample(sampler, count, column, point, false);
            if (width > 1)
                add_sample(sampler, count, column, point, true);
        }
}

static bool few_rows(struct cut count, size_t *rows)
{
    int64_t whole;
    if (count.infinite || !num_to_int(count.at, &whole) || whole > SAMPLE_ROWS_MAX)
        return false;
    *rows = (size_t)whole;
    return true;
}

/* ---- numbers of rows */

static struct value rows_between(const struct sequence *rows, struct range counts)
{
    size_t count, known = rows->count * rows->width;
    if (!range_is_point(counts) || !few_rows(counts.low, &count))
        return value_further_rows(rows, counts, rows->any);
    struct value *cells = known_cells(rows, count);
    for (size_t i = 0; i < count * rows->width; i++)
        cells[known + i] = rows->any[i % rows->width];
    return value_sequence(rows->width, rows->count + count, cells);
}

static void add_cell(const struct sampler *sampler, struct cut low, struct cut high)
{
    struct range counts = range_of(low, high, true);
    size_t count;
    if (range_is_empty(counts))
        return;
    maker_add_cell(sampler->maker, rows_between(sampler->rows, counts));
    if (few_rows(counts.low, &count))
        add_samples(sampler, count);
    if (!range_is_point(counts) && few_rows(counts.high, &count))
        add_samples(sampler, count);
}

static int by_number(const void *a, const void *b)
{
    return num_compare(*(const struct num *)a, *(const struct num *)b);
}

/* None, one, and what numbers of rows are compared with stand alone. */
static void add_cells(const struct sampler *sampler, struct range counts)
{
    struct breaks *found = &sampler->maker->found;
    for (size_t i = 0; i < found->rows.count; i++)
        found->rows.items[i] = num_sub(found->rows.items[i], num_int((int64_t)sampler->rows->count));
    vec_push(&found->rows, num_int(0));
    vec_push(&found->rows, num_int(1));
    qsort(found->rows.items, found->rows.count, sizeof *found->rows.items, by_number);
    struct cut low = counts.low;
    for (size_t i = 0; i < found->rows.count; i++) {
        struct num at = found->rows.items[i];
        if (cut_compare(cut_at(at, 0), low) < 0 || cut_compare(cut_at(at, 0), counts.high) > 0)
            continue;
        add_cell(sampler, low, cut_below(at));
        add_cell(sampler, cut_at(at, 0), cut_at(at, 0));
        low = cut_above(at);
    }
    add_cell(sampler, low, counts.high);
}

/* The columns of any row, as if each were a hole. */
static struct hole *columns_of(const struct maker *maker)
{
    const struct sequence *rows = maker->hole->domain.sequence;
    const struct field *field = maker->hole->field;
    struct hole *columns = MEM_ARRAY(struct hole, rows->width);
    for (size_t i = 0; i < rows->width; i++) {
        struct hole *column = &columns[i];
        *column = *maker->hole;
        column->part = HOLE_CELL;
        column->place = i;
        column->domain = rows->any[i];
        column->field = field->type.kind == TYPE_LIST ? field->type.element : &field->type.columns[i];
        column->limits = &column->field->limits;
        struct maker inner = {.run = maker->run,
                              .breaks = maker->breaks,
                              .inputs = maker->inputs,
                              .hole = column,
                              .number = maker->number};
        maker_find_breaks(&inner, &maker->hole->domain);
        maker_make(&inner);
    }
    return columns;
}

static bool all_known(const struct sequence *rows)
{
    for (size_t i = 0; i < rows->count * rows->width; i++)
        if (!value_is_known(&rows->cells[i]))
            return false;
    return true;
}

/* Where some rows are known in part, the others are not told apart. */
void maker_add_rows(struct maker *maker)
{
    const struct sequence *rows = maker->hole->domain.sequence;
    if (!rows->open || !all_known(rows)) {
        maker_add_cell(maker, value_without_na(maker->hole->domain));
        return;
    }
    struct sampler sampler = {maker, rows, columns_of(maker), -1};
    if (maker->hole->field->type.kind == TYPE_TABLE)
        sampler.key = maker->hole->limits->key_column;
    add_cells(&sampler, rows->extra);
}
