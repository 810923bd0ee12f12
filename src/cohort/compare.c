/* The lower and the upper ends are sorted apart, those of units that may be n/a once more without them. */
#include "cohort/compare.h"
#include <stdlib.h>
#include "base/mem.h"

/* In ascending order. */
struct cuts {
    struct cut *items;
    size_t count;
};

struct side {
    struct cuts sure, possible; /* of units that have a value surely, possibly */
};

/* One end of a sum: what is finite, how many ends are infinite, how many open. */
struct sum_end {
    struct num finite;
    size_t infinite, open;
};

struct compared {
    size_t sure, possible; /* units that have a value */
    bool whole;            /* all values are whole numbers */
    struct side low, high;
    struct sum_end sum_low, sum_high;
};

/* ---- sorting */

static int by_cut(const void *a, const void *b)
{
    return cut_compare(*(const struct cut *)a, *(const struct cut *)b);
}

static void sort(struct cuts *cuts)
{
    if (cuts->count)
        qsort(cuts->items, cuts->count, sizeof *cuts->items, by_cut);
}

/* How many lie below a cut. */
static size_t below(const struct cuts *cuts, struct cut at)
{
    size_t low = 0, high = cuts->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cut_compare(cuts->items[middle], at) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t above(const struct cuts *cuts, struct cut at)
{
    size_t low = 0, high = cuts->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cut_compare(cuts->items[middle], at) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return cuts->count - low;
}

/* The first or the last once `own` is taken out; there is one more than that. */
static struct cut first_but(const struct cuts *cuts, const struct cut *own)
{
    bool next = own && cut_compare(cuts->items[0], *own) == 0;
    return cuts->items[next ? 1 : 0];
}

static struct cut last_but(const struct cuts *cuts, const struct cut *own)
{
    bool next = own && cut_compare(cuts->items[cuts->count - 1], *own) == 0;
    return cuts->items[cuts->count - (next ? 2 : 1)];
}

/* ---- sums */

/* What a unit adds: nothing where it is n/a. */
static struct range addend(const struct value *value)
{
    struct range nothing = range_point(num_int(0));
    if (value->kind != VALUE_NUMBER || value->nothing_else)
        return nothing;
    return value->na ? range_join(value->range, nothing) : value->range;
}

static void add_end(struct sum_end *sum, struct cut end)
{
    sum->infinite += end.infinite != 0;
    sum->open += end.side != 0;
    sum->finite = num_add(sum->finite, end.at);
}

static struct sum_end without_end(struct sum_end sum, struct cut end)
{
    sum.infinite -= end.infinite != 0;
    sum.open -= end.side != 0;
    sum.finite = num_sub(sum.finite, end.at);
    return sum;
}

static struct cut end_of(const struct sum_end *sum, int sign)
{
    if (sum->infinite)
        return cut_infinite(sign);
    return cut_at(sum->finite, sum->open ? -sign : 0);
}

/* ---- making */

static bool has_value(const struct value *value)
{
    return !value->nothing_else && !value->fault;
}

static bool is_whole(struct range range)
{
    return range.whole || (range_is_point(range) && num_is_int(range.low.at));
}

static void add(struct compared *all, const struct value *value)
{
    struct range range = addend(value);
    if (!has_value(value))
        return;
    all->possible++;
    all->sure += !value->na;
    all->whole = all->whole && is_whole(range);
    add_end(&all->sum_low, range.low);
    add_end(&all->sum_high, range.high);
    if (value->kind != VALUE_NUMBER)
        return;
    all->low.possible.items[all->low.possible.count++] = value->range.low;
    all->high.possible.items[all->high.possible.count++] = value->range.high;
    if (value->na)
        return;
    all->low.sure.items[all->low.sure.count++] = value->range.low;
    all->high.sure.items[all->high.sure.count++] = value->range.high;
}

static void make_room(struct side *side, size_t count)
{
    side->sure.items = MEM_ARRAY(struct cut, count + 1);
    side->possible.items = MEM_ARRAY(struct cut, count + 1);
}

static void sort_side(struct side *side)
{
    sort(&side->sure);
    sort(&side->possible);
}

const struct compared *compare(const struct value *values, size_t count)
{
    struct compared *all = MEM_NEW(struct compared);
    all->sum_low.finite = all->sum_high.finite = num_int(0);
    all->whole = true;
    make_room(&all->low, count);
    make_room(&all->high, count);
    for (size_t i = 0; i < count; i++)
        add(all, &values[i]);
    sort_side(&all->low);
    sort_side(&all->high);
    return all;
}

/* ---- what the others come to */

static size_t sure_others(const struct compared *all, const struct value *own)
{
    return all->sure - (own && has_value(own) && !own->na);
}

static size_t possible_others(const struct compared *all, const struct value *own)
{
    return all->possible - (own && has_value(own));
}

struct range compare_count(const struct compared *all, const struct value *own)
{
    return range_whole((int64_t)sure_others(all, own), (int64_t)possible_others(all, own));
}

struct range compare_sum(const struct compared *all, const struct value *own)
{
    struct sum_end low = all->sum_low, high = all->sum_high;
    if (own && has_value(own)) {
        struct range range = addend(own);
        low = without_end(low, range.low);
        high = without_end(high, range.high);
    }
    return range_of(end_of(&low, -1), end_of(&high, 1), all->whole);
}

/* Those that may be n/a can leave the field to the lowest of them, but not where one has a value surely. */
struct value compare_highest(const struct compared *all, const struct value *own)
{
    bool among = own && has_value(own);
    const struct cut *low = among ? &own->range.low : NULL, *high = among ? &own->range.high : NULL;
    bool sure = sure_others(all, own) > 0;
    if (!possible_others(all, own))
        return value_na();
    struct cut least =
        sure ? last_but(&all->low.sure, among && !own->na ? low : NULL) : first_but(&all->low.possible, low);
    struct value value = value_range(range_of(least, last_but(&all->high.possible, high), all->whole));
    return sure ? value : value_or_na(value);
}

struct value compare_lowest(const struct compared *all, const struct value *own)
{
    bool among = own && has_value(own);
    const struct cut *low = among ? &own->range.low : NULL, *high = among ? &own->range.high : NULL;
    bool sure = sure_others(all, own) > 0;
    if (!possible_others(all, own))
        return value_na();
    struct cut most = sure ? first_but(&all->high.sure, among && !own->na ? high : NULL)
                           : last_but(&all->high.possible, high);
    struct value value = value_range(range_of(first_but(&all->low.possible, low), most, all->whole));
    return sure ? value : value_or_na(value);
}

/* Before it stand those that are surely better than all that it can be … those that may be better than
 * some of it; it never stands before itself. */
struct value compare_rank(const struct compared *all, const struct value *own, bool among, bool lowest_first)
{
    if (own->nothing_else)
        return value_na();
    struct range range = own->range;
    size_t least = lowest_first ? below(&all->high.sure, range.low) : above(&all->low.sure, range.high);
    size_t most =
        lowest_first ? below(&all->low.possible, range.high) : above(&all->high.possible, range.low);
    most -= among && cut_compare(range.low, range.high) < 0;
    return value_range(range_whole((int64_t)least + 1, (int64_t)most + 1));
}
