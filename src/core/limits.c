#include "core/limits.h"

struct num limits_base(const struct limits *limits)
{
    return limits->range.low.infinite ? num_int(0) : limits->range.low.at;
}

bool limits_are_legal(const struct limits *limits, struct num number)
{
    for (size_t i = 0; i < limits->legal_count; i++)
        if (num_equal(limits->legal[i], number))
            return true;
    return !limits->legal;
}

bool limits_on_step(const struct limits *limits, struct num number)
{
    return !limits->stepped || num_is_int(num_div(num_sub(number, limits_base(limits)), limits->step));
}

bool limits_allow(const struct limits *limits, struct num number)
{
    return range_holds(limits->range, number) && limits_are_legal(limits, number) &&
           limits_on_step(limits, number);
}
