/* One unit as both editions read it. For this folder alone. */
#ifndef RUBRIC_EDITIONS_BOTH_H
#define RUBRIC_EDITIONS_BOTH_H
#include "core/unit.h"
#include "editions/joint.h"

/* A unit of the standard of both. NULL: something that both ask is not read alike (nothing is said of it, and that means something else now). */
const struct unit *both_unit(const struct joint *joint, const struct unit *const *of);
#endif
