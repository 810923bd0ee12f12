#include "core/measure.h"
#include <string.h>
#include "base/mem.h"
#include "base/str.h"

static const struct measure DAY = {"day", NULL, NULL, {1, 1, NULL}};
static const struct measure MONTH = {"month", NULL, NULL, {1, 1, NULL}};
static const struct measure YEAR = {"year", NULL, &MONTH, {12, 1, NULL}};

static const struct {
    const char *word;
    const struct measure *unit;
} CALENDAR[] = {
    {"day", &DAY},      {"days", &DAY},   {"天", &DAY},    {"日", &DAY},     {"month", &MONTH},
    {"months", &MONTH}, {"个月", &MONTH}, {"year", &YEAR}, {"years", &YEAR}, {"年", &YEAR},
};

/* Longest first. */
static const struct {
    const char *word;
    int64_t factor;
} MULTIPLES[] = {{"万亿", 1000000000000}, {"亿", 100000000}, {"万", 10000}};

const struct measure *measure_calendar(enum calendar_unit unit)
{
    return unit == UNIT_DAY ? &DAY : unit == UNIT_MONTH ? &MONTH : &YEAR;
}

bool measure_is_calendar(const struct measure *unit)
{
    return unit == &DAY || unit == &MONTH || unit == &YEAR;
}

static const struct measure *base_of(const struct measure *unit)
{
    return unit->base ? unit->base : unit;
}

bool measure_alike(const struct measure *a, const struct measure *b)
{
    return a == b || (a && b && base_of(a) == base_of(b));
}

struct num measure_factor(const struct measure *from, const struct measure *to)
{
    return from == to ? num_int(1) : num_div(from->factor, to->factor);
}

struct measure *measure_add(struct map *measures, const char *name, const struct measure *base,
                            struct num factor)
{
    struct measure *made = MEM_NEW(struct measure);
    *made = (struct measure){.name = name,
                             .base = base ? base_of(base) : NULL,
                             .factor = base ? num_mul(factor, base->factor) : factor};
    map_put(measures, name, made);
    return made;
}

bool measure_known(const struct map *measures, const char *name)
{
    return map_find(measures, name) != NULL;
}

/* One counting word multiplies; what stands behind it is a unit as it is. */
static const struct measure *plain_unit(struct map *measures, const char *name)
{
    const struct measure *known = map_find(measures, name);
    return known ? known : measure_add(measures, name, NULL, num_int(1));
}

const struct measure *measure_of_calendar(const char *word)
{
    for (size_t i = 0; i < sizeof CALENDAR / sizeof *CALENDAR; i++)
        if (str_equal(CALENDAR[i].word, word))
            return CALENDAR[i].unit;
    return NULL;
}

const struct measure *measure_get(struct map *measures, const char *name)
{
    const struct measure *calendar = measure_of_calendar(name);
    if (calendar)
        return calendar;
    const struct measure *known = map_find(measures, name);
    if (known)
        return known;
    for (size_t i = 0; i < sizeof MULTIPLES / sizeof *MULTIPLES; i++) {
        size_t length = strlen(MULTIPLES[i].word);
        if (!strncmp(name, MULTIPLES[i].word, length) && name[length])
            return measure_add(measures, name, plain_unit(measures, name + length),
                               num_int(MULTIPLES[i].factor));
    }
    return plain_unit(measures, name);
}
