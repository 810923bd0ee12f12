#include "report/points.h"
#include <string.h>
#include "report/values.h"

static const char SKIPPED[] = "–", OUTER[] = "*";

const char *points_text(const struct view *view, const struct ir_node *node, bool total, bool *outer)
{
    const struct value *value = view_value(view, node);
    struct value points = value_without_na(*value);
    bool exactly = !total || node->op == IR_ROUND;
    const char *text = value_is_na(value) ? SKIPPED : values_points(&points, exactly, view->lang);
    if (value_is_known(value) || view_exact(view, node)) {
        return text;
    }
    *outer = true;
    return str_print("%s%s", text, OUTER);
}

const char *points_signed(const char *text, enum part_kind kind)
{
    bool plain = strcmp(text, "0") == 0 || strcmp(text, SKIPPED) == 0, range = strchr(text, ' ') != NULL;
    if (!plain && kind == PART_PENALTY) {
        return str_print(range ? "−(%s)" : "−%s", text);
    }
    return !plain && !range && kind == PART_BONUS ? str_print("+%s", text) : text;
}

enum ink points_ink(const struct value *value, enum ink known)
{
    return value_is_na(value) ? INK_DIM : value_is_known(value) ? known : INK_OPEN;
}
