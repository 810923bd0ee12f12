/* Dates: monotone in each end, so a range of dates is worked on by its ends. */
#include <stdlib.h>
#include "base/date.h"
#include "core/kernel.h"

static int64_t held(struct cut end, struct range within)
{
    int64_t number;
    num_to_int(num_floor(cut_max(within.low, cut_min(end, within.high)).at), &number);
    return number;
}

static int64_t day_of(struct cut end)
{
    return held(end, range_calendar());
}

static int64_t months_of(struct cut end)
{
    enum { MOST = 120000 }; /* more months than the calendar has */
    return held(end, range_whole(-MOST, MOST));
}

static struct value between(int64_t low, int64_t high)
{
    return value_range(range_whole(low, high));
}

struct value kernel_days(const struct ir_node *node, struct range days)
{
    struct range held = range_meet(days, range_calendar());
    return range_is_empty(held) ? value_fault(FAULT_CALENDAR, node) : value_range(held);
}

/* Is the month that many months away one of the calendar's? */
static bool has_month(int64_t date, int64_t months)
{
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    int64_t moved = (int64_t)year * 12 + month - 1 + months;
    return moved >= 12 && moved < 10000 * 12;
}

static struct value add_months(const struct ir_node *node, struct range date, struct range months)
{
    int64_t first = day_of(date.low), last = day_of(date.high);
    int64_t least = months_of(months.low), most = months_of(months.high);
    bool point = range_is_point(date) && range_is_point(months);
    if (point && !has_month(first, least))
        return value_fault(FAULT_CALENDAR, node);
    return between(date_add_months(first, least), date_add_months(last, most));
}

static struct value months_from(struct range from, struct range to, int many)
{
    return between(date_months_between(day_of(from.high), day_of(to.low)) / many,
                   date_months_between(day_of(from.low), day_of(to.high)) / many);
}

static struct value year_of(struct range date)
{
    int first, last, month, day;
    date_to_civil(day_of(date.low), &first, &month, &day);
    date_to_civil(day_of(date.high), &last, &month, &day);
    return between(first, last);
}

static struct value month_of(struct range date)
{
    int first_year, last_year, first, last, day;
    date_to_civil(day_of(date.low), &first_year, &first, &day);
    date_to_civil(day_of(date.high), &last_year, &last, &day);
    return first_year == last_year ? between(first, last) : between(1, 12);
}

struct value kernel_calendar(const struct ir_node *node, const struct value *const *args)
{
    switch ((int)node->op) {
    case IR_ADD_MONTHS: return add_months(node, args[0]->range, args[1]->range);
    case IR_MONTHS_FROM: return months_from(args[0]->range, args[1]->range, 1);
    case IR_YEARS_FROM: return months_from(args[0]->range, args[1]->range, 12);
    case IR_YEAR: return year_of(args[0]->range);
    case IR_MONTH: return month_of(args[0]->range);
    }
    abort();
}
