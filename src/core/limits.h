/* Does a limit allow a number? Asked where values are read, where judged scores are looked at, where bands are checked. */
#ifndef RUBRIC_CORE_LIMITS_H
#define RUBRIC_CORE_LIMITS_H
#include "core/type.h"

struct num limits_base(const struct limits *limits);                       /* what steps are counted from: the low end, 0 without one */
bool limits_are_legal(const struct limits *limits, struct num number);     /* one of the legal values, if such are listed */
bool limits_on_step(const struct limits *limits, struct num number);
bool limits_allow(const struct limits *limits, struct num number);         /* the range too; limits by other facts are not looked at */
#endif
