/* Units of a large cohort, most of which are known, without their evaluations: one pass over what a rank
 * needs is enough for these. Whatever it leaves open is left to be evaluated. Lives in collected memory;
 * knows one unit at a time. */
#ifndef RUBRIC_COHORT_ENTRY_READER_H
#define RUBRIC_COHORT_ENTRY_READER_H
#include "cohort/entry.h"

struct entry_reader;

/* NULL: units cannot be read apart from each other, since the standard reads the cohort. */
struct entry_reader *entry_reader_new(const struct contest *contest);
/* False: the unit has to be evaluated. `share`: of the quota, where there is one. */
bool entry_read(struct entry_reader *reader, const struct unit *unit, struct entry *entry,
                struct value *share);
/* Of the unit read last: asked about stages, too, where the contest is for one. */
const struct evaluation *entry_evaluation(struct entry_reader *reader);
/* Does a timeline evaluate a unit on the days on which evaluate() does? */
bool entry_same_days(const struct call *call, const struct unit *unit);
#endif
