/* What a search is after: that a condition surely holds, or that it surely does not. */
#ifndef RUBRIC_WHATIF_AIM_H
#define RUBRIC_WHATIF_AIM_H
#include "whatif/levers.h"

struct aim {
    const struct ir_node *goal; /* yes or no, perhaps n/a */
    bool holds;                 /* it is to hold; else it is to fail: no or n/a */
};

/* Of a value of the goal: is the aim reached, whatever is not known? Can it be, if that is as one wishes? */
bool aim_is_sure(const struct aim *aim, const struct value *value);
bool aim_is_possible(const struct aim *aim, const struct value *value);
#endif
