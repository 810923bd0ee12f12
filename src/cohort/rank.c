/* Each question is how many vectors of a sorted list are better than a given one, which a binary search
 * answers. A unit is counted among the others where it is itself in the list: then it is taken off again. */
#include "cohort/rank.h"
#include "base/mem.h"

/* ---- comparing */

static int compare_keys(const struct rank_key *a, const struct rank_key *b)
{
    if (a->na || b->na)
        return (int)a->na - (int)b->na;
    struct cut x = a->at, y = b->at;
    x.side = y.side = 0;
    return cut_compare(y, x);
}

/* n/a is worst either way. */
static int compare_lower(const struct rank_key *a, const struct rank_key *b)
{
    return a->na || b->na ? compare_keys(a, b) : compare_keys(b, a);
}

/* Below 0: `a` is better. */
static int compare_vectors(struct rank_order order, const struct rank_key *a, const struct rank_key *b)
{
    for (size_t i = 0; i < order.keys; i++) {
        int differs = order.lower_is_better ? compare_lower(&a[i], &b[i]) : compare_keys(&a[i], &b[i]);
        if (differs)
            return differs;
    }
    return 0;
}

/* ---- lists of vectors, best first */

typedef const struct rank_key *vector;

struct list {
    struct rank_order order;
    vector *items;
    size_t count;
};

static struct list list_new(struct rank_order order, size_t room)
{
    return (struct list){order, MEM_ARRAY(vector, room + 1), 0};
}

static void list_add(struct list *list, vector keys)
{
    list->items[list->count++] = keys;
}

static void merge(const struct list *list, vector *spare, size_t from, size_t middle, size_t end)
{
    size_t left = from, right = middle;
    for (size_t i = from; i < end; i++) {
        bool take = right == end || (left < middle && compare_vectors(list->order, list->items[left],
                                                                      list->items[right]) <= 0);
        spare[i] = list->items[take ? left++ : right++];
    }
    for (size_t i = from; i < end; i++)
        list->items[i] = spare[i];
}

static void list_sort(struct list *list)
{
    vector *spare = MEM_ARRAY(vector, list->count + 1);
    for (size_t width = 1; width < list->count; width *= 2)
        for (size_t from = 0; from + width < list->count; from += 2 * width) {
            size_t end = from + 2 * width;
            merge(list, spare, from, from + width, end < list->count ? end : list->count);
        }
}

