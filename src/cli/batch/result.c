#include "cli/batch/result.h"
#include "report/values.h"

static struct row_end end_of(struct cut cut)
{
    if (cut.infinite != 0) {
        return (struct row_end){.text = ""};
    }
    return cut.at.big != NULL ? (struct row_end){.text = num_text(cut.at)}
                              : (struct row_end){cut.at.top, cut.at.bottom, NULL};
}

static unsigned truths(unsigned truth)
{
    return (truth & TRUTH_YES ? CAN_BE_YES : 0u) | (truth & TRUTH_NO ? CAN_BE_NO : 0u);
}

struct row_value result_of(const struct type *type, const struct value *value)
{
    struct row_value result = {.can = value->na ? CAN_BE_NA : 0};
    if (value->nothing_else) {
        return result;
    }
    if (value->kind == VALUE_TRUTH) {
        result.can |= truths(value->truth);
        return result;
    }
    result.can |= CAN_BE_ELSE;
    if (value_has_range(value)) {
        struct range range = values_open_ends(type, value->range);
        result.low = end_of(range.low);
        result.high = end_of(range.high);
    } else {
        result.low.text = result.high.text =
            value_is_known(value) ? values_of(type, value, LANG_EN) : "unknown";
    }
    return result;
}
