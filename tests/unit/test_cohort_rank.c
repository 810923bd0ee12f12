/* Ranks and places against every world of small cohorts: what the ends of each unit alone say is what all choices of worlds say. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/mem.h"
#include "cohort/rank.h"

enum { KEYS = 2, UNITS_MAX = 5, WORLDS_MAX = 3, COHORTS = 4000, NA = -1 };

/* In one world: its keys, NA for n/a, and whether it is a candidate. */
struct world {
    int keys[KEYS];
    bool candidate;
};

struct unit {
    struct world worlds[WORLDS_MAX];
    size_t count;
};

struct cohort {
    struct rank_order order;
    struct unit units[UNITS_MAX];
    size_t count, seats;
};

static uint64_t seed = 20170425;

static int draw(int below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((seed >> 33) % (uint64_t)below);
}

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

/* ---- vectors */

static const struct rank_key *vector_of(const struct world *world)
{
    struct rank_key *keys = MEM_ARRAY(struct rank_key, KEYS);
    for (size_t i = 0; i < KEYS; i++)
        keys[i] = world->keys[i] == NA ? (struct rank_key){.na = true}
                                       : (struct rank_key){.at = cut_at(num_int(world->keys[i]), 0)};
    return keys;
}

/* As the rule is written; below 0: `a` is better. */
static int compare(struct rank_order order, const struct world *a, const struct world *b)
{
    for (size_t i = 0; i < KEYS; i++) {
        int x = a->keys[i], y = b->keys[i];
        if (x == y)
            continue;
        if (x == NA || y == NA)
            return x == NA ? 1 : -1;
        return (x > y) != order.lower_is_better ? -1 : 1;
    }
    return 0;
}

enum wanted { ANY, RANKED, CANDIDATE };

static bool is_wanted(const struct world *world, enum wanted wanted)
{
    return wanted == ANY || (wanted == RANKED ? world->keys[0] != NA : world->candidate);
}

static struct rank_ends ends_of(struct rank_order order, const struct unit *unit, enum wanted wanted)
{
    const struct world *best = NULL, *worst = NULL;
    for (size_t i = 0; i < unit->count; i++) {
        const struct world *world = &unit->worlds[i];
        if (!is_wanted(world, wanted))
            continue;
        best = !best || compare(order, world, best) < 0 ? world : best;
        worst = !worst || compare(order, world, worst) > 0 ? world : worst;
    }
    return best ? (struct rank_ends){vector_of(best), vector_of(worst), true} : (struct rank_ends){0};
}

static struct contender contender_of(struct rank_order order, const struct unit *unit)
{
    struct contender contender = {.all = ends_of(order, unit, ANY),
                                  .ranked = ends_of(order, unit, RANKED),
                                  .if_candidate = ends_of(order, unit, CANDIDATE)};
    for (size_t i = 0; i < unit->count; i++)
        contender.candidate |= unit->worlds[i].candidate ? TRUTH_YES : TRUTH_NO;
    return contender;
}

/* ---- every world */

struct seen {
    size_t best, worst;
    bool ranked, unranked;
    unsigned seats; /* a bit for each enum seat that some world gives */
};

static enum seat seat_in(const struct cohort *cohort, const struct world *const *chosen, size_t unit)
{
    size_t better = 0, as_good = 0;
    if (!chosen[unit]->candidate)
        return SEAT_NO_CANDIDATE;
    for (size_t i = 0; i < cohort->count; i++) {
        if (i == unit || !chosen[i]->candidate)
            continue;
        better += compare(cohort->order, chosen[i], chosen[unit]) < 0;
        as_good += compare(cohort->order, chosen[i], chosen[unit]) <= 0;
    }
    return better >= cohort->seats ? SEAT_OUT : as_good < cohort->seats ? SEAT_IN : SEAT_TIED;
}

static void see(const struct cohort *cohort, const struct world *const *chosen, struct seen *seen)
{
    for (size_t u = 0; u < cohort->count; u++) {
        size_t rank = 1;
        for (size_t i = 0; i < cohort->count; i++)
            rank += compare(cohort->order, chosen[i], chosen[u]) < 0;
        seen[u].seats |= 1u << seat_in(cohort, chosen, u);
        if (chosen[u]->keys[0] == NA) {
            seen[u].unranked = true;
            continue;
        }
        seen[u].best = !seen[u].ranked || rank < seen[u].best ? rank : seen[u].best;
        seen[u].worst = rank > seen[u].worst ? rank : seen[u].worst;
        seen[u].ranked = true;
    }
}

static void see_all(const struct cohort *cohort, const struct world **chosen, size_t unit, struct seen *seen)
{
    if (unit == cohort->count) {
        see(cohort, chosen, seen);
        return;
    }
    for (size_t i = 0; i < cohort->units[unit].count; i++) {
        chosen[unit] = &cohort->units[unit].worlds[i];
        see_all(cohort, chosen, unit + 1, seen);
    }
}

static enum seat seat_of(unsigned seats)
{
    unsigned none = 1u << SEAT_NO_CANDIDATE, out = 1u << SEAT_OUT;
    if (seats == none)
        return SEAT_NO_CANDIDATE;
    if (!(seats & ~(none | out)))
        return SEAT_OUT;
    return seats == 1u << SEAT_IN ? SEAT_IN : seats == 1u << SEAT_TIED ? SEAT_TIED : SEAT_UNDECIDED;
}

