#include "core/procedure.h"
#include "base/date.h"

static int64_t within_calendar(int64_t day)
{
    return day < DATE_MIN ? DATE_MIN : day > DATE_MAX ? DATE_MAX : day;
}

int64_t duration_after(struct duration length, int64_t day, int64_t times)
{
    switch (length.unit) {
    case DURATION_NONE: break;
    case DURATION_DAYS: return within_calendar(day + length.count * times);
    case DURATION_MONTHS: return date_add_months(day, length.count * times);
    }
    return day;
}

bool holding_affirms(const struct holding *holding, size_t title)
{
    if (holding->kind == HOLDING_TITLE)
        return holding->title == title;
    for (size_t i = 0; i < holding->of.count && holding->kind != HOLDING_NOT; i++)
        if (holding_affirms(holding->of.items[i], title))
            return true;
    return false;
}
