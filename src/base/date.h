/* Days as whole numbers: 0 is 1970-01-01, proleptic Gregorian calendar, years 1 … 9999. */
#ifndef RUBRIC_BASE_DATE_H
#define RUBRIC_BASE_DATE_H
#include <stdbool.h>
#include <stdint.h>

bool date_valid(int year, int month, int day);
int64_t date_from_civil(int year, int month, int day);           /* of a valid date */
void date_to_civil(int64_t date, int *year, int *month, int *day);
int date_weekday(int64_t date);                                  /* 0 Monday … 6 Sunday */
int64_t date_add_months(int64_t date, int64_t months);           /* a missing day becomes the month's end; held inside years 1 … 9999 */
int64_t date_months_between(int64_t from, int64_t to);           /* whole months gone by; negative when backwards */
const char *date_text(int64_t date);                             /* "2017-04-25" */
bool date_parse(const char *text, int64_t *out);                 /* "2017-04-25" alone */
#define DATE_MIN (-719162)                                       /* 0001-01-01 */
#define DATE_MAX 2932896                                         /* 9999-12-31 */
#endif
