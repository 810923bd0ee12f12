#include "whatif/aim.h"

static bool can_hold(const struct value *value)
{
    return !value->nothing_else && value->kind == VALUE_TRUTH && value->truth & TRUTH_YES;
}

static bool can_fail(const struct value *value)
{
    return value->na || (value->kind == VALUE_TRUTH && !value->nothing_else && value->truth & TRUTH_NO);
}

bool aim_is_sure(const struct aim *aim, const struct value *value)
{
    return !value->fault && (aim->holds ? !can_fail(value) : !can_hold(value));
}

bool aim_is_possible(const struct aim *aim, const struct value *value)
{
    return !value->fault && (aim->holds ? can_hold(value) : can_fail(value));
}
