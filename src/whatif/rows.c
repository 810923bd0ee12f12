#include "whatif/rows.h"
#include "base/mem.h"
#include "core/limits.h"

enum { DOUBLINGS = 40 };

struct rows {
    struct levers *levers;
    const struct aim *aim;
    struct move *move;
    size_t known; /* cells of rows that are there now */
};

static const struct sequence *sequence_of(const struct rows *rows)
{
    return rows->move->to.sequence;
}

static struct value with_cell(const struct sequence *rows, size_t place, struct value cell)
{
    size_t count = rows->count * rows->width;
    struct value *cells = MEM_ARRAY(struct value, count);
    for (size_t i = 0; i < count; i++)
        cells[i] = i == place ? cell : rows->cells[i];
    return value_sequence(rows->width, rows->count, cells);
}

/* Takes the cell, if the aim is reached with it. */
static bool take(const struct rows *rows, size_t place, struct value cell)
{
    struct levers *levers = rows->levers;
    struct value to = with_cell(sequence_of(rows), place, cell);
    lever_move(levers, rows->move->lever, to);
    if (!levers_pass(levers) || !aim_is_sure(rows->aim, levers_value(levers, rows->aim->goal)))
        return false;
    rows->move->to = to;
    return true;
}

static const struct field *field_of(const struct rows *rows, size_t place)
{
    const struct field *field = lever_hole(rows->levers, rows->move->lever)->field;
    bool list = field->type.kind == TYPE_LIST;
    return list ? field->type.element : &field->type.columns[place % sequence_of(rows)->width];
}

/* Where none is declared: one, of a share a percent. */
static struct num step_of(const struct field *field)
{
    return field->limits.stepped ? field->limits.step : field->type.share ? num_ratio(1, 100) : num_int(1);
}

static bool take_number(const struct rows *rows, size_t place, struct num at)
{
    return limits_allow(&field_of(rows, place)->limits, at) && take(rows, place, value_number(at));
}

/* So many steps from a number are enough, so many others are not: takes the last that are, on the way to those. */
static void halve(const struct rows *rows, size_t place, struct num from, struct num step, int64_t enough,
                  int64_t less)
{
    while (enough - less > 1 || less - enough > 1) {
        int64_t middle = (enough + less) / 2;
        if (take_number(rows, place, num_add(from, num_mul(step, num_int(middle)))))
            enough = middle;
        else
            less = middle;
    }
}

/* ---- a number without end: how much is enough? */

static bool goes_on(const struct value *cell)
{
    return value_has_range(cell) && !cell->nothing_else &&
           (cell->range.low.infinite > 0 || cell->range.high.infinite < 0);
}

/* In steps from where they are counted: doubled until it is enough, then halved back. */
static bool settle(const struct rows *rows, size_t place)
{
    const struct field *field = field_of(rows, place);
    struct num step = step_of(field), base = limits_base(&field->limits);
    if (sequence_of(rows)->cells[place].range.high.infinite < 0)
        step = num_neg(step);
    int64_t enough = 1, less = 0;
    while (!take_number(rows, place, num_add(base, num_mul(step, num_int(enough))))) {
        less = enough;
        enough *= 2;
        if (enough >> DOUBLINGS || levers_spent(rows->levers))
            return false;
    }
    halve(rows, place, base, step, enough, less);
    return true;
}

/* ---- a number at an end of what it can be: how far from there is still enough? */

static bool stands_at(const struct value *cell, struct cut end)
{
    return !end.infinite && !end.side && num_equal(value_point(cell), end.at);
}

static void ease(const struct rows *rows, size_t place, const struct range *all)
{
    const struct value *cell = &sequence_of(rows)->cells[place];
    const struct field *field = field_of(rows, place);
    if (cell->kind != VALUE_NUMBER || !value_is_known(cell) || cell->na || field->limits.legal)
        return;
    struct num end = value_point(cell), step = step_of(field);
    if (!stands_at(cell, all->low) && !stands_at(cell, all->high))
        return;
    if (!stands_at(cell, all->low))
        step = num_neg(step);
    int64_t enough = 0, more = 1;
    while (!(more >> DOUBLINGS) && !levers_spent(rows->levers) &&
           take_number(rows, place, num_add(end, num_mul(step, num_int(more))))) {
        enough = more;
        more *= 2;
    }
    halve(rows, place, end, step, enough, more);
}

/* ---- all of them */

bool rows_are_told(const struct value *rows)
{
    const struct sequence *all = rows->sequence;
    for (size_t i = 0; i < all->count * all->width; i++)
        if (!value_is_known(&all->cells[i]) && !goes_on(&all->cells[i]))
            return false;
    return !all->open;
}

static struct rows added(struct levers *levers, const struct aim *aim, struct move *move)
{
    const struct value *now = &levers->list.items[move->lever].now;
    size_t known = now->sequence->open ? 0 : now->sequence->count * now->sequence->width;
    return (struct rows){levers, aim, move, known};
}

void rows_make_smaller(struct levers *levers, const struct aim *aim, struct move *move)
{
    struct rows rows = added(levers, aim, move);
    const struct value *any = lever_hole(levers, move->lever)->domain.sequence->any;
    size_t cells = sequence_of(&rows)->count * sequence_of(&rows)->width;
    bool settled = true;
    for (size_t i = rows.known; i < cells && settled; i++)
        settled = !goes_on(&sequence_of(&rows)->cells[i]) || settle(&rows, i);
    for (size_t i = rows.known; any && i < cells && settled; i++) {
        const struct value *all = &any[i % sequence_of(&rows)->width];
        if (!take(&rows, i, *all))
            ease(&rows, i, &all->range);
    }
    lever_move(levers, move->lever, move->to);
}

bool rows_can_be_written(const struct move *move)
{
    const struct sequence *rows = move->to.kind == VALUE_SEQUENCE ? move->to.sequence : NULL;
    for (size_t i = 0; rows && i < rows->count * rows->width; i++)
        if (goes_on(&rows->cells[i]))
            return false;
    return true;
}
