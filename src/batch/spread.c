#include "batch/spread.h"

static struct spread_end end_of(const int64_t *tops, const int64_t *wholes, size_t row)
{
    return (struct spread_end){tops ? tops[row] : 0, wholes ? wholes[row] : 1};
}

static int compare_ends(struct spread_end a, struct spread_end b)
{
    __int128 one = (__int128)a.top * b.whole, other = (__int128)b.top * a.whole;
    return (one > other) - (one < other);
}

struct spread spread_of(const struct results *results, size_t row)
{
    return (struct spread){.can = results->can ? results->can[row] : CAN_BE_ELSE,
                           .low = end_of(results->low, results->whole_low, row),
                           .high = end_of(results->high, results->whole_high, row)};
}

static bool has_number(const struct spread *spread)
{
    return spread->can & CAN_BE_ELSE;
}

bool spread_is_single(const struct spread *spread)
{
    bool one = (spread->can & (spread->can - 1)) == 0;
    return one && (!has_number(spread) || compare_ends(spread->low, spread->high) == 0);
}

void spread_join(struct spread *all, const struct spread *more)
{
    bool first = !has_number(all);
    all->can |= more->can;
    if (!has_number(more))
        return;
    if (first || compare_ends(more->low, all->low) < 0)
        all->low = more->low;
    if (first || compare_ends(more->high, all->high) > 0)
        all->high = more->high;
}

bool spread_same(const struct spread *a, const struct spread *b)
{
    if (a->can != b->can)
        return false;
    return !has_number(a) || (compare_ends(a->low, b->low) == 0 && compare_ends(a->high, b->high) == 0);
}

/* ---- putting it in its place: the columns are a machine's own wherever something was open */

static bool fits(const struct spread *spread, const struct results *results)
{
    if (!results->can && spread->can != CAN_BE_ELSE)
        return false;
    if (!has_number(spread))
        return true;
    bool one_whole = results->whole_low == results->whole_high && spread->low.whole != spread->high.whole;
    bool one_column = results->low == results->high && spread->low.top != spread->high.top;
    return results->low && !one_whole && !one_column;
}

static void put(const int64_t *column, size_t row, int64_t number)
{
    if (column && column[row] != number)
        ((int64_t *)column)[row] = number;
}

bool spread_put(const struct spread *spread, const struct results *results, size_t row)
{
    if (!fits(spread, results))
        return false;
    if (results->can && results->can[row] != spread->can)
        ((uint8_t *)results->can)[row] = (uint8_t)spread->can;
    if (!has_number(spread))
        return true;
    put(results->low, row, spread->low.top);
    put(results->high, row, spread->high.top);
    put(results->whole_low, row, spread->low.whole);
    put(results->whole_high, row, spread->high.whole);
    return true;
}
