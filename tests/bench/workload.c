/* Units for `make bench`, the same every time: a unit hangs on the seed and its number alone. And what they score: straight-line code, written
 * apart from the standard in model-units.rubric.
 * usage: workload COUNT csv|json|totals|sum [SEED [MISSING]]
 *   totals: of each unit its id, its total from and to, and whether it is eligible
 *   sum: the units, their totals, how many are eligible, the six sections
 *   MISSING: of a hundred cells so many are empty; `sum` then has two lines, all units at their worst, and at their best */
#include "units.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- chance */

struct chance {
    uint64_t state;
    uint64_t quality; /* of a thousand duties, a unit does so many */
};

static uint64_t draw(struct chance *chance)
{
    uint64_t z = chance->state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static struct chance chance_of(uint64_t seed, uint64_t number)
{
    struct chance chance = {seed * 0xd1342543de82ef95 + number * 0x2545f4914f6cdd1d, 0};
    draw(&chance);
    return chance;
}

static long below(struct chance *chance, long limit)
{
    return (long)(draw(chance) % (uint64_t)limit);
}

static bool does(struct chance *chance)
{
    return draw(chance) % 1000 < chance->quality;
}

/* Of so many duties, how many are done. */
static long done_of(struct chance *chance, int duties)
{
    long done = 0;
    for (int i = 0; i < duties; i++)
        done += does(chance);
    return done;
}

static long all_or_some(struct chance *chance, long whole)
{
    return does(chance) || !whole ? whole : below(chance, whole);
}

/* `done` is the least of what is drawn where the duty is done, `more` how many values above it; else below `less`. */
static long amount(struct chance *chance, long done, long more, long less)
{
    return does(chance) ? done + below(chance, more) : less ? below(chance, less) : 0;
}

static long twelve_or_less(struct chance *chance)
{
    return does(chance) ? 12 : below(chance, 13);
}

/* ---------------------------------------------------------------- units */

static void draw_quality(struct chance *chance)
{
    long kind = below(chance, 10);
    chance->quality = (uint64_t)(kind < 4   ? 975 + below(chance, 25)
                                 : kind < 8 ? 850 + below(chance, 130)
                                            : 500 + below(chance, 400));
}

/* Often at the edge of 95 %, where a rounded quotient would err. */
static void draw_survey(struct chance *chance, union unit *unit)
{
    unit->votes = 0;
    if (below(chance, 50)) {
        unit->votes = 20 * (1 + below(chance, 30));
        unit->votes += below(chance, 3) ? 0 : below(chance, 20);
    }
    long edge = unit->votes * 95 / 100;
    switch (below(chance, 4)) {
    case 0: unit->votes_yes = edge; break;
    case 1: unit->votes_yes = unit->votes ? edge - 1 : 0; break;
    case 2: unit->votes_yes = edge + 1 > unit->votes ? unit->votes : edge + 1; break;
    default: unit->votes_yes = all_or_some(chance, unit->votes);
    }
}

static union unit draw_unit(uint64_t seed, uint64_t number)
{
    struct chance drawn = chance_of(seed, number), *chance = &drawn;
    union unit unit;
    draw_quality(chance);
    unit.team = does(chance);
    unit.duties = does(chance);
    unit.staff = does(chance);
    unit.trained = done_of(chance, 3);
    unit.rules_followed = does(chance);
    unit.special = amount(chance, 1, 3, 0);
    unit.kept = amount(chance, 5, 8, 6);
    unit.praised = does(chance);
    unit.months = twelve_or_less(chance);
    unit.lectures = amount(chance, 1, 4, 0);
    unit.memorials = does(chance);
    unit.mentoring = amount(chance, 1, 2, 0);
    unit.plans = done_of(chance, 2);
    unit.reviews = amount(chance, 2, 3, 3);
    unit.integrity = does(chance);
    unit.study = done_of(chance, 6);
    unit.groups = does(chance);
    unit.joint = does(chance);
    unit.mechanisms = done_of(chance, 6);
    unit.life_meetings = amount(chance, 1, 2, 0);
    unit.recruits_planned = below(chance, 9);
    unit.recruits_made = all_or_some(chance, unit.recruits_planned);
    unit.members = 5 + below(chance, 120);
    unit.dues_owed = unit.members * (1200 + below(chance, 6000));
    unit.dues_paid = all_or_some(chance, unit.dues_owed);
    unit.floating = below(chance, 12);
    unit.transferred = all_or_some(chance, unit.floating);
    unit.notices_due = 4 + below(chance, 40);
    unit.notices_made = all_or_some(chance, unit.notices_due);
    unit.equipment = done_of(chance, 5);
    unit.flag = does(chance);
    unit.filing = does(chance);
    unit.gallery = does(chance);
    unit.updates = amount(chance, 4, 21, 5);
    unit.subscribers = all_or_some(chance, unit.members);
    unit.july = does(chance);
    unit.visited = all_or_some(chance, unit.members);
    unit.services = amount(chance, 2, 5, 3);
    unit.pioneer_months = twelve_or_less(chance);
    unit.posts = done_of(chance, 4);
    unit.innovations = amount(chance, 1, 2, 0);
    unit.provincial = amount(chance, 0, 4, 0);
    unit.municipal = amount(chance, 0, 9, 2);
    draw_survey(chance, &unit);
    unit.awards = amount(chance, 0, 3, 0);
    unit.spread = amount(chance, 0, 3, 0);
    unit.excellent = done_of(chance, 3);
    unit.passed = does(chance)         ? 3 - unit.excellent
                  : unit.excellent < 3 ? below(chance, 4 - unit.excellent)
                                       : 0;
    unit.violations = below(chance, 1000) < 30 ? 1 + below(chance, 2) : 0;
    return unit;
}

/* Which cells are empty; drawn apart, so that the units stay what they are. */
static uint64_t draw_missing(uint64_t seed, uint64_t number, long percent)
{
    struct chance chance = chance_of(~seed, number);
    uint64_t missing = 0;
    for (int i = 0; percent && i < FACT_COUNT; i++)
        missing |= (uint64_t)(below(&chance, 100) < percent) << i;
    return missing;
}

/* ---------------------------------------------------------------- what they score */

static long least(long a, long b)
{
    return a < b ? a : b;
}

static long leadership(const union unit *u)
{
    static const long for_trainings[] = {0, 1, 3, 5};
    long points = u->team + u->duties + 2 * u->staff + for_trainings[u->trained] + 2 * u->rules_followed;
    if (u->special)
        points += 2;
    if (u->kept >= 5)
        points += 3 + u->praised;
    else
        points += (u->kept + 1) / 2;
    if (!u->violations)
        points += u->months / 12 + (u->lectures > 0) + u->memorials;
    return points + (u->mentoring ? 3 : 0);
}

static long teaching(const union unit *u)
{
    return u->plans + u->plans / 2 + least(u->reviews, 2) + u->integrity + u->study / 2 + 2 * u->groups;
}

static long workings(const union unit *u)
{
    long points = 3 * u->joint + least(u->mechanisms, 6) + (u->life_meetings > 0);
    if (u->recruits_made >= u->recruits_planned)
        points += 3;
    if (u->dues_paid >= u->dues_owed)
        points += 4;
    if (u->transferred >= u->floating)
        points += 3;
    if (u->notices_made >= u->notices_due)
        points += 3;
    return points;
}

static long places(const union unit *u)
{
    long points = least(u->equipment, 5) + 2 * (u->flag + u->filing) + u->gallery * (1 + (u->updates > 3));
    return points + (u->subscribers >= u->members ? 2 : 0);
}

static long deeds(const union unit *u)
{
    long points = 3 * u->july + least(u->services, 2) + u->pioneer_months / 3 + u->posts / 2;
    return points + (u->visited >= u->members ? 2 : 0) + (u->innovations ? 2 : 0);
}

static long effects(const union unit *u)
{
    long points = u->provincial || u->municipal > 1 ? 4 : 0;
    if (u->votes && u->votes_yes * 20 >= u->votes * 19)
        points += 4;
    if (u->awards || u->spread)
        points += 3;
    if (u->excellent && u->excellent + u->passed == 3)
        points += 4;
    return points;
}

struct score {
    long sections[SECTION_COUNT], total;
    bool eligible;
};

static struct score score(const union unit *unit)
{
    struct score score = {
        {leadership(unit), teaching(unit), workings(unit), places(unit), deeds(unit), effects(unit)},
        0,
        false};
    for (int i = 0; i < SECTION_COUNT; i++)
        score.total += score.sections[i];
    score.eligible = score.total >= 90 && !unit->violations;
    return score;
}

/* ---------------------------------------------------------------- what is missing, at its worst and at its best */

static const long worst_values[FACT_COUNT] = {
#define FACT(name, worst, best) worst,
#include "units.def"
#undef FACT
};

static const long best_values[FACT_COUNT] = {
#define FACT(name, worst, best) best,
#include "units.def"
#undef FACT
};

static bool is_missing(uint64_t missing, const union unit *unit, const long *cell)
{
    return missing >> (cell - unit->cells) & 1;
}

static union unit filled(union unit unit, uint64_t missing, const long *values)
{
    for (int i = 0; i < FACT_COUNT; i++)
        if (missing >> i & 1)
            unit.cells[i] = values[i];
    return unit;
}

static union unit at_worst(union unit unit, uint64_t missing)
{
    union unit all = filled(unit, missing, worst_values);
    if (is_missing(missing, &unit, &unit.passed))
        all.passed = all.excellent == 3;
    return all;
}

/* Every fact helps or harms wherever it counts, so that the best of each is the best of all; but of the years rated the one hangs on the other. */
static union unit at_best(union unit unit, uint64_t missing)
{
    union unit all = filled(unit, missing, best_values);
    if (is_missing(missing, &unit, &unit.passed))
        all.passed = 3 - all.excellent;
    else if (is_missing(missing, &unit, &unit.excellent))
        all.excellent = 3 - all.passed;
    return all;
}

/* ---------------------------------------------------------------- what is printed */

static const char *const names[FACT_COUNT] = {
#define FACT(name, worst, best) #name,
#include "units.def"
#undef FACT
};

static void print_head(void)
{
    fputs("unit", stdout);
    for (int i = 0; i < FACT_COUNT; i++)
        printf(",%s", names[i]);
    putchar('\n');
}

static void print_csv(uint64_t number, const union unit *unit, uint64_t missing)
{
    printf("%llu", (unsigned long long)number);
    for (int i = 0; i < FACT_COUNT; i++)
        if (missing >> i & 1)
            putchar(',');
        else
            printf(",%ld", unit->cells[i]);
    putchar('\n');
}

static void print_json(uint64_t number, const union unit *unit, uint64_t missing)
{
    printf("{\"unit\":\"%llu\"", (unsigned long long)number);
    for (int i = 0; i < FACT_COUNT; i++)
        if (!(missing >> i & 1))
            printf(",\"%s\":%ld", names[i], unit->cells[i]);
    puts("}");
}

static void print_total(uint64_t number, const struct score *worst, const struct score *best)
{
    const char *eligible = worst->eligible ? "yes" : best->eligible ? "unknown" : "no";
    printf("%llu,%ld,%ld,%s\n", (unsigned long long)number, worst->total, best->total, eligible);
}

struct sums {
    long units, total, eligible, sections[SECTION_COUNT];
};

static void add(struct sums *sums, const struct score *score)
{
    sums->units++;
    sums->total += score->total;
    sums->eligible += score->eligible;
    for (int i = 0; i < SECTION_COUNT; i++)
        sums->sections[i] += score->sections[i];
}

static void print_sums(const struct sums *sums)
{
    printf("%ld %ld %ld", sums->units, sums->total, sums->eligible);
    for (int i = 0; i < SECTION_COUNT; i++)
        printf(" %ld", sums->sections[i]);
    putchar('\n');
}

static int usage(void)
{
    fputs("usage: workload COUNT csv|json|totals|sum [SEED [MISSING]]\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc > 5 || !strchr("cjts", argv[2][0]))
        return usage();
    uint64_t count = strtoull(argv[1], NULL, 10), seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 42;
    long percent = argc > 4 ? atol(argv[4]) : 0;
    char form = argv[2][0];
    struct sums lowest = {0}, highest = {0};
    if (form == 'c')
        print_head();
    for (uint64_t number = 1; number <= count; number++) {
        union unit unit = draw_unit(seed, number);
        uint64_t missing = draw_missing(seed, number, percent);
        if (form == 'c') {
            print_csv(number, &unit, missing);
        } else if (form == 'j') {
            print_json(number, &unit, missing);
        } else {
            union unit worst = at_worst(unit, missing), best = at_best(unit, missing);
            struct score low = score(&worst), high = score(&best);
            add(&lowest, &low);
            add(&highest, &high);
            if (form == 't')
                print_total(number, &low, &high);
        }
    }
    if (form == 's') {
        print_sums(&lowest);
        if (percent)
            print_sums(&highest);
    }
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
