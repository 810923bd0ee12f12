/* Units of measure by name: 元, 万元 = 10 000 元. Days, months and years are built in, and a counting word multiplies: 万人 is 10 000 人. */
#ifndef RUBRIC_CORE_MEASURE_H
#define RUBRIC_CORE_MEASURE_H
#include "base/map.h"
#include "core/type.h"

enum calendar_unit { UNIT_DAY, UNIT_MONTH, UNIT_YEAR };

/* A unit by its name, made and kept in `measures` (name → struct measure) when first named. Never NULL. */
const struct measure *measure_get(struct map *measures, const char *name);
/* A new unit: `factor` of `base` (NULL: a base unit). The name must be free. */
struct measure *measure_add(struct map *measures, const char *name, const struct measure *base, struct num factor);
bool measure_known(const struct map *measures, const char *name);

const struct measure *measure_calendar(enum calendar_unit unit);            /* a year is 12 months; a month is no number of days */
bool measure_is_calendar(const struct measure *unit);
/* The unit of the calendar that goes by this word, 天 or months; NULL: none. */
const struct measure *measure_of_calendar(const char *word);
bool measure_alike(const struct measure *a, const struct measure *b);       /* one converts into the other; NULL is like NULL alone */
struct num measure_factor(const struct measure *from, const struct measure *to);   /* of alike ones: multiply by it */
#endif
