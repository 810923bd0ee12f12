#include "cli/compare.h"

static const char *columns_after_first(const struct standard *standard)
{
    struct str names = {0};
    for (size_t i = 1; i < standard->columns.count; i++) {
        str_add(&names, i > 1 ? ", " : "");
        str_add(&names, standard->columns.items[i].name);
    }
    return str_text(&names);
}

bool compare_can(const struct standard *standard, size_t later, const char *path, struct diags *diags)
{
    if (standard->columns.count == 1) {
        diag_add(diags, DIAG_COMPARE_ONE_COLUMN, SPAN_NONE, path, NULL);
    } else if (later == 0) {
        diag_add(diags, DIAG_COMPARE_FIRST_COLUMN, SPAN_NONE, standard->columns.items[0].name,
                 columns_after_first(standard), NULL);
    }
    return later > 0;
}
