/* A number as it is written, with its unit: 5 公里, 3 years, 200 characters. */
#ifndef RUBRIC_FACTS_AMOUNT_H
#define RUBRIC_FACTS_AMOUNT_H
#include "base/map.h"
#include "core/measure.h"
#include "syntax/ast.h"

struct amount {
    struct num value;
    const struct measure *unit; /* NULL: none was written */
};

/* `own`, or NULL, is the unit that is expected: it goes by its label, and by any word for points, characters
 * or rows. False: no amount. */
bool amount_of(struct map *measures, const struct ast *ast, const struct measure *own, struct amount *out);
/* `90分` reaches us as a number; whether it was written so, the author's words tell. */
bool amount_says_points(const struct ast *ast);
const struct measure *amount_calendar(enum span_unit unit);
#endif
