/* What a standard leaves out where it says it elsewhere, and what it says twice. Told from its form, not
 * from values. */
#ifndef RUBRIC_AUDIT_REMARKS_H
#define RUBRIC_AUDIT_REMARKS_H
#include "core/standard.h"
#include "diag/diag.h"

void remarks_add(const struct standard *standard, struct diags *diags);
#endif
