/* Cells come from the rules; here their points get into the order in which a unit would go through them, and texts that somebody can read. */
#include "whatif/points.h"
#include "base/mem.h"
#include "base/str.h"
#include "core/limits.h"

/* ---- months: one more or one less at a time */

static void add_months(struct hole *hole, unsigned months)
{
    struct num count = num_int(__builtin_popcount(months));
    if (hole->limits && !range_holds(hole->limits->count, count))
        return;
    hole->cells[hole->cell_count] = hole->points[hole->cell_count] = value_months(months, months);
    hole->first_point[hole->cell_count] = hole->cell_count;
    hole->cell_count++;
}

/* From the fewest by way of those that count now to the most: the latest go first, the earliest come first. Where more than their number is read
 * they are not told apart. */
static void order_months(struct hole *hole, const struct value *now)
{
    enum { MOST = 14 };
    unsigned sure = hole->domain.months.sure, possible = hole->domain.months.possible,
             gone = now->months.sure & ~sure, at = sure;
    if (hole->cell_count < 2)
        return;
    hole->cells = MEM_ARRAY(struct value, MOST);
    hole->points = MEM_ARRAY(struct value, MOST);
    hole->first_point = mem_alloc_plain(MOST * sizeof *hole->first_point);
    hole->cell_count = 0;
    add_months(hole, at);
    for (; gone; gone &= gone - 1)
        add_months(hole, at |= gone & -gone);
    for (unsigned more = possible & ~at; more; more &= more - 1)
        add_months(hole, at |= more & -more);
    hole->first_point[hole->cell_count] = hole->cell_count;
}

/* ---- texts */

static bool has_text(const struct hole *hole, const char *text)
{
    for (size_t i = 0; i < hole->first_point[hole->cell_count]; i++)
        if (str_equal(hole->points[i].text, text))
            return true;
    return false;
}

/* Of its own, so that no two facts are equal by it; and none that the rules name. */
static const char *some_text(const struct hole *hole, size_t number)
{
    const char *text = str_print("?%zu", number + 1);
    while (has_text(hole, text))
        text = str_print("%s?", text);
    return text;
}

static void put_text(struct value *value, const char *made_up, const char *text)
{
    if (value->kind == VALUE_TEXT && str_equal(value->text, made_up))
        value->text = text;
}

/* The last one that is no n/a is made up. */
static void suit_texts(struct hole *hole, const struct value *now, size_t number)
{
    size_t points = hole->first_point[hole->cell_count];
    const char *made_up = NULL;
    for (size_t i = 0; i < points; i++)
        if (!hole->points[i].nothing_else)
            made_up = hole->points[i].text;
    const char *text = now && !has_text(hole, now->text) ? now->text : some_text(hole, number);
    for (size_t i = 0; made_up && i < points; i++)
        put_text(&hole->points[i], made_up, text);
    for (size_t i = 0; made_up && i < hole->cell_count; i++)
        put_text(&hole->cells[i], made_up, text);
}

void points_suit(struct hole *hole, const struct value *now, size_t number)
{
    if (hole->domain.kind == VALUE_TEXT)
        suit_texts(hole, now, number);
    if (hole->domain.kind == VALUE_MONTHS && now)
        order_months(hole, now);
}
