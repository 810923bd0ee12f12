/* What a compiled standard says that cannot be meant: points that nobody can earn, limits that never bind,
 * conditions that never or always hold, conditions that collide; and what it leaves out where it says it
 * elsewhere. Findings are added as warnings and notes. Each one about values is proved by what every unit
 * can come to at most, or shown by facts of a unit; what is neither proved nor shown within a fixed effort
 * is not said. */
#ifndef RUBRIC_AUDIT_AUDIT_H
#define RUBRIC_AUDIT_AUDIT_H
#include "core/standard.h"
#include "diag/diag.h"

void audit_standard(const struct standard *standard, struct diags *diags);
#endif