/* How many are better than `keys`; with `equals`, as good too. */
static size_t count_better(const struct list *list, vector keys, bool equals)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int differs = compare_vectors(list->order, list->items[middle], keys);
        if (differs < 0 || (equals && differs == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- ranks */

/* Of all, and of those whose ends may lie further out than the truth. */
struct field {
    struct list bests, worsts, loose_bests, loose_worsts;
};

static struct field field_of(struct rank_order order, const struct contender *contenders, size_t count)
{
    struct field field = {list_new(order, count), list_new(order, count), list_new(order, count),
                          list_new(order, count)};
    for (size_t i = 0; i < count; i++) {
        const struct rank_ends *ends = &contenders[i].all;
        list_add(&field.bests, ends->best);
        list_add(&field.worsts, ends->worst);
        if (ends->surely)
            continue;
        list_add(&field.loose_bests, ends->best);
        list_add(&field.loose_worsts, ends->worst);
    }
    list_sort(&field.bests);
    list_sort(&field.worsts);
    list_sort(&field.loose_bests);
    list_sort(&field.loose_worsts);
    return field;
}

/* Is there a unit with loose ends that may be better than `keys` and may be not? `itself`: that one is
 * among them. */
static bool loose_around(const struct field *field, vector keys, bool itself)
{
    size_t perhaps = count_better(&field->loose_bests, keys, false);
    size_t surely = count_better(&field->loose_worsts, keys, false);
    return perhaps > surely + itself;
}

static struct ranked rank_one(const struct field *field, const struct contender *contender)
{
    struct rank_order order = field->bests.order;
    const struct rank_ends *ends = &contender->ranked;
    if (!ends->best)
        return (struct ranked){.exact = true};
    bool surpasses_itself = compare_vectors(order, contender->all.best, ends->worst) < 0;
    bool loose_itself = surpasses_itself && !contender->all.surely;
    struct ranked ranked = {
        .best = 1 + count_better(&field->worsts, ends->best, false),
        .worst = 1 + count_better(&field->bests, ends->worst, false) - surpasses_itself,
        .perhaps_none = contender->all.worst[0].na,
    };
    bool loose = !ends->surely || loose_around(field, ends->best, false) ||
                 loose_around(field, ends->worst, loose_itself);
    bool open = ranked.best != ranked.worst || ranked.perhaps_none;
    ranked.exact = !open || (!loose && contender->all.surely);
    return ranked;
}

void rank_all(struct rank_order order, const struct contender *contenders, size_t count, struct ranked *ranks)
{
    struct field field = field_of(order, contenders, count);
    for (size_t i = 0; i < count; i++)
        ranks[i] = rank_one(&field, &contenders[i]);
}

/* ---- places */

/* Those that are or may be candidates at their best, those that surely are at their worst. */
struct race {
    struct list possible, sure;
    size_t seats;
};

static bool is_possible(const struct contender *contender)
{
    return contender->candidate & TRUTH_YES;
}

static bool is_sure(const struct contender *contender)
{
    return contender->candidate == TRUTH_YES;
}

static struct race race_of(struct rank_order order, const struct contender *contenders, size_t count,
                           size_t seats)
{
    struct race race = {list_new(order, count), list_new(order, count), seats};
    for (size_t i = 0; i < count; i++) {
        if (is_possible(&contenders[i]))
            list_add(&race.possible, contenders[i].if_candidate.best);
        if (is_sure(&contenders[i]))
            list_add(&race.sure, contenders[i].if_candidate.worst);
    }
    list_sort(&race.possible);
    list_sort(&race.sure);
    return race;
}

static enum seat seat_of(const struct race *race, const struct contender *contender)
{
    const struct rank_ends *ends = &contender->if_candidate;
    if (!is_possible(contender))
        return SEAT_NO_CANDIDATE;
    bool varies = compare_vectors(race->sure.order, ends->best, ends->worst) < 0;
    size_t most_better = count_better(&race->possible, ends->worst, false) - varies;
    size_t most_as_good = count_better(&race->possible, ends->worst, true) - 1;
    size_t least_better = count_better(&race->sure, ends->best, false);
    size_t least_as_good = count_better(&race->sure, ends->best, true) - (is_sure(contender) && !varies);
    if (least_better >= race->seats)
        return SEAT_OUT;
    if (!is_sure(contender))
        return SEAT_UNDECIDED;
    if (most_as_good < race->seats)
        return SEAT_IN;
    return most_better < race->seats && least_as_good >= race->seats ? SEAT_TIED : SEAT_UNDECIDED;
}

/* Those who are surely tied are known equals, so that any of them tells how many are before them. */
static void add_tied(struct rank_tie *tie, const struct race *race, const struct contender *contender)
{
    vector keys = contender->if_candidate.best;
    tie->members++;
    tie->least = race->seats - count_better(&race->possible, keys, false);
    tie->most = race->seats - count_better(&race->sure, keys, false);
}

struct rank_tie rank_seats(struct rank_order order, const struct contender *contenders, size_t count,
                           size_t seats, enum seat *places)
{
    struct race race = race_of(order, contenders, count, seats);
    struct rank_tie tie = {0};
    for (size_t i = 0; i < count; i++) {
        places[i] = seat_of(&race, &contenders[i]);
        if (places[i] == SEAT_TIED)
            add_tied(&tie, &race, &contenders[i]);
    }
    return tie;
}

/* ---- the order of a list */

static size_t by_worst(const struct ranked *rank, size_t count)
{
    return rank->best ? rank->worst : count + 1;
}

static size_t by_best(const struct ranked *rank, size_t count)
{
    return rank->best ? rank->best : count + 1;
}

/* Equals keep their order. */
static void sort_by(size_t (*key)(const struct ranked *, size_t), const struct ranked *ranks, size_t count,
                    size_t *places)
{
    size_t *from = mem_alloc_plain((count + 3) * sizeof *from);
    size_t *sorted = mem_alloc_plain((count + 1) * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        from[key(&ranks[i], count) + 1]++;
    for (size_t i = 1; i < count + 3; i++)
        from[i] += from[i - 1];
    for (size_t i = 0; i < count; i++)
        sorted[from[key(&ranks[places[i]], count)]++] = places[i];
    for (size_t i = 0; i < count; i++)
        places[i] = sorted[i];
}

void rank_sort(const struct ranked *ranks, size_t count, size_t *places)
{
    for (size_t i = 0; i < count; i++)
        places[i] = i;
    sort_by(by_worst, ranks, count, places);
    sort_by(by_best, ranks, count, places);
}
