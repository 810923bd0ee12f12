/* What a column enters otherwise than the one before, in words. */
#ifndef RUBRIC_REPORT_CHANGES_H
#define RUBRIC_REPORT_CHANGES_H
#include "report/compare.h"

/* "Visitors 420 → 510 (counted again; evidence: door.csv)". `of`: the part that it is told for, whose own score needs no name; or NULL. */
const char *change_text(const struct comparison *comparison, const struct change *change, const struct part *of);
/* Evidence that came with the entry, not what it keeps of the value it replaces; NULL: none. */
const char *change_evidence(const struct change *change);
const char *change_remark(const struct change *change); /* NULL: none */
#endif