/* ---- comparing */

static struct cohort draw_cohort(void)
{
    struct cohort cohort = {.order = {KEYS, draw(4) == 0}};
    cohort.count = (size_t)(1 + draw(UNITS_MAX));
    cohort.seats = (size_t)draw(4);
    for (size_t u = 0; u < cohort.count; u++) {
        struct unit *unit = &cohort.units[u];
        unit->count = (size_t)(1 + draw(2) * draw(WORLDS_MAX));
        int candidate = draw(3);
        for (size_t i = 0; i < unit->count; i++) {
            for (size_t k = 0; k < KEYS; k++)
                unit->worlds[i].keys[k] = draw(8) ? draw(3) : NA;
            unit->worlds[i].candidate = candidate ? candidate == 1 || draw(2) : true;
        }
    }
    return cohort;
}

static void check_ranks(const struct seen *seen, const struct ranked *ranks)
{
    assert_int_equal(ranks->best, seen->ranked ? seen->best : 0);
    assert_int_equal(ranks->worst, seen->ranked ? seen->worst : 0);
    assert_true(ranks->exact);
    assert_int_equal(ranks->perhaps_none, seen->ranked && seen->unranked);
}

static void check_cohort(const struct cohort *cohort, size_t *counts)
{
    struct contender contenders[UNITS_MAX];
    struct ranked ranks[UNITS_MAX];
    struct seen seen[UNITS_MAX] = {0};
    enum seat seats[UNITS_MAX];
    const struct world *chosen[UNITS_MAX];
    for (size_t u = 0; u < cohort->count; u++)
        contenders[u] = contender_of(cohort->order, &cohort->units[u]);
    rank_all(cohort->order, contenders, cohort->count, ranks);
    struct rank_tie tie = rank_seats(cohort->order, contenders, cohort->count, cohort->seats, seats);
    see_all(cohort, chosen, 0, seen);
    size_t tied = 0;
    for (size_t u = 0; u < cohort->count; u++) {
        check_ranks(&seen[u], &ranks[u]);
        assert_int_equal(seats[u], seat_of(seen[u].seats));
        tied += seats[u] == SEAT_TIED;
        counts[seats[u]]++;
    }
    assert_int_equal(tie.members, tied);
    assert_true(!tied || (tie.least >= 1 && tie.least <= tie.most && tie.most <= cohort->seats));
}

static void test_every_world(void **state)
{
    (void)state;
    size_t counts[SEAT_COUNT] = {0};
    for (size_t i = 0; i < COHORTS; i++) {
        struct cohort cohort = draw_cohort();
        check_cohort(&cohort, counts);
    }
    for (size_t i = 0; i < SEAT_COUNT; i++)
        assert_true(counts[i] > 100);
}

/* ---- by hand */

static struct contender known(int first, int second)
{
    struct unit unit = {.worlds = {{{first, second}, true}}, .count = 1};
    return contender_of((struct rank_order){KEYS, false}, &unit);
}

static void test_many(void **state)
{
    (void)state;
    enum { MANY = 30000 };
    struct contender *contenders = MEM_ARRAY(struct contender, MANY);
    struct ranked *ranks = MEM_ARRAY(struct ranked, MANY);
    size_t *order = mem_alloc_plain(MANY * sizeof *order);
    for (size_t i = 0; i < MANY; i++)
        contenders[i] = known((int)(i * 7919 % MANY), 0);
    rank_all((struct rank_order){KEYS, false}, contenders, MANY, ranks);
    rank_sort(ranks, MANY, order);
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(ranks[i].best, MANY - i * 7919 % MANY);
        assert_int_equal(ranks[order[i]].best, i + 1);
    }
}

/* Equals and those without a rank keep the order in which they came. */
static void test_order(void **state)
{
    (void)state;
    struct ranked ranks[] = {{0, 0, false, true}, {2, 3, false, true}, {1, 1, false, true},
                             {2, 2, false, true}, {0, 0, false, true}, {2, 2, true, true}};
    const size_t wanted[] = {2, 3, 5, 1, 0, 4};
    size_t order[6];
    rank_sort(ranks, 6, order);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(order[i], wanted[i]);
}

/* Ends that lie too far out make those ranks uncertain that they overlap, and no others. */
static void test_loose(void **state)
{
    (void)state;
    struct unit wide = {.worlds = {{{2, 0}, true}, {{5, 0}, true}}, .count = 2};
    struct contender contenders[] = {known(9, 0), known(3, 0), known(1, 0),
                                     contender_of((struct rank_order){KEYS, false}, &wide)};
    struct ranked ranks[4];
    contenders[3].all.surely = contenders[3].ranked.surely = false;
    rank_all((struct rank_order){KEYS, false}, contenders, 4, ranks);
    assert_true(ranks[0].exact && ranks[2].exact && !ranks[1].exact && !ranks[3].exact);
    assert_int_equal(ranks[1].best, 2);
    assert_int_equal(ranks[1].worst, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_world),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_loose),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
