/* Years are counted from 1 March, so that the leap day comes last, in eras of 400 years, which are all of one
 * length. */
#include "base/date.h"
#include <string.h>
#include "base/str.h"

enum {
    ERA_DAYS = 146097,
    EPOCH_DAYS = 719468,
    YEAR_MAX = 9999
}; /* EPOCH_DAYS: from 0000-03-01 to 1970-01-01 */

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static int64_t held(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

bool date_valid(int year, int month, int day)
{
    return year >= 1 && year <= YEAR_MAX && month >= 1 && month <= 12 && day >= 1 &&
           day <= month_days(year, month);
}

int64_t date_from_civil(int year, int month, int day)
{
    int64_t shifted = (int64_t)year - (month <= 2);
    int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400, year_of_era = shifted - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - EPOCH_DAYS;
}

void date_to_civil(int64_t date, int *year, int *month, int *day)
{
    int64_t days = date + EPOCH_DAYS, era = (days >= 0 ? days : days - (ERA_DAYS - 1)) / ERA_DAYS;
    int64_t day_of_era = days - era * ERA_DAYS;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted_month = (5 * day_of_year + 2) / 153;
    *day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    *month = (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

int date_weekday(int64_t date)
{
    enum { THURSDAY = 3 }; /* 1970-01-01 */
    return (int)((date % 7 + 7 + THURSDAY) % 7);
}

int64_t date_add_months(int64_t date, int64_t months)
{
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    int64_t whole = year * 12 + month - 1 + held(months, -12 * YEAR_MAX, 12 * YEAR_MAX);
    if (whole < 12)
        return DATE_MIN;
    if (whole >= 12 * (YEAR_MAX + 1))
        return DATE_MAX;
    year = (int)(whole / 12);
    month = (int)(whole % 12) + 1;
    int last = month_days(year, month);
    return date_from_civil(year, month, day < last ? day : last);
}

int64_t date_months_between(int64_t from, int64_t to)
{
    if (to < from)
        return -date_months_between(to, from);
    int year, month, day, last_year, last_month, last_day;
    date_to_civil(from, &year, &month, &day);
    date_to_civil(to, &last_year, &last_month, &last_day);
    int64_t months = (last_year - year) * 12 + last_month - month;
    return months - (date_add_months(from, months) > to);
}

const char *date_text(int64_t date)
{
    int year, month, day;
    date_to_civil(held(date, DATE_MIN, DATE_MAX), &year, &month, &day);
    return str_print("%04d-%02d-%02d", year, month, day);
}

static bool read_digits(const char **text, int count, int *out)
{
    for (*out = 0; count; count--, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        *out = *out * 10 + (**text - '0');
    }
    return true;
}

static bool skip(const char **text, char wanted)
{
    return *(*text)++ == wanted;
}

bool date_parse(const char *text, int64_t *out)
{
    int year, month, day;
    bool well_formed = read_digits(&text, 4, &year) && skip(&text, '-') && read_digits(&text, 2, &month) &&
                       skip(&text, '-') && read_digits(&text, 2, &day) && !*text;
    if (!well_formed || !date_valid(year, month, day))
        return false;
    *out = date_from_civil(year, month, day);
    return true;
}
