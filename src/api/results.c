/* What the last evaluation found: read where it stands. */
#include <string.h>
#include "api/held.h"
#include "base/ratio_text.h"

enum { PLACES_MAX = 18 };

/* ---------------------------------------------------------------- one result */

static struct result_end end_of(const int64_t *number, const int64_t *whole, int64_t scale)
{
    return (struct result_end){.top = *number, .bottom = whole ? *whole : scale};
}

static struct result of_row(const rubric_unit *unit, size_t asked)
{
    struct results results = row_output(unit->row, asked);
    int64_t scale = unit->of->outputs[asked].scale;
    struct result result = {.can = results.can ? *results.can : CAN_BE_ELSE, .exact = true};
    if (!results.low)
        return result;
    result.low = end_of(results.low, results.whole_low, scale);
    result.high = end_of(results.high, results.whole_high, scale);
    return result;
}

/* False: there is none. */
static bool find(const rubric_unit *unit, size_t asked, struct result *result)
{
    if (!unit->of->asked[asked] || unit->way == RUBRIC_BY_NONE)
        return false;
    *result = unit->way == RUBRIC_BY_EVALUATOR ? unit->results[asked] : of_row(unit, asked);
    return true;
}

/* SIZE_MAX: no such part. */
static size_t asked_of(const rubric_standard *of, int part)
{
    if (part == RUBRIC_TOTAL)
        return ASKED_TOTAL;
    if (part == RUBRIC_SUBTOTAL)
        return ASKED_SUBTOTAL;
    return part >= 0 && part < of->part_count ? ASKED_PARTS + (size_t)part : SIZE_MAX;
}

static rubric_status score_of(const rubric_unit *unit, int part, struct result *result)
{
    size_t asked = asked_of(unit->of, part);
    if (asked == SIZE_MAX || !unit->of->asked[asked])
        return RUBRIC_NO_SUCH;
    return find(unit, asked, result) ? RUBRIC_OK : RUBRIC_NOT_EVALUATED;
}

/* ---------------------------------------------------------------- scores */

static bool is_same(const struct result_end *a, const struct result_end *b)
{
    if (a->bottom == 0 || b->bottom == 0)
        return false;
    if (a->bottom == b->bottom)
        return a->top == b->top;
    return (__int128)a->top * b->bottom == (__int128)b->top * a->bottom;
}

/* top ÷ bottom × power, where that is whole and fits. */
static bool scaled(const struct result_end *end, int64_t power, int64_t *number)
{
    if (end->bottom == 1)
        return !__builtin_mul_overflow(end->top, power, number);
    if (end->bottom == power) {
        *number = end->top;
        return true;
    }
    if (power % end->bottom == 0)
        return !__builtin_mul_overflow(end->top, power / end->bottom, number);
    __int128 top = (__int128)end->top * power, whole = top / end->bottom;
    *number = (int64_t)whole;
    return top % end->bottom == 0 && *number == whole;
}

rubric_status rubric_score(const rubric_unit *unit, int part, unsigned places, int64_t *score)
{
    struct result result;
    int64_t number;
    rubric_status status = score_of(unit, part, &result);
    if (status != RUBRIC_OK)
        return status;
    bool one = places <= PLACES_MAX && result.can == CAN_BE_ELSE && is_same(&result.low, &result.high) &&
               scaled(&result.low, decimal_powers[places], &number);
    if (!one)
        return RUBRIC_NOT_ONE;
    *score = number;
    return RUBRIC_OK;
}

/* As snprintf does. */
static size_t put(char *text, size_t size, const char *from, size_t length)
{
    size_t copied = size == 0 ? 0 : length < size ? length : size - 1;
    if (size == 0)
        return length;
    memcpy(text, from, copied);
    text[copied] = '\0';
    return length;
}

size_t rubric_score_text(const rubric_unit *unit, int part, rubric_end end, char *text, size_t size)
{
    struct result result;
    char room[RATIO_TEXT_ROOM];
    if (size > 0)
        *text = '\0';
    if (score_of(unit, part, &result) != RUBRIC_OK)
        return 0;
    if (result.can == CAN_BE_NA)
        return put(text, size, "n/a", 3);
    const struct result_end *it = end == RUBRIC_HIGH ? &result.high : &result.low;
    if (it->text)
        return put(text, size, it->text, strlen(it->text));
    return put(text, size, room, ratio_text(room, it->top, it->bottom));
}

rubric_truth rubric_score_is_na(const rubric_unit *unit, int part)
{
    struct result result;
    if (score_of(unit, part, &result) != RUBRIC_OK)
        return RUBRIC_UNKNOWN;
    return !(result.can & CAN_BE_NA) ? RUBRIC_NO : result.can == CAN_BE_NA ? RUBRIC_NA : RUBRIC_YES;
}

rubric_truth rubric_score_is_exact(const rubric_unit *unit, int part)
{
    struct result result;
    if (score_of(unit, part, &result) != RUBRIC_OK)
        return RUBRIC_UNKNOWN;
    return result.exact ? RUBRIC_YES : RUBRIC_NO;
}

/* ---------------------------------------------------------------- grade, gates, qualifications */

int rubric_grade(const rubric_unit *unit, rubric_end end)
{
    struct result result;
    if (!find(unit, ASKED_GRADE, &result) || !(result.can & CAN_BE_ELSE))
        return -1;
    return (int)(end == RUBRIC_HIGH ? result.high.top : result.low.top);
}

static rubric_truth truth_of(const struct result *result)
{
    switch (result->can) {
    case CAN_BE_YES: return RUBRIC_YES;
    case CAN_BE_NO: return RUBRIC_NO;
    case CAN_BE_NA: return RUBRIC_NA;
    default: return RUBRIC_UNKNOWN;
    }
}

rubric_truth rubric_eligible(const rubric_unit *unit)
{
    struct result result;
    if (unit->way != RUBRIC_BY_NONE && !unit->of->asked[ASKED_ELIGIBLE])
        return RUBRIC_YES;
    return find(unit, ASKED_ELIGIBLE, &result) ? truth_of(&result) : RUBRIC_UNKNOWN;
}

rubric_truth rubric_qualifies(const rubric_unit *unit, int qualification)
{
    struct result result;
    const rubric_standard *of = unit->of;
    if (qualification < 0 || qualification >= of->qualification_count)
        return RUBRIC_UNKNOWN;
    size_t asked = ASKED_PARTS + (size_t)of->part_count + (size_t)qualification;
    return find(unit, asked, &result) ? truth_of(&result) : RUBRIC_UNKNOWN;
}
